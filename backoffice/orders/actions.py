"""What can be done with an order once it is written down."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from backoffice.core.calendar import local_day
from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.customers.counting import order_placed, order_withdrawn
from backoffice.orders import counters, stock, writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.orders.events import OrderCancelled, OrderPlaced, OrderUnconfirmed
from backoffice.orders.model import DispatchStatus, Hold, Order, OrderStatus
from backoffice.orders.queries import facts, snapshots
from backoffice.settings import queries as settings
from backoffice.store import rows
from backoffice.store.prepared import Prepared
from backoffice.store.unit_of_work import UnitOfWork

_O = rows.table_of(Order).c
_H = rows.table_of(Hold).c
_SET_STATUS = Prepared(
    sa.update(Order)
    .where(_O.id == sa.bindparam("order"), _O.status == sa.bindparam("was", type_=_O.status.type))
    .values(status=sa.bindparam("becomes", type_=_O.status.type), version=_O.version + 1)
)
_END_HOLD = Prepared(
    sa.update(Hold)
    .where(_H.order_id == sa.bindparam("order"), _H.released_at.is_(None))
    .values(released_at=sa.bindparam("at", type_=_H.released_at.type))
)


_RESUME_HOLD = Prepared(sa.update(Hold).where(_H.id == sa.bindparam("hold")).values(released_at=None))


def confirm(work: UnitOfWork, order_id: int) -> list[stock.Missing]:
    """Opens a draft and serves it from stock; what is missing. Refuses `orders.not-draft`.

    What a draft promised when it was written may be past by now: the promise is then made anew.
    """
    head = facts.head(work.session, order_id)
    _become(work, head, OrderStatus.OPEN, only_from=OrderStatus.DRAFT, code="orders.not-draft")
    _promise_anew(work, order_id)
    if head.customer_id is not None:
        order_placed(work, head.customer_id, head.placed_at)
    missing = stock.allocate(work, order_id)
    work.record("order.confirmed", order_id=order_id, customer_id=head.customer_id)
    work.happened(OrderPlaced(order_id))
    return missing


def _promise_anew(work: UnitOfWork, order_id: int) -> None:
    names = ("promised_dispatch", "ship_by_fixed", "delivery_option_id")
    promised, fixed, option_id = facts.columns(work.session, order_id, names)
    option = next((one for one in settings.delivery_options(work.session) if one.id == option_id), None)
    now = settings.promise(settings.profile(work.session), option, work.now)
    if not fixed and (promised is None or promised < now.dispatch):
        _remember(work, order_id, promised_dispatch=now.dispatch, promised_delivery=now.delivery)


def unconfirm(work: UnitOfWork, order_id: int) -> None:
    """The inverse of `confirm`: the order is a draft again, and what was promised to it is free.

    Refuses `orders.not-open`, `orders.shipped` once something left, `orders.all-shipped` once all has, and
    `orders.packed` while a parcel stands ready.
    """
    head = facts.head(work.session, order_id)
    _refuse_begun(head, facts.lines(work.session, order_id))
    _become(work, head, OrderStatus.DRAFT, only_from=OrderStatus.OPEN, code="orders.not-open")
    stock.release(work, order_id)
    if head.customer_id is not None:
        order_withdrawn(work, head.customer_id)
    work.record("order.unconfirmed", order_id=order_id, customer_id=head.customer_id)
    work.happened(OrderUnconfirmed(order_id))


def hold(work: UnitOfWork, order_id: int, *, reason: str, until: date | None = None) -> None:
    """Keeps an open order back, its stock staying promised.

    Refuses `orders.not-open`, `orders.no-reason`, `orders.past-date`.
    """
    head = facts.head(work.session, order_id)
    if not reason.strip():
        raise Refused("orders.no-reason")
    if until is not None and until <= local_day(work.now, settings.profile(work.session).zone):
        raise Refused("orders.past-date", day=until)
    _become(work, head, OrderStatus.ON_HOLD, only_from=OrderStatus.OPEN, code="orders.not-open")
    rows.insert(work, Hold, order_id=order_id, reason=reason.strip(), since=work.now, until=until)
    work.record("order.held", order_id=order_id, customer_id=head.customer_id, reason=reason.strip(), until=until)


def release_hold(work: UnitOfWork, order_id: int) -> None:
    """Lets a held order go on. Refuses `orders.not-held`."""
    head = facts.head(work.session, order_id)
    _become(work, head, OrderStatus.OPEN, only_from=OrderStatus.ON_HOLD, code="orders.not-held")
    rows.change(work, Hold, _END_HOLD, order=order_id, at=work.now)
    stock.allocate(work, order_id)
    work.record("order.released", order_id=order_id, customer_id=head.customer_id)


def release_due_holds(work: UnitOfWork) -> int:
    """Releases all holds whose day has come; how many. Run at opening and daily."""
    today = local_day(work.now, settings.profile(work.session).zone)
    due = facts.due_holds(work.session, today)
    for order_id in due:
        release_hold(work, order_id)
    return len(due)


def cancel(work: UnitOfWork, order_id: int, *, reason: str) -> Money:
    """Cancels what has not left, gives its stock back; what is to be refunded.

    Refuses `orders.no-reason`, `orders.cancelled-already`, `orders.shipped` once something left,
    `orders.all-shipped` once all has, and `orders.packed` while a parcel stands ready: void it first.
    """
    head = facts.head(work.session, order_id)
    if not reason.strip():
        raise Refused("orders.no-reason")
    if head.status is OrderStatus.CANCELLED:
        raise Refused("orders.cancelled-already", number=head.number)
    lines = facts.lines(work.session, order_id)
    _refuse_begun(head, lines)
    before = {line.id: line.cancelled for line in lines if line.cancelled}
    _become(work, head, OrderStatus.CANCELLED, only_from=head.status, code="orders.changed")
    rows.change(work, Hold, _END_HOLD, order=order_id, at=work.now)
    stock.release(work, order_id)
    for line in lines:
        if line.ordered > line.cancelled:
            counters.count(work, line.id, "cancelled", line.ordered - line.cancelled)
    _remember(work, order_id, cancelled_at=work.now, cancel_reason=reason.strip())
    if head.customer_id is not None and head.status is not OrderStatus.DRAFT:
        order_withdrawn(work, head.customer_id)
    counters.refresh(work, order_id)
    owed = Money(head.paid - head.refunded, head.currency)
    work.record(
        "order.cancelled",
        order_id=order_id,
        customer_id=head.customer_id,
        reason=reason.strip(),
        owed=owed,
        was=head.status,
        before=before,
    )
    work.happened(OrderCancelled(order_id))
    return owed


def uncancel(work: UnitOfWork, order_id: int) -> list[stock.Missing]:
    """The inverse of `cancel`: the order is as it was (open, held, a draft) and served anew; what is missing.

    Refuses `orders.not-cancelled`.
    """
    head = facts.head(work.session, order_id)
    was, before = facts.before_cancelling(work.session, order_id)
    _become(work, head, was, only_from=OrderStatus.CANCELLED, code="orders.not-cancelled")
    for line in facts.lines(work.session, order_id):
        if more := line.cancelled - before.get(line.id, 0):
            counters.count(work, line.id, "cancelled", -more)
    if was is OrderStatus.ON_HOLD:
        rows.change(work, Hold, _RESUME_HOLD, hold=facts.newest_hold(work.session, order_id))
    _remember(work, order_id, cancelled_at=None, cancel_reason="")
    if head.customer_id is not None and was is not OrderStatus.DRAFT:
        order_placed(work, head.customer_id, head.placed_at)
    counters.refresh(work, order_id)
    missing = stock.allocate(work, order_id)
    work.record("order.uncancelled", order_id=order_id, customer_id=head.customer_id)
    return missing


def close(work: UnitOfWork, order_id: int) -> None:
    """Puts a shipped order away. Refuses `orders.not-open`, `orders.not-shipped`."""
    head = facts.head(work.session, order_id)
    if head.dispatch not in (DispatchStatus.SHIPPED, DispatchStatus.DELIVERED):
        raise Refused("orders.not-shipped", number=head.number)
    _become(work, head, OrderStatus.CLOSED, only_from=OrderStatus.OPEN, code="orders.not-open")
    _remember(work, order_id, closed_at=work.now)
    work.record("order.closed", order_id=order_id, customer_id=head.customer_id)


def reopen(work: UnitOfWork, order_id: int) -> None:
    """The inverse of `close`. Refuses `orders.not-closed`."""
    head = facts.head(work.session, order_id)
    _become(work, head, OrderStatus.OPEN, only_from=OrderStatus.CLOSED, code="orders.not-closed")
    _remember(work, order_id, closed_at=None)
    work.record("order.reopened", order_id=order_id, customer_id=head.customer_id)


def reorder(work: UnitOfWork, order_id: int) -> int:
    """The same things for the same customer at today's prices, as a draft to look over; its id.

    Lines without a product cost what they did; in an order of another currency than the shop's they wait at zero.
    """
    past = work.get(Order, order_id)
    shop = settings.profile(work.session)
    amounts = {line.id: line for line in snapshots.amounts(work.session, order_id)[1]}
    same = past.currency == shop.currency
    lines = [
        LineDraft(quantity=line.ordered, product_id=line.product_id)
        if line.product_id is not None
        else _again(line, amounts[line.id], same_currency=same)
        for line in facts.lines(work.session, order_id)
        if line.ordered
    ]
    draft = OrderDraft(
        lines=tuple(lines),
        customer_id=past.customer_id,
        email=past.email,
        phone=past.ship_phone,
        ship_to=facts.address(past, "ship"),
        bill_to=facts.address(past, "bill"),
        delivery_option_id=past.delivery_option_id,
        prices_include_tax=past.prices_include_tax,
        as_draft=True,
        source={"channel": "reorder"},
    )
    made = writing.create(work, draft)
    _remember(work, made, reordered_from=order_id)
    work.record("order.reordered", order_id=made, customer_id=past.customer_id, number=past.number)
    return made


def _again(line: facts.LineFacts, was: snapshots.LineAmounts, *, same_currency: bool) -> LineDraft:
    return LineDraft(
        quantity=line.ordered,
        sku=line.sku,
        name=line.name,
        unit_price=was.unit_price if same_currency else 0,
        discount=was.discount if same_currency else 0,
        amount=was.amount if same_currency else 0,
        rates=tuple((tax["name"], tax["rate"]) for tax in was.taxes),
        requires_shipping=line.requires_shipping,
    )


def note(work: UnitOfWork, order_id: int, text: str) -> None:
    """Replaces the order's notes."""
    head = facts.head(work.session, order_id)
    _remember(work, order_id, notes=text, touched_by_hand=True, version=head.version + 1)
    work.record("order.noted", order_id=order_id, customer_id=head.customer_id)


def tag(work: UnitOfWork, order_id: int, tags: list[str]) -> None:
    """Replaces the order's tags."""
    kept = sorted({word.strip() for word in tags if word.strip()})
    _remember(work, order_id, tags=kept, touched_by_hand=True)
    work.record("order.tagged", order_id=order_id, tags=kept)


def _refuse_begun(head: facts.Head, lines: Sequence[facts.LineFacts]) -> None:
    """Refuses what can no longer be done once something was packed or has left."""
    if any(line.shipped for line in lines):
        over = all(line.shipped >= line.ordered - line.cancelled for line in lines)
        raise Refused("orders.all-shipped" if over else "orders.shipped", number=head.number)
    if any(line.packed for line in lines):
        raise Refused("orders.packed", number=head.number)


def _become(work: UnitOfWork, head: facts.Head, status: OrderStatus, *, only_from: OrderStatus, code: str) -> None:
    refusal = Refused(code, number=head.number, status=head.status)
    if head.status is not only_from:
        raise refusal
    rows.change_one(work, Order, _SET_STATUS, refusal, order=head.id, was=only_from, becomes=status)


def _remember(work: UnitOfWork, order_id: int, **values: Any) -> None:
    rows.set_values(work, Order, order_id, **values)
