# SPDX-License-Identifier: Apache-2.0
"""At which message of the extended protocol a statement's error comes: what is constant is computed when a statement is bound."""

import os
import struct
import sys
from pathlib import Path

from common import show

sys.path.append(str(Path(__file__).resolve().parents[3] / "tools"))
import wire  # noqa: E402  (tools/wire.py)

NAMES = {b"1": "parsed", b"2": "bound", b"t": "parameters", b"T": "columns", b"n": "no columns", b"D": "row", b"C": "complete"}
connection = wire.Connection(int(os.environ["PGPORT"]), database=os.environ["PGDATABASE"], user=os.environ["PGUSER"])


def message(kind, body=b""):
    return kind + struct.pack("!I", 4 + len(body)) + body


def stages(sql, *values, times=1):
    """Parse, and then Bind, Describe, Execute so often: what came of each up to the first error."""
    bind = b"\0\0" + struct.pack("!HH", 0, len(values)) + b"".join(struct.pack("!I", len(v)) + v.encode() for v in values) + b"\0\0"
    run = message(b"B", bind) + message(b"D", b"P\0") + message(b"E", b"\0\0\0\0\0")
    connection.socket.sendall(message(b"P", b"\0" + sql.encode() + b"\0\0\0") + run * times + message(b"S"))
    seen = []
    for kind, body in connection.next_answer():
        if kind in NAMES:
            seen.append(NAMES[kind])
        elif kind == b"E":
            fields = wire.error_fields(body)
            seen.append(f"{fields[b'C']} {fields[b'M']}")
    show(sql, values, ", ".join(seen))


connection.query("CREATE TABLE t (a int); INSERT INTO t VALUES (0), (1)")
stages("SELECT 1/0")
stages("SELECT 'x'::int")
stages("SELECT 1/a FROM t")
stages("SELECT 1/0 FROM t")
stages("SELECT a FROM t WHERE a = 1/0")
stages("SELECT CASE WHEN true THEN 1 ELSE 1/0 END")
stages("SELECT a FROM t LIMIT 1/0")
stages("SELECT a FROM t LIMIT -1")
stages("SELECT $1::int / 0", "1")
stages("SELECT 1 / $1::int", "0")
stages("SELECT 1 / $1::int FROM t", "0")
stages("SELECT a FROM t WHERE a = 1 / $1::int", "0")
stages("SELECT 1 / $1::int", "x")
stages("SELECT (SELECT 1/0)")
stages("INSERT INTO t VALUES (1/0)")
stages("INSERT INTO t VALUES (1 / $1::int)", "0")
stages("UPDATE t SET a = 1/0")
stages("DELETE FROM t WHERE a = 1/0")
stages("VALUES (1), (1/0)")
stages("SELECT count(*) FROM generate_series(1, 1/0)")
stages("EXPLAIN SELECT 1/0")
stages("SELECT 1; SELECT 2")
stages("SELECT a FROM t ORDER BY 1/0")
stages("SELECT now() / 0")
stages("SELECT random()::int * 0 / 0")
stages("SELECT 1", times=2)
stages("SELECT 1 / (1 - $1::int)", "0", times=7)
connection.query("SET plan_cache_mode = force_generic_plan")
stages("SELECT 1 / $1::int", "0")
stages("SELECT $1::int / 0", "1")
stages("SELECT 1/0")
connection.query("PREPARE p AS SELECT 1/0")
stages("EXECUTE p")
stages("DECLARE c CURSOR FOR SELECT 1/0")
