"""What the actions must know of a conversation before they change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.customers.model import Customer
from backoffice.mail.conversations.above import FIRST_ANSWER, NEXT_ANSWER, OUTGOING, SETTINGS
from backoffice.mail.model import (
    Conversation,
    ConversationMove,
    ConversationState,
    Direction,
    MailKind,
    Message,
    MessageState,
)
from backoffice.orders.model import Order
from backoffice.store import search
from backoffice.store.prepared import Prepared, among
from backoffice.store.rows import table_of

_C = table_of(Conversation).c
_M = table_of(Message).c
_O = table_of(Order).c
_PREVIEW = 200
_FOUND_BY = 20_000
"""Letters of a mail by which it is found; nobody looks for what stands behind."""


@dataclass(frozen=True, slots=True)
class Head:
    """A conversation as it stands."""

    id: int
    number: str
    subject: str
    subject_key: str
    state: ConversationState
    account_id: int | None
    customer_id: int | None
    order_id: int | None
    language: str
    assigned_to: str
    tags: list[str]
    opened_at: datetime
    last_at: datetime
    closed_at: datetime | None
    promised_at: datetime | None
    snoozed_until: datetime | None
    flagged: str
    continues: int | None
    listed: bool
    merged_into: int | None
    version: int


class Said(NamedTuple):
    """One message, as the counters and clocks of its conversation need it."""

    id: int
    direction: Direction
    kind: MailKind
    at: datetime
    from_name: str
    from_address: str
    new_text: str
    thanks_only: bool
    purpose: str | None
    outgoing_state: str | None


class Kept(NamedTuple):
    """A message as it was kept."""

    id: int
    conversation_id: int | None
    account_id: int | None
    raw_id: int | None
    state: MessageState
    at: datetime
    history: bool
    subject: str
    kind: MailKind


class Known(NamedTuple):
    """A message found by its Message-ID."""

    id: int
    conversation_id: int | None
    direction: Direction
    raw_id: int | None


class Standards(NamedTuple):
    """The desk's own: the key that proves our Message-IDs, and minutes of opening hours to answer in."""

    thread_key: str
    answer_minutes: int
    next_minutes: int


_HEAD = Prepared(sa.select(*(_C[name] for name in Head.__slots__)).where(_C.id == sa.bindparam("conversation")))
_SAID = Prepared(
    sa.select(
        _M.id,
        _M.direction,
        _M.kind,
        _M.at,
        _M.from_name,
        _M.from_address,
        sa.func.substr(_M.text, 1, sa.func.min(_M.new_length, _PREVIEW)),
        _M.thanks_only,
        OUTGOING.c.purpose,
        OUTGOING.c.state,
    )
    .select_from(sa.outerjoin(table_of(Message), OUTGOING, OUTGOING.c.message_id == _M.id))
    .where(_M.conversation_id == sa.bindparam("conversation"), _M.state == MessageState.THREADED)
    .order_by(_M.at, _M.id)
)
_KEPT = Prepared(sa.select(*(_M[name] for name in Kept._fields)).where(_M.id == sa.bindparam("message")))
_KNOWN = Prepared(
    sa.select(*(_M[name] for name in Known._fields), _M.rfc_id)
    .where(sa.text("message.rfc_id <> ''"), among(_M.rfc_id, "ids"), _M.conversation_id.is_not(None))
    .order_by(_M.id)
)
_NUMBERED = Prepared(sa.select(_C.id).where(_C.number == sa.bindparam("number")))
_OF_ORDER = Prepared(
    sa.select(_C.id).where(
        _C.order_id == sa.bindparam("order"), _C.order_id.is_not(None), _C.snoozed_until.is_not(None)
    )
)
_STANDARDS = Prepared(
    sa.select(SETTINGS.c.thread_key, SETTINGS.c.answer_minutes, SETTINGS.c.next_minutes).where(SETTINGS.c.id == 1)
)
_ORDERS_OF = Prepared(
    sa.select(_O.id, _O.number, _O.external_number)
    .where(_O.customer_id == sa.bindparam("customer"))
    .order_by(_O.placed_at.desc())
    .limit(200)
)
_ORDERS_NAMED = Prepared(
    sa.select(_O.id, _O.number, _O.external_number, _O.customer_id, _O.email).where(
        sa.or_(among(_O.number, "numbers"), among(_O.external_number, "numbers"))
    )
)
_PEOPLE = Prepared(
    sa.select(_M.direction, _M.from_address, _M.to)
    .where(_M.conversation_id == sa.bindparam("conversation"), _M.state == MessageState.THREADED)
    .distinct()
)

_LANGUAGE = Prepared(
    sa.select(table_of(Customer).c.language).where(table_of(Customer).c.id == sa.bindparam("customer"))
)

_IN = Prepared(sa.select(_M.id, _M.subject).where(_M.conversation_id == sa.bindparam("c")).order_by(_M.at, _M.id))
_ONE = Prepared(sa.select(_M.third_party, _M.reason).where(_M.id == sa.bindparam("message")))
_V = table_of(ConversationMove).c
_MOVE = Prepared(
    sa.select(_V.id)
    .where(_V.gone_id == sa.bindparam("gone"), _V.what == sa.bindparam("what"), _V.undone_at.is_(None))
    .order_by(_V.id.desc())
    .limit(1)
)
_D = table_of(search.SearchDocument).c
_WORDS = sa.func.substr(_M.text, 1, sa.func.min(_M.new_length, _FOUND_BY))
_UNFILED = Prepared(
    sa.select(_M.id, _M.subject, _M.from_name, _M.from_address, _WORDS).where(
        _M.conversation_id == sa.bindparam("conversation"),
        _M.state == MessageState.THREADED,
        _M.subject.concat(_M.text).concat(_M.from_address) != "",  # an erased person's are empty
        ~sa.exists(sa.select(1).where(_D.kind == "mail", _D.record_id == _M.id)),
    )
)


