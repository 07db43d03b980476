#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""All C files are laid out as .clang-format says; --fix makes them so. The version is pinned: others differ.

clang-format leaves the text of comments alone (it would run a table into one paragraph). So --fix also breaks comment
lines that are too long, and moves a comment above the code it stood behind when both do not fit into one line. What is
left is found by the rule `columns` of tools/check_layers.py.

Laying out is slow: files that were found good are remembered in build/formatted, by a digest of their bytes and of
.clang-format.
"""

import hashlib
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from check_layers import COLUMNS_MAX
from tree import ROOT, c_files

CLANG_FORMAT = "clang-format-14"
REMEMBERED = ROOT / "build" / "formatted"
BEHIND_CODE = re.compile(r"^(?P<indent>\s*)(?P<code>[^\s/*].*?)\s*(?P<comment>/\*(?:(?!\*/).)*\*/)$")
COMMENT_LINE = re.compile(r"^(?P<indent>\s*)(?P<mark>/\*+ |\* |)(?P<text>\s*\S.*)$")


def format_in_place(paths):
    subprocess.run([CLANG_FORMAT, "--style=file", "-i", *paths], cwd=ROOT, check=True)


def is_formatted(path):
    result = subprocess.run([CLANG_FORMAT, "--style=file", path], cwd=ROOT, stdout=subprocess.PIPE)
    return result.returncode == 0 and result.stdout == path.read_bytes()


class CommentBreaker:
    """Passes lines through and breaks those of comments that are too long. What is cut off goes before the text of the
    next line where that is prose of the same comment (one space after its star), else on a line of its own."""

    def __init__(self):
        self.lines = []
        self.cut_off = None  # (opening of its line, text)
        self.in_comment = False

    def add(self, line):
        behind = None if self.in_comment or line.endswith("\\") else BEHIND_CODE.match(line)
        if behind and len(line) > COLUMNS_MAX:
            self.add(behind["indent"] + behind["comment"])
            self.lines.append(behind["indent"] + behind["code"])
            return
        line = self.with_cut_off(line)
        inside = self.in_comment
        opened, closed = line.rfind("/*"), line.rfind("*/")
        if opened != closed:
            self.in_comment = opened > closed
        while len(line) > COLUMNS_MAX and (rest := self.cut(line, inside)):
            kept, opening, text = rest
            self.lines.append(kept)
            if text.endswith("*/") or len(opening) + len(text) > COLUMNS_MAX:
                line, inside = opening + text, True
            else:
                self.cut_off = opening, text
                return
        self.lines.append(line)

    def with_cut_off(self, line):
        """The line with what was cut off before; where that does not fit in, it becomes a line."""
        if self.cut_off is None:
            return line
        opening, text = self.cut_off
        self.cut_off = None
        match = COMMENT_LINE.match(line)
        if match and match["mark"] == "* " and match["indent"] + "* " == opening and match["text"] != "/" and \
                not match["text"].startswith((" ", "-")):
            return f"{opening}{text} {match['text']}"
        self.lines.append(opening + text)
        return line

    @staticmethod
    def cut(line, inside):
        """(what stays, the opening of the next line, what goes there); None where the line cannot be cut."""
        match = COMMENT_LINE.match(line)
        if not match or not (inside or match["mark"].startswith("/*")):
            return None
        position = line.rfind(" ", 0, COLUMNS_MAX + 1)
        while position > 0 and line[position:].strip() == "*/":
            position = line.rfind(" ", 0, position)
        if position <= match.start("text"):
            return None
        mark = " * " if match["mark"].startswith("/*") else match["mark"]
        return line[:position].rstrip(), match["indent"] + mark, line[position:].strip()


def break_comments(path):
    text = path.read_text(encoding="utf-8")
    breaker = CommentBreaker()
    for line in text.splitlines():
        breaker.add(line)
    fixed = "\n".join(breaker.lines) + "\n"
    if fixed != text:
        path.write_text(fixed, encoding="utf-8")


def digest(path):
    return hashlib.sha256((ROOT / ".clang-format").read_bytes() + path.read_bytes()).hexdigest()


def remembered():
    return set(REMEMBERED.read_text().split()) if REMEMBERED.is_file() else set()


def remember(paths):
    REMEMBERED.parent.mkdir(exist_ok=True)
    REMEMBERED.write_text("".join(sorted(digest(path) + "\n" for path in paths)))


def main():
    good = remembered()
    everything = c_files(ROOT)
    paths = [path for path in everything if digest(path) not in good]
    if not paths:
        return
    if "--fix" in sys.argv:
        format_in_place(paths)
        for path in paths:
            break_comments(path)
        format_in_place(paths)
        remember(everything)
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        bad = [path for path, good in zip(paths, pool.map(is_formatted, paths)) if not good]
    for path in bad:
        print(f"{path.relative_to(ROOT)}: its layout differs from .clang-format: ./dev fmt mends it")
    remember(path for path in everything if path not in bad)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
