# SPDX-License-Identifier: Apache-2.0
"""Reads C well enough to check the house rules: comments and literals blanked, includes, functions, identifiers.

No parser: the layout is pinned by clang-format and the style is narrow, so statements at the outermost level can be
told apart by their parentheses and braces.
"""

import bisect
import re
from collections import Counter, namedtuple

Function = namedtuple("Function", "name line end_line")  # end_line: of the closing brace; of the name in a declaration
Include = namedtuple("Include", "line path is_system")

COMMENT_OR_LITERAL = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.MULTILINE | re.DOTALL)
TOKEN = re.compile(r"[A-Za-z_]\w*|[(){}\[\];=]")
IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
NOT_A_FUNCTION = set("""__attribute__ alignas _Alignas _Atomic typeof __typeof__ static_assert _Static_assert int char
    void bool float double short long unsigned signed if while for switch return sizeof asm __asm__ defined""".split())


def blank(match):
    """Spaces of the same shape, so that lines and columns stay."""
    return re.sub(r"[^\n]", " ", match.group())


def without_comments(text):
    return COMMENT_OR_LITERAL.sub(lambda m: blank(m) if m.group().startswith("/") else m.group(), text)


def is_function_name(name):
    return name not in NOT_A_FUNCTION and not name.isupper()


class Source:
    """One C file. `room` is the folder below src/, or None."""

    def __init__(self, path, relative, room):
        self.path = path
        self.relative = relative
        self.room = room
        self.text = path.read_text(encoding="utf-8")
        commentless = without_comments(self.text)
        self.code = COMMENT_OR_LITERAL.sub(blank, commentless)
        self.line_starts = [0] + [m.end() for m in re.finditer("\n", self.text)]
        self.includes = [Include(self.line_at(m.start()), m.group(1) or m.group(2), m.group(1) is None)
                         for m in INCLUDE.finditer(commentless)]
        self.identifiers = Counter(IDENTIFIER.findall(self.code))
        self.declared, self.defined = [], []
        self.read_functions()

    def line_at(self, position):
        return bisect.bisect_right(self.line_starts, position)

    def line_count(self):
        return self.text.count("\n")

    def read_functions(self):
        code = DIRECTIVE.sub(blank, self.code)
        braces = parens = 0
        statement = Statement()
        body_of = None
        for match in TOKEN.finditer(code):
            token = match.group()
            if braces == 0 and token not in "{}":
                if token == ";" and parens == 0:
                    if statement.is_declaration():
                        line = self.line_at(statement.position)
                        self.declared.append(Function(statement.name, line, line))
                    statement = Statement()
                else:
                    statement.add(token, match.start(), parens)
                    parens += (token == "(") - (token == ")")
            elif token == "{":
                if braces == 0 and statement.is_function():
                    body_of = statement
                braces += 1
            elif token == "}":
                braces -= 1
                if braces == 0 and body_of:
                    line, end_line = self.line_at(body_of.position), self.line_at(match.start())
                    self.defined.append(Function(body_of.name, line, end_line))
                    statement, body_of = Statement(), None


class Statement:
    """What was read at the outermost level since the last statement's end."""

    def __init__(self):
        self.first = self.previous = self.name = None
        self.position = self.word_count = 0
        self.previous_position = self.words_before_name = 0
        self.has_equals = False

    def add(self, token, position, parens):
        if self.first is None:
            self.first = token
        if parens == 0:
            if token == "=":
                self.has_equals = True
            elif token == "(" and IDENTIFIER.fullmatch(self.previous or "") and is_function_name(self.previous):
                self.name, self.position = self.previous, self.previous_position
                self.words_before_name = self.word_count - 1
            elif IDENTIFIER.fullmatch(token):
                self.word_count += 1
        self.previous, self.previous_position = token, position

    def is_function(self):
        return self.name is not None and not self.has_equals and self.first not in ("typedef", "extern")

    def is_declaration(self):
        """A type must stand before the name: `Status (*hook)(void)` is no function called Status."""
        return self.name is not None and not self.has_equals and self.first != "typedef" and self.words_before_name > 0
