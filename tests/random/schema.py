# SPDX-License-Identifier: Apache-2.0
"""Random schemas: types of the user's own, tables with keys, references, checks, indexes and rows, views over them.

Numbers are small and floats are multiples of a quarter, so that sums are exact in whatever order they are made.
"""

from dataclasses import dataclass, field

NULL_PERCENT = 15

# Types and the constants that columns and queries draw from. The simplest stands first.
CONSTANTS = {
    "int4": ["0", "1", "2", "3", "5", "-1", "7", "10", "-4", "42"],
    "bool": ["true", "false"],
    "text": ["'a'", "''", "'b'", "'ab'", "'Abc'", "' x '", "'größe'", "'a%b_c'", "'10'", "'zz top'",
             "'a rather long text that fits no short form'"],
    "int8": ["0", "1", "-1", "3", "100", "5000000000", "-7"],
    "int2": ["0", "1", "2", "-3", "9"],
    "numeric(9,2)": ["0", "1.5", "-2.25", "10", "0.01", "99.99", "1234.5"],
    "float8": ["0", "1.5", "-0.25", "2", "1000.75"],
    "date": ["'2020-01-01'", "'2020-02-29'", "'1999-12-31'", "'2024-07-04'"],
    "timestamp": ["'2020-01-01 00:00'", "'2020-02-29 12:30:15'", "'1999-12-31 23:59:59.5'"],
    "timestamptz": ["'2020-01-01 00:00+00'", "'2020-06-15 12:00+02'", "'2001-09-09 01:46:40+00'"],
    "time": ["'00:00'", "'12:30:15'", "'23:59:59'"],
    "interval": ["'1 day'", "'0'", "'2 hours'", "'1 mon -3 days'", "'-1 year'"],
    "varchar(12)": ["'a'", "''", "'bcd'", "'Hello'"],
    "char(4)": ["'a'", "''", "'bcd'", "'Abc '", "'größ'"],
    "bytea": [r"'\x00'", r"''", r"'\x616263'", r"'\xff00ff'"],
    "uuid": ["'00000000-0000-0000-0000-000000000000'", "'11111111-2222-3333-4444-555555555555'"],
    "jsonb": ["'{}'", "'[1, 2, 3]'", "'{\"a\": 1, \"b\": [true, null]}'", "'\"s\"'", "'{\"a\": {\"b\": \"c\"}}'", "'null'"],
    "int4[]": ["'{}'", "'{1,2,3}'", "'{NULL,5}'", "'{{1,2},{3,4}}'"],
    "text[]": ["'{}'", "'{a,b}'", "'{\"x y\",NULL}'"],
    "colour": ["'red'", "'green'", "'blue'"],
    "small": ["0", "1", "7"],
    "pair": ["'(1,a)'", "'(,)'", "'(2,\"b c\")'"],
}
TYPES = list(CONSTANTS)
OWN_TYPES = ["create type colour as enum ('red', 'green', 'blue')",
             "create domain small as int4 check (value between -100 and 1000)",
             "create type pair as (x int4, y text)"]


def constant(choices, type_name):
    """A constant of the type, with the cast that makes it one, sometimes NULL."""
    if choices.chance(10):
        return f"null::{type_name}"
    return f"{choices.pick(CONSTANTS[type_name])}::{type_name}"


@dataclass
class Table:
    name: str
    columns: list                                  # (name, type)
    key: str = "id"
    is_view: bool = False
    uniques: list = field(default_factory=list)    # lists of column names that ON CONFLICT may name
    generated: set = field(default_factory=set)


@dataclass
class Schema:
    statements: list
    tables: list
    functions: list                                # (name, result type, argument types)

    def base_tables(self):
        return [table for table in self.tables if not table.is_view]


def value(choices, type_name):
    return "null" if choices.chance(NULL_PERCENT) else choices.pick(CONSTANTS[type_name])


def make_rows(choices, table, referenced):
    count = choices.pick([3, 0, 1, 6, 12, 30])
    rows = []
    for number in range(count):
        cells = []
        for name, type_name in table.columns:
            if name in table.generated:
                continue
            if name == table.key:
                cells.append(str(number))
            elif name.startswith("ref") and referenced:
                cells.append(str(choices.below(3)) if choices.chance(80) else "null")
            else:
                cells.append(value(choices, type_name))
        rows.append("(" + ", ".join(cells) + ")")
    if not rows:
        return []
    names = ", ".join(name for name, _ in table.columns if name not in table.generated)
    return [f"insert into {table.name} ({names}) values " + ", ".join(rows)]


