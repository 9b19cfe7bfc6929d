"""A scripted IMAP server on loopback: small, obedient, and as wicked as a test wants it."""

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

CERTIFICATES = Path(__file__).parents[1] / "certificates"
AUTHORITY = CERTIFICATES / "authority.pem"
_UID = re.compile(rb"UID (\d+):(\d+|\*)")


@dataclass
class Box:
    """What the server holds and how it behaves; a test changes it while the server runs."""

    mails: dict[int, bytes] = field(default_factory=dict)
    uidvalidity: int = 7
    recent: frozenset[int] | None = None
    """UIDs that `SINCE` finds; None: all."""
    password: str = "right"
    exists: int | None = None
    """A count that is not true."""
    numbers: range = range(0)
    """Held besides: mails without content, for the sake of their numbers."""
    told_size: dict[int, int] = field(default_factory=dict)
    refuses: frozenset[int] = frozenset()
    """UIDs at whose content the server drops the line."""
    withholds: frozenset[int] = frozenset()
    """UIDs it lists and does not hand over."""
    cut: str = ""
    """A moment at which it drops the line: "greeting", "login", "look", "search", "sizes", "literal"."""
    cuts: int = 10**9
    """How often it does so."""
    garbage: str = ""
    """A command it answers with nonsense."""
    silent: str = ""
    sign_in: bytes = b"NO [AUTHENTICATIONFAILED] no"
    commands: list[bytes] = field(default_factory=list)
    longest: int = 0
    """Bytes of the longest line it said."""

    def uids(self) -> list[int]:
        return sorted({*self.mails, *self.numbers})

    def now(self, moment: str) -> bool:
        if self.cut != moment or self.cuts <= 0:
            return False
        self.cuts -= 1
        return True


class _Dropped(Exception):
    pass


