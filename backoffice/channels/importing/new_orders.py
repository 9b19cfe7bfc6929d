"""Writes new orders of a file a thousand at a time: the same rows an order typed by hand gets, by executemany."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backoffice.channels import queries
from backoffice.channels.candidates import CandidateOrder
from backoffice.channels.importing import amounts, people
from backoffice.channels.importing.products import Shelf
from backoffice.channels.importing.states import States, states_of
from backoffice.channels.importing.taking import Taking
from backoffice.channels.model import ImportedRecord
from backoffice.core.calendar import local_day
from backoffice.core.money import Money
from backoffice.core.text import one_line
from backoffice.customers.counting import orders_placed
from backoffice.inventory.model import Allocation, Product
from backoffice.orders.model import Order, OrderLine, OrderStatus, Payment, PaymentKind
from backoffice.orders.writing import address_columns
from backoffice.settings import actions as settings_actions
from backoffice.store import rows, search
from backoffice.store.journal import JournalLine, plain
from backoffice.store.unit_of_work import UnitOfWork

_P = rows.table_of(Product).c
_COMMIT = (
    sa.update(Product)
    .where(_P.id == sa.bindparam("product"))
    .values(committed=_P.committed + sa.bindparam("units", type_=sa.BigInteger))
)
_FOUND_BY = """
SELECT 'order', o.id, o.number, o.number || ' ' || o.external_number || ' ' || o.ship_name || ' ' || o.ship_company
  || ' ' || o.bill_name || ' ' || o.email || ' ' || o.ship_postcode || ' ' || coalesce((SELECT
  group_concat(l.sku || ' ' || l.name, ' ') FROM order_line AS l WHERE l.order_id = o.id AND l.position <= 40), '')
FROM orders AS o WHERE o.id BETWEEN ? AND ?
"""


@dataclass(slots=True)
class _Made:
    """One order to be written."""

    id: int
    number: str
    customer_id: int | None
    order: CandidateOrder
    sums: amounts.OrderSums
    states: States


def write(work: UnitOfWork, taking: Taking, orders: Sequence[CandidateOrder]) -> list[int]:
    """Writes all of them with customers, lines, payments, promises of stock and history; their ids."""
    if not orders:
        return []
    taking.finder.find(work, (line for order in orders for line in order.lines))
    customers, allowed = people.bring_in(work, taking, orders)
    made = _numbered(work, taking, allowed, customers)
    rows.insert_many(work, Order, [_head(work, taking, one) for one in made])
    _lines(work, taking, made)
    rows.insert_many(work, Payment, [row for one in made for row in _payments(taking, one)])
    _history(work, taking, made)
    search.put_all(work.session, _FOUND_BY, (made[0].id, made[-1].id))
    _count(work, made)
    return [one.id for one in made]


def _numbered(
    work: UnitOfWork, taking: Taking, orders: Sequence[CandidateOrder], customers: list[int | None]
) -> list[_Made]:
    first = rows.next_id(work, Order)
    numbers = settings_actions.take_numbers(work.session, "order", len(orders), year=work.now.year)
    made = []
    for place, (order, number, customer) in enumerate(zip(orders, numbers, customers, strict=True)):
        sums = amounts.sums_of(
            order, included_by_default=taking.shop.prices_include_tax, rounding=taking.shop.rounding_mode
        )
        made.append(_Made(first + place, number, customer, order, sums, states_of(order, sums.total)))
    return made


def _head(work: UnitOfWork, taking: Taking, one: _Made) -> dict[str, Any]:
    order, sums, states = one.order, one.sums, one.states
    option = taking.option(order.delivery_option)
    promise = taking.promise(option, order.placed_at)
    ship_by = local_day(order.ship_by, taking.shop.zone) if order.ship_by else None
    closed = states.status is OrderStatus.CLOSED
    return {
        "id": one.id,
        "number": one.number,
        "channel": taking.channel,
        "external_id": external_id(order),
        "external_number": order.external_number,
        "customer_id": one.customer_id,
        "placed_at": order.placed_at,
        "status": states.status,
        "payment": states.payment,
        "dispatch": states.dispatch,
        "currency": order.currency,
        "prices_include_tax": sums.included,
        "total": sums.total,
        "tax": sums.tax,
        "discount": sums.discount,
        "shipping": sums.shipping,
        "shipping_tax": sums.shipping_tax,
        "paid": states.paid,
        "refunded": states.refunded,
        "imported_total": order.total,
        "imported": evidence(order),
        "email": order.email.strip().lower(),
        "ship_phone": order.phone,
        "delivery_option_id": option.id if option else None,
        "delivery_name": order.delivery_option or (option.name if option else ""),
        "promised_dispatch": ship_by or promise.dispatch,
        "promised_delivery": promise.delivery,
        "ship_by_fixed": ship_by is not None,
        "notes": order.notes,
        "gift_message": order.gift_message,
        "tags": list(order.tags),
        "source": dict(order.source),
        "batch_id": taking.batch_id,
        "fingerprint": order.fingerprint,
        "closed_at": (order.fulfilled_at or order.placed_at) if closed else None,
        "cancelled_at": order.cancelled_at,
        **address_columns("ship", order.ship_to),
        **address_columns("bill", order.bill_to),
    }


def external_id(order: CandidateOrder) -> str:
    """The channel's id; older files have only its number."""
    return order.external_id or order.external_number


