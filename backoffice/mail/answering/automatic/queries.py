"""What is asked before anything is sent by itself: whom to confirm, whom to tell, and what was told before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.customers.model import Customer, CustomerEmail, EmailState
from backoffice.mail.answering.model import (
    Acknowledgement,
    MailTask,
)
from backoffice.mail.model import (
    Conversation,
    ConversationState,
    Direction,
    MailKind,
    Message,
    MessageState,
    ThreadReason,
)
from backoffice.mail.outbox.model import OutgoingMail, Purpose
from backoffice.orders.model import DispatchStatus, Order, OrderStatus, ReturnsStatus
from backoffice.shipping.model import Shipment, ShipmentLine
from backoffice.store.prepared import Prepared
from backoffice.store.rows import table_of

_M = table_of(Message).c
_C = table_of(Conversation).c
_O = table_of(OutgoingMail).c
_K = table_of(Acknowledgement).c
_TASK = table_of(MailTask).c
_E = table_of(CustomerEmail).c
_P = table_of(Customer).c
_SH = table_of(Shipment).c
_SL = table_of(ShipmentLine).c
_OR = table_of(Order).c


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """A mail whose arrival may be confirmed."""

    message_id: int
    conversation_id: int
    account_id: int | None
    from_address: str
    rfc_id: str


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A mail of a known customer about a known order, which nothing forbids to answer by itself."""

    message_id: int
    conversation_id: int
    account_id: int | None
    from_address: str
    rfc_id: str
    subject: str
    new_text: str
    customer_id: int
    order_id: int


_TO_CONFIRM = Prepared(
    sa.select(_M.id, _M.conversation_id, _M.account_id, _M.from_address, _M.rfc_id)
    .join_from(Message, Conversation, _C.id == _M.conversation_id)
    .where(
        _M.id > sa.bindparam("after"),
        _M.at >= sa.bindparam("since"),
        _M.state == MessageState.THREADED,
        _M.direction == Direction.INBOUND,
        _M.kind == MailKind.HUMAN,
        _M.reason == ThreadReason.NEW,
        _M.acknowledge == sa.true(),
        _M.history == sa.false(),
        _M.thanks_only == sa.false(),
        _M.third_party == sa.false(),
        _M.from_address != "",
        _C.listed == sa.true(),
        _C.state == ConversationState.OPEN,
        _C.answers == 0,
        ~sa.exists().where(_K.conversation_id == _C.id),
        ~sa.exists().where(_E.address == _M.from_address, _E.state == EmailState.DEAD),
    )
    .order_by(_M.id)
)
_ANSWERED = sa.func.printf("automatic:%s:%d", sa.bindparam("topic", type_=sa.String), _C.id)
_TO_ANSWER = Prepared(
    sa.select(
        _M.id,
        _M.conversation_id,
        _M.account_id,
        _M.from_address,
        _M.rfc_id,
        _M.subject,
        sa.func.substr(_M.text, 1, _M.new_length),
        _C.customer_id,
        _C.order_id,
    )
    .join_from(Message, Conversation, _C.id == _M.conversation_id)
    .where(
        _M.id > sa.bindparam("after"),
        _M.at >= sa.bindparam("since"),
        _M.state == MessageState.THREADED,
        _M.direction == Direction.INBOUND,
        _M.kind == MailKind.HUMAN,
        _M.acknowledge == sa.true(),
        _M.history == sa.false(),
        _M.third_party == sa.false(),
        _M.attachments == 0,
        _C.listed == sa.true(),
        _C.state == ConversationState.OPEN,
        _C.waiting_since.is_not(None),
        _C.order_id.is_not(None),
        sa.exists().where(
            _E.address == _M.from_address, _E.customer_id == _C.customer_id, _E.state == EmailState.ACTIVE
        ),
        ~sa.exists().where(_O.key == _ANSWERED),
    )
    .order_by(_M.id)
)
_AUTOMATIC = Prepared(
    sa.select(sa.func.count())
    .select_from(OutgoingMail)
    .where(_O.key >= "automatic:", _O.key < "automatic;", _O.created_at > sa.bindparam("since"))
)
_AUTOMATIC_TO = Prepared(
    sa.select(sa.func.count())
    .select_from(OutgoingMail)
    .where(
        _O.to_address == sa.bindparam("address"),
        _O.purpose == Purpose.NOTICE,
        _O.created_at > sa.bindparam("since"),
        _O.key.like("automatic:%"),
    )
)
_NEWEST_IDS = Prepared(sa.select(sa.func.coalesce(sa.func.max(_M.id), 0)).select_from(Message))
_IS_CONFIRMED = Prepared(sa.select(_K.at).where(_K.conversation_id == sa.bindparam("conversation")))
_CONFIRMED = Prepared(sa.select(sa.func.count()).select_from(Acknowledgement).where(_K.at > sa.bindparam("since")))
_CONFIRMED_TO = Prepared(
    sa.select(sa.func.count())
    .select_from(Acknowledgement)
    .where(_K.address == sa.bindparam("address"), _K.at > sa.bindparam("since"))
)
_WAITING_BEFORE = Prepared(
    sa.select(sa.func.count())
    .select_from(Conversation)
    .where(
        _C.due_at.is_not(None),
        _C.waiting_since.is_not(None),
        _C.listed == sa.true(),
        _C.id != sa.bindparam("conversation"),
    )
)
_COUNTRY = Prepared(sa.select(_P.country).where(_P.id == sa.bindparam("customer")))
_TASK_KNOWN = Prepared(sa.select(_TASK.id).where(_TASK.key == sa.bindparam("key")))
_UNDER = Prepared(
    sa.select(_O.id, _O.state)
    .where(
        sa.or_(
            _O.key == sa.bindparam("key", type_=sa.String),
            sa.and_(_O.key > sa.bindparam("first", type_=sa.String), _O.key < sa.bindparam("last", type_=sa.String)),
        )
    )
    .order_by(_O.id)
)
_ADDRESSES = Prepared(sa.select(_E.address, _E.state).where(_E.customer_id == sa.bindparam("customer")).order_by(_E.id))
_STATE_OF = Prepared(sa.select(_E.state).where(_E.address == sa.bindparam("address")))
_DELIVERED = Prepared(
    sa.select(_SL.order_id)
    .join_from(Shipment, ShipmentLine, _SL.shipment_id == _SH.id)
    .join(Order, _OR.id == _SL.order_id)
    .where(
        _SH.delivered_at.is_not(None),
        _SH.shipped_at >= sa.bindparam("earliest"),
        _OR.dispatch == DispatchStatus.DELIVERED,
        _OR.status != OrderStatus.CANCELLED,
        _OR.returns == ReturnsStatus.NONE,
        ~sa.exists().where(
            sa.or_(_C.order_id == _OR.id, _C.customer_id == _OR.customer_id), _C.waiting_since.is_not(None)
        ),
    )
    .group_by(_SL.order_id)
    .having(
        sa.func.max(_SH.delivered_at) >= sa.bindparam("first", type_=_SH.delivered_at.type),
        sa.func.max(_SH.delivered_at) <= sa.bindparam("last", type_=_SH.delivered_at.type),
    )
    .order_by(_SL.order_id)
)
_LOOKED_BACK = 20_000
"""Messages, counted from the newest, among which those to be confirmed are looked for."""


