# SPDX-License-Identifier: Apache-2.0
"""Reads the SQL_...(...) lines of C files (src/base/fn.h): a declaration is the macro's name, its arguments as
text, and
where it stands. Shared by gen_catalog.py and catalog_missing.py."""

import re
from pathlib import Path

MACRO = re.compile(r"^(SQL_[A-Z_]+)\(", re.MULTILINE)
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", '"': '"', "'": "'"}


class DeclarationError(Exception):
    pass


class Declaration:
    """args: positional texts; named: designators {name: text}."""

    def __init__(self, macro, parts, path, line):
        self.macro, self.path, self.line = macro, path, line
        self.args, self.named = [], {}
        for part in parts:
            match = re.match(r"\.(\w+)\s*=\s*(.*)$", part, re.DOTALL)
            if match:
                self.named[match[1]] = match[2].strip()
            else:
                self.args.append(part)

    def fail(self, text):
        raise DeclarationError(f"{self.path}:{self.line}: {self.macro}: {text}")

    def number(self, text):
        if not re.fullmatch(r"\d+", text):
            self.fail(f"'{text}' is not a number")
        return int(text)

    def text(self, part):
        return c_string(part) if part is not None else None


def c_string(part):
    """The value of adjacent C string literals."""
    return "".join(re.sub(r"\\(.)", lambda m: ESCAPES.get(m[1], m[1]), piece) for piece in STRING.findall(part))


def c_literal(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def end_of_call(text, at):
    """Position behind the parenthesis that closes the one before `at`."""
    depth = 1
    while depth:
        match = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)\'|/\*.*?\*/|//[^\n]*|[()]', re.DOTALL).search(
            text, at
        )
        if not match:
            raise DeclarationError("a parenthesis is not closed")
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        at = match.end()
    return at


def split_arguments(text):
    text = re.sub(r'("(?:[^"\\]|\\.)*")|/\*.*?\*/', lambda m: m[1] or " ", text, flags=re.DOTALL)
    parts, depth, current = [], 0, ""
    for piece in re.findall(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)\'|[(){}\[\],]|[^"\'(){}\[\],]+', text):
        if piece in "({[":
            depth += 1
        elif piece in ")}]":
            depth -= 1
        if piece == "," and depth == 0:
            parts.append(current.strip())
            current = ""
        else:
            current += piece
    parts.append(current.strip())
    return [part for part in parts if part or len(parts) > 1]


def type_list(part):
    inner = part.strip()[1:-1].strip()
    return [name.strip() for name in inner.split(",")] if inner else []


def read_file(path):
    text = Path(path).read_text()
    for match in MACRO.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        try:
            end = end_of_call(text, match.end())
        except DeclarationError as error:
            raise DeclarationError(f"{path}:{line}: {error}") from None
        yield Declaration(match[1], split_arguments(text[match.end() : end - 1]), path, line)


def source_files(root):
    return sorted(path for path in Path(root).rglob("*.c"))
