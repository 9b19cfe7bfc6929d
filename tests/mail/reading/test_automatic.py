"""Which mails a machine may answer: the 21 cases of the desk, and more of ours."""

import pytest

from backoffice.mail.model import MailKind
from backoffice.mail.reading.automatic import is_nobody
from backoffice.mail.reading.read import read

FROM = "From: Ana Pérez <ana@example.org>\n"
OWN = frozenset({"shop@casa.example"})
DSN = "Content-Type: multipart/report; report-type=delivery-status; boundary=x"
TWENTY_ONE = {
    "plain": (FROM, True),
    "Auto-Submitted: no": (FROM + "Auto-Submitted: no\n", True),
    "auto-replied": (FROM + "Auto-Submitted: auto-replied\n", False),
    "auto-generated": (FROM + "Auto-Submitted: auto-generated\n", False),
    "auto-notified": (FROM + "Auto-Submitted: auto-notified; owner-email=\"a@b.example\"\n", False),
    "Precedence: Bulk": (FROM + "Precedence: Bulk\n", False),
    "suppress All": (FROM + "X-Auto-Response-Suppress: All\n", False),
    "suppress many": (FROM + "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\n", False),
    "suppress AutoReply": (FROM + "X-Auto-Response-Suppress: AutoReply\n", False),
    "null Return-Path first": ("Return-Path: <>\n" + FROM, False),
    "null Return-Path second": (
        "Received: from x by y; Mon, 2 Mar 2026 10:00:00 +0000\nReturn-Path: <>\n" + FROM, False),
    "MAILER-DAEMON": ("From: MAILER-DAEMON@mx.example\n", False),
    "no-reply@": ("From: Shop <no-reply@other.example>\n", False),
    "donotreply@": ("From: donotreply@other.example\n", False),
    "List-Id": (FROM + "List-Id: Friends <friends.example.org>\n", False),
    "List-Unsubscribe": (FROM + "List-Unsubscribe: <mailto:out@example.org>\n", False),
    "DSN": (FROM + DSN + "\n", False),
    "DSN folded and quoted": (
        FROM + 'Content-Type:\n multipart/report;\n\treport-type="delivery-status";\n boundary="x"\n', False),
    "X-Autoreply": (FROM + "X-Autoreply: yes\n", False),
    "X-Loop": (FROM + "X-Loop: shop@casa.example\n", False),
    "MDN": (FROM + "Content-Type: multipart/report; report-type=disposition-notification; boundary=x\n", False),
}  # fmt: skip
OURS = {
    "Auto-Submitted with a comment": (FROM + "Auto-Submitted: no (a person)\n", True),
    "Auto-Submitted in capitals": (FROM + "AUTO-SUBMITTED: AUTO-REPLIED\n", False),
    "Auto-Submitted folded": (FROM + "Auto-Submitted:\n auto-replied\n", False),
    "Auto-Submitted unknown word": (FROM + "Auto-Submitted: whatever\n", False),
    "Auto-Submitted twice": (FROM + "Auto-Submitted: no\nAuto-Submitted: auto-replied\n", False),
    "Precedence: list": (FROM + "Precedence: list\n", False),
    "Precedence: junk": (FROM + "Precedence: JUNK\n", False),
    "Precedence: auto_reply": (FROM + "Precedence: auto_reply\n", False),
    "Precedence: first-class": (FROM + "Precedence: first-class\n", True),
    "X-Precedence": (FROM + "X-Precedence: bulk\n", False),
    "suppress receipts only": (FROM + "X-Auto-Response-Suppress: DR, RN, NRN\n", True),
    "suppress none": (FROM + "X-Auto-Response-Suppress: None\n", True),
    "suppress OOF": (FROM + "X-Auto-Response-Suppress: OOF\n", False),
    "Return-Path of a person": ("Return-Path: <ana@example.org>\n" + FROM, True),
    "Return-Path of a daemon": ("Return-Path: <MAILER-DAEMON>\n" + FROM, False),
    "Return-Path with blanks": ("Return-Path: < >\n" + FROM, False),
    "postmaster": ("From: Postmaster <postmaster@mx.example>\n", False),
    "noreply in a name": ("From: orders-noreply@big.example\n", False),
    "noreply with a number": ("From: noreply-17@big.example\n", False),
    "do_not_reply": ("From: do_not_reply@big.example\n", False),
    "bounces": ("From: bounces+shop=casa.example@big.example\n", False),
    "Spanish no-responder": ("From: no-responder@banco.example\n", False),
    "Portuguese nao-responda": ("From: nao-responda@banco.example\n", False),
    "French ne-pas-repondre": ("From: ne-pas-repondre@banque.example\n", False),
    "German": ("From: nicht-antworten@bank.example\n", False),
    "a list's request address": ("From: friends-request@lists.example\n", False),
    "a person called Noreen": ("From: noreen.plyer@example.org\n", True),
    "a person called Bounce": ("From: Ana Bouncer <bouncer@example.org>\n", True),
    "a person at a daemon's company": ("From: ana@mailer-daemon.example\n", True),
    "List-Post": (FROM + "List-Post: <mailto:x@example.org>\n", False),
    "List-Anything": (FROM + "List-Whatever: x\n", False),
    "X-Mailman-Version": (FROM + "X-Mailman-Version: 2.1\n", False),
    "X-Autorespond": (FROM + "X-Autorespond: away\n", False),
    "X-Auto-Reply: no": (FROM + "X-Autoreply: no\n", True),
    "X-Failed-Recipients": (FROM + "X-Failed-Recipients: b@example.org\n", False),
    "Delivered-To: Autoresponder": (FROM + "Delivered-To: Autoresponder\n", False),
    "our own": ("From: Casa <SHOP@casa.example>\n", False),
    "nobody": ("Subject: x\n", False),
    "a sender without an address": ("From: Ana\n", False),
    "subject: automatic reply": (FROM + "Subject: Automatic reply: Order 1001\n", False),
    "subject: out of office": (FROM + "Subject: Re: Out of Office\n", False),
    "subject: respuesta automática": (FROM + "Subject: =?utf-8?q?Respuesta_autom=C3=A1tica=3A_Pedido?=\n", False),
    "subject: Abwesenheitsnotiz": (FROM + "Subject: Abwesenheitsnotiz\n", False),
    "subject: Réponse automatique": (FROM + "Subject: =?utf-8?b?UsOpcG9uc2UgYXV0b21hdGlxdWU=?=\n", False),
    "subject: an automatic lamp": (FROM + "Subject: The automatic lamp is broken\n", True),
    "a forged encoded header": (FROM + "Auto-Submitted : auto-replied\n", False),
    "spam": (FROM + "X-Spam-Flag: YES\n", False),
    "delivery failed, says a customer": (FROM + "Subject: Delivery failed, nobody came\n", True),
}  # fmt: skip


