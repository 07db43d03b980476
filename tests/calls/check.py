#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs tests/calls/*.calls and compares with what the oracle answered (NAME.expected, written by expect.py).

tests/calls/check.py BUILD [NAME...]        the last line is "N passed, N failed"
tests/calls/check.py BUILD --count          built-in functions that have a golden call with an equal result that
                                            is no error, by family of the file, and those that have none
"""

import re
import sys
from pathlib import Path

from calls import ROOT, call_files, is_setting, read_calls, tusk_answers

sys.path.insert(0, str(ROOT / "tools"))
from gen_catalog import read_catalog  # noqa: E402


def signature(call):
    call = call.partition(" over (")[0]
    return (re.match(r'"?(\w+)', call)[1], tuple(re.findall(r"::\"?(\w+)\"?(?=\s*[,)])", call)))


def compare(build, path):
    lines = read_calls(path)
    calls = [line for line in lines if not is_setting(line)]
    expected = path.with_suffix(".expected").read_text().split("\n")[:-1]
    if len(expected) != len(calls):
        sys.exit(f"{path.name}: {len(calls)} calls, {len(expected)} expected answers: run tests/calls/expect.py")
    answers = tusk_answers(build, lines)
    answers += ["(no answer)"] * (len(calls) - len(answers))
    return list(zip(calls, expected, answers))


def golden(build):
    """Functions that a call can reach, by name and argument types, and those of them with a golden call."""
    catalog, _ = read_catalog(ROOT / "src")
    name = lambda oid: catalog.types[oid].name
    wanted = {
        (f.name, tuple(map(name, f.args))): f
        for f in catalog.functions.values()
        if f.shape in ("VECTOR", "SET", "AGGREGATE", "WINDOW")
        or (f.shape == "TYPE" and f.what[0] in ("OUTPUT", "SEND", "INPUT", "TYPMOD_OUT"))
    }
    done, by_name = set(), {}
    for key in wanted:
        by_name.setdefault(key[0], []).append(key)
    for path in call_files([]):
        for call, expected, answer in compare(build, path):
            if expected == answer and not expected.startswith("ERROR:"):
                key = signature(call)
                fits = (
                    [key] if key in wanted else [k for k in by_name.get(key[0], []) if polymorphic(catalog, k, key)]
                )
                done.update(fits)
    return wanted, done


def count(build):
    wanted, done = golden(build)
    for key in sorted(set(wanted) - done):
        print(f"no golden call: {key[0]}({', '.join(key[1])})")
    print(f"{len(done)} of {len(wanted)} functions have a golden call")


def polymorphic(catalog, declared, given):
    kinds = {t.name: t.kind for t in catalog.types.values()}
    variadic = declared[1] and declared[1][-1] in ("any", "anyarray", "anycompatiblearray", "_text")
    if len(declared[1]) != len(given[1]) and not variadic:
        return False
    return all(d == g or kinds.get(d) == "p" or variadic for d, g in zip(declared[1], given[1]))


def main():
    build, names = sys.argv[1], sys.argv[2:]
    if names == ["--count"]:
        count(build)
        return
    passed = failed = 0
    for path in call_files(names):
        for call, expected, answer in compare(Path(build), path):
            if expected == answer:
                passed += 1
            else:
                failed += 1
                print(f"{path.name}: {call}\n    PostgreSQL {expected}\n    Tusk       {answer}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed != 0)


if __name__ == "__main__":
    main()
