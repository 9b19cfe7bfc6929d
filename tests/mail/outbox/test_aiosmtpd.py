"""A mail server that others wrote, with TLS and sign-in: what arrives is what was composed."""

import socket
import ssl
from contextlib import contextmanager

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from backoffice.mail.model import Security
from backoffice.mail.outbox.delivery import Trouble
from backoffice.mail.outbox.model import OutboxState
from backoffice.mail.outbox.sending import send_due
from backoffice.mail.writing.composing import OutFile
from tests.mail.outbox.letters import an_account, connecting, frozen, queued, row
from tests.mail.outbox.scripted import CERTIFICATES


class Inbox:
    """Keeps what the server was given."""

    def __init__(self) -> None:
        self.got: list[Envelope] = []

    async def handle_DATA(self, _server, _session, envelope):  # aiosmtpd's name
        self.got.append(envelope)
        return "250 2.0.0 kept"


def _who(_server, _session, _envelope, _mechanism, proof):
    right = isinstance(proof, LoginPassword) and (proof.login, proof.password) == (b"hola@casa.example", b"right")
    return AuthResult(success=right, handled=right)


class Submission(Controller):
    """Port 465 and port 587 as providers have them."""

    def __init__(self, inbox: Inbox, security: Security) -> None:
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(CERTIFICATES / "server.pem", CERTIFICATES / "server.key")
        self.security = security
        at_once = self.tls if security is Security.TLS else None
        super().__init__(inbox, hostname="127.0.0.1", port=0, ssl_context=at_once, ready_timeout=20)

    def factory(self) -> SMTP:
        starttls = self.tls if self.security is Security.STARTTLS else None
        return SMTP(
            self.handler,
            hostname="localhost",
            tls_context=starttls,
            require_starttls=starttls is not None,
            authenticator=_who,
            auth_required=True,
            auth_require_tls=starttls is not None,
        )

    def _trigger_server(self) -> None:
        """Knocks once; at the port that the system chose."""
        socket.create_connection(("127.0.0.1", self.chosen), timeout=5).close()

    @property
    def chosen(self) -> int:
        return self.server.sockets[0].getsockname()[1]


@contextmanager
def a_provider(security: Security):
    inbox = Inbox()
    server = Submission(inbox, security)
    server.start()
    try:
        yield inbox, server.chosen
    finally:
        server.stop()


pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
LETTERS = {
    "plain": {},
    "dots and blanks": {"text": ".\n..\n. \n\n.a\n" + "x" * 3000 + "\n.\n"},
    "other letters": {"subject": "Tu pedido ñ 名前 ☕ " * 8, "text": "¡Hola!\n", "to": ("Ñandú, el <ana@x.example>",)},
    "html and a file": {
        "html": "<p>.</p>",
        "files": (OutFile("factura nº 7.pdf", "application/pdf", bytes(range(256)) * 900),),
    },
}


@pytest.mark.parametrize("security", Security)
@pytest.mark.parametrize("letter", LETTERS)
def test_it_arrives_byte_for_byte(shop, security, letter):
    with a_provider(security) as (inbox, port):
        with shop.work() as work:
            mail = queued(work, an_account(work, port=port, security=security), **LETTERS[letter])
        send_due(shop, connect=connecting())
    assert row(shop, mail).state == OutboxState.SENT, row(shop, mail)
    [envelope] = inbox.got
    assert envelope.content == frozen(shop, mail)
    assert envelope.mail_from == "hola@casa.example"


@pytest.mark.parametrize("security", Security)
def test_a_wrong_password_and_an_unknown_certificate_are_told_apart(shop, security):
    with a_provider(security) as (inbox, port):
        with shop.work() as work:
            mail = queued(work, an_account(work, port=port, security=security))
        send_due(shop, connect=connecting("wrong"))
        assert row(shop, mail).error == Trouble.SIGN_IN
        with shop.work() as work:
            work.session.connection().exec_driver_sql("UPDATE outgoing_mail SET due_at = created_at")
        send_due(shop, connect=connecting(trusting=False))
    assert row(shop, mail).error == Trouble.TLS
    assert inbox.got == []
