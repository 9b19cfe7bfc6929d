"""The test button: each way in which a server can fail has its own code, and its own sentence."""

import socket
from functools import partial
from string import Formatter

import pytest

from backoffice.mail.model import Security
from backoffice.mail.outbox.connection import Connection as Outgoing
from backoffice.mail.outbox.connection import tls_context
from backoffice.mail.receiving.accounts import AccountDraft
from backoffice.mail.receiving.probing import Probe, probe
from backoffice.mail.words import OUTAGES
from tests.mail.outbox.scripted import Script, a_server
from tests.mail.receiving.mailboxes import CONNECT
from tests.mail.receiving.scripted import AUTHORITY, Box, serving

TRUSTING = {"connect": CONNECT, "connect_out": partial(Outgoing, context=tls_context(str(AUTHORITY)))}


def probed(incoming, outgoing, password="right", *, smtp_security=Security.TLS, **trust):
    draft = AccountDraft(
        address="shop@example.com", user="shop", imap_host="localhost" if incoming else "", imap_port=incoming or 993,
        smtp_host="localhost" if outgoing else "", smtp_port=outgoing or 465, smtp_security=smtp_security,
    )  # fmt: skip
    return probe(draft, password, **(trust or TRUSTING))


def test_an_account_that_works_says_so_and_nothing_was_read_or_sent():
    box, script = Box(mails={1: b"x"}), Script()
    with serving(box) as incoming, a_server(script) as outgoing:
        assert probed(incoming, outgoing) == ("", "")
    assert not any(b"FETCH" in each for each in box.commands)
    assert not any(told.startswith("MAIL") for told in script.said)


def test_a_wrong_password_is_told_of_each_server():
    with serving(Box()) as incoming, a_server(Script()) as outgoing:
        assert probed(incoming, outgoing, "wrong") == ("mail.sign-in", "mail.sign-in")


def test_an_unknown_certificate_is_told_and_no_password_is_sent():
    box, script = Box(), Script()
    with serving(box) as incoming, a_server(script) as outgoing:
        plain = Outgoing
        assert probe(
            AccountDraft("a@example.com", "shop", imap_host="localhost", imap_port=incoming, smtp_host="localhost",
                         smtp_port=outgoing), "right", connect_out=plain,
        ) == ("mail.tls", "mail.tls")  # fmt: skip
    assert box.commands == [] and not any("AUTH" in told for told in script.said)


def test_a_server_that_is_gone_is_told():
    with serving(Box()) as incoming, a_server(Script()) as outgoing:
        pass
    assert probed(incoming, outgoing) == ("mail.refused", "mail.refused")


@pytest.mark.parametrize(("number", "code"), [("EAI_NONAME", "mail.no-host"), ("EAI_AGAIN", "mail.offline")])
def test_an_unknown_name_and_no_network_are_told_apart(monkeypatch, number, code):
    def no_name(*_args, **_more):
        raise socket.gaierror(getattr(socket, number), "no")

    monkeypatch.setattr(socket, "getaddrinfo", no_name)
    assert probed(1, 1) == (code, code)


def test_a_server_that_is_not_named_is_not_tried():
    assert probed(0, 0) == ("", "")


def test_each_answer_has_a_sentence_with_the_host():
    for code in ("no-host", "tls", "sign-in", "refused", "silent", "offline", "busy", "cut", "garbled"):
        assert {place for _, place, _, _ in Formatter().parse(OUTAGES[f"mail.{code}"]) if place} == {"host"}
    assert isinstance(Probe("", ""), tuple)
