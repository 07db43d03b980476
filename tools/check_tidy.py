#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""clang-tidy over all files of src/: tools/check_tidy.py BUILD [--deep] [NAME...].

Two depths, since the static analyzer follows paths through a file and takes twenty times as long as all other checks:
without --deep the analyzer is left out, and a fresh clone is looked at whole in the time of a suite; with --deep it
runs too. NAMEs choose the files whose path contains one of them.

A file found clean is not looked at again while nothing changes: build/tidy-cache has a mark for the hash of
configuration, version, flags, and the contents of the file and of all that it includes, as BUILD's compiler noted them.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from compile_flags import language_flags, read_commands
from tree import ROOT

CLANG_TIDY = "clang-tidy-14"
ANALYZER = "clang-analyzer-*"
CACHE = ROOT / "build" / "tidy-cache"


def flags_of(arguments):
    """Warnings are the compilers' business: clang-tidy gets the language, macros and include folders."""
    return [flag for flag in language_flags(arguments) if not flag.startswith("-W")]


def read_includes(build):
    """Maps each source (an absolute path) to what it was compiled of, by ninja's notes: itself and its headers."""
    notes = subprocess.run(["ninja", "-C", build, "-t", "deps"], text=True, check=True, stdout=subprocess.PIPE).stdout
    includes = {}
    for block in notes.split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("ninja:")]
        paths = [(build / line.strip()).resolve() for line in lines[1:]]
        if paths and lines[0].split(":")[0].endswith(".o"):
            includes[paths[0]] = paths
    return includes


@lru_cache(maxsize=None)
def file_digest(path):
    return hashlib.sha256(path.read_bytes()).digest()


def digest(salt, flags, paths):
    whole = hashlib.sha256(salt + "\0".join(flags).encode())
    for path in sorted(paths):
        whole.update(str(path).encode() + file_digest(path))
    return whole.hexdigest()


def examine(source, flags, build, checks, mark):
    """What clang-tidy says of a file with findings, else an empty text."""
    if mark and mark.exists():
        return ""
    result = subprocess.run([CLANG_TIDY, "--quiet", *checks, source, "--", *flags], cwd=build, text=True, check=False,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if result.returncode == 0:
        if mark:
            mark.touch()
        return ""
    return result.stdout + result.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("build", type=Path)
    parser.add_argument("--deep", action="store_true", help="the static analyzer too")
    parser.add_argument("names", nargs="*", metavar="NAME")
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    CACHE.mkdir(parents=True, exist_ok=True)
    version = subprocess.run([CLANG_TIDY, "--version"], check=True, stdout=subprocess.PIPE).stdout
    checks = [] if arguments.deep else [f"--checks=-{ANALYZER}"]
    salt = version + (ROOT / ".clang-tidy").read_bytes() + "".join(checks).encode()

    includes = read_includes(build)
    jobs = []
    for source, command in read_commands(build).items():
        if not source.is_relative_to(ROOT / "src"):
            continue
        if arguments.names and not any(name in str(source.relative_to(ROOT)) for name in arguments.names):
            continue
        flags = flags_of(command)
        mark = CACHE / digest(salt, flags, includes[source]) if source in includes else None
        jobs.append((source, flags, build, checks, mark))

    bad = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for (source, *_), findings in zip(jobs, pool.map(lambda job: examine(*job), jobs)):
            if findings:
                bad += 1
                print(f"{source.relative_to(ROOT)}:\n{findings.strip()}", flush=True)
    known = sum(1 for job in jobs if job[4] and job[4].exists())
    print(f"clang-tidy: {len(jobs)} files, {known} of them clean")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