class _Session:
    def __init__(self, box: Box, line: socket.socket) -> None:
        self.box, self.line, self.file = box, line, line.makefile("rb")

    def say(self, text: bytes) -> None:
        self.box.longest = max(self.box.longest, max(map(len, text.split(b"\r\n"))) if len(text) > 1000 else 0)
        self.line.sendall(text + b"\r\n")

    def serve(self) -> None:
        if self.box.silent == "greeting":
            self.file.readline()
            return
        self._drop_at("greeting")
        self.say(b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2] ready")
        while line := self.file.readline():
            tag, _, rest = line.strip().partition(b" ")
            self.box.commands.append(rest)
            verb = rest.upper().split(b" ")[0].decode()
            if verb == "UID":
                verb = "UID " + rest.upper().split(b" ")[1].decode()
            if self.box.silent == verb:
                continue
            if self.box.garbage == verb:
                self.say(b"* 1 FETCH (\xff(\x00 BODY[ {nonsense")
                self.say(tag + b" OK done")
                continue
            handler = _HANDLERS.get(verb)
            if handler is None:
                self.say(tag + b" BAD unknown")
            elif handler(self, tag, rest) is False:
                return

    def _drop_at(self, moment: str) -> None:
        if self.box.now(moment):
            raise _Dropped

    def capability(self, tag: bytes, _rest: bytes) -> None:
        self.say(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2")
        self.say(tag + b" OK done")

    def login(self, tag: bytes, rest: bytes) -> None:
        self._drop_at("login")
        right = rest.endswith(b'"' + self.box.password.encode() + b'"') or rest.endswith(self.box.password.encode())
        self.say(tag + b" OK done" if right else tag + b" " + self.box.sign_in)

    def authenticate(self, tag: bytes, _rest: bytes) -> None:
        self.say(b"+ ")
        self.box.commands.append(b"SASL " + self.file.readline().strip())
        self.say(tag + b" OK done")

    def examine(self, tag: bytes, _rest: bytes) -> None:
        self._drop_at("look")
        count = len(self.box.uids()) if self.box.exists is None else self.box.exists
        self.say(b"* FLAGS (\\Seen)\r\n* %d EXISTS\r\n* 0 RECENT" % count)
        self.say(b"* OK [UIDVALIDITY %d] valid" % self.box.uidvalidity)
        self.say(tag + b" OK [READ-ONLY] done")

    def search(self, tag: bytes, rest: bytes) -> None:
        self._drop_at("search")
        uids = self.box.uids()
        if rest == b"UID SEARCH UID *":
            found = uids[-1:]
        else:
            first, last = _UID.search(rest).groups()  # type: ignore[union-attr]
            top = (uids or [0])[-1] if last == b"*" else int(last)
            found = [uid for uid in uids if int(first) <= uid <= top]
        if b"SINCE" in rest and self.box.recent is not None:
            found = [uid for uid in found if uid in self.box.recent]
        self.say(b"* SEARCH " + b" ".join(b"%d" % uid for uid in found))
        self.say(tag + b" OK done")

    def fetch(self, tag: bytes, rest: bytes) -> None:
        asked = {uid for part in rest.split(b" ")[2].split(b",") for uid in _span(part)}
        for number, uid in enumerate(self.box.uids(), 1):
            if uid in asked:
                self._fetch_one(number, uid, rest)
        self.say(tag + b" OK done")

    def _fetch_one(self, number: int, uid: int, rest: bytes) -> None:
        raw = self.box.mails.get(uid, b"")
        if b"RFC822.SIZE" in rest:
            self._drop_at("sizes")
            size = self.box.told_size.get(uid, len(raw))
            told = b'RFC822.SIZE %d INTERNALDATE "01-Mar-2026 10:00:00 +0000"' % size
            self.say(b"* %d FETCH (UID %d %s)" % (number, uid, told))
        elif b"HEADER.FIELDS" in rest:
            head = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            self.say(
                b"* %d FETCH (UID %d BODY[HEADER.FIELDS (MESSAGE-ID DATE SUBJECT FROM)] {%d}\r\n%s)"
                % (number, uid, len(head), head)
            )
        elif uid in self.box.withholds:
            return
        else:
            self.line.sendall(b"* %d FETCH (UID %d BODY[] {%d}\r\n" % (number, uid, len(raw)))
            if uid in self.box.refuses or self.box.now("literal"):
                self.line.sendall(raw[: len(raw) // 2])
                raise _Dropped
            self.line.sendall(raw)
            self.say(b")")

    def logout(self, tag: bytes, _rest: bytes) -> bool:
        self.say(b"* BYE bye\r\n" + tag + b" OK done")
        return False


_HANDLERS: dict[str, Callable[[_Session, bytes, bytes], object]] = {
    "CAPABILITY": _Session.capability,
    "LOGIN": _Session.login,
    "AUTHENTICATE": _Session.authenticate,
    "EXAMINE": _Session.examine,
    "UID SEARCH": _Session.search,
    "UID FETCH": _Session.fetch,
    "LOGOUT": _Session.logout,
}


def _span(part: bytes) -> range:
    first, _, last = part.partition(b":")
    return range(int(first), int(last or first) + 1)


@contextmanager
def serving(box: Box) -> Iterator[int]:
    """The port of a server that serves this box over TLS until the block ends."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "server.pem", CERTIFICATES / "server.key")
    door = socket.create_server(("127.0.0.1", 0))
    lines: list[socket.socket] = []

    def one(plain: socket.socket) -> None:
        with (
            suppress(OSError, _Dropped, ssl.SSLError, ValueError),
            context.wrap_socket(plain, server_side=True) as line,
        ):
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            lines.append(line)
            try:
                _Session(box, line).serve()
            finally:
                with suppress(OSError):
                    socket.socket.shutdown(line, socket.SHUT_RDWR)

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=one, args=(door.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield door.getsockname()[1]
    finally:
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
        door.close()
        for line in lines:
            with suppress(OSError):
                line.close()
