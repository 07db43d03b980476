#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the table of powers of ten that the shortest float output multiplies by: 10^k for k = -292 .. 324 as
128-bit fractions
in [2^127, 2^128), rounded up.

    tools/gen_pow10_fractions.py HEADER
"""

import sys
from fractions import Fraction
from pathlib import Path

LEAST, MOST = -292, 324


def fraction_bits(k):
    power = Fraction(10) ** k
    shift = 0
    while power * Fraction(2) ** shift < 2**127:
        shift += max(1, 120 - (power * Fraction(2) ** shift).__floor__().bit_length())
    while power * Fraction(2) ** shift >= 2**128:
        shift -= 1
    return (power * Fraction(2) ** shift).__ceil__()


def main():
    out = [
        "/* Made by tools/gen_pow10_fractions.py. */",
        "#pragma once",
        '#include "base/base.h"',
        f"enum {{ POW10_LEAST = {LEAST}, POW10_MOST = {MOST} }};",
        "static const struct { uint64_t high, low; } pow10_fractions[] = {",
    ]
    for k in range(LEAST, MOST + 1):
        bits = fraction_bits(k)
        assert 2**127 <= bits < 2**128
        out.append(f"    {{UINT64_C({bits >> 64:#018x}), UINT64_C({bits & (2 ** 64 - 1):#018x})}}, /* {k} */")
    Path(sys.argv[1]).write_text("\n".join(out + ["};", ""]))


if __name__ == "__main__":
    main()
