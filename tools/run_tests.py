#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs unit tests and adds up what they say.

    tools/run_tests.py BUILD [--tsan] [NAME...]    the cmocka programs of tests/unit, built in BUILD
    tools/run_tests.py --python                    the unittest files tests/tools/test_*.py

NAMEs choose the programs whose name contains one of them. Two programs run at a time, each with a time limit. A program
gets a line; one that failed has its whole output shown. A test that the program announced and did not finish counts
as failed, so does a program that ends badly. The last line is `N passed, N failed`.

Randomness: a program reads its seed from TUSK_SEED, the run's own seed. It is then run once more for each line
`program seed` of tests/seeds.txt: seeds that once found a bug.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from list_tests import ROOT, find_tests
from tree import PATIENCE

PROGRAMS_AT_ONCE = 2
SECONDS_MAX = 120 * PATIENCE  # a unit test program
SECONDS_MAX_SLOWED = 600 * PATIENCE  # the same under a sanitizer

# handle_*=2: cmocka's own signal handlers may not hide the sanitizer's report.
SANITIZER_OPTIONS = {
    "ASAN_OPTIONS": "handle_segv=2:handle_sigbus=2:handle_sigfpe=2:handle_sigill=2:strict_string_checks=1",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
    "TSAN_OPTIONS": "halt_on_error=1:second_deadlock_stack=1",
}

TAP_PLAN = re.compile(r"^1\.\.(\d+)\s*$", re.MULTILINE)
TAP_RESULT = re.compile(r"^(ok|not ok) \d+ (- |# SKIP)", re.MULTILINE)  # cmocka: a skipped test is "not ok N # SKIP"
UNITTEST_TOTAL = re.compile(r"^Ran (\d+) tests? in", re.MULTILINE)
UNITTEST_BAD = re.compile(r"\b(?:failures|errors|unexpected successes)=(\d+)")


class Job:
    def __init__(self, name, command, count, seed=None):
        self.name = name if seed is None else f"{name} (seed {seed})"
        self.command = command
        self.count = count
        self.seed = seed


def count_tap(output, exit_code):
    plan = TAP_PLAN.search(output)
    planned = int(plan.group(1)) if plan else 0
    results = TAP_RESULT.findall(output)
    passed = results.count(("ok", "- "))
    failed = results.count(("not ok", "- "))
    failed += max(0, planned - len(results))  # announced, never finished
    if failed == 0 and (exit_code != 0 or planned == 0):
        failed = 1
    return passed, failed


def count_unittest(output, exit_code):
    total = UNITTEST_TOTAL.search(output)
    if total is None or int(total.group(1)) == 0:
        return 0, 1
    failed = sum(int(n) for n in UNITTEST_BAD.findall(output.splitlines()[-1]))
    if failed == 0 and exit_code != 0:
        failed = 1
    return max(0, int(total.group(1)) - failed), failed


def read_seeds():
    path = ROOT / "tests" / "seeds.txt"
    lines = path.read_text().splitlines() if path.is_file() else []
    fields = [line.split("#")[0].split() for line in lines]
    return [(f[0], f[1]) for f in fields if f]


def cmocka_jobs(build, only_tsan):
    jobs = []
    seeds = read_seeds()
    for test in find_tests():
        if only_tsan and not test.runs_under_tsan():
            continue
        program = build / "tests" / test.program
        jobs.append(Job(test.program, [program], count_tap))
        jobs += [Job(test.program, [program], count_tap, seed) for name, seed in seeds if name == test.program]
    return jobs


def python_jobs():
    return [Job(path.stem, [sys.executable, "-m", "unittest", path], count_unittest)
            for path in sorted((ROOT / "tests" / "tools").glob("test_*.py"))]


def run_job(job, scratch, seconds_max):
    env = {**os.environ, **SANITIZER_OPTIONS, "CMOCKA_MESSAGE_OUTPUT": "TAP", "TMPDIR": str(scratch)}
    if job.seed is not None:
        env["TUSK_SEED"] = job.seed
    start = time.monotonic()
    try:
        result = subprocess.run(job.command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, timeout=seconds_max)
        output, exit_code = result.stdout.decode(errors="replace"), result.returncode
    except subprocess.TimeoutExpired as expired:
        output = (expired.stdout or b"").decode(errors="replace") + f"\nstopped after {seconds_max} s\n"
        exit_code = 1
    except OSError as error:
        output, exit_code = f"{error}\n", 1
    passed, failed = job.count(output, exit_code)
    return job, passed, failed, exit_code, output, time.monotonic() - start


def report(job, passed, failed, exit_code, output, seconds):
    verdict = "ok    " if failed == 0 else "FAILED"
    print(f"{verdict} {job.name}: {passed} passed, {failed} failed, {seconds:.2f} s", flush=True)
    if failed != 0:
        print(f"--- output of {job.name}, exit code {exit_code}, TUSK_SEED={job.seed or os.environ['TUSK_SEED']}")
        print(output.rstrip())
        print(f"--- end of {job.name}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="store_true")
    parser.add_argument("--tsan", action="store_true", help="only programs that ask for it by `/* tsan: yes */`")
    parser.add_argument("--slow", action="store_true", help="the long time limit")
    parser.add_argument("args", nargs="*")
    arguments = parser.parse_args()
    os.environ.setdefault("TUSK_SEED", str(int.from_bytes(os.urandom(6), "little")))

    if arguments.python:
        scratch, names = ROOT / "build" / "tmp", arguments.args
        jobs = python_jobs()
    else:
        build, names = Path(arguments.args[0]).resolve(), arguments.args[1:]
        scratch = build / "tmp"
        jobs = cmocka_jobs(build, arguments.tsan)
    scratch.mkdir(parents=True, exist_ok=True)
    for name in names:
        if not any(name in job.name for job in jobs):
            sys.exit(f"no test program's name contains '{name}'")
    jobs = [job for job in jobs if not names or any(name in job.name for name in names)]

    seconds_max = SECONDS_MAX_SLOWED if arguments.slow or arguments.tsan else SECONDS_MAX
    passed = failed = 0
    with ThreadPoolExecutor(PROGRAMS_AT_ONCE) as pool:
        for result in pool.map(lambda job: run_job(job, scratch, seconds_max), jobs):
            report(*result)
            passed += result[1]
            failed += result[2]
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
