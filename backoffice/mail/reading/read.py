"""One mail, from its bytes to what the desk shows: pure, bounded in time, and nothing it is given can stop it."""

from dataclasses import dataclass
from datetime import datetime

from backoffice.mail.model import MailKind
from backoffice.mail.reading import headers as fields
from backoffice.mail.reading.addresses import Mailbox, mailboxes
from backoffice.mail.reading.automatic import may_acknowledge
from backoffice.mail.reading.bodies import LONGEST_TEXT, Body, Part, body_of
from backoffice.mail.reading.bounces import Bounce
from backoffice.mail.reading.cleaning import as_text, clean
from backoffice.mail.reading.html_quotes import split_html
from backoffice.mail.reading.kinds import kind_of
from backoffice.mail.reading.message import Node, Unreadable, split
from backoffice.mail.reading.quotes import new_length

_NOBODY = Mailbox("", "")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as read. Addresses are in lower case, "" where there is none; times in UTC.

    `text` is all of it as plain text and `text[:new_length]` the new part; `html` is cleaned, "" where there is none
    or it could not be made safe; Message-IDs have their angle brackets.
    """

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
    """The mail in these bytes; `own` are the shop's addresses in lower case. At most 2 s for anything of 25 MB.

    Raises Unreadable and nothing else: mail.unreadable-large, -empty, -nested, -parts, or -fault for a fault of ours.
    """
    try:
        return _read(split(raw), own)
    except (ValueError, LookupError, TypeError, ArithmeticError, AttributeError, RecursionError) as fault:
        # The desk shows the mail with its bytes and a button; one bad mail must not block the next.
        raise Unreadable("mail.unreadable-fault") from fault


def _read(root: Node, own: frozenset[str]) -> Mail:
    headers = root.headers
    subject = fields.subject(headers)
    named = mailboxes(headers, "from")
    sender = next((each for each in named if each.address), named[0] if named else _NOBODY)
    to, cc = mailboxes(headers, "to"), mailboxes(headers, "cc")
    kind, why_kind, bounce = kind_of(
        root, sender=sender.address, subject=subject, own=own, receivers=frozenset(each.address for each in to)
    )
    acknowledge, why_not = may_acknowledge(headers, sender=sender.address, own=own, subject=subject)
    if acknowledge and kind is not MailKind.HUMAN:
        acknowledge, why_not = False, why_kind
    body = body_of(root)
    text, new = _words(body)
    return Mail(
        subject=subject,
        from_name=sender.name,
        from_address=sender.address,
        reply_to=next((each.address for each in mailboxes(headers, "reply-to") if each.address), ""),
        to=to,
        cc=cc,
        dated=fields.moment(headers),
        rfc_id=next(iter(fields.ids(headers, "message-id")), ""),
        in_reply_to=fields.ids(headers, "in-reply-to"),
        references=fields.ids(headers, "references"),
        text=text,
        new_length=new,
        html=clean(body.html),
        files=tuple(body.files),
        kind=kind,
        why_kind=why_kind,
        bounce=bounce,
        acknowledge=acknowledge,
        why_not=why_not,
    )


def _words(body: Body) -> tuple[str, int]:
    """All that is said as plain text, and how much of it is new; out of the HTML where the mail brings only that."""
    text = body.text
    if text or not body.html:
        return text, new_length(text)
    new_html, quoted_html = split_html(body.html)
    new = as_text(new_html)
    whole = f"{new}\n\n{as_text(quoted_html)}" if quoted_html and new.strip() else as_text(body.html)
    whole = whole[:LONGEST_TEXT]
    if quoted_html and new.strip():
        return whole, min(len(whole), new_length(new), new_length(whole))
    return whole, new_length(whole)