def make_table(choices, number, earlier):
    name = f"t{number}"
    columns = [("id", choices.pick(["int4", "int8"]))]
    columns += [(f"c{at}", choices.pick(TYPES)) for at in range(1, 2 + choices.below(6))]
    table = Table(name, columns)
    lines = [f"id {columns[0][1]} primary key"]
    for column, type_name in columns[1:]:
        line = f"{column} {type_name}"
        if choices.chance(20):
            line += f" default {choices.pick(CONSTANTS[type_name])}"
        lines.append(line)
    referenced = choices.pick(earlier) if earlier and choices.chance(50) else None
    if referenced is not None:
        columns.append(("ref", referenced.columns[0][1]))
        action = choices.pick(["", " on delete cascade", " on delete set null", " on update cascade", " deferrable initially deferred"])
        lines.append(f"ref {columns[-1][1]} references {referenced.name}{action}")
    if choices.chance(20):
        columns.append(("gen", "int8"))
        table.generated.add("gen")
        lines.append("gen int8 generated always as (id * 2 + 1) stored")
    statements = [f"create table {name} (" + ", ".join(lines) + ")"]
    if referenced is not None and choices.chance(50):
        statements.append(f"create index on {name} (ref)")
    statements += make_rows(choices, table, referenced)
    return table, statements


def make_indexes(choices, table):
    for column, type_name in choices.some(table.columns[1:]):
        form = choices.pick([column, f"{column} desc", f"{column} nulls first", f"{column}, id"])
        condition = choices.pick(["", "", f" where {column} is not null", " where id > 1"])
        yield f"create index on {table.name} ({form}){condition}"
        if type_name == "text" and choices.chance(50):
            yield f"create index on {table.name} (lower({column}))"


def updatable_views(choices, schema):
    """Views of one table whose rows can be changed through them: some columns, renamed, in another order, under a condition."""
    for table in choices.some(schema.base_tables()):
        kept = choices.shuffled([(table.key, table.columns[0][1])] + choices.some(table.columns[1:]))
        renamed = {name: name if name == table.key or choices.chance(50) else f"{name}_of_{table.name}" for name, _ in kept}
        condition = choices.pick(["", f" where {table.key} < 4", f" where {kept[-1][0]} is not null"])
        check = choices.pick(["", " with check option"]) if condition else ""
        view = Table(f"u{table.name}", [(renamed[name], type_name) for name, type_name in kept], is_view=True)
        view.generated = {renamed[name] for name, _ in kept if name in table.generated}
        listed = ", ".join(f"{name} as {renamed[name]}" for name, _ in kept)
        schema.statements.append(f"create view {view.name} as select {listed} from {table.name}{condition}{check}")
        yield view


def make_schema(choices, view_query):
    """`view_query(choices, schema)` gives the text and columns of a query, for views."""
    schema = Schema(list(OWN_TYPES), [], [])
    for number in range(1, 3 + choices.below(3)):
        table, statements = make_table(choices, number, schema.tables)
        schema.statements += statements
        schema.statements += make_indexes(choices, table)
        if choices.chance(70):
            schema.statements.append(f"analyze {table.name}")
        table.uniques.append(["id"])
        schema.tables.append(table)
    schema.statements.append("create function twice(int4) returns int4 language sql immutable as 'select $1 * 2'")
    schema.statements.append("create function joined(a text, b text default '-') returns text language sql stable as 'select a || b'")
    schema.functions += [("twice", "int4", ["int4"]), ("joined", "text", ["text"]), ("joined", "text", ["text", "text"])]
    schema.tables += list(updatable_views(choices, schema))
    for number in range(1, 1 + choices.below(4)):
        text, columns = view_query(choices, schema)
        names = [(f"v{at}", type_name) for at, (_, type_name) in enumerate(columns, 1)]
        schema.statements.append(f"create view w{number} ({', '.join(name for name, _ in names)}) as {text}")
        schema.tables.append(Table(f"w{number}", names, key="", is_view=True))
    return schema
