#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes catalog/catalog_tables.h and .c of src/catalog/catalog.tables: an enum of the system catalogs, one of their
indexes, one of the columns of each, and descriptors of all.

    tools/gen_catalog_tables.py CATALOG_TABLES HEADER SOURCE
"""

import sys
from pathlib import Path

PHYS = {
    "bool": "BOOL", "char": "I16", "int2": "I16", "int4": "I32", "oid": "I32", "regproc": "I32", "xid": "I32",
    "int8": "I64", "timestamptz": "I64", "pg_lsn": "I64", "float4": "F32",
    "name": "STR", "text": "STR", "bytea": "STR", "pg_node_tree": "STR", "anyarray": "STR", "int2vector": "STR",
    "oidvector": "STR", "pg_ndistinct": "STR", "pg_dependencies": "STR", "pg_mcv_list": "STR",
}
TEXTS = {"name", "text", "pg_node_tree", "pg_ndistinct", "pg_dependencies", "pg_mcv_list"}

INTRO = """/* Made by tools/gen_catalog_tables.py of catalog.tables: the system catalogs. */
#pragma once

#include "base/vector.h"

"""
TYPES = """
/* A column; `collation` as pg_attribute has it. Hidden ones come last and are unknown to pg_attribute. */
typedef struct CatalogColumn {
    const char *name;
    Oid type, collation;
    uint8_t phys; /* Phys */
    bool not_null, hidden;
} CatalogColumn;

enum { CATALOG_INDEX_COLUMNS_MAX = 5 };
typedef struct CatalogIndexInfo {
    const char *name;
    Oid oid, constraint; /* constraint 0: none */
    CatalogTable table;
    bool unique, primary;
    uint8_t column_count;
    uint8_t columns[CATALOG_INDEX_COLUMNS_MAX]; /* from 0 */
} CatalogIndexInfo;

typedef struct CatalogTableInfo {
    const char *name;
    Oid oid, row_type, array_type;
    bool shared;
    uint8_t column_count, visible_count; /* with and without the hidden ones */
    const CatalogColumn *columns;
    CatalogIndex first_index; /* its indexes stand together */
    uint8_t index_count;
} CatalogTableInfo;

