#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of the judging itself: the corpus's format, the mutator, and compare.py against programs
whose answers are known. Needs the witness (setup.sh --witness)."""

import os
import subprocess
import sys
import tempfile
import textwrap
import unittest

import accept
import corpus
import mutate
from witness import Witness

HERE = corpus.HERE
BENCH = os.path.join(HERE, "bench")
PAGE = "abort"

# A program that answers from the corpus; `fault` is what it does wrong.
FAKE = r'''
import sys
sys.path.insert(0, sys.argv[1])
import corpus
fault = sys.argv[2]
known = {e.sql: e.expected for page in corpus.load_pages(sys.argv[3:]) for e in page.entries}
out = sys.stdout.buffer
while line := sys.stdin.buffer.readline():
    sql = sys.stdin.buffer.read(int(line)).decode()
    v = known.get(sql, corpus.Verdict())
    if fault == "dies" and v.ok and "WORK" in sql:
        sys.exit(3)
    if fault == "garbage":
        out.write(b"what?\n")
    elif v.ok and fault != "rejects":
        if fault == "drops chain":
            sql = sql.replace("CHAIN", "").replace("AND", "").replace("NO", "")
        data = sql.encode()
        out.write(b"ok\n%d\n%s" % (len(data), data))
    elif v.ok:
        out.write(b"error 42601 1 no\n")
    elif fault == "accepts":
        out.write(b"ok\n0\n\n")
    else:
        position = v.position + (fault == "position")
        message = v.message + ("!" if fault == "message" else "")
        state = "42000" if fault == "state" else v.sqlstate
        text = "error %s %d %s" % (state, position, message.replace("\n", "\\n"))
        if v.hint and fault != "hint":
            text += "\tHINT: " + v.hint
        if v.detail:
            text += "\tDETAIL: " + v.detail
        out.write(text.encode() + b"\n")
    out.flush()
'''


class CompareTest(unittest.TestCase):
    def run_compare(self, fault, *more, page=PAGE):
        with tempfile.TemporaryDirectory() as folder:
            fake = os.path.join(folder, "fake.py")
            with open(fake, "w", encoding="ascii") as f:
                f.write(FAKE)
            done = subprocess.run(
                [sys.executable, os.path.join(HERE, "compare.py"), page, *more,
                 "--program", sys.executable, fake, HERE, fault, page],
                capture_output=True, text=True, check=False)
        self.assertEqual(done.stderr, "")
        return done.returncode, done.stdout

    def summary(self, out):
        line = next(line for line in out.split("\n") if line.startswith("corpus "))
        return [float(word.rstrip("%")) for word in line.split()[1:5]]

    def test_right_program_passes(self):
        code, out = self.run_compare("none")
        self.assertEqual((code, self.summary(out)), (0, [100, 100, 100, 100]))

    def test_hints_are_compared(self):
        page = "literals"
        self.assertEqual(self.run_compare("none", page=page)[0], 0)
        code, out = self.run_compare("hint", page=page)
        accepted, error, tree, same_print = self.summary(out)
        self.assertEqual((code, accepted, tree, same_print), (1, 100, 100, 100))
        self.assertLess(error, 100)

    def test_wrong_errors_are_found(self):
        for fault in ("position", "message", "state"):
            code, out = self.run_compare(fault)
            self.assertEqual((code, self.summary(out)), (1, [100, 0, 100, 100]), fault)
            self.assertEqual(self.run_compare(fault, "--min-error", "0")[0], 0)

    def test_wrong_verdicts_are_found(self):
        accepted, rejected = corpus.load_page(PAGE).counts()
        share = 100.0 * rejected / (accepted + rejected)
        code, out = self.run_compare("rejects")
        self.assertEqual(code, 1)
        self.assertAlmostEqual(self.summary(out)[0], share, delta=0.01)
        self.assertEqual(self.summary(out)[1:], [100, 0, 0])
        code, out = self.run_compare("accepts")
        self.assertEqual(code, 1)
        self.assertAlmostEqual(self.summary(out)[0], 100 - share, delta=0.01)

    def test_wrong_trees_are_found(self):
        code, out = self.run_compare("drops chain")
        self.assertEqual(code, 1)
        accepted, error, tree, same_print = self.summary(out)
        self.assertEqual((accepted, error), (100, 100))
        self.assertLess(tree, 100)

    def test_death_fails_and_is_survived(self):
        least = ("--min-accept", "0", "--min-tree", "0", "--min-error", "0")
        code, out = self.run_compare("dies", *least)
        self.assertEqual(code, 1)
        self.assertIn("died", out)
        self.assertGreater(self.summary(out)[0], 50)
        self.assertEqual(self.run_compare("garbage", *least)[0], 1)

    def test_mutants_are_judged(self):
        least = ("--mutants", "40", "--min-mutant", "0", "--min-mutant-error", "0")
        code, out = self.run_compare("unknown accepted", *least)
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"mutants of seed 1: accept \d+\.\d\d% error 100.00%")
        code, out = self.run_compare("unknown accepted", *least[:2], "-v", "0")
        self.assertEqual(code, 1)
        self.assertRegex(out, r"\nmutant: \d+\.\d\d% is under 100.0%")

    def test_bench_statements_are_good(self):
        witness = Witness()
        for name in corpus.page_names(BENCH):
            with open(os.path.join(BENCH, name + ".sql"), encoding="utf-8") as f:
                entries = corpus.parse_page(name, f.read()).entries
            self.assertGreater(len(entries), 5)
            for entry in entries:
                self.assertTrue(entry.expected.ok and witness.ask(entry.sql)[0].ok, entry.sql)
        witness.close()

    def test_disagreements_are_limited(self):
        out = self.run_compare("message", "-v", "2")[1]
        self.assertEqual(out.count("    expected "), 2)
        self.assertIn("more (-v N shows N)", out)


class FormatTest(unittest.TestCase):
    TEXT = textwrap.dedent(
        r"""
        -- a page

        -- ok
        -- notice 01000 8: GLOBAL\n is
        SELECT 1;

        ;  $$ x $$

        -- error 3 22025: bad\\\n
        -- detail: d
        -- hint: h
        -- witness: error 4: other
        -- comment

        -- error 0: last
        x
        """
    ).lstrip("\n")

    def test_round_trip(self):
        page = corpus.parse_page("p", self.TEXT)
        self.assertEqual(corpus.format_page(page), self.TEXT)
        first, second, third = page.entries
        self.assertEqual(first.sql, "SELECT 1;\n\n;  $$ x $$")
        self.assertEqual(first.expected.notices, (("01000", 8, "GLOBAL\n is"),))
        self.assertEqual(second.expected.message, "bad\\\n")
        self.assertEqual((second.expected.hint, second.expected.detail), ("h", "d"))
        self.assertEqual((second.judged.message, second.sql), ("other", "-- comment"))
        self.assertEqual((third.expected.position, third.sql), (0, "x"))

    def test_every_page_is_written_as_read(self):
        for name in corpus.page_names():
            with open(corpus.page_path(name), encoding="utf-8", newline="") as f:
                text = f.read()
            self.assertEqual(corpus.format_page(corpus.parse_page(name, text)), text, name)

    def test_expand(self):
        self.assertEqual(list(accept.expand("a {b|c|} {x|y}")), ["a b x", "a c y", "a x"])
        self.assertEqual(list(accept.expand("*{a|b}{c|d}")), ["ac", "ad", "bc", "bd"])


class WitnessTest(unittest.TestCase):
    def test_trees(self):
        witness = Witness()

        def tree(sql):
            return witness.ask(sql)[1].tree

        self.assertEqual(tree("SELECT a,b FROM t WHERE c IN (1)"),
                         tree(" SELECT  a, (b)\nFROM t WHERE (c) IN ( 1 ) ;"))
        self.assertNotEqual(tree("SELECT 1"), tree("SELECT 2"))
        self.assertEqual(tree(""), tree("-- nothing"))
        self.assertEqual(tree("SET TIME ZONE 'x'"), tree("SET timezone = 'x'"))
        self.assertEqual(str(witness.ask("SELECT 'é' FROM FROM")[0]),
                         'error 17: syntax error at or near "FROM"')
        witness.close()


class MutateTest(unittest.TestCase):
    def test_tokens(self):
        sql = "SELECT 'a''b', E'\\'', $x$ ; $x$, \"q\"\"\", a::int /* c */ <= 1.5e3 -- end"
        tokens, blanks = mutate.split_tokens(sql)
        self.assertEqual(tokens, ["SELECT", "'a''b'", ",", "E'\\''", ",", "$x$ ; $x$", ",", '"q"""',
                                  ",", "a", "::", "int", "<=", "1.5e3"])
        self.assertEqual(mutate.join_tokens(tokens, blanks), sql[: sql.index(" -- end")])

    def test_seeded_and_distinct(self):
        entries = [("p", "SELECT a, b FROM t WHERE c = 1"), ("q", "DROP TABLE t CASCADE")]
        one = list(mutate.mutants(entries, 200, 7))
        self.assertEqual(one, list(mutate.mutants(entries, 200, 7)))
        self.assertNotEqual(one, list(mutate.mutants(entries, 200, 8)))
        self.assertEqual(len({sql for _, sql in one}), 200)


if __name__ == "__main__":
    unittest.main()
