"""The same with a real server: Dovecot, over TLS, with signing in."""

import ssl

import pytest

from backoffice.core.errors import Outage
from backoffice.mail.model import MailAccount
from backoffice.mail.receiving import imap, queries, sent
from tests.builders import MONDAY, an_open_shop
from tests.mail.receiving.dovecot import a_dovecot, with_dovecot
from tests.mail.receiving.mailboxes import CONNECT, QUICK, a_mail, an_account, fetch_one, kept

pytestmark = with_dovecot
MANY = 2000


@pytest.fixture
def server():
    with a_dovecot() as server:
        yield server


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def flags(port):
    """Every mail's flags, asked by somebody else; \\Recent is the session's and no flag of the mail."""
    with CONNECT(imap.Server("localhost", port, "tls", "shop"), "right") as line:
        line.look("INBOX")
        told = line._client.fetch(line.uids(0, line.highest()), ["FLAGS"])
    return {uid: set(one[b"FLAGS"]) - {b"\\Recent"} for uid, one in told.items()}


def test_two_thousand_mails_come_in_over_a_restart_and_the_server_is_as_before(server, shop):
    server.hold([a_mail(number) for number in range(MANY)])
    server.start()
    before = flags(server.port)
    files = server.files()
    _, secrets = an_account(shop, server.port)

    def falls_over(done, _whole):
        if done >= 900:
            server.stop()

    new, _, error = fetch_one(shop, secrets, progress=falls_over)
    assert error in ("mail.cut", "mail.refused") and 0 < new < MANY
    assert fetch_one(shop, secrets)[2] == "mail.refused"
    server.start()
    assert fetch_one(shop, secrets) == (MANY - new, 0, "")
    assert fetch_one(shop, secrets) == (0, 0, "")
    messages, raws, uids = kept(shop)
    assert (messages, raws, len(uids)) == (MANY, MANY, MANY)
    (health,) = shop.ask(queries.health)
    assert (health.on_server, health.agree) == (MANY, True)
    assert flags(server.port) == before == {uid: set() for uid in before} and len(before) == MANY
    assert server.files() == files


def test_a_copy_in_sent_is_found_again_byte_for_byte(server):
    server.start()
    account = MailAccount(
        address="shop@example.com", user="shop", imap_host="localhost", imap_port=server.port, connected_at=MONDAY
    )
    mail = a_mail("ours", text="Señora, aquí está.")
    folder = sent.open_sent(account, "right", connect=CONNECT)
    try:
        assert folder.folder == "Correo enviado"
        assert not folder.holds("<ours@example.com>")
        folder.keep(mail, MONDAY)
        assert folder.holds("<ours@example.com>")
        assert not folder.holds("<ours@example.co>") and not folder.holds('x" OR ALL')
        line = folder._line
        line.look("Correo enviado")
        assert list(line.mails([1]).values()) == [mail]
    finally:
        folder.close()


@pytest.mark.parametrize(
    ("password", "authority", "code"), [("wrong", True, "mail.sign-in"), ("right", False, "mail.tls")]
)
def test_what_keeps_us_out_is_told(server, password, authority, code):
    server.start()
    where = imap.Server("localhost", server.port, "tls", "shop")
    with pytest.raises(Outage, match=code.replace(".", r"\.")):
        if authority:
            CONNECT(where, password)
        else:
            imap.connect(where, password, patience=QUICK)


def test_a_plain_line_is_encrypted_before_the_password_is_said(server):
    server.hold([a_mail(1)])
    server.start()
    with CONNECT(imap.Server("localhost", server.plain_port, "starttls", "shop"), "right") as line:
        assert isinstance(line._client.socket(), ssl.SSLSocket)
        line.look("INBOX")
        assert line.mails([1]) == {1: a_mail(1)}
    with pytest.raises(Outage, match=r"mail\.tls"):
        imap.connect(imap.Server("localhost", server.plain_port, "starttls", "shop"), "right", patience=QUICK)
