# SPDX-License-Identifier: Apache-2.0
"""The servers that are measured: each on a cluster of its own, started with the same settings, and watched through /proc.

A server's processor time is that of all its processes, living and reaped, user and system; its memory is the proportional set size, so
that what processes share is counted once.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import oracle  # noqa: E402  (tools/oracle.py: where PostgreSQL 18 comes from, and who runs it)
import wire  # noqa: E402  (tools/wire.py: a bare client)

START_SECONDS_MAX = 60
TICKS = os.sysconf("SC_CLK_TCK")

# The same for all. What is not named keeps the default of PostgreSQL.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "600",
    "shared_buffers": "1GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "max_parallel_workers_per_gather": "2",
    "timezone": "UTC",
}


class Failure(Exception):
    """What the user is told in one line."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def descendants(pid):
    """The process and everything below it."""
    found, wanted = [], [pid]
    while wanted:
        pid = wanted.pop()
        found.append(pid)
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                wanted += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


class Server:
    """One server. Subclasses say how its cluster is made and which command serves it."""

    def __init__(self, name, title, home):
        self.name, self.title = name, title
        self.home = Path(home)
        self.data = self.home / "data"
        self.port = free_port()
        self.process = None

    def create(self):
        shutil.rmtree(self.data, ignore_errors=True)
        self.home.mkdir(parents=True, exist_ok=True)
        self.prepare_home()
        self.run(self.init_command())
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as conf:
            for name, value in {**SETTINGS, "port": self.port}.items():
                conf.write(f"{name} = '{value}'\n")

    def prepare_home(self):
        pass

    def prefix(self):
        return []

    def run(self, command):
        result = subprocess.run(self.prefix() + [str(word) for word in command], cwd="/", stdin=subprocess.DEVNULL,
                                env=oracle.clean_environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if result.returncode != 0:
            raise Failure(f"{self.title}: {command[0]} failed:\n{result.stdout}")
        return result.stdout

    def start(self):
        """Starts and waits for the first answer; returns the seconds that took."""
        log = open(self.home / "log", "ab")
        begin = time.monotonic()
        self.process = subprocess.Popen(self.prefix() + [str(word) for word in self.serve_command()], cwd="/",
                                        stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=oracle.clean_environment(),
                                        start_new_session=True)
        while time.monotonic() - begin < START_SECONDS_MAX:
            try:
                with self.connect() as connection:
                    connection.query("SELECT 1")
                return time.monotonic() - begin
            except (OSError, wire.Failure):
                if self.process.poll() is not None:
                    break
                time.sleep(0.005)
        raise Failure(f"{self.title} does not start: see {self.home / 'log'}")

    def stop(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def kill(self):
        """kill -9 of every process at once."""
        for pid in descendants(self.process.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        self.process = None

    def url(self):
        return f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres"

    def cpu_seconds(self):
        """User and system time of all processes, and of those that ended and were waited for."""
        ticks = 0
        for pid in descendants(self.process.pid):
            try:
                stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            ticks += sum(int(field) for field in stat[11:15])
        return ticks / TICKS

    def memory_kib(self):
        total = 0
        for pid in descendants(self.process.pid):
            try:
                for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"):
                        total += int(line.split()[1])
            except OSError:
                continue
        return total

    def connect(self):
        return wire.Connection(self.port)

    def sql(self, text):
        with self.connect() as connection:
            return connection.query(text)


class Tusk(Server):
    def __init__(self, home):
        super().__init__("tusk", "Tusk", home)
        self.program = ROOT / "build" / "release" / "tusk"

    def init_command(self):
        return [self.program, "init", "-D", self.data, "-U", "postgres", "-A", "trust"]

    def serve_command(self):
        return [self.program, "serve", "-D", self.data, "-k", ""]


class Postgres(Server):
    """A PostgreSQL by its folder of programs; it refuses to run as root, so root lends it a user."""

    def __init__(self, name, title, home, programs):
        super().__init__(name, title, home)
        self.programs = Path(programs)

    def prefix(self):
        return oracle.run_as_prefix()

    def prepare_home(self):
        if os.geteuid() == 0:
            shutil.chown(self.home, oracle.RUN_AS, oracle.RUN_AS)

    def init_command(self):
        # Without provider and rules of any language, as Tusk's clusters are: bytes in order.
        return [self.programs / "initdb", "-D", self.data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"]

    def serve_command(self):
        return [self.programs / "postgres", "-D", self.data, "-k", ""]


def known_servers(folder):
    """Name -> server, of those that this machine has."""
    home = oracle.choose_home(folder)
    source = oracle.Oracle(ROOT / "build" / "oracle", {})
    source.lock()
    source.install()
    servers = {"tusk": Tusk(home / "tusk"),
               "pg18": Postgres("pg18", "PostgreSQL 18", home / "pg18", source.bin)}
    debian = Path("/usr/lib/postgresql/15/bin")
    if (debian / "postgres").exists():
        servers["pg15"] = Postgres("pg15", "PostgreSQL 15", home / "pg15", debian)
    return servers, source.clients_bin
