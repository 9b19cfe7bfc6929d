"""One connection to a mailbox on a server (IMAP4rev1, RFC 3501): looks, lists and reads; changes nothing but Sent.

All that IMAPClient or imaplib raises becomes an Outage here; nobody above knows them.
"""

import email
import email.policy
import errno
import imaplib
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Self

import certifi
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from backoffice.core.errors import Outage
from backoffice.mail.model import Security, SignIn

imaplib._MAXLINE = 20_000_000  # type: ignore[attr-defined]  # windows keep answers small; this is the second lock

WINDOW = 50_000
"""UIDs asked for at once: an answer of at most 550 kB."""
_WIDEST = 16 * WINDOW
"""So wide a window grows while it finds nothing: a server's UIDs may have large gaps."""
LARGEST_ANSWER = 64_000_000
"""Bytes of one literal; a server that announces more is not believed."""
_BUSY = re.compile(r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]", re.IGNORECASE)  # RFC 5530
_OFFLINE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN}
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
_CUT = (imaplib.IMAP4.abort, ConnectionError, EOFError)
_HEAD = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID DATE SUBJECT FROM)]"
_HEAD_KEY = b"BODY[HEADER.FIELDS (MESSAGE-ID DATE SUBJECT FROM)]"
_ID_ALONE = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Server:
    """Where a mailbox is and how one signs in."""

    host: str
    port: int
    security: Security
    user: str
    sign_in: SignIn = SignIn.PASSWORD


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: for the connection, for the next bytes, and for one whole answer."""

    connect: int = 10
    read: int = 60
    answer: int = 600


class Look(NamedTuple):
    """What the server says of a folder."""

    uidvalidity: int
    exists: int


class Listed(NamedTuple):
    """What the server says of one mail before it is fetched; `size` in bytes."""

    uid: int
    size: int
    at: datetime | None


class Head(NamedTuple):
    """The few header lines by which a mail is known again, as they stand there."""

    rfc_id: str
    date: str
    subject: str
    sender: str


@cache
def trust(authority: Path | None = None) -> ssl.SSLContext:
    """Whom we believe: the world's authorities; `authority` is one more, for tests."""
    context = ssl.create_default_context(cafile=certifi.where())
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if authority is not None:
        context.load_verify_locations(authority)
    return context


