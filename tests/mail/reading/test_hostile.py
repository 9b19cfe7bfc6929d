"""Nothing that comes in stops the desk: mutants of our own mails, and mails built to burst whoever reads them."""

# ruff: noqa: E501  # a bomb is one line

import base64
import random
import time
import zlib

import pytest

from backoffice.mail.model import MailKind
from backoffice.mail.reading.message import LARGEST, Unreadable
from backoffice.mail.reading.read import Mail, read
from tests.mail.reading.our_mails import the_mails

MUTANTS = 6_000
PIECES = [
    b"\r", b"\n", b"\r\n\r\n", b"\x00", b"\xff", b"=", b"?", b"=?utf-8?b?", b"?=", b"--", b"\n--", b";", b'"', b"<", b">", b"(", b":",
    b"boundary=", b"Content-Type: multipart/mixed; boundary=\n", b"Content-Type: message/rfc822\n\n", b"charset=zip", b"charset=utf-16",
    b"charset=idna", b"charset=undefined", b"charset=utf-7", b"Content-Transfer-Encoding: x-uuencode\n", b"Content-Transfer-Encoding: base64\n",
    b"filename*0*=utf-8''%", b"filename=..\\..\\CON", b"From: \"a\" <", b"Message-ID: <[abc]@x>\n", b"Date: 99 Foo 999999\n",
    b"To: a@[\n", b"\xed\xa0\x80", "\u202e".encode(), b"<!--", b"<table>" * 9, b"&#xD800;", b"On 1 wrote:\n>",
]  # fmt: skip


def a_mutant(chance: random.Random, mails: list[bytes]) -> bytes:
    raw = bytearray(chance.choice(mails))
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at, change = chance.randrange(len(raw) + 1), chance.randrange(7)
        if change == 0:
            del raw[at : at + chance.randrange(1, 200)]
        elif change == 1:
            raw[at:at] = chance.choice(PIECES)
        elif change == 2:
            raw[at : at + 8] = chance.randbytes(8)
        elif change == 3:
            raw[at:at] = raw[max(0, at - chance.randrange(1, 400)) : at]
        elif change == 4:
            raw[at:at] = chance.choice(mails)[: chance.randrange(300)]
        elif change == 5:
            raw = raw[:at] or bytearray(b"x")
        elif raw:
            raw[at % len(raw)] = chance.randrange(256)
    return bytes(raw)


def assert_fit_to_keep(mail: Mail) -> None:
    """What a database and a window can take."""
    assert 0 <= mail.new_length <= len(mail.text)
    words = (mail.subject, mail.from_name, mail.from_address, mail.rfc_id, mail.text, mail.html, mail.reply_to)
    for text in (*words, *(part.name for part in mail.files), *(text for box in (*mail.to, *mail.cc) for text in box)):
        text.encode("utf-8")
        assert "\x00" not in text
    for line in (mail.subject, mail.from_name, mail.rfc_id, *(part.name for part in mail.files)):
        assert not set(line) & set("\r\n\u202e\u2066")
    for part in mail.files:
        assert part.name not in ("", ".", "..") and not set(part.name) & set('/\\:*?"<>|')


def test_mutants_are_read_or_called_unreadable(capsys):
    chance, mails = random.Random(20260303), the_mails(60)
    unread, slowest = 0, 0.0
    for _ in range(MUTANTS):
        raw = a_mutant(chance, mails)
        began = time.process_time()
        try:
            assert_fit_to_keep(read(raw))
        except Unreadable as fault:
            assert fault.code != "mail.unreadable-fault", raw
            unread += 1
        slowest = max(slowest, time.process_time() - began)
    with capsys.disabled():
        print(f"\nmutants: {MUTANTS} read, {unread} of them unreadable, the slowest {slowest * 1000:.0f} ms", end="")
    assert slowest < 2


def nested(depth: int) -> bytes:
    head = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    return b"From: a@x.example\n" + head + b"\n\nhello\n"


