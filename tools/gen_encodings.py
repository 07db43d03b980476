#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Generates the tables between encodings and Unicode, and between encodings (src/type/encoding_internal.h), from
src/type/encodings.txt and src/type/encoding_pairs.txt.

usage: gen_encodings.py encodings.txt encoding_pairs.txt OUT.c
"""

import re
import sys
from dataclasses import dataclass, field

WIDE_FIRST = 0xd800  # what stands for a character outside of the first plane, or for two: the place in `wide`
PAGE_CHARACTERS = 64
PLANE_CHARACTERS = 0x10000


@dataclass
class Table:
    codes: dict = field(default_factory=dict)  # all that stand in the text, for references: code -> characters
    read: dict = field(default_factory=dict)
    write: dict = field(default_factory=dict)
    ranges: list = field(default_factory=list)  # of codes of four bytes: (place among them, first character, count)


def linear(code):
    """Where a code of four bytes of GB18030 stands among them."""
    return (((code[0] - 0x81) * 10 + code[1] - 0x30) * 126 + code[2] - 0x81) * 10 + code[3] - 0x30


def successor(code, count):
    return code[:-1] + bytes([code[-1] + count])


def texts_of(rest, tables):
    """The characters of a line, behind its code."""
    words = rest.split(" ")
    if words[0] == "+":
        return [chr(int(words[1], 16) + i) for i in range(int(words[2]))]
    if words[0] == "=":
        first = bytes.fromhex(words[2])
        return [tables[words[1]].codes[successor(first, i)] for i in range(int(words[3]))]
    return ["".join(chr(int(c, 16)) for c in quoted[1:-1].split("_")) if quoted[0] == "\\" else quoted
            for quoted in re.findall(r"\\[0-9a-f_]+;|[^\\]", rest)]


def read_table(path):
    tables = {}
    with open(path, encoding="utf-8", newline="\n") as f:
        for line in f.read().split("\n"):
            if not line or line[0] == "#":
                continue
            if line.startswith("encoding "):
                table = tables[line[9:]] = Table()
                continue
            mark, line = (line[0], line[2:]) if line[0] in "<>" else ("", line)
            digits, rest = line.split(" ", 1)
            first = bytes.fromhex(digits)
            if len(first) == 4 and first[1] < 0x40:
                words = rest.split(" ")
                table.ranges.append((linear(first), int(words[1], 16), int(words[2])))
                continue
            for i, text in enumerate(texts_of(rest, tables)):
                code = successor(first, i)
                table.codes[code] = text
                if mark != ">":
                    table.read[code] = text
                if mark != "<":
                    assert text not in table.write
                    table.write[text] = code
    return tables


def slot(code):
    """A code in 16 bits: one or two bytes as they are; of three or four the last two, with the high bit of the one
    before the last taken away, or, behind 8e ae, of the last."""
    if len(code) <= 2:
        return int.from_bytes(code, "big")
    if len(code) == 3:
        assert code[0] == 0x8f
        return (code[1] & 0x7f) << 8 | code[2]
    if code[:2] == b"\x8e\xa2":
        return (code[2] & 0x7f) << 8 | code[3]
    assert code[:2] == b"\x8e\xae"
    return code[2] << 8 | code[3] & 0x7f


class Pool:
    """Arrays of numbers of 16 bits in one, each but once."""

    def __init__(self):
        self.data = b""

    def place(self, numbers):
        piece = b"".join(n.to_bytes(2, "little") for n in numbers)
        at = self.data.find(piece)
        while at >= 0 and at % 2:
            at = self.data.find(piece, at + 1)
        if at < 0:
            at = len(self.data)
            self.data += piece
        return at // 2

    def numbers(self):
        return [self.data[i] | self.data[i + 1] << 8 for i in range(0, len(self.data), 2)]


def wide_of(table):
    """(first, second, slot) of what is no character of the first plane, sorted."""
    return sorted((ord(text[0]), ord(text[1]) if len(text) > 1 else 0, slot(code))
                  for code, text in table.read.items() if len(text) > 1 or ord(text) >= PLANE_CHARACTERS)


def rows_of(table, wide, characters):
    """(place in characters, first, last) by the high byte of the slot."""
    places = {entry[2]: WIDE_FIRST + i for i, entry in enumerate(wide)}
    units = {slot(code): places.get(slot(code)) or ord(text) for code, text in table.read.items()}
    assert len(units) == len(table.read)
    rows = []
    for high in range(max(units) // 256 + 1):
        low = [s % 256 for s in units if s // 256 == high]
        if low:
            row = [units.get(high * 256 + i, 0) for i in range(min(low), max(low) + 1)]
            rows.append((characters.place(row), min(low), max(low)))
        else:
            rows.append((0, 1, 0))
    return rows


def pages_of(table, slots):
    """Places in slots, by the character's upper bits."""
    units = {ord(text): slot(code) for text, code in table.write.items()
             if len(text) == 1 and ord(text) < PLANE_CHARACTERS}
    firsts = range(0, PLANE_CHARACTERS, PAGE_CHARACTERS)
    used = {c // PAGE_CHARACTERS for c in units}
    return [slots.place_page([units.get(first + i, 0) for i in range(PAGE_CHARACTERS)])
            if first // PAGE_CHARACTERS in used else 0 for first in firsts]


class Pages(Pool):
    """Pages of one size, numbered; the first is empty."""

    def __init__(self):
        super().__init__()
        self.numbers_of = {}
        self.pages = []
        self.place_page([0] * PAGE_CHARACTERS)

    def place_page(self, numbers):
        key = tuple(numbers)
        if key not in self.numbers_of:
            self.numbers_of[key] = len(self.pages)
            self.pages.append(numbers)
        return self.numbers_of[key]


def array(declaration, items):
    lines = [f"{declaration} = {{"]
    for at in range(0, len(items), 16):
        lines.append("    " + " ".join(f"{item}," for item in items[at:at + 16]))
    return lines + ["};"]


def pairs_of(path):
    """The runs of the encodings that are converted without Unicode."""
    runs = {}
    with open(path, encoding="ascii") as f:
        for words in (line.split() for line in f if line.strip() and line[0] != "#"):
            if words[0] == "pair":
                pair = runs[words[1], words[2]] = []
            else:
                first, last, target = words[:3]
                pair.append((int(first, 16), int(last, 16), f"{{0x{first}, 0x{last}, 0x{target}, {len(words) - 3}}}"))
    out, entries = [], []
    for (source, target), items in runs.items():
        name = f"{source.lower()}_to_{target.lower()}"
        items.sort()
        assert all(a[1] < b[0] for a, b in zip(items, items[1:]))
        out += array(f"static const EncodingRun {name}[]", [text for _, _, text in items])
        entries.append(f"    {{ENCODING_{source}, ENCODING_{target}, {name}, {len(items)}}},")
    return out + ["const EncodingPair type__encoding_pairs[] = {", *entries, "};",
                  f"const uint32_t type__encoding_pairs_count = {len(entries)};"]


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    tables = read_table(sys.argv[1])
    characters, pages = Pool(), Pages()
    out, entries = [], []
    for name, table in tables.items():
        low = name.lower()
        wide = wide_of(table)
        rows = rows_of(table, wide, characters)
        assert all(table.write[chr(c) + (chr(d) if d else "")] for c, d, _ in wide)
        out += array(f"static const EncodingRow {low}_rows[]", [f"{{{a}, {b}, {c}}}" for a, b, c in rows])
        out += array(f"static const uint16_t {low}_pages[]", pages_of(table, pages))
        entry = f".rows = {low}_rows, .rows_count = {len(rows)}, .pages = {low}_pages"
        if wide:
            out += array(f"static const EncodingWide {low}_wide[]", [f"{{{a}, {b}, {c}}}" for a, b, c in wide])
            entry += f", .wide = {low}_wide, .wide_count = {len(wide)}"
        if table.ranges:
            for suffix, key in (("ranges", 0), ("ranges_by_character", 1)):
                items = [f"{{{a}, {b}, {c}}}" for a, b, c in sorted(table.ranges, key=lambda r: r[key])]
                out += array(f"static const EncodingRange {low}_{suffix}[]", items)
                entry += f", .{suffix} = {low}_{suffix}"
            entry += f", .ranges_count = {len(table.ranges)}"
        entries.append(f"    [ENCODING_{name}] = {{{entry}}},")
    head = ["/* SPDX-License-Identifier: Apache-2.0 */",
            "/* Generated by tools/gen_encodings.py from src/type/encodings.txt and encoding_pairs.txt. */",
            '#include "type/encoding_internal.h"', ""]
    out += array("const uint16_t type__encoding_characters[]", characters.numbers())
    out += array("const uint16_t type__encoding_slots[]", [n for page in pages.pages for n in page])
    out += ["const EncodingTable type__encoding_tables[ENCODING_COUNT] = {", *entries, "};"]
    out += pairs_of(sys.argv[2])
    with open(sys.argv[3], "w", encoding="ascii") as f:
        f.write("\n".join(head + out) + "\n")


if __name__ == "__main__":
    main()
