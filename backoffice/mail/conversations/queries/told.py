"""What became of mails that were taken in, for whoever took them in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.customers.model import Customer
from backoffice.mail.model import (
    Attachment,
    Bounced,
    Conversation,
    FileContent,
    MailKind,
    Message,
    MessageState,
    ThreadReason,
)
from backoffice.orders.model import Order
from backoffice.store.prepared import Prepared, among
from backoffice.store.rows import table_of

_M = table_of(Message).c
_C = table_of(Conversation).c
_O = table_of(Order).c
_P = table_of(Customer).c
_B = table_of(Bounced).c
_A = table_of(Attachment).c
_F = table_of(FileContent).c


class Receiver(NamedTuple):
    """What a bounce says of one receiver."""

    address: str
    action: str
    status: str
    diagnostic: str
    hard: bool
    original: str


class FileTold(NamedTuple):
    """A file in a mail; `size` in bytes."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class MailTold:
    """One mail as it stands now; numbers are empty where there is none."""

    id: int
    state: MessageState
    kind: MailKind
    reason: ThreadReason
    from_name: str
    from_address: str
    subject: str
    text: str
    new_length: int
    rfc_id: str
    acknowledge: bool
    why_not: str
    fault: str
    third_party: bool
    thanks_only: bool
    conversation: str
    order: str
    customer_id: int | None
    customer: str
    bounced: tuple[Receiver, ...]
    files: tuple[FileTold, ...]


_PLAIN = tuple(MailTold.__slots__[:19])
_MAILS = Prepared(
    sa.select(
        *(_M[name] for name in MailTold.__slots__[:15]),
        sa.func.coalesce(_C.number, ""),
        sa.func.coalesce(_O.number, ""),
        _C.customer_id,
        sa.func.coalesce(_P.name, ""),
    )
    .select_from(
        sa.outerjoin(table_of(Message), table_of(Conversation), _C.id == _M.conversation_id)
        .outerjoin(table_of(Order), _O.id == _C.order_id)
        .outerjoin(table_of(Customer), _P.id == _C.customer_id)
    )
    .where(among(_M.id, "ids"))
)
_BOUNCED = Prepared(
    sa.select(_B.message_id, *(_B[name] for name in Receiver._fields))
    .where(among(_B.message_id, "ids"))
    .order_by(_B.id)
)
_FILES = Prepared(
    sa.select(_A.message_id, _A.name, _A.media_type, _F.size)
    .select_from(sa.join(table_of(Attachment), table_of(FileContent), _F.sha256 == _A.sha256))
    .where(among(_A.message_id, "ids"))
    .order_by(_A.id)
)


def mails(session: Session, ids: Sequence[int]) -> dict[int, MailTold]:
    """These mails, by their message's id."""
    bounced: dict[int, list[Receiver]] = {}
    for message_id, *receiver in _BOUNCED.all(session, ids=list(ids)):
        bounced.setdefault(message_id, []).append(Receiver(*receiver))
    files: dict[int, list[FileTold]] = {}
    for message_id, *file in _FILES.all(session, ids=list(ids)):
        files.setdefault(message_id, []).append(FileTold(*file))
    found = {}
    for row in _MAILS.all(session, ids=list(ids)):
        values: dict[str, Any] = dict(zip(_PLAIN, row, strict=True))
        more: dict[str, Any] = {"bounced": tuple(bounced.get(row[0], ())), "files": tuple(files.get(row[0], ()))}
        found[row[0]] = MailTold(**values, **more)
    return found