PLAIN = b"From: a@x.example\nTo: shop@casa.example\n"
HTML = PLAIN + b"Content-Type: text/html; charset=utf-8\n\n"
BOMBS = {
    "thirty nested": nested(30),
    "1,500 nested": nested(1_500),
    "50,000 nested": nested(50_000),
    "nested with one border": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 20_000,
    "20,000 addresses": b"From: a@x.example\nTo: " + b", ".join(b"n%d@x.example" % n for n in range(20_000)) + b"\n\nhi",
    "addresses without end": b"From: " + b"<a@b.example>," * 500_000 + b"\n\nhi",
    "2,000 brackets": b"From: " + b"(" * 2_000 + b"a@x.example" + b")" * 2_000 + b"\n\nhi",
    "200,000 brackets": b"From: a@x.example " + b"(" * 200_000 + b"\n\nhi",
    "quotes": b"From: " + b'"' * 200_001 + b"\n\nhi",
    "backslashes": b'From: "' + b"\\" * 200_001 + b"\n\nhi",
    "100,000 headers": PLAIN + b"".join(b"X-%d: y\n" % n for n in range(100_000)) + b"\nhi",
    "100,000 equal headers": PLAIN + b"To: b@x.example\n" * 100_000 + b"\nhi",
    "100,000 folded lines": PLAIN + b"Subject: x\n" + b" y\n" * 100_000 + b"\nhi",
    "a subject of 5 MB": PLAIN + b"Subject: " + b"=?utf-8?q?x?= " * 400_000 + b"\n\nhi",
    "half an encoded word": PLAIN + b"Subject: " + b"=?utf-8?q?" * 500_000 + b"\n\nhi",
    "references": PLAIN + b"References: " + b"<a@x.example> <" * 300_000 + b"\n\nhi",
    "parameters": PLAIN + b"Content-Type: text/plain" + b'; a*0="' * 300_000 + b"\n\nhi",
    "parameters in pieces": PLAIN + b"Content-Disposition: attachment" + b"".join(b"; filename*%d*=%%41" % n for n in range(20_000)) + b"\n\nhi",
    "a line of 20 MB": PLAIN + b"\n" + b"x" * 20_000_000,
    "20 MB of lines": PLAIN + b"\n" + b"x\n" * 10_000_000,
    "20 MB of quotes": PLAIN + b"\n" + b">\n" * 10_000_000,
    "20 MB of carriage returns": b"From: a@x.example" + b"\r" * 20_000_000,
    "20 MB of base64": PLAIN + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(b"x" * 14_000_000),
    "broken base64": PLAIN + b"Content-Transfer-Encoding: base64\n\n" + b"=A\n" * 5_000_000,
    "zipped": PLAIN + b"Content-Type: text/plain; charset=zlib\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(zlib.compress(bytes(200_000_000))),
    "quoted-printable": PLAIN + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=" * 10_000_000,
    "utf-7": PLAIN + b"Content-Type: text/plain; charset=utf-7\n\n" + b"+AAA" * 2_000_000,
    "uuencoded": PLAIN + b"Content-Transfer-Encoding: uuencode\n\nbegin 644 x\n" + b"M" + b"x" * 60 + b"\nM\n" * 2_000_000,
    "900 parts": PLAIN + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nhi\n" * 900,
    "a million parts": PLAIN + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 1_000_000,
    "nearly a million borders": PLAIN + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--bx\n" * 1_000_000,
    "900 files": PLAIN + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: image/png\n\nhi\n" * 900,
    "mails in mails": PLAIN + b"Content-Type: message/rfc822\n\n" * 20_000,
    "a report of 100,000": PLAIN + b"Content-Type: message/delivery-status\n\n" + b"Final-Recipient: rfc822; a@x.example\n\n" * 100_000,
    "a report without end": PLAIN + b"Content-Type: message/delivery-status\n\n" + b"x\n" * 3_000_000,
    "a bounce of addresses": b"From: MAILER-DAEMON@x.example\nSubject: failure notice\n\nundeliverable\n" + b"a@x.example\n" * 500_000,
    "a bounce without end": b"From: MAILER-DAEMON@x.example\nSubject: failure notice\n\n" + b"undelivered " * 500_000,
    "divs": HTML + b"<div>" * 2_000_000,
    "tables": HTML + b"<table><tr><td>" * 500_000,
    "tags not closed": HTML + b"<a href='" * 1_000_000,
    "comments": HTML + b"<!--" * 3_000_000,
    "quotes in HTML": HTML + b"<p>x</p>" + b"<blockquote>" * 1_000_000,
    "scripts": HTML + b"<script>" * 1_000_000,
    "attributes": HTML + b"<a " + b"x=1 " * 3_000_000,
    "references in HTML": HTML + b"&lt" * 4_000_000,
    "zeros": bytes(10_000_000),
    "dates": PLAIN + b"Date: " + b"1 " * 1_000_000 + b"\n\nhi",
    "a name of 5 MB": PLAIN + b'Content-Disposition: attachment; filename="' + "\u0301".encode() * 2_000_000 + b'"\n\nhi',
}  # fmt: skip


@pytest.mark.parametrize("raw", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_read_or_called_unreadable_within_two_seconds(raw):
    began = time.process_time()
    try:
        assert_fit_to_keep(read(raw))
    except Unreadable as fault:
        assert fault.code in ("mail.unreadable-nested", "mail.unreadable-parts", "mail.unreadable-empty")
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"x" * (LARGEST + 1), "large"),
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (nested(1_500), "nested"),
        (BOMBS["a million parts"], "parts"),
    ],
    ids=["large", "empty", "blank", "nested", "parts"],
)
def test_why_a_mail_cannot_be_read(raw, code):
    with pytest.raises(Unreadable) as caught:
        read(raw)
    assert caught.value.code == f"mail.unreadable-{code}"


def test_our_own_mails_are_what_they_are():
    kinds = [read(raw).kind for raw in the_mails(20)]
    assert kinds.count(MailKind.BOUNCE) == kinds.count(MailKind.AUTOMATIC) == kinds.count(MailKind.LIST) == 2
    assert kinds.count(MailKind.HUMAN) == 14
