"""Orders and the shelf: promising stock to lines, giving it back, serving those that wait."""

from dataclasses import dataclass

from backoffice.inventory import ledger
from backoffice.orders import counters
from backoffice.orders.events import OrderCannotBeServed
from backoffice.orders.model import OrderStatus
from backoffice.orders.queries import facts
from backoffice.store.unit_of_work import UnitOfWork

_HAVE_STOCK = (OrderStatus.OPEN, OrderStatus.ON_HOLD)


@dataclass(frozen=True, slots=True)
class Missing:
    """Units of a line that no stock could be found for; `backorder` where the product may be promised all the same."""

    line_id: int
    product_id: int
    units: int
    backorder: bool


def allocate(work: UnitOfWork, order_id: int) -> list[Missing]:
    """Promises as much stock as there is to the lines of an open or held order; what is missing afterwards."""
    head = facts.head(work.session, order_id)
    if head.status not in _HAVE_STOCK:
        return []
    return [gap for line in facts.lines(work.session, order_id) if (gap := _serve(work, head.number, line))]


def release(work: UnitOfWork, order_id: int) -> None:
    """Gives back all that is promised to the order and not packed."""
    for line in facts.lines(work.session, order_id):
        if line.product_id is not None and line.allocated:
            free = line.allocated - (line.packed - line.shipped)
            if free > 0:
                release_units(work, line.id, line.product_id, free)


def release_units(work: UnitOfWork, line_id: int, product_id: int, units: int) -> None:
    """Gives some of a line's promised units back: to whoever waits for them with the earliest promise.

    Refuses `orders.counter` and `inventory.not-allocated` where fewer are promised.
    """
    counters.count(work, line_id, "allocated", -units)
    ledger.release(work, line_id=line_id, product_id=product_id, quantity=units)


def withdraw_promises(work: UnitOfWork, product_id: int) -> None:
    """Takes back what the shelf no longer covers, from the latest promise first; packed units stay promised.

    So that after a breakage or a count no more is promised than is there, and the orders concerned say so.
    """
    excess = facts.overpromised(work.session, product_id)
    if not excess:
        return
    backorder = facts.products(work.session, {product_id})[product_id].backorder
    for line in facts.promised_on(work.session, product_id):
        units = min(excess, line.allocated - (line.packed - line.shipped))
        release_units(work, line.id, product_id, units)
        work.happened(OrderCannotBeServed(line.order_id, product_id, missing=units, oversold=not backorder))
        excess -= units
        if not excess:
            return


def serve_waiting(work: UnitOfWork, product_id: int) -> None:
    """Gives stock that came in to the open orders that wait for it, the earliest promise first."""
    numbers: dict[int, str] = {}
    for order_id, line in facts.waiting_for(work.session, product_id):
        number = numbers.setdefault(order_id, facts.head(work.session, order_id).number)
        if _serve(work, number, line, announce=False):
            return


def _serve(work: UnitOfWork, number: str, line: facts.LineFacts, *, announce: bool = True) -> Missing | None:
    if line.product_id is None or line.wanted <= 0:
        return None
    if _promise(work, number, line, line.wanted):
        return None
    product = facts.products(work.session, {line.product_id})[line.product_id]
    part = product.promisable(line.wanted)
    left = line.wanted - part if part and _promise(work, number, line, part) else line.wanted
    if announce:
        work.happened(OrderCannotBeServed(line.order_id, line.product_id, missing=left, oversold=not product.backorder))
    return Missing(line.id, line.product_id, left, product.backorder)


def _promise(work: UnitOfWork, number: str, line: facts.LineFacts, quantity: int) -> bool:
    assert line.product_id is not None
    done = ledger.allocate(work, line_id=line.id, product_id=line.product_id, quantity=quantity, reference=number)
    if done:
        counters.count(work, line.id, "allocated", quantity)
    return done
