# SPDX-License-Identifier: Apache-2.0
"""Random statements that change rows. Each row is changed by at most one other, and new keys are distinct, so that the outcome does not
depend on the order of rows."""

from expressions import Scope
from queries import Generator
from schema import constant


class Changes(Generator):
    def target(self):
        return self.choices.pick(self.schema.base_tables() + [table for table in self.schema.tables if table.is_view and table.key])

    def settable(self, table):
        return [(name, type_name) for name, type_name in table.columns if name != table.key and name not in table.generated]

    def assignments(self, table, scope, prefix=""):
        """SET's text: some columns, each with an expression or DEFAULT."""
        choices = self.choices
        columns = choices.some(self.settable(table), least=1)
        if not columns:
            return f"{table.key} = {prefix or table.name + '.'}{table.key}"
        if len(columns) > 1 and choices.chance(15):
            values = ", ".join(self.expression(type_name, scope, 1) for _, type_name in columns)
            return f"({', '.join(name for name, _ in columns)}) = row({values})"
        return ", ".join(f"{name} = " + ("default" if choices.chance(10) else self.expression(type_name, scope, 1))
                         for name, type_name in columns)

    def returning(self, scope, table, versions=True):
        choices = self.choices
        if choices.chance(40):
            return ""
        outputs = [self.expression(choices.pick([column[1] for column in scope.columns]), scope, 1) for _ in range(1 + choices.below(2))]
        if versions and choices.chance(30):
            outputs += [f"old.{choices.pick(table.columns)[0]}", f"new.{choices.pick(table.columns)[0]}"]
        return " returning " + ", ".join(outputs + ([f"{table.name}.*"] if choices.chance(20) else []))

    def own(self, table, alias=None):
        return Scope([(f"{alias or table.name}.{name}", type_name) for name, type_name in table.columns])

    def joined(self, table):
        """Another table, joined so that each row of `table` meets at most one of its rows: text, condition, columns."""
        choices, other, alias = self.choices, self.target(), self.name("j")
        whole = [name for name, type_name in table.columns if type_name in ("int4", "int8", "int2")]
        return (f"{other.name} {alias}", f"{alias}.{other.key} = {table.name}.{choices.pick(whole)}",
                [(f"{alias}.{name}", type_name) for name, type_name in other.columns])

    def insert(self):
        choices, table = self.choices, self.target()
        columns = [(table.key, "int4")] + choices.some(self.settable(table))
        names = ", ".join(name for name, _ in columns)
        if choices.chance(50):
            start = choices.pick([100, 0, 1])
            rows = []
            for number in range(1 + choices.below(4)):
                cells = [str(start + number)] + [constant(choices, type_name) if choices.chance(85) else "default" for _, type_name in columns[1:]]
                rows.append(f"({', '.join(cells)})")
            source = "values " + ", ".join(rows)
        else:
            other, alias = self.target(), self.name("q")
            scope = self.own(other, alias)
            cells = [f"{alias}.{other.key} + {choices.pick([100, 1])}"] + [self.expression(type_name, scope, 1) for _, type_name in columns[1:]]
            source = f"select {', '.join(cells)} from {other.name} {alias}"
        text = f"insert into {table.name} ({names}) {source}"
        form = choices.below(4)
        if form == 1:
            text += choices.pick([" on conflict do nothing", f" on conflict ({table.key}) do nothing"])
        elif form == 2:
            columns = self.own(table).columns
            scope = Scope(columns + [(f"excluded.{name}", type_name) for name, type_name in table.columns])
            text += f" on conflict ({table.key}) do update set {self.assignments(table, scope)}"
            if choices.chance(30):
                text += f" where {self.expression('bool', scope, 1)}"
        return text + self.returning(self.own(table), table)

    def update(self):
        choices, table = self.choices, self.target()
        scope, more, conditions = self.own(table), "", []
        if choices.chance(35):
            text, condition, columns = self.joined(table)
            more, scope = f" from {text}", Scope(scope.columns + columns)
            conditions.append(condition)
        if choices.chance(60):
            conditions.append(self.expression("bool", scope, 0))
        where = " where " + " and ".join(conditions) if conditions else ""
        return f"update {table.name} set {self.assignments(table, scope)}{more}{where}" + self.returning(scope, table)

    def delete(self):
        choices, table = self.choices, self.target()
        scope, more, conditions = self.own(table), "", [self.expression("bool", self.own(table), 0)]
        if choices.chance(35):
            text, condition, columns = self.joined(table)
            more, scope = f" using {text}", Scope(scope.columns + columns)
            conditions.append(condition)
        return f"delete from {table.name}{more} where {' and '.join(conditions)}" + self.returning(scope, table)

    def merge(self):
        choices, table = self.choices, self.target()
        text, condition, columns = self.joined(table)
        own = self.own(table)
        both, source = Scope(own.columns + columns), Scope(columns)
        actions = []
        for _ in range(1 + choices.below(3)):
            kind = choices.pick(["matched", "not matched", "not matched by source"])
            scope = {"matched": both, "not matched": source, "not matched by source": own}[kind]
            extra = f" and {self.expression('bool', scope, 1)}" if choices.chance(40) else ""
            if kind == "not matched":
                names = choices.some(self.settable(table))
                cells = [f"{columns[0][0]} + 200"] + [self.expression(type_name, scope, self.depth_max - 1) for _, type_name in names]
                action = f"insert ({', '.join([table.key] + [name for name, _ in names])}) values ({', '.join(cells)})"
            else:
                action = choices.pick([f"update set {self.assignments(table, scope)}", "delete", "do nothing"])
            actions.append(f"when {kind}{extra} then {choices.pick([action, action, 'do nothing'])}")
        returning = self.returning(own, table, versions=False)
        if returning and choices.chance(50):
            returning += ", merge_action()"
        return f"merge into {table.name} using {text} on {condition} {' '.join(actions)}{returning}"

    def change(self):
        """A statement that changes rows, perhaps inside WITH."""
        choices = self.choices
        text = choices.pick([self.insert, self.update, self.delete, self.merge])()
        if " returning " in text and choices.chance(20):
            return f"with changed as ({text}) select count(*) from changed"
        return text
