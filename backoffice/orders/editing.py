"""Editing an order is a change set: previewed with its consequences, applied at once, undone while nothing has left."""

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.inventory import ledger
from backoffice.orders import counters, reckoning, stock, writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.orders.events import OrderEdited
from backoffice.orders.model import Order, OrderChange, OrderLine, OrderStatus
from backoffice.orders.queries import facts, snapshots
from backoffice.settings import queries as settings
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

_O = rows.table_of(Order).c
_L = rows.table_of(OrderLine).c
_EDITABLE = (OrderStatus.DRAFT, OrderStatus.OPEN, OrderStatus.ON_HOLD)


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line's new quantity (0 takes it away), price or own discount; None leaves it. Minor units."""

    line_id: int
    quantity: int | None = None
    unit_price: int | None = None
    discount: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """All that is to change about one order; None leaves a thing as it is. Amounts in minor units."""

    lines: tuple[LineChange, ...] = ()
    add: tuple[LineDraft, ...] = ()
    shipping: int | None = None
    discount: int | None = None
    ship_to: PostalAddress | None = None
    bill_to: PostalAddress | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a change does to the total, to what is to be paid (below zero: given back), and to the stock."""

    total_before: Money
    total_after: Money
    to_pay: Money
    units: dict[str, int]
    """SKU → units more (or fewer) promised to this order."""
    missing: list[stock.Missing]


class _OnlyLooking(Exception):
    """Ends a preview: its savepoint is rolled back."""

    def __init__(self, found: Consequences) -> None:
        self.found = found


def preview(work: UnitOfWork, order_id: int, change: ChangeSet, *, version: int) -> Consequences:
    """What `apply` would do, reckoned by doing it and taking it back. Refuses what `apply` refuses."""
    heard, touched = list(work.news), set(work.touched)
    try:
        with work.session.begin_nested():
            raise _OnlyLooking(_apply(work, order_id, change, version=version)[1])
    except _OnlyLooking as looked:
        return looked.found
    finally:
        work.news, work.touched = heard, touched


def apply(work: UnitOfWork, order_id: int, change: ChangeSet, *, version: int) -> int:
    """Applies a change set in one transaction; the change's id, with which it can be undone.

    Refuses `orders.changed` where somebody saved in between, `orders.not-editable`, `orders.below-packed` for fewer
    units than are packed, `orders.no-lines` for an order that would be empty, and the drafts' own faults.
    """
    return _apply(work, order_id, change, version=version)[0]


def undo(work: UnitOfWork, change_id: int) -> None:
    """Takes the newest change of an order back.

    Refuses `orders.undone-already`, `orders.not-newest`, and `orders.shipped` once something was packed or left.
    """
    change = work.get(OrderChange, change_id)
    head = facts.head(work.session, change.order_id)
    if change.undone_at is not None:
        raise Refused("orders.undone-already")
    if snapshots.newest_change(work.session, change.order_id) != change_id:
        raise Refused("orders.not-newest", number=head.number)
    if any(line.packed for line in facts.lines(work.session, change.order_id)):
        raise Refused("orders.shipped", number=head.number)
    _take_back(work, change)
    change.undone_at = work.now
    work.session.flush()
    stock.allocate(work, change.order_id)
    counters.refresh(work, change.order_id)
    work.record("order.edit-undone", order_id=change.order_id, customer_id=head.customer_id)
    work.happened(OrderEdited(change.order_id))


def _apply(work: UnitOfWork, order_id: int, change: ChangeSet, *, version: int) -> tuple[int, Consequences]:
    before, head = snapshots.snapshot(work.session, order_id), facts.head(work.session, order_id)
    if head.version != version:
        raise Refused("orders.changed", number=head.number)
    if head.status not in _EDITABLE:
        raise Refused("orders.not-editable", number=head.number, status=head.status)
    promised = _promised(work, order_id)
    _change_lines(work, order_id, head, change)
    _reckon(work, order_id, change)
    _change_head(work, order_id, change)
    missing = stock.allocate(work, order_id)
    after = counters.refresh(work, order_id)
    change_id = rows.insert(
        work,
        OrderChange,
        order_id=order_id,
        at=work.now,
        before=before,
        after=snapshots.snapshot(work.session, order_id),
        undone_at=None,
    )
    old, new = Money(head.total, head.currency), Money(after.total, head.currency)
    work.record(
        "order.edited", order_id=order_id, customer_id=head.customer_id, before=old, after=new, change=change_id
    )
    work.happened(OrderEdited(order_id))
    now = _promised(work, order_id)
    moved = {sku: now.get(sku, 0) - promised.get(sku, 0) for sku in {*now, *promised}}
    due = Money(after.total - after.paid + after.refunded, head.currency)
    return change_id, Consequences(old, new, due, {sku: by for sku, by in moved.items() if by}, missing)


def _change_lines(work: UnitOfWork, order_id: int, head: facts.Head, change: ChangeSet) -> None:
    lines = {line.id: line for line in facts.lines(work.session, order_id)}
    for wish in change.lines:
        line = lines.get(wish.line_id)
        if line is None:
            raise Refused("orders.changed", number=head.number)
        _change_line(work, line, wish)
    if change.add:
        _add_lines(
            work, order_id, head, change.add, first=max((line.position for line in lines.values()), default=0) + 1
        )
    if not any(line.ordered for line in facts.lines(work.session, order_id)):
        raise Refused("orders.no-lines")


def _change_line(work: UnitOfWork, line: facts.LineFacts, wish: LineChange) -> None:
    if min(wish.unit_price or 0, wish.discount or 0) < 0:
        raise Refused("orders.negative-amount")
    values: dict[str, Any] = {}
    if wish.quantity is not None and wish.quantity != line.ordered:
        if not 0 <= wish.quantity <= 1_000_000:
            raise Refused("orders.bad-quantity", line=line.position, quantity=wish.quantity)
        if wish.quantity < line.packed + line.cancelled:
            raise Refused("orders.below-packed", line=line.position, packed=line.packed)
        surplus = line.allocated + line.shipped + line.cancelled - wish.quantity
        if surplus > 0 and line.product_id is not None:
            counters.count(work, line.id, "allocated", -surplus)
            ledger.release(work, line_id=line.id, product_id=line.product_id, quantity=surplus)
        values["ordered"] = wish.quantity
    for name in ("unit_price", "discount"):
        if getattr(wish, name) is not None:
            values[name] = getattr(wish, name)
    if values:
        rows.change(work, OrderLine, sa.update(OrderLine).where(_L.id == line.id).values(**values, gross=-1))


def _add_lines(work: UnitOfWork, order_id: int, head: facts.Head, lines: tuple[LineDraft, ...], *, first: int) -> None:
    draft = OrderDraft(lines=lines, currency=head.currency)
    for fault in draft.faults():
        raise Refused(fault.code, **fault.facts)
    shop = settings.profile(work.session)
    worked = writing.work_out(work, lines, shop=shop, currency=head.currency)
    alone = writing.reckon(replace(draft, shipping=0), worked, shop=shop, option=None)
    writing.insert_lines(work, order_id, worked, alone, first=first)


def _reckon(work: UnitOfWork, order_id: int, change: ChangeSet) -> None:
    """Reckons the whole order anew; a line nobody touched keeps its own total, whatever price × quantity says."""
    order, lines = snapshots.amounts(work.session, order_id)
    shop = settings.profile(work.session)
    terms = reckoning.Terms(order.prices_include_tax, shop.rounding_mode, shop.rounding_scope == "document")
    positions = [reckoning.Position(line.amount, line.rates) for line in lines]
    shipping = order.shipping if change.shipping is None else change.shipping
    discount = order.discount if change.discount is None else change.discount
    if shipping < 0 or discount < 0:
        raise Refused("orders.negative-amount")
    rates = order.shipping_rates if order.shipping else ((shop.tax_rate,) if shop.tax_rate else ())
    done = reckoning.reckon(
        positions, shipping=reckoning.Position(shipping, rates if shipping else ()), discount=discount, terms=terms
    )
    for line, sums in zip(lines, done.lines, strict=True):
        taxes = [tax | {"tax": amount} for tax, amount in zip(line.taxes, sums.taxes, strict=True)]
        values = {"gross": sums.gross, "tax": sums.tax, "taxes": taxes, "order_discount": sums.discount}
        rows.change(work, OrderLine, sa.update(OrderLine).where(_L.id == line.id).values(**values))
    values = {
        "total": done.gross,
        "tax": done.tax,
        "discount": discount,
        "shipping": done.shipping.gross,
        "shipping_tax": done.shipping.tax,
    }
    rows.change(work, Order, sa.update(Order).where(_O.id == order_id).values(**values))


def _change_head(work: UnitOfWork, order_id: int, change: ChangeSet) -> None:
    values: dict[str, Any] = {"touched_by_hand": True, "version": _O.version + 1}
    if change.ship_to is not None:
        values |= writing.address_columns("ship", change.ship_to)
    if change.bill_to is not None:
        values |= writing.address_columns("bill", change.bill_to)
    if change.notes is not None:
        values["notes"] = change.notes
    rows.change(work, Order, sa.update(Order).where(_O.id == order_id).values(**values))


def _take_back(work: UnitOfWork, change: OrderChange) -> None:
    before = {line["id"]: line for line in change.before["lines"]}
    for line in facts.lines(work.session, change.order_id):
        old = before.get(line.id)
        keep = old["ordered"] if old else 0
        surplus = line.allocated - max(keep - line.cancelled, 0)
        if surplus > 0 and line.product_id is not None:
            counters.count(work, line.id, "allocated", -surplus)
            ledger.release(work, line_id=line.id, product_id=line.product_id, quantity=surplus)
        this = _L.id == line.id
        if old is None:
            rows.change(work, OrderLine, sa.delete(OrderLine).where(this))
        else:
            values = {name: value for name, value in old.items() if name != "id"}
            rows.change(work, OrderLine, sa.update(OrderLine).where(this).values(**values))
    head = sa.update(Order).where(_O.id == change.order_id).values(**change.before["head"], version=_O.version + 1)
    rows.change(work, Order, head)


def _promised(work: UnitOfWork, order_id: int) -> dict[str, int]:
    promised: dict[str, int] = {}
    for line in facts.lines(work.session, order_id):
        promised[line.sku] = promised.get(line.sku, 0) + line.allocated
    return promised
