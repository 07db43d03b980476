# SPDX-License-Identifier: Apache-2.0
"""psycopg 2: types in and out, cursors, COPY, transactions, errors, notices, cancel."""

import datetime
import io
import uuid
from decimal import Decimal

import psycopg2
import psycopg2.extras
from common import dsn, show

connection = psycopg2.connect(dsn())
show("version", connection.server_version >= 180000, connection.get_parameter_status("server_encoding"),
     connection.get_parameter_status("standard_conforming_strings"), connection.encoding)
cursor = connection.cursor()

cursor.execute("CREATE TABLE p2 (id serial PRIMARY KEY, t text, n numeric(12,3), f float8, b bytea, d date, ts timestamptz, "
               "a int[], u uuid, i interval, ok bool, big bigint)")
psycopg2.extras.register_uuid()
rows = [
    ("text é", Decimal("12345.678"), 1.5, b"\x00\xff'", datetime.date(2020, 2, 29),
     datetime.datetime(2021, 3, 4, 5, 6, 7, 890000, tzinfo=datetime.timezone.utc), [1, None, 3],
     uuid.UUID("12345678-1234-5678-1234-567812345678"), datetime.timedelta(days=3, seconds=7), True, 2**62),
    (None,) * 11,
    ("it's \\ back", Decimal("-0.001"), float("nan"), b"", datetime.date.max, None, [], None, datetime.timedelta(0), False, -(2**63)),
]
columns = "t, n, f, b, d, ts, a, u, i, ok, big"
for row in rows:
    cursor.execute(f"INSERT INTO p2 ({columns}) VALUES ({', '.join(['%s'] * 11)}) RETURNING id", row)
    show("id", cursor.fetchone())
cursor.execute(f"SELECT {columns} FROM p2 ORDER BY id")
show("columns", [(c.name, c.type_code, c.internal_size, c.precision, c.scale) for c in cursor.description])
for row in cursor:
    show("row", [bytes(v) if isinstance(v, memoryview) else v for v in row])
connection.commit()

psycopg2.extras.execute_values(cursor, "INSERT INTO p2 (t, big) VALUES %s", [(f"v{i}", i) for i in range(250)], page_size=100)
show("rowcount", cursor.rowcount)
cursor.execute("UPDATE p2 SET big = big + 1 WHERE t LIKE 'v%%'")
show("update", cursor.rowcount, cursor.statusmessage)

with connection.cursor("named", scrollable=True) as named:
    named.itersize = 40
    named.execute("SELECT big FROM p2 WHERE t LIKE 'v%%' ORDER BY big")
    show("named", named.fetchmany(3), named.fetchone(), len(named.fetchall()))
    named.scroll(0, mode="absolute")
    show("scrolled", named.fetchone())
connection.rollback()

copy = io.StringIO("1000\tcopied\\n\n1001\t\\N\n")
cursor.copy_expert("COPY p2 (id, t) FROM STDIN", copy)
out = io.StringIO()
cursor.copy_expert("COPY (SELECT id, t FROM p2 WHERE id >= 1000 ORDER BY id) TO STDOUT WITH (FORMAT csv, HEADER)", out)
show("copy", cursor.rowcount, out.getvalue())
connection.commit()


def fails(sql, *args):
    try:
        cursor.execute(sql, *args)
    except psycopg2.Error as error:
        d = error.diag
        show("error", type(error).__name__, error.pgcode, d.message_primary, d.message_detail, d.schema_name, d.table_name,
             d.column_name, d.constraint_name, d.statement_position)
        connection.rollback()


fails("INSERT INTO p2 (id) VALUES (1)")
fails("SELECT * FROM nowhere")
fails("SELECT 1/0")
fails("INSERT INTO p2 (id) VALUES (NULL)")
fails("SELEC 1")
fails("SELECT %s::int", ("x",))
cursor.execute("DO $$ BEGIN END $$") if False else cursor.execute("DROP TABLE IF EXISTS not_there")
show("notices", connection.notices[-1:])

dictionary = connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor)
dictionary.execute("SELECT 1 AS a, 'x'::name AS b, ARRAY['a','b'] AS c, NULL AS d")
show("dict", dict(dictionary.fetchone()))
connection.commit()
connection.set_session(isolation_level="SERIALIZABLE", readonly=True, autocommit=False)
cursor.execute("SHOW transaction_isolation")
show("isolation", cursor.fetchone())
fails("DELETE FROM p2")
connection.rollback()
connection.set_session(isolation_level="DEFAULT", readonly=False, autocommit=True)
cursor.execute("SET statement_timeout = '50ms'")
fails("SELECT pg_sleep(10)")
cursor.execute("RESET statement_timeout")
cursor.execute("DROP TABLE p2")
show("status", cursor.statusmessage, connection.get_transaction_status())
