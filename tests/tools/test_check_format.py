# SPDX-License-Identifier: Apache-2.0
"""Long comment lines are broken without losing a word; tables, code and what is short stay as they are."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

from check_format import CommentBreaker  # noqa: E402
from check_layers import COLUMNS_MAX  # noqa: E402

LONG = "word " * 23 + "words"  # 120 columns


def fixed(text):
    breaker = CommentBreaker()
    for line in text.splitlines():
        breaker.add(line)
    return breaker.lines


class CommentBreakerTest(unittest.TestCase):
    def check(self, before, after):
        self.assertEqual(fixed("\n".join(before)), after)
        self.assertEqual(fixed("\n".join(after)), after)  # once is enough
        self.assertTrue(all(len(line) <= COLUMNS_MAX for line in after))

    def test_short_lines_stay(self):
        lines = ["/* idea", " *   0  4  crc", " */", "int x;   /* why */", "#define X(a) \\", "    a"]
        self.check(lines, lines)

    def test_the_rest_goes_to_the_next_line_of_prose(self):
        self.check([f"/* {LONG} more", " * and on. */"],
                   [f"/* {LONG.removesuffix(' words')}", " * words more and on. */"])

    def test_the_rest_stays_out_of_tables_and_lists(self):
        for follower in (" *   0  4  crc", " * - a point", " *", " */"):
            with self.subTest(follower):
                end = [] if follower == " */" else [" */"]
                self.check([f"/* {LONG}", follower, *end],
                           [f"/* {LONG.removesuffix(' words')}", " * words", follower, *end])

    def test_the_end_of_a_comment_is_not_left_alone(self):
        self.check([f"    /* {LONG} */", "    int x;"],
                   [f"    /* {LONG.removesuffix(' word words')}", "     * word words */", "    int x;"])

    def test_a_comment_behind_code_moves_above(self):
        self.check([f"    int x; /* {LONG[:107]} */"], [f"    /* {LONG[:107]} */", "    int x;"])

    def test_code_and_strings_stay(self):
        line = f'const char *text = "/* {LONG} */";'
        self.assertEqual(fixed(line), [line])


if __name__ == "__main__":
    unittest.main()
