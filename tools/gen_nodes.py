#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Generates the C of a family of tree nodes from a .nodes file.

usage: gen_nodes.py FAMILY.nodes INCLUDE_PATH OUT.h OUT.c

INCLUDE_PATH is how the header is included ("parse/ast.h"). The functions themselves are written
once in src/base/node.c over the tables generated here.

A .nodes file:

    family ast root=Node types=Ast kinds=AST    # functions ast_*, root type AstNode, kinds AST_*
    include "base/node.h"                       # further includes of the header
    use "../parse/parse.nodes" "parse/ast.h"    # nodes and enums of another family, by their C names: AstExpr
    extern Datum = bind_datum_extern            # a foreign C type and its NodeExtern

    # A comment before a declaration becomes the struct's.
    enum JoinKind = JOIN { INNER, LEFT }        # enum AstJoinKind { AST_JOIN_INNER, ... }
    abstract Expr : Node                        # without fields: AstExpr is another name of AstNode
    abstract Scan : Node { rows: f64 }          # with fields: a struct that others begin with
    Join : Expr {
        kind_: JoinKind                         # a comment behind a field becomes the field's
        left: Expr, right: Expr?                # fields end at a comma or at the line's end
        using: [str], args: [Expr]
    }

Field types: bool, str, char, i32, u32, i64, f64, loc (a byte offset, not part of the value), [str],
[i32], an enum, an extern, a node type or an abstract one, and lists of these two in brackets. `?`
says that a pointer or a str may be absent (NULL). The zero value of an enum is its first member.

In C, `x->kind`, `x->location` and inherited fields are members of each struct, and `&x->base` is
the pointer to its parent type. AST_NEW(arena, Join), AST_AS(Join, node) (asserts the kind), and
AST_IF(Join, node) (NULL if it is another kind, or NULL) make and cast.
"""

import os
import re
import sys
from dataclasses import dataclass, field


class NodesError(Exception):
    pass


@dataclass
class Field:
    name: str
    type: str
    is_list: bool
    optional: bool
    comment: str


@dataclass
class Node:
    name: str
    parent: str
    abstract: bool
    comment: list
    fields: list = field(default_factory=list)
    line: int = 0


@dataclass
class Enum:
    name: str
    prefix: str
    members: list
    comment: list


@dataclass
class Family:
    name: str = ""
    root: str = ""
    types: str = ""
    kinds: str = ""
    includes: list = field(default_factory=list)
    externs: dict = field(default_factory=dict)
    enums: dict = field(default_factory=dict)
    nodes: dict = field(default_factory=dict)
    order: list = field(default_factory=list)
    used: list = field(default_factory=list)  # other families

    def foreign(self, name):
        """(family, node or enum) of another family's C name; (None, None)"""
        for other in self.used:
            for things in (other.nodes, other.enums):
                if name.startswith(other.types) and name[len(other.types):] in things:
                    return other, things[name[len(other.types):]]
        return None, None


# type -> (C type, NodeFieldType, alignment)
SCALARS = {
    "bool": ("bool", "BOOL", 1),
    "char": ("char", "CHAR", 1),
    "str": ("Str", "STR", 8),
    "i32": ("int32_t", "I32", 4),
    "u32": ("uint32_t", "U32", 4),
    "i64": ("int64_t", "I64", 8),
    "f64": ("double", "F64", 8),
    "loc": ("int32_t", "LOCATION", 4),
}
SCALAR_LISTS = {"str": ("NodeStrs", "STRS"), "i32": ("NodeI32s", "I32S")}
C_WORDS = set(
    "auto break case char const continue default do double else enum extern float for goto if "
    "inline int long register restrict return short signed sizeof static struct switch typedef "
    "union unsigned void volatile while base kind location bool".split()
)


def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


