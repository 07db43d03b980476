#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes tests/calls/NAME.expected: what the oracle answers to each call of NAME.calls.

tests/calls/expect.py [NAME...]
"""

import sys

from calls import Oracle, call_files, read_calls


def main():
    oracle = Oracle()
    for path in call_files(sys.argv[1:]):
        path.with_suffix(".expected").write_text("\n".join(oracle.answers(read_calls(path))) + "\n")


if __name__ == "__main__":
    main()
