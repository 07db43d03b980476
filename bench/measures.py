# SPDX-License-Identifier: Apache-2.0
"""What is measured: a table of measures. Each prepares a server once, then is run on every server in turn, several rounds; a run gives one
or more named figures, and the report compares their medians.

A figure is (key, unit, better, target): `better` says whether more or less is good, `target` the ratio Tusk / PostgreSQL that is wanted.
"""

import random
import re
import subprocess
import threading
import time
from dataclasses import dataclass
from typing import Callable

from servers import Failure

MORE, LESS = "more", "less"


@dataclass
class Figure:
    key: str
    unit: str
    better: str
    target: float = None


@dataclass
class Measure:
    name: str
    figures: list
    prepare: Callable
    run: Callable


class Bench:
    """What measures need to know of the whole run."""

    def __init__(self, clients_bin, folder, seconds, scale, rows):
        self.clients_bin, self.folder, self.seconds, self.scale, self.rows = clients_bin, folder, seconds, scale, rows
        self.done = set()

    def program(self, name, server, *args):
        command = [str(self.clients_bin / name), "-d" if name == "psql" else "-h"]
        command += [server.url(), "-X", "-q", "-v", "ON_ERROR_STOP=1"] if name == "psql" else \
            ["127.0.0.1", "-p", str(server.port), "-U", "postgres"]
        command += [str(arg) for arg in args] + ([] if name == "psql" else ["postgres"])
        result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if result.returncode != 0:
            raise Failure(f"{server.title}: {name} failed:\n{result.stdout[-2000:]}")
        return result.stdout

    def once(self, server, what, work):
        if (server.name, what) not in self.done:
            work()
            self.done.add((server.name, what))


def wal_bytes(server):
    return int(server.sql("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')")[0][0])


# --- pgbench

def prepare_pgbench(bench, server):
    def work():
        bench.program("pgbench", server, "-i", "-q", "-s", bench.scale)
        server.sql("VACUUM ANALYZE")
        server.sql("CHECKPOINT")
    bench.once(server, "pgbench", work)


def run_pgbench(bench, server, script, protocol, clients):
    wal, cpu = wal_bytes(server), server.cpu_seconds()
    output = bench.program("pgbench", server, "-n", "-b", script, "-M", protocol, "-c", clients, "-j", 2, "-T", bench.seconds)
    cpu, wal = server.cpu_seconds() - cpu, wal_bytes(server) - wal
    count = int(re.search(r"number of transactions actually processed: (\d+)", output).group(1))
    failed = int(re.search(r"number of failed transactions: (\d+)", output).group(1))
    if failed != 0 or count == 0:
        raise Failure(f"{server.title}: {failed} of {count} transactions failed")
    tps = float(re.search(r"tps = ([0-9.]+)", output).group(1))
    return {"tps": tps, "cpu": cpu / count * 1e6, "wal": wal / count}


def wanted_cpu(script, protocol, clients):
    if script == "tpcb-like":
        return 0.6
    return 0.5 if (protocol, clients) == ("prepared", 8) else None


def pgbench_measures():
    measures = []
    for script in ("select-only", "tpcb-like"):
        for protocol in ("simple", "prepared"):
            for clients in (1, 8, 32, 256):
                name = f"{script} {protocol} {clients}"
                figures = [Figure("tps", "transactions/s", MORE, 1.2 if script == "tpcb-like" else None),
                           Figure("cpu", "us CPU a transaction", LESS, wanted_cpu(script, protocol, clients))]
                if script == "tpcb-like":
                    figures.append(Figure("wal", "WAL bytes a transaction", LESS, 0.5))
                measures.append(Measure(name, figures, prepare_pgbench,
                                        lambda b, s, a=script, p=protocol, c=clients: run_pgbench(b, s, a, p, c)))
    return measures


def run_connects(bench, server):
    cpu = server.cpu_seconds()
    output = bench.program("pgbench", server, "-n", "-S", "-C", "-c", 8, "-j", 2, "-T", bench.seconds)
    count = int(re.search(r"number of transactions actually processed: (\d+)", output).group(1))
    return {"rate": count / bench.seconds, "cpu": (server.cpu_seconds() - cpu) / count * 1e6}


# --- loading, indexing, reading

TABLE = ("(id bigint, tenant int, name text, amount numeric(12,2), created timestamptz, active bool, note text)")


def rows_file(bench):
    """The rows that COPY brings: the same for all servers, made once."""
    path = bench.folder / f"rows-{bench.rows}.txt"
    if not path.exists():
        source = random.Random(1)
        words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"]
        with open(path, "w", encoding="utf-8") as out:
            for i in range(bench.rows):
                out.write(f"{i}\t{source.randrange(1000)}\t{source.choice(words)}-{source.randrange(10**6)}\t"
                          f"{source.randrange(10**7) / 100:.2f}\t2024-{1 + i % 12:02}-{1 + i % 28:02} 12:{i % 60:02}:00+00\t"
                          f"{'tf'[i % 2]}\t{' '.join(source.choices(words, k=6))}\n")
    return path