extern const CatalogTableInfo catalog_tables[CATALOG_TABLE_COUNT];
extern const CatalogIndexInfo catalog_indexes[CATALOG_INDEX_COUNT]; /* [CAT_INDEX_NONE] is empty */
"""


def read(path):
    tables, hidden = [], []
    for number, line in enumerate(Path(path).read_text().splitlines(), 1):
        words = line.replace("(", " ( ").replace(")", " ) ").split()
        if not words or words[0].startswith("#"):
            continue
        try:
            if words[0] == "hidden":
                hidden.append((words[1], column(words[2:])))
            elif words[0] == "table":
                tables.append({"name": words[1], "oid": int(words[2]), "row": int(words[4]), "array": int(words[6]),
                               "shared": "shared" in words, "columns": [], "indexes": []})
            elif words[0] == "index":
                tables[-1]["indexes"].append(index(words[1:]))
            else:
                tables[-1]["columns"].append(column(words))
        except (IndexError, ValueError, KeyError) as e:
            sys.exit(f"{path}:{number}: cannot be understood ({e!r})")
    for table in tables:
        table["visible"] = len(table["columns"])
        table["columns"] += [c for name, c in hidden if name == table["name"]]
    return tables


def column(words):
    name, type_ = words[:2]
    if not type_.startswith("_"):
        PHYS[type_]
    return {"name": name, "type": type_, "not_null": "not_null" in words[2:]}


def index(words):
    at = words.index("(")
    options = words[2:at]
    constraint = int(options[options.index("constraint") + 1]) if "constraint" in options else 0
    return {"name": words[0], "oid": int(words[1]), "constraint": constraint, "primary": "primary" in options,
            "unique": "primary" in options or "unique" in options, "columns": words[at + 1:-1]}


def type_oid(tables, name):
    for table in tables:
        if name == "_" + table["name"]:
            return str(table["array"])
    return f"OID_{name[1:].upper()}_ARRAY" if name.startswith("_") else f"OID_{name.upper()}"


def header(tables):
    out, seen = [INTRO], set()

    def enum(name, words):
        for word in words:
            constant = word.split(" ")[0]
            if constant in seen:
                sys.exit(f"catalog.tables: the name {constant} would stand twice")
            seen.add(constant)
        tail = f" {name}" if name else ""
        lines = "".join(f"    {word},\n" for word in words)
        out.append(f"{'typedef ' if name else ''}enum{tail} {{\n{lines}}}{tail};\n")

    enum("CatalogTable", [t["name"].upper() for t in tables] + ["CATALOG_TABLE_COUNT"])
    indexes = [i for t in tables for i in t["indexes"]]
    enum("CatalogIndex", ["CAT_INDEX_NONE"] + [i["name"].upper() for i in indexes] + ["CATALOG_INDEX_COUNT"])
    out.append("\n/* OIDs of the catalogs: classid in pg_depend and its like. */\n")
    enum("", [f"CLASS_{t['name'].upper()} = {t['oid']}" for t in tables])
    out.append("\n/* Columns, from 0 (attnum - 1), and how many there are with the hidden ones. */\n")
    for t in tables:
        prefix = t["name"].upper() + "_"
        enum("", [prefix + c["name"].upper() for c in t["columns"]] + [prefix + "COLUMNS"])
    most = max(len(t["columns"]) for t in tables)
    enum("", [f"CATALOG_COLUMNS_MAX = {most}"])
    out.append(TYPES)
    return "".join(out)


def c_bool(value):
    return "true" if value else "false"


def source(tables):
    out = ['/* Made by tools/gen_catalog_tables.py of catalog.tables. */\n#include "catalog/catalog_tables.h"\n\n'
           '#include "base/oids.h"\n\n']
    for t in tables:
        out.append(f"static const CatalogColumn columns_{t['name']}[] = {{\n")
        for i, c in enumerate(t["columns"]):
            phys = "STR" if c["type"].startswith("_") else PHYS[c["type"]]
            collation = 950 if c["type"].lstrip("_") in TEXTS else 0
            out.append(f'    {{"{c["name"]}", {type_oid(tables, c["type"])}, {collation}, PHYS_{phys}, '
                       f'{c_bool(c["not_null"])}, {c_bool(i >= t["visible"])}}},\n')
        out.append("};\n")
    out.append("\nconst CatalogTableInfo catalog_tables[CATALOG_TABLE_COUNT] = {\n")
    for t in tables:
        first = t["indexes"][0]["name"].upper() if t["indexes"] else "CAT_INDEX_NONE"
        out.append(f'    [{t["name"].upper()}] = {{"{t["name"]}", {t["oid"]}, {t["row"]}, {t["array"]}, '
                   f'{c_bool(t["shared"])}, {len(t["columns"])}, {t["visible"]}, columns_{t["name"]}, {first}, '
                   f'{len(t["indexes"])}}},\n')
    out.append("};\n\nconst CatalogIndexInfo catalog_indexes[CATALOG_INDEX_COUNT] = {\n")
    for t in tables:
        names = [c["name"] for c in t["columns"]]
        for i in t["indexes"]:
            columns = ", ".join(str(names.index(c)) for c in i["columns"])
            out.append(f'    [{i["name"].upper()}] = {{"{i["name"]}", {i["oid"]}, {i["constraint"]}, '
                       f'{t["name"].upper()}, {c_bool(i["unique"])}, {c_bool(i["primary"])}, {len(i["columns"])}, '
                       f'{{{columns}}}}},\n')
    out.append("};\n")
    return "".join(out)


def main():
    tables = read(sys.argv[1])
    Path(sys.argv[2]).write_text(header(tables))
    Path(sys.argv[3]).write_text(source(tables))


if __name__ == "__main__":
    main()