def to_confirm(session: Session, *, since: datetime) -> list[ToConfirm]:
    """Mails of people that began a conversation since then, that nothing forbids to confirm, the oldest first."""
    newest = _NEWEST_IDS.one(session)
    after = max(0, int(newest[0]) - _LOOKED_BACK) if newest else 0
    return [ToConfirm(*row) for row in _TO_CONFIRM.all(session, after=after, since=since)]


def is_confirmed(session: Session, conversation_id: int) -> bool:
    """Whether this conversation got its confirmation."""
    return _IS_CONFIRMED.one(session, conversation=conversation_id) is not None


def confirmed_since(session: Session, since: datetime, *, address: str = "") -> int:
    """How many confirmations were queued after that moment, to one address or to all."""
    if address:
        found = _CONFIRMED_TO.one(session, since=since, address=address)
    else:
        found = _CONFIRMED.one(session, since=since)
    return int(found[0]) if found else 0


def waiting_before(session: Session, conversation_id: int) -> int:
    """How many other conversations wait for a person's answer."""
    found = _WAITING_BEFORE.one(session, conversation=conversation_id)
    return int(found[0]) if found else 0


def country_of(session: Session, customer_id: int | None) -> str:
    """Where a customer lives; "" where nobody knows."""
    found = _COUNTRY.one(session, customer=customer_id) if customer_id is not None else None
    return str(found[0]) if found else ""


def task_known(session: Session, key: str) -> bool:
    """Whether this task was left already, done or not."""
    return _TASK_KNOWN.one(session, key=key) is not None


def outgoing_under(session: Session, key: str) -> list[tuple[int, str]]:
    """(id, state) of the mails queued under a key, and under the same key with ":2" and so on; oldest first."""
    return [(int(row[0]), row[1]) for row in _UNDER.all(session, key=key, first=f"{key}:", last=f"{key};")]


def receiver(session: Session, customer_id: int | None, email: str) -> str:
    """Where this customer is written to about an order: its own address, else their first that works; "" if none."""
    email = email.strip().lower()
    found = _STATE_OF.one(session, address=email) if email else None
    if email and (found is None or found[0] == EmailState.ACTIVE):
        return email
    known = _ADDRESSES.all(session, customer=customer_id) if customer_id is not None else []
    return next((str(row[0]) for row in known if row[1] == EmailState.ACTIVE), "")


_LONGEST_WAY = timedelta(days=120)


def delivered_between(session: Session, *, first: datetime, last: datetime) -> list[int]:
    """Orders whose last parcel was delivered in that time, without a return, whose customer waits for nothing."""
    found = _DELIVERED.all(session, first=first, last=last, earliest=first - _LONGEST_WAY)
    return [int(row[0]) for row in found]


def to_answer(session: Session, topic: str, *, since: datetime) -> list[ToAnswer]:
    """What customers asked since then about an order of theirs, where this topic was not answered by itself before."""
    newest = _NEWEST_IDS.one(session)
    after = max(0, int(newest[0]) - _LOOKED_BACK) if newest else 0
    return [ToAnswer(*row) for row in _TO_ANSWER.all(session, after=after, since=since, topic=topic)]


def answered_since(session: Session, since: datetime, *, address: str = "") -> int:
    """How many answers were queued by themselves after that moment, to one address or to all."""
    if address:
        found = _AUTOMATIC_TO.one(session, since=since, address=address)
    else:
        found = _AUTOMATIC.one(session, since=since)
    return int(found[0]) if found else 0
