# SPDX-License-Identifier: Apache-2.0
"""The corpus of SQL statements: its file format.

A page is corpus/<name>.sql. Lines before the first header are the page's own comment. A header
opens an entry and tells what PostgreSQL 18's raw parser says of it:

    -- ok
    -- error POSITION: MESSAGE                (SQLSTATE 42601)
    -- error POSITION SQLSTATE: MESSAGE

POSITION is 1-based in characters, 0 if the server gives none. Lines of these forms may follow the
header; in them and in MESSAGE a backslash, a newline and a tab are written \\\\, \\n and \\t:

    -- hint: TEXT              -- detail: TEXT             of an error
    -- notice SQLSTATE POSITION: MESSAGE                   sent while parsing, accepted or not
    -- witness: ok             -- witness: error POSITION: MESSAGE
                               what the witness answers where it differs from the server

The statement is the lines up to the next header, joined by newlines, empty lines at its end cut
off. It stands exactly as it is sent: semicolons, quotes and comments mean nothing to the format.
"""

import os
import re
from dataclasses import dataclass, field

HERE = os.path.dirname(os.path.abspath(__file__))
CORPUS = os.path.join(HERE, "corpus")
HEADER = re.compile(r"-- (?:(ok)|error (\d+)(?: ([0-9A-Z]{5}))?: (.*))\Z")
NOTICE = re.compile(r"-- notice ([0-9A-Z]{5}) (\d+): (.*)\Z")
WITNESS = re.compile(r"-- witness: (?:(ok)|error (\d+): (.*))\Z")
SYNTAX_ERROR = "42601"


@dataclass(frozen=True)
class Verdict:
    """Accepted (message None), or rejected with what a client is told."""

    message: str | None = None
    position: int = 0
    sqlstate: str = SYNTAX_ERROR
    hint: str = ""
    detail: str = ""
    notices: tuple = ()

    @property
    def ok(self):
        return self.message is None

    def __str__(self):
        if self.ok:
            return "ok"
        state = "" if self.sqlstate == SYNTAX_ERROR else " " + self.sqlstate
        return f"error {self.position}{state}: {escape(self.message)}"


@dataclass
class Entry:
    sql: str
    expected: Verdict
    witness: Verdict | None = None  # None: as expected

    @property
    def judged(self):
        """What the witness is known to answer."""
        return self.witness or self.expected


@dataclass
class Page:
    name: str
    comment: list = field(default_factory=list)
    entries: list = field(default_factory=list)

    def counts(self):
        accepted = sum(e.expected.ok for e in self.entries)
        return accepted, len(self.entries) - accepted


def escape(text):
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def unescape(text):
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text)


def parse_header(line):
    """The verdict a header line states, or None if it is not one."""
    m = HEADER.match(line)
    if not m:
        return None
    if m[1]:
        return {"message": None}
    return {"message": unescape(m[4]), "position": int(m[2]), "sqlstate": m[3] or SYNTAX_ERROR}


def parse_page(name, text):
    page = Page(name)
    lines = text.split("\n")
    at = 0
    while at < len(lines) and parse_header(lines[at]) is None:
        page.comment.append(lines[at])
        at += 1
    while page.comment and not page.comment[-1]:
        page.comment.pop()
    while at < len(lines):
        verdict, witness, notices = parse_header(lines[at]), None, []
        at += 1
        while at < len(lines):
            line = lines[at]
            if line.startswith("-- hint: "):
                verdict["hint"] = unescape(line[9:])
            elif line.startswith("-- detail: "):
                verdict["detail"] = unescape(line[11:])
            elif m := NOTICE.match(line):
                notices.append((m[1], int(m[2]), unescape(m[3])))
            elif m := WITNESS.match(line):
                witness = Verdict() if m[1] else Verdict(unescape(m[3]), int(m[2]))
            else:
                break
            at += 1
        body = []
        while at < len(lines) and parse_header(lines[at]) is None:
            body.append(lines[at])
            at += 1
        while body and not body[-1]:
            body.pop()
        verdict = Verdict(**verdict, notices=tuple(notices))
        page.entries.append(Entry("\n".join(body), verdict, witness))
    return page


def format_page(page):
    out = list(page.comment)
    for entry in page.entries:
        v = entry.expected
        if out:
            out.append("")
        out.append(f"-- {v}")
        if v.detail:
            out.append(f"-- detail: {escape(v.detail)}")
        if v.hint:
            out.append(f"-- hint: {escape(v.hint)}")
        for sqlstate, position, message in v.notices:
            out.append(f"-- notice {sqlstate} {position}: {escape(message)}")
        if entry.witness:
            out.append(f"-- witness: {entry.witness}")
        out.append(entry.sql)
    return "\n".join(out) + "\n"


def page_path(name):
    return os.path.join(CORPUS, name + ".sql")


def page_names(folder=CORPUS):
    return sorted(f[:-4] for f in os.listdir(folder) if f.endswith(".sql"))


def load_page(name):
    with open(page_path(name), encoding="utf-8", newline="") as f:
        return parse_page(name, f.read())


def save_page(page):
    with open(page_path(page.name), "w", encoding="utf-8", newline="") as f:
        f.write(format_page(page))


def load_pages(names=None):
    return [load_page(name) for name in (names or page_names())]