def evidence(order: CandidateOrder) -> dict[str, Any]:
    """The file's own totals and words, kept as they came; amounts as decimal text."""

    def text(minor: int | None) -> str | None:
        return None if minor is None else str(Money(minor, order.currency))

    found: dict[str, Any] = {
        "subtotal": text(order.subtotal),
        "shipping": text(order.shipping),
        "discount": text(order.discount),
        "tax": text(order.tax),
        "total": text(order.total),
        "refunded": text(order.refunded),
        "financial_status": order.financial_status,
        "fulfilment_status": order.fulfilment_status,
        "discount_code": order.discount_code,
    }
    return {name: value for name, value in found.items() if value}


def _lines(work: UnitOfWork, taking: Taking, made: list[_Made]) -> None:
    """Lines with their stock: the earliest order first, each as far as there is any."""
    first = rows.next_id(work, OrderLine)
    wanted = {taking.finder.product_of(line) for one in made if _wants_stock(one) for line in one.order.lines}
    shelves = {product: Shelf(*facts) for product, facts in queries.shelves(work.session, sorted(wanted)).items()}
    written: list[dict[str, Any]] = []
    promised: list[dict[str, Any]] = []
    short: list[tuple[int, int, int, bool]] = []
    by_age = sorted(range(len(made)), key=lambda place: (made[place].order.placed_at, place))
    taken: dict[tuple[int, int], int] = {}
    for place in by_age:
        for at, missing in _take(taking, made[place], shelves, taken, place):
            short.append((made[place].id, at, missing, not shelves[at].backorder))
    for place, one in enumerate(made):
        for position, line in enumerate(one.order.lines):
            line_id = first + len(written)
            units = taken.get((place, position), 0)
            product = taking.finder.product_of(line)
            written.append(_line(one, position, line_id, product, units))
            if units:
                promised.append(
                    {
                        "order_line_id": line_id,
                        "product_id": product,
                        "quantity": units,
                        "reference": one.number,
                        "at": work.now,
                    }
                )
    rows.insert_many(work, OrderLine, written)
    rows.insert_many(work, Allocation, promised)
    _commit_stock(work, promised)
    _note_short(work, short)