class Reader:
    """Lines of the file with comments kept beside what they explain."""

    def __init__(self, text, path):
        self.lines = text.split("\n")
        self.path = path
        self.at = 0
        self.family = Family()

    def fail(self, message):
        raise NodesError(f"{self.path}:{self.at}: {message}")

    @staticmethod
    def split_comment(line):
        m = re.match(r'((?:[^"#]|"[^"]*")*)(?:#\s?(.*))?$', line)
        return m[1].strip(), (m[2] or "").rstrip()

    def read(self):
        comment = []
        while self.at < len(self.lines):
            code, remark = self.split_comment(self.lines[self.at])
            self.at += 1
            if not code:
                if remark:
                    comment.append(remark)
                else:
                    comment = []
                continue
            self.declaration(code, comment + ([remark] if remark else []))
            comment = []
        return self.family

    def declaration(self, code, comment):
        fam = self.family
        if m := re.fullmatch(r"family (\w+) root=(\w+) types=(\w*) kinds=(\w+)", code):
            fam.name, fam.root, fam.types, fam.kinds = m.groups()
            fam.nodes[fam.root] = Node(fam.root, "", True, [])
        elif m := re.fullmatch(r'include "([^"]+)"', code):
            fam.includes.append(m[1])
        elif m := re.fullmatch(r'use "([^"]+)" "([^"]+)"', code):
            path = os.path.join(os.path.dirname(self.path), m[1])
            with open(path, encoding="utf-8") as f:
                fam.used.append(Reader(f.read(), path).read())
            fam.includes.append(m[2])
        elif m := re.fullmatch(r"extern (\w+) = (\w+)", code):
            fam.externs[m[1]] = m[2]
        elif m := re.match(r"enum (\w+) = (\w+) \{(.*)$", code):
            self.add_enum(m[1], m[2], self.body(m[3]), comment)
        elif m := re.match(r"(abstract )?(\w+) : (\w+)\s*(?:\{(.*))?$", code):
            node = Node(m[2], m[3], bool(m[1]), comment, line=self.at)
            if m[4] is not None:
                node.fields = [self.parse_field(c, r) for c, r in self.body(m[4])]
            self.add_node(node)
        else:
            self.fail(f"not understood: {code}")

    def body(self, first):
        """(code, comment) of each part between the braces."""
        parts = []
        code, remark = first, ""
        while True:
            done = code.endswith("}")
            if done:
                code = code[:-1]
            pieces = [p.strip() for p in code.split(",") if p.strip()]
            for i, piece in enumerate(pieces):
                parts.append((piece, remark if i == len(pieces) - 1 else ""))
            if done:
                return parts
            if self.at >= len(self.lines):
                self.fail("no closing brace")
            code, remark = self.split_comment(self.lines[self.at])
            self.at += 1

    def parse_field(self, code, remark):
        m = re.fullmatch(r"(\w+): (\[)?(\w+)(\])?(\?)?", code)
        if not m or bool(m[2]) != bool(m[4]):
            self.fail(f"bad field: {code}")
        if m[1] in C_WORDS:
            self.fail(f"field name {m[1]} is taken")
        return Field(m[1], m[3], bool(m[2]), bool(m[5]), remark)

    def add_enum(self, name, prefix, parts, comment):
        if name in self.family.enums:
            self.fail(f"enum {name} twice")
        if len(parts) > 255:
            self.fail(f"enum {name} has too many members")
        self.family.enums[name] = Enum(name, prefix, parts, comment)
        self.family.order.append(self.family.enums[name])

    def add_node(self, node):
        if node.name in self.family.nodes or node.name in self.family.enums:
            self.fail(f"{node.name} twice")
        if node.parent not in self.family.nodes:
            self.fail(f"{node.name}: no parent {node.parent}")
        if not self.family.nodes[node.parent].abstract:
            self.fail(f"{node.name}: parent {node.parent} is not abstract")
        self.family.nodes[node.name] = node
        self.family.order.append(node)


