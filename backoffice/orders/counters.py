"""Changes an order line's counters by conditional UPDATEs with their row count checked, and keeps the axes true."""

from dataclasses import replace

import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.orders import axes
from backoffice.orders.model import Order, OrderLine
from backoffice.orders.queries import facts
from backoffice.store import rows
from backoffice.store.prepared import Prepared
from backoffice.store.unit_of_work import UnitOfWork

_L = rows.table_of(OrderLine).c
_O = rows.table_of(Order).c
_BY = sa.bindparam("by", type_=sa.BigInteger)
_LINE = _L.id == sa.bindparam("line")
_LEFT = _L.ordered - _L.cancelled

_RULES = {
    "allocated": (_L.allocated + _BY >= 0, _L.allocated + _BY <= _LEFT - _L.shipped),
    "packed": (
        _L.packed + _BY >= _L.shipped,
        _L.packed + _BY <= _LEFT,
        sa.or_(_BY < 0, _L.product_id.is_(None), _L.packed + _BY <= _L.shipped + _L.allocated),
    ),
    "shipped": (_L.shipped + _BY >= _L.delivered, _L.shipped + _BY <= _L.packed),
    "delivered": (_L.delivered + _BY >= 0, _L.delivered + _BY <= _L.shipped),
    "cancelled": (
        _L.cancelled + _BY >= 0,
        _L.cancelled + _BY <= _L.ordered - _L.packed,
        _L.cancelled + _BY <= _L.ordered - _L.shipped - _L.allocated,
    ),
}
_COUNT = {
    name: Prepared(sa.update(OrderLine).where(_LINE, *rules).values({_L[name]: _L[name] + _BY}))
    for name, rules in _RULES.items()
}
_SHIP = Prepared(
    sa.update(OrderLine)
    .where(_LINE, _L.shipped + _BY <= _L.packed, _L.shipped + _BY >= _L.delivered, _L.allocated >= sa.bindparam("held"))
    .values(shipped=_L.shipped + _BY, allocated=_L.allocated - sa.bindparam("held"))
)
_AXES = Prepared(
    sa.update(Order)
    .where(_O.id == sa.bindparam("order"))
    .values(
        payment=sa.bindparam("new_payment", type_=_O.payment.type),
        dispatch=sa.bindparam("new_dispatch", type_=_O.dispatch.type),
        returns=sa.bindparam("new_returns", type_=_O.returns.type),
        version=_O.version + 1,
    )
)


def count(work: UnitOfWork, line_id: int, counter: str, by: int) -> None:
    """Adds `by` to allocated, packed, delivered or cancelled. Refuses `orders.counter` where the rules forbid it."""
    refusal = Refused("orders.counter", counter=counter, by=by)
    rows.change_one(work, OrderLine, _COUNT[counter], refusal, line=line_id, by=by)


def count_shipped(work: UnitOfWork, line_id: int, by: int, *, from_allocation: int) -> None:
    """Units leave (or, negative, come back): shipped up, allocated down. Refuses `orders.counter`."""
    refusal = Refused("orders.counter", counter="shipped", by=by)
    rows.change_one(work, OrderLine, _SHIP, refusal, line=line_id, by=by, held=from_allocation)


def refresh(work: UnitOfWork, order_id: int) -> facts.Head:
    """Derives the three axes anew from counters and ledger; the head as it now is."""
    head = facts.head(work.session, order_id)
    counters = [line.counters for line in facts.lines(work.session, order_id)]
    payment = axes.payment_status(total=head.total, paid=head.paid, refunded=head.refunded)
    dispatch = axes.dispatch_status(counters)
    returns = axes.returns_status(counters)
    if (payment, dispatch, returns) == (head.payment, head.dispatch, head.returns):
        return head
    rows.change(work, Order, _AXES, order=order_id, new_payment=payment, new_dispatch=dispatch, new_returns=returns)
    return replace(head, payment=payment, dispatch=dispatch, returns=returns, version=head.version + 1)
