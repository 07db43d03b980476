#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the corpus of tests/parse as inputs of fuzz_parse, and its words as a dictionary for libFuzzer.

    tests/fuzz/seed_inputs.py FOLDER     an input a statement into FOLDER, the dictionary into FOLDER/../words.txt
"""

import hashlib
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "parse"))

import corpus  # noqa: E402
import mutate  # noqa: E402

WORD_BYTES_MAX = 24


def main():
    folder = sys.argv[1]
    words = set()
    for page in corpus.load_pages():
        for entry in page.entries:
            data = b"\0" + entry.sql.encode()
            name = hashlib.sha1(data).hexdigest()
            with open(os.path.join(folder, name), "wb") as f:
                f.write(data)
            words.update(t for t in mutate.split_tokens(entry.sql)[0] if len(t) <= WORD_BYTES_MAX and t.isascii())
    with open(os.path.join(folder, os.pardir, "words.txt"), "w", encoding="ascii") as f:
        for word in sorted(words):
            f.write('"%s"\n' % "".join(c if c.isalnum() else f"\\x{ord(c):02X}" for c in word + " "))
    return 0


if __name__ == "__main__":
    sys.exit(main())
