#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Finds the unit tests: tests/unit/<room>/test_<topic>.c is one cmocka program named <room>-test_<topic>.

    tools/list_tests.py            a line a program: name, source
    tools/list_tests.py --meson    room|program|sources|link arguments, for tests/meson.build

A test may put functions of its own in front of a library's: each line `WRAP(type, name, ...` or `WRAP_BY_HAND(...` of
its source names one, whose calls the linker then leads to the test (ld's --wrap).

A room's tests are built once the room is: a folder without src/<room>/meson.build is an error, not a silent skip.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TSAN_MARK = "/* tsan: yes */"
WRAPPED = re.compile(r"^WRAP(?:_BY_HAND)?\([^,]+, (\w+)", re.MULTILINE)


class UnitTest:
    def __init__(self, source):
        self.source = source
        self.room = source.parent.name
        self.program = f"{self.room}-{source.stem}"

    def runs_under_tsan(self):
        """A test that starts threads says so in a line of its own."""
        return any(line.strip() == TSAN_MARK for line in self.source.read_text().splitlines())

    def link_arguments(self):
        return [f"-Wl,--wrap={name}" for name in WRAPPED.findall(self.source.read_text())]


def find_tests(root=ROOT):
    return [UnitTest(source) for source in sorted(root.glob("tests/unit/*/test_*.c"))]


def shared_sources(folder):
    return [source for source in sorted(folder.glob("*.c")) if not source.name.startswith("test_")]


def main():
    for test in find_tests():
        if not (ROOT / "src" / test.room / "meson.build").is_file():
            sys.exit(f"{test.source}: src/{test.room}/meson.build does not exist")
        if "--meson" in sys.argv:
            sources = [test.source, *shared_sources(test.source.parent)]
            print(test.room, test.program, " ".join(str(s.relative_to(ROOT / "tests")) for s in sources),
                  " ".join(test.link_arguments()), sep="|")
        else:
            print(test.program, test.source.relative_to(ROOT))


if __name__ == "__main__":
    main()
