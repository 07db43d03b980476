#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No mutable globals: tools/check_globals.py BUILD looks at what the compiler put into writable sections.

State hangs off a Server, and several servers live in one process (docs/design.md, section 2). A variable of static
storage that can be written, also one inside a function, is a violation unless the table below gives a reason. Constant
data with relocations (.data.rel.ro) is not writable once the program runs.
"""

import re
import subprocess
import sys
from pathlib import Path

WRITABLE = re.compile(r"\.(data|bss|tdata|tbss)(?!\.rel\.ro)(\.|$)|COMMON")
SYMBOL = re.compile(r"^[0-9a-f]+ (.{7}) (\S+)\s+[0-9a-f]+ (?:\.hidden )?(\S+)$")
MEMBER = re.compile(r"^(\S+\.o):\s+file format")

# room -> variable -> why.
ALLOWED = {
    "base": {
        "task_current": "the one thread-local: the running task",
        "injected": "allocation failures that a test asked for; a release has none",
    },
}


def writable_symbols(library):
    """Yields (object file, section, variable)."""
    listing = subprocess.run(["objdump", "-t", library], text=True, stdout=subprocess.PIPE, check=True).stdout
    member = library.name
    for line in listing.splitlines():
        if match := MEMBER.match(line):
            member = match.group(1)
        elif match := SYMBOL.match(line):
            flags, section, name = match.groups()
            # Thread-local variables carry no flag O; the sections themselves carry d.
            if WRITABLE.match(section) and "d" not in flags and ("O" in flags or section.startswith(".t")):
                yield member, section, name


def violations(build):
    """Yields (room, variable, object file, section)."""
    for library in sorted(build.glob("libtusk_*.a")):
        room = library.stem.removeprefix("libtusk_")
        for member, section, name in writable_symbols(library):
            variable = re.sub(r"\.\d+$", "", name)  # a static inside a function is numbered
            if variable not in ALLOWED.get(room, {}):
                yield room, variable, member, section


def main():
    found = list(violations(Path(sys.argv[1])))
    for room, variable, member, section in found:
        print(f"{room}: {variable} in {member} ({section}) is a mutable global")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
