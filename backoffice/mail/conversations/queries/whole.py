"""One conversation whole, with its messages and what came with them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.mail import queries
from backoffice.mail.conversations.above import OUTGOING, TASK
from backoffice.mail.conversations.queries.lists import COLUMNS, ConversationRow
from backoffice.mail.model import (
    Attachment,
    Conversation,
    Direction,
    FileContent,
    MailKind,
    Medium,
    Message,
    MessageState,
    ThreadReason,
)
from backoffice.store.rows import table_of

_C = table_of(Conversation).c
_M = table_of(Message).c
_A = table_of(Attachment).c
_F = table_of(FileContent).c


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that came with a message. `size` in bytes."""

    id: int
    name: str
    media_type: str
    size: int
    cid: str


@dataclass(frozen=True, slots=True)
class FileBytes:
    """A file's content."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message; `text[:new_length]` is new, the rest quotes. `outgoing_state` is empty for what did not go out."""

    id: int
    direction: Direction
    medium: Medium
    kind: MailKind
    state: MessageState
    at: datetime
    who: str
    from_name: str
    from_address: str
    to: str
    subject: str
    text: str
    new_length: int
    html: str
    reason: ThreadReason
    third_party: bool
    thanks_only: bool
    fault: str
    files: tuple[FileRow, ...]
    outgoing_id: int | None
    outgoing_state: str
    raw_id: int | None
    rfc_id: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Something to look at because a mail did not arrive or could not be sent."""

    id: int
    kind: str
    at: datetime
    facts: dict[str, Any]
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class WholeConversation(ConversationRow):
    """A conversation with everything that was said, the oldest first."""

    account_id: int | None
    language: str
    opened_at: datetime
    waiting_since: datetime | None
    first_answer_at: datetime | None
    closed_at: datetime | None
    continues: int | None
    merged_into: int | None
    listed: bool
    version: int
    continued_by: tuple[int, ...]
    messages: tuple[MessageRow, ...]  # type: ignore[assignment]  # a list counts them, here they are
    tasks: tuple[TaskRow, ...]


_MORE = (
    *("account_id", "language", "opened_at", "waiting_since", "first_answer_at", "closed_at", "continues"),
    *("merged_into", "listed", "version"),
)
_TOLD = (
    *("id", "direction", "medium", "kind", "state", "at", "who", "from_name", "from_address", "to", "subject"),
    *("text", "new_length", "html", "reason", "third_party", "thanks_only", "fault", "raw_id", "rfc_id"),
)


def conversation(session: Session, conversation_id: int) -> WholeConversation:
    """The conversation. Refuses `mail.unknown`."""
    wanted = sa.select(*COLUMNS, *(_C[name] for name in _MORE)).where(_C.id == conversation_id)
    row = session.connection().execute(wanted).one_or_none()
    if row is None:
        raise Refused("mail.unknown", id=conversation_id)
    values: dict[str, Any] = dict(zip(_FIELDS, row, strict=True))
    continued = sa.select(_C.id).where(_C.customer_id == row.customer_id, _C.continues == conversation_id)
    values["continued_by"] = tuple(session.connection().execute(continued.order_by(_C.id)).scalars())
    values["messages"] = _messages(session, conversation_id)
    values["tasks"] = _tasks(session, conversation_id)
    return WholeConversation(**values)


_FIELDS = (*ConversationRow.__slots__, *_MORE)


def file(session: Session, attachment_id: int) -> FileBytes:
    """A file's content. Refuses `mail.unknown`."""
    wanted = sa.select(_A.name, _A.media_type, _F.content).join(table_of(FileContent), _F.sha256 == _A.sha256)
    row = session.connection().execute(wanted.where(_A.id == attachment_id)).one_or_none()
    if row is None:
        raise Refused("mail.unknown", id=attachment_id)
    return FileBytes(*row)


def original(session: Session, message_id: int) -> bytes:
    """The mail's bytes as it came or went; nothing for a note or a call. Refuses `mail.unknown`."""
    row = session.connection().execute(sa.select(_M.raw_id).where(_M.id == message_id)).one_or_none()
    if row is None:
        raise Refused("mail.unknown", id=message_id)
    return queries.raw_bytes(session, row.raw_id) if row.raw_id is not None else b""


def conversation_of(session: Session, message_id: int) -> int | None:
    """The conversation a message stands in, for a hit of the search."""
    return session.connection().execute(sa.select(_M.conversation_id).where(_M.id == message_id)).scalar_one_or_none()


def _messages(session: Session, conversation_id: int) -> tuple[MessageRow, ...]:
    shown = (MessageState.THREADED, MessageState.UNREADABLE, MessageState.SPAM)
    found = session.connection().execute(
        sa.select(*(_M[name] for name in _TOLD), OUTGOING.c.id.label("outgoing_id"), OUTGOING.c.state)
        .select_from(sa.outerjoin(table_of(Message), OUTGOING, OUTGOING.c.message_id == _M.id))
        .where(_M.conversation_id == conversation_id, _M.state.in_(shown))
        .order_by(_M.at, _M.id)
    )
    files = _files(session, conversation_id)
    rows = []
    for row in found:
        values: dict[str, Any] = dict(zip(_TOLD, row, strict=False))
        sent = {"outgoing_id": row[-2], "outgoing_state": row[-1] or ""}
        rows.append(MessageRow(**values, **sent, files=files.get(values["id"], ())))
    return tuple(rows)


def _files(session: Session, conversation_id: int) -> dict[int, tuple[FileRow, ...]]:
    found: dict[int, tuple[FileRow, ...]] = {}
    wanted = (
        sa.select(_A.message_id, _A.id, _A.name, _A.media_type, _F.size, _A.cid)
        .join(table_of(Message), _M.id == _A.message_id)
        .join(table_of(FileContent), _F.sha256 == _A.sha256)
        .where(_M.conversation_id == conversation_id)
        .order_by(_A.id)
    )
    for message_id, *values in session.connection().execute(wanted):
        found[message_id] = (*found.get(message_id, ()), FileRow(*values))
    return found


def _tasks(session: Session, conversation_id: int) -> tuple[TaskRow, ...]:
    wanted = sa.select(TASK.c.id, TASK.c.kind, TASK.c.at, TASK.c.facts, TASK.c.done_at)
    found = wanted.where(TASK.c.conversation_id == conversation_id).order_by(TASK.c.id)
    return tuple(TaskRow(*row) for row in session.connection().execute(found))
