#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each header compiles alone: tools/check_headers.py BUILD, over src/**/*.h and the build's generated headers."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from compile_flags import language_flags, read_commands
from tree import ROOT, files


def compile_alone(header, flags, build):
    result = subprocess.run(["gcc", *flags, "-fsyntax-only", "-x", "c", "-"], cwd=build, text=True,
                            input=f'#include "{header}"\n', stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return result.returncode, result.stdout


def main():
    build = Path(sys.argv[1]).resolve()
    flags = []
    for arguments in read_commands(build).values():
        flags += [flag for flag in language_flags(arguments) if flag not in flags]
    headers = [*files(ROOT / "src", {".h"}), *files(build / "src", {".h"})]
    bad = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for header, (status, output) in zip(headers, pool.map(lambda h: compile_alone(h, flags, build), headers)):
            if status != 0:
                bad += 1
                print(f"{header}: does not compile alone\n{output}")
    if bad:
        sys.exit(1)


if __name__ == "__main__":
    main()
