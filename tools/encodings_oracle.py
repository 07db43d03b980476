#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks a real PostgreSQL 18 what the codes of its encodings stand for, and what its conversions answer.

    tools/encodings_oracle.py table     write src/type/encodings.txt (a few minutes)
    tools/encodings_oracle.py pairs     write src/type/encoding_pairs.txt
    tools/encodings_oracle.py digests   write tests/unit/type/encodings.digests, which tests/unit/type/test_encoding.c
                                        compares with (some ten minutes)

The answers are taken by SQL alone: convert_from of every code, convert_to of every character, convert between each two
encodings with a conversion of their own.
"""

import collections
import subprocess
import sys
import unicodedata
from pathlib import Path

from encoding_places import place

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src/type/encodings.txt"
PAIRS_TABLE = ROOT / "src/type/encoding_pairs.txt"
DIGESTS = ROOT / "tests/unit/type/encodings.digests"
PIECE_LEAST = 8  # characters that are worth a reference or a range
WRITTEN_LAST = 0x2ffff  # behind it no encoding has characters, but for GB18030, which has them in order

# In this order: a table refers to those before it.
WIDE = ["EUC_JP", "SJIS", "EUC_JIS_2004", "SHIFT_JIS_2004", "GBK", "EUC_CN", "GB18030", "UHC", "EUC_KR", "JOHAB",
        "BIG5", "EUC_TW"]
NARROW = ["LATIN1", "LATIN2", "LATIN3", "LATIN4", "LATIN5", "LATIN6", "LATIN7", "LATIN8", "LATIN9", "LATIN10",
          "ISO_8859_5", "ISO_8859_6", "ISO_8859_7", "ISO_8859_8", "WIN866", "WIN874", "WIN1250", "WIN1251", "WIN1252",
          "WIN1253", "WIN1254", "WIN1255", "WIN1256", "WIN1257", "WIN1258", "KOI8R", "KOI8U"]

HEAD = """\
# What the codes of each encoding stand for, as PostgreSQL's conversions to and from UTF-8 have it; made by
# tools/encodings_oracle.py, which asks a PostgreSQL, and read by tools/gen_encodings.py.
#
# A line is a run of codes that differ in their last byte, which grows by one: the first in hexadecimal digits, then
#   the characters themselves; \\4e02; is one by its number, \\304b_309a; are two that one code stands for
#   = NAME CODE COUNT    those of another encoding, from that code on
#   + NUMBER COUNT       those from that number on; codes of four bytes of GB18030 go on to the next row
# A line of `<` holds codes that are only read, one of `>` codes that are only written. Left out: ASCII, which is itself
# in all of them, and codes of EUC_TW that begin with 8ea1, which read as those without these bytes.
"""

FUNCTIONS = """
SET client_min_messages = error;
CREATE FUNCTION pg_temp.read_one(b bytea, n name) RETURNS text LANGUAGE plpgsql AS $$
BEGIN RETURN CASE WHEN length(b, n) = 1 THEN encode(convert_to(convert_from(b, n), 'UTF8'), 'hex') END;
EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$;
CREATE FUNCTION pg_temp.write_one(c text, n name) RETURNS text LANGUAGE plpgsql AS $$
BEGIN RETURN encode(convert_to(c, n), 'hex'); EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$;
CREATE FUNCTION pg_temp.read(b bytea, n name) RETURNS text LANGUAGE plpgsql AS $$
BEGIN RETURN encode(convert_to(convert_from(b, n), 'UTF8'), 'hex');
EXCEPTION WHEN OTHERS THEN RETURN sqlstate || ' ' || sqlerrm; END $$;
CREATE FUNCTION pg_temp.count(b bytea, n name) RETURNS text LANGUAGE plpgsql AS $$
BEGIN RETURN length(b, n); EXCEPTION WHEN OTHERS THEN RETURN sqlstate || ' ' || sqlerrm; END $$;
CREATE FUNCTION pg_temp.write(c text, n name) RETURNS text LANGUAGE plpgsql AS $$
BEGIN RETURN encode(convert_to(c, n), 'hex'); EXCEPTION WHEN OTHERS THEN RETURN sqlstate || ' ' || sqlerrm; END $$;
CREATE FUNCTION pg_temp.pass(b bytea, f name, t name) RETURNS text LANGUAGE plpgsql AS $$
BEGIN RETURN encode(convert(b, f, t), 'hex'); EXCEPTION WHEN OTHERS THEN RETURN sqlstate || ' ' || sqlerrm; END $$;
CREATE FUNCTION pg_temp.pass_one(b bytea, f name, t name) RETURNS text LANGUAGE plpgsql AS $$
BEGIN RETURN CASE WHEN length(b, f) = 1 THEN encode(convert(b, f, t), 'hex') END;
EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$;
CREATE FUNCTION pg_temp.code(int) RETURNS bytea IMMUTABLE LANGUAGE sql AS
$$ SELECT set_byte('\\x00', 0, $1) $$;
CREATE FUNCTION pg_temp.code(int, int) RETURNS bytea IMMUTABLE LANGUAGE sql AS
$$ SELECT set_byte(set_byte('\\x0000', 0, $1), 1, $2) $$;
CREATE FUNCTION pg_temp.code(int, int, int) RETURNS bytea IMMUTABLE LANGUAGE sql AS
$$ SELECT set_byte(set_byte(set_byte('\\x000000', 0, $1), 1, $2), 2, $3) $$;
CREATE FUNCTION pg_temp.code(int, int, int, int) RETURNS bytea IMMUTABLE LANGUAGE sql AS
$$ SELECT set_byte(set_byte(set_byte(set_byte('\\x00000000', 0, $1), 1, $2), 2, $3), 3, $4) $$;
"""


def ask(sql):
    """Rows of a statement, as lists of texts."""
    command = [sys.executable, ROOT / "tools/oracle.py", "psql", "-X", "-qAt", "-v", "ON_ERROR_STOP=1", "-F", "\t",
               "-c", FUNCTIONS, "-c", sql]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            yield line.rstrip("\n").split("\t")
    if process.returncode:
        sys.exit("the oracle refused")


# ---- the table


def codes_of(encoding):
    """SQL that gives all the codes of an encoding that may be valid, of two bytes and more."""
    pairs = "SELECT pg_temp.code(a, b) AS code FROM generate_series(128, 255) a, generate_series(1, 255) b"
    longer = {
        "EUC_JP": "SELECT pg_temp.code(143, a, b) FROM generate_series(161, 254) a, generate_series(161, 254) b",
        "EUC_TW": "SELECT pg_temp.code(142, p, a, b) FROM generate_series(162, 167) p, "
                  "generate_series(161, 254) a, generate_series(161, 254) b",
        "GB18030": "SELECT pg_temp.code(a, b, c, d) FROM generate_series(129, 254) a, generate_series(48, 57) b, "
                   "generate_series(129, 254) c, generate_series(48, 57) d",
    }
    longer["EUC_JIS_2004"] = longer["EUC_JP"]
    return pairs + (" UNION ALL " + longer[encoding] if encoding in longer else "")


def read_codes(encoding):
    single = "SELECT pg_temp.code(a) AS code FROM generate_series(128, 255) a"
    codes = single if encoding in NARROW else single + " UNION ALL " + codes_of(encoding)
    rows = ask(f"SELECT encode(code, 'hex'), r FROM ({codes}) q, "
               f"LATERAL (SELECT pg_temp.read_one(code, '{encoding}') r) p WHERE r IS NOT NULL")
    return {bytes.fromhex(code): bytes.fromhex(text).decode() for code, text in rows}


def write_codes(encoding):
    rows = ask(f"SELECT n, r FROM (SELECT n FROM generate_series(128, {WRITTEN_LAST}) n "
               "WHERE n NOT BETWEEN 55296 AND 57343) q, "
               f"LATERAL (SELECT pg_temp.write_one(chr(n), '{encoding}') r) p WHERE r IS NOT NULL")
    return {chr(int(number)): bytes.fromhex(code) for number, code in rows}


def linear(code):
    """Where a code of four bytes of GB18030 stands among them."""
    return ((code[0] * 10 + code[1] - 0x30) * 126 + code[2] - 0x81) * 10 + code[3] - 0x30


def runs_of(codes):
    """[(first code, [characters])], each run with the same bytes but the last."""
    runs = []
    for code in sorted(codes, key=lambda code: (len(code), code)):
        first, texts = runs[-1] if runs else (b"", [])
        follows = code[:-1] == first[:-1] and code[-1] == first[-1] + len(texts) if runs else False
        if runs and len(code) == len(first) == 4 and code[1] < 0x40:
            follows = linear(code) == linear(first) + len(texts)
        if follows:
            texts.append(codes[code])
        else:
            runs.append((code, [codes[code]]))
    return runs


def successive(texts, at):
    """How many of the texts from `at` on are successive characters."""
    count = 0
    while at + count < len(texts) and len(texts[at + count]) == 1 and \
            ord(texts[at + count]) == ord(texts[at]) + count:
        count += 1
    return count


def quoted(text):
    plain = len(text) == 1 and ord(text) > 0x7f and \
        unicodedata.category(text)[0] in "LNSP" and unicodedata.category(text) != "Lm" and \
        unicodedata.bidirectional(text) not in ("R", "AL")
    return text if plain else "\\" + "_".join(f"{ord(c):04x}" for c in text) + ";"


def step(code, count):
    if len(code) == 4 and code[1] < 0x40:
        at = linear(code) + count
        return bytes([at // 12600, at // 1260 % 10 + 0x30, at // 10 % 126 + 0x81, at % 10 + 0x30])
    return code[:-1] + bytes([code[-1] + count])


class Writer:
    """Puts runs into lines, with references to the tables before."""

    def __init__(self):
        self.lines = []
        self.tables = {}
        self.places = collections.defaultdict(list)

    def longest(self, texts, at):
        best = (0, None, None)
        for name, code in self.places.get(texts[at], []):
            table = self.tables[name]
            count = 0
            while at + count < len(texts) and code[-1] + count < 256 and \
                    table.get(code[:-1] + bytes([code[-1] + count])) == texts[at + count]:
                count += 1
            best = max(best, (count, name, code), key=lambda b: b[0])
        return best

    def run(self, mark, first, texts):
        plain, plain_at = [], 0
        at = 0
        four = len(first) == 4 and first[1] < 0x40

        def flush():
            if plain:
                self.lines.append(f"{mark}{step(first, plain_at).hex()} {''.join(plain)}")
                plain.clear()

        while at < len(texts):
            ahead = successive(texts, at)
            count, name, code = (0, None, None) if four else self.longest(texts, at)
            here = f"{mark}{step(first, at).hex()}"
            if four or (ahead >= PIECE_LEAST and ahead >= count):
                flush()
                self.lines.append(f"{here} + {ord(texts[at]):04x} {ahead}")
                at += ahead
            elif count >= PIECE_LEAST:
                flush()
                self.lines.append(f"{here} = {name} {code.hex()} {count}")
                at += count
            else:
                if not plain:
                    plain_at = at
                plain.append(quoted(texts[at]))
                at += 1
        flush()

    def table(self, name, read, write):
        both = {code: text for code, text in read.items() if write.get(text) == code or len(text) > 1 or
                ord(text) > WRITTEN_LAST}
        written = [(c, t) for t, c in write.items() if both.get(c) != t]
        assert len(dict(written)) == len(written)
        self.lines += ["", f"encoding {name}"]
        for mark, codes in (("", both), ("< ", {c: t for c, t in read.items() if c not in both}),
                            ("> ", dict(written))):
            for first, texts in runs_of(codes):
                self.run(mark, first, texts)
        self.tables[name] = {**{c: t for t, c in write.items()}, **read}
        if name != "GB18030":
            for code, text in self.tables[name].items():
                self.places[text].append((name, code))


def make_table():
    writer = Writer()
    for name in WIDE + NARROW:
        print(name, file=sys.stderr)
        writer.table(name, read_codes(name), write_codes(name))
    TABLE.write_text(HEAD + "\n".join(writer.lines) + "\n")


# ---- pairs of encodings with a conversion of their own; MULE_INTERNAL's are made of these (encoding_pairs.c)

CYRILLIC = ["KOI8R", "WIN1251", "WIN866", "ISO_8859_5"]
TWINS = [("EUC_JP", "SJIS"), ("EUC_TW", "BIG5"), ("EUC_JIS_2004", "SHIFT_JIS_2004"), ("LATIN2", "WIN1250")]
PAIRS = [pair for a, b in TWINS for pair in ((a, b), (b, a))] + [(a, b) for a in CYRILLIC for b in CYRILLIC if a != b]

BIG5_LAST_BYTES = {*range(0x40, 0x7f), *range(0xa1, 0xff)}

PAIRS_HEAD = """\
# What the codes of encodings with a conversion of their own become in the other, as PostgreSQL has it; made by
# tools/encodings_oracle.py and read by tools/gen_encodings.py. Below "pair FROM TO" a line is a run: the first code,
# the last, what the first becomes. The others become what follows it, in the order of rows, or, with a `*`, the same.
"""


def make_pairs():
    lines = []
    for a, b in PAIRS:
        print(a, b, file=sys.stderr)
        codes = "SELECT pg_temp.code(a) AS code FROM generate_series(128, 255) a"
        if a in WIDE:
            codes += " UNION ALL " + codes_of(a)
        rows = ask(f"SELECT encode(code, 'hex'), r FROM ({codes}) q, "
                   f"LATERAL (SELECT pg_temp.pass_one(code, '{a}', '{b}') r) p WHERE r IS NOT NULL")
        if (a, b) == ("EUC_JP", "SJIS"):  # from MULE_INTERNAL come more behind 8e than EUC_JP itself may have
            rows = [*rows, *ask("SELECT '8e' || to_hex(n), encode(convert(pg_temp.code(137, n), 'MULE_INTERNAL', "
                                "'SJIS'), 'hex') FROM generate_series(128, 255) n")]
        places = {}
        for code, to in rows:  # of codes at one place in BIG5 one is in its rows
            at = place(a, bytes.fromhex(code))
            if at not in places or a != "BIG5" or int(code[2:], 16) in BIG5_LAST_BYTES:
                places[at] = (code, to)
        runs = []
        for source, (code, to) in sorted(places.items()):
            target = place(b, bytes.fromhex(to))
            if runs and source == runs[-1][0] + runs[-1][2]:
                _, first_target, count, step, first, _, first_to = runs[-1]
                if target == first_target + count * step or (count == 1 and target == first_target):
                    step = int(target != first_target)
                    runs[-1][2:] = count + 1, step, first, code, first_to
                    continue
            runs.append([source, target, 1, 1, code, code, to])
        lines += ["", f"pair {a} {b}"]
        lines += [f"{first} {last} {to}" + (" *" if step == 0 else "") for _, _, _, step, first, last, to in runs]
    PAIRS_TABLE.write_text(PAIRS_HEAD + "\n".join(lines) + "\n")


# ---- the digests: the first 16 digits of MD5 over the answers of a block of questions, each answer ended by a line end

READ = "pg_temp.read(b, e) || '|' || pg_temp.count(b, e)"
WRITE = "pg_temp.write(t, e)"
ODD_BYTES = "(VALUES (0), (32), (47), (48), (57), (58), (64), (127), (128), (143), (144), (159), (160), (161), " \
            "(167), (168), (191), (192), (254), (255)) {}(v)"
LEADS = "(VALUES (128), (129), (141), (142), (143), (144), (153), (154), (155), (156), (157), (158), (159), (160), " \
        "(161), (192), (200), (224), (236), (237), (239), (240), (244), (245), (252), (253), (254), (255)) l(v)"
ALL = "SELECT pg_encoding_to_char(i) e, i FROM generate_series(0, 41) i"
OF_SEVERAL = ALL + " WHERE pg_encoding_max_length(i) > 1"

PASS = "pg_temp.pass(b, split_part(e, '>', 1), split_part(e, '>', 2))"
PASSES = "SELECT pg_encoding_to_char(conforencoding) || '>' || pg_encoding_to_char(contoencoding) e, " \
         "conforencoding i FROM pg_conversion WHERE 6 NOT IN (conforencoding, contoencoding)"

# Name, the answer, and SQL that gives encoding, block, order within the block, and question; see test_encoding.c.
QUESTIONS = [
    ("read1", READ, f"SELECT e, 0 block, n, pg_temp.code(n) b FROM ({ALL}) q, generate_series(0, 255) n"),
    ("read2", READ, f"SELECT e, n >> 12 block, n, pg_temp.code(n >> 8, n & 255) b FROM ({OF_SEVERAL}) q, "
                    "generate_series(0, 65535) n"),
    ("read3", READ, f"SELECT e, lead block, n, pg_temp.code(lead, n >> 8, n & 255) b FROM ({OF_SEVERAL}) q, "
                    "generate_series(142, 143) lead, generate_series(0, 65535) n"),
    ("read6", READ, "SELECT e, l.v block, (x.v << 16) + (y.v << 8) + z.v n, "
                    "pg_temp.code(l.v, x.v, y.v, z.v) || 'aa' b "
                    f"FROM ({OF_SEVERAL}) q, {LEADS}, {ODD_BYTES.format('x')}, {ODD_BYTES.format('y')}, "
                    f"{ODD_BYTES.format('z')}"),
    ("read_planes", READ, "SELECT e, p block, n, pg_temp.code(142, p, n >> 8, n & 255) b "
                          f"FROM ({OF_SEVERAL} AND i = 4) q, generate_series(161, 167) p, "
                          "generate_series(41120, 65535) n WHERE n & 255 >= 160"),
    ("read_four", READ, "SELECT e, l block, (x << 16) + (y << 8) + z n, pg_temp.code(l, x, y, z) b "
                        f"FROM ({OF_SEVERAL} AND i = 39) q, generate_series(129, 254) l, generate_series(48, 57) x, "
                        "generate_series(129, 254) y, generate_series(48, 57) z"),
    ("write", WRITE, f"SELECT e, n >> 12 block, n, chr(n) t FROM ({ALL}) q, generate_series(1, 65535) n "
                     "WHERE n NOT BETWEEN 55296 AND 57343"),
    ("write_wide", WRITE, f"SELECT e, n >> 16 block, n, chr(n) t FROM ({OF_SEVERAL}) q, "
                          "generate_series(65536, 196607) n"),
    ("write_far", WRITE, f"SELECT e, n >> 16 block, n, chr(n) t FROM ({ALL}) q, "
                         "generate_series(65536, 1114111, 61) n"),
    ("write_all", WRITE, f"SELECT e, n >> 16 block, n, chr(n) t FROM ({OF_SEVERAL} AND i = 39) q, "
                         "generate_series(196608, 1114111) n"),
    ("write_two", WRITE, "SELECT e, second block, n, chr(n) || chr(second) || 'z' t "
                         f"FROM ({OF_SEVERAL} AND i IN (5, 41)) q, "
                         "unnest(ARRAY[768, 769, 741, 745, 12442, 97, 19970]) second, generate_series(128, 13000) n"),
    ("pass1", PASS, f"SELECT e, 0 block, n, pg_temp.code(n) b FROM ({PASSES}) q, generate_series(0, 255) n"),
    ("pass2", PASS, f"SELECT e, n >> 13 block, n, pg_temp.code(n >> 8, n & 255) b FROM ({PASSES}) q, "
                    "generate_series(32768, 65535) n WHERE pg_encoding_max_length(i) > 1 AND n & 255 >= 64"),
    ("pass3", PASS, f"SELECT e, lead block, n, pg_temp.code(lead, n >> 8, n & 255) b FROM ({PASSES} "
                    "AND conforencoding IN (1, 5, 7)) q, generate_series(143, 155) lead, "
                    "generate_series(41120, 65535) n WHERE n & 255 BETWEEN 161 AND 254 AND n >> 8 BETWEEN 161 AND 254 "
                    "AND (i = 7 OR lead = 143)"),
    ("pass4", PASS, f"SELECT e, p block, n, pg_temp.code(l, p, n >> 8, n & 255) b FROM ({PASSES} "
                    "AND conforencoding IN (4, 7)) q, "
                    "generate_series(161, 250) p, LATERAL (SELECT CASE i WHEN 4 THEN 142 ELSE 157 END l) v, "
                    "generate_series(41120, 65535) n WHERE n & 255 BETWEEN 161 AND 254 AND n >> 8 BETWEEN 161 AND 254 "
                    "AND p BETWEEN CASE i WHEN 4 THEN 161 ELSE 245 END AND CASE i WHEN 4 THEN 167 ELSE 250 END"),
]


def make_digests():
    lines = ["# Answers of PostgreSQL's conversions, made by tools/encodings_oracle.py, compared by test_encoding.c:",
             "# questions, encoding, block, digest."]
    for name, answer, questions in QUESTIONS:
        print(name, file=sys.stderr)
        rows = ask(f"SELECT '{name}', e, block, left(md5(string_agg(answer || chr(10), '' ORDER BY n)), 16) "
                   f"FROM (SELECT e, block, n, {answer} answer FROM ({questions}) questions) answers "
                   "GROUP BY e, block ORDER BY pg_char_to_encoding(split_part(e, '>', 1)), e, block")
        lines += [" ".join(row) for row in rows]
    DIGESTS.write_text("\n".join(lines) + "\n")


def main():
    if sys.argv[1:] == ["table"]:
        make_table()
    elif sys.argv[1:] == ["pairs"]:
        make_pairs()
    elif sys.argv[1:] == ["digests"]:
        make_digests()
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
