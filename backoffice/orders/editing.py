"""Editing an order is a change set: previewed with its consequences, applied at once, undone while nothing has left."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.core.money import Money, round_fraction
from backoffice.core.postal import PostalAddress
from backoffice.orders import axes, counters, reckoning, stock, writing
from backoffice.orders.drafts import LARGEST_AMOUNT, MOST_UNITS, LineDraft, OrderDraft
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
    units than are packed, `orders.packed` for a new address while a parcel stands ready, `orders.no-lines` for an
    order that would be empty, and the drafts' own faults.
    """
    return _apply(work, order_id, change, version=version)[0]


def undo(work: UnitOfWork, change_id: int) -> None:
    """Takes the newest change of an order back; notes written since then stay.

    Refuses `orders.undone-already`, `orders.not-editable`, `orders.not-newest` also where the order's amounts or
    addresses were changed otherwise since, `orders.packed` and `orders.shipped`.
    """
    change = work.get(OrderChange, change_id)
    head = facts.head(work.session, change.order_id)
    if change.undone_at is not None:
        raise Refused("orders.undone-already")
    if head.status not in _EDITABLE:
        raise Refused("orders.not-editable", number=head.number, status=head.status)
    now = snapshots.snapshot(work.session, change.order_id)
    is_newest = snapshots.newest_change(work.session, change.order_id) == change_id
    if not is_newest or not snapshots.same_but_for_notes(now, change.after):
        raise Refused("orders.not-newest", number=head.number)
    lines = facts.lines(work.session, change.order_id)
    if any(line.packed for line in lines):
        code = "orders.shipped" if any(line.shipped for line in lines) else "orders.packed"
        raise Refused(code, number=head.number)
    _take_back(work, change, now)
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
    _check_address(work, head, change)
    promised = _promised(work, order_id)
    amounts = _change_lines(work, head, change)
    _reckon(work, order_id, change, amounts)
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
    if change.lines or change.add or change.ship_to is not None:
        work.happened(OrderEdited(order_id))
    now = _promised(work, order_id)
    moved = {sku: now.get(sku, 0) - promised.get(sku, 0) for sku in {*now, *promised}}
    due = Money(axes.to_pay(total=after.total, paid=after.paid, refunded=after.refunded), head.currency)
    return change_id, Consequences(old, new, due, {sku: by for sku, by in moved.items() if by}, missing)


def _check_address(work: UnitOfWork, head: facts.Head, change: ChangeSet) -> None:
    """A packed parcel carries its address already."""
    if change.ship_to is None or snapshots.ship_to(work.session, head.id) == change.ship_to:
        return
    if any(line.packed > line.shipped for line in facts.lines(work.session, head.id)):
        raise Refused("orders.packed", number=head.number)


def _change_lines(work: UnitOfWork, head: facts.Head, change: ChangeSet) -> dict[int, int]:
    """Changes and adds lines; {line id: new own amount in minor units} of those that changed."""
    lines = {line.id: line for line in facts.lines(work.session, head.id)}
    wished = {wish.line_id for wish in change.lines}
    kept = {line.id: line for line in snapshots.amounts(work.session, head.id, only=wished)[1]}
    amounts = {}
    for wish in change.lines:
        line = lines.get(wish.line_id)
        if line is None or wish.line_id in amounts:
            raise Refused("orders.changed", number=head.number)
        _check_line(line, wish)
        amounts[line.id] = _change_line(work, line, kept[line.id], wish)
    if change.add:
        _add_lines(work, head, change.add, first=max((line.position for line in lines.values()), default=0) + 1)
    emptied = any(wish.quantity == 0 for wish in change.lines)
    if emptied and not any(line.ordered for line in facts.lines(work.session, head.id)):
        raise Refused("orders.no-lines")
    return amounts


def _check_line(line: facts.LineFacts, wish: LineChange) -> None:
    quantity = line.ordered if wish.quantity is None else wish.quantity
    if min(wish.unit_price or 0, wish.discount or 0) < 0:
        raise Refused("orders.negative-amount")
    if max((wish.unit_price or 0) * max(quantity, 1), wish.discount or 0) > LARGEST_AMOUNT:
        raise Refused("orders.amount-too-large", line=line.position)
    if not 0 <= quantity <= MOST_UNITS:
        raise Refused("orders.bad-quantity", line=line.position, quantity=quantity)
    if quantity < line.packed + line.cancelled:
        raise Refused("orders.below-packed", line=line.position, packed=line.packed)


