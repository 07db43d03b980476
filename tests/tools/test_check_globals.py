# SPDX-License-Identifier: Apache-2.0
"""Mutable globals are found in compiled libraries, constants and the allowed ones are not."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

from check_globals import violations  # noqa: E402

CODE = """
int zeroed;
static int set = 3;
_Thread_local int task_current;
_Thread_local int of_thread;
const char *const names[] = { "x", "y" };
static const int numbers[] = { 1, 2 };
static int mark __attribute__((section("tusk_marks"), used)) = 1;
int f(int n)
{
    static int inside;
    static const char *const texts[] = { "q", "r" };
    return inside++ + set++ + zeroed + of_thread + numbers[n] + texts[n][0];
}
"""


class CheckGlobalsTest(unittest.TestCase):
    def test_mutable_globals(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "x.c").write_text(CODE)
            for room, flags in (("base", ["-O2"]), ("os", ["-O0", "-g", "-fPIC"])):
                subprocess.run(["gcc", *flags, "-c", "x.c", "-o", f"{room}.o"], cwd=folder, check=True)
                subprocess.run(["ar", "rcs", f"libtusk_{room}.a", f"{room}.o"], cwd=folder, check=True)
            found = sorted((room, variable) for room, variable, _, _ in violations(folder))
        variables = ["inside", "of_thread", "set", "zeroed"]
        wanted = [("base", v) for v in variables] + [("os", v) for v in sorted([*variables, "task_current"])]
        self.assertEqual(found, wanted)


if __name__ == "__main__":
    unittest.main()
