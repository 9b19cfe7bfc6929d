"""A letter becomes one mail that says what was meant, and nothing that was smuggled in."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.core.errors import Refused
from backoffice.mail.writing import composing
from backoffice.mail.writing.composing import Letter, OutFile, compose, parse_address, parse_mailbox

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BREAKS = ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
SMUGGLED = "Bcc: evil@x.test"
HEADERS = {"from", "to", "cc", "subject", "date", "message-id", "mime-version", "content-type", "references"}
HEADERS |= {"content-transfer-encoding", "in-reply-to", "auto-submitted", "x-auto-response-suppress"}
FILE_NAMES = [
    "../../etc/passwd", "..\\..\\boot.ini", "/abs", "a\r\nBcc: evil@x.test", 'a"; filename="evil.exe', "nul.txt",
    "factura_nº_7.pdf", "\u202egpj.exe", "a" * 5000, "", ".", "..", "con", "名前.pdf", "x;y=z", "\x00a", "\ud800b",
]  # fmt: skip


def a_letter(**changes):
    plain = {"from_name": "Casa Lumbre", "from_address": "hola@casa.example", "to": ("ana@x.example",), "at": AT}
    return Letter(**{**plain, "subject": "Your order 1001", "text": "Hello Ana,\n\nit left today.\n", **changes})


def read(letter: Letter) -> EmailMessage:
    raw = compose(letter)
    assert max(raw) < 128 and b"\0" not in raw
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    mail = message_from_bytes(raw, policy=policy.default)
    assert {name.lower() for name in mail} <= HEADERS | {"list-unsubscribe"}, mail.keys()
    return mail


def text_of(mail: EmailMessage) -> str:
    return mail.get_content().replace("\r\n", "\n")


def test_a_letter_says_what_was_written():
    mail = read(
        a_letter(to=("Ana Núñez <ana@x.example>", "b@x.example"), cc=("c@x.example",), subject="Tu pedido nº 7")
    )
    assert mail["From"].addresses[0].addr_spec == "hola@casa.example"
    assert [(a.display_name, a.addr_spec) for a in mail["To"].addresses] == [
        ("Ana Núñez", "ana@x.example"),
        ("", "b@x.example"),
    ]
    assert mail["Cc"].addresses[0].addr_spec == "c@x.example"
    assert mail["Subject"] == "Tu pedido nº 7"
    assert parsedate_to_datetime(mail["Date"]) == AT
    assert text_of(mail) == "Hello Ana,\n\nit left today.\n"


@given(st.text(max_size=3000))
def test_any_text_arrives_as_written(text):
    wanted = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    wanted = re.sub("[\ud800-\udfff]", "", wanted)
    got = text_of(read(a_letter(text=text)))
    assert got in (wanted, wanted + "\n")


@given(st.text(max_size=2000))
def test_any_html_arrives_beside_the_text(html):
    mail = read(a_letter(html="<p>" + html + "</p>"))
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("field", ["subject", "from_name"])
@pytest.mark.parametrize("line_break", BREAKS)
def test_a_line_break_in_a_header_is_refused(field, line_break):
    with pytest.raises(Refused) as refused:
        compose(a_letter(**{field: f"Hello{line_break}{SMUGGLED}"}))
    assert refused.value.code == "mail.bad-header"


@pytest.mark.parametrize("line_break", [*BREAKS, "\0", " ", ","])
@pytest.mark.parametrize("shape", ["a@x.example{}" + SMUGGLED, "A{}" + SMUGGLED + " <a@x.example>", "<a@x{}b.example>"])
def test_nothing_is_smuggled_in_by_a_receiver(shape, line_break):
    try:
        mail = read(a_letter(to=(shape.format(line_break),), cc=(shape.format(line_break),)))
    except Refused as refused:
        assert refused.code in ("mail.bad-header", "mail.bad-address")
    else:
        assert [each.addr_spec for each in mail["To"].addresses] == ["a@x.example"]


@pytest.mark.parametrize("line_break", [*BREAKS, " "])
@pytest.mark.parametrize("field", ["rfc_id", "unsubscribe", "auto"])
def test_a_trick_in_what_must_be_exact_is_refused(field, line_break):
    good = {"rfc_id": "<a@b>", "unsubscribe": "mailto:a@x.example", "auto": "auto-replied"}[field]
    compose(a_letter(**{field: good}))
    with pytest.raises(Refused, match=r"mail\.bad-header"):
        compose(a_letter(**{field: good + line_break + SMUGGLED}))


@pytest.mark.parametrize(
    "foreign", [f"<a{sign}@b>" for sign in [*BREAKS, "é", " ", "<"]] + ["", "a", "<" + "a" * 999 + ">"]
)
def test_a_foreign_id_no_header_can_hold_is_left_out(foreign):
    mail = read(a_letter(in_reply_to=foreign, references=(foreign, "<good@x>")))
    assert mail["In-Reply-To"] is None
    assert mail["References"] == "<good@x>"


def test_a_long_thread_keeps_its_first_and_its_last_ids():
    ids = tuple(f"<{at}@x>" for at in range(200))
    kept = read(a_letter(references=ids, in_reply_to=ids[-1]))["References"].split()
    assert kept[0] == ids[0] and kept[1:] == list(ids[-24:])


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_files_name_is_one_safe_name(name):
    mail = read(a_letter(files=(OutFile(name, "application/pdf", b"%PDF"),)))
    [part] = mail.iter_attachments()
    found = part.get_filename()
    assert found and not re.search(r'[\x00-\x1f/\\":\u202e]', found) and found.strip(".")
    assert part.get_content() == b"%PDF" and part.get_content_disposition() == "attachment"
    assert {each.lower() for each in part} == {
        "content-type", "content-transfer-encoding", "content-disposition", "mime-version"
    }  # fmt: skip


@given(st.text(max_size=300))
def test_any_files_name_comes_out_as_it_was_made_safe(name):
    [part] = read(a_letter(files=(OutFile(name, "text/csv", b"a;b"),))).iter_attachments()
    assert part.get_filename() == composing.safe_file_name(name)


@pytest.mark.parametrize(
    "kind", ["", "evil", "multipart/mixed", "message/rfc822", "text/html\r\nX: y", "a/b; c=d", "é/x"]
)
def test_an_odd_media_type_is_sent_as_plain_bytes(kind):
    [part] = read(a_letter(files=(OutFile("a.bin", kind, b"\xff\x00\r\n.\r\n"),))).iter_attachments()
    assert part.get_content_type() == "application/octet-stream"
    assert part.get_content() == b"\xff\x00\r\n.\r\n"


def test_an_automatic_mail_says_so():
    mail = read(a_letter(auto="auto-replied", unsubscribe="mailto:hola@casa.example?subject=stop"))
    assert mail["Auto-Submitted"] == "auto-replied" and mail["X-Auto-Response-Suppress"] == "All"
    assert mail["List-Unsubscribe"] == "<mailto:hola@casa.example?subject=stop>"
    assert read(a_letter())["Auto-Submitted"] is None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ana@x.example", "ana@x.example"),
        ("  Ana.Perez+shop@X.Example ", "Ana.Perez+shop@x.example"),
        ("ana@peluquería.example", "ana@xn--peluquera-n5a.example"),
        ("o'neil@x.co", "o'neil@x.co"),
        ("root@localhost", "root@localhost"),
    ],
)
def test_an_address_is_taken(text, address):
    assert parse_address(text) == address


@pytest.mark.parametrize(
    "text",
    ["", "ana", "@x.example", "ana@", "ana@@x.example", "a b@x.example", ".a@x.example", "a..b@x.example",
     "ñ@x.example", "a@x..example", "a@-x.example", "a@x.example.", "a@[127.0.0.1]", '"a b"@x.example',
     "a@x.example, b@x.example",
     "Ana <a@x.example>", "a" * 65 + "@x.example", "a@" + "x" * 64 + ".example", "a@" + "xy." * 90 + "example",
     "a@x\0y",
     "a@x.example\n", "<a@x.example", "a@ex ample", "a@\ud800.example", "a@" + "é" * 70 + ".example"],
)  # fmt: skip
def test_what_is_no_address_is_refused_plainly(text):
    if text.endswith("\n"):
        assert parse_address(text) == "a@x.example"  # blanks around it are nobody's trick
        return
    with pytest.raises(Refused, match=r"mail\.bad-address"):
        parse_address(text)


@given(st.text(max_size=80))
def test_any_other_text_is_an_address_or_refused(text):
    try:
        parse_mailbox(text)
    except Refused as refused:
        assert refused.code in ("mail.bad-address", "mail.bad-header")


def test_receivers_are_counted_once_and_the_empty_letter_has_none():
    letter = a_letter(to=("Ana <ana@x.example>", "ana@x.example"), cc=("b@x.example",))
    assert composing.receivers(letter) == ("ana@x.example", "b@x.example")
    with pytest.raises(Refused, match=r"mail\.no-receiver"):
        compose(a_letter(to=()))
