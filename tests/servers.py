# SPDX-License-Identifier: Apache-2.0
"""Servers for tests: a Tusk on a new cluster, and the oracle (tools/oracle.py)."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tools"))
import oracle  # noqa: E402
from tree import PATIENCE  # noqa: E402


def oracle_url():
    return subprocess.run([str(ROOT / "tools" / "oracle.py"), "url"], check=True, stdout=subprocess.PIPE,
                          text=True).stdout.strip()


def oracle_program(name):
    folder = subprocess.run([str(ROOT / "tools" / "oracle.py"), "bin"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    return str(Path(folder) / name)


class OwnOracle:
    """A PostgreSQL on a cluster of its own, with settings of its own, gone with the block."""

    def __init__(self, settings=()):
        self.settings = settings

    def program(self, name, *words):
        subprocess.run([*oracle.run_as_prefix(), oracle_program(name), "-D", self.data, *words], check=True, stdout=subprocess.DEVNULL,
                       cwd=self.folder)

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(dir="/var/tmp"))
        self.folder.chmod(0o777)
        self.data = self.folder / "data"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.program("initdb", "-U", "postgres", "-A", "trust", "--locale=C.UTF-8")
        options = " ".join(f"-c '{setting}'" for setting in (*self.settings, f"port={port}", f"unix_socket_directories={self.folder}"))
        self.program("pg_ctl", "-w", "-l", self.folder / "start.log", "-o", options, "start")
        self.url = f"host=127.0.0.1 port={port} user=postgres dbname=postgres"
        return self

    def __exit__(self, *_):
        self.program("pg_ctl", "-m", "fast", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


class Tusk:
    """A server on a new cluster, gone with the block. `tunables` ("name=value,...") are for test builds only."""

    def __init__(self, build, settings=(), tunables="", steady=True):
        self.program = ROOT / build / "tusk"
        # Steady: plans are what the test's own ANALYZE makes them, however long it takes.
        own = ("autovacuum=off",) if steady else ()
        self.settings = [word for setting in (*own, *settings) for word in ("-c", setting)]
        self.environment = dict(os.environ, TUSK_TUNABLES=tunables)

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="tusk-test-", dir=os.environ.get("TMPDIR", "/var/tmp")))
        subprocess.run([self.program, "init", "-D", self.folder / "data", "-U", "postgres", "-A", "trust"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.log = open(self.folder / "log", "w")
        self.server = subprocess.Popen([self.program, "serve", "-D", self.folder / "data", "-p", str(port), "-k", str(self.folder),
                                        *self.settings], stdout=self.log, stderr=self.log, env=self.environment)
        self.url = f"host=127.0.0.1 port={port} user=postgres dbname=postgres"
        for _ in range(round(300 * PATIENCE)):
            if subprocess.run(["psql", "-X", "-q", "-c", "select 1", "-d", self.url], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL).returncode == 0:
                return self
            if self.server.poll() is not None:
                break
            time.sleep(0.1)
        sys.stderr.write((self.folder / "log").read_text())
        sys.exit("the server does not start")

    def races(self):
        """What a thread sanitizer has said so far; empty: nothing, or there is none."""
        log = (self.folder / "log").read_text(errors="replace")
        at = log.find("WARNING: ThreadSanitizer")
        summaries = sorted({line for line in log.split("\n") if line.startswith("SUMMARY: ThreadSanitizer")})
        return "\n".join([log[at:at + 6000], *summaries]) if at >= 0 else ""

    def is_well(self):
        """Has it served all the time, and does it still?"""
        if self.server.poll() is not None or "was terminated by signal" in (self.folder / "log").read_text():
            return False
        return subprocess.run(["psql", "-X", "-q", "-c", "select 1", "-d", self.url], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL).returncode == 0

    def __exit__(self, *_):
        self.server.send_signal(signal.SIGINT)
        try:
            self.server.wait(20)
        except subprocess.TimeoutExpired:
            self.server.kill()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