def _change_line(work: UnitOfWork, line: facts.LineFacts, kept: snapshots.LineAmounts, wish: LineChange) -> int:
    quantity = line.ordered if wish.quantity is None else wish.quantity
    surplus = line.allocated + line.shipped + line.cancelled - quantity
    if surplus > 0 and line.product_id is not None:
        stock.release_units(work, line.id, line.product_id, surplus)
    price = kept.unit_price if wish.unit_price is None else wish.unit_price
    own = kept.discount if wish.discount is None else wish.discount
    values = {"ordered": quantity, "unit_price": price, "discount": own}
    rows.change(work, OrderLine, sa.update(OrderLine).where(_L.id == line.id).values(**values))
    if (price, own) == (kept.unit_price, kept.discount) and not kept.follows_price:
        # The total came from a file and the unit price only illustrates it: more units cost in proportion.
        rounding = settings.profile(work.session).rounding_mode
        return round_fraction(Fraction(kept.amount * quantity, line.ordered), rounding)
    return max(price * quantity - own, 0)


def _add_lines(work: UnitOfWork, head: facts.Head, lines: tuple[LineDraft, ...], *, first: int) -> None:
    included = snapshots.amounts(work.session, head.id)[0].prices_include_tax
    draft = OrderDraft(lines=lines, currency=head.currency, prices_include_tax=included, shipping=0)
    for fault in draft.faults():
        raise Refused(fault.code, **fault.facts)
    shop = settings.profile(work.session)
    worked = writing.work_out(work.session, draft, shop=shop)
    writing.insert_lines(work, head.id, worked, writing.reckon(draft, worked, shop=shop, option=None), first=first)


def _reckon(work: UnitOfWork, order_id: int, change: ChangeSet, amounts: dict[int, int]) -> None:
    """Reckons the whole order anew; a line nobody touched keeps its own total, whatever price × quantity says."""
    order, lines = snapshots.amounts(work.session, order_id)
    shop = settings.profile(work.session)
    terms = reckoning.Terms(order.prices_include_tax, shop.rounding_mode, shop.rounding_scope == "document")
    positions = [reckoning.Position(amounts.get(line.id, line.amount), line.rates) for line in lines]
    amount = order.shipping if change.shipping is None else change.shipping
    discount = order.discount if change.discount is None else change.discount
    if min(amount, discount) < 0:
        raise Refused("orders.negative-amount")
    if max(amount, discount) > LARGEST_AMOUNT:
        raise Refused("orders.amount-too-large")
    rates = order.shipping_rates(shop.tax_rate, terms.rounding)
    shipping = reckoning.Position(amount, rates if amount else ())
    done = reckoning.reckon(positions, shipping=shipping, discount=discount, terms=terms)
    for line, sums in zip(lines, done.lines, strict=True):
        taxes = [tax | {"tax": amount} for tax, amount in zip(line.taxes, sums.taxes, strict=True)]
        if (sums.gross, sums.tax, taxes, sums.discount) != (line.gross, line.tax, line.taxes, line.share):
            values = {"gross": sums.gross, "tax": sums.tax, "taxes": taxes, "order_discount": sums.discount}
            rows.set_values(work, OrderLine, line.id, **values)
    rows.change(work, Order, sa.update(Order).where(_O.id == order_id).values(**writing.sums_of(done)))


def _change_head(work: UnitOfWork, order_id: int, change: ChangeSet) -> None:
    values: dict[str, Any] = {"touched_by_hand": True, "version": _O.version + 1}
    if change.ship_to is not None:
        values |= writing.address_columns("ship", change.ship_to)
    if change.bill_to is not None:
        values |= writing.address_columns("bill", change.bill_to)
    if change.notes is not None:
        values["notes"] = change.notes
    rows.change(work, Order, sa.update(Order).where(_O.id == order_id).values(**values))


def _take_back(work: UnitOfWork, change: OrderChange, now: dict[str, Any]) -> None:
    before = {line["id"]: line for line in change.before["lines"]}
    added = {line["id"]: _emptied(line) for line in now["lines"] if line["id"] not in before}
    for line in facts.lines(work.session, change.order_id):
        old = before.get(line.id) or added[line.id]
        surplus = line.allocated - max(old["ordered"] - line.cancelled, 0)
        if surplus > 0 and line.product_id is not None:
            stock.release_units(work, line.id, line.product_id, surplus)
        values = {name: value for name, value in old.items() if name != "id"}
        rows.change(work, OrderLine, sa.update(OrderLine).where(_L.id == line.id).values(**values))
    head = dict(change.before["head"])
    if now["head"]["notes"] != change.after["head"]["notes"]:
        del head["notes"], head["touched_by_hand"]
    statement = sa.update(Order).where(_O.id == change.order_id).values(**head, version=_O.version + 1)
    rows.change(work, Order, statement)


def _emptied(line: dict[str, Any]) -> dict[str, Any]:
    """A line that was added stays with nothing in it, as one that was taken away: parcels' histories name it."""
    taxes = [tax | {"tax": 0} for tax in line["taxes"]]
    return line | {"ordered": 0, "discount": 0, "order_discount": 0, "gross": 0, "tax": 0, "taxes": taxes}


def _promised(work: UnitOfWork, order_id: int) -> dict[str, int]:
    promised: dict[str, int] = {}
    for line in facts.lines(work.session, order_id):
        promised[line.sku] = promised.get(line.sku, 0) + line.allocated
    return promised
