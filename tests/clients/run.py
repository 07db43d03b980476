#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The program itself, with sessions that are doubles: its processes, configuration, logs, sockets, TLS.

    tests/clients/run.py BUILD [NAME...]     tests whose name contains one of NAMEs; all without

The program is BUILD/tests/tusk_double. The last line is `N passed, N failed`.
"""

import base64
import csv
import hashlib
import hmac
import json
import re
import shutil
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

PASSWORD = "geheim"
USER = "tester"
READY = b"Z\0\0\0\5I"


class Client:
    """A connection that speaks the protocol by hand."""

    def __init__(self, server, user=USER, tls=None, tcp=True):
        if tcp:
            self.socket = socket.create_connection(("127.0.0.1", server.port), 5)
        else:
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.connect(f"{server.folder}/.s.PGSQL.{server.port}")
        self.socket.settimeout(10)
        if tls:
            self.socket.sendall(struct.pack("!II", 8, 80877103))
            assert self.socket.recv(1) == b"S"
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        body = f"user\0{user}\0database\0x\0application_name\0run.py\0\0".encode()
        self.socket.sendall(struct.pack("!II", len(body) + 8, 3 << 16) + body)
        self.process, self.key, self.error = None, None, None
        self.log_in(user)

    def message(self):
        head = self.read(5)
        return head[:1], self.read(struct.unpack("!I", head[1:])[0] - 4)

    def read(self, count):
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            if not more:
                raise ConnectionError("the server closed the connection")
            data += more
        return data

    def send(self, kind, body):
        self.socket.sendall(kind + struct.pack("!I", len(body) + 4) + body)

    def log_in(self, user):
        while True:
            kind, body = self.message()
            if kind == b"R" and body[3] == 3:
                self.send(b"p", PASSWORD.encode() + b"\0")
            elif kind == b"R" and body[3] == 10:
                self.scram(user)
            elif kind == b"K":
                self.process, self.key = body[:4], body[4:]
            elif kind == b"E":
                raise PermissionError(fields(body)["M"])
            elif kind == b"Z":
                return

    def scram(self, user):
        bare = "n=,r=nonce"
        first = ("n,," + bare).encode()
        self.send(b"p", b"SCRAM-SHA-256\0" + struct.pack("!I", len(first)) + first)
        challenge = self.message()[1][4:].decode()
        parts = dict(item.split("=", 1) for item in challenge.split(","))
        salted = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), base64.b64decode(parts["s"]), int(parts["i"]))
        key = hmac.digest(salted, b"Client Key", "sha256")
        without = f"c=biws,r={parts['r']}"
        auth = f"{bare},{challenge},{without}".encode()
        signature = hmac.digest(hashlib.sha256(key).digest(), auth, "sha256")
        proof = base64.b64encode(bytes(a ^ b for a, b in zip(key, signature))).decode()
        self.send(b"p", f"{without},p={proof}".encode())

    def query(self, sql):
        """The types of the messages of the answer, as one text; the error's fields in self.error."""
        self.send(b"Q", sql.encode() + b"\0")
        kinds = ""
        while True:
            kind, body = self.message()
            kinds += kind.decode()
            if kind == b"E":
                self.error = fields(body)
            if kind == b"Z":
                return kinds

    def close(self):
        self.socket.close()


def fields(body):
    return {part[:1].decode(): part[1:].decode() for part in body.split(b"\0") if part}


