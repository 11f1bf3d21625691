"""A mail server on this machine, in a thread: it keeps what it takes, and misbehaves as a test asks."""

from __future__ import annotations

import socket
import ssl
import threading
from base64 import b64decode
from contextlib import suppress
from pathlib import Path

CERTIFICATE = Path(__file__).with_name("loopback.pem")


class DropError(Exception):
    """The server goes away without a word."""


class MailServer:
    """What it takes, and how it takes it.

    Attributes:
        taken: for each message accepted, who it is from, to whom, and its bytes.
        given: how often each address was given a whole message, accepted or not.
        heard: every line it was told before a message.
        connections: how many there were.
    """

    def __init__(self, **behaviour):
        self.refused = behaviour.get("refused", set())
        self.refuse_all = behaviour.get("refuse_all", False)
        self.starttls = behaviour.get("starttls", False)
        self.tls = behaviour.get("tls", False)
        self.user = behaviour.get("user")
        self.mechanisms = behaviour.get("mechanisms", "PLAIN LOGIN")
        self.slow_at = behaviour.get("slow_at")
        self.drop_at = behaviour.get("drop_at", {})
        self.most = behaviour.get("most", 0)
        self.echo = behaviour.get("echo", "")
        self.taken, self.given, self.heard = [], {}, []
        self.connections, self.messages = 0, 0
        self._open = []
        self._ended = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.05)
        self.port = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join(5)
        self._listening.close()

    def url(self, user="", scheme="smtp", query="", host="localhost"):
        """Its address, as QP_SMTP_URL has it."""
        return f"{scheme}://{user}{'@' if user else ''}{host}:{self.port}{query}"

    def _serve(self):
        while not self._ended.is_set():
            try:
                connection, _ = self._listening.accept()
            except TimeoutError:
                continue
            self.connections += 1
            connection.settimeout(5)
            self._open = [connection]
            with suppress(OSError, DropError, ValueError):
                self._talk(connection)
            for each in self._open:
                each.close()

    def _wrapped(self, connection):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(CERTIFICATE)
        self._open.append(context.wrap_socket(connection, server_side=True))
        return self._open[-1]

    def _talk(self, connection):
        if self.tls:
            connection = self._wrapped(connection)
        here = {"connection": connection, "lines": connection.makefile("rb"), "taken": 0, "in": not self.user}
        self._say(here, "220 here", "connect")
        secure = self.tls
        while line := here["lines"].readline():
            text = line.decode("latin-1").rstrip("\r\n")
            self.heard.append(text)
            word = text.upper()
            if word.startswith("EHLO"):
                offers = [*(["STARTTLS"] if self.starttls and not secure else []), *self._auth(), "8BITMIME"]
                lines = ["here", *offers]
                self._say(here, "\r\n".join(f"250{' ' if each is lines[-1] else '-'}{each}" for each in lines), "ehlo")
            elif word == "STARTTLS":
                self._say(here, "220 go on", "starttls")
                here["connection"] = self._wrapped(here["connection"])
                here["lines"], secure = here["connection"].makefile("rb"), True
            elif word.startswith("AUTH"):
                self._let_in(here, text)
            elif word == "QUIT":
                self._say(here, "221 bye", "quit")
                return
            else:
                self._transaction(here, text)

    def _auth(self):
        return [f"AUTH {self.mechanisms}"] if self.user else []

    def _let_in(self, here, text):
        _, mechanism, *rest = text.split(" ")
        if mechanism == "PLAIN":
            _, *given = b64decode(rest[0]).decode().split("\0")
        else:
            given = []
            for asked in ("VXNlcm5hbWU6", "UGFzc3dvcmQ6"):
                self._say(here, f"334 {asked}", "auth")
                given.append(b64decode(here["lines"].readline()).decode())
        here["in"] = tuple(given) == self.user
        self._say(here, "235 in" if here["in"] else f"535 no {given[-1]}", "auth")

    def _transaction(self, here, text):
        word = text.upper()
        if word.startswith("MAIL"):
            here["from"], here["to"] = text[10:].partition(">")[0].strip("<"), []
            closing = self.most and here["taken"] >= self.most
            self._say(here, "421 enough for now" if closing else "250 ok" if here["in"] else "530 log in", "mail")
            if closing:
                raise DropError
        elif word.startswith("RCPT"):
            address = text[8:].partition(">")[0].strip("<")
            if self.refuse_all or address in self.refused:
                self._say(here, f"550 5.1.1 <{address}> nobody here{self.echo}", "rcpt")
            else:
                here["to"].append(address)
                self._say(here, "250 ok", "rcpt")
        elif word == "DATA":
            self._say(here, "354 go on", "data")
            self._take(here)
        else:
            self._say(here, "250 ok", "other")

    def _take(self, here):
        self.messages += 1
        if self.drop_at.get("data") == self.messages:
            here["connection"].recv(10)
            raise DropError
        lines = []
        while (line := here["lines"].readline()) != b".\r\n":
            if not line:
                raise DropError
            lines.append(line[1:] if line.startswith(b".") else line)
        for to in here["to"]:
            self.given[to] = self.given.get(to, 0) + 1
        if self.drop_at.get("end") == self.messages:
            raise DropError
        self.taken.append((here["from"], here["to"], b"".join(lines)))
        here["taken"] += 1
        self._say(here, "250 taken", "end")

    def _say(self, here, text, step):
        if self.slow_at == step:
            self._ended.wait(3)
        if self.drop_at.get("step") == step:
            raise DropError
        here["connection"].sendall(f"{text}\r\n".encode())
