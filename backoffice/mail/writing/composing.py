"""A letter becomes the bytes of a mail: built once, then kept and sent as they are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from backoffice.core.errors import Refused
from backoffice.core.paths import safe_file_name
from backoffice.mail.writing.policy import MAIL_POLICY

_LONGEST_ADDRESS, _LONGEST_LOCAL, _LONGEST_NAME = 254, 64, 200  # RFC 5321 4.5.3.1; RFC 3696 erratum 1690
_LONGEST_SUBJECT = 900
_MOST_REFERENCES = 25
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")  # RFC 5322 dot-atom
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_BREAKS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
_ID = re.compile(r"<[!-;=?-~]{1,250}>")
_MAILTO = re.compile(r"mailto:[!-;=?-~]{3,900}")
_MEDIA_TYPE = re.compile(r"(application|audio|font|image|model|text|video)/([a-z0-9][a-z0-9!#$&^_.+-]{0,80})")
_AUTO = ("", "auto-replied", "auto-generated")  # RFC 3834


@dataclass(frozen=True, slots=True)
class OutFile:
    """A file that goes along. Its name is made safe, an unknown media type becomes application/octet-stream."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What somebody wants to say by mail. Receivers are "ana@x.example" or "Ana Núñez <ana@x.example>"."""

    from_address: str
    to: tuple[str, ...]
    subject: str
    text: str
    at: datetime
    from_name: str = ""
    html: str = ""
    cc: tuple[str, ...] = ()
    files: tuple[OutFile, ...] = ()
    rfc_id: str = ""
    """With its angle brackets; given when the letter is queued."""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    auto: str = ""
    """"auto-replied" for an acknowledgement, "auto-generated" for a notice (RFC 3834), "" for what a person wrote."""
    unsubscribe: str = ""
    """"mailto:…": how to be written to no more (RFC 2369)."""


def compose(letter: Letter) -> bytes:
    """The whole mail with CRLF line ends, every byte below 128, no line above 998.

    Refuses `mail.bad-address` (facts: address) for a receiver or sender nobody can write to, `mail.no-receiver`, and
    `mail.bad-header` (facts: header) where a line break or another trick stands in what becomes a header. Foreign ids
    in `references` and `in_reply_to` that no header can hold are left out.
    """
    mail = EmailMessage(policy=MAIL_POLICY)
    mail["From"] = [_mailbox(letter.from_address, header_text(letter.from_name, "From"))]
    if not letter.to:
        raise Refused("mail.no-receiver")
    mail["To"] = [parse_mailbox(each) for each in letter.to]
    if letter.cc:
        mail["Cc"] = [parse_mailbox(each) for each in letter.cc]
    mail["Subject"] = header_text(letter.subject, "Subject")[:_LONGEST_SUBJECT]
    mail["Date"] = format_datetime(letter.at)
    if letter.rfc_id:
        mail["Message-ID"] = _exact(letter.rfc_id, _ID, "Message-ID")
    _thread(mail, letter)
    _say_automatic(mail, letter)
    mail.set_content(_body(letter.text))
    if letter.html:
        mail.add_alternative(_body(letter.html), subtype="html")
    for file in letter.files:
        _attach(mail, file)
    return mail.as_bytes()


def receivers(letter: Letter) -> tuple[str, ...]:
    """Everybody it goes to, each address once and in the order written. Refuses `mail.bad-address`."""
    return tuple(dict.fromkeys(parse_mailbox(each).addr_spec for each in (*letter.to, *letter.cc)))


def parse_address(text: str) -> str:
    """The address as servers take it: blanks around it gone, its domain in small ASCII letters (IDNA).

    Refuses `mail.bad-address` for anything that is not one plain address, or longer than RFC 5321 allows. Letters
    outside ASCII before the @ would need SMTPUTF8, which too few servers have: refused too.
    """
    bare = text.strip()
    local, at, domain = bare.rpartition("@")
    domain = _ascii_domain(domain)
    good = (
        at
        and domain
        and _LOCAL.fullmatch(local)
        and len(local) <= _LONGEST_LOCAL
        and len(local) + 1 + len(domain) <= _LONGEST_ADDRESS
    )
    if not good:
        raise Refused("mail.bad-address", address=_UNSEEN.sub("", _BREAKS.sub(" ", text))[:_LONGEST_ADDRESS])
    return f"{local}@{domain}"


def parse_mailbox(text: str) -> Address:
    """An address with or without the name of who reads it. Refuses `mail.bad-address` and `mail.bad-header`."""
    named = _NAMED.fullmatch(text.strip())
    if named is None:
        return _mailbox(text, "")
    return _mailbox(named["address"], header_text(named["name"].strip().strip('"'), "To"))


def header_text(text: str, header: str) -> str:
    """Text for one header: without what cannot be seen. Refuses `mail.bad-header` where it holds a line break."""
    text = text.strip()
    if _BREAKS.search(text):
        raise Refused("mail.bad-header", header=header)
    return _UNSEEN.sub("", text.replace("\t", " "))


def _mailbox(address: str, name: str) -> Address:
    return Address(name[:_LONGEST_NAME].strip(), addr_spec=parse_address(address))


def _ascii_domain(domain: str) -> str:
    try:
        ascii_domain = domain.encode("ascii" if domain.isascii() else "idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    labels = ascii_domain.split(".")
    return ascii_domain if all(_LABEL.fullmatch(label) for label in labels) else ""


def _exact(value: str, shape: re.Pattern[str], header: str) -> str:
    if not shape.fullmatch(value):
        raise Refused("mail.bad-header", header=header)
    return value


def _thread(mail: EmailMessage, letter: Letter) -> None:
    """The thread's first id and its last ones: what programs look at, however long the thread has grown."""
    known = _ids((*letter.references, letter.in_reply_to))
    if known:
        kept = known if len(known) <= _MOST_REFERENCES else [known[0], *known[1 - _MOST_REFERENCES :]]
        mail["References"] = " ".join(kept)
    if _ID.fullmatch(letter.in_reply_to):
        mail["In-Reply-To"] = letter.in_reply_to


def _ids(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(each for each in found if _ID.fullmatch(each)))


def _say_automatic(mail: EmailMessage, letter: Letter) -> None:
    """So that no machine answers a machine."""
    if letter.auto not in _AUTO:
        raise Refused("mail.bad-header", header="Auto-Submitted")
    if letter.auto:
        mail["Auto-Submitted"] = letter.auto
        mail["X-Auto-Response-Suppress"] = "All"
    if letter.unsubscribe:
        mail["List-Unsubscribe"] = f"<{_exact(letter.unsubscribe, _MAILTO, 'List-Unsubscribe')}>"


def _body(text: str) -> str:
    return _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _attach(mail: EmailMessage, file: OutFile) -> None:
    known = _MEDIA_TYPE.fullmatch(file.media_type.strip().lower())
    main, sub = known.groups() if known else ("application", "octet-stream")
    try:
        mail.add_attachment(file.content, maintype=main, subtype=sub, filename=safe_file_name(file.name))
    except (MessageError, ValueError, UnicodeError):
        raise Refused("mail.bad-header", header="Content-Disposition") from None
