#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Judges Tusk's parser: runs the test program parse_witness over the corpus and over mutants of it.

The program is sent, for each statement, a line with its length in bytes (decimal) and the
statement itself, and answers one of

    ok <newline> LENGTH <newline> SQL
        accepted; SQL, of LENGTH bytes, is the tree written out as SQL again
    error SQLSTATE POSITION MESSAGE[<tab>HINT: ...][<tab>DETAIL: ...] <newline>
        POSITION is 1-based in characters, 0 if none; backslash, newline and tab are escaped in texts

It must flush after each answer; an empty line between answers is passed over. Looked at are:

    accept   whether accepted and rejected statements are told apart
    error    whether a rejected statement of the corpus gets the SQLSTATE, position, message, hint
             and detail a client of PostgreSQL sees
    tree     whether the SQL written out has the same raw parse tree as the statement, both parsed
             by the witness (`print` in the report: the same fingerprint, a weaker test)
    mutant   accept and error again, on mutants judged by the witness (or --oracle; without it
             those the witness is known to misread are passed over)
"""

import argparse
import itertools
import os
import subprocess
import sys
from dataclasses import dataclass, field, replace

import corpus
import mutate
from corpus import Verdict
from witness import ROOT, Oracle, Witness, batches, can_judge, request, same_rejection

MUTANTS_AT_ONCE = 2000
PROGRAM = os.path.join(ROOT, "build", "test", "tests", "parse", "parse_witness")


@dataclass
class Answer:
    verdict: Verdict
    sql: str = ""
    died: bool = False


class Program:
    """The program under test, started again when it dies."""

    def __init__(self, command):
        self.command = command
        self.deaths = 0
        self.process = None
        self.ahead = {}

    def start(self):
        if self.process is None:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def stop(self):
        self.process.kill()
        code = self.process.wait()
        self.process.stdout.close()
        self.process = None
        return code

    def ask(self, sql):
        if sql in self.ahead:
            return self.ahead.pop(sql)
        self.start()
        try:
            self.process.stdin.write(request(sql))
            self.process.stdin.flush()
            return self.read_answer()
        except (BrokenPipeError, EOFError, ValueError) as e:
            code = self.stop()
            self.deaths += 1
            return Answer(Verdict(f"(died: {e or type(e).__name__}, exit code {code})"), died=True)

    def ask_ahead(self, statements):
        """Keeps the answers to many statements for `ask`, but for those that kill the program."""
        for batch in batches(statements):
            self.start()
            try:
                self.process.stdin.write(b"".join(map(request, batch)))
                self.process.stdin.flush()
                for sql in batch:
                    self.ahead[sql] = self.read_answer()
            except (BrokenPipeError, EOFError, ValueError):
                self.stop()

    def read_line(self):
        line = self.process.stdout.readline()
        if not line.endswith(b"\n"):
            raise EOFError("end of output")
        return line[:-1].decode(errors="backslashreplace")

    def read_answer(self):
        line = self.read_line()
        while not line:
            line = self.read_line()
        if line == "ok":
            length = int(self.read_line())
            data = self.process.stdout.read(length)
            if len(data) < length:
                raise EOFError("end of output")
            return Answer(Verdict(), data.decode(errors="backslashreplace"))
        word, sqlstate, position, rest = (line + "   ").split(" ", 3)
        if word != "error":
            raise ValueError(f"bad answer {line!r}")
        message, *more = rest.rstrip(" ").split("\t")
        extra = dict(part.split(": ", 1) for part in more if ": " in part)
        return Answer(Verdict(message, int(position), sqlstate,
                              extra.get("HINT", ""), extra.get("DETAIL", "")))

    def close(self):
        if self.process:
            self.process.stdin.close()
            self.process.wait()
            self.process.stdout.close()


def same_text(got, expected):
    """Whether a text of an answer is the one expected, its newlines escaped or all of it."""
    return got in (expected.replace("\n", "\\n"), corpus.escape(expected))


def unescaped(verdict):
    return replace(verdict, message=corpus.unescape(verdict.message))


def same_error(got, expected):
    return (got.sqlstate == expected.sqlstate and got.position == expected.position
            and same_text(got.message, expected.message)
            and same_text(got.hint, expected.hint) and same_text(got.detail, expected.detail))


@dataclass
class Tally:
    """right and all by question."""

    right: dict = field(default_factory=dict)
    all: dict = field(default_factory=dict)

    def add(self, question, right):
        self.all[question] = self.all.get(question, 0) + 1
        self.right[question] = self.right.get(question, 0) + bool(right)

    def merge(self, other):
        for question in other.all:
            self.all[question] = self.all.get(question, 0) + other.all[question]
            self.right[question] = self.right.get(question, 0) + other.right[question]

    def percent(self, question):
        everything = self.all.get(question, 0)
        return 100.0 * self.right[question] / everything if everything else 100.0

    def wrong(self):
        return sum(self.all[q] - self.right[q] for q in self.all)


class Report:
    def __init__(self, limit):
        self.limit = limit
        self.shown = 0

    def show(self, page, question, sql, expected, got):
        self.shown += 1
        if self.shown <= self.limit:
            print(f"{page}: {question}\n    {sql!r}\n    expected {expected}\n    got      {got}")

    def rejection(self, page, question, sql, expected, got):
        def text(v):
            more = "".join(f" {k}: {t}" for k, t in (("HINT", v.hint), ("DETAIL", v.detail)) if t)
            return "ok" if v.ok else f"{v.sqlstate} {v.position} {v.message}{more}"

        self.show(page, question, sql, text(expected), text(got))


def check_tree(page, sql, answer, witness, tally, report):
    _, original = witness.ask(sql)
    if original is None:
        return  # the witness cannot read what the server can
    verdict, again = witness.ask(answer.sql)
    same = again is not None and again.tree == original.tree
    tally.add("tree", same)
    tally.add("print", again is not None and again.fingerprint == original.fingerprint)
    if not same:
        why = f"(rejected: {verdict})" if again is None else ""
        report.show(page, "tree", sql, "the same tree", f"{answer.sql!r} {why}")


def check_entry(page, entry, program, witness, tally, report):
    answer = program.ask(entry.sql)
    got, expected = answer.verdict, entry.expected
    agreed = not answer.died and got.ok == expected.ok
    tally.add("accept", agreed)
    if not agreed:
        report.rejection(page, "accept", entry.sql, expected, got)
    if not expected.ok:
        same = agreed and same_error(got, expected)
        tally.add("error", same)
        if agreed and not same:
            report.rejection(page, "error", entry.sql, expected, got)
    elif agreed:
        check_tree(page, entry.sql, answer, witness, tally, report)
    else:
        tally.add("tree", False)
        tally.add("print", False)


def ask_ahead(statements, program, witness, oracle):
    """Asks for what the checks of these statements will ask one by one."""
    program.ask_ahead(statements)
    accepted = [a.sql for a in map(program.ahead.get, statements) if a and a.verdict.ok]
    witness.ask_ahead(accepted if oracle else [*statements, *accepted])


def check_mutant(page, sql, program, witness, oracle, tally, report):
    answer = program.ask(sql)
    expected = oracle.ask(sql) if oracle else witness.ask(sql)[0]
    got = answer.verdict
    agreed = not answer.died and got.ok == expected.ok
    tally.add("mutant", agreed)
    if not agreed:
        report.rejection(page, "mutant", sql, expected, got)
    elif expected.ok:
        check_tree(page, sql, answer, witness, tally, report)
    else:
        same = same_error(got, expected) if oracle else same_rejection(expected, unescaped(got))
        tally.add("mutant error", same)
        if not same:
            report.rejection(page, "mutant error", sql, expected, got)


def check_mutants(mutants, program, witness, oracle, report):
    """The tally of mutants, pairs of a page's name and a statement."""
    tally = Tally()
    mutants = iter(mutants)
    while many := list(itertools.islice(mutants, MUTANTS_AT_ONCE)):
        judged = [(name, sql) for name, sql in many if oracle or can_judge(sql)]
        ask_ahead([sql for _, sql in judged], program, witness, oracle)
        for name, sql in judged:
            check_mutant(name, sql, program, witness, oracle, tally, report)
        witness.cache.clear()
    return tally


