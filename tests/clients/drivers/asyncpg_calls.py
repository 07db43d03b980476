# SPDX-License-Identifier: Apache-2.0
"""asyncpg: everything binary and prepared, types found in the catalog by its own queries, cursors, COPY, several connections, errors."""

import asyncio
import datetime
import io
import uuid
from decimal import Decimal

import asyncpg
from common import parts, show


async def fails(connection, query, *args):
    try:
        await connection.execute(query, *args)
    except asyncpg.PostgresError as error:
        show("error", type(error).__name__, error.sqlstate, error.message, error.detail, error.hint, error.table_name,
             error.constraint_name)


async def values(connection):
    await connection.execute("CREATE TABLE ap (id serial PRIMARY KEY, t text, n numeric, f float8, g float4, b bytea, d date, "
                             "tm time, ts timestamp, tz timestamptz, i interval, a int[], aa text[], u uuid, ok bool, s smallint, "
                             "big bigint, c char(3), v varchar(9), o oid)")
    row = ("é", Decimal("123.4500"), 1.25, 0.5, b"\x00\x01", datetime.date(2000, 2, 29), datetime.time(1, 2, 3),
           datetime.datetime(2001, 1, 1), datetime.datetime(2001, 1, 1, tzinfo=datetime.timezone.utc),
           datetime.timedelta(days=1, seconds=1), [1, 2, None], ["x", "y z"], uuid.UUID(int=3), False, -5, 2**40, "ab", "cd", 99)
    names = "t, n, f, g, b, d, tm, ts, tz, i, a, aa, u, ok, s, big, c, v, o"
    holders = ", ".join(f"${i + 1}" for i in range(len(row)))
    show("id", await connection.fetchval(f"INSERT INTO ap ({names}) VALUES ({holders}) RETURNING id", *row))
    show("row", dict(await connection.fetchrow(f"SELECT {names} FROM ap")))
    show("status", await connection.execute("UPDATE ap SET t = 'new'"))
    await connection.executemany("INSERT INTO ap (t, s) VALUES ($1, $2)", [(f"r{i}", i) for i in range(20)])
    show("count", await connection.fetchval("SELECT count(*) FROM ap"))


async def statements(connection):
    statement = await connection.prepare("SELECT $1::int AS x, $2::text[] AS y, $3::numeric(6,2) AS z, now() IS NOT NULL AS ok")
    show("parameters", [(p.oid, p.name, p.kind, p.schema) for p in statement.get_parameters()])
    show("attributes", [(a.name, a.type.oid, a.type.name, a.type.kind) for a in statement.get_attributes()])
    show("fetched", [dict(r) for r in await statement.fetch(5, ["a"], Decimal("1.239"))])
    async with connection.transaction():
        numbers = [r["g"] async for r in connection.cursor("SELECT g FROM generate_series(1, 25) g", prefetch=7)]
        show("cursor", numbers)
        cursor = await connection.cursor("SELECT g FROM generate_series(1, 9) g")
        await cursor.forward(3)
        show("forward", [r["g"] for r in await cursor.fetch(2)])


async def user_types(connection):
    await connection.execute("CREATE TYPE ap_enum AS ENUM ('low', 'high')")
    await connection.execute("CREATE DOMAIN ap_domain AS numeric(5,1) CHECK (VALUE > 0)")
    await connection.execute("CREATE TABLE ap2 (e ap_enum, es ap_enum[], d ap_domain)")
    await connection.execute("INSERT INTO ap2 VALUES ($1, $2, $3)", "high", ["low", "high"], Decimal("3.25"))
    show("user types", dict(await connection.fetchrow("SELECT * FROM ap2")))
    await connection.execute("DROP TABLE ap2")
    await connection.execute("DROP DOMAIN ap_domain")
    await connection.execute("DROP TYPE ap_enum")


async def copies(connection):
    out = io.BytesIO()
    show("copy", await connection.copy_from_query("SELECT t, s FROM ap WHERE s > 16 ORDER BY s", output=out, format="csv"),
         out.getvalue())
    show("records", await connection.copy_records_to_table("ap", records=[("c1", 100), ("c2", None)], columns=["t", "s"]))
    show("copied", [tuple(r) for r in await connection.fetch("SELECT t, s FROM ap WHERE t LIKE 'c_' ORDER BY t")])


async def errors(connection):
    await fails(connection, "INSERT INTO ap (id) VALUES (1)")
    await fails(connection, "SELECT * FROM nowhere")
    await fails(connection, "SELECT 1 / $1::int", 0)
    await fails(connection, "SELEC")
    try:
        async with connection.transaction():
            await connection.execute("DELETE FROM ap")
            async with connection.transaction():
                await connection.execute("SELECT 1/0")
    except asyncpg.DivisionByZeroError:
        show("rolled back", await connection.fetchval("SELECT count(*) FROM ap"))
    try:
        await connection.execute("SELECT pg_sleep(20)", timeout=0.2)
    except asyncio.TimeoutError:
        show("timeout", await connection.fetchval("SELECT 1"))


async def main():
    connection = await asyncpg.connect(**parts())
    show("version", connection.get_server_version().major, connection.get_settings().server_encoding)
    await values(connection)
    await statements(connection)
    await user_types(connection)
    await copies(connection)
    await errors(connection)
    others = [await asyncpg.connect(**parts()) for _ in range(3)]
    show("others", await asyncio.gather(*(c.fetchval("SELECT $1::int * 2", i) for i, c in enumerate(others))))
    for other in others:
        await other.close()
    await connection.execute("DROP TABLE ap")
    await connection.close()


asyncio.run(main())