class Connection:
    """Signed in. Closed by leaving the with block. Every method raises Outage `mail.…` where the server fails."""

    def __init__(self, client: IMAPClient, patience: Patience) -> None:
        self._client = client
        self._patience = patience
        self._bound_literals()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Says goodbye where somebody listens, and lets go."""
        with suppress(Exception):
            self._client.socket().settimeout(2)
            self._client.logout()
        with suppress(Exception):
            self._client.shutdown()

    def look(self, folder: str) -> Look:
        """Opens a folder to be read only (EXAMINE): no flag of a mail changes by what follows."""
        with self._asking():
            told = self._client.select_folder(folder, readonly=True)
            return Look(int(told.get(b"UIDVALIDITY", 0)) or 1, int(told[b"EXISTS"]))

    def uids(self, after: int, upto: int, *, since: date | None = None) -> list[int]:
        """The UIDs in (after, upto], ascending; `since` a day of the server's own: only mails it got then or later."""
        wanted: list[str | date] = ["UID", f"{after + 1}:{upto}"]
        if since is not None:
            wanted += ["SINCE", since]
        with self._asking():
            return sorted({uid for uid in map(int, self._client.search(wanted)) if after < uid <= upto})

    def highest(self) -> int:
        """The newest mail's UID, 0 in an empty folder; asked for, because servers miscount what they announce."""
        with self._asking():
            return max(map(int, self._client.search(["UID", "*"])), default=0)

    def listed(self, uids: Sequence[int]) -> list[Listed]:
        """Size and moment of arrival of each; what is no longer there is left out."""
        found = self._fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
        return [
            Listed(uid, int(one[b"RFC822.SIZE"]), _aware(one.get(b"INTERNALDATE")))
            for uid, one in found.items()
            if isinstance(one.get(b"RFC822.SIZE"), int)
        ]

    def heads(self, uids: Sequence[int]) -> dict[int, Head]:
        """The header lines by which mails are known again."""
        found = self._fetch(uids, [_HEAD])
        return {uid: head_of(one[_HEAD_KEY]) for uid, one in found.items() if isinstance(one.get(_HEAD_KEY), bytes)}

    def mails(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The mails whole, unseen as before (BODY.PEEK); those the server did not hand over are left out."""
        found = self._fetch(uids, ["BODY.PEEK[]"])
        return {uid: one[b"BODY[]"] for uid, one in found.items() if isinstance(one.get(b"BODY[]"), bytes)}

    def sent_folder(self) -> str:
        """The folder for what was sent: by its special use (RFC 6154), else by its usual names; "" where none is."""
        with self._asking():
            return str(self._client.find_special_folder(b"\\Sent") or "")

    def append(self, folder: str, raw: bytes, *, at: datetime) -> None:
        """Puts a copy of a mail of ours into a folder, marked as seen."""
        with self._asking():
            self._client.append(folder, raw, flags=(b"\\Seen",), msg_time=at)

    def holds(self, folder: str, rfc_id: str) -> bool:
        """Whether a mail with this Message-ID lies in the folder."""
        if not _ID_ALONE.fullmatch(rfc_id):
            return False
        self.look(folder)
        with self._asking():
            found = [int(uid) for uid in self._client.search(["HEADER", "Message-ID", rfc_id])]
        return any(head.rfc_id == rfc_id for head in self.heads(found[-50:]).values())

    def _fetch(self, uids: Sequence[int], wanted: list[str]) -> dict[int, dict[bytes, Any]]:
        if not uids:
            return {}
        with self._asking():
            return dict(self._client.fetch(list(uids), wanted))

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """One command: its errors told, and at its deadline the line is cut, however slowly the server drips."""
        watch = threading.Timer(self._patience.answer, self._cut)
        watch.daemon = True
        watch.start()
        try:
            with telling(self._client.host):
                yield
        finally:
            watch.cancel()

    def _cut(self) -> None:
        with suppress(OSError):
            self._client.socket().shutdown(socket.SHUT_RDWR)

    def _bound_literals(self) -> None:
        """imaplib reads whatever length a server announces, at once, into memory."""
        read: Callable[[int], bytes] = self._client._imap.read

        def bounded(size: int) -> bytes:
            if size > LARGEST_ANSWER:
                raise imaplib.IMAP4.abort("a literal larger than any mail")
            got = read(size)
            if len(got) < size:
                raise imaplib.IMAP4.abort("cut off in a literal")
            return got

        self._client._imap.read = bounded


def connect(
    server: Server, secret: str, *, authority: Path | None = None, patience: Patience | None = None
) -> Connection:
    """Connects with TLS verified and signs in; `secret` is the password, or the access token of XOAUTH2.

    Outage `mail.no-host`, `mail.offline`, `mail.refused`, `mail.silent`, `mail.tls`, `mail.sign-in`, `mail.busy`,
    `mail.cut` or `mail.garbled`, each with the `host`.
    """
    patience = patience or Patience()
    context = trust(authority)
    with telling(server.host):
        client = IMAPClient(
            server.host,
            port=server.port,
            ssl=server.security == Security.TLS,
            ssl_context=context,
            timeout=SocketTimeout(patience.connect, patience.connect),
        )
        client._imap.debug = 0  # else every line, the one with the password too, is prepared for a log
        client.normalise_times = False
        try:
            if server.security == Security.STARTTLS:
                _starttls(client, context)
            client.socket().settimeout(patience.connect * 3)  # a server takes its time over a wrong password
            _sign_in(client, server, secret)
            client.socket().settimeout(patience.read)
        except BaseException:
            with suppress(Exception):
                client.shutdown()
            raise
    return Connection(client, patience)


def windows(uids: Callable[[int, int], list[int]], after: int, top: int) -> Iterator[tuple[int, list[int]]]:
    """All UIDs in (after, top], by windows: (where the window ends, its UIDs); `uids` asks for those of one."""
    width = WINDOW
    while after < top:
        end = min(after + width, top)
        found = uids(after, end)
        yield end, found
        width = WINDOW if found else min(width * 2, _WIDEST)
        after = end


def _starttls(client: IMAPClient, context: ssl.SSLContext) -> None:
    """Never goes on without: whoever sits between takes the offer out of the list."""
    if not client.has_capability("STARTTLS"):
        raise ssl.SSLError("no STARTTLS")
    client.starttls(context)


def _sign_in(client: IMAPClient, server: Server, secret: str) -> None:
    if any(ord(letter) < 32 for letter in server.user + secret):
        raise LoginError("a line break in user or password")
    if server.sign_in == SignIn.XOAUTH2:
        client.oauth2_login(server.user, secret)
    elif (server.user + secret).isascii():
        client.login(server.user, secret)
    else:
        client.plain_login(server.user, secret)  # LOGIN knows ASCII only


@contextmanager
def telling(host: str) -> Iterator[None]:
    """What goes wrong inside is told as an Outage with the host; what is no fault of the world goes on as it is."""
    try:
        yield
    except LoginError as error:
        if isinstance(error.__context__, _CUT):
            raise Outage("mail.cut", host=host) from error
        if _BUSY.search(str(error)):
            raise Outage("mail.busy", host=host) from error
        raise Outage("mail.sign-in", host=host) from None  # its text may repeat what was typed
    except imaplib.IMAP4.abort as error:
        raise Outage("mail.garbled" if "unexpected" in str(error) else "mail.cut", host=host) from error
    except OSError as error:
        raise line_outage(error, host) from error
    except (imaplib.IMAP4.error, ValueError, LookupError, AssertionError, TypeError, AttributeError) as error:
        # IMAPClient stumbles over garbage in many ways of its own.
        raise Outage("mail.busy" if _BUSY.search(str(error)) else "mail.garbled", host=host) from error


def line_outage(error: OSError, host: str) -> Outage:
    """What an error of the line means to a person: the Outage with its code."""
    if isinstance(error, socket.gaierror):
        code = "mail.no-host" if error.errno in _NO_SUCH_NAME else "mail.offline"
    elif isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        code = "mail.cut"
    elif isinstance(error, ssl.SSLError):
        code = "mail.tls"
    elif isinstance(error, TimeoutError):
        code = "mail.silent"
    elif isinstance(error, ConnectionRefusedError):
        code = "mail.refused"
    else:
        code = "mail.offline" if error.errno in _OFFLINE else "mail.cut"
    return Outage(code, host=host)


def _aware(at: object) -> datetime | None:
    return at.astimezone(UTC) if isinstance(at, datetime) and at.tzinfo else None


def head_of(raw: bytes) -> Head:
    """The header lines by which a mail is known again; empty text for those it has not."""
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        found = {name.lower(): str(value) for name, value in reversed(list(message.raw_items()))}
    except (ValueError, LookupError, RecursionError):
        found = {}
    one = {name: " ".join(found.get(name, "").split()) for name in ("message-id", "date", "subject", "from")}
    plain = {name: text.encode("utf-8", "replace").decode()[:300] for name, text in one.items()}
    return Head(plain["message-id"], plain["date"], plain["subject"], plain["from"])
