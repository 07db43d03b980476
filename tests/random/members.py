# SPDX-License-Identifier: Apache-2.0
"""Random set operations and VALUES whose members have types of their own, of which PostgreSQL finds the one that is common to them."""

from schema import CONSTANTS, TYPES, constant

# Which types a type takes in where both are members of a set operation.
TAKES_IN = {
    "int4": ["int2", "small"], "int8": ["int4", "int2", "small"], "numeric(9,2)": ["int4", "int8", "int2", "small"],
    "float8": ["int4", "int2", "int8", "small"], "text": ["varchar(12)", "char(4)"], "varchar(12)": ["char(4)"], "char(4)": ["varchar(12)"],
    "timestamp": ["date"], "timestamptz": ["timestamp", "date"], "int8[]": ["int4[]"], "numeric[]": ["int4[]", "int8[]"],
    "text[]": ["varchar(12)[]"], "varchar(12)[]": ["text[]"],
}
# Of those that take each other in, the first to come is the common one.
FIRST_WINS = {"varchar(12)", "char(4)", "text[]", "varchar(12)[]"}
# Types that no column of a table has, and what they are made of.
MADE_OF = {"int8[]": "int4[]", "numeric[]": "int4[]", "varchar(12)[]": "text[]"}
LITERAL = "literal of "  # before a type: a member that is a literal of no type, or NULL
OPERATIONS = ["union all", "union", "intersect", "except", "intersect all", "except all"]


class Members:
    """Of a generator of queries."""

    def output(self, type_name, scope, depth=0):
        """An expression of a type, or one of those that only members have."""
        choices = self.choices
        if type_name.startswith(LITERAL):
            literal = choices.pick(CONSTANTS.get(type_name[len(LITERAL):], ["'{}'"]))
            return choices.pick(["null", literal if literal.startswith("'") else f"'{literal}'"])
        if type_name in MADE_OF:
            return f"({self.expression(MADE_OF[type_name], scope, depth)})::{type_name}"
        return self.expression(type_name, scope, depth)

    def type_beside(self, type_name):
        """What may stand beside a member of the type: mostly what the type takes in, seldom what cannot be matched."""
        choices = self.choices
        form = choices.below(20)
        if form < 8 or type_name.startswith(LITERAL):
            return type_name
        if form < 16:
            return choices.pick(TAKES_IN.get(type_name, [type_name]))
        if form < 19:
            return LITERAL + type_name
        return choices.pick(TYPES) if choices.chance(20) else type_name

    def sides(self, types):
        """The types of both sides of an operation whose result has `types`."""
        choices, left, right = self.choices, [], []
        for type_name in types:
            pair = (type_name, self.type_beside(type_name))
            if type_name not in FIRST_WINS and choices.chance(50):
                pair = pair[::-1]
            left.append(pair[0])
            right.append(pair[1])
        return left, right

    def set_operation(self, scope, types):
        choices = self.choices
        types = types or self.output_types()
        inner = scope.around(scope.outer)
        if choices.chance(15):
            types = types + [choices.pick(list(MADE_OF))] if len(types) > 1 else types
        text = self.members(inner, types, 2 + choices.below(3), choices.chance(70))
        return text + self.order_and_limit(len(types)), [(f"o{at}", type_name) for at, type_name in enumerate(types, 1)]

    def members(self, scope, types, count, mixed):
        """So many members and the operations between them."""
        choices = self.choices
        if count == 1:
            return self.values(scope, types) if choices.chance(12) else self.select(scope, types, limited=False)[0]
        on_right = 1 + choices.below(count - 1)
        left, right = self.sides(types) if mixed else (types, types)
        texts = []
        for side, size in ((left, count - on_right), (right, on_right)):
            text = self.members(scope, side, size, mixed)
            if size > 1 or choices.chance(15):
                text = f"({text}{self.order_and_limit(len(types))})"
            texts.append(text)
        return f" {choices.pick(OPERATIONS)} ".join(texts)

    def values(self, scope, types):
        """VALUES of several rows, the first of which has the types."""
        choices = self.choices
        rows = [types] + [[self.type_beside(type_name) for type_name in types] for _ in range(choices.below(3))]
        return "values " + ", ".join(f"({', '.join(self.output(type_name, scope, self.depth_max) for type_name in row)})" for row in rows)

    def recursion(self, name):
        """A recursive query whose step may be of a type that its start does not have: its text and its columns."""
        choices = self.choices
        start = choices.pick(["1", "1::int8", "1::int2", "1.5", "null::int4", "'1'", "null"])
        step = choices.pick(["n + 1", "n + 1::int8", "n + 1.5", "n + 1::int2"])
        first, more = choices.pick(["'x'", "'x'::text", "'x'::varchar(12)"]), choices.pick(["t || 'y'", "t", f"left(t, 1) || {constant(choices, 'text')}"])
        text = (f"with recursive {name} (n, t) as (select {start}, {first} union {choices.pick(['all ', ''])}"
                f"select {step}, {more} from {name} where n < {1 + choices.below(6)}) ")
        return text, [("n", "numeric(9,2)" if start == "1.5" else "int8" if "int8" in start else "int4"), ("t", "text")]
