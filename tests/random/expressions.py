# SPDX-License-Identifier: Apache-2.0
"""Random expressions of a wanted type, over what a query's place lets them name."""

from dataclasses import dataclass, field, replace

from schema import CONSTANTS, TYPES, constant

# What makes a value of a type: a template, the types of its parts. Divisors are guarded: an error at run time may or may not be reached.
CALLS = {
    "int4": [("{} + {}", "int4 int4"), ("{} - {}", "int4 int2"), ("{} * 2", "int4"), ("{} / nullif({}, 0)", "int4 int4"),
             ("{} % nullif({}, 0)", "int4 int4"), ("abs({})", "int4"), ("length({})", "text"), ("twice({})", "int4"),
             ("extract(year from {})::int4", "date"), ("cardinality({})", "int4[]"), ("array_length({}, 1)", "int4[]"),
             ("({})[1]", "int4[]"), ("({} - {})", "date date"), ("position({} in {})", "text text"), ("({}).x", "pair"), ("{}::int4", "bool"),
             ("{}::int4", "int2"), ("num_nulls({}, {})", "text bool"), ("sign({})::int4", "float8"), ("ascii({})", "text"),
             ("octet_length({})", "bytea"), ("{} & {}", "int4 int4"), ("width_bucket({}, -1, 10, 4)", "float8"),
             ("array_position({}, {})", "text[] text")],
    "int8": [("{} + {}", "int8 int4"), ("{} - {}", "int8 int8"), ("{}::int8", "int4"), ("abs({})", "int8"), ("{} / nullif({}, 0)", "int8 int2"),
             ("mod({}, nullif({}, 0))", "int8 int8"), ("- {}", "int8"), ("round({})::int8", "numeric(9,2)")],
    "int2": [("{}::int2", "small"), ("abs({})", "int2"), ("({} % 5::int2)", "int2")],
    # The array beside ALL is never a constant: where an outer join finds no row, PostgreSQL gives true instead of null for x <> all ('{}').
    "bool": [("{} and {}", "bool bool"), ("{} or {}", "bool bool"), ("not {}", "bool"), ("{} like {}", "text text"), ("{} is true", "bool"),
             ("{} is not unknown", "bool"), ("{} between {} and {}", "int4 int4 int8"), ("{} between symmetric {} and {}", "date date timestamp"),
             ("{} in ({}, {})", "text text varchar(12)"), ("{} not in ({}, {})", "int4 int2 int8"), ("{} ~ '^[a-c]'", "text"),
             ("{} @> {}", "jsonb jsonb"), ("{} && {}", "int4[] int4[]"), ("{} <@ {}", "text[] text[]"), ("{} ? 'a'", "jsonb"),
             ("{} = any ({})", "int4 int4[]"), ("{} <> all ({} || array[]::text[])", "text text[]"), ("starts_with({}, {})", "text text"),
             ("({}, {}) < ({}, {})", "int4 text int8 text"), ("({}, {}) overlaps ({}, {})", "date date date date"),
             ("{} < {}", "int2 numeric(9,2)"), ("{} >= {}", "float8 int4"), ("{} > {}", "timestamp date"), ("{} ilike {}", "text varchar(12)"),
             ("{} = {}", "char(4) varchar(12)"), ("{} < {}", "char(4) text"),
             ("jsonb_exists({}, {})", "jsonb text"), ("row({}, {}) is distinct from row({}, {})", "int4 bool int4 bool")],
    "numeric(9,2)": [("{} + {}", "numeric(9,2) numeric(9,2)"), ("{} * {}", "numeric(9,2) int2"), ("round({}, 1)", "numeric(9,2)"),
                     ("{} - {}", "numeric(9,2) int4"), ("abs({})", "numeric(9,2)"), ("{}::numeric", "int4"), ("trunc({})", "numeric(9,2)"),
                     ("{} / 4", "numeric(9,2)"), ("extract(hour from {})", "timestamp"), ("ceil({})", "numeric(9,2)")],
    "float8": [("{} + {}", "float8 float8"), ("{} - {}", "float8 int4"), ("{} * 0.5::float8", "float8"), ("floor({})", "float8"),
               ("{}::float8", "int4"), ("abs({})", "float8"), ("extract(epoch from {})::float8", "interval")],
    "text": [("{} || {}", "text text"), ("lower({})", "text"), ("upper({})", "varchar(12)"), ("substr({}, 2)", "text"), ("{}::text", "int4"),
             ("{}::text", "date"), ("{}::text", "jsonb"), ("{}::text", "colour"), ("{}::text", "bool"), ("{}::text", "interval"),
             ("trim({})", "text"), ("replace({}, 'a', {})", "text text"), ("left({}, 3)", "text"), ("to_char({}, 'YYYY-MM-DD HH24:MI')", "timestamp"),
             ("joined({})", "text"), ("joined({}, b => {})", "text text"), ("concat({}, {}, {})", "text int4 bool"), ("{} || {}", "text int4"),
             ("concat_ws(',', {}, {})", "text varchar(12)"), ("{} ->> 'a'", "jsonb"), ("({})[1]", "text[]"), ("({}).y", "pair"),
             ("array_to_string({}, ',', '*')", "text[]"), ("lpad({}, 5, '-')", "text"), ("md5({})", "text"), ("{}::text", "pair"),
             ("encode({}, 'hex')", "bytea"), ("overlay({} placing 'X' from 1)", "text"), ("reverse({})", "text"), ("initcap({})", "text"),
             ("split_part({}, 'b', 1)", "text"), ("regexp_replace({}, '[aeiou]', '_', 'g')", "text"), ("{}::text", "uuid"),
             ("{}::text", "timestamptz"), ("{}::text", "char(4)"), ("to_char({}, 'FM9990.00')", "numeric(9,2)"), ("format('%s/%I', {}, {})", "int4 text"),
             ("case when {} then {} end collate \"C\"", "bool text"), ("quote_literal({})", "text"), ("jsonb_typeof({})", "jsonb")],
    "char(4)": [("{}::char(4)", "text"), ("{}::char(4)", "varchar(12)")],
    "varchar(12)": [("{}::varchar(12)", "text"), ("{}::varchar(3)", "varchar(12)")],
    "date": [("{} + {}", "date int2"), ("{} - {}", "date int2"), ("{}::date", "timestamp"), ("date_trunc('month', {})::date", "timestamp"),
             ("make_date(2000, 1, 1 + abs({}) % 28)", "int4")],
    "timestamp": [("{} + {}", "timestamp interval"), ("{}::timestamp", "date"), ("date_trunc('hour', {})", "timestamp"),
                  ("{} + {}", "date time"), ("{} at time zone 'UTC'", "timestamptz"), ("{} - {}", "date interval")],
    "timestamptz": [("{} at time zone 'Europe/Berlin'", "timestamp"), ("{} + {}", "timestamptz interval"), ("{}::timestamptz", "date")],
    "time": [("{}::time", "timestamp"), ("{} + {}", "time interval")],
    "interval": [("{} + {}", "interval interval"), ("{} - {}", "timestamp timestamp"), ("{} * 2", "interval"), ("- {}", "interval"),
                 ("justify_days({})", "interval"), ("age({}, {})", "timestamp timestamp")],
    "bytea": [("{} || {}", "bytea bytea"), ("convert_to({}, 'UTF8')", "text"), ("substr({}, 2)", "bytea")],
    "uuid": [],
    "jsonb": [("to_jsonb({})", "int4"), ("to_jsonb({})", "text"), ("to_jsonb({})", "int4[]"), ("jsonb_build_object('k', {}, 'l', {})", "int4 text"),
              ("{} -> 'a'", "jsonb"), ("{} -> 0", "jsonb"), ("to_jsonb({})", "pair"), ("jsonb_build_array({}, {}, {})", "bool date text"),
              ("jsonb_set({}, '{{a}}', {})", "jsonb jsonb"), ("{} #> '{{a,b}}'", "jsonb"), ("jsonb_strip_nulls({})", "jsonb"),
              ("to_jsonb(row({}, {}))", "int4 text")],
    "int4[]": [("{} || {}", "int4[] int4"), ("array[{}, {}]", "int4 int4"), ("array_remove({}, {})", "int4[] int4"), ("({})[1:2]", "int4[]"),
               ("array_append({}, {})", "int4[] int4")],
    "text[]": [("array[{}, {}]", "text varchar(12)"), ("string_to_array({}, 'b')", "text"), ("{} || {}", "text text[]"),
               ("array_replace({}, {}, {})", "text[] text text")],
    "colour": [], "small": [("abs({}) % 50", "small")], "pair": [("row({}, {})::pair", "int4 text")],
}
# Aggregates: result type, template. Their results do not depend on the order of the rows.
AGGREGATES = {
    "int8": [("count(*)", ""), ("count({})", "text"), ("count(distinct {})", "int4"), ("sum({})", "int4"), ("count({}) filter (where {})", "date bool"),
             ("max({})", "int8"), ("regr_count({}, {})", "float8 float8"), ("sum(distinct {})", "int2")],
    "int4": [("max({})", "int4"), ("min({})", "int4"), ("bit_or({})", "int4"), ("min({}) filter (where {})", "int4 bool"),
             ("bit_and({})", "int4"), ("(max({}) - min({}))", "int4 int4")],
    "numeric(9,2)": [("sum({})", "numeric(9,2)"), ("avg({})", "int4"), ("sum({})", "int8"), ("avg({})", "numeric(9,2)"), ("max({})", "numeric(9,2)")],
    "float8": [("sum({})", "float8"), ("max({})", "float8"),
               ("percentile_cont(0.5) within group (order by {})", "float8")],
    "text": [("max({})", "text"), ("string_agg({0}, ',' order by {0})", "text"), ("min({})", "varchar(12)"),
             ("string_agg(distinct {}, '')", "text"), ("string_agg({0}, '-' order by {1}, {0} desc)", "text int4"),
             ("mode() within group (order by {})", "text")],
    "bool": [("bool_and({})", "bool"), ("bool_or({})", "bool"), ("every({})", "bool")],
    "date": [("max({})", "date"), ("min({})", "date"), ("percentile_disc(0.5) within group (order by {})", "date")],
    "timestamp": [("max({})", "timestamp")], "timestamptz": [("min({})", "timestamptz")], "time": [("max({})", "time")],
    "interval": [("sum({})", "interval")],
    "int4[]": [("array_agg({0} order by {0})", "int4"), ("array_agg(distinct {})", "int4"), ("max({})", "int4[]")],
    "text[]": [("array_agg({0} order by {0} desc)", "text"), ("array_agg({0} order by {0} nulls first)", "varchar(12)")],
    "jsonb": [("jsonb_agg({0} order by {0})", "int4"), ("jsonb_agg({0} order by {0})", "jsonb")], "colour": [("max({})", "colour")],
}