@pytest.mark.parametrize(("head", "may"), [*TWENTY_ONE.values(), *OURS.values()], ids=[*TWENTY_ONE, *OURS])
def test_a_machine_answers_persons_only(head, may):
    mail = read(f"{head}To: shop@casa.example\n\nWhere is my order?\n".encode(), own=OWN)
    assert mail.acknowledge is may
    assert (mail.why_not == "") is may
    assert mail.acknowledge <= (mail.kind is MailKind.HUMAN)


def test_the_matrix_is_whole():
    assert len(TWENTY_ONE) == 21
    assert len(OURS) >= 30


@pytest.mark.parametrize(
    ("head", "kind", "why"),
    [
        (FROM, MailKind.HUMAN, ""),
        (FROM + "List-Id: <x.example>\nPrecedence: list\n", MailKind.LIST, "list-id"),
        ("From: news@big.example\nPrecedence: bulk\n", MailKind.LIST, "precedence"),
        ("From: noreply@big.example\nList-Unsubscribe: <mailto:x@y.example>\n", MailKind.LIST, "list-unsubscribe"),
        (FROM + "Auto-Submitted: auto-replied\nList-Id: <x.example>\n", MailKind.AUTOMATIC, "auto-submitted"),
        (FROM + "Subject: Fuera de la oficina\n", MailKind.AUTOMATIC, "subject"),
        ("From: no-reply@carrier.example\n", MailKind.AUTOMATIC, "sender"),
        ("From: shop@casa.example\nList-Id: <x.example>\n", MailKind.OWN, "own"),
        ("From: fbl@isp.example\nContent-Type: multipart/report; report-type=feedback-report; boundary=x\n",
         MailKind.FEEDBACK, "report"),
        (FROM + "X-Spam-Flag: YES\n", MailKind.HUMAN, ""),
    ],
)  # fmt: skip
def test_kinds(head, kind, why):
    mail = read(f"{head}\nHello\n".encode(), own=OWN)
    assert (mail.kind, mail.why_kind) == (kind, why)


@pytest.mark.parametrize("address", ["ana@x.example", "info@x.example", "reply@x.example", "masterpost@x.example", ""])
def test_people_are_people(address):
    assert not is_nobody(address)
