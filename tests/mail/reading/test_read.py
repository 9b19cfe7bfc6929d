"""One mail read: headers in any charset, whoever is named, what is said, the files, the Message-IDs."""

from datetime import UTC, datetime

import pytest

from backoffice.mail.reading.addresses import Mailbox
from backoffice.mail.reading.charsets import decode
from backoffice.mail.reading.read import read


def a_mail(*head: str, body: str = "Hello") -> bytes:
    return ("\r\n".join(head) + f"\r\n\r\n{body}\r\n").encode("utf-8", "surrogateescape")


def of_parts(kind: str, *parts: str) -> bytes:
    inside = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return f"From: a@x.example\r\nContent-Type: multipart/{kind}; boundary=b\r\n\r\n{inside}--b--\r\n".encode()


def a_file(name: str, content: str = "x") -> str:
    return f"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; {name}\r\n\r\n{content}"


@pytest.mark.parametrize(
    ("written", "subject"),
    [
        ("Order 1001", "Order 1001"),
        ("=?utf-8?q?D=C3=B3nde_est=C3=A1?=", "Dónde está"),
        ("=?UTF-8?B?8J+Mug==?= flower", "🌺 flower"),
        ("=?utf-8?q?muy?=\r\n =?utf-8?q?_larga?=", "muy larga"),
        ("=?utf-8?b?w6k=?= =?utf-8?b?w6k=?=", "éé"),
        ("=?utf-8?b?8J8=?= =?utf-8?b?jLo=?=", "🌺"),
        ("=?gb2312?b?xOO6ww==?=", "你好"),
        ("=?iso-8859-1?q?Espa=F1a_=80?=", "España €"),
        ("=?nonsense?q?caf=C3=A9?=", "café"),
        ("=?utf-8?x?y?=", "=?utf-8?x?y?="),
        ("=?utf-8?b?%%%?=", ""),
        ("Espa\udcf1a", "España"),
        ("España", "España"),
        ("folded\r\n\tonce", "folded once"),
        ("tricky \u202egpj.exe", "tricky gpj.exe"),
        ("nul\x00here", "nulhere"),
        ("", ""),
    ],
)
def test_subjects(written, subject):
    assert read(a_mail(f"Subject: {written}")).subject == subject


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("Ana Pérez <Ana@Example.ORG>", "Ana Pérez", "ana@example.org"),
        ("ana@example.org", "", "ana@example.org"),
        ("<ana@example.org>", "", "ana@example.org"),
        ("ana@example.org (Ana Pérez)", "Ana Pérez", "ana@example.org"),
        ('"Pérez, Ana" <ana@example.org>', "Pérez, Ana", "ana@example.org"),
        ('"Ana \\"la\\" P" <ana@example.org>', 'Ana "la" P', "ana@example.org"),
        ("=?utf-8?q?Ana_P=C3=A9rez?= <ana@example.org>", "Ana Pérez", "ana@example.org"),
        ('"=?utf-8?q?Ana?=" <ana@example.org>', "Ana", "ana@example.org"),
        ("Ana (at work (today)) <ana@example.org>", "Ana", "ana@example.org"),
        ("ana@x.example <ana@example.org>", "ana@x.example", "ana@example.org"),
        ("'Ana' <ana@example.org>", "Ana", "ana@example.org"),
        ("<@relay.example:ana@example.org>", "", "ana@example.org"),
        ("Ana <mailto:ana@example.org>", "Ana", "ana@example.org"),
        ("Ana", "Ana", ""),
        ('"a" <', "a", ""),
        ("a@[", "", "a@["),
        ("undisclosed-recipients:;", "", ""),
        ("", "", ""),
    ],
)
def test_who_wrote(written, name, address):
    mail = read(a_mail(f"From: {written}"))
    assert (mail.from_name, mail.from_address) == (name, address)


def test_all_who_are_named():
    mail = read(a_mail("To: a@x.example, B <b@x.example>;", " Team: c@x.example, d@x.example;",
                       "Cc: e@x.example", "Cc: f@x.example",
                       "Reply-To: R <R@x.example>"))  # fmt: skip
    assert [each.address[0] for each in mail.to] == ["a", "b", "c", "d"]
    assert mail.to[1] == Mailbox("B", "b@x.example")
    assert [each.address[0] for each in mail.cc] == ["e", "f"]
    assert mail.reply_to == "r@x.example"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("<a@x>", ("<a@x>",)),
        ("<[abc]@x>", ("<[abc]@x>",)),
        ("<a@x>\r\n <b@x>", ("<a@x>", "<b@x>")),
        ("<a@x><b@x>,<a@x>", ("<a@x>", "<b@x>")),
        ("<a\r\n @x>", ("<a@x>",)),
        ("a@x", ("<a@x>",)),
        ("Your mail of Monday <a@x>", ("<a@x>",)),
        ("<", ()),
        ("<@>", ("<@>",)),
        ("nothing", ()),
        ("", ()),
    ],
)
def test_message_ids(written, found):
    mail = read(a_mail(f"References: {written}", f"In-Reply-To: {written}", f"Message-ID: {written}"))
    assert mail.references == mail.in_reply_to == found
    assert mail.rfc_id == (found[0] if found else "")


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("Mon, 2 Mar 2026 10:15:00 +0100", datetime(2026, 3, 2, 9, 15, tzinfo=UTC)),
        ("2 Mar 2026 10:15 -0000", datetime(2026, 3, 2, 10, 15, tzinfo=UTC)),
        ("Mon, 2 Mar 2026 10:15:00", datetime(2026, 3, 2, 10, 15, tzinfo=UTC)),
        ("yesterday", None),
        ("Mon, 99 Foo 99999 10:15:00 +0100", None),
        ("", None),
    ],
)
def test_dates(written, at):
    assert read(a_mail(f"Date: {written}")).dated == at


