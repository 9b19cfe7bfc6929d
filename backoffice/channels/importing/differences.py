"""What a file that comes again says otherwise of an order: field by field, and line by line."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlmodel import Session

from backoffice.channels import queries as known_records
from backoffice.channels.candidates import NO_ADDRESS, CandidateLine, CandidateOrder
from backoffice.channels.importing import new_orders, queries
from backoffice.channels.importing.amounts import OrderSums
from backoffice.channels.importing.products import key_of
from backoffice.channels.importing.queries import KnownLine
from backoffice.channels.importing.states import is_called_off, left_elsewhere, paid_in, refunded_in
from backoffice.channels.importing.verdicts import Change
from backoffice.core.money import Money
from backoffice.core.text import one_line
from backoffice.orders.model import DispatchStatus, Order, OrderStatus
from backoffice.orders.queries import facts

LINE_FIELDS = frozenset({"line-added", "line-removed", "line-quantity", "line-price", "line-discount", "line-total"})
SUM_FIELDS = frozenset({"shipping", "discount", "tax"})
TEXTS = ("notes", "ship_phone", "gift_message", "tags", "delivery_name", "email")
"""Columns of an order that a file may say otherwise; an empty cell says nothing."""


class Pair(NamedTuple):
    """A line as the shop has it and as the file has it (its place there); None where only the other has it."""

    known: KnownLine | None
    place: int | None


def differences(
    session: Session, before: known_records.KnownOrder, order: CandidateOrder, sums: OrderSums
) -> list[Change]:
    """What the file has otherwise. Where the owner edited the order by hand, the owner's own stays."""
    kept = session.get(Order, before.id)
    assert kept is not None
    changes = [*_identity(before, order), *_addresses(kept, order), *_texts(kept, order)]
    lines = queries.lines(session, before.id)
    why = why_kept(kept.touched_by_hand, kept.status, lines)
    changes += _lines(order, lines, sums, why)
    changes += _sums(kept, order, sums, why)
    changes += _money_and_states(kept, order)
    if new_orders.evidence(order) != kept.imported:
        changes.append(Change("evidence", kept.imported, new_orders.evidence(order)))
    return changes


def why_kept(by_hand: bool, status: OrderStatus, lines: Sequence[KnownLine]) -> str:
    """Why a file may not change the lines of an order, a key of words.KEPT; "" where it may."""
    if by_hand or any(line.cancelled for line in lines if status is not OrderStatus.CANCELLED):
        return "by-hand"
    if any(line.packed or line.shipped for line in lines):
        return "packed"
    return "ended" if status in (OrderStatus.CANCELLED, OrderStatus.CLOSED) else ""


def pairs(known: Sequence[KnownLine], lines: Sequence[CandidateLine]) -> list[Pair]:
    """Which line of the file is which of the shop's: the same article, before all with the same number and price."""
    left: dict[tuple[str, str], list[KnownLine]] = {}
    for line in known:
        left.setdefault((line.sku or line.name, line.options), []).append(line)
    found: dict[int, KnownLine] = {}
    for alike in (True, False):
        for place, told in enumerate(lines):
            same = left.get((key_of(told), told.options), []) if place not in found else []
            what = (told.quantity, told.unit_price)
            fits = (one for one in same if not alike or (one.ordered, one.unit_price) == what)
            if one := next(fits, None):
                found[place] = one
                same.remove(one)
    gone = [Pair(line, None) for some in left.values() for line in some if line.ordered]
    return [*(Pair(found.get(place), place) for place in range(len(lines))), *gone]


def _identity(before: known_records.KnownOrder, order: CandidateOrder) -> Iterator[Change]:
    """A file without the channel's ids came first, and now they are known."""
    if order.external_id and order.external_id not in (before.external_id, order.external_number):
        yield Change("external_id", before.external_id, order.external_id)


def _addresses(kept: Order, order: CandidateOrder) -> Iterator[Change]:
    for prefix, said in (("ship", order.ship_to), ("bill", order.bill_to)):
        now = facts.address(kept, prefix)
        if said not in (now, NO_ADDRESS):
            yield Change(f"{prefix}_to", now, said, kept=kept.touched_by_hand)


def _texts(kept: Order, order: CandidateOrder) -> Iterator[Change]:
    for field, said in texts_of(order).items():
        now = getattr(kept, field)
        if said and said != now:
            yield Change(field, now, said, kept=kept.touched_by_hand)


def texts_of(order: CandidateOrder) -> dict[str, Any]:
    """What the file says for the columns of `TEXTS`."""
    email = order.email.strip().lower()
    said = (order.notes, order.phone, order.gift_message, list(order.tags), order.delivery_option, email)
    return dict(zip(TEXTS, said, strict=True))


def _lines(order: CandidateOrder, known: list[KnownLine], sums: OrderSums, why: str) -> Iterator[Change]:
    def change(field: str, old: object, new: object, name: str) -> Change:
        return Change(field, old, new, kept=bool(why), why=why or "by-hand", subject=name)

    def money(minor: int) -> Money:
        return Money(minor, order.currency)

    for pair in pairs(known, order.lines):
        now = pair.known
        if pair.place is None:
            assert now is not None
            yield change("line-removed", f"{now.ordered} × {money(now.unit_price)}", None, now.sku or now.name)
            continue
        told = order.lines[pair.place]
        name = told.sku or one_line(told.name)
        if now is None or not now.ordered:
            yield change("line-added", None, f"{told.quantity} × {money(told.unit_price)}", name)
            continue
        if now.ordered != told.quantity:
            yield change("line-quantity", now.ordered, told.quantity, name)
        if now.unit_price != told.unit_price:
            yield change("line-price", money(now.unit_price), money(told.unit_price), name)
        if now.discount != told.discount:
            yield change("line-discount", money(now.discount), money(told.discount), name)
        own = (now.gross if sums.included else now.gross - now.tax) + now.order_discount
        if told.total is not None and own != told.total and now.ordered == told.quantity:
            yield change("line-total", money(own), money(told.total), name)


def _sums(kept: Order, order: CandidateOrder, sums: OrderSums, why: str) -> Iterator[Change]:
    for field in ("shipping", "discount", "tax"):
        now, said = getattr(kept, field), getattr(sums, field)
        if now != said:
            old, new = Money(now, kept.currency), Money(said, order.currency)
            yield Change(field, old, new, kept=bool(why), why=why or "by-hand")


def _money_and_states(kept: Order, order: CandidateOrder) -> Iterator[Change]:
    def money(minor: int | None) -> Money | None:
        return None if minor is None else Money(minor, kept.currency)

    total = order.total if order.total is not None else kept.total
    if total != kept.imported_total and order.total is not None:
        yield Change("total", money(kept.imported_total), money(total))
    paid = paid_in(order, kept.total)
    if paid > kept.paid:
        yield Change("paid", money(kept.paid), money(paid))
    refunded = refunded_in(order, max(paid, kept.paid))
    if refunded > kept.refunded:
        yield Change("refunded", money(kept.refunded), money(refunded))
    if is_called_off(order) and kept.status is not OrderStatus.CANCELLED:
        begun = kept.dispatch is not DispatchStatus.UNFULFILLED
        yield Change("status", kept.status, OrderStatus.CANCELLED, kept=begun, why="packed")
    elif left_elsewhere(order) and kept.imported.get("fulfilment_status") != order.fulfilment_status:
        here = kept.status is not OrderStatus.OPEN or kept.dispatch is not DispatchStatus.UNFULFILLED
        yield Change("dispatch", kept.dispatch, order.fulfilment_status, kept=here, why="packed")
