# SPDX-License-Identifier: Apache-2.0
"""What the test runner counts: nothing that went wrong may pass for a success."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

from run_tests import count_tap, count_unittest  # noqa: E402


class CountTest(unittest.TestCase):
    def test_cmocka(self):
        cases = [
            ("1..2\nok 1 - a\nok 2 - b\n# ok - tests\n", 0, (2, 0)),
            ("1..2\nok 1 - a\nnot ok 2 - b\n# 0x1 != 0x2\n", 1, (1, 1)),
            ("1..2\nok 1 - a\nnot ok 2 # SKIP b\n", 0, (1, 0)),
            ("1..2\nnot ok 1 - a Could not run test: Test setup failed\nok 2 - b\n", 1, (1, 1)),
            ("1..3\nok 1 - a\n", -11, (1, 2)),  # died in the second
            ("1..3\nok 1 - a\n", 0, (1, 2)),  # ended early, pleased with itself
            ("1..1\nok 1 - a\n", 99, (1, 1)),  # a sanitizer's report at exit
            ("1..1\nok 1 - a\nprinted: not ok at all\n", 0, (1, 0)),
            ("", 0, (0, 1)),
            ("", -6, (0, 1)),
            ("1..0\n", 0, (0, 1)),
        ]
        for output, exit_code, wanted in cases:
            with self.subTest(output=output, exit_code=exit_code):
                self.assertEqual(count_tap(output, exit_code), wanted)

    def test_unittest(self):
        cases = [
            ("...\nRan 3 tests in 0.1s\n\nOK\n", 0, (3, 0)),
            ("Ran 1 test in 0.1s\n\nOK\n", 0, (1, 0)),
            ("Ran 5 tests in 0.1s\n\nFAILED (failures=1, errors=2)\n", 1, (2, 3)),
            ("Ran 0 tests in 0.0s\n\nOK\n", 0, (0, 1)),
            ("Traceback\n", 1, (0, 1)),
            ("Ran 2 tests in 0.1s\n\nOK\n", 1, (1, 1)),
        ]
        for output, exit_code, wanted in cases:
            with self.subTest(output=output, exit_code=exit_code):
                self.assertEqual(count_unittest(output, exit_code), wanted)


if __name__ == "__main__":
    unittest.main()
