#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Calls built-in functions with boundary and random values and compares Tusk with the oracle.

    tests/calls/random_calls.py BUILD [--seed N] [--calls N | --total N] [--functions REGEX] [--source REGEX] [--keep FILE]

--calls is the number a function (default 40), --total that of all functions together. --functions picks by name, --source by the path of the declaration. --keep adds
calls that agree to FILE (.calls): for each function up to three with a result and one with an error, as golden calls.
Volatile functions are left out. The seed is printed; the same seed makes the same calls.

call_runner answers first, which is quick and has no catalog. Where it says something else, a server is asked, and its answer
counts. The server is asked too for the binary forms of some results of each function.
"""

import argparse
import random
import re
import sys
from pathlib import Path

from calls import ROOT, SIGN_ONLY, Oracle, is_setting, to_sql, tusk_answers

sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]
from gen_catalog import read_catalog  # noqa: E402
from servers import Tusk  # noqa: E402
from wire import Connection, Failure, error_fields  # noqa: E402

INTEGERS = [
    0,
    1,
    -1,
    2,
    3,
    5,
    7,
    10,
    31,
    32,
    63,
    64,
    100,
    127,
    128,
    255,
    256,
    1000,
    32767,
    -32768,
    65535,
    2**31 - 1,
    -(2**31),
    2**31,
    2**32 - 1,
    2**32,
    2**63 - 1,
    -(2**63),
    10**9,
    10**18,
]
TEXTS = [
    "",
    "a",
    "A",
    "abc",
    "ABC",
    "Hello, World",
    " padded ",
    "äöü",
    "日本語",
    "%_\\",
    "a'b",
    "x" * 40,
    "12",
    "-3.5",
    "abcabcabc",
    "foo.bar",
    "tab\there",
    "line\nbreak",
    "ÀÉ",
    "z",
    "0",
    "true",
    "\\x6162",
    "é",
]
FLOATS = [
    "0",
    "-0",
    "1",
    "-1",
    "0.5",
    "1.5",
    "2.5",
    "-2.5",
    "3.14159",
    "1e10",
    "1e-10",
    "1e15",
    "123456789.123",
    "1e300",
    "1e-300",
    "Infinity",
    "-Infinity",
    "NaN",
    "4.9e-324",
    "1.7976931348623157e308",
    "0.1",
    "100",
    "2147483647.5",
    "9.22e18",
]
NUMERICS = [
    "0",
    "0.00",
    "1",
    "-1",
    "0.5",
    "1.5",
    "2.5",
    "-2.5",
    "10",
    "100",
    "1e10",
    "0.001",
    "123.456",
    "-987654321.123456789",
    "99999999999999999999",
    "1e-20",
    "1.000000000000000000001",
    "NaN",
    "Infinity",
    "-Infinity",
    "3.14159265358979",
    "999999999999999999",
    "1000000000000000000",
    "0.000000000000000001",
    "1e30",
    "2",
    "3",
    "7",
    "-3",
    "1e100",
    "12345.67890",
    "18446744073709551616",
    "0.9999999999999999999",
    "9999.9999",
    "10000.0001",
    "1e4",
    "1e-4",
]
TIMESTAMPS = [
    "2000-01-01",
    "1970-01-01 00:00:00",
    "2024-02-29 12:34:56.789",
    "1999-12-31 23:59:59.999999",
    "0001-01-01",
    "0044-03-15 BC",
    "2023-10-29 02:30:00",
    "9999-12-31",
    "infinity",
    "-infinity",
    "2038-01-19 03:14:08",
]
POOLS = {
    "bool": ["t", "f"],
    "char": ["", "a", "Z", "\\303", "0"],
    "oid": ["0", "1", "42", "4294967295", "2147483648"],
    "text": TEXTS,
    "varchar": TEXTS,
    "bpchar": TEXTS,
    "name": TEXTS,
    "cstring": TEXTS + ["1", "t", "2024-01-01", "1 day", "{1,2}"],
    "bytea": ["", "\\x00", "\\x616263", "\\xdeadbeef", "\\xffffffffffffffff", "\\x0102030405060708090a"],
    "float4": ["3.4e38", "1e-45", "16777217"]
    + [x for x in FLOATS if "e300" not in x and "e-300" not in x and "e308" not in x and "e-324" not in x],
    "float8": FLOATS,
    "numeric": NUMERICS,
    "date": [
        "2000-01-01",
        "1970-01-01",
        "2024-02-29",
        "infinity",
        "-infinity",
        "0044-03-15 BC",
        "1999-12-31",
        "9999-12-31",
    ],
    "timestamp": TIMESTAMPS,
    "timestamptz": TIMESTAMPS + ["2024-06-01 12:00:00+02"],
    "time": ["00:00", "12:34:56.789", "23:59:59.999999", "24:00:00"],
    "timetz": ["00:00+00", "12:34:56.789+02", "23:59:59-05:30"],
    "interval": [
        "0",
        "1 day",
        "-1 month",
        "1 year 2 mons 3 days 04:05:06.789",
        "100 hours",
        "-00:00:01",
        "infinity",
        "-infinity",
    ],
    "uuid": [
        "00000000-0000-0000-0000-000000000000",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
    ],
    "xid": ["0", "3", "4294967295"],
    "cid": ["0", "7"],
    "xid8": ["0", "3", "18446744073709551615"],
    "pg_lsn": ["0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF"],
    "tid": ["(0,0)", "(42,7)", "(4294967295,65535)"],
    "point": ["(0,0)", "(1,2)", "(-3.5,1e10)"],
    "json": ["{}", '{"a":1,"b":[1,2,null]}', "[1,2,3]", '"x"', "null", ' { "a" : { "b" : "c" } } ', "-1.5e3"],
    "jsonb": ["{}", '{"a":1,"b":[1,2,null]}', "[1,2,3]", '"x"', "null", "1.50", '{"a":{"b":"c"},"":[]}', "true", "[[1,{}]]"],
    "jsonpath": ["$", "$.a", "$.b[*]", "lax $[0 to 1]", "strict $.a", "$.** ? (@ > 1)", "$.b.size()", "$.a == 1"],
    "pg_snapshot": ["10:20:10,14,15", "3:3:", "1:18446744073709551615:7"],
    "txid_snapshot": ["10:20:10,14,15", "3:3:"],
    "inet": ["192.168.1.5/24", "10.0.0.1", "::1", "fe80::1/64", "0.0.0.0/0", "255.255.255.255", "::/0",
             "::ffff:1.2.3.4/96", "192.168.1.0/24", "192.168.1.5"],
    "cidr": ["192.168.1.0/24", "10.0.0.0/8", "2001:db8::/32", "0.0.0.0/0", "::/0", "192.168.1.7/32"],
    "macaddr": ["08:00:2b:01:02:03"],
    "macaddr8": ["08:00:2b:01:02:03:04:05"],
    "money": ["0", "$1,234.56", "-5.00", "92233720368547758.07", "-92233720368547758.08", "0.01", "($3.5)"],
    "int4range": ["empty", "[1,5)", "(1,5]", "[3,8)", "(,)", "(,3)", "[7,)", "[5,5]", "[-2147483648,2147483647)"],
    "int8range": ["empty", "[1,5)", "[3,)", "(,9223372036854775806]"],
    "numrange": ["empty", "[1.5,5)", "(1.5,5]", "[5,5]", "(,)", "(5,7.25)", "[NaN,)", "(-Infinity,0.0]"],
    "daterange": ["empty", "[2000-01-01,2000-02-01)", "(,infinity)", "[2000-01-31,]"],
    "tsrange": ["empty", "[2000-01-01,2000-01-02)", "(2000-01-01 12:00,)"],
    "tstzrange": ["empty", "[2000-01-01 00:00+00,2000-01-02 00:00+00)", "(,)"],
    "int4multirange": ["{}", "{[1,5)}", "{[1,3),[7,9)}", "{(,2),[8,)}", "{(,)}", "{[5,7)}", "{[3,4),[4,6)}"],
    "int8multirange": ["{}", "{[1,5)}", "{[1,3),[7,)}"],
    "nummultirange": ["{}", "{[1.5,5)}", "{[1,3),(3,9)}", "{(,)}"],
    "datemultirange": ["{}", "{[2000-01-01,2000-02-01)}"],
    "tsmultirange": ["{}", "{[2000-01-01,2000-01-02),[2000-01-03,)}"],
    "tstzmultirange": ["{}", "{(,2000-01-01 00:00+00)}"],
    "bit": ["0", "1", "10101", "1111"],
    "varbit": ["", "1", "10101", "1111000"],
    "_int4": ["{}", "{1}", "{1,2,3}", "{1,NULL,3}", "{{1,2},{3,4}}"],
    "_text": ["{}", "{a}", '{a,NULL,"b c"}', "{a,b}", "{b,0}", "{a,1,b,2}", "{{a,1},{b,2}}"],
    "_int8": ["{0,0}", "{2,10}", "{5,-7}"],
    "_int2": ["{}", "{1,2,3}"],
    "_float8": ["{0,0,0}", "{3,6,2}", "{1,1.5,0}"],
    "anyelement": None,
    "any": None,
}
RANGES = {"int2": (-(2**15), 2**15 - 1), "int4": (-(2**31), 2**31 - 1), "int8": (-(2**63), 2**63 - 1)}
for alias in ("anyelement", "any", "anycompatible", "anynonarray", "anycompatiblenonarray"):
    POOLS[alias] = None


# Their values here are of integers, and so are the elements that go with them.
INTEGERS_INSIDE = {"anyrange", "anymultirange", "anyarray", "anycompatiblearray"}
CHUNK = 2000  # calls that one psql and one call_runner answer
BINARY_CALLS = 2  # of a function, whose results are looked at in their binary form
# What no two installations answer alike: the time of the statement, the versions of Unicode and of tzdata.
OF_THE_MACHINE = {"now", "transaction_timestamp", "statement_timestamp", "unicode_version", "icu_unicode_version"}
OF_THE_MACHINE |= {"pg_timezone_names", "pg_timezone_abbrevs_zone", "version"}


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def value(self, type_name, small=False):
        """Text of a value and its type; None: this type has no values here. `small`: numbers are lengths and counts."""
        r = self.random
        if type_name in RANGES and small:
            return str(r.choice([-1, 0, 1, 2, 5, 8, r.randint(-100, 100)])), type_name
        if type_name in RANGES:
            least, most = RANGES[type_name]
            small = r.random() < 0.3
            v = r.choice(INTEGERS) if r.random() < 0.5 else r.randint(-100, 100) if small else r.randint(least, most)
            return str(v if least <= v <= most else r.randint(-20, 20)), type_name
        if type_name in POOLS and POOLS[type_name] is None:
            return self.value(r.choice(["int4", "text", "float8", "numeric"]))
        if type_name in ("anyarray", "anycompatiblearray"):
            return self.value("_int4")
        if type_name in ("anyrange", "anymultirange"):
            return self.value(f"int4{type_name[3:]}")
        if type_name not in POOLS:
            return None
        if r.random() < 0.35:
            made = self.made(type_name)
            if made is not None:
                return made, type_name
        return r.choice(POOLS[type_name]), type_name

    def made(self, type_name):
        r = self.random
        if type_name == "float8":
            return repr(
                r.choice([r.uniform(-1, 1), r.uniform(-1e6, 1e6), r.uniform(0, 1) * 10.0 ** r.randint(-300, 300)])
            )
        if type_name == "float4":
            return f"{r.uniform(-1, 1) * 10.0 ** r.randint(-30, 30):.6g}"
        if type_name == "numeric":
            before, after = r.choice([1, 3, 9, 17, 19, 25, 60]), r.choice([0, 1, 2, 6, 10, 16, 20, 40])
            text = str(r.randint(0, 10**before)) + (
                "." + "".join(r.choice("0123456789") for _ in range(after)) if after else ""
            )
            return r.choice(["", "-"]) + text
        if type_name in ("text", "varchar", "bpchar", "name"):
            return "".join(r.choice("abcABC 012.,-é日") for _ in range(r.randint(0, 20)))
        if type_name == "bytea":
            return "\\x" + "".join(r.choice("0123456789abcdef") for _ in range(2 * r.randint(0, 20)))
        if type_name in ("oid", "xid"):
            return str(r.randint(0, 2**32 - 1))
        return None

    def call(self, name, args):
        """One call; arguments of any type agree among themselves, since polymorphism wants it."""
        parts = []
        element = (None, "int4") if INTEGERS_INSIDE.intersection(args) else None
        small = (
            any(arg in ("text", "varchar", "bpchar", "name", "bytea", "bit", "varbit") for arg in args)
            and "hash" not in name
        ) or name == "bit"  # bit(number, length) makes strings of up to a gigabyte
        for arg in args:
            made = self.value(arg, small)
            if made is None:
                return None
            if POOLS.get(arg, 1) is None and arg != "any":
                element = element or made
                made = self.value(element[1])
            text, type_name = made
            if self.random.random() < 0.03:
                parts.append(f'NULL::"{type_name}"')
            else:
                quoted = text.replace("'", "''")
                if "\n" in quoted or "\\" in quoted:
                    quoted = quoted.replace("\\", "\\\\").replace("\n", "\\n")
                    parts.append(f"E'{quoted}'::\"{type_name}\"")
                else:
                    parts.append(f"'{quoted}'::\"{type_name}\"")
        return f'"{name}"({", ".join(parts)})'


def callable_functions(catalog, options):
    for f in sorted(catalog.functions.values(), key=lambda f: f.oid):
        kind = f.what[0] if f.shape == "TYPE" else f.shape
        if "unknown" in f.name or "/type/" not in str(f.at.path) or f.name in OF_THE_MACHINE:
            continue  # no expression has that type when it is evaluated; what needs a catalog is tested by SQL
        if kind not in ("VECTOR", "SET", "OUTPUT", "SEND", "TYPMOD_OUT", "INPUT") or "VOLATILE" in f.flags:
            continue
        if re.search(options.functions, f.name) and re.search(options.source, str(f.at.path)):
            yield f


class Servers:
    """The oracle and a Tusk, asked the same statement."""

    def __init__(self, tusk, settings):
        ports = [re.search(r"port=(\d+)", url)[1] for url in (Oracle().connection, tusk.url)]
        self.connections = [Connection(int(port)) for port in ports]
        for setting in ["SET TimeZone = 'UTC'", *settings]:
            for connection in self.connections:
                connection.query(setting)

    def answers(self, sql):
        """Rows as they came, and what an error says (not where in the source)."""
        both = []
        for connection in self.connections:
            try:
                messages = list(connection.messages(sql))
            except Failure as failure:
                sys.exit(f"{sql}\n    {failure}")
            rows = [body for kind, body in messages if kind == b"D"]
            errors = [error_fields(body) for kind, body in messages if kind == b"E"]
            both.append(rows + [{k: v for k, v in error.items() if k not in (b"F", b"L", b"R")} for error in errors])
        return both

    def text(self, call):
        return self.answers(f"select {to_sql(call)} limit 1000")

    def binary(self, call):
        sql = f"begin; declare c binary cursor for select {to_sql(call)}; fetch 1000 from c; rollback"
        answers = self.answers(sql)
        if any(isinstance(row, dict) for answer in answers for row in answer):
            self.answers("rollback")
        return answers


def differ_on_servers(servers, functions, lines, answers, ours):
    """The calls on which the servers disagree: as text where call_runner did, in binary form for some of the others."""
    differ, looked_at = [], {}
    for function, call, theirs, own in zip(functions, lines, answers, ours):
        ask = servers.text
        if theirs == own:
            looked_at[function] = looked_at.get(function, 0) + (not theirs.startswith(("ERROR:", "NULL")))
            if theirs.startswith(("ERROR:", "NULL")) or looked_at[function] > BINARY_CALLS or SIGN_ONLY.match(call):
                continue
            ask = servers.binary
        postgres, tusk = ask(call)
        if postgres != tusk:
            differ.append((function, f"{call} {ask.__name__}", postgres, tusk))
    return differ


def keep_calls(path, results):
    """One of each function's results is the answer NULL at most."""
    path = Path(path)
    lines = path.read_text().splitlines() if path.exists() else []
    there = set(lines)
    kept = {}
    for function, call, answer, _ in results:
        good, bad = kept.setdefault(function, (set(), set()))
        if call in there or len(call) > 400 or answer in good:
            continue
        wanted = bad if answer.startswith("ERROR:") else good
        if len(wanted) < (1 if wanted is bad else 3):
            wanted.add(answer)
            lines.append(call)
    path.write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--calls", type=int, default=40)
    parser.add_argument("--total", type=int)
    parser.add_argument("--functions", default="")
    parser.add_argument("--source", default="")
    parser.add_argument("--keep")
    parser.add_argument("--settings", nargs="*", default=[], help='lines such as "SET extra_float_digits = 0"')
    options = parser.parse_args()
    catalog, _ = read_catalog(ROOT / "src")
    maker = Maker(options.seed)
    print(f"seed {options.seed}")
    chosen = list(callable_functions(catalog, options))
    calls_each = -(-options.total // len(chosen)) if options.total else options.calls
    lines, functions = [], []
    for f in chosen:
        args = [catalog.types[oid].name for oid in f.args]
        for _ in range(calls_each if args else 1):
            if f.shape == "TYPE" and len(args) == 3:
                made = maker.call(f.name, args[:1])
                call = made and f"{made[:-1]}, '0'::\"oid\", '{maker.random.choice([-1, 5, 8, 24])}'::\"int4\")"
            else:
                call = maker.call(f.name, args)
            if call:
                lines.append(call)
                functions.append(f.oid)
    answers, ours = [], []
    for at in range(0, len(lines), CHUNK):
        chunk = options.settings + lines[at : at + CHUNK]
        answers += Oracle().answers(chunk)
        ours += tusk_answers(options.build, chunk)
        ours += ["(no answer)"] * (len(answers) - len(ours))
        print(f"{len(answers)} of {len(lines)} calls", file=sys.stderr, flush=True)
    with Tusk(options.build) as tusk:
        differ = differ_on_servers(Servers(tusk, options.settings), functions, lines, answers, ours)
    for _, call, theirs, own in differ[:200]:
        print(f"{call}\n    PostgreSQL {theirs}\n    Tusk       {own}")
    if options.keep:
        keep_calls(options.keep, [x for x in zip(functions, lines, answers, ours) if x[2] == x[3]])
    wrong = {f for f, *_ in differ}
    print(
        f"{len(lines) - len(differ)} of {len(lines)} calls agree; {len(wrong)} of {len(set(functions))} functions differ somewhere"
    )
    sys.exit(bool(differ))


if __name__ == "__main__":
    main()
