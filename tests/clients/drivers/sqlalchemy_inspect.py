# SPDX-License-Identifier: Apache-2.0
"""SQLAlchemy 2: what inspect() reflects of tables, views, keys, checks, indexes, comments, enums, domains and sequences in two
schemas, MetaData.reflect(), and tables made again of what was reflected."""

import os

from common import show
from sqlalchemy import MetaData, create_engine, inspect, text
from sqlalchemy.schema import CreateTable

engine = create_engine("postgresql+psycopg://", connect_args={
    "host": os.environ["PGHOST"], "port": os.environ["PGPORT"], "user": os.environ["PGUSER"], "dbname": os.environ["PGDATABASE"]})
MADE = """
CREATE SCHEMA side;
CREATE TYPE side.mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE shade AS ENUM ('light', 'dark');
CREATE DOMAIN positive AS int NOT NULL DEFAULT 1 CHECK (VALUE > 0) CONSTRAINT small CHECK (VALUE < 1000);
CREATE SEQUENCE side.counter START 7 INCREMENT 3;
CREATE TABLE parent (id int GENERATED ALWAYS AS IDENTITY (START 5 INCREMENT 2) PRIMARY KEY, code varchar(10) NOT NULL, part smallint NOT NULL DEFAULT 3,
  feeling side.mood DEFAULT 'ok', CONSTRAINT code_part UNIQUE (code, part), CONSTRAINT part_small CHECK (part < 100));
CREATE TABLE side.child (a bigserial, b bigint NOT NULL, code varchar(10), part smallint, up int REFERENCES parent (id) ON DELETE SET NULL ON UPDATE CASCADE,
  twin bigint, PRIMARY KEY (b, a), UNIQUE NULLS NOT DISTINCT (twin),
  CONSTRAINT code_and_part FOREIGN KEY (code, part) REFERENCES parent (code, part) MATCH FULL DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (twin) REFERENCES side.child (twin));
CREATE TABLE every (i2 int2, i4 int, i8 int8, f4 real, f8 float8, n numeric, n8 numeric(8, 2), t text, c char(3), v varchar, v9 varchar(9), b bool, y bytea,
  d date, ts timestamp(3), tz timestamptz, ti time(2), tt timetz, iv interval, ivd interval day to second(2), u uuid, j json, jb jsonb, ia int[], ta text[][],
  e shade, ea side.mood[], p positive, ip inet, cd cidr, o oid, rc regclass, g int GENERATED ALWAYS AS (i2 * 2) STORED, coll text COLLATE "C");
CREATE UNIQUE INDEX every_expr ON every (lower(t), i4 DESC NULLS LAST) WHERE i2 > 3;
CREATE INDEX every_incl ON every (n) INCLUDE (d, u);
CREATE INDEX every_ops ON every (v varchar_pattern_ops, c);
CREATE INDEX every_nulls ON every (i8 NULLS FIRST);
CREATE VIEW seen AS SELECT id, upper(code) AS code FROM parent WHERE part > 1;
CREATE VIEW side.seen AS SELECT b, count(*) AS n FROM side.child GROUP BY b;
CREATE TEMPORARY TABLE shortly (x int);
COMMENT ON TABLE parent IS 'a parent''s table';
COMMENT ON COLUMN parent.code IS 'its code';
COMMENT ON CONSTRAINT code_part ON parent IS 'both';
COMMENT ON COLUMN side.child.b IS 'beta';
"""
with engine.begin() as connection:
    for statement in MADE.strip().rstrip(";").split(";\n"):
        connection.execute(text(statement))

inspector = inspect(engine)
show("schemas", sorted(inspector.get_schema_names()), inspector.default_schema_name)
for schema in (None, "side"):
    show("names", sorted(inspector.get_table_names(schema)), sorted(inspector.get_view_names(schema)), sorted(inspector.get_sequence_names(schema)),
         inspector.get_materialized_view_names(schema), inspector.get_foreign_table_names(schema) if hasattr(inspector, "get_foreign_table_names") else None)
    show("enums", inspector.get_enums(schema))
    show("domains", inspector.get_domains(schema))
    for table in sorted(inspector.get_table_names(schema)):
        for column in inspector.get_columns(table, schema):
            show(f"{table}.{column['name']}", {k: repr(v) if k == "type" else v for k, v in column.items() if k != "name"})
        show("key", inspector.get_pk_constraint(table, schema))
        show("foreign", sorted(inspector.get_foreign_keys(table, schema), key=lambda f: f["name"]))
        show("unique", sorted(inspector.get_unique_constraints(table, schema), key=lambda f: f["name"]))
        show("checks", sorted(inspector.get_check_constraints(table, schema), key=lambda f: f["name"]))
        show("indexes", sorted(inspector.get_indexes(table, schema), key=lambda f: f["name"]))
        show("comment", inspector.get_table_comment(table, schema), inspector.get_table_options(table, schema))
    for view in sorted(inspector.get_view_names(schema)):
        show("view", view, inspector.get_view_definition(view, schema), [(c["name"], repr(c["type"]), c["nullable"]) for c in inspector.get_columns(view, schema)])
show("many", len(inspector.get_multi_columns(schema="side")), sorted(inspector.get_multi_pk_constraint().items(), key=str), inspector.has_sequence("counter", "side"),
     inspector.has_schema("side"), inspector.has_schema("other"), inspector.has_index("every", "every_ops"), inspector.has_index("every", "none"))
for wrong in (lambda: inspector.get_columns("nothing"), lambda: inspector.get_pk_constraint("nothing", "side")):
    try:
        wrong()
    except Exception as error:
        show("none", type(error).__name__, str(error))
with engine.connect() as connection:
    show("temporary", inspect(connection).get_temp_table_names())

everything = MetaData()
everything.reflect(engine, views=True)
everything.reflect(engine, schema="side")
for table in everything.sorted_tables:
    show("again", str(CreateTable(table).compile(engine)))
with engine.begin() as connection:
    connection.execute(text("DROP VIEW seen, side.seen"))
tables = [t for t in everything.sorted_tables if t.name != "seen"]
everything.drop_all(engine, tables=tables)
show("dropped", inspect(engine).get_table_names(), inspect(engine).get_table_names("side"))
everything.create_all(engine, tables=tables)
made = inspect(engine)
show("made", sorted(made.get_table_names()), [(c["name"], repr(c["type"])) for c in made.get_columns("every")] == [
    (c["name"], repr(c["type"])) for c in inspector.get_columns("every")], sorted(i["name"] for i in made.get_indexes("every")))
everything.drop_all(engine, tables=tables)