def unfiled(session: Session, conversation_id: int) -> list[tuple[int, str, str]]:
    """(id, subject, words) of the messages of a conversation that the search does not know yet."""
    found = _UNFILED.all(session, conversation=conversation_id)
    return [(int(row[0]), str(row[1]), f"{row[2]} {row[3]} {row[4]}") for row in found]


def messages_in(session: Session, conversation_id: int) -> list[int]:
    """All of its messages, whatever became of them, the oldest first."""
    return [int(row[0]) for row in _IN.all(session, c=conversation_id)]


def subjects_in(session: Session, conversation_id: int) -> list[tuple[int, str]]:
    """(id, subject) of all of its messages, the oldest first."""
    return [(int(row[0]), str(row[1])) for row in _IN.all(session, c=conversation_id)]


def is_third_party(session: Session, message_id: int) -> bool:
    """Whether it was written by somebody who had no part in its conversation."""
    found = _ONE.one(session, message=message_id)
    return bool(found and found[0])


def reason_of(session: Session, message_id: int) -> str:
    """Why it stands in its conversation."""
    found = _ONE.one(session, message=message_id)
    return str(found[1].value) if found else "new"


def open_move(session: Session, what: str, gone_id: int) -> int | None:
    """The last merge or split into or out of this conversation that was not taken back."""
    found = _MOVE.one(session, what=what, gone=gone_id)
    return int(found[0]) if found else None


def head(session: Session, conversation_id: int) -> Head:
    """The conversation. Refuses `mail.unknown`."""
    found = _HEAD.one(session, conversation=conversation_id)
    if found is None:
        raise Refused("mail.unknown", id=conversation_id)
    return Head(*found)


_KEPT_COUNTS = ("messages", "answers", "last_in_at", "last_out_at", "due_at")
_ALL = Prepared(sa.select(*(_C[name] for name in (*Head.__slots__, *_KEPT_COUNTS))).order_by(_C.id))


def all_heads(session: Session) -> list[tuple[Head, dict[str, Any]]]:
    """Every conversation with the counters and clocks it keeps, for Check my data."""
    wide = len(Head.__slots__)
    rows = _ALL.all(session)
    return [(Head(*row[:wide]), dict(zip(_KEPT_COUNTS, row[wide:], strict=True))) for row in rows]


def living(session: Session, conversation_id: int) -> Head | None:
    """The conversation that this one is now, through all merges; none where there is no such."""
    for _ in range(100):
        found = _HEAD.one(session, conversation=conversation_id)
        if found is None:
            return None
        one = Head(*found)
        if one.merged_into is None:
            return one
        conversation_id = one.merged_into
    return None


def said(session: Session, conversation_id: int) -> list[Said]:
    """Its messages, the oldest first."""
    return [Said(*row) for row in _SAID.all(session, conversation=conversation_id)]


def kept(session: Session, message_id: int) -> Kept:
    """The message as it was kept. Refuses `mail.unknown`."""
    found = _KEPT.one(session, message=message_id)
    if found is None:
        raise Refused("mail.unknown", id=message_id)
    return Kept(*found)


def known(session: Session, rfc_ids: Sequence[str]) -> dict[str, list[Known]]:
    """The messages that have one of these Message-IDs and stand in a conversation, the oldest first."""
    found: dict[str, list[Known]] = {}
    for row in _KNOWN.all(session, ids=list(rfc_ids)):
        found.setdefault(row[-1], []).append(Known(*row[:-1]))
    return found


def numbered(session: Session, number: str) -> int | None:
    """The conversation of this number."""
    found = _NUMBERED.one(session, number=number)
    return int(found[0]) if found else None


def snoozed_of_order(session: Session, order_id: int) -> list[int]:
    """Snoozed conversations about an order."""
    return [int(row[0]) for row in _OF_ORDER.all(session, order=order_id)]


def standards(session: Session) -> Standards:
    """The desk's standards, or the usual ones."""
    found = _STANDARDS.one(session)
    return Standards(*found) if found else Standards("", FIRST_ANSWER, NEXT_ANSWER)


def orders_of(session: Session, customer_id: int) -> list[tuple[int, str, str]]:
    """(id, number, the channel's number) of a customer's newest 200 orders."""
    return [(row[0], row[1], row[2]) for row in _ORDERS_OF.all(session, customer=customer_id)]


def orders_named(session: Session, numbers: Sequence[str]) -> list[tuple[int, str, str, int | None, str]]:
    """(id, number, the channel's number, customer, e-mail) of the orders of these numbers."""
    return [(row[0], row[1], row[2], row[3], row[4]) for row in _ORDERS_NAMED.all(session, numbers=list(numbers))]


def language_of(session: Session, customer_id: int) -> str:
    """The language a customer is written to, "" where nobody knows."""
    found = _LANGUAGE.one(session, customer=customer_id)
    return str(found[0]) if found else ""


def people(session: Session, conversation_id: int) -> set[str]:
    """The addresses that have written in a conversation, and those it wrote to, in lower case."""
    found: set[str] = set()
    for direction, from_address, to in _PEOPLE.all(session, conversation=conversation_id):
        if direction == Direction.INBOUND:
            found.add(from_address)
        else:
            found |= {part.strip(" <>;\"'").lower() for part in to.replace(",", " ").split() if "@" in part}
    return found
