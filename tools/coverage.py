#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Line coverage of rooms, from the counters that a run of the coverage build left.

    tools/coverage.py build/coverage ROOM...
"""

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from tree import ROOT

# Rooms that promise a share of lines reached by unit tests, in percent.
PROMISED = {"base": 90.0, "os": 90.0}


def main():
    build, rooms = Path(sys.argv[1]).resolve(), sys.argv[2:]
    summary = build / "coverage.json"
    ours = f"{ROOT}/src/({'|'.join(rooms)})/"
    subprocess.run(["gcovr", "--root", ROOT, "--object-directory", build, "--filter", ours,
                    "--json-summary", summary, build], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    lines, covered = defaultdict(int), defaultdict(int)
    worst = defaultdict(list)
    for entry in json.loads(summary.read_text())["files"]:
        room = Path(entry["filename"]).parts[1]
        lines[room] += entry["line_total"]
        covered[room] += entry["line_covered"]
        worst[room].append((entry["line_total"] - entry["line_covered"], entry["filename"]))
    bad = False
    for room in sorted(lines):
        percent = 100.0 * covered[room] / lines[room] if lines[room] else 100.0
        promised = PROMISED.get(room)
        too_low = promised is not None and percent < promised
        bad = bad or too_low
        note = "" if promised is None else f"   promised {promised:.0f} %{': TOO LOW' if too_low else ''}"
        print(f"{room:10} {percent:6.1f} %  {covered[room]:6} of {lines[room]:6} lines{note}")
        if too_low:
            for missed, name in sorted(worst[room], reverse=True)[:10]:
                print(f"           {missed:6} lines missed in {name}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
