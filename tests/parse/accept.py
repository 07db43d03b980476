#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the corpus against the witness and, with --oracle, a real server; or rewrites what it
expects (--rewrite), or adds statements (--add PAGE, read from stdin).

Fails when an expectation is wrong, when a page has under 15 accepted or 10 rejected statements, or
when the corpus has fewer statements than corpus/COUNT says: entries are never removed.

Statements to add stand one a line, or between lines <<< and >>>. A line may open with `!`: it
should be rejected (the tool reports where it is not what was meant). {a|b|c} stands for
alternatives: as many statements as the longest list has entries, the others repeat theirs; a line
that opens with `*` stands for every combination. A line
that opens with `=` (after the `!`, if any) is taken as it is. `# text` is a remark.
"""

import argparse
import itertools
import os
import re
import sys

import corpus
from corpus import Entry, Page, Verdict
from witness import Oracle, Witness, agrees

ACCEPTED_MIN, REJECTED_MIN = 15, 10
COUNT = os.path.join(corpus.CORPUS, "COUNT")


def expand(line):
    """The statements a line with alternatives stands for."""
    every = line.startswith("*")
    parts = re.split(r"\{([^{}]*)\}", line[every:])
    lists = [part.split("|") for part in parts[1::2]]
    if every:
        choices = itertools.product(*lists)
    else:
        longest = max([len(one) for one in lists], default=1)
        choices = ([one[i % len(one)] for one in lists] for i in range(longest))
    for choice in choices:
        out = parts[0] + "".join(c + rest for c, rest in zip(choice, parts[2::2]))
        yield re.sub(r"  +", " ", out).strip() if lists else out


def read_additions(text):
    """Yields (statement, meant to be accepted)."""
    lines = iter(text.split("\n"))
    for line in lines:
        if not line.strip() or line.startswith("# "):
            continue
        if line in ("<<<", "!<<<"):
            meant, body = line == "<<<", []
            for line in lines:
                if line == ">>>":
                    break
                body.append(line)
            yield "\n".join(body), meant
            continue
        meant = not line.startswith("!")
        line = line if meant else line[1:].lstrip()
        if line.startswith("="):
            yield line[1:], meant
        else:
            for sql in expand(line):
                yield sql, meant


class Judges:
    def __init__(self, conninfo):
        self.witness = Witness()
        self.oracle = Oracle(conninfo) if conninfo else None

    def fresh(self, entry):
        """The entry as the judges see it now."""
        seen, _ = self.witness.ask(entry.sql)
        if self.oracle:
            expected = self.oracle.ask(entry.sql)
        elif agrees(seen, entry.judged):
            return entry
        elif seen.ok:
            return Entry(entry.sql, Verdict(notices=entry.expected.notices))
        else:
            return Entry(entry.sql, Verdict(seen.message, seen.position))
        return Entry(entry.sql, expected, None if agrees(seen, expected) else seen)


def add(name, judges, text):
    page = corpus.load_page(name) if os.path.exists(corpus.page_path(name)) else Page(name)
    have = {entry.sql for entry in page.entries}
    for sql, meant in read_additions(text):
        if sql in have:
            continue
        have.add(sql)
        entry = judges.fresh(Entry(sql, Verdict("new")))
        if entry.expected.ok != meant:
            print(f"{name}: {entry.expected} <- {sql}")
        page.entries.append(entry)
    page.entries.sort(key=lambda entry: not entry.expected.ok)
    corpus.save_page(page)
    return page


def check_page(page, judges, rewrite):
    """The number of wrong expectations, shown."""
    wrong = 0
    have = set()
    fresh = []
    for entry in page.entries:
        now = judges.fresh(entry)
        fresh.append(now)
        if entry.sql in have:
            print(f"{page.name}: twice: {entry.sql}")
            wrong += 1
        have.add(entry.sql)
        if now != entry:
            wrong += 1
            print(f"{page.name}: {entry.sql!r}\n  expected {entry.expected}, witness {entry.judged}"
                  f"\n  now      {now.expected}, witness {now.judged}")
    if rewrite and fresh != page.entries:
        page.entries = fresh
        corpus.save_page(page)
        return 0
    return wrong


def read_count():
    if not os.path.exists(COUNT):
        return 0
    with open(COUNT, encoding="ascii") as f:
        return int(f.read())


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    args.add_argument("pages", nargs="*", help="pages to look at (default: all)")
    args.add_argument("--oracle", default=os.environ.get("TUSK_ORACLE"), metavar="CONNINFO")
    args.add_argument("--rewrite", action="store_true", help="write what the judges say")
    args.add_argument("--add", metavar="PAGE", help="add statements from stdin to a page")
    args.add_argument("--witness-only", action="store_true", help="ask no server, whatever TUSK_ORACLE says")
    args.add_argument("-q", "--quiet", action="store_true", help="no line a page")
    args = args.parse_args()
    judges = Judges(None if args.witness_only else args.oracle)
    if args.add:
        page = add(args.add, judges, sys.stdin.read())
        print("%s: %d accepted, %d rejected" % (page.name, *page.counts()))
        return 0

    wrong = thin = total = total_accepted = 0
    for page in corpus.load_pages(args.pages):
        judges.witness.ask_ahead(entry.sql for entry in page.entries)
        wrong += check_page(page, judges, args.rewrite)
        accepted, rejected = page.counts()
        total_accepted += accepted
        total += accepted + rejected
        few = accepted < ACCEPTED_MIN or rejected < REJECTED_MIN
        thin += few
        if not args.quiet or few:
            print(f"{page.name:40} {accepted:5} {rejected:5}{'  too few' if few else ''}")
    print(f"{'total':40} {total_accepted:5} {total - total_accepted:5}  {total}")
    lost = not args.pages and total < read_count()
    if lost:
        print(f"COUNT says {read_count()}: entries are never removed")
    if args.rewrite and not args.pages and not lost:
        with open(COUNT, "w", encoding="ascii") as f:
            f.write(f"{total}\n")
    if wrong or thin:
        print(f"{wrong} wrong expectations, {thin} pages with too few statements")
    return 1 if wrong or thin or lost else 0


if __name__ == "__main__":
    sys.exit(main())