@pytest.mark.parametrize(
    ("raw", "declared", "text"),
    [
        ("día".encode(), "utf-8", "día"),
        ("día".encode("cp1252"), "utf-8", "día"),
        ("día".encode(), "us-ascii", "día"),
        ("día".encode(), "", "día"),
        ("día “x”".encode("cp1252"), "iso-8859-1", "día “x”"),
        ("你好镕".encode("gb18030"), "gb2312", "你好镕"),
        ("日本".encode("iso2022_jp"), "iso-2022-jp", "日本"),
        ("한국".encode("cp949"), "ks_c_5601-1987", "한국"),
        ("día".encode(), "idna", "día"),
        ("día".encode(), "base64", "día"),
        ("día".encode(), "undefined", "día"),
        ("día".encode(), "zip", "día"),
        ("día".encode(), "foo\x00bar", "día"),
        (b"\\u0041", "unicode_escape", "\\u0041"),
        (b"\x81\x8d", "utf-8", "\x81\x8d"),
    ],
)
def test_charsets(raw, declared, text):
    assert decode(raw, declared) == text


def test_the_body_of_alternatives_is_text_and_html():
    plain = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nZMOtYQ=="
    mail = read(of_parts("alternative", plain, "Content-Type: text/html\r\n\r\n<p>dia <script>x</script></p>"))
    assert (mail.text, mail.html, mail.files) == ("día", "<p>dia </p>", ())


def test_html_alone_becomes_text_with_its_new_part():
    html = '<p>Yes</p><div class="gmail_quote">On Monday, Shop wrote:<blockquote>Blue?</blockquote></div>'
    mail = read(a_mail("From: a@x.example", "Content-Type: text/html", body=html))
    assert mail.text[: mail.new_length] == "Yes"
    assert "Blue?" in mail.text[mail.new_length :] and "Blue?" in mail.html


def test_stretches_in_a_row_are_one_text():
    mail = read(of_parts("mixed", "\r\nfirst", "Content-Type: text/html\r\n\r\n<b>second</b>", "\r\nthird"))
    assert mail.text.split() == ["first", "second", "third"]
    assert mail.html.index("first") < mail.html.index("second") < mail.html.index("third")


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ('filename="invoice.pdf"', "invoice.pdf"),
        ("filename=invoice.pdf", "invoice.pdf"),
        ("filename*=utf-8''factura%20%C3%B1.pdf", "factura ñ.pdf"),
        ("filename*0*=utf-8''fac; filename*1*=tura%C3%B1.pdf", "facturañ.pdf"),
        ('filename*0="fac"; filename*1="tura.pdf"', "factura.pdf"),
        ('filename="=?utf-8?q?factura_=C3=B1.pdf?="', "factura ñ.pdf"),
        ('filename="../../etc/passwd"', "etc_passwd"),
        ('filename="C:\\\\Windows\\\\x.exe"', "C__Windows_x.exe"),
        ('filename="CON.txt"', "_CON.txt"),
        ('filename="photo\u202egpj.exe"', "photogpj.exe"),
        ('filename="a\x01b.txt"', "ab.txt"),
        ('filename=""', "file-1.bin"),
    ],
)
def test_files_have_names_good_on_any_disk(stated, name):
    (part,) = read(of_parts("mixed", "\r\nhi", a_file(stated))).files
    assert (part.name, part.content) == (name, b"x")


def test_pictures_inside_know_their_id_and_mails_carried_are_files():
    picture = "Content-Type: image/png\r\nContent-ID: <logo@x>\r\nContent-Transfer-Encoding: base64\r\n\r\neHl6"
    carried = "Content-Type: message/rfc822\r\n\r\nSubject: Old\r\n\r\nsecret words"
    mail = read(of_parts("mixed", "\r\nhi", picture, carried))
    assert [(part.name, part.media_type, part.cid) for part in mail.files] == [
        ("file-1.png", "image/png", "logo@x"), ("Old.eml", "message/rfc822", ""),
    ]  # fmt: skip
    assert mail.files[0].content == b"xyz"
    assert "secret" not in mail.text


def test_a_mail_without_anything_is_read():
    mail = read(b"\n\nhi")
    assert (mail.subject, mail.from_address, mail.rfc_id, mail.acknowledge) == ("", "", "", False)
    assert "hi" in mail.text


def test_line_ends_of_any_kind():
    for end in (b"\r\n", b"\n", b"\r"):
        mail = read(end.join((b"From: a@x.example", b"Subject: S", b"", b"one", b"two")))
        assert (mail.subject, mail.text) == ("S", "one\ntwo")


def test_a_mail_cut_off_keeps_what_came():
    whole = of_parts("mixed", "\r\nwords", a_file("filename=a.bin", "y" * 100))
    mail = read(whole[:-60])
    assert mail.text.strip() == "words" and mail.files[0].content.startswith(b"yyy")
