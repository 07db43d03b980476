# SPDX-License-Identifier: Apache-2.0
"""A bare client of PostgreSQL's protocol 3.0: simple queries over TCP, no passwords. It spends next to nothing on rows
that it throws away, so that what is measured with it is the server.
"""

import socket
import struct


class Failure(Exception):
    """The server refused a statement, or closed the connection (then without a SQLSTATE)."""

    def __init__(self, message, sqlstate=None):
        super().__init__(message)
        self.sqlstate = sqlstate


class Connection:
    def __init__(self, port, timeout=600, database="postgres", user="postgres"):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        words = b"user\0" + user.encode() + b"\0database\0" + database.encode() + b"\0\0"
        self.socket.sendall(struct.pack("!II", 8 + len(words), 196608) + words)
        self.buffer, self.received = memoryview(bytearray(1 << 20)), bytearray()
        self.key = b""
        for kind, body in messages_of(self.until_ready(keep=True)):
            self.key = body if kind == b"K" else self.key

    def cancel(self):
        """Asks the server to cancel what the connection runs; another thread may wait for the answer."""
        with socket.create_connection(self.socket.getpeername()) as other:
            other.sendall(struct.pack("!II", 8 + len(self.key), 80877102) + self.key)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send_query(self, text):
        body = text.encode() + b"\0"
        self.socket.sendall(b"Q" + struct.pack("!I", 4 + len(body)) + body)

    def until_ready(self, keep=False):
        """Receives up to ReadyForQuery, after which a server is silent. Returns what came, or how many bytes."""
        kept, size, tail = bytearray(), 0, b""
        while True:
            got = self.socket.recv_into(self.buffer)
            if got == 0:
                raise Failure("the server closed the connection")
            size += got
            tail = (tail + bytes(self.buffer[max(0, got - 6):got]))[-6:]
            if keep:
                kept += self.buffer[:got]
            if tail[:5] == b"Z\0\0\0\5" and tail[5:] in (b"I", b"T", b"E"):
                return bytes(kept) if keep else size

    def messages(self, text):
        """Runs a query; gives what is answered, message by message: kind and body."""
        self.send_query(text)
        yield from messages_of(self.until_ready(keep=True))

    def next_answer(self):
        """The answer to the next of several queries that were sent (send_query) before the first was waited for: (kind,
        body) of each message. Few enough for the sockets' buffers: who cannot get rid of an answer reads nothing."""
        got, answer, kind, at = self.received, [], None, 0
        while kind != b"Z":
            while len(got) < at + 5 or len(got) < at + 1 + struct.unpack_from("!I", got, at + 1)[0]:
                size = self.socket.recv_into(self.buffer)
                if size == 0:
                    raise Failure("the server closed the connection")
                got += self.buffer[:size]
            kind, end = bytes(got[at:at + 1]), at + 1 + struct.unpack_from("!I", got, at + 1)[0]
            answer.append((kind, bytes(got[at + 5:end])))
            at = end
        del got[:at]
        return answer

    def query(self, text):
        """Runs a query; returns its rows as lists of strings."""
        rows = []
        for kind, body in self.messages(text):
            if kind == b"E":
                fields = error_fields(body)
                raise Failure(f"{text[:60]}: {fields[b'M']} ({fields[b'C']})", fields[b"C"])
            if kind == b"D":
                rows.append(decode_row(body))
        return rows

    def stream(self, text):
        """Runs a query, throws its rows away, returns the bytes that came."""
        self.send_query(text)
        return self.until_ready()


def messages_of(answer):
    at = 0
    while at < len(answer):
        kind, length = answer[at:at + 1], struct.unpack_from("!I", answer, at + 1)[0]
        yield kind, answer[at + 5:at + 1 + length]
        at += 1 + length


def error_fields(body):
    return {field[:1]: field[1:].decode(errors="replace") for field in body.split(b"\0") if field}


def decode_row(body):
    row, at = [], 2
    for _ in range(struct.unpack_from("!H", body)[0]):
        length = struct.unpack_from("!i", body, at)[0]
        at += 4
        row.append(None if length < 0 else body[at:at + length].decode())
        at += max(length, 0)
    return row
