"""Bounces: who was not reached, for how long, and by which of our mails."""

import pytest

from backoffice.mail.model import MailKind
from backoffice.mail.reading.read import read

ORIGINAL = "<order.7.9.abcdef@casa.example>"


def a_report(*groups: str, original: str = ORIGINAL, text: str = "It failed.") -> bytes:
    status = "\n\n".join(["Reporting-MTA: dns; mx.example", *groups])
    return (
        "Return-Path: <>\nFrom: Mail Delivery <MAILER-DAEMON@mx.example>\nTo: shop@casa.example\n"
        "Subject: Undelivered Mail Returned to Sender\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\n{text}\n\n--b\nContent-Type: message/delivery-status\n\n{status}\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {original}\nFrom: shop@casa.example\n\n--b--\n"
    ).encode()


def a_group(address: str, status: str, action: str = "failed", said: str = "") -> str:
    return f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {said}"


@pytest.mark.parametrize(
    ("status", "action", "said", "hard"),
    [
        ("5.1.1", "failed", "550 5.1.1 User unknown", True),
        ("5.1.10", "failed", "550 5.1.10 RecipientNotFound", True),
        ("5.2.1", "failed", "550 disabled", True),
        ("5.2.2", "failed", "552 5.2.2 Mailbox full", False),
        ("5.7.1", "failed", "550 5.7.1 Blocked", True),
        ("4.4.1", "failed", "timeout", False),
        ("4.2.2", "delayed", "452 full", False),
        ("5.1.1", "delayed", "", False),
        ("5.0.0", "failed", "552 5.2.2 over quota", False),
        ("5.0.0", "failed", "550 5.1.1 no such user", True),
        ("5.0.0 (permanent)", "FAILED (really)", "gone", True),
    ],
)
def test_each_receiver_of_a_report(status, action, said, hard):
    mail = read(a_report(a_group("Ana@Example.org", status, action, said)))
    assert (mail.kind, mail.why_kind, mail.acknowledge) == (MailKind.BOUNCE, "report", False)
    (receiver,) = mail.bounce.receivers
    assert (receiver.address, receiver.hard) == ("ana@example.org", hard)
    assert receiver.action == action.split()[0].lower()
    assert receiver.status[0] == status[0]
    assert said.split(";")[0] in receiver.diagnostic
    assert mail.bounce.original == ORIGINAL


def test_several_receivers_and_those_who_were_reached():
    gone, there = a_group("a@x.example", "5.1.1"), a_group("b@x.example", "2.0.0", "delivered")
    mail = read(a_report(gone, there, a_group("c@x.example", "4.2.2")))
    found = [(each.address, each.hard) for each in mail.bounce.receivers]
    assert found == [("a@x.example", True), ("c@x.example", False)]


def test_the_address_we_wrote_to_counts_not_where_it_was_forwarded():
    group = "Original-Recipient: rfc822;ana@shopper.example\n" + a_group("x17@backend.example", "5.1.1")
    assert read(a_report(group)).bounce.receivers[0].address == "ana@shopper.example"


def test_a_receipt_is_no_bounce():
    mail = read(a_report(a_group("a@x.example", "2.0.0", "delivered")))
    assert (mail.kind, mail.bounce, mail.acknowledge) == (MailKind.AUTOMATIC, None, False)


LETTERS = {
    "qmail": ("Hi. This is the qmail-send program at x.\nI'm afraid I wasn't able to deliver your message.\n\n"
              "<ana@x.example>:\n1.2.3.4 does not like recipient.\nRemote host said: 550 5.1.1 User unknown\n"
     "", "5.1.1", True),
    "exim": ("This message was created automatically by mail delivery software.\n\n"
     "The following address(es) failed:\n\n"
             "  ana@x.example\n    SMTP error: 552 5.2.2 mailbox full\n", "5.2.2", False),
    "exchange": ("Your message\n\n  To: x\n\ndid not reach the following recipient(s):\n\n"
     "ana@x.example on Mon, 2 Mar 2026\n"
                 "    The recipient name is not recognized\n", "", True),
    "yahoo": ("Unable to deliver message to the following address(es).\n\n<ana@x.example>:\n"
              "This user doesn't have a yahoo account (ana@x.example)\n", "", True),
    "quota": ("<ana@x.example>:\nThis account is over quota. Your message was not delivered.\n", "", False),
    "later": ("Warning: message delayed. It has not yet been delivered to:\n\n  ana@x.example\n\n"
              "Delivery attempts will continue.\n", "", False),
}  # fmt: skip


@pytest.mark.parametrize(("letter", "status", "hard"), LETTERS.values(), ids=LETTERS.keys())
def test_letters_of_older_servers(letter, status, hard):
    raw = (
        f"From: MAILER-DAEMON@mx.example\nTo: shop@casa.example\nSubject: failure notice\n\n{letter}\n"
        f"--- Below this line is a copy of the message.\n\nReturn-Path: <shop@casa.example>\nMessage-ID: {ORIGINAL}\n"
        "To: other@y.example\n\nDear Ana\n"
    )
    mail = read(raw.encode(), own=frozenset({"shop@casa.example"}))
    assert (mail.kind, mail.why_kind) == (MailKind.BOUNCE, "letter")
    (receiver,) = mail.bounce.receivers
    assert (receiver.address, receiver.status, receiver.hard) == ("ana@x.example", status, hard)
    assert mail.bounce.original == ORIGINAL


@pytest.mark.parametrize(
    "text",
    [
        "Delivery failed, the parcel was returned to you. Could not be delivered, it says. Ana <ana@x.example>",
        "The carrier says: undeliverable.\n\n-----Original Message-----\nFrom: shop@casa.example\nTo: ana@x.example\n",
        "No se ha podido entregar el pedido. Devuelto.",
    ],
)
def test_a_customer_whose_parcel_failed_is_no_bounce(text):
    head = "From: Ana <ana@x.example>\nTo: shop@casa.example\nSubject: Delivery failure: returned to sender\n"
    raw = f"{head}\n{text}\n"
    mail = read(raw.encode())
    assert (mail.kind, mail.bounce, mail.acknowledge) == (MailKind.HUMAN, None, True)
