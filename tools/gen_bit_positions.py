#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the table of src/base/predicate.c that lists the set bits of each byte.

    tools/gen_bit_positions.py OUTPUT
"""

import sys


def main():
    with open(sys.argv[1], "w") as out:
        print("/* Written by tools/gen_bit_positions.py: the set bits of each byte, then zeros. */", file=out)
        print("#pragma once\n\n#include <stdint.h>\n", file=out)
        print("static const uint8_t bit_positions[256][8] = {", file=out)
        for byte in range(256):
            bits = [bit for bit in range(8) if byte >> bit & 1]
            bits += [0] * (8 - len(bits))
            print("    {" + ", ".join(map(str, bits)) + "},", file=out)
        print("};", file=out)


if __name__ == "__main__":
    main()
