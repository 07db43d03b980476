#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes inputs for a fuzzer to begin with.

    tests/fuzz/seed_inputs.py FOLDER            of fuzz_parse, from the corpus of tests/parse: an input a statement into FOLDER,
                                                its words as a dictionary for libFuzzer into FOLDER/../words.txt
    tests/fuzz/seed_inputs.py --values FOLDER   of fuzz_input, from the golden calls and SQL: an input a value
"""

import hashlib
import os
import re
import sys
from pathlib import Path

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "parse"))

import corpus  # noqa: E402
import mutate  # noqa: E402

WORD_BYTES_MAX = 24


LITERAL = re.compile(r"'((?:[^']|'')*)'::\"?(\w+)\"?")


def write_input(folder, data):
    with open(os.path.join(folder, hashlib.sha1(data).hexdigest()), "wb") as f:
        f.write(data)


def write_values(folder):
    tests = Path(HERE).parent
    for path in [*tests.glob("calls/*.calls"), *tests.glob("sql/*.sql")]:
        for text, name in LITERAL.findall(path.read_text()):
            value = text.replace("''", "'").encode()
            write_input(folder, name.encode() + b"\n" + value)
            write_input(folder, name.encode() + b"*\n" + value)


def main():
    if sys.argv[1] == "--values":
        write_values(sys.argv[2])
        return 0
    folder = sys.argv[1]
    words = set()
    for page in corpus.load_pages():
        for entry in page.entries:
            data = b"\0" + entry.sql.encode()
            write_input(folder, data)
            words.update(t for t in mutate.split_tokens(entry.sql)[0] if len(t) <= WORD_BYTES_MAX and t.isascii())
    with open(os.path.join(folder, os.pardir, "words.txt"), "w", encoding="ascii") as f:
        for word in sorted(words):
            f.write('"%s"\n' % "".join(c if c.isalnum() else f"\\x{ord(c):02X}" for c in word + " "))
    return 0


if __name__ == "__main__":
    sys.exit(main())