class Server:
    def __init__(self, build, folder):
        self.program = str(Path(build).resolve() / "tests" / "tusk_double")
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "log"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        (folder / "password").write_text(PASSWORD + "\n")
        self.tusk("init", "-D", self.data, "-U", USER, "--pwfile", folder / "password", "-A", "scram-sha-256", "-N",
                  "-c", f"port={self.port}", "-c", f"unix_socket_directories={folder}",
                  "-c", "listen_addresses=127.0.0.1")

    def tusk(self, *arguments, code=0):
        done = subprocess.run([self.program, *map(str, arguments)], capture_output=True, text=True, timeout=60,
                              check=False)
        assert done.returncode == code, f"{arguments}: exit code {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def ctl(self, action, *arguments, code=0):
        return self.tusk("ctl", action, "-D", self.data, "-t", 20, *arguments, code=code)

    def start(self, options=""):
        return self.ctl("start", "-l", self.log, "-o", options)

    def configure(self, name, text, append=False):
        with open(self.data / name, "a" if append else "w", encoding="utf-8") as file:
            file.write(text)

    def reload(self):
        before = self.log.read_text().count("received SIGHUP")
        self.ctl("reload", "-s")
        self.wait(lambda: self.log.read_text().count("received SIGHUP") > before)
        time.sleep(0.1)  # the line comes before the work

    @staticmethod
    def wait(there):
        for _ in range(200):
            if there():
                return
            time.sleep(0.05)
        raise TimeoutError("it did not come about")


def refused(server, text, **options):
    try:
        Client(server, **options).close()
    except PermissionError as error:
        assert text in str(error), error
        return
    raise AssertionError("it was let in")


# --- Tests: each gets a server that is not running


def test_start_and_stop(server):
    assert "no server running" in server.ctl("status", code=3)
    assert "server started" in server.start()
    assert "server is running (PID:" in server.ctl("status")
    lines = (server.data / "postmaster.pid").read_text().splitlines()
    assert [lines[1], lines[3], lines[4], lines[5], lines[7].strip()] == \
        [str(server.data), str(server.port), str(server.folder), "127.0.0.1", "ready"], lines
    client, local = Client(server), Client(server, tcp=False)
    assert client.query("rows 3") == "TDDDCZ" and local.query("") == "IZ"
    assert "server stopped" in server.ctl("stop")
    assert "Is server running?" in server.ctl("stop", code=1)
    assert not (server.data / "postmaster.pid").exists()
    assert not (server.folder / f".s.PGSQL.{server.port}").exists()
    assert client.message()[0] == b"E"
    server.tusk("ctl", "status", "-D", server.folder / "nothing", code=4)


def test_restart_keeps_the_options(server):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server.port = probe.getsockname()[1]
    options = f"""-p {server.port} -c cluster_name='a "b' --log-line-prefix="%p " """
    server.start(options)
    line = (server.data / "postmaster.opts").read_text()
    assert line.endswith(f'"-p" "{server.port}" "-c" "cluster_name=a \\"b" "--log-line-prefix=%p "\n'), line
    assert line in server.ctl("status")
    assert "could not start server" in server.ctl("start", "-l", server.log, code=1)
    assert Client(server).query("") == "IZ"
    server.ctl("restart", "-l", server.log)
    assert (server.data / "postmaster.opts").read_text().endswith(line[line.index('"-p"'):])
    Client(server).close()


def test_two_servers_in_one_folder(server):
    server.start()
    assert "already exists" in server.tusk("serve", "-D", server.data, code=1)
    Client(server).close()


def test_wrong_password(server):
    global PASSWORD
    server.start()
    PASSWORD, right = "falsch", PASSWORD
    try:
        refused(server, f'password authentication failed for user "{USER}"')
        refused(server, 'password authentication failed for user "nobody"', user="nobody")
    finally:
        PASSWORD = right
    assert f'Password does not match for user "{USER}".\n\tConnection matched file "{server.data}/pg_hba.conf"' in \
        server.log.read_text()


def test_crash_and_restart(server):
    server.start()
    witness, client = Client(server), Client(server)
    try:
        client.query("crash")
        raise AssertionError("it lives")
    except ConnectionError:
        pass
    again = Client(server)  # waits in the socket's queue
    assert again.query("rows 1") == "TDCZ"
    try:
        witness.query("")
        raise AssertionError("a session outlived its server")
    except (ConnectionError, BrokenPipeError):
        pass
    assert "was terminated by signal 11" in server.log.read_text()


