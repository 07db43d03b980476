# SPDX-License-Identifier: Apache-2.0
"""Those who judge a statement: the witness (witness.js, a process) and the oracle (a server).

Both tell what PostgreSQL 18's *raw* parser says; a statement that parses and would fail later,
because a table is missing or a clause is not allowed there, is accepted.
"""

import glob
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass

from corpus import HERE, Verdict

ROOT = os.path.dirname(os.path.dirname(HERE))
INSTALLED = os.path.join(ROOT, "build", "witness")


BATCH_BYTES = 32 * 1024  # less than a pipe holds


def batches(statements):
    """Lists of statements that may be sent before an answer is read: even if the other side stops reading to write its
    answers, they fit the pipe. To wait for each answer costs many times what parsing does."""
    batch, room = [], BATCH_BYTES
    for sql in statements:
        size = len(sql.encode()) + 16
        if batch and size > room:
            yield batch
            batch, room = [], BATCH_BYTES
        batch.append(sql)
        room -= size
    if batch:
        yield batch


def request(sql):
    data = sql.encode()
    return b"%d\n%s" % (len(data), data)


@dataclass(frozen=True)
class Tree:
    """How two accepted texts are compared: `tree` is exact, `fingerprint` forgives constants."""

    statements: int
    fingerprint: str
    tree: str
    json: str = ""


class Witness:
    def __init__(self, with_json=False):
        self.args = ["--tree"] if with_json else []
        self.cache = {}
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            ["node", "--stack-size=4000", os.path.join(HERE, "witness.js"), *self.args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def ask(self, sql):
        """(Verdict, Tree or None). Answers are cached in memory."""
        found = self.cache.get(sql)
        if found is None:
            found = self.cache[sql] = self.ask_process(sql)
        return found

    def ask_ahead(self, statements):
        """Puts the answers to many statements into the cache; those that kill the process are left out."""
        for batch in batches(dict.fromkeys(sql for sql in statements if sql not in self.cache)):
            try:
                self.process.stdin.write(b"".join(map(request, batch)))
                self.process.stdin.flush()
                for sql in batch:
                    line = self.process.stdout.readline()
                    answer = json.loads(line) if line else {"trap": True}
                    if answer.get("trap"):
                        break
                    self.cache[sql] = self.take(answer)
                else:
                    continue
            except BrokenPipeError:
                pass
            self.process.kill()
            self.process.wait()
            self.start()

    def ask_process(self, sql):
        try:
            self.process.stdin.write(request(sql))
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = b""
        if not line:
            self.process.wait()
            self.start()
            return Verdict("witness died"), None
        return self.take(json.loads(line))

    def take(self, answer):
        if answer["ok"]:
            tree = Tree(
                answer["statements"], answer["fingerprint"], answer["tree"], answer.get("json", "")
            )
            return Verdict(), tree
        if answer.get("trap"):
            self.close()
            self.start()
        return Verdict(answer["message"], answer["position"]), None

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


class Oracle:
    """Asks a server without ever running the statement.

    The statement is sent followed by a tail that no parser accepts, as one simple query: the
    server parses all of it first and stops at the tail if, and only if, the statement is good.
    END WORK stands in the tail because an open BEGIN ATOMIC or a rule's open parenthesis would
    otherwise swallow the semicolon: END closes the one and not the other, and WORK fits neither. A
    rejected statement is then sent alone, inside a failed transaction, for the error that a client
    sees.
    """

    TAIL = "\n; END WORK ) )"
    IN_FAILED_TRANSACTION = "25P02"

    def __init__(self, conninfo):
        for path in glob.glob(os.path.join(INSTALLED, "venv/lib/python3*/site-packages")):
            if path not in sys.path:
                sys.path.append(path)
        from psycopg import pq

        self.pq = pq
        self.conn = pq.PGconn.connect(conninfo.encode())
        if self.conn.status != pq.ConnStatus.OK:
            raise SystemExit("oracle: " + self.conn.error_message.decode())
        self.notices = []
        self.conn.notice_handler = lambda result: self.notices.append(self.notice(result))
        self.conn.exec_(b"SET client_encoding = 'UTF8'")

    def field(self, result, name):
        value = result.error_field(getattr(self.pq.DiagnosticField, name))
        return value.decode() if value else ""

    def notice(self, result):
        position = int(self.field(result, "STATEMENT_POSITION") or 0)
        return self.field(result, "SQLSTATE"), position, self.field(result, "MESSAGE_PRIMARY")

    def verdict(self, result):
        return Verdict(
            self.field(result, "MESSAGE_PRIMARY"),
            int(self.field(result, "STATEMENT_POSITION") or 0),
            self.field(result, "SQLSTATE"),
            self.field(result, "MESSAGE_HINT"),
            self.field(result, "MESSAGE_DETAIL"),
        )

    def fail_transaction(self):
        if self.conn.transaction_status != self.pq.TransactionStatus.INERROR:
            self.conn.exec_(b"ROLLBACK")
            self.conn.exec_(b"BEGIN")
            self.conn.exec_(b"SELECT 1/0")

    def ask(self, sql):
        self.notices = []
        self.fail_transaction()
        self.notices = []
        text = sql + self.TAIL
        verdict = self.verdict(self.conn.exec_(text.encode()))
        tail_at = len(sql) + self.TAIL.index(")") + 1
        if verdict.position == tail_at and verdict.message == 'syntax error at or near ")"':
            return Verdict(notices=tuple(self.notices))
        self.notices = []
        result = self.conn.exec_(sql.encode())
        verdict = self.verdict(result)
        if result.status != self.pq.ExecStatus.FATAL_ERROR:
            raise SystemExit(f"oracle: ran a statement it had rejected: {sql!r}")
        if verdict.sqlstate == self.IN_FAILED_TRANSACTION:
            return Verdict(notices=tuple(self.notices))
        return Verdict(
            verdict.message, verdict.position, verdict.sqlstate, verdict.hint, verdict.detail,
            tuple(self.notices),
        )


# What the witness reads differently from a server: it takes a parameter where no expression may
# stand and cuts `$1x` in two, and where the scanner looks ahead a comment stops it: behind a string
# that may go on, before and behind UESCAPE, behind NOT, NULLS, WITH, WITHOUT and FORMAT.
UNRELIABLE = re.compile(
    r"""\$\d|'\s*--|["']\s*/\*.*UESCAPE|\b(?:UESCAPE|NOT|NULLS|WITH|WITHOUT|FORMAT)\s*(?:--|/\*)""",
    re.IGNORECASE | re.DOTALL)


def can_judge(sql):
    """Whether the witness alone is to be believed."""
    return not UNRELIABLE.search(sql)


def same_rejection(witness, expected):
    """Whether the witness's error is the one expected, as far as it can tell (see witness.js)."""
    return witness.message == expected.message and witness.position == (expected.position or 1)


def agrees(witness, expected):
    if witness.ok or expected.ok:
        return witness.ok == expected.ok
    return same_rejection(witness, expected)
