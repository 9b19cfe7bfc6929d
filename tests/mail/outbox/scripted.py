"""A scripted mail server on loopback: takes what it is sent, and drops the line where a test wants it to."""

import base64
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

CERTIFICATES = Path(__file__).parents[1] / "certificates"
AUTHORITY = CERTIFICATES / "authority.pem"
POINTS = (
    "connect", "ehlo", "auth", "mail", "rcpt", "rcpt-answered", "data", "data-answered", "content",
    "dot-thrown-away", "dot-taken", "answered",
)  # fmt: skip
"""Where the line is dropped. At dot-taken the mail is kept and the answer lost."""
BEFORE_THE_DOT = frozenset(POINTS[:7])


class Dropped(Exception):
    """The script ends the connection here."""


@dataclass
class Script:
    """What the server does, and what it got; a test may change it while it runs."""

    drop_at: str = ""
    drops: int = 0
    """So many connections more are dropped there."""
    password: str = "right"
    refusals: dict[str, str] = field(default_factory=dict)
    """"mail", "rcpt ana@x.example", "data", "dot" → the answer given instead."""
    features: tuple[str, ...] = ("SIZE 30000000", "AUTH PLAIN LOGIN")
    starttls: bool = True
    answers_after: float = 0.0
    """Seconds it takes for each answer."""
    got: list[bytes] = field(default_factory=list)
    envelopes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    connections: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def copies(self) -> Counter[bytes]:
        return Counter(self.got)

    def passes(self, point: str) -> None:
        with self.lock:
            if point != self.drop_at or not self.drops:
                return
            self.drops -= 1
        raise Dropped(point)


@contextmanager
def a_server(script: Script, *, tls: bool = True) -> Iterator[int]:
    """Listens on a free port; answers it. `tls` from the first byte, else by STARTTLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "server.pem", CERTIFICATES / "server.key")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_listen, args=(listening, context, script, tls), daemon=True).start()
        yield listening.getsockname()[1]
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


def _listen(listening: socket.socket, context: ssl.SSLContext, script: Script, tls: bool) -> None:
    while True:
        try:
            line, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(line, context, script, tls), daemon=True).start()


def _serve(line: socket.socket, context: ssl.SSLContext, script: Script, tls: bool) -> None:
    script.connections += 1
    line.settimeout(20)
    talk = _Talk(line, context, script)
    with suppress(OSError, Dropped, ValueError, IndexError):
        script.passes("connect")
        if tls:
            talk.encrypt()
        talk.converse()
    with suppress(OSError):
        talk.line.close()


class _Talk:
    def __init__(self, line: socket.socket, context: ssl.SSLContext, script: Script) -> None:
        self.line = line
        self.context = context
        self.script = script
        self.read = b""
        self.sender = ""
        self.receivers: list[str] = []

    def encrypt(self) -> None:
        self.line = self.context.wrap_socket(self.line, server_side=True)
        self.read = b""

    def say(self, text: str) -> None:
        if self.script.answers_after:
            time.sleep(self.script.answers_after)
        self.line.sendall(text.encode() + b"\r\n")

    def line_of(self) -> bytes:
        while b"\r\n" not in self.read:
            more = self.line.recv(65536)
            if not more:
                raise Dropped("gone")
            self.read += more
        found, _, self.read = self.read.partition(b"\r\n")
        return found

    def converse(self) -> None:
        self.say("220 scripted")
        while True:
            told = self.line_of().decode()
            verb = told.split(" ")[0].split(":")[0].upper()
            self.script.said.append(told)
            if verb == "QUIT":
                self.say("221 bye")
                return
            getattr(self, f"on_{verb.lower()}", self.on_other)(told)

    def on_other(self, _told: str) -> None:
        self.say("250 fine")

    def on_ehlo(self, _told: str) -> None:
        self.script.passes("ehlo")
        encrypted = isinstance(self.line, ssl.SSLSocket)
        offered = [] if encrypted or not self.script.starttls else ["STARTTLS"]
        lines = ["scripted", *offered, *self.script.features]
        self.say("\r\n".join(f"250{' ' if at == len(lines) - 1 else '-'}{each}" for at, each in enumerate(lines)))

    def on_starttls(self, _told: str) -> None:
        self.say("220 go")
        self.encrypt()

    def on_auth(self, told: str) -> None:
        self.script.passes("auth")
        proof = told.split(" ")[-1]
        if told.startswith("AUTH LOGIN"):
            self.say("334 UGFzc3dvcmQ6")
            proof = self.line_of().decode()
        secret = base64.b64decode(proof).rpartition(b"\0")[2].decode()
        if told.startswith("AUTH XOAUTH2"):
            secret = secret.partition("Bearer ")[2].strip("\1")
            if secret != self.script.password:
                self.say("334 eyJzdGF0dXMiOiI0MDEifQ==")
                self.line_of()
        self.say("235 in" if secret == self.script.password else "535 5.7.8 no")

    def on_mail(self, told: str) -> None:
        self.script.passes("mail")
        self.sender, self.receivers = told.partition("<")[2].partition(">")[0], []
        self.say(self.script.refusals.get("mail", "250 sender"))

    def on_rcpt(self, told: str) -> None:
        self.script.passes("rcpt")
        receiver = told.partition("<")[2].partition(">")[0]
        answer = self.script.refusals.get(f"rcpt {receiver}", "250 receiver")
        if answer.startswith("250"):
            self.receivers.append(receiver)
        self.say(answer)
        self.script.passes("rcpt-answered")

    def on_data(self, _told: str) -> None:
        self.script.passes("data")
        if "data" in self.script.refusals:
            self.say(self.script.refusals["data"])
            return
        self.say("354 go")
        self.script.passes("data-answered")
        if "content" in self.script.refusals:
            self.say(self.script.refusals["content"])
        lines = []
        while (line := self.line_of()) != b".":
            lines.append(line[1:] if line.startswith(b".") else line)
            self.script.passes("content")
        self.script.passes("dot-thrown-away")
        refusal = self.script.refusals.get("dot")
        if refusal is None:
            self.script.got.append(b"".join(line + b"\r\n" for line in lines))
            self.script.envelopes.append((self.sender, tuple(self.receivers)))
        self.script.passes("dot-taken")
        self.say(refusal or "250 2.0.0 taken")
        self.script.passes("answered")