def _take(
    taking: Taking, one: _Made, shelves: dict[int, Shelf], taken: dict[tuple[int, int], int], place: int
) -> list[tuple[int, int]]:
    """Takes stock for one order's lines; (product, units missing) where there is not enough."""
    missing: list[tuple[int, int]] = []
    if not _wants_stock(one):
        return missing
    for position, line in enumerate(one.order.lines):
        wanted = line.quantity - one.states.shipped[position] - one.states.cancelled[position]
        if wanted <= 0 or not line.requires_shipping:
            continue
        product = taking.finder.product_of(line)
        units = shelves[product].take(wanted)
        taken[place, position] = units
        if units < wanted:
            missing.append((product, wanted - units))
    return missing


def _wants_stock(one: _Made) -> bool:
    return one.states.status is OrderStatus.OPEN


def _line(one: _Made, position: int, line_id: int, product: int, units: int) -> dict[str, Any]:
    line, sums, gone = one.order.lines[position], one.sums.lines[position], one.states.shipped[position]
    return {
        "id": line_id,
        "order_id": one.id,
        "position": position + 1,
        "product_id": product,
        "external_id": line.external_id,
        "sku": line.sku,
        "name": one_line(line.name) or line.sku,
        "options": line.options,
        "ordered": line.quantity,
        "unit_price": line.unit_price,
        "discount": line.discount,
        "order_discount": sums.order_discount,
        "gross": sums.gross,
        "tax": sums.tax,
        "taxes": sums.taxes,
        "requires_shipping": line.requires_shipping,
        "allocated": units,
        "packed": gone,
        "shipped": gone,
        "shipped_elsewhere": gone,
        "cancelled": one.states.cancelled[position],
    }


def _commit_stock(work: UnitOfWork, promised: list[dict[str, Any]]) -> None:
    """The write lock is ours, so what the shelves said still holds; the check of a lost race is Check my data's."""
    units: Counter[int] = Counter()
    for row in promised:
        units[row["product_id"]] += row["quantity"]
    if units:
        values = [{"product": product, "units": quantity} for product, quantity in units.items()]
        work.touch("inventory")
        work.session.connection().execute(_COMMIT, values)


def _payments(taking: Taking, one: _Made) -> list[dict[str, Any]]:
    order, states = one.order, one.states
    common = {
        "order_id": one.id,
        "currency": order.currency,
        "method": order.payment_method,
        "reference": order.payment_reference,
        "batch_id": taking.batch_id,
    }
    booked: list[tuple[PaymentKind, int, datetime]] = [
        (PaymentKind.CHARGE, states.paid, order.paid_at or order.placed_at),
        (PaymentKind.REFUND, states.refunded, order.cancelled_at or order.paid_at or order.placed_at),
    ]
    return [{**common, "kind": kind, "amount": amount, "at": at} for kind, amount, at in booked if amount]


def _history(work: UnitOfWork, taking: Taking, made: list[_Made]) -> None:
    record = {"batch_id": taking.batch_id, "kind": "order", "made": True}
    rows.insert_many(work, ImportedRecord, [{**record, "record_id": one.id} for one in made])
    line = {"at": work.now, "who": work.who, "verb": "order.imported"}
    rows.insert_many(
        work,
        JournalLine,
        [
            {
                **line,
                "order_id": one.id,
                "customer_id": one.customer_id,
                "facts": {"number": one.order.external_number or one.number, "channel": taking.channel},
            }
            for one in made
        ],
    )


def _note_short(work: UnitOfWork, short: list[tuple[int, int, int, bool]]) -> None:
    line = {"at": work.now, "who": work.who, "verb": "order.short"}
    rows.insert_many(
        work,
        JournalLine,
        [
            {**line, "order_id": order, "product_id": product, "facts": plain({"missing": units, "oversold": oversold})}
            for order, product, units, oversold in short
        ],
    )


def _count(work: UnitOfWork, made: list[_Made]) -> None:
    living = (one for one in made if one.states.status is not OrderStatus.CANCELLED)
    orders_placed(work, [(one.customer_id, one.order.placed_at) for one in living if one.customer_id is not None])