def test_cancel(server):
    server.start()
    client = Client(server)
    client.send(b"Q", b"sleep 30000\0")
    time.sleep(0.2)
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port)) as other:
        other.sendall(struct.pack("!II", 16, 80877102) + client.process + client.key)
    assert fields(client.message()[1])["C"] == "57014"
    assert time.monotonic() - began < 0.25


def test_reload(server):
    server.start()
    client = Client(server)
    server.configure("postgresql.conf", "log_statement = all\nport = 1\n", append=True)
    server.reload()
    client.query("rows 1")
    log = server.log.read_text()
    assert "statement: rows 1" in log
    assert 'parameter "port" cannot be changed without restarting the server' in log
    server.configure("postgresql.conf", "log_statement = none\nlog_min_duration_statement = 50\n", append=True)
    server.reload()
    client.query("rows 2")
    client.query("sleep 60")
    log = server.log.read_text()
    assert re.search(r"duration: [6-9]\d\.\d{3} ms  statement: sleep 60\n", log) and "rows 2" not in log
    server.configure("postgresql.conf", "work_mem = nonsense\n", append=True)
    server.configure("pg_hba.conf", "nonsense\n")
    server.reload()
    log = server.log.read_text()
    assert 'invalid value for parameter "work_mem": "nonsense"' in log and "no changes were applied" in log
    Client(server).close()


def test_configuration_that_is_wrong(server):
    server.configure("postgresql.conf", "work_mem = nonsense\nno such line\n", append=True)
    out = server.tusk("serve", "-D", server.data, code=1)
    assert 'invalid value for parameter "work_mem": "nonsense"' in out and "syntax error" in out and "contains errors" in out


def test_settings(server):
    def value(name, *more):
        return server.tusk("serve", "-D", server.data, "-C", name, *more).strip().splitlines()[-1]
    assert value("port") == str(server.port)
    assert value("port", "-p", "99") == "99" and value("work_mem", "--work-mem=3MB") == "3MB"
    assert value("hba_file") == f"{server.data}/pg_hba.conf"
    server.configure("postgresql.auto.conf", "work_mem = '5MB'\n")
    assert value("work_mem") == "5MB" and value("work_mem", "-c", "work_mem=6MB") == "6MB"


def test_shutdown_modes(server):
    server.start()
    client = Client(server)
    server.ctl("stop", "-m", "smart", "-W")
    server.wait(lambda: "received smart shutdown request" in server.log.read_text())
    refused(server, "the database system is shutting down")
    assert client.query("") == "IZ"
    client.close()
    server.wait(lambda: not (server.data / "postmaster.pid").exists())
    server.start()
    client = Client(server)
    client.send(b"Q", b"sleep 30000\0")
    server.ctl("stop", "-m", "immediate")


def test_structured_logs(server):
    server.start("-c logging_collector=on -c log_destination=stderr,csvlog,jsonlog -c log_statement=all "
                 "-c log_filename=tusk-%Y.log -c log_connections=on")
    Client(server).query('notice; "fail,')
    server.ctl("stop")
    year = time.strftime("%Y", time.gmtime())
    logs = {ending: (server.data / "log" / f"tusk-{year}.{ending}").read_text() for ending in ("log", "csv", "json")}
    assert 'statement: notice; "fail,' in logs["log"]
    rows = list(csv.reader(logs["csv"].splitlines()))
    assert all(len(row) == 26 for row in rows)
    statement = next(row for row in rows if row[13].startswith("statement: "))
    assert statement[1:3] == [USER, "x"] and statement[13] == 'statement: notice; "fail,' and statement[22] == "run.py"
    records = [json.loads(line) for line in logs["json"].splitlines()]
    assert any(r["message"].startswith("connection authorized:") and r["user"] == USER for r in records)


