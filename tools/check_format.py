#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""All C files are laid out as .clang-format says; --fix makes them so. The version is pinned: others differ."""

import subprocess
import sys

from tree import ROOT, c_files

CLANG_FORMAT = "clang-format-14"


def main():
    paths = c_files(ROOT)
    if not paths:
        return
    mode = ["-i"] if "--fix" in sys.argv else ["--dry-run", "--Werror"]
    if subprocess.run([CLANG_FORMAT, "--style=file", *mode, *paths], cwd=ROOT).returncode != 0:
        sys.exit("the layout differs from .clang-format: ./dev fmt mends it")


if __name__ == "__main__":
    main()
