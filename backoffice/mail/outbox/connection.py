"""The connection to a mail server: yagmail's for host, TLS and signing in; what is said over it is ours.

The library's own sending is never called: it delivers three copies when a server drops after the data. Here the caller
is told between the last line of the mail and the final dot, after which only the server knows (RFC 5321, 4.1.1.4).
"""

import base64
import re
import socket
import ssl
from collections.abc import Callable, Sequence
from typing import Any

import certifi
import yagmail

from backoffice.core.text import one_line
from backoffice.mail.model import Security
from backoffice.mail.outbox.delivery import Access, Answer, Delivery, Trouble, Undelivered

_CHUNK = 64 * 1024
"""Bytes sent at once: the timeout is for a chunk and not for a mail of 25 MB over a slow line."""
_LINE_BEGINS_WITH_DOT = re.compile(rb"^\.", re.MULTILINE)
_MOST_SAID = 500
_MYSELF = "[127.0.0.1]"  # says nothing about this machine, and asks no name server what it is called


def tls_context(extra_ca: str | None = None) -> ssl.SSLContext:
    """Certificates are always verified: by the system's store and certifi's, and by `extra_ca` (a file) besides."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    if extra_ca:
        context.load_verify_locations(extra_ca)
    return context


class Connection(yagmail.SMTP):  # type: ignore[misc]
    """A connection that is open and signed in once it is made. Raises Undelivered where it cannot be."""

    def __init__(self, access: Access, *, context: ssl.SSLContext | None = None) -> None:
        context = context or tls_context()
        self._access = access
        at_once = access.security is Security.TLS
        super().__init__(
            access.user,
            access.password,
            host=access.host,
            port=access.port,
            smtp_ssl=at_once,
            smtp_starttls=False if at_once else {"context": context},
            smtp_skip_login=True,  # by ourselves: the library asks the terminal for a password, and lets no ñ through
            soft_email_validation=False,
            timeout=access.timeout,
            local_hostname=_MYSELF,
            **({"context": context} if at_once else {}),
        )
        self.set_logging(None)
        try:
            self.login()
            # The dot follows the content in a packet of its own: it must not wait for the other side's late ACK.
            self.smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._sign_in()
        except (OSError, ValueError) as error:
            self.hang_up()
            raise _classified(error) from None
        except Undelivered:
            self.hang_up()
            raise

    def _sign_in(self) -> None:
        access, token = self._access, self._access.token
        self.smtp.ehlo_or_helo_if_needed()
        if token is not None:
            said = f"user={access.user}\1auth=Bearer {token()}\1\1"
            self.smtp.auth("XOAUTH2", lambda challenge=None: said if challenge is None else "")
        elif access.user.isascii() and access.password.isascii():
            self.smtp.login(access.user, access.password)
        else:
            plain = f"\0{access.user}\0{access.password}".encode()  # RFC 4616: UTF-8
            code, said = self.smtp.docmd("AUTH", "PLAIN " + base64.b64encode(plain).decode("ascii"))
            if code != 235:
                raise Undelivered(Trouble.SIGN_IN if code >= 500 else Trouble.TEMPORARY, code=code, said=_text(said))

    def deliver(self, sender: str, receivers: Sequence[str], raw: bytes, *, before_dot: Callable[[], None]) -> Delivery:
        """Says one mail. `before_dot` is called after its last line and before the final dot.

        Raises Undelivered: with `after_dot` where no answer came to the dot, and what `before_dot` raises; then the
        connection is gone and the server has to throw away what it heard.
        """
        said_all = False

        def last_word() -> None:
            nonlocal said_all
            before_dot()
            said_all = True

        try:
            return self._say(sender, receivers, raw, last_word)
        except Undelivered:
            raise
        except (OSError, ValueError) as error:
            self.hang_up()
            trouble = _classified(error)
            if said_all:
                raise Undelivered(Trouble.LOST, said=trouble.said, after_dot=True) from None
            lost = Trouble.LOST if trouble.final or trouble.trouble is Trouble.TLS else trouble.trouble
            raise Undelivered(lost, code=trouble.code, said=trouble.said) from None
        except BaseException:
            self.hang_up()
            raise

    def _say(self, sender: str, receivers: Sequence[str], raw: bytes, before_dot: Callable[[], None]) -> Delivery:
        smtp = self.smtp
        size = [f"size={len(raw)}"] if smtp.has_extn("size") else []
        self._want(250, smtp.mail(sender, size))
        found = self._receivers(receivers)
        self._want(354, smtp.docmd("DATA"), found)
        content = _LINE_BEGINS_WITH_DOT.sub(b"..", raw)
        if not content.endswith(b"\r\n"):
            content += b"\r\n"
        for at in range(0, len(content), _CHUNK):
            smtp.send(content[at : at + _CHUNK])
        self._hear_objections(found)
        before_dot()
        smtp.sock.settimeout(self._access.last_timeout)
        smtp.send(b".\r\n")
        answer = _answer(smtp.getreply())
        if answer.good:
            smtp.sock.settimeout(self._access.timeout)
            return Delivery(answer, found)
        self._turned_down(answer, found, after_dot=not 400 <= answer.code < 600)
        raise AssertionError

    def _hear_objections(self, found: dict[str, Answer]) -> None:
        """A server that spoke or left while it was listening will not keep the mail: no dot, so nothing uncertain."""
        smtp = self.smtp
        smtp.sock.settimeout(0)
        try:
            smtp.file.peek(1)
        except ssl.SSLWantReadError:
            return
        except OSError:
            pass
        finally:
            smtp.sock.settimeout(self._access.timeout)
        answer = _answer(smtp.getreply())
        self.hang_up()
        known = Trouble.REFUSED if answer.code >= 500 else Trouble.TEMPORARY
        told = Undelivered(known if answer.code >= 400 else Trouble.LOST, code=answer.code, said=answer.text)
        told.of_receivers = found
        raise told

    def _receivers(self, receivers: Sequence[str]) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        for receiver in receivers:
            found[receiver] = _answer(self.smtp.rcpt(receiver))
            if found[receiver].code in (421, -1):
                self._turned_down(found[receiver], found)
        if not any(answer.good for answer in found.values()):
            kindest = min(found.values(), key=lambda answer: answer.code)
            self._turned_down(kindest, found)
        return found

    def _want(self, code: int, reply: tuple[int, bytes], found: dict[str, Answer] | None = None) -> None:
        answer = _answer(reply)
        if answer.code != code:
            self._turned_down(answer, found or {})

    def _turned_down(self, answer: Answer, found: dict[str, Answer], *, after_dot: bool = False) -> None:
        """Leaves the connection ready for the next mail, or hangs up where it is not to be trusted any more."""
        if after_dot or answer.code == 421 or not 400 <= answer.code < 600:
            self.hang_up()
            trouble = Trouble.TEMPORARY if answer.code == 421 else Trouble.LOST
        else:
            trouble = Trouble.REFUSED if answer.code >= 500 else Trouble.TEMPORARY
            self._reset()
        told = Undelivered(trouble, code=answer.code, said=answer.text, after_dot=after_dot)
        told.of_receivers = found
        raise told

    def _reset(self) -> None:
        try:
            self.smtp.sock.settimeout(self._access.timeout)
            if self.smtp.rset()[0] != 250:
                self.hang_up()
        except (OSError, AttributeError):
            self.hang_up()

    @property
    def alive(self) -> bool:
        """Whether another mail can be said over it."""
        return self.smtp is not None and self.smtp.sock is not None

    def hang_up(self) -> None:
        """Closes the socket without a word; a second time does nothing."""
        self.is_closed = True
        if self.smtp is not None:
            self.smtp.close()

    def good_bye(self) -> None:
        """Ends the connection as the protocol has it; whatever the server answers."""
        try:
            if self.alive:
                self.smtp.sock.settimeout(5)
                self.smtp.quit()
        except (OSError, ValueError, AttributeError):
            pass
        finally:
            self.hang_up()


def _classified(error: Exception) -> Undelivered:
    """What went wrong with a connection, by the error's name: all of the library's are OSErrors."""
    name, code = type(error).__name__, getattr(error, "smtp_code", None)
    said = _text(getattr(error, "smtp_error", "") or error)
    if isinstance(error, ssl.SSLError | ssl.CertificateError):
        return Undelivered(Trouble.TLS, said=said)
    if name == "SMTPNotSupportedError":
        return Undelivered(Trouble.TLS if "STARTTLS" in str(error) else Trouble.SIGN_IN, said=said)
    if isinstance(code, int) and code >= 400:
        refused = Trouble.SIGN_IN if name == "SMTPAuthenticationError" else Trouble.REFUSED
        return Undelivered(refused if code >= 500 else Trouble.TEMPORARY, code=code, said=said)
    if name == "gaierror":
        return Undelivered(Trouble.NO_HOST, said=said)
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return Undelivered(Trouble.SILENT, said=said)
    if isinstance(error, ValueError) or name == "SMTPException":
        return Undelivered(Trouble.SIGN_IN, said=said)
    if name.startswith("SMTP") or isinstance(error, ConnectionResetError):
        return Undelivered(Trouble.LOST, said=said)
    return Undelivered(Trouble.OFFLINE, said=said)


def _answer(reply: tuple[int, bytes]) -> Answer:
    return Answer(reply[0], _text(reply[1]))


def _text(said: Any) -> str:
    """A server's words as one line to be kept and shown."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return one_line(text)[:_MOST_SAID]
