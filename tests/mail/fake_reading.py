# ruff: noqa: E501
"""A tiny reader, until the true one is there."""

import email
import email.utils
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import decode_header, make_header
from typing import NamedTuple

from backoffice.mail.model import MailKind


class Mailbox(NamedTuple):
    name: str
    address: str


class Part(NamedTuple):
    name: str
    media_type: str
    cid: str
    content: bytes


class BouncedReceiver(NamedTuple):
    address: str
    action: str
    status: str
    diagnostic: str
    hard: bool


class Bounce(NamedTuple):
    receivers: tuple[BouncedReceiver, ...]
    original: str


class Unreadable(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Mail:
    subject: str
    from_name: str
    from_address: str
    reply_to: str
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    dated: datetime | None
    rfc_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    text: str
    new_length: int
    html: str
    files: tuple[Part, ...]
    kind: MailKind
    why_kind: str
    bounce: Bounce | None
    acknowledge: bool
    why_not: str


def read(raw: bytes, *, own: frozenset[str] = frozenset()) -> Mail:
    if b"X-Broken" in raw:
        raise Unreadable("mail.too-deep")
    m = email.message_from_bytes(raw)
    head = lambda name: str(make_header(decode_header(m.get(name, ""))))  # noqa: E731
    boxes = lambda name: tuple(Mailbox(n, a.lower()) for n, a in email.utils.getaddresses(m.get_all(name, [])))  # noqa: E731
    name, address = email.utils.parseaddr(m.get("From", ""))
    bodies = [p for p in m.walk() if not p.is_multipart()]
    text = (bodies[0].get_payload(decode=True) or b"").decode("utf-8", "replace").replace("\r\n", "\n")
    kind = MailKind.HUMAN
    if address.lower() in own:
        kind = MailKind.OWN
    elif m.get("Auto-Submitted", "no") != "no":
        kind = MailKind.AUTOMATIC
    elif m.get("List-Id"):
        kind = MailKind.LIST
    bounce = None
    if m.get_content_type() == "multipart/report":
        kind = MailKind.BOUNCE
        lines = dict(line.split(": ", 1) for line in raw.decode().splitlines() if ": " in line)
        one = BouncedReceiver(
            lines["Final-Recipient"].split(";")[1].strip(),
            lines["Action"],
            lines["Status"],
            "",
            lines["Action"] == "failed" and lines["Status"][0] == "5",
        )
        bounce = Bounce((one,), lines.get("X-Original", ""))
    cut = text.find("\nOn ")
    dated = m.get("Date")
    return Mail(
        subject=head("Subject"), from_name=str(make_header(decode_header(name))), from_address=address.lower(),
        reply_to=email.utils.parseaddr(m.get("Reply-To", ""))[1].lower(), to=boxes("To"), cc=boxes("Cc"),
        dated=email.utils.parsedate_to_datetime(dated).astimezone(UTC) if dated else None,
        rfc_id=m.get("Message-ID", ""), in_reply_to=tuple(m.get("In-Reply-To", "").split()),
        references=tuple(m.get("References", "").split()), text=text, new_length=cut if cut > 0 else len(text), html="",
        files=tuple(Part(p.get_filename() or "", p.get_content_type(), "", p.get_payload(decode=True) or b"") for p in bodies[1:] if p.get_filename()),
        kind=kind, why_kind="", bounce=bounce, acknowledge=kind == MailKind.HUMAN, why_not="" if kind == MailKind.HUMAN else "auto-submitted",
    )  # fmt: skip