def prepare_rows(bench, server):
    def work():
        server.sql(f"CREATE TABLE bench_rows {TABLE}")
        bench.program("psql", server, "-c", f"\\copy bench_rows FROM '{rows_file(bench)}'")
        server.sql("VACUUM ANALYZE bench_rows")
    bench.once(server, "rows", work)


def timed(server, work):
    cpu, begin = server.cpu_seconds(), time.monotonic()
    work()
    return {"seconds": time.monotonic() - begin, "cpu": server.cpu_seconds() - cpu}


def run_copy_in(bench, server):
    server.sql(f"CREATE TABLE bench_copy {TABLE}")
    try:
        return timed(server, lambda: bench.program("psql", server, "-c", f"\\copy bench_copy FROM '{rows_file(bench)}'"))
    finally:
        server.sql("DROP TABLE bench_copy")


def run_copy_out(bench, server):
    with server.connect() as connection:
        return timed(server, lambda: connection.stream("COPY bench_rows TO STDOUT"))


def run_create_index(columns):
    def run(bench, server):
        try:
            return timed(server, lambda: server.sql(f"CREATE INDEX bench_index ON bench_rows ({columns})"))
        finally:
            server.sql("DROP INDEX bench_index")
    return run


def run_rows_to_client(bench, server):
    with server.connect() as connection:
        return timed(server, lambda: connection.stream("SELECT * FROM bench_rows"))


# --- connections, growth, restart

def run_idle(bench, server):
    """KiB for each of 500 connections that ran one query and wait, of a server that has no memory to spare from before.

    Tables are analyzed first: what was written before is looked at in the background else, and fills the pool meanwhile."""
    server.stop()
    server.start()
    server.sql("ANALYZE")
    before, connections = server.memory_kib(), []
    try:
        for _ in range(500):
            connections.append(server.connect())
            connections[-1].query("SELECT abalance FROM pgbench_accounts WHERE aid = 1")
        return {"kib": (server.memory_kib() - before) / len(connections)}
    finally:
        for connection in connections:
            connection.socket.close()


def run_growth(bench, server):
    """How much a table of 100,000 rows grows by 500,000 updates while an old snapshot is held."""
    server.sql("CREATE TABLE bench_growth (id int PRIMARY KEY, n int, filler text)")
    try:
        server.sql("INSERT INTO bench_growth SELECT i, 0, repeat('x', 80) FROM generate_series(1, 100000) i")
        before = table_bytes(server, "bench_growth")
        with server.connect() as old:
            old.query("BEGIN ISOLATION LEVEL REPEATABLE READ")
            old.query("SELECT count(*) FROM bench_growth")
            for _ in range(5):
                server.sql("UPDATE bench_growth SET n = n + 1")
            old.query("COMMIT")
        return {"ratio": table_bytes(server, "bench_growth") / before}
    finally:
        server.sql("DROP TABLE bench_growth")


def table_bytes(server, name):
    return int(server.sql(f"SELECT pg_total_relation_size('{name}')")[0][0])


def run_restart(bench, server):
    """Seconds from the start after kill -9, in the middle of writing, to the first answer."""
    thread = threading.Thread(target=crowd, args=(bench, server))
    thread.start()
    time.sleep(bench.seconds)
    server.kill()
    thread.join()
    return {"seconds": server.start()}


def crowd(bench, server):
    try:
        bench.program("pgbench", server, "-n", "-M", "prepared", "-c", 8, "-j", 2, "-T", 3600)
    except Failure:
        pass  # its server was killed: that is what it is for


def measures():
    seconds = [Figure("seconds", "s", LESS), Figure("cpu", "s CPU", LESS)]

    def at_most(target):
        return [Figure("seconds", "s", LESS, target), seconds[1]]
    return pgbench_measures() + [
        Measure("connects", [Figure("rate", "connects/s", MORE), Figure("cpu", "us CPU each", LESS)], prepare_pgbench, run_connects),
        Measure("copy in", at_most(1 / 1.5), lambda b, s: rows_file(b), run_copy_in),
        Measure("copy out", seconds, prepare_rows, run_copy_out),
        Measure("create index bigint", at_most(1 / 1.5), prepare_rows, run_create_index("id")),
        Measure("create index text", at_most(1 / 1.5), prepare_rows, run_create_index("name")),
        Measure("create index two columns", at_most(1 / 1.5), prepare_rows, run_create_index("tenant, created")),
        Measure("rows to the client", at_most(1 / 1.3), prepare_rows, run_rows_to_client),
        Measure("idle connection", [Figure("kib", "KiB", LESS)], prepare_pgbench, run_idle),
        Measure("growth", [Figure("ratio", "times the size", LESS)], lambda b, s: None, run_growth),
        Measure("restart", [Figure("seconds", "s", LESS)], prepare_pgbench, run_restart),
    ]
