"""The list of conversations: views, pages, counts, all from indexes and never by loading mails."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.customers.model import Customer
from backoffice.mail.model import Conversation, ConversationState, Message, MessageState
from backoffice.mail.queries import NOT_THREADED
from backoffice.orders.model import Order
from backoffice.store import paging
from backoffice.store.rows import table_of
from backoffice.store.search import ids_found

VIEWS = ("answer", "open", "waiting", "snoozed", "mine", "closed", "unreadable", "all")
SORTS = ("due", "newest")
COUNTED_UP_TO = 1_000
"""Nobody reads the number beyond, and counting on takes milliseconds."""

_C = table_of(Conversation).c
_M = table_of(Message).c
_CUSTOMER = table_of(Customer)
_ORDER = table_of(Order)
_STATES = {
    "open": ConversationState.OPEN,
    "waiting": ConversationState.WAITING,
    "closed": ConversationState.CLOSED,
}


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One conversation in a list."""

    id: int
    number: str
    sender: str
    subject: str
    preview: str
    customer_id: int | None
    customer: str
    order_id: int | None
    order_number: str
    state: ConversationState
    topic: str
    assigned_to: str
    tags: list[str]
    due_at: datetime | None
    promised_at: datetime | None
    last_at: datetime
    messages: int
    flagged: str
    snoozed_until: datetime | None


COLUMNS = (
    _C.id,
    _C.number,
    _C.sender,
    _C.subject,
    _C.preview,
    _C.customer_id,
    sa.func.coalesce(
        sa.select(sa.case((_CUSTOMER.c.name != "", _CUSTOMER.c.name), else_=_CUSTOMER.c.company))
        .where(_CUSTOMER.c.id == _C.customer_id)
        .scalar_subquery(),
        "",
    ).label("customer"),
    _C.order_id,
    sa.func.coalesce(sa.select(_ORDER.c.number).where(_ORDER.c.id == _C.order_id).scalar_subquery(), "").label(
        "order_number"
    ),
    _C.state,
    _C.topic,
    _C.assigned_to,
    _C.tags,
    _C.due_at,
    _C.promised_at,
    _C.last_at,
    _C.messages,
    _C.flagged,
    _C.snoozed_until,
)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What narrows a view; empty fields narrow nothing. `who` is whose conversations "mine" are."""

    now: datetime
    who: str = ""
    text: str = ""
    customer_id: int | None = None
    order_id: int | None = None


def page(
    session: Session,
    by: Narrowed,
    *,
    view: str = "answer",
    sort: str = "",
    after: paging.Cursor | None = None,
    before: paging.Cursor | None = None,
    limit: int = 100,
) -> paging.Page[ConversationRow]:
    """One page of a view: "answer" by time left, all others newest first. Refuses `mail.unknown-view`."""
    base = filtered(session, sa.select(*COLUMNS), by, view=view)
    return paging.page(session, base, _order(view, sort), make=_made, after=after, before=before, limit=limit)


def marks(
    session: Session, by: Narrowed, *, view: str = "answer", sort: str = "", every: int = 100
) -> list[paging.Cursor]:
    """The cursors of every so many rows of a view, for a scroll bar; to be called from a job."""
    return paging.marks(session, filtered(session, sa.select(_C.id), by, view=view), _order(view, sort), every=every)


def count(session: Session, by: Narrowed, *, view: str) -> int | None:
    """How many conversations a view has; None above a thousand. Refuses `mail.unknown-view`."""
    return paging.count_up_to(session, filtered(session, sa.select(_C.id), by, view=view), COUNTED_UP_TO)


def counts(session: Session, by: Narrowed) -> dict[str, int | None]:
    """The count beside each view; None above a thousand."""
    return {view: count(session, by, view=view) for view in VIEWS}


def of_customer(session: Session, customer_id: int, *, limit: int = 100) -> list[ConversationRow]:
    """A customer's conversations, newest first."""
    found = sa.select(*COLUMNS).where(_C.customer_id == customer_id, _C.listed).order_by(_C.last_at.desc())
    return [_made(row) for row in session.connection().execute(found.limit(limit))]


def filtered(session: Session, base: sa.Select[Any], by: Narrowed, *, view: str) -> sa.Select[Any]:
    """`base` narrowed to a view. Refuses `mail.unknown-view`."""
    if view not in VIEWS:
        raise Refused("mail.unknown-view", view=view)
    awake = sa.or_(_C.snoozed_until.is_(None), _C.snoozed_until <= by.now)
    listed = _C.listed == sa.true()
    few = sa.type_coerce(_C.listed, sa.Integer) + 0 == 1  # "+ 0" keeps SQLite at the index of the few
    if view == "answer":  # what is off the lists has no clock
        base = base.where(_C.due_at.is_not(None), awake)
    elif view in _STATES:
        base = base.where(listed, _C.state == _STATES[view])
        base = base.where(awake) if view == "open" else base
    elif view == "snoozed":
        base = base.where(few, _C.snoozed_until.is_not(None), _C.snoozed_until > by.now)
    elif view == "mine":
        somebodys = sa.text("conversation.assigned_to <> ''")
        base = base.where(_C.assigned_to == by.who, somebodys, _C.state != ConversationState.CLOSED, few)
    elif view == "unreadable":
        unread = sa.select(_M.conversation_id).where(_M.state == MessageState.UNREADABLE, sa.text(NOT_THREADED))
        base = base.where(few, _C.id.in_(unread))
    else:
        base = base.where(listed)
    if by.customer_id is not None:
        base = base.where(_C.customer_id == by.customer_id)
    if by.order_id is not None:
        base = base.where(_C.order_id == by.order_id)
    if by.text.strip():
        base = base.where(_C.id.in_(_found(session, by.text)))
    return base


def _found(session: Session, text: str) -> list[int]:
    """Conversations with a mail in which every word is found, and the one of this number."""
    mails = ids_found(session, text, kind="mail", limit=1000)
    found = sa.select(_M.conversation_id).where(_M.id.in_(mails)).distinct()
    ids = [row[0] for row in session.connection().execute(found) if row[0] is not None]
    number = text.strip().lstrip("[#").rstrip("]")
    named = sa.select(_C.id).where(_C.number == number)
    return ids + [row[0] for row in session.connection().execute(named)]


def _order(view: str, sort: str) -> paging.Order:
    sort = sort or ("due" if view == "answer" else "newest")
    if sort not in SORTS:
        raise Refused("mail.unknown-view", view=sort)
    if sort == "due":
        return paging.Order((_C.due_at,), _C.id)
    return paging.Order((_C.last_at,), _C.id, descending=True)


def _made(row: Any) -> ConversationRow:
    return ConversationRow(*row[: len(COLUMNS)])
