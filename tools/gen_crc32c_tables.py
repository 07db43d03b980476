#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the tables of src/base/hash.c: CRC32C eight bytes at a time, and over runs of zero bytes.

    tools/gen_crc32c_tables.py OUTPUT
"""

import sys

POLYNOMIAL = 0x82F63B78  # Castagnoli, bits reflected
STREAM_LONG, STREAM_SHORT = 2048, 256  # bytes of one stream; hash.c takes them from the output


def byte_table():
    table = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (POLYNOMIAL if value & 1 else 0)
        table.append(value)
    return table


FIRST = byte_table()


def after_zero_byte(crc):
    return (crc >> 8) ^ FIRST[crc & 0xFF]


def slices():
    """slices()[k][b]: the sum of byte b followed by k zero bytes."""
    tables = [FIRST]
    for _ in range(7):
        tables.append([after_zero_byte(crc) for crc in tables[-1]])
    return tables


def shifts(zero_bytes):
    """shifts(n)[k][b]: the state b << 8k after n zero bytes; a state is the xor of four such."""
    columns = []
    for bit in range(32):
        crc = 1 << bit
        for _ in range(zero_bytes):
            crc = after_zero_byte(crc)
        columns.append(crc)
    tables = []
    for k in range(4):
        table = []
        for b in range(256):
            crc = 0
            for bit in range(8):
                if b >> bit & 1:
                    crc ^= columns[8 * k + bit]
            table.append(crc)
        tables.append(table)
    return tables


def print_tables(out, name, tables):
    print(f"static const uint32_t {name}[{len(tables)}][256] = {{", file=out)
    for table in tables:
        print("    {", file=out)
        for i in range(0, 256, 8):
            print("        " + " ".join(f"0x{crc:08x}," for crc in table[i : i + 8]), file=out)
        print("    },", file=out)
    print("};", file=out)


def main():
    with open(sys.argv[1], "w") as out:
        print("/* Written by tools/gen_crc32c_tables.py. */", file=out)
        print("#pragma once\n\n#include <stdint.h>\n", file=out)
        print(f"enum {{ STREAM_LONG = {STREAM_LONG}, STREAM_SHORT = {STREAM_SHORT} }};", file=out)
        print_tables(out, "crc32c_slices", slices())
        print_tables(out, "crc32c_shift_long", shifts(STREAM_LONG))
        print_tables(out, "crc32c_shift_short", shifts(STREAM_SHORT))


if __name__ == "__main__":
    main()
