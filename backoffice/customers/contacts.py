"""What was said: notes, calls, chats, faxes, letters, visits, and the call-backs that were promised.

The words stay in the contact itself and the journal only points to it, so that an erased person's words can go.
"""

from datetime import datetime

import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.core.text import one_line
from backoffice.customers.actions import listed
from backoffice.customers.drafts import LONGEST_TEXT
from backoffice.customers.keys import tidy_phone
from backoffice.customers.model import Contact, ContactKind
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

_T = rows.table_of(Contact).c


def note(
    work: UnitOfWork,
    customer_id: int,
    kind: ContactKind,
    text: str,
    *,
    inbound: bool = True,
    order_id: int | None = None,
    at: datetime | None = None,
) -> int:
    """Keeps what was said or written, as of `at` (now); the contact's id.

    Refuses `customers.no-text`, `customers.too-long`, `customers.not-listed`.
    """
    listed(work, customer_id)
    contact_id = rows.insert(
        work,
        Contact,
        customer_id=customer_id,
        order_id=order_id,
        at=at or work.now,
        kind=kind,
        inbound=inbound,
        text=_said(text),
    )
    work.record(
        f"customer.noted-{kind.value}", customer_id=customer_id, order_id=order_id, contact=contact_id, inbound=inbound
    )
    return contact_id


def promise_call_back(
    work: UnitOfWork, customer_id: int, due_at: datetime, *, phone: str, text: str = "", order_id: int | None = None
) -> int:
    """A call-back due at a moment; the contact's id.

    Refuses `customers.past-time`, `customers.bad-phone` for a number without digits, `customers.too-long`.
    """
    listed(work, customer_id)
    _must_be_ahead(work, due_at)
    if phone.strip() and not tidy_phone(phone):
        raise Refused("customers.bad-phone", phone=phone[:60])
    contact_id = rows.insert(
        work,
        Contact,
        customer_id=customer_id,
        order_id=order_id,
        at=work.now,
        kind=ContactKind.CALL,
        inbound=False,
        text=_said(text) if text.strip() else "",
        phone=tidy_phone(phone),
        due_at=due_at,
    )
    work.record(
        "customer.call-back-promised", customer_id=customer_id, order_id=order_id, contact=contact_id, due_at=due_at
    )
    return contact_id


def withdraw(work: UnitOfWork, contact_id: int) -> None:
    """Takes back what was noted or promised by mistake, as for somebody else: its words go, the history says so.

    The inverse of `note` and `promise_call_back`. Refuses `customers.contact-unknown`.
    """
    found = work.session.get(Contact, contact_id)
    if found is None:
        raise Refused("customers.contact-unknown", id=contact_id)
    work.session.delete(found)
    work.record("customer.contact-withdrawn", customer_id=found.customer_id, order_id=found.order_id)


def move_call_back(work: UnitOfWork, contact_id: int, due_at: datetime) -> datetime:
    """Puts an open call-back off; the time before, which is the inverse as long as it is ahead.

    Refuses `customers.call-back-unknown`, `customers.call-back-done`, `customers.past-time`.
    """
    found = _call_back(work, contact_id)
    if found.done_at is not None:
        raise Refused("customers.call-back-done")
    _must_be_ahead(work, due_at)
    before = found.due_at
    assert before is not None
    found.due_at = due_at
    work.session.add(found)
    work.record("customer.call-back-moved", customer_id=found.customer_id, contact=contact_id, due_at=due_at)
    return before


def call_back_done(work: UnitOfWork, contact_id: int) -> None:
    """The customer was called. Refuses `customers.call-back-unknown`, `customers.call-back-done`. Inverse: `reopen`."""
    found = _call_back(work, contact_id)
    open_ones = sa.update(Contact).where(_T.id == contact_id, _T.done_at.is_(None)).values(done_at=work.now)
    rows.change_one(work, Contact, open_ones, Refused("customers.call-back-done"))
    work.session.expire(found)
    work.record("customer.call-back-done", customer_id=found.customer_id, contact=contact_id)


def reopen_call_back(work: UnitOfWork, contact_id: int) -> None:
    """Takes `call_back_done` back. Refuses `customers.call-back-unknown`, `customers.call-back-open`."""
    found = _call_back(work, contact_id)
    done_ones = sa.update(Contact).where(_T.id == contact_id, _T.done_at.is_not(None)).values(done_at=None)
    rows.change_one(work, Contact, done_ones, Refused("customers.call-back-open"))
    work.session.expire(found)
    work.record("customer.call-back-reopened", customer_id=found.customer_id, contact=contact_id)


def _call_back(work: UnitOfWork, contact_id: int) -> Contact:
    found = work.session.get(Contact, contact_id)
    if found is None or found.due_at is None:
        raise Refused("customers.call-back-unknown", id=contact_id)
    return found


def _must_be_ahead(work: UnitOfWork, due_at: datetime) -> None:
    if due_at <= work.now:
        raise Refused("customers.past-time")


def _said(text: str) -> str:
    """The words as they were typed; only what SQLite or a screen would stumble over is taken out."""
    if not text.strip():
        raise Refused("customers.no-text")
    if len(text) > LONGEST_TEXT:
        raise Refused("customers.too-long", longest=LONGEST_TEXT)
    return "\n".join(lines_kept(text))


def lines_kept(text: str) -> list[str]:
    """The lines of a longer text, blank ones included, each without control characters."""
    return [one_line(line) for line in text.strip().splitlines()]