# Window functions whose result is the same for any order of rows that are equal in all columns.
WINDOWS = {
    "int8": [("row_number()", ""), ("rank()", ""), ("dense_rank()", ""), ("count({})", "text"), ("sum({})", "int4")],
    "int4": [("lag({})", "int4"), ("lead({}, 2, {})", "int4 int4"), ("ntile(3)", ""), ("max({})", "int4"), ("first_value({})", "int4"),
             ("nth_value({}, 2)", "int4")],
    "text": [("lag({}, 1)", "text"), ("last_value({})", "text"), ("min({})", "text"), ("first_value({})", "text")],
    "float8": [("percent_rank()", ""), ("cume_dist()", ""), ("sum({})", "float8")],
    "numeric(9,2)": [("sum({})", "numeric(9,2)"), ("avg({})", "int4")],
    "date": [("max({})", "date"), ("lag({})", "date")],
}
FRAMES = ["", "rows between 1 preceding and current row", "rows between unbounded preceding and 1 following",
          "range between unbounded preceding and unbounded following", "groups between 1 preceding and 1 following",
          "rows between 2 following and 3 following", "rows between unbounded preceding and current row exclude current row",
          "groups between current row and unbounded following exclude ties", "range between current row and unbounded following exclude group"]

for table in (CALLS, AGGREGATES, WINDOWS):
    for calls in table.values():
        calls[:] = [(template, parts.split()) for template, parts in calls]


