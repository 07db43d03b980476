#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""clang-tidy over src/: tools/check_tidy.py BUILD [--seconds N] [--all].

A file whose preprocessed text was found clean before (by this configuration and version) is not looked at again: the
hashes are in build/tidy-cache. Files changed against the last commits come first, the rest in random order; when the
time is up, those left over wait for a later run, and how many they are is said. --all sets no limit.
"""

import argparse
import hashlib
import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from compile_flags import language_flags, read_commands
from tree import ROOT

CLANG_TIDY = "clang-tidy-14"
SECONDS = 90
COMMITS = 10
CACHE = ROOT / "build" / "tidy-cache"
# Flags that gcc alone knows.
GCC_ONLY = ("-Wshadow=local", "-Wlogical-op", "-Wduplicated-cond", "-Wclobbered")


def flags_of(arguments):
    """Warnings are the compilers' business: clang-tidy gets the language, macros and include folders."""
    return [flag for flag in language_flags(arguments) if not flag.startswith("-W")]


def digest(source, flags, build, salt):
    # -CC keeps comments: NOLINT is one.
    text = subprocess.run(["clang", *flags, "-E", "-CC", source], cwd=build, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout
    return hashlib.sha256(salt + text).hexdigest()


def changed_files():
    names = set()
    for command in (["git", "diff", "--name-only", "HEAD"], ["git", "ls-files", "--others", "--exclude-standard"],
                    ["git", "log", f"-{COMMITS}", "--name-only", "--format="]):
        names.update(subprocess.run(command, cwd=ROOT, text=True, stdout=subprocess.PIPE,
                                    stderr=subprocess.DEVNULL).stdout.split())
    return {ROOT / name for name in names}


def examine(source, flags, build, deadline, salt):
    """Returns (looked at, output of a file with findings)."""
    if time.monotonic() > deadline:
        return False, ""
    mark = CACHE / digest(source, flags, build, salt)
    if mark.exists():
        return True, ""
    result = subprocess.run([CLANG_TIDY, "--quiet", source, "--", *flags], cwd=build, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if result.returncode == 0:
        mark.touch()
        return True, ""
    return True, result.stdout + result.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--all", action="store_true")
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    CACHE.mkdir(parents=True, exist_ok=True)
    version = subprocess.run([CLANG_TIDY, "--version"], stdout=subprocess.PIPE).stdout
    salt = version + (ROOT / ".clang-tidy").read_bytes()

    commands = {source: flags_of(flags) for source, flags in read_commands(build).items()
                if source.is_relative_to(ROOT / "src")}
    changed = changed_files()
    sources = list(commands)
    random.shuffle(sources)
    sources.sort(key=lambda source: source not in changed)
    deadline = float("inf") if arguments.all else time.monotonic() + arguments.seconds

    left, bad = 0, 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda s: examine(s, commands[s], build, deadline, salt), sources)
        for source, (looked_at, findings) in zip(sources, results):
            left += not looked_at
            if findings:
                bad += 1
                print(f"{source.relative_to(ROOT)}:\n{findings.strip()}", flush=True)
    if left:
        print(f"clang-tidy: {left} of {len(sources)} files left for a later run (the {arguments.seconds} s are up)")
    if bad:
        sys.exit(1)


if __name__ == "__main__":
    main()
