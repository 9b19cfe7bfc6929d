"""Builders for the mail desk: a mail from somebody, come in and read."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from backoffice.mail.conversations import joining
from backoffice.mail.conversations.queries import whole
from backoffice.mail.model import MailAccount
from backoffice.mail.receiving import arriving
from backoffice.shop import Shop
from backoffice.store.unit_of_work import UnitOfWork
from tests.builders import MONDAY
from tests.customers.people import rows_of

SHOP = "shop@casalumbre.example"
_made = iter(range(1, 10**9))


def a_mailbox(work: UnitOfWork, address: str = SHOP) -> int:
    """A mailbox of the shop."""
    return work.add(MailAccount(address=address, user="shop", connected_at=MONDAY)).id or 0


def a_mail(
    text: str = "Where is my parcel?",
    *,
    sender: str = "Ana Núñez <ana@example.com>",
    to: str = SHOP,
    subject: str = "My parcel",
    rfc_id: str = "",
    answers: str = "",
    dated: datetime | None = None,
    **headers: str,
) -> bytes:
    """A mail as bytes; `answers` is the Message-ID it replies to, more headers by name with "_" for "-"."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Message-ID"] = rfc_id or f"<m{next(_made)}@example.com>"
    if answers:
        mail["In-Reply-To"] = mail["References"] = answers
    if dated:
        mail["Date"] = format_datetime(dated)
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return bytes(mail)


def a_hopeless_mail() -> bytes:
    """Parts within parts, deeper than any reader goes."""
    head = b"From: ana@example.com\r\nSubject: Deep\r\nMIME-Version: 1.0\r\n"
    parts = (b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (at, at) for at in range(2000))
    return head + b"".join(parts) + b"Content-Type: text/plain\r\n\r\nHello\r\n"


def a_bounce(address: str, status: str = "5.1.1", *, original: str = "", action: str = "failed") -> bytes:
    """A delivery status notification (RFC 3464)."""
    quoted = f"\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {original}\r\nX-Original: {original}\r\n"
    return (
        "From: Mail Delivery <mailer-daemon@mx.example>\r\nTo: shop@casalumbre.example\r\nSubject: Undelivered\r\n"
        f"Message-ID: <b{next(_made)}@mx.example>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour mail did not arrive.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"{quoted if original else ''}\r\n--b--\r\n"
    ).encode()


def comes_in(shop: Shop, *mails: bytes, **more: Any) -> list[int]:
    """Mails come in and are read; the conversation of each."""
    with shop.work() as work:
        taken = [arriving.take_in(work, raw, **more).message_id for raw in mails]
    joining.read_waiting(shop)
    where = {row["id"]: row["conversation_id"] for row in rows_of(shop, "message")}
    return [where[one] for one in taken]


def the_conversation(shop: Shop, conversation_id: int) -> whole.WholeConversation:
    """The conversation whole."""
    return shop.ask(whole.conversation, conversation_id)