@dataclass
class Scope:
    columns: list                                   # (text, type)
    outer: "Scope" = None
    groups: list = None                             # of a grouped query: what it is grouped by, (text, type)
    windows: bool = False                           # may window functions be called here?
    depth: int = 0                                  # how many queries stand around this one
    tables: list = field(default_factory=list)      # common table expressions in sight

    def over(self, columns, **changes):
        """The same place over other columns."""
        return replace(self, columns=columns, **changes)

    def around(self, outer):
        """The place of a query inside, which sees `outer` around it and nothing of its own yet."""
        return Scope([], outer, depth=self.depth + 1, tables=self.tables)


def column_of(choices, type_name, scope):
    """A column of the type, of this query or one around it; None when there is none."""
    columns = scope.columns if scope.groups is None else scope.groups
    found = [text for text, has in columns if has == type_name]
    if scope.outer is not None and (not found or choices.chance(25)):
        outside = column_of(choices, type_name, scope.outer)
        if outside is not None:
            return outside
    return choices.pick(found) if found else None


class Expressions:
    """Of a generator that has `choices`, makes members of other types (members.py), sub-queries by `scalar_query`, `list_query` and `rows_query` (and, over a table
    beside the row, by `rows_beside` and `row_beside`), and says how deep expressions
    (`depth_max`) and queries (`queries_max`) may stand in each other."""

    def expression(self, type_name, scope, depth=0):
        choices = self.choices
        kind = choices.below(10) if depth < self.depth_max else choices.below(5)
        if kind < 4:
            column = column_of(choices, type_name, scope)
            if column is not None:
                return column
            if scope.groups is not None and type_name in AGGREGATES:
                return self.aggregate(type_name, scope, depth)
            return constant(choices, type_name)
        if kind == 4:
            return constant(choices, type_name)
        if scope.groups is not None and type_name in AGGREGATES and choices.chance(50):
            return self.aggregate(type_name, scope, depth)
        if scope.windows and type_name in WINDOWS and choices.chance(30):
            return self.window_call(type_name, scope)
        if kind == 5 or (kind < 9 and not CALLS[type_name]):
            return self.for_any_type(type_name, scope, depth + 1)
        if kind == 9 and scope.depth < self.queries_max:
            return self.with_subquery(type_name, scope)
        if type_name == "bool" and choices.chance(40):
            return self.comparison(scope, depth + 1)
        return self.filled(choices.pick(CALLS[type_name] or [(f"{constant(choices, type_name)}", [])]), scope, depth + 1)

    def filled(self, call, scope, depth):
        template, parts = call
        made = [self.expression(part, scope, depth) for part in parts]
        return "(" + template.format(*made) + ")"

    def for_any_type(self, type_name, scope, depth):
        choices = self.choices
        part = lambda: self.expression(type_name, scope, depth)  # noqa: E731
        condition = lambda: self.expression("bool", scope, depth)  # noqa: E731
        form = choices.below(6)
        if form == 0:
            return f"coalesce({part()}, {part()})"
        if form == 1:
            return f"case when {condition()} then {part()} else {part()} end"
        if form == 2 and type_name != "pair":
            return f"nullif({part()}, {part()})"
        if form == 3:
            return f"greatest({part()}, {part()})"
        if form == 4:
            over = choices.pick(["int4", "text", "bool", "date"])
            return (f"case {self.expression(over, scope, depth)} when {self.expression(over, scope, depth)} then {part()} "
                    f"when {constant(choices, over)} then {part()} end")
        return f"least({part()}, {part()}, {part()})"

    def comparison(self, scope, depth):
        choices = self.choices
        type_name = choices.pick(TYPES)
        left = self.expression(type_name, scope, depth)
        form = choices.below(9)
        if form < 4:
            return f"({left} {choices.pick(['=', '<>', '<', '>='])} {self.expression(type_name, scope, depth)})"
        if form == 4:
            return f"({left} is {choices.pick(['', 'not '])}null)"
        if form == 5:
            return f"({left} is {choices.pick(['', 'not '])}distinct from {self.expression(type_name, scope, depth)})"
        if form == 6:
            return f"({left} in ({', '.join(self.expression(type_name, scope, depth + 1) for _ in range(1 + choices.below(3)))}))"
        if form == 7:
            return f"({left} between {self.expression(type_name, scope, depth)} and {constant(choices, type_name)})"
        return f"({left} = {choices.pick(['any', 'all'])} (array[{constant(choices, type_name)}, {constant(choices, type_name)}]))"

    def beside(self, type_name, scope):
        """A sub-query that hangs on the row by comparisons."""
        choices = self.choices
        if type_name != "bool" or choices.chance(30):
            return f"({self.row_beside(scope, [type_name])[0]})"
        text, inner = self.rows_beside(scope)
        if choices.chance(40):
            return f"{choices.pick(['', 'not '])}exists (select 1 {text})"
        over = choices.pick(list(TYPES))
        form = choices.pick(["in", "not in", "= any", "<> all", "< any", ">= all", "> any", "<= all", "<> any"])
        return f"({self.expression(over, scope, self.depth_max)} {form} (select {self.expression(over, inner, self.depth_max)} {text}))"

    def with_subquery(self, type_name, scope):
        choices = self.choices
        if choices.chance(30):
            return self.beside(type_name, scope)
        if type_name != "bool" or choices.chance(30):
            return self.scalar_query(type_name, scope)
        if choices.chance(40):
            return f"{choices.pick(['', 'not '])}exists ({self.rows_query(scope)})"
        over = choices.pick([type_name for type_name in TYPES])
        left = self.output(self.type_beside(over) if choices.chance(30) else over, scope, self.depth_max)
        form = choices.pick(["in", "not in", "= any", "< all", "> any", "<> all"])
        return f"({left} {form} ({self.list_query(over, scope)}))"

    def aggregate(self, type_name, scope, depth):
        inside = scope.over(scope.columns, groups=None, windows=False, depth=scope.depth + 1)
        return self.filled(self.choices.pick(AGGREGATES[type_name]), inside, max(depth + 1, self.depth_max - 1))

    def window_call(self, type_name, scope):
        choices = self.choices
        inside = scope.over(scope.columns, windows=False, depth=scope.depth + 1)
        call = self.filled(choices.pick(WINDOWS[type_name]), inside, self.depth_max - 1)[1:-1]  # no parentheses before OVER
        columns = scope.columns if scope.groups is None else scope.groups
        order = [text + choices.pick(["", " desc", " nulls first"]) for text, _ in choices.shuffled(columns)]
        partition = f"partition by {self.expression(choices.pick(TYPES), inside, self.depth_max - 1)} " if choices.chance(40) else ""
        if not order:
            order = ["1::int4"]
        return f"({call} over ({partition}order by {', '.join(order)} {choices.pick(FRAMES)}))"


assert set(CALLS) == set(TYPES) == set(CONSTANTS)
