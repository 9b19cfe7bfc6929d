"""What the outbox is asked: what is due, what stands where, and what of it a person must look at."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.mail.model import Conversation, Direction, FileContent, MailAccount, Message, Security, SignIn
from backoffice.mail.outbox.model import OutboxState, OutgoingMail, OutgoingReceiver
from backoffice.store import paging
from backoffice.store.prepared import Prepared
from backoffice.store.rows import table_of

_O = table_of(OutgoingMail).c
_R = table_of(OutgoingReceiver).c
_A = table_of(MailAccount).c
_C = table_of(Conversation).c
_M = table_of(Message).c

VIEWS = ("due", "uncertain", "failed", "sent", "cancelled")
STATES_OF_VIEW = {
    "due": (OutboxState.QUEUED, OutboxState.RETRY, OutboxState.SENDING, OutboxState.DOT),
    "uncertain": (OutboxState.UNCERTAIN,),
    "failed": (OutboxState.FAILED,),
    "sent": (OutboxState.SENT,),
    "cancelled": (OutboxState.CANCELLED,),
}
WAITING = (OutboxState.QUEUED, OutboxState.RETRY)
IS_WAITING = sa.or_(*(_O.state == state for state in WAITING))


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """One mail of the outbox, as a list shows it. `error` is a code, `answer` what the server said last."""

    id: int
    to_address: str
    subject: str
    purpose: str
    state: str
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None
    attempts: int
    error: str
    answer: str
    conversation_id: int | None
    conversation_number: str | None


class Sender(NamedTuple):
    """An account, as far as sending needs it."""

    id: int
    address: str
    user: str
    sign_in: SignIn
    smtp_host: str
    smtp_port: int
    smtp_security: Security
    keeps_sent: bool
    outbox_folder: str


class Due(NamedTuple):
    """A mail whose time has come."""

    id: int
    account_id: int
    raw_id: int
    rfc_id: str
    subject: str
    attempts: int
    order_id: int | None
    customer_id: int | None
    conversation_id: int | None
    to_address: str
    created_at: datetime


class Receiver(NamedTuple):
    """One receiver and what a server said about them, if anything yet: code 0 where nothing was said."""

    id: int
    address: str
    accepted: bool
    code: int
    answer: str


_COLUMNS = (
    *(_O[name] for name in OutgoingRow.__slots__ if name != "conversation_number"),
    _C.number.label("conversation_number"),
)
_DUE_COLUMNS = tuple(_O[name] for name in Due._fields)
_KNOWN = Prepared(sa.select(_O.id).where(_O.key == sa.bindparam("key")))
_CONTENT = Prepared(sa.select(table_of(FileContent).c.size).where(table_of(FileContent).c.sha256 == sa.bindparam("of")))
_SENDERS = Prepared(
    sa.select(*(_A[name] for name in Sender._fields))
    .where(
        _A.active == sa.true(),
        sa.exists().where(_O.account_id == _A.id, IS_WAITING, _O.due_at <= sa.bindparam("now")),
    )
    .order_by(_A.id)
)
_SENDER = Prepared(sa.select(*(_A[name] for name in Sender._fields)).where(_A.id == sa.bindparam("account")))
_DUE = Prepared(
    sa.select(*_DUE_COLUMNS)
    .where(_O.account_id == sa.bindparam("account"), IS_WAITING, _O.due_at <= sa.bindparam("now"))
    .order_by(_O.due_at, _O.id)
    .limit(sa.bindparam("limit"))
)
_DUE_COUNT = Prepared(
    sa.select(sa.func.count()).select_from(OutgoingMail).where(IS_WAITING, _O.due_at <= sa.bindparam("now"))
)
_IN_STATE = Prepared(sa.select(*_DUE_COLUMNS).where(_O.state == sa.bindparam("state")).order_by(_O.id))
_RECEIVERS = Prepared(
    sa.select(*(_R[name] for name in Receiver._fields)).where(_R.outgoing_id == sa.bindparam("mail")).order_by(_R.id)
)
_TO_COPY = Prepared(
    sa.select(*_DUE_COLUMNS)
    .join(MailAccount, _A.id == _O.account_id)
    .where(
        _O.state == OutboxState.SENT,
        _O.copied == sa.false(),
        _O.sent_at > sa.bindparam("since"),
        _A.keeps_sent == sa.false(),
        _A.imap_host != "",
        _A.active == sa.true(),
    )
    .order_by(_O.account_id, _O.id)
    .limit(500)
)
_REPLIES = Prepared(
    sa.select(_M.raw_id)
    .where(
        _M.direction == Direction.INBOUND,
        _M.raw_id.is_not(None),
        _M.at >= sa.bindparam("since"),
        sa.or_(
            sa.and_(sa.bindparam("conversation").is_not(None), _M.conversation_id == sa.bindparam("conversation")),
            _M.from_address == sa.bindparam("address"),
        ),
    )
    .order_by(_M.id)
    .limit(200)
)
_BY_RFC_ID = Prepared(
    sa.select(_O.id).where(_O.rfc_id == sa.bindparam("rfc_id"), _O.state == OutboxState.UNCERTAIN)
)  # fmt: skip


def known(session: Session, key: str) -> int | None:
    """The mail that was queued under this key."""
    found = _KNOWN.one(session, key=key)
    return int(found[0]) if found else None


def has_content(session: Session, sha256: str) -> bool:
    """Whether the bytes of this hash are kept as a file."""
    return _CONTENT.one(session, of=sha256) is not None


def senders_due(session: Session, now: datetime) -> list[Sender]:
    """The active accounts with something to send now."""
    return [Sender(*row) for row in _SENDERS.all(session, now=now)]


def sender(session: Session, account_id: int) -> Sender:
    """One account. Refuses `mail.unknown`."""
    found = _SENDER.one(session, account=account_id)
    if found is None:
        raise Refused("mail.unknown", id=account_id)
    return Sender(*found)


def due(session: Session, account_id: int, *, now: datetime, limit: int) -> list[Due]:
    """What this account has to send now, the longest due first."""
    return [Due(*row) for row in _DUE.all(session, account=account_id, now=now, limit=limit)]


def due_count(session: Session, now: datetime) -> int:
    """How many mails are to be sent now."""
    found = _DUE_COUNT.one(session, now=now)
    return int(found[0]) if found else 0


def in_state(session: Session, state: OutboxState) -> list[Due]:
    """Every mail in this state, the oldest first."""
    return [Due(*row) for row in _IN_STATE.all(session, state=state)]


def receivers(session: Session, outgoing_id: int) -> list[Receiver]:
    """A mail's receivers in the order written."""
    return [Receiver(*row) for row in _RECEIVERS.all(session, mail=outgoing_id)]


