#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints the system catalogs of a real PostgreSQL 18 in the format of src/catalog/catalog.tables, or compares.

    tools/catalog_tables_oracle.py            print them
    tools/catalog_tables_oracle.py --check    compare with src/catalog/catalog.tables; its `hidden` lines are ours
"""

import difflib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src/catalog/catalog.tables"

TABLES = """
SELECT c.oid, 'table ' || c.relname || ' ' || c.oid || ' row ' || c.reltype || ' array ' || t.typarray
    || CASE WHEN c.relisshared THEN ' shared' ELSE '' END
FROM pg_class c JOIN pg_type t ON t.oid = c.reltype
WHERE c.relnamespace = 11 AND c.relkind = 'r' ORDER BY c.relname"""
COLUMNS = """
SELECT a.attrelid, '    ' || a.attname || ' ' || t.typname || CASE WHEN a.attnotnull THEN ' not_null' ELSE '' END
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
WHERE c.relnamespace = 11 AND c.relkind = 'r' AND a.attnum > 0 ORDER BY a.attrelid, a.attnum"""
INDEXES = """
SELECT i.indrelid, '  index ' || c.relname || ' ' || c.oid
    || CASE WHEN i.indisprimary THEN ' primary' WHEN i.indisunique THEN ' unique' ELSE '' END
    || coalesce(' constraint ' || k.oid, '')
    || ' (' || (SELECT string_agg(a.attname, ' ' ORDER BY n) FROM unnest(i.indkey) WITH ORDINALITY u(number, n)
                JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.number) || ')'
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class r ON r.oid = i.indrelid
LEFT JOIN pg_constraint k ON k.conindid = c.oid AND k.conrelid = r.oid AND k.contype IN ('p', 'u')
WHERE r.relnamespace = 11 AND r.relkind = 'r' ORDER BY c.relname"""


def ask(sql):
    command = [sys.executable, ROOT / "tools/oracle.py", "psql", "-X", "-At", "-F", "\t", "-c", sql]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [line.split("\t", 1) for line in answer.splitlines()]


def lines_of_oracle():
    below = {}
    for oid, line in ask(COLUMNS) + ask(INDEXES):
        below.setdefault(oid, []).append(line)
    return [line for oid, table in ask(TABLES) for line in [table] + below[oid]]


def main():
    ours = lines_of_oracle()
    if "--check" not in sys.argv:
        print("\n".join(ours))
        return
    kept = [line for line in TABLE.read_text().splitlines()
            if line.strip() and not line.startswith("#") and not line.startswith("hidden ")]
    difference = list(difflib.unified_diff(kept, ours, "catalog.tables", "oracle", lineterm="", n=1))
    print("\n".join(difference) or f"{TABLE.name} agrees")
    sys.exit(bool(difference))


if __name__ == "__main__":
    main()