def show_tally(name, tally):
    def column(question):
        if not tally.all.get(question):
            return f"{'-':>8}"
        return f"{tally.percent(question):7.2f}%"

    columns = "".join(column(q) for q in ("accept", "error", "tree", "print"))
    print(f"{name:40}{columns}{tally.all.get('accept', 0):7}")


def compare(options):
    """The tallies of corpus and mutants."""
    program = Program(options.program)
    witness = Witness()
    oracle = Oracle(options.oracle) if options.oracle else None
    report = Report(options.verbose)
    pages = corpus.load_pages(options.pages)
    total = Tally()
    tallies = []
    for page in pages:
        tally = Tally()
        ask_ahead([entry.sql for entry in page.entries], program, witness, None)
        for entry in page.entries:
            check_entry(page.name, entry, program, witness, tally, report)
        total.merge(tally)
        tallies.append((page.name, tally))
    mutant = check_mutants(mutate.corpus_mutants(pages, options.mutants, options.seed), program, witness, oracle,
                           report)
    program.close()
    if report.shown > report.limit:
        print(f"... and {report.shown - report.limit} more (-v N shows N)")
    print(f"{'page':40}{'accept':>8}{'error':>8}{'tree':>8}{'print':>8}{'of':>7}")
    for name, tally in tallies:
        if options.every_page or tally.wrong():
            show_tally(name, tally)
    show_tally("corpus", total)
    if options.mutants:
        print(f"mutants of seed {options.seed}: accept {mutant.percent('mutant'):.2f}% "
              f"error {mutant.percent('mutant error'):.2f}% tree {mutant.percent('tree'):.2f}% "
              f"of {mutant.all.get('mutant', 0)}")
    if program.deaths:
        print(f"died {program.deaths} times")
    return total, mutant, program.deaths


def main():
    args = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("pages", nargs="*", help="pages of the corpus (default: all)")
    args.add_argument("--program", nargs="+", default=[PROGRAM], help="command to judge")
    args.add_argument("--oracle", metavar="CONNINFO", help="judge mutants by this server")
    args.add_argument("--mutants", type=int, default=0, metavar="N")
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("-v", "--verbose", type=int, default=20, metavar="N",
                      help="disagreements to show (default 20)")
    args.add_argument("--every-page", action="store_true", help="show pages without fault too")
    for question in ("accept", "error", "tree", "mutant", "mutant-error", "mutant-tree"):
        args.add_argument(f"--min-{question}", type=float, default=100.0, metavar="PERCENT")
    options = args.parse_args()
    total, mutant, deaths = compare(options)
    asked = ((total, "accept", options.min_accept), (total, "error", options.min_error),
             (total, "tree", options.min_tree), (mutant, "mutant", options.min_mutant),
             (mutant, "mutant error", options.min_mutant_error),
             (mutant, "tree", options.min_mutant_tree))
    failed = deaths > 0
    for tally, question, least in asked:
        if tally.percent(question) < least:
            print(f"{question}: {tally.percent(question):.2f}% is under {least}%")
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
