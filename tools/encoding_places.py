# SPDX-License-Identifier: Apache-2.0
"""Places of codes in their encoding: codes that follow each other in its rows have successive ones. Within a run
src/type/encoding_pairs.c counts so too.

The upper 16 bits tell planes apart: 0 has codes of two bytes, in rows of 94 (EUC), 188 (SJIS) or 157 (BIG5); others
have single bytes and what stands behind a byte or two before the row.
"""

PLANE = 0x10000
SINGLE = 0x20 * PLANE


def euc_place(code):
    if len(code) == 2 and code[0] == 0x8e:
        return SINGLE + code[1]
    plane = 0 if len(code) == 2 else 1 if len(code) == 3 else code[1] - 0xa1
    return plane * PLANE + (code[-2] - 0xa1) * 94 + code[-1] - 0xa1


def sjis_place(code):
    row = code[0] - 0x81 if code[0] < 0xa0 else code[0] - 0xc1
    return row * 188 + code[1] - 0x40 - (code[1] > 0x7f)


def big5_place(code):
    return (code[0] - 0x81) * 157 + code[1] - (0x62 if code[1] > 0xa0 else 0x40)


def place(encoding, code):
    if len(code) == 1:
        return SINGLE + code[0]
    if encoding.startswith("EUC"):
        return euc_place(code)
    return big5_place(code) if encoding == "BIG5" else sjis_place(code)
