#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes base/settings.h and settings_table.c of src/base/settings.txt: struct Settings with a typed field for every
setting of PostgreSQL 18, and the array of what pg_settings shows of each.

    tools/gen_settings.py SETTINGS_TXT HEADER SOURCE

A line of the table: name | type | unit | context | boot value | least | most | enum values | flags | category |
description,
apart by exactly " | ", since values may begin or end with a space.
"""

import re
import sys
from pathlib import Path

FIELDS = ("name", "type", "unit", "context", "boot", "least", "most", "values", "flags", "category", "text")
C_TYPES = {"bool": "bool", "integer": "int32_t", "real": "double", "string": "Str", "enum": "int32_t"}
KEYWORDS = {"default", "static", "register", "double"}


def read_table(path):
    settings = []
    for number, line in enumerate(Path(path).read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split(" | ")
        if len(parts) != len(FIELDS):
            sys.exit(f"{path}:{number}: {len(parts)} columns, expected {len(FIELDS)}")
        setting = dict(zip(FIELDS, parts))
        if setting["type"] not in C_TYPES:
            sys.exit(f"{path}:{number}: unknown type {setting['type']}")
        setting["values"] = setting["values"].split(",") if setting["values"] else []
        if setting["type"] == "enum" and setting["boot"] not in setting["values"]:
            sys.exit(f"{path}:{number}: boot value {setting['boot']} is not one of the values")
        settings.append(setting)
    names = [s["name"].lower() for s in settings]
    if len(set(names)) != len(names):
        sys.exit(f"{path}: a name stands twice")
    return sorted(settings, key=lambda s: s["name"].lower())


def field(setting):
    name = setting["name"].lower()
    return name + "_" if name in KEYWORDS else name


def constant(setting, value):
    return re.sub(r"\W", "_", f"SETTING_{setting['name']}_{value or 'none'}".upper())


def c_text(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def boot_initialiser(setting):
    kind, boot = setting["type"], setting["boot"]
    if kind == "bool":
        return "true" if boot == "on" else "false"
    if kind == "string":
        return f"STR_CONSTANT({c_text(boot)})"
    if kind == "enum":
        return constant(setting, boot)
    return str(int(boot, 0)) if kind == "integer" else boot


def write_header(settings, path):
    out = [
        "/* Made by tools/gen_settings.py of src/base/settings.txt. */",
        "#pragma once",
        "",
        '#include "base/base.h"',
        '#include "base/settings_meta.h"',
        "",
    ]
    for setting in settings:
        if setting["type"] == "enum":
            members = ", ".join(constant(setting, value) for value in setting["values"])
            out.append(f"enum {{ {members} }};")
    out += [
        "",
        "/* Strings point to memory of whoever set them. Enums hold the position among their values. */",
        "struct Settings {",
    ]
    for setting in settings:
        out.append(f"    {C_TYPES[setting['type']]} {field(setting)};")
    out += [
        "};",
        "",
        f"enum {{ SETTING_COUNT = {len(settings)} }};",
        "extern const SettingMeta setting_metas[SETTING_COUNT]; /* ordered by lower-case name */",
        "extern const Settings settings_boot;",
        "",
    ]
    Path(path).write_text("\n".join(out))


def write_source(settings, path):
    out = [
        "/* Made by tools/gen_settings.py of src/base/settings.txt. */",
        '#include "base/settings.h"',
        "",
        "#define STR_CONSTANT(text) {text, sizeof(text) - 1}",
        "",
    ]
    for setting in settings:
        if setting["type"] == "enum":
            values = ", ".join(c_text(value) for value in setting["values"])
            out.append(f"static const char *const values_{field(setting)}[] = {{{values}, NULL}};")
    out += ["", "const Settings settings_boot = {"]
    out += [f"    .{field(s)} = {boot_initialiser(s)}," for s in settings]
    out += ["};", "", "const SettingMeta setting_metas[SETTING_COUNT] = {"]
    for s in settings:
        values = f"values_{field(s)}" if s["type"] == "enum" else "NULL"
        flags = " | ".join("SETTING_" + flag for flag in s["flags"].split()) or "0"
        out.append(
            f"    {{{c_text(s['name'])}, SETTING_{s['type'].upper()}, "
            f"SETTING_CONTEXT_{s['context'].upper().replace('-', '_')}, "
            f"{flags}, offsetof(Settings, {field(s)}), {c_text(s['unit'])}, {c_text(s['boot'])}, "
            f"{s['least'] or 0}, {s['most'] or 0}, {values}, {c_text(s['category'])}, {c_text(s['text'])}}},"
        )
    out += ["};", ""]
    Path(path).write_text("\n".join(out))


def main():
    table, header, source = sys.argv[1:4]
    settings = read_table(table)
    write_header(settings, header)
    write_source(settings, source)


if __name__ == "__main__":
    main()
