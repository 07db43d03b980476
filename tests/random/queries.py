# SPDX-License-Identifier: Apache-2.0
"""Random queries and statements that change rows. Whatever they answer is decided by the rows alone, not by the order in which they come:
what depends on an order is given a total one."""

from expressions import AGGREGATES, Expressions, Scope
from members import Members
from schema import Table, TYPES, constant

OUTPUT_COLUMNS_MAX = 4


class Generator(Members, Expressions):
    def __init__(self, choices, schema):
        self.choices, self.schema, self.names = choices, schema, 0
        self.depth_max, self.queries_max = choices.below(4), choices.below(4)

    def name(self, letter):
        self.names += 1
        return f"{letter}{self.names}"

    # --- FROM

    def source(self, scope, lateral_scope):
        """One thing to read from: its text and its columns. `lateral_scope` is what LATERAL may name."""
        choices, alias = self.choices, self.name("q")
        form = choices.below(10) if scope.depth < self.queries_max else 0
        if form < 6:
            table = choices.pick(self.schema.tables + scope.tables)
            return f"{table.name} {alias}", [(f"{alias}.{name}", type_name) for name, type_name in table.columns]
        if form == 6:
            rows = [[constant(choices, type_name) for type_name in ("int4", "text")] for _ in range(1 + choices.below(3))]
            values = ", ".join(f"({', '.join(row)})" for row in rows)
            return f"(values {values}) {alias} (a, b)", [(f"{alias}.a", "int4"), (f"{alias}.b", "text")]
        if form == 7:
            call = choices.pick(["generate_series(1, 3)", f"unnest({self.expression('int4[]', lateral_scope, self.depth_max)})",
                                 f"generate_series(0, abs({self.expression('int4', lateral_scope, self.depth_max)}) % 4)"])
            ordinality = choices.chance(30)
            names = f"{alias} (a, n)" if ordinality else f"{alias} (a)"
            columns = [(f"{alias}.a", "int4")] + ([(f"{alias}.n", "int8")] if ordinality else [])
            return f"{call}{' with ordinality' if ordinality else ''} {names}", columns
        around = lateral_scope if form == 8 else scope.outer
        if form == 8 and lateral_scope.columns and choices.chance(40):
            text, columns = self.row_beside(lateral_scope)
        else:
            text, columns = self.query(scope.around(around))
        names = [f"a{at}" for at in range(1, len(columns) + 1)]
        lateral = "lateral " if form == 8 else ""
        return (f"{lateral}({text}) {alias} ({', '.join(names)})",
                [(f"{alias}.{name}", type_name) for name, (_, type_name) in zip(names, columns)])

    def join_condition(self, left, right, scope):
        """A condition, mostly an equality, over the two sides."""
        choices = self.choices
        pairs = [(a, b) for a, a_type in left for b, b_type in right if a_type == b_type or {a_type, b_type} <= {"int4", "int8", "int2"}]
        both = scope.over(left + right)
        if pairs and choices.chance(85):
            text = "{} = {}".format(*choices.pick(pairs))
            return text + (f" and {self.expression('bool', both, 1)}" if choices.chance(25) else "")
        return self.expression("bool", both, 1)

    def from_clause(self, scope):
        """FROM's text and columns, `scope` being that of the query without its columns."""
        choices = self.choices
        text, columns = self.source(scope, scope)
        for _ in range(choices.pick([0, 1, 0, 2, 3])):
            kind = choices.pick(["join", "left join", "right join", "full join", "cross join"])
            more, others = self.source(scope, scope if kind in ("right join", "full join") else scope.over(columns))
            if kind == "cross join":
                text = f"{text} {kind} {more}"
            else:
                text = f"{text} {kind} {more} on {self.join_condition(columns, others, scope)}"
            columns = columns + others
        return text, columns

    # --- SELECT

    def query(self, scope, types=None):
        """A query: its text and columns, which are of `types` if given. `scope` holds what it sees of the queries around it."""
        choices = self.choices
        form = choices.below(10) if scope.depth < self.queries_max else 0
        if form < 7:
            return self.select(scope, types)
        if form < 9:
            return self.set_operation(scope, types)
        return self.with_query(scope, types)

    def output_types(self):
        return [self.choices.pick(TYPES) for _ in range(1 + self.choices.below(OUTPUT_COLUMNS_MAX))]

    def select(self, scope, types=None, limited=True):
        choices = self.choices
        types = types or self.output_types()
        if choices.chance(5):
            outputs = [self.output(type_name, scope) for type_name in types]
            return f"select {', '.join(outputs)}", list(zip(outputs, types))
        source, columns = self.from_clause(scope)
        inner = scope.over(columns)
        text = f" from {source}"
        if choices.chance(60):
            text += f" where {self.expression('bool', inner, 0)}"
        grouped = choices.chance(30)
        if grouped:
            clause, groups = self.group_by(inner)
            inner = scope.over(columns, groups=groups)
            text += clause
            if choices.chance(30):
                text += f" having {self.expression('bool', inner, 1)}"
        inner.windows = choices.chance(25)
        outputs = [self.output(type_name, inner) for type_name in types]
        names = [f"o{at}" for at in range(1, len(types) + 1)]
        distinct = "distinct " if choices.chance(15) else ""
        listed = ", ".join(f"{output} as {name}" for output, name in zip(outputs, names))
        text = f"select {distinct}{listed}{text}"
        if limited:
            text += self.order_and_limit(len(types))
        return text, list(zip(names, types))

    def group_by(self, scope):
        """GROUP BY's text, and what it groups by."""
        choices = self.choices
        columns = choices.shuffled(scope.columns)[:choices.below(4)]
        if not columns:
            return "", []
        groups = list(columns)
        if choices.chance(20):
            type_name = choices.pick(["int4", "text", "bool"])
            made = self.expression(type_name, Scope(scope.columns), self.depth_max - 1)
            if "(select" not in made and made.startswith("("):
                groups.append((made, type_name))
        texts = [text for text, _ in groups]
        form = choices.below(6)
        if form >= 3 and not any(name in texts[-1] for name, _ in columns):
            form = 0  # a constant among grouping sets: what PostgreSQL shows of its equals depends on there being rows
        if form < 3:
            listed = ", ".join(texts)
        elif form == 3:
            listed = f"rollup ({', '.join(texts)})"
        elif form == 4:
            listed = f"cube ({', '.join(texts[:3])})"
            groups = groups[:3]
        else:
            sets = [", ".join(choices.some(texts)) for _ in range(1 + choices.below(3))] + [", ".join(texts)]
            listed = "grouping sets (" + ", ".join(f"({one})" for one in sets) + ")"
        return f" group by {listed}", groups

    def order_and_limit(self, count):
        """ORDER BY all output columns, so that LIMIT cuts between rows that differ."""
        choices = self.choices
        if not choices.chance(25):
            return ""
        order = [f"{at}{choices.pick(['', ' desc', ' nulls first', ' desc nulls last'])}" for at in choices.shuffled(range(1, count + 1))]
        text = " order by " + ", ".join(order)
        if choices.chance(60):
            text += f" limit {choices.pick([3, 1, 0, 10, 'null'])}"
        if choices.chance(20):
            text += f" offset {choices.below(3)}"
        return text

    def with_query(self, scope, types):
        choices, name = self.choices, self.name("cte")
        inner = scope.around(scope.outer)
        form = choices.below(4)
        if form == 3:
            text, columns = self.recursion(name)
        elif form == 2:
            text = (f"with recursive {name} (n, t) as (select 1, 'x'::text union {choices.pick(['all ', ''])}"
                    f"select n + 1, t || left({constant(choices, 'text')}, 1) from {name} where n < {1 + choices.below(6)}) ")
            columns = [("n", "int4"), ("t", "text")]
        else:
            made, columns = self.query(inner)
            columns = [(f"x{at}", type_name) for at, (_, type_name) in enumerate(columns, 1)]
            hint = choices.pick(["", "materialized ", "not materialized "])
            text = f"with {name} ({', '.join(column for column, _ in columns)}) as {hint}({made}) "
        inner.tables = inner.tables + [Table(name, columns)]
        made, columns = self.select(inner, types)
        return text + made, columns

    # --- Sub-queries in expressions

    def scalar_query(self, type_name, scope):
        """A query of one column and at most one row."""
        choices, inner = self.choices, scope.around(scope)
        if type_name not in AGGREGATES or choices.chance(50):
            text, _ = self.select(inner, [type_name], limited=False)
            return f"(select x from ({text}) {self.name('s')} (x) order by x limit 1)"
        source, columns = self.from_clause(inner)
        inner = inner.over(columns)
        where = f" where {self.expression('bool', inner, 1)}" if choices.chance(60) else ""
        return f"(select {self.aggregate(type_name, inner, 1)} from {source}{where})"

    def rows_beside(self, scope):
        """FROM and WHERE of a sub-query over one table that hangs on the row around it by comparing columns; and its scope."""
        choices, alias = self.choices, self.name("r")
        table = choices.pick(self.schema.tables + scope.tables)
        columns = [(f"{alias}.{name}", type_name) for name, type_name in table.columns]
        inner = scope.around(scope).over(columns)
        around = scope.columns if scope.groups is None else scope.groups
        pairs = [(a, b) for a, a_type in columns for b, b_type in around if a_type == b_type]
        conditions = []
        for _ in range(1 + choices.below(3)):
            if not pairs:
                break
            operator = choices.pick(["=", "=", "=", "<", "<=", ">", "<>", "is distinct from"])
            left, right = choices.pick(pairs)
            conditions.append(f"{left} {operator} {right}")
        if not conditions or choices.chance(30):
            conditions.append(self.expression("bool", inner, self.depth_max - 1))
        return f"from {table.name} {alias} where {' and '.join(choices.shuffled(conditions))}", inner

    def row_beside(self, scope, types=None):
        """Such a sub-query that gives one row at most, an aggregate or the first of several; its text and its columns."""
        choices = self.choices
        text, inner = self.rows_beside(scope)
        types = types or [choices.pick(list(AGGREGATES)) for _ in range(1 + choices.below(3))]
        names = [f"o{at}" for at in range(1, len(types) + 1)]
        if all(type_name in AGGREGATES for type_name in types) and choices.chance(60):
            outputs = [self.aggregate(type_name, inner, self.depth_max - 1) for type_name in types]
            limit = ""
        else:
            outputs = [self.expression(type_name, inner, self.depth_max) for type_name in types]
            limit = f" order by {', '.join(str(at) for at in choices.shuffled(range(1, len(types) + 1)))} limit 1"
        listed = ", ".join(f"{output} as {name}" for output, name in zip(outputs, names))
        return f"select {listed} {text}{limit}", list(zip(names, types))

    def list_query(self, type_name, scope):
        return self.query(scope.around(scope), [type_name])[0]

    def rows_query(self, scope):
        return self.query(scope.around(scope))[0]


def view_query(choices, schema):
    return Generator(choices, schema).query(Scope([], depth=1))