def test_peer(server):
    server.configure("pg_hba.conf", "local all all peer map=m\n")
    name = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
    server.configure("pg_ident.conf", f"m {name} {USER}\n")
    server.start()
    Client(server, tcp=False).close()
    refused(server, 'Peer authentication failed for user "other"', tcp=False, user="other")


def make_certificates(folder, data):
    def openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], capture_output=True, check=True)
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "ca.key", "-out", folder / "ca.crt",
            "-subj", "/CN=authority", "-days", 2)
    for name, subject, into in (("server", "localhost", data), ("client", USER, folder)):
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", into / f"{name}.key", "-out", folder / "request",
                "-subj", f"/CN={subject}")
        openssl("x509", "-req", "-in", folder / "request", "-CA", folder / "ca.crt", "-CAkey", folder / "ca.key",
                "-CAcreateserial", "-out", into / f"{name}.crt", "-days", 2)
        (into / f"{name}.key").chmod(0o600)


def test_tls(server):
    assert "could not load server certificate file" in server.tusk("serve", "-D", server.data, "-l", code=1)
    make_certificates(server.folder, server.data)
    server.start(f"-l -c ssl_ca_file={server.folder}/ca.crt")
    tls = ssl.create_default_context(cafile=str(server.folder / "ca.crt"))
    tls.check_hostname = False  # these certificates have a common name only
    client = Client(server, tls=tls)
    assert client.query("rows 50000") == "T" + "D" * 50000 + "CZ"
    assert client.query("wide 1000000") == "TDCZ"
    with socket.create_connection(("127.0.0.1", server.port)) as direct:
        tls.set_alpn_protocols(["postgresql"])
        wrapped = tls.wrap_socket(direct, server_hostname="localhost")
        assert wrapped.selected_alpn_protocol() == "postgresql"
    server.configure("pg_hba.conf", "hostssl all all all cert\n")
    server.reload()
    refused(server, "connection requires a valid client certificate", tls=tls)
    refused(server, "no pg_hba.conf entry for host")
    tls.load_cert_chain(server.folder / "client.crt", server.folder / "client.key")
    Client(server, tls=tls).close()
    refused(server, 'certificate authentication failed for user "other"', tls=tls, user="other")
    (server.data / "server.key").chmod(0o644)
    server.reload()
    assert "has group or world access" in server.log.read_text()
    Client(server, tls=tls).close()  # the old certificate goes on


def test_init_refuses(server):
    assert "exists but is not empty" in server.tusk("init", "-D", server.data, code=1)
    for arguments, text in (
        (["-E", "LATIN1"], "encoding"), (["-A", "nonsense"], "invalid authentication method"),
        (["-A", "md5"], "must specify a password"), (["-U", "pg_x"], "role names cannot begin"),
        (["-c", "work_mem=x"], "invalid value for parameter"), (["--nonsense"], "unrecognized option"),
    ):
        out = server.tusk("init", "-D", server.folder / "new", *arguments, code=1)
        assert text in out, out
        assert not (server.folder / "new").exists()


def main():
    build, names = sys.argv[1], sys.argv[2:]
    tests = [(n, f) for n, f in globals().items() if n.startswith("test_") and (not names or any(x in n for x in names))]
    passed = failed = 0
    for name, test in tests:
        folder = Path(tempfile.mkdtemp(prefix="tusk"))
        server = None
        try:
            server = Server(build, folder)
            test(server)
            passed += 1
        except Exception:  # whatever went wrong: the test failed
            failed += 1
            print(f"FAILED {name}\n{traceback.format_exc()}")
            log = folder / "log"
            print(log.read_text()[-3000:] if log.exists() else "")
        finally:
            if server and (server.data / "postmaster.pid").exists():
                subprocess.run([server.program, "ctl", "stop", "-s", "-D", str(server.data), "-m", "immediate"],
                               check=False, timeout=60)
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
