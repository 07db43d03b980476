# SPDX-License-Identifier: Apache-2.0
"""Random queries that lock rows, on every level and over everything that may stand in FROM, also where that is refused; and a look from another
session at what they locked."""

import re

from expressions import Scope
from queries import Generator

STRENGTHS = ["for update", "for share", "for no key update", "for key share"]
POLICIES = ["", " skip locked", " nowait"]
BESIDE = "/* beside */ "  # before a statement: another session runs it
LOCKED_TABLES = ("select relation::regclass::text as o1, mode as o2 from pg_locks where locktype = 'relation' and pid = pg_backend_pid() "
                 "and mode = 'RowShareLock' and relation::regclass::text ~ '^t[0-9]+$'")


class Locks(Generator):
    inner_locks = True  # may queries inside lock?

    def select(self, scope, types=None, limited=True):
        text, columns = super().select(scope, types, limited)
        if self.inner_locks and self.choices.chance(8):
            text += self.clauses(re.findall(r"\b[qtr]\d+\b", text))
        return text, columns

    def clauses(self, names):
        """One or several locking clauses, of `names` if they name any."""
        choices, text = self.choices, ""
        for _ in range(choices.pick([1, 1, 1, 2])):
            text += " " + choices.pick(STRENGTHS)
            if names and choices.chance(50):
                named = choices.shuffled(dict.fromkeys(names))[:1 + choices.below(2)]
                text += f" of {', '.join(named)}"
            elif choices.chance(4):
                text += f" of {choices.pick(['nowhere', 'r.t1', 't1', 'old'])}"
            text += choices.pick(POLICIES)
        return text

    def plain_source(self):
        """A table, a view of one or a query that takes some of its rows: text, its columns and the name of its key."""
        choices, alias = self.choices, self.name("q")
        table = choices.pick(self.schema.base_tables() + [table for table in self.schema.tables if table.key])
        text = table.name
        if choices.chance(25):
            inside = Scope([(name, type_name) for name, type_name in table.columns])
            text = f"(select * from {table.name} where {self.expression('bool', inside, self.depth_max - 1)})"
        return f"{text} {alias}", [(f"{alias}.{name}", type_name) for name, type_name in table.columns], f"{alias}.{table.key}"

    def plain_from(self):
        """FROM of such sources: which rows of theirs are locked does not hang on the plan."""
        choices = self.choices
        outer = choices.chance(40)
        text, columns, key = self.plain_source()
        keys = [key]
        for _ in range(choices.pick([0, 1, 0, 2])):
            more, others, key = self.plain_source()
            kind = choices.pick(["left join", "right join", "join"]) if outer else "join"
            text = f"{text} {kind} {more} on {self.join_condition(columns, others, Scope([]))}"
            columns, keys = columns + others, keys + [key]
        return text, columns, keys

    def locking(self):
        """The statements of a case."""
        choices = self.choices
        plain = choices.chance(70)
        self.inner_locks = not plain
        if plain:
            source, columns, keys = self.plain_from()
        else:
            (source, columns), keys = self.from_clause(Scope([])), []
        inner = Scope([]).over(columns)
        text = f" from {source}"
        if choices.chance(60):
            text += f" where {self.expression('bool', inner, 0)}"
        if choices.chance(5):
            clause, groups = self.group_by(inner)
            inner = inner.over(columns, groups=groups)
            text += clause
        inner.windows = choices.chance(5)
        outputs = keys + [self.expression(type_name, inner, 1) for type_name in self.output_types()]
        listed = ", ".join(f"{output} as o{at}" for at, output in enumerate(outputs, 1))
        text = f"select {'distinct ' if choices.chance(4) else ''}{listed}{text}{self.order_and_limit(len(outputs))}"
        clauses = self.clauses([column.split(".")[0] for column, _ in columns])
        if not plain and choices.chance(8):
            name = self.name("cte")
            return [f"with {name} as ({text}{clauses}) select * from {name}{self.clauses([name]) if choices.chance(30) else ''}", LOCKED_TABLES]
        return self.held(clauses, plain) + [text + clauses] + self.released(plain)

    def held(self, clauses, plain):
        """What another session locks before, where the query does not wait for it."""
        choices = self.choices
        waits = any(not clause.rstrip().endswith(("locked", "nowait")) for clause in re.split(r" for (?=up|sh|no |key)", clauses)[1:])
        self.holds = plain and not waits and choices.chance(60)
        if not self.holds:
            return []
        table, strength = choices.pick(self.schema.base_tables()), choices.pick(STRENGTHS)
        return [f"{BESIDE}begin", f"{BESIDE}select id from {table.name} where id % {1 + choices.below(3)} = 0 {strength}"]

    def released(self, plain):
        """The end of that, and a look at what is locked now."""
        looks = [f"{BESIDE}rollback"] if self.holds else []
        if plain:
            looks += [f"{BESIDE}select id from {table.name} {strength} skip locked" for table in self.schema.base_tables() for strength in STRENGTHS]
        return looks + [LOCKED_TABLES]