def to_copy(session: Session, since: datetime) -> list[Due]:
    """Mails sent since then of which no copy lies in Sent yet, where the provider puts none there."""
    return [Due(*row) for row in _TO_COPY.all(session, since=since)]


def possible_replies(session: Session, *, conversation_id: int | None, address: str, since: datetime) -> list[int]:
    """The bytes' rows of what came since then in this conversation or from this address."""
    rows = _REPLIES.all(session, conversation=conversation_id, address=address, since=since)
    return [int(row[0]) for row in rows]


def uncertain_of(session: Session, rfc_id: str) -> int | None:
    """The uncertain mail with this Message-ID."""
    found = _BY_RFC_ID.one(session, rfc_id=rfc_id)
    return int(found[0]) if found else None


def page(
    session: Session,
    *,
    view: str = "due",
    after: paging.Cursor | None = None,
    before: paging.Cursor | None = None,
    limit: int = 100,
) -> paging.Page[OutgoingRow]:
    """One page of a view: what is due by its time, everything else the newest first. Refuses `mail.no-such-list`."""
    base = _filtered(sa.select(*_COLUMNS), view)
    return paging.page(session, base, _order(view), make=_made, after=after, before=before, limit=limit)


def marks(session: Session, *, view: str = "due", every: int = 100) -> list[paging.Cursor]:
    """The cursors of every so many rows of a view, for a scroll bar; to be called from a job."""
    return paging.marks(session, _filtered(sa.select(_O.id), view), _order(view), every=every)


def count(session: Session, *, view: str) -> int:
    """How many mails a view has. Refuses `mail.no-such-list`."""
    if view not in VIEWS:
        raise Refused("mail.no-such-list", view=view)
    return counts(session)[view]


def counts(session: Session) -> dict[str, int]:
    """How many mails each view has, from the index of states."""
    found = dict.fromkeys(VIEWS, 0)
    by_state = sa.select(_O.state, sa.func.count()).group_by(_O.state)
    for state, mails in session.connection().execute(by_state):
        for view, states in STATES_OF_VIEW.items():
            found[view] += mails if state in states else 0
    return found


def row_of(session: Session, outgoing_id: int) -> OutgoingRow:
    """One mail. Refuses `mail.unknown`."""
    one = sa.select(*_COLUMNS).outerjoin(Conversation, _C.id == _O.conversation_id).where(_O.id == outgoing_id)
    found = session.connection().execute(one).first()
    if found is None:
        raise Refused("mail.unknown", id=outgoing_id)
    return _made(found)


def _order(view: str) -> paging.Order:
    return paging.Order((_O.due_at,), _O.id, descending=view != "due")


def _filtered(base: sa.Select[Any], view: str) -> sa.Select[Any]:
    if view not in VIEWS:
        raise Refused("mail.no-such-list", view=view)
    base = base.select_from(sa.outerjoin(OutgoingMail, Conversation, _C.id == _O.conversation_id))
    return base.where(_O.state.in_(STATES_OF_VIEW[view]))


def _made(row: Any) -> OutgoingRow:
    return OutgoingRow(*row[: len(_COLUMNS)])
