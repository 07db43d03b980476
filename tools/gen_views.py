#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes catalog_views.c of src/catalog/*.sql: the statements that make the system views, in their order.

    tools/gen_views.py --source FOLDER SQL_FILE... OUTPUT DEPFILE [--left-out]

A view that calls a function which no SQL_...() line of FOLDER declares is left out, and with it the views that read it.
--left-out lists those, and why, on standard output.
"""

import re
import sys
from pathlib import Path

from gen_catalog import read_catalog
from sql_declarations import c_literal

CALL = re.compile(r"\bpg_catalog\.(\w+)\s*\(")


def statements(path):
    text, secret = [], False
    for line in Path(path).read_text().splitlines():
        if line.startswith("--"):
            secret |= line.strip() == "-- secret"
            continue
        if line.strip():
            text.append(line)
        if line.endswith(";"):
            yield "\n".join(text)[:-1], secret
            text, secret = [], False


def view_of(statement):
    match = re.match(r"CREATE VIEW (\w+\.\w+)", statement)
    return match[1] if match else None


def choose(paths, functions):
    missing_views, kept, left_out = set(), [], []
    for statement, secret in (s for path in paths for s in statements(path)):
        view = view_of(statement)
        lacks = sorted({f for f in CALL.findall(statement) if f not in functions})
        lacks += sorted(v for v in missing_views if re.search(rf"(FROM|JOIN) {re.escape(v)}\b", statement))
        if lacks:
            left_out.append((view or statement, lacks))
            missing_views.add(view)
            continue
        kept.append(statement)
        if view:
            if not secret:
                kept.append(f"GRANT SELECT ON {view} TO PUBLIC")
            elif view.startswith("pg_catalog."):
                kept.append(f"REVOKE ALL ON {view} FROM PUBLIC")  # said, as PostgreSQL says it
    return kept, left_out


def main():
    arguments = [a for a in sys.argv[1:] if a != "--left-out"]
    source, *paths, output, depfile = arguments[1:]
    catalog, files = read_catalog(source)
    kept, left_out = choose(paths, {f.name for f in catalog.functions.values()})
    if "--left-out" in sys.argv:
        for view, lacks in left_out:
            print(f"{view}: {', '.join(lacks)}")
    lines = ["/* Made by tools/gen_views.py. */", '#include "catalog/catalog.h"', "",
             "const char *const catalog_view_statements[] = {"]
    for statement in kept:
        pieces = statement.split("\n")
        lines += [f"    {c_literal(p + chr(10) if p is not pieces[-1] else p)}" for p in pieces]
        lines[-1] += ","
    lines += ["    NULL,", "};"]
    Path(output).write_text("\n".join(lines) + "\n")
    Path(depfile).write_text(f"{output}: {' '.join(map(str, files))}\n")


if __name__ == "__main__":
    main()
