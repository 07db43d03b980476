#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes what the oracle says of statements: the golden files of test_golden.c.

usage: ask_oracle.py [NAME...]      (golden/NAME.sql -> golden/NAME.expected; all without names)

A .sql file holds a statement a line; lines of '#' and empty ones are comments, a line '!SQL' is run on the oracle alone
(and must not change what Tusk sees). Statements are prepared, never executed, so they may change data.

Answers, a block a statement:
    = statement
    $ types of parameters
    | name type table column      one line a result column; table and column where it comes from, or 0 0
    ! SQLSTATE position message
    + detail
    ? hint
"""

import ctypes
import ctypes.util
import glob
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.join(HERE, "../../..")
pq = ctypes.CDLL("libpq.so.5")
for name in ("PQconnectdb", "PQexec", "PQprepare", "PQdescribePrepared"):
    getattr(pq, name).restype = ctypes.c_void_p
for name in ("PQfname", "PQresultErrorField", "PQerrorMessage", "PQgetvalue"):
    getattr(pq, name).restype = ctypes.c_char_p
for name in ("PQftype", "PQparamtype", "PQftable"):
    getattr(pq, name).restype = ctypes.c_uint
SQLSTATE, MESSAGE, DETAIL, HINT, POSITION = (ord(c) for c in "CMDHP")
GOOD = (1, 2)


class Oracle:
    def __init__(self, conninfo):
        self.conn = ctypes.c_void_p(pq.PQconnectdb(conninfo.encode()))
        if pq.PQstatus(self.conn) != 0:
            sys.exit("oracle: " + pq.PQerrorMessage(self.conn).decode())
        self.type_names = {}

    def run(self, sql):
        result = ctypes.c_void_p(pq.PQexec(self.conn, sql.encode()))
        if pq.PQresultStatus(result) not in GOOD:
            sys.exit(f"oracle: {sql}: {pq.PQerrorMessage(self.conn).decode()}")
        rows = [[pq.PQgetvalue(result, i, j).decode() for j in range(pq.PQnfields(result))]
                for i in range(pq.PQntuples(result))]
        pq.PQclear(result)
        return rows

    def type_name(self, oid, typmod=-1):
        key = (oid, typmod)
        if key not in self.type_names:
            self.type_names[key] = self.run(f"select format_type({oid}, {typmod})")[0][0]
        return self.type_names[key]

    def answer(self, sql):
        result = ctypes.c_void_p(pq.PQprepare(self.conn, b"", sql.encode(), 0, None))
        if pq.PQresultStatus(result) not in GOOD:
            field = lambda code: (pq.PQresultErrorField(result, code) or b"").decode()
            lines = [f"! {field(SQLSTATE)} {field(POSITION) or 0} {field(MESSAGE)}"]
            lines += [f"+ {field(DETAIL)}"] if field(DETAIL) else []
            lines += [f"? {field(HINT)}"] if field(HINT) else []
            return lines
        result = ctypes.c_void_p(pq.PQdescribePrepared(self.conn, b""))
        lines = []
        params = [pq.PQparamtype(result, i) for i in range(pq.PQnparams(result))]
        if params:
            lines.append("$ " + ", ".join(self.type_name(p) for p in params))
        columns = [(pq.PQfname(result, i).decode(), pq.PQftype(result, i), pq.PQfmod(result, i),
                    pq.PQftable(result, i), pq.PQftablecol(result, i)) for i in range(pq.PQnfields(result))]
        for name, oid, typmod, table, column in columns:
            lines.append(f"| {name} {self.type_name(oid, typmod)} {table} {column}")
        return lines


def write(oracle, name):
    out = []
    with open(f"{HERE}/golden/{name}.sql", encoding="utf-8") as f:
        for line in f.read().split("\n"):
            if not line or line.startswith("#"):
                continue
            if line.startswith("!"):
                oracle.run(line[1:])
                continue
            out += ["= " + line] + oracle.answer(line)
    with open(f"{HERE}/golden/{name}.expected", "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")
    print(f"{name}: {sum(line.startswith('= ') for line in out)} statements")


def main():
    tool = os.environ.get("TUSK_ORACLE") or os.path.join(TOP, "tools/oracle.py")
    conninfo = subprocess.run([sys.executable, tool, "url"], check=True, capture_output=True, text=True).stdout.strip()
    names = sys.argv[1:] or sorted(os.path.basename(p)[:-4] for p in glob.glob(f"{HERE}/golden/*.sql"))
    for name in names:
        write(Oracle(conninfo), name)


if __name__ == "__main__":
    main()
