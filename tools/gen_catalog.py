#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the tables of built-in objects (src/base/builtins.h) of the SQL_...() lines beside the code, and refuses
what does
not fit together.

    tools/gen_catalog.py --source FOLDER [--tables FILE] [--oids FILE] [--depfile FILE]

FOLDER is src/; --tables writes the C tables, --oids a header of type OIDs. Both are left alone when nothing
changed, so
that a build goes on from there. The model is built by class Catalog, which catalog_missing.py uses too.
"""

import argparse
import re
import sys
from pathlib import Path

from sql_declarations import Declaration, DeclarationError, c_literal, read_file, source_files, type_list

FLAGS = {
    "VOLATILE",
    "STABLE",
    "IMMUTABLE",
    "STRICT",
    "LEAKPROOF",
    "PARALLEL_UNSAFE",
    "PARALLEL_RESTRICTED",
    "TOTAL",
    "NULLABLE",
    "VARIADIC_LAST",
    "SECURITY_DEFINER",
    "IN_SQL",
}
# macro -> (shape, where the symbol comes from)
FUNCTION_MACROS = {
    "SQL_FUNCTION": "VECTOR",
    "SQL_EXPRESSION": "VECTOR",
    "SQL_FUNCTION_BULK": "VECTOR",
    "SQL_FUNCTION_BULK_CONSTANT": "VECTOR",
    "SQL_FUNCTION_DATUM": "VECTOR",
    "SQL_FUNCTION_VECTOR": "VECTOR",
    "SQL_FUNCTION_SET": "SET",
    "SQL_FUNCTION_SET_VECTOR": "SET",
    "SQL_FUNCTION_ROW": "SET",
    "SQL_TYPE_FUNCTION": "TYPE",
    "SQL_FUNCTION_INTERNAL": "INTERNAL",
    "SQL_FUNCTION_SQL": "SQL",
    "SQL_AGGREGATE": "AGGREGATE",
    "SQL_WINDOW_FUNCTION": "WINDOW",
}
# How a type finds its input and output functions when it has none of its own.
KIND_FUNCTIONS = {
    "array": ("array_in", "array_out", "array_recv", "array_send"),
    "c": ("record_in", "record_out", "record_recv", "record_send"),
    "r": ("range_in", "range_out", "range_recv", "range_send"),
    "m": ("multirange_in", "multirange_out", "multirange_recv", "multirange_send"),
    "refcursor": ("textin", "textout", "textrecv", "textsend"),
}
OTHER_MACROS = {
    "SQL_FACTS",
    "SQL_TYPE",
    "SQL_TYPE_ROW",
    "SQL_OPERATOR",
    "SQL_CAST",
    "SQL_OPFAMILY",
    "SQL_OPCLASS",
    "SQL_FAMILY_OPERATOR",
    "SQL_FAMILY_FUNCTION",
    "SQL_COLLATION",
    "SQL_CONVERSION",
    "SQL_RANGE",
}
CONTEXTS = {"IMPLICIT": "i", "ASSIGNMENT": "a", "EXPLICIT": "e"}


class Item:
    """A row: attributes set by keyword; `at` is the declaration it comes from."""

    def __init__(self, at, **values):
        self.at = at
        self.__dict__.update(values)


class Catalog:
    def __init__(self, declarations):
        self.types, self.functions, self.operators = {}, {}, {}
        self.casts, self.aggregates, self.opfamilies, self.opclasses = [], [], {}, {}
        self.family_operators, self.family_functions = [], []
        self.collations, self.conversions, self.ranges = {}, {}, []
        self.type_oids, self.by_name = {}, {}
        self.problems = []
        declarations = list(declarations)
        for macros in ({"SQL_TYPE", "SQL_TYPE_ROW"}, set(FUNCTION_MACROS), {"SQL_FACTS"}, None):
            for d in declarations:
                if d.macro not in FUNCTION_MACROS and d.macro not in OTHER_MACROS:
                    self.guard(d.fail, "no such declaration")
                    continue
                early = d.macro in ("SQL_TYPE", "SQL_TYPE_ROW", "SQL_FACTS") or d.macro in FUNCTION_MACROS
                if (macros and d.macro in macros) or (macros is None and not early):
                    self.guard(getattr(self, "add_" + self.method(d.macro)), d)
        self.finish()

    @staticmethod
    def method(macro):
        return "function" if macro in FUNCTION_MACROS else macro[4:].lower().replace("type_row", "type")

    def guard(self, call, *args):
        try:
            call(*args)
        except DeclarationError as error:
            self.problems.append(str(error))
        except IndexError:
            self.problems.append(f"{args[0].path}:{args[0].line}: {args[0].macro}: an argument is missing")

    # -- look-ups

    def type_oid(self, d, name):
        if name in ("0", ""):
            return 0
        if name == "_Bool":
            name = "bool"
        if name not in self.type_oids:
            d.fail(f"there is no type '{name}'")
        return self.type_oids[name]

    def function_oid(self, d, text, args=None):
        """A function by OID or by name (with exactly these argument types, if there are several)."""
        if text in (None, "0", ""):
            return 0
        if text.isdigit():
            if int(text) not in self.functions:
                d.fail(f"there is no function {text}")
            return int(text)
        name = d.text(text) if text.startswith('"') else text
        found = self.by_name.get(name, [])
        if args is not None:
            exact = [f for f in found if f.args == args]
            found = exact or found
        if len(found) != 1:
            d.fail(f"{'several functions are' if found else 'there is no function'} called '{name}'")
        return found[0].oid

    # -- the declarations

    def add_type(self, d):
        oid, name = d.number(d.args[0]), d.text(d.args[1])
        n = d.named
        char = lambda key, default: n[key][1] if key in n else default
        item = Item(
            d,
            oid=oid,
            name=name,
            text=d.text(n.get("text")) or "",
            has_code=d.macro == "SQL_TYPE",
            bytes=int(n.get("bytes", "-1")),
            by_value=n.get("by_value") == "true",
            preferred=n.get("preferred") == "true",
            kind=char("kind", "b"),
            category=char("category", "U"),
            align=char("align", "i"),
            storage=char("storage", "p"),
            delimiter=char("delimiter", ","),
            array=int(n.get("array", "0")),
            element=int(n.get("element", "0")),
            subscript=n.get("subscript", ""),
            collation=int(n.get("collation", "0")),
            is_array=False,
            phys=n.get("phys", "PHYS_STR"),
            subtype=n.get("subtype", "0"),
            input=0,
            output=0,
            receive=0,
            send=0,
            typmod_in=0,
            typmod_out=0,
        )
        self.put_type(d, item)
        if item.array:
            pseudo = name == "record"  # arrays of other pseudo-types are ordinary types
            self.put_type(
                d,
                Item(
                    d,
                    oid=item.array,
                    name="_" + name[:62],
                    text="",
                    has_code=True,
                    bytes=-1,
                    by_value=False,
                    preferred=False,
                    kind="p" if pseudo else "b",
                    category="P" if pseudo else "A",
                    align="d" if item.align == "d" else "i",
                    storage="x",
                    delimiter=item.delimiter,
                    array=0,
                    element=oid,
                    subscript="array_subscript_handler",
                    collation=item.collation,
                    is_array=True,
                    phys="PHYS_STR",
                    subtype="0",
                    input=0,
                    output=0,
                    receive=0,
                    send=0,
                    typmod_in=0,
                    typmod_out=0,
                ),
            )

    def put_type(self, d, item):
        if item.oid in self.types:
            d.fail(f"type OID {item.oid} is also that of {self.types[item.oid].name}")
        if item.name in self.type_oids:
            d.fail(f"a type {item.name} stands already")
        self.types[item.oid] = item
        self.type_oids[item.name] = item.oid

    def add_function(self, d):
        shape = FUNCTION_MACROS[d.macro]
        oid, name = d.number(d.args[0]), d.text(d.args[1])
        args = [self.type_oid(d, arg) for arg in type_list(d.args[3])]
        flags = {flag.strip() for flag in d.args[4].split("|")}
        if flags - FLAGS:
            d.fail(f"unknown attributes {' '.join(sorted(flags - FLAGS))}")
        if len(flags & {"VOLATILE", "STABLE", "IMMUTABLE"}) != 1:
            d.fail("says not exactly one of VOLATILE, STABLE, IMMUTABLE")
        body = d.args[5] if shape not in ("INTERNAL",) else ""
        kernels = {"SQL_FUNCTION_BULK": 1, "SQL_FUNCTION_BULK_CONSTANT": 2}.get(d.macro, 0)
        text = 5 if shape == "INTERNAL" else 6 + kernels
        if kernels and len(d.args) != text + 1 or len(d.args) <= text:
            d.fail("an argument is missing")
        item = Item(
            d,
            oid=oid,
            name=name,
            result=self.type_oid(d, d.args[2]),
            args=args,
            flags=flags,
            shape=shape,
            body=body,
            text=d.text(d.args[text]),
            cost=1.0,
            returns_set=shape == "SET" and d.macro != "SQL_FUNCTION_ROW",
            rows=1000.0 if shape == "SET" and d.macro != "SQL_FUNCTION_ROW" else 0.0,
            support=None,
            support_oid=0,
            all_args=None,
            modes=None,
            arg_names=None,
            defaults=[],
            variadic=0,
            source=body if shape in ("VECTOR", "SET") and d.macro != "SQL_EXPRESSION" else name,
            kind={"AGGREGATE": "a", "WINDOW": "w"}.get(shape, "f"),
        )
        if shape == "TYPE":
            item.what = body.split()
            if item.what[0] not in ("INPUT", "OUTPUT", "RECEIVE", "SEND", "TYPMOD_IN", "TYPMOD_OUT"):
                d.fail(f"'{body}' is no kind of type function")
        if "VARIADIC_LAST" in flags:
            last = self.types[args[-1]]
            item.variadic = (
                {"any": last.oid, "anyarray": self.type_oids["anyelement"]}.get(last.name)
                or ({"anycompatiblearray": self.type_oids.get("anycompatible")}.get(last.name))
                or last.element
            )
        if oid in self.functions:
            d.fail(f"function OID {oid} is also that of {self.functions[oid].name} ({self.functions[oid].at.path})")
        for other in self.by_name.get(name, []):
            if other.args == args:
                d.fail(f"a function {name} with these arguments stands already (OID {other.oid})")
        self.functions[oid] = item
        self.by_name.setdefault(name, []).append(item)
        if shape == "AGGREGATE":
            self.aggregates.append(item)

    def add_facts(self, d):
        item = self.functions.get(d.number(d.args[0]))
        if not item:
            d.fail(f"there is no function {d.args[0]}")
        n = d.named
        item.cost = float(n.get("cost", item.cost))
        item.rows = float(n.get("rows", item.rows))
        item.support = n.get("support")
        if "source" in n:
            item.source = d.text(n["source"])
        if n.get("window") == "true":
            item.kind = "w"
        if "arguments" in n:
            self.read_arguments(d, item, d.text(n["arguments"]))
        if set(n) - {"cost", "rows", "support", "source", "window", "arguments"}:
            d.fail("an unknown designator")

    def read_arguments(self, d, item, text):
        """[IN|OUT|INOUT|VARIADIC|TABLE] [name] type [DEFAULT literal], ..."""
        modes, names, types, defaults = "", [], [], []
        for part in re.findall(r"(?:'(?:[^']|'')*'|[^,'(]|\([^)]*\))+", text):
            spec, _, default = part.strip().partition(" DEFAULT ")
            words = spec.split()
            mode = {"IN": "i", "OUT": "o", "INOUT": "b", "VARIADIC": "v", "TABLE": "t"}.get(words[0])
            words = words[1:] if mode else words
            if not 1 <= len(words) <= 2:
                d.fail(f"'{part.strip()}' is no argument")
            modes += mode or "i"
            names.append(words[0] if len(words) == 2 else "")
            types.append(self.type_oid(d, words[-1]))
            if default:
                defaults.append(default.strip())
            elif defaults and modes[-1] in "ibv":
                d.fail("an argument without a default follows one with")
        inputs = [t for t, mode in zip(types, modes) if mode in "ibv"]
        if inputs != item.args:
            d.fail("the arguments are not those of the function")
        item.all_args = types
        item.modes = modes if set(modes) != {"i"} else None
        item.arg_names = names if any(names) else None
        item.defaults = defaults

    def add_operator(self, d):
        oid, name = d.number(d.args[0]), d.text(d.args[1])
        left, right, result = (self.type_oid(d, part) for part in d.args[2:5])
        args = [left, right] if left else [right]
        function = self.function_oid(d, d.args[5], args)
        if self.functions[function].result != result:
            d.fail("the function gives another type")
        n = d.named
        if set(n) - {"commutator", "negator", "hash", "merge", "restrict_by", "join_by"}:
            d.fail("an unknown designator")
        if oid in self.operators:
            d.fail(f"operator OID {oid} is also that of {self.operators[oid].name}")
        for other in self.operators.values():
            if (other.name, other.left, other.right) == (name, left, right):
                d.fail(f"operator {other.oid} has the same name and operands")
        self.operators[oid] = Item(
            d,
            oid=oid,
            name=name,
            left=left,
            right=right,
            result=result,
            function=function,
            commutator=int(n.get("commutator", 0)),
            negator=int(n.get("negator", 0)),
            hash=n.get("hash") == "true",
            merge=n.get("merge") == "true",
            restrict_by=self.function_oid(d, n.get("restrict_by")),
            join_by=self.function_oid(d, n.get("join_by")),
        )

    def add_cast(self, d):
        source, target = self.type_oid(d, d.args[1]), self.type_oid(d, d.args[2])
        method = {"BINARY": "b", "IO": "i"}.get(d.args[3], "f")
        function = self.function_oid(d, d.args[3]) if method == "f" else 0
        if function:
            f = self.functions[function]
            if not 1 <= len(f.args) <= 3:
                d.fail("a cast function has one to three arguments")
        if d.args[4] not in CONTEXTS:
            d.fail(f"'{d.args[4]}' is not IMPLICIT, ASSIGNMENT or EXPLICIT")
        if any((c.source, c.target) == (source, target) for c in self.casts):
            d.fail("this cast stands already")
        self.casts.append(
            Item(
                d,
                oid=d.number(d.args[0]),
                source=source,
                target=target,
                function=function,
                context=CONTEXTS[d.args[4]],
                method=method,
            )
        )

    def add_opfamily(self, d):
        self.opfamilies[d.number(d.args[0])] = Item(
            d, oid=d.number(d.args[0]), method=d.args[1], name=d.text(d.args[2])
        )

    def add_opclass(self, d):
        oid = d.number(d.args[0])
        if oid in self.opclasses:
            d.fail("this OID stands already")
        self.opclasses[oid] = Item(
            d,
            oid=oid,
            method=d.args[1],
            name=d.text(d.args[2]),
            family=d.number(d.args[3]),
            type=self.type_oid(d, d.args[4]),
            fallback=d.named.get("fallback") == "true",
            key_type=self.type_oid(d, d.named.get("key_type", "0")),
        )

    def add_family_operator(self, d):
        self.family_operators.append(
            Item(
                d,
                family=d.number(d.args[0]),
                left=self.type_oid(d, d.args[1]),
                right=self.type_oid(d, d.args[2]),
                strategy=d.number(d.args[3]),
                operator=d.number(d.args[4]),
                order_by=int(d.named.get("order_by", 0)),
            )
        )

    def add_family_function(self, d):
        self.family_functions.append(
            Item(
                d,
                family=d.number(d.args[0]),
                left=self.type_oid(d, d.args[1]),
                right=self.type_oid(d, d.args[2]),
                number=d.number(d.args[3]),
                function=self.function_oid(d, d.args[4]),
            )
        )

    def add_collation(self, d):
        self.collations[d.number(d.args[0])] = Item(
            d,
            oid=d.number(d.args[0]),
            name=d.text(d.args[1]),
            provider=d.args[2][1],
            locale=d.text(d.named.get("locale")) or "",
            encoding=int(d.named.get("encoding", -1)),
        )

    def add_conversion(self, d):
        self.conversions[d.number(d.args[0])] = Item(
            d,
            oid=d.number(d.args[0]),
            name=d.text(d.args[1]),
            source=d.text(d.args[2]),
            target=d.text(d.args[3]),
            function=self.function_oid(d, d.args[4]),
        )

    def add_range(self, d):
        types = [self.type_oid(d, part) for part in d.args[:3]]
        self.ranges.append(
            Item(
                d,
                type=types[0],
                subtype=types[1],
                multirange=types[2],
                opclass=d.number(d.args[3]),
                canonical=self.function_oid(d, d.args[4]),
                difference=self.function_oid(d, d.args[5]),
            )
        )

    # -- what needs all of them

    def finish(self):
        for step in (
            self.resolve_facts,
            self.resolve_types,
            self.resolve_aggregates,
            self.check_operators,
            self.check_families,
        ):
            self.guard_all(step)

    def guard_all(self, step):
        for item, check in step():
            self.guard(lambda d, check=check: check(), item.at)

    def resolve_facts(self):
        for item in self.functions.values():

            def resolve(item=item):
                item.support_oid = self.function_oid(item.at, item.support)

            yield item, resolve

    def resolve_types(self):
        own = {}
        for f in self.functions.values():
            if f.shape == "TYPE":
                what = f.what[0]
                type_oid = (
                    self.type_oids.get(f.what[1])
                    if len(f.what) > 1
                    else f.result if what in ("INPUT", "RECEIVE") else f.args[0]
                )
                own[type_oid, what.lower()] = f.oid
        for t in self.types.values():

            def resolve(t=t):
                named = lambda name: self.by_name[name][0].oid if len(self.by_name.get(name, [])) == 1 else 0
                names = KIND_FUNCTIONS.get("array" if t.is_array else t.name if t.kind == "b" else t.kind, (None,) * 4)
                for key, name in zip(("input", "output", "receive", "send"), names):
                    setattr(t, key, own.get((t.oid, key)) or (named(name) if name else 0))
                source = t.element if t.is_array else t.oid
                t.typmod_in, t.typmod_out = own.get((source, "typmod_in"), 0), own.get((source, "typmod_out"), 0)
                t.element_oid = t.element
                t.subscript_oid = int(t.subscript) if t.subscript.isdigit() else named(t.subscript)

            yield t, resolve

    def resolve_aggregates(self):
        known = {
            "kind",
            "direct_count",
            "transition",
            "final",
            "combine",
            "serial",
            "deserial",
            "moving_transition",
            "moving_inverse",
            "moving_final",
            "final_extra",
            "moving_final_extra",
            "final_modify",
            "moving_final_modify",
            "sort_operator",
            "state",
            "moving_state",
            "state_bytes",
            "moving_state_bytes",
            "initial",
            "moving_initial",
        }
        for item in self.aggregates:

            def resolve(item=item):
                d, n = item.at, item.at.named
                if set(n) - known:
                    d.fail("unknown designators " + " ".join(sorted(set(n) - known)))
                row = {}
                for key in (
                    "transition",
                    "final",
                    "combine",
                    "serial",
                    "deserial",
                    "moving_transition",
                    "moving_inverse",
                    "moving_final",
                ):
                    row[key] = self.function_oid(d, n.get(key))
                if not row["transition"]:
                    d.fail("has no .transition")
                for key in ("state", "moving_state"):
                    row[key] = self.type_oid(d, n.get(key, "0"))
                for key in ("direct_count", "state_bytes", "moving_state_bytes", "sort_operator"):
                    row[key] = int(n.get(key, 0))
                for key in ("final_extra", "moving_final_extra"):
                    row[key] = n.get(key) == "true"
                for key, default in (("kind", "n"), ("final_modify", "r"), ("moving_final_modify", "r")):
                    row[key] = n[key][1] if key in n else default
                for key in ("initial", "moving_initial"):
                    row[key] = d.text(n.get(key))
                item.aggregate = row

            yield item, resolve

    def check_operators(self):
        for o in self.operators.values():

            def check(o=o):
                if o.commutator:
                    other = self.operators.get(o.commutator) or o.at.fail(f"commutator {o.commutator} does not exist")
                    if other.commutator != o.oid:
                        o.at.fail(f"commutator {other.oid} does not name it back")
                    if (other.left, other.right, other.result) != (o.right, o.left, o.result):
                        o.at.fail(f"commutator {other.oid} has other operands")
                if o.negator:
                    other = self.operators.get(o.negator) or o.at.fail(f"negator {o.negator} does not exist")
                    if other.negator != o.oid:
                        o.at.fail(f"negator {other.oid} does not name it back")
                    if (other.left, other.right, other.result) != (o.left, o.right, o.result):
                        o.at.fail(f"negator {other.oid} has other operands")
                if (o.hash or o.merge) and not o.commutator:
                    o.at.fail("hashes or merges without a commutator")

            yield o, check

    def check_families(self):
        for c in self.opclasses.values():
            yield c, lambda c=c: self.opfamilies.get(c.family) or c.at.fail(f"there is no family {c.family}")
        for o in self.family_operators:

            def check(o=o):
                self.opfamilies.get(o.family) or o.at.fail(f"there is no family {o.family}")
                op = self.operators.get(o.operator) or o.at.fail(f"there is no operator {o.operator}")
                if (op.left, op.right) != (o.left, o.right):
                    o.at.fail("the operator has other operands")

            yield o, check
        for f in self.family_functions:
            yield f, lambda f=f: self.opfamilies.get(f.family) or f.at.fail(f"there is no family {f.family}")


def read_catalog(root):
    files = source_files(root)
    return Catalog(d for path in files for d in read_file(path)), files


# ---- Writing C


def c_bool(value):
    return "true" if value else "false"


class Writer:
    def __init__(self, catalog):
        self.catalog, self.out = catalog, []
        self.args_pool = {}

    def line(self, text=""):
        self.out.append(text)

    def oid_list(self, oids):
        key = tuple(oids)
        if not key:
            return "NULL"
        if key not in self.args_pool:
            self.args_pool[key] = f"oids_{len(self.args_pool)}"
            self.line(f"static const Oid {self.args_pool[key]}[] = {{{', '.join(map(str, key))}}};")
        return self.args_pool[key]

    def table(self, c_type, name, rows):
        self.line(f"static const {c_type} table_{name}[] = {{")
        self.out += ["    {" + row + "}," for row in rows] or ["    {0},"]
        self.line("};")

    def by_name(self, name, items):
        order = sorted(range(len(items)), key=lambda i: (items[i].name.encode(), items[i].oid))
        self.line(f"static const uint16_t {name}_by_name[] = {{{', '.join(map(str, order)) or 0}}};")

    def tables(self):
        c = self.catalog
        self.line("/* Made by tools/gen_catalog.py of the SQL_...() lines in src/. */")
        self.line('#include "base/builtins.h"')
        self.line('#include "type/type.h"')
        self.line('#include "type/type_call.h"')
        self.line()
        counts = {}
        functions = sorted(c.functions.values(), key=lambda f: f.oid)
        declared = set()
        for f in functions:
            if f.shape == "VECTOR":
                self.line(f"void sqlfn_{f.oid}(Fn *fn, const Vector *args, Selection selection, Vector *result);")
            elif f.shape == "SET":
                self.line(
                    f"uint32_t sqlset_{f.oid}(Fn *fn, FnSet *set, const Datum *args, Vector *columns, "
                    f"uint32_t rows_max);"
                )
            elif f.shape in ("AGGREGATE", "WINDOW") and f.body not in declared:
                declared.add(f.body)  # several rows may name one struct
                self.line(f"extern const {'Aggregate' if f.shape == 'AGGREGATE' else 'WindowFunction'} {f.body};")
        rows = [self.function_row(f) for f in functions]
        self.table("BuiltinFunction", "functions", rows)
        self.by_name("functions", functions)
        counts["functions"] = len(functions)
        types = sorted(c.types.values(), key=lambda t: t.oid)
        self.types(types)
        counts["types"] = len(types)
        operators = sorted(c.operators.values(), key=lambda o: o.oid)
        self.table(
            "BuiltinOperator",
            "operators",
            [
                f"{o.oid}, {c_literal(o.name)}, {o.left}, {o.right}, {o.result}, {o.function}, "
                f"{o.commutator}, {o.negator}, "
                f"{o.restrict_by}, {o.join_by}, {c_bool(o.hash)}, {c_bool(o.merge)}"
                for o in operators
            ],
        )
        self.by_name("operators", operators)
        counts["operators"] = len(operators)
        self.small_tables(counts)
        self.line("const Builtins builtins = {")
        for name, count in counts.items():
            self.line(f"    .{name} = table_{name}, .{name}_count = {count},")
        for name in ("functions", "types", "operators"):
            self.line(f"    .{name}_by_name = {name}_by_name,")
        self.line("};")
        return "\n".join(self.out) + "\n"

    def function_row(self, f):
        args = self.oid_list(f.args)
        extra = ""
        if f.all_args is not None:
            extra += f", .all_arg_count = {len(f.all_args)}, .all_args = {self.oid_list(f.all_args)}"
            if f.modes:
                extra += f', .modes = "{f.modes}"'
            if f.arg_names:
                self.line(f"static const char *const names_{f.oid}[] = {{{', '.join(map(c_literal, f.arg_names))}}};")
                extra += f", .arg_names = names_{f.oid}"
            if f.defaults:
                self.line(
                    f"static const char *const defaults_{f.oid}[] = {{{', '.join(map(c_literal, f.defaults))}}};"
                )
                extra += f", .defaults = defaults_{f.oid}, .default_count = {len(f.defaults)}"
        shape = "TYPE_" + f.what[0] if f.shape == "TYPE" else f.shape
        code = {
            "VECTOR": f".vector = sqlfn_{f.oid}",
            "SET": f".set = sqlset_{f.oid}",
            "AGGREGATE": f".aggregate = &{f.body}",
            "WINDOW": f".window = &{f.body}",
            "INTERNAL": ".vector = fn_refuse",
            "SQL": f".sql = {c_literal(f.at.text(f.body))}" if f.shape == "SQL" else "",
            "TYPE": f".vector = type_call_{f.what[0].lower()}" if f.shape == "TYPE" else "",
        }[f.shape]
        return (
            f".oid = {f.oid}, .name = {c_literal(f.name)}, .source = {c_literal(f.source)}, "
            f".description = {c_literal(f.text)}, .result = {f.result}, .arg_count = {len(f.args)}, .args = {args}, "
            f".flags = {' | '.join(sorted(f.flags))}, .shape = FN_SHAPE_{shape}, .kind = '{f.kind}', "
            f".returns_set = {c_bool(f.returns_set)}, .variadic = {f.variadic}, .cost = {f.cost:g}, "
            f".is_local = {c_bool(Path(f.at.path).parent.name == 'type')}, "
            f".rows = {f.rows:g}, "
            f".support = {f.support_oid}{extra}, {code}"
        )

    def types(self, types):
        for t in types:
            if t.has_code and not t.is_array:
                self.line(f"extern const Type type_{t.oid};")
            elif t.is_array:
                self.line(
                    f"static const Type type_{t.oid} = {{.oid = {t.oid}, .name = {c_literal(t.name)}, "
                    ".phys = PHYS_STR, "
                    f".bytes = -1, .category = 'A', .align = '{t.align}', .storage = 'x', "
                    f".delimiter = '{t.delimiter}', "
                    f".element = {t.element}, .collation = {t.collation}, TYPE_ARRAY_CODE}};"
                )
        self.table(
            "BuiltinType",
            "types",
            [
                f"{t.oid}, {c_literal(t.name)}, {c_literal(t.text)}, {t.bytes}, {c_bool(t.by_value)}, "
                f"{c_bool(t.preferred)}, "
                f"'{t.kind}', '{t.category}', '{t.delimiter}', '{t.align}', '{t.storage}', "
                f"{t.element_oid}, {t.array}, {t.input}, "
                f"{t.output}, {t.receive}, {t.send}, {t.typmod_in}, {t.typmod_out}, {t.subscript_oid}, {t.collation}, "
                f"{f'&type_{t.oid}' if t.has_code else 'NULL'}"
                for t in types
            ],
        )
        self.by_name("types", types)

    def small_tables(self, counts):
        c = self.catalog

        def put(c_type, name, rows):
            self.table(c_type, name, rows)
            counts[name] = len(rows)

        put(
            "BuiltinCast",
            "casts",
            [
                f"{x.oid}, {x.source}, {x.target}, {x.function}, '{x.context}', '{x.method}'"
                for x in sorted(c.casts, key=lambda x: (x.source, x.target))
            ],
        )
        put(
            "BuiltinAggregate",
            "aggregates",
            [self.aggregate_row(x) for x in sorted(c.aggregates, key=lambda x: x.oid)],
        )
        put(
            "BuiltinOpfamily",
            "opfamilies",
            [
                f"{x.oid}, {c_literal(x.method)}, {c_literal(x.name)}"
                for x in sorted(c.opfamilies.values(), key=lambda x: x.oid)
            ],
        )
        put(
            "BuiltinOpclass",
            "opclasses",
            [
                f"{x.oid}, {c_literal(x.method)}, {c_literal(x.name)}, {x.family}, {x.type}, "
                f"{x.key_type}, {c_bool(x.fallback)}"
                for x in sorted(c.opclasses.values(), key=lambda x: x.oid)
            ],
        )
        put(
            "BuiltinFamilyOperator",
            "family_operators",
            [
                f"{x.family}, {x.left}, {x.right}, {x.strategy}, {x.operator}, {x.order_by}"
                for x in sorted(c.family_operators, key=lambda x: (x.family, x.left, x.right, x.strategy))
            ],
        )
        put(
            "BuiltinFamilyFunction",
            "family_functions",
            [
                f"{x.family}, {x.left}, {x.right}, {x.number}, {x.function}"
                for x in sorted(c.family_functions, key=lambda x: (x.family, x.left, x.right, x.number))
            ],
        )
        self.locale_tables(put)

    def locale_tables(self, put):
        c = self.catalog
        put(
            "BuiltinCollation",
            "collations",
            [
                f"{x.oid}, {c_literal(x.name)}, '{x.provider}', {c_literal(x.locale)}, {x.encoding}"
                for x in sorted(c.collations.values(), key=lambda x: x.oid)
            ],
        )
        put(
            "BuiltinConversion",
            "conversions",
            [
                f"{x.oid}, {c_literal(x.name)}, {c_literal(x.source)}, {c_literal(x.target)}, {x.function}"
                for x in sorted(c.conversions.values(), key=lambda x: x.oid)
            ],
        )
        put(
            "BuiltinRange",
            "ranges",
            [
                f"{x.type}, {x.subtype}, {x.multirange}, {x.opclass}, {x.canonical}, {x.difference}"
                for x in sorted(c.ranges, key=lambda x: x.type)
            ],
        )

    @staticmethod
    def aggregate_row(item):
        row = item.aggregate
        text = lambda value: "NULL" if value is None else c_literal(value)
        return (
            f".function = {item.oid}, .kind = '{row['kind']}', .direct_count = {row['direct_count']}, "
            + ", ".join(
                f".{key} = {row[key]}"
                for key in (
                    "transition",
                    "final",
                    "combine",
                    "serial",
                    "deserial",
                    "moving_transition",
                    "moving_inverse",
                    "moving_final",
                    "sort_operator",
                    "state",
                    "moving_state",
                    "state_bytes",
                    "moving_state_bytes",
                )
            )
            + f", .final_extra = {c_bool(row['final_extra'])}, "
            f".moving_final_extra = {c_bool(row['moving_final_extra'])}"
            + f", .final_modify = '{row['final_modify']}', .moving_final_modify = '{row['moving_final_modify']}'"
            + f", .initial = {text(row['initial'])}, .moving_initial = {text(row['moving_initial'])}"
        )


def oid_header(catalog):
    out = ["/* Made by tools/gen_catalog.py: the OIDs of built-in types. */", "#pragma once", "", "enum {"]
    for t in sorted(catalog.types.values(), key=lambda t: t.oid):
        name = (t.name[1:] + "_array" if t.is_array else t.name).upper()
        out.append(f"    OID_{name} = {t.oid},")
    return "\n".join(out + ["};", ""])


def write_if_changed(path, text):
    path = Path(path)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", required=True)
    parser.add_argument("--tables")
    parser.add_argument("--oids")
    parser.add_argument("--depfile")
    options = parser.parse_args()
    try:
        catalog, files = read_catalog(options.source)
    except DeclarationError as error:
        sys.exit(str(error))
    if catalog.problems:
        sys.exit("\n".join(catalog.problems))
    if options.tables:
        write_if_changed(options.tables, Writer(catalog).tables())
    if options.oids:
        write_if_changed(options.oids, oid_header(catalog))
    if options.depfile:
        target = options.tables or options.oids
        # A room's meson.build changes when a file is added to it.
        rooms = sorted(Path(options.source).rglob("meson.build"))
        Path(options.depfile).write_text(f"{target}: {' '.join(map(str, [*files, *rooms]))}\n")


if __name__ == "__main__":
    main()
