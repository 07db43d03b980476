# SPDX-License-Identifier: Apache-2.0
"""psycopg 3: text and binary parameters and results, prepared statements, pipelines, COPY, types from the catalog, errors."""

import asyncio
import datetime
import uuid
from decimal import Decimal

import psycopg
from common import dsn, show
from psycopg import sql
from psycopg.rows import dict_row, namedtuple_row
from psycopg.types import TypeInfo
from psycopg.types.enum import EnumInfo

connection = psycopg.connect(dsn())
show("info", connection.info.server_version >= 180000, connection.info.encoding, connection.info.transaction_status.name)
with connection.transaction():
    connection.execute("CREATE TYPE p3_mood AS ENUM ('sad', 'ok', 'happy')")
    connection.execute("CREATE TABLE p3 (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, t text, n numeric, f float4, b bytea, "
                       "d date, tm time, ts timestamp, tz timestamptz, i interval, a text[], u uuid, ok bool, m p3_mood, s int2)")

show("type", TypeInfo.fetch(connection, "p3_mood").name, TypeInfo.fetch(connection, "int4").oid, TypeInfo.fetch(connection, "nope"))
info = EnumInfo.fetch(connection, "p3_mood")
show("enum", info.labels)

values = ("é", Decimal("1e20"), 2.5, b"\x00\x01", datetime.date(1999, 12, 31), datetime.time(1, 2, 3, 4),
          datetime.datetime(2000, 1, 1), datetime.datetime(2000, 1, 1, tzinfo=datetime.timezone.utc),
          datetime.timedelta(days=40, microseconds=5), ["a", None, "c d"], uuid.UUID(int=5), True, "ok", 7)
names = "t, n, f, b, d, tm, ts, tz, i, a, u, ok, m, s"
holders = ", ".join(["%s"] * len(values))
binary = ", ".join(["%b"] * 12 + ["%s", "%s"])
for form in (holders, binary):
    row = connection.execute(f"INSERT INTO p3 ({names}) VALUES ({form}) RETURNING id", values).fetchone()
    show("id", row)
for as_binary in (False, True):
    cursor = connection.cursor(binary=as_binary)
    cursor.execute(f"SELECT {names} FROM p3 ORDER BY id")
    show("columns", [(c.name, c.type_code, c.type_display) if c.type_code < 16384 else c.name for c in cursor.description])
    for row in cursor:
        show("row", row)
connection.commit()

for i in range(8):
    show("prepared", connection.execute("SELECT %s::int + count(*) FROM p3 WHERE id > %s", (i, 0), prepare=True).fetchone())
show("statements", connection.execute("SELECT statement, parameter_types::text, from_sql FROM pg_prepared_statements ORDER BY name").fetchall())

with connection.pipeline():
    a = connection.execute("SELECT 1")
    b = connection.execute("SELECT %s", ("two",))
    show("pipeline", a.fetchone(), b.fetchone())
connection.commit()

with connection.cursor().copy("COPY p3 (t, n, ok) FROM STDIN") as copy:
    for i in range(1000):
        copy.write_row((f"row {i}", i, i % 2 == 0))
with connection.cursor().copy("COPY p3 (t, u) FROM STDIN (FORMAT BINARY)") as copy:
    copy.set_types(["text", "uuid"])
    copy.write_row(("binary", uuid.UUID(int=9)))
with connection.cursor().copy("COPY (SELECT t, n FROM p3 WHERE n > 995 AND n < 1000 ORDER BY n) TO STDOUT") as copy:
    copy.set_types(["text", "numeric"])
    show("copied", list(copy.rows()))
connection.commit()

cursor = connection.cursor(row_factory=dict_row)
show("dict", cursor.execute("SELECT 1 AS one, 'x' AS two").fetchall())
show("named", connection.cursor(row_factory=namedtuple_row).execute("SELECT 1 AS one").fetchone().one)
show("many", connection.cursor().executemany("INSERT INTO p3 (t) VALUES (%s) RETURNING id", [("m1",), ("m2",)], returning=True) is None)
show("identifier", connection.execute(sql.SQL("SELECT count(*) FROM {} WHERE {} = 'm1'").format(
    sql.Identifier("p3"), sql.Identifier("t"))).fetchone())
connection.commit()
with connection.cursor(name="server_side") as server:
    server.execute("SELECT id FROM p3 ORDER BY id")
    show("server side", server.fetchmany(2), server.fetchone())
connection.rollback()


def fails(query, *args):
    try:
        with connection.transaction():
            connection.execute(query, *args)
    except psycopg.Error as error:
        d = error.diag
        show("error", type(error).__name__, d.sqlstate, d.message_primary, d.message_detail, d.message_hint, d.table_name,
             d.column_name, d.constraint_name, d.datatype_name, d.statement_position)


fails("INSERT INTO p3 (s) VALUES (100000)")
fails("INSERT INTO p3 (m) VALUES ('angry')")
fails("INSERT INTO p3 (id) VALUES (1)")
fails("SELECT lower(1, 2)")
fails("SELECT %s + 'a'::text", (1,))
fails("SELECT 1; SELECT 2", (1,))
try:
    with connection.transaction():
        connection.execute("INSERT INTO p3 (t) VALUES ('outer')")
        with connection.transaction():
            connection.execute("INSERT INTO p3 (t) VALUES ('inner')")
            raise psycopg.Rollback()
except psycopg.Rollback:
    pass
show("savepoint", connection.execute("SELECT t FROM p3 WHERE t IN ('outer', 'inner')").fetchall())
connection.commit()


async def asynchronous():
    async with await psycopg.AsyncConnection.connect(dsn()) as c:
        task = asyncio.create_task(c.execute("SELECT pg_sleep(20)"))
        await asyncio.sleep(0.2)
        c.cancel()
        try:
            await task
        except psycopg.Error as error:
            show("cancelled", error.sqlstate, error.diag.message_primary)


asyncio.run(asynchronous())
connection.execute("DROP TABLE p3")
connection.execute("DROP TYPE p3_mood")
connection.commit()
show("end", connection.info.transaction_status.name)