class Writer:
    def __init__(self, family, source, include):
        self.f = family
        self.source = source
        self.include = include
        self.check()

    def check(self):
        names = set()
        for node in self.f.nodes.values():
            for fld in self.all_fields(node):
                self.c_type(fld)
            if not node.abstract:
                self.unique(names, self.kind(node))
        for enum in self.f.enums.values():
            for member, _ in enum.members:
                self.unique(names, self.member(enum, member))

    @staticmethod
    def unique(names, name):
        if name in names:
            raise NodesError(f"{name} stands for two things")
        names.add(name)

    def type(self, name):
        return self.f.types + name

    def kind(self, node):
        return f"{self.f.kinds}_{snake(node.name).upper()}"

    def member(self, enum, member):
        return f"{self.f.kinds}_{enum.prefix}_{member}"

    def concrete(self):
        return [n for n in self.f.nodes.values() if not n.abstract]

    def own_struct(self, node):
        """The abstract type whose struct `node` is: itself, or the nearest with fields."""
        while node.abstract and not node.fields and node.parent:
            node = self.f.nodes[node.parent]
        return node

    def all_fields(self, node):
        inherited = self.all_fields(self.f.nodes[node.parent]) if node.parent else []
        return inherited + node.fields

    def c_type(self, fld):
        """(declaration type, NodeFieldType, alignment)"""
        f = self.f
        if fld.is_list:
            if fld.type in SCALAR_LISTS:
                c, t = SCALAR_LISTS[fld.type]
                return c, t, 8
            if fld.type in f.nodes:
                return self.type(fld.type) + "List", "LIST", 8
            if isinstance(f.foreign(fld.type)[1], Node):
                return fld.type + "List", "LIST", 8
        elif fld.type in SCALARS:
            return SCALARS[fld.type]
        elif fld.type in f.enums:
            return self.type(fld.type), "ENUM", 1
        elif fld.type in f.nodes:
            return self.type(fld.type) + " *", "CHILD", 8
        elif fld.type in f.externs:
            return fld.type, "EXTERN", 8
        elif isinstance(f.foreign(fld.type)[1], Enum):
            return fld.type, "ENUM", 1
        elif f.foreign(fld.type)[1]:
            return fld.type + " *", "CHILD", 8
        raise NodesError(f"field {fld.name}: no type {fld.type}")

    def member_lines(self, fields, indent):
        out = []
        for fld in sorted(fields, key=lambda x: -self.c_type(x)[2]):
            c = self.c_type(fld)[0]
            space = "" if c.endswith("*") else " "
            remark = fld.comment
            if fld.optional and self.c_type(fld)[1] in ("CHILD", "STR"):
                remark = "may be absent" + (": " + remark if remark else "")
            out.append(f"{indent}{c}{space}{fld.name};" + (f" /* {remark} */" if remark else ""))
        return out

    def comment(self, lines):
        if not lines:
            return []
        return ["/* " + "\n * ".join(lines) + " */"]

    def head_lines(self, indent):
        return [f"{indent}{self.type('Kind')} kind;", f"{indent}int32_t location;"]

    def struct(self, node):
        name = self.type(node.name)
        out = self.comment(node.comment) + [f"struct {name} {{"]
        if not node.parent:
            return out + self.head_lines("    ") + ["};", ""]
        parent = self.own_struct(self.f.nodes[node.parent])
        inherited = self.all_fields(parent)
        out += ["    union {", f"        {self.type(parent.name)} base;", "        struct {"]
        out += self.head_lines(" " * 12)
        chain = []
        at = parent
        while at.parent:
            chain.insert(0, at)
            at = self.own_struct(self.f.nodes[at.parent])
        for one in chain:
            out += self.member_lines(one.fields, " " * 12)
        out += ["        };", "    };"]
        assert len(inherited) == sum(len(one.fields) for one in chain)
        return out + self.member_lines(node.fields, "    ") + ["};", ""]

    def enum(self, enum):
        out = self.comment(enum.comment)
        out.append(f"typedef enum __attribute__((packed)) {self.type(enum.name)} {{")
        for member, remark in enum.members:
            out.append(f"    {self.member(enum, member)}," + (f" /* {remark} */" if remark else ""))
        return out + [f"}} {self.type(enum.name)};",
                      f"extern const char *const {self.enum_names(enum)}[{len(enum.members)}];", ""]

    def enum_names(self, enum):
        return self.names_of(self.f, enum)

    @staticmethod
    def names_of(family, enum):
        return f"{family.name}_{snake(enum.name)}_names"

    def header(self):
        f = self.f
        out = ["/* SPDX-License-Identifier: Apache-2.0 */",
               f"/* Generated by tools/gen_nodes.py from {self.source}. */", "#pragma once", ""]
        out += [f'#include "{i}"' for i in ["base/node.h", *f.includes]] + [""]
        out += [f"typedef enum __attribute__((packed)) {self.type('Kind')} {{"]
        kinds = self.concrete()
        out += [f"    {self.kind(kinds[0])} = 1,"] + [f"    {self.kind(n)}," for n in kinds[1:]]
        out += [f"}} {self.type('Kind')};", "",
                f"enum {{ {f.kinds}_KIND_COUNT = {len(kinds) + 1} }};", ""]
        for node in f.nodes.values():
            own = self.own_struct(node)
            word = "struct " if own is node else ""
            out.append(f"typedef {word}{self.type(own.name)} {self.type(node.name)};")
        out.append("")
        for node in f.nodes.values():
            t = self.type(node.name)
            out.append(f"typedef struct {t}List {{ {t} **items; uint32_t count; }} {t}List;")
        out.append("")
        out += self.struct(f.nodes[f.root])
        for thing in f.order:
            if isinstance(thing, Enum):
                out += self.enum(thing)
        for thing in f.order:
            if isinstance(thing, Node) and self.own_struct(thing) is thing:
                out += self.struct(thing)
        out += self.functions()
        return "\n".join(out)

    def functions(self):
        f, root, k = self.f, self.type(self.f.root), self.f.kinds
        out = ["/* What the macros below need: the kind of a type. */"]
        out += [f"#define {self.type(n.name)}_KIND {self.kind(n)}" for n in self.concrete()]
        out += ["",
                f"extern const NodeFamily {f.name}_family;", "",
                f"static inline void *{f.name}_checked(const void *node, {self.type('Kind')} kind)",
                "{",
                f"    ASSERT(node && ((const {root} *)node)->kind == kind);",
                "    (void)kind;",
                "    return (void *)node;",
                "}",
                f"static inline void *{f.name}_checked_if(const void *node, {self.type('Kind')} kind)",
                "{",
                f"    return node && ((const {root} *)node)->kind == kind ? (void *)node : NULL;",
                "}",
                f"#define {k}_AS(Type, node) (({f.types}##Type *){f.name}_checked((node), {f.types}##Type##_KIND))",
                f"#define {k}_IF(Type, node) (({f.types}##Type *){f.name}_checked_if((node), {f.types}##Type##_KIND))",
                "",
                "/* A zeroed node without location. Raises 53200. */",
                f"{root} *{f.name}_new(Arena *arena, {self.type('Kind')} kind);",
                f"#define {k}_NEW(arena, Type) (({f.types}##Type *){f.name}_new((arena), {f.types}##Type##_KIND))",
                "",
                "/* As in base/node.h, for this family. */",
                f"static inline void *{f.name}_copy(Arena *arena, const void *node)",
                "{", f"    return node_copy(&{f.name}_family, arena, node);", "}",
                f"static inline bool {f.name}_equal(const void *a, const void *b)",
                "{", f"    return node_equal(&{f.name}_family, a, b);", "}",
                f"static inline bool {f.name}_walk(const void *node, bool (*visit)(void *arg, void *child), void *arg)",
                "{", f"    return node_walk(&{f.name}_family, node, visit, arg);", "}",
                f"static inline void {f.name}_print(StrBuilder *out, const void *node)",
                "{", f"    node_print(&{f.name}_family, out, node);", "}",
                f"static inline bool {f.name}_read(Arena *arena, Str text, void **node)",
                "{", f"    return node_read(&{f.name}_family, arena, text, node);", "}",
                f"static inline void {f.name}_replace(void *node, void *(*replace)(void *arg, void *child), void *arg)",
                "{", f"    node_replace(&{f.name}_family, node, replace, arg);", "}",
                f"static inline const char *{f.name}_kind_name({self.type('Kind')} kind)",
                "{", f"    return node_kind_name(&{f.name}_family, kind);", "}", ""]
        return out

    def field_row(self, node, fld):
        c, t, _ = self.c_type(fld)
        row = f'    {{"{fld.name}", offsetof({self.type(node.name)}, {fld.name}), NODE_FIELD_{t}'
        own = fld.type in self.f.nodes or fld.type in self.f.enums
        other, thing = (None, None) if own else self.f.foreign(fld.type)
        if t == "ENUM":
            enum = thing or self.f.enums[fld.type]
            row += f", {len(enum.members)}, {self.names_of(other or self.f, enum)}, NULL, NULL}},"
        elif other:
            row += f", 0, NULL, NULL, &{other.name}_family}},"
        elif t == "EXTERN":
            row += f", 0, NULL, &{self.f.externs[fld.type]}, NULL}},"
        else:
            row += ", 0, NULL, NULL, NULL},"
        return row

    def code(self):
        f = self.f
        out = ["/* SPDX-License-Identifier: Apache-2.0 */",
               f"/* Generated by tools/gen_nodes.py from {self.source}. */",
               f'#include "{self.include}"', ""]
        for enum in f.enums.values():
            names = ", ".join(f'"{m.lower()}"' for m, _ in enum.members)
            out.append(f"const char *const {self.enum_names(enum)}[{len(enum.members)}] = {{{names}}};")
        out.append("")
        types = []
        for node in self.concrete():
            fields = self.all_fields(node)
            is_child = lambda x: self.c_type(x)[1] in ("CHILD", "LIST")
            ordered = [x for x in fields if is_child(x)] + [x for x in fields if not is_child(x)]
            base = f"fields_{snake(node.name)}"
            if fields:
                out.append(f"static const NodeField {base}[] = {{")
                out += [self.field_row(node, x) for x in ordered]
                out.append("};")
                order = ", ".join(str(ordered.index(x)) for x in fields)
                out.append(f"static const uint8_t order_{snake(node.name)}[] = {{{order}}};")
            types.append(
                f'    [{self.kind(node)}] = {{"{snake(node.name)}", sizeof({self.type(node.name)}), '
                f"{len(fields)}, {sum(map(is_child, fields))}, "
                + (f"{base}, order_{snake(node.name)}}}," if fields else "NULL, NULL},"))
        out += ["", f"static_assert(offsetof({self.type(f.root)}, location) == NODE_LOCATION_OFFSET, \"node layout\");"]
        out += ["", "static const NodeType types[] = {"] + types + ["};", "",
                f"const NodeFamily {f.name}_family = {{", f'    .name = "{f.name}",',
                f"    .kind_bytes = sizeof({self.type('Kind')}),",
                f"    .type_count = {f.kinds}_KIND_COUNT,", "    .types = types,", "};", "",
                f"{self.type(f.root)} *{f.name}_new(Arena *arena, {self.type('Kind')} kind)", "{",
                f"    {self.type(f.root)} *node = arena_alloc_zero(arena, types[kind].bytes);",
                "    node->kind = kind;", "    node->location = NODE_NO_LOCATION;",
                "    return node;", "}", ""]
        return "\n".join(out)


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    source, include, header, code = sys.argv[1:]
    try:
        with open(source, encoding="utf-8") as f:
            family = Reader(f.read(), source).read()
        writer = Writer(family, re.sub(r".*/(src/.*)", r"\1", source), include)
        with open(header, "w", encoding="utf-8") as f:
            f.write(writer.header())
        with open(code, "w", encoding="utf-8") as f:
            f.write(writer.code())
    except NodesError as e:
        sys.exit(f"gen_nodes: {e}")


if __name__ == "__main__":
    main()
