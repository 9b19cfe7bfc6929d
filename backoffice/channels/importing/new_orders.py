"""Writes new orders of a file a thousand at a time: the same rows an order typed by hand gets, by executemany."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from backoffice.channels import queries
from backoffice.channels.candidates import CandidateOrder
from backoffice.channels.importing import amounts, people
from backoffice.channels.importing.products import Shelf
from backoffice.channels.importing.states import States, states_of
from backoffice.channels.importing.taking import Taking
from backoffice.core.calendar import local_day
from backoffice.core.money import decimal_text, exponent
from backoffice.core.postal import PostalAddress
from backoffice.core.text import one_line
from backoffice.customers.counting import orders_placed
from backoffice.inventory.model import Allocation, Product
from backoffice.orders.model import Order, OrderLine, OrderStatus, Payment, PaymentKind
from backoffice.orders.writing import ADDRESS_FIELDS
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
_SUMS = ("total", "tax", "discount", "shipping", "shipping_tax")
_STATES = ("status", "payment", "dispatch", "paid", "refunded")
_PARTS = attrgetter(*ADDRESS_FIELDS)
_RECORDS = """
INSERT INTO imported_record (batch_id, kind, record_id, made, before)
SELECT ?, 'order', id, 1, '{}' FROM orders WHERE id BETWEEN ? AND ?
"""
_HISTORY = """
INSERT INTO journal (at, who, verb, order_id, customer_id, facts)
SELECT ?, ?, 'order.imported', id, customer_id,
  json_object('number', iif(external_number = '', number, external_number), 'channel', ?)
FROM orders WHERE id BETWEEN ? AND ?
"""
_FOUND_BY = """
SELECT 'order', o.id, o.number, o.external_number || ' ' || o.ship_name || ' ' || o.ship_company || ' '
  || iif(o.bill_name = o.ship_name, '', o.bill_name || ' ') || o.email || ' ' || o.ship_postcode || ' ' || coalesce(
  (SELECT group_concat(l.sku || ' ' || l.name, ' ') FROM order_line AS l
   WHERE l.order_id = o.id AND l.position <= 40), '')
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
    _heads(work, taking, made)
    _lines(work, taking, made)
    _payments(work, taking, made)
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


def _heads(work: UnitOfWork, taking: Taking, made: list[_Made]) -> None:
    orders = [one.order for one in made]
    options = [taking.option(order.delivery_option) for order in orders]
    zone = taking.shop.zone
    promises = [taking.promise(option, order.placed_at) for option, order in zip(options, orders, strict=True)]
    ship_by = [local_day(order.ship_by, zone) if order.ship_by else None for order in orders]
    columns: dict[str, Sequence[Any]] = {
        "id": [one.id for one in made],
        "number": [one.number for one in made],
        "external_id": list(map(external_id, orders)),
        "external_number": [order.external_number for order in orders],
        "customer_id": [one.customer_id for one in made],
        "placed_at": [order.placed_at for order in orders],
        "currency": [order.currency for order in orders],
        "imported_total": [order.total for order in orders],
        "imported": [rows.json_text(evidence(order)) for order in orders],
        "email": [order.email.strip().lower() for order in orders],
        "ship_phone": [order.phone for order in orders],
        "delivery_option_id": [option.id if option else None for option in options],
        "delivery_name": [
            order.delivery_option or (option.name if option else "")
            for order, option in zip(orders, options, strict=True)
        ],
        "promised_dispatch": [day or promise.dispatch for day, promise in zip(ship_by, promises, strict=True)],
        "promised_delivery": [promise.delivery for promise in promises],
        "ship_by_fixed": [day is not None for day in ship_by],
        "notes": [order.notes for order in orders],
        "gift_message": [order.gift_message for order in orders],
        "tags": [rows.json_text(order.tags) if order.tags else "[]" for order in orders],
        "source": [rows.json_text(dict(order.source)) if order.source else "{}" for order in orders],
        "fingerprint": [order.fingerprint for order in orders],
        "cancelled_at": [order.cancelled_at for order in orders],
        **_states(made),
        **_addresses("ship", [order.ship_to for order in orders]),
        **_addresses("bill", [order.bill_to for order in orders]),
    }
    same = {"channel": taking.channel, "batch_id": taking.batch_id}
    rows.insert_columns(work, Order, columns, same=same, written={"imported", "tags", "source"})


def _states(made: list[_Made]) -> dict[str, Sequence[Any]]:
    """How far the orders are, and what they come to."""
    sums, states = [one.sums for one in made], [one.states for one in made]
    return {
        "prices_include_tax": [one.included for one in sums],
        **{name: [getattr(one, name) for one in sums] for name in _SUMS},
        **{name: [getattr(one, name) for one in states] for name in _STATES},
        "closed_at": [
            (one.order.fulfilled_at or one.order.placed_at) if one.states.status is OrderStatus.CLOSED else None
            for one in made
        ],
    }


def _addresses(prefix: str, addresses: list[PostalAddress]) -> dict[str, Sequence[str]]:
    names = [f"{prefix}_{field}" for field in ADDRESS_FIELDS]
    return dict(zip(names, zip(*map(_PARTS, addresses), strict=True), strict=True))


def external_id(order: CandidateOrder) -> str:
    """The channel's id; older files have only its number."""
    return order.external_id or order.external_number


def evidence(order: CandidateOrder) -> dict[str, Any]:
    """The file's own totals and words, kept as they came; amounts as decimal text."""

    places = exponent(order.currency)

    def text(minor: int | None) -> str | None:
        return None if minor is None else decimal_text(minor, places)

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
    short: list[tuple[int, int, int, bool]] = []
    by_age = sorted(range(len(made)), key=lambda place: (made[place].order.placed_at, place))
    taken: dict[tuple[int, int], int] = {}
    for place in by_age:
        for at, missing in _take(taking, made[place], shelves, taken, place):
            short.append((made[place].id, at, missing, not shelves[at].backorder))
    places = [(place, position) for place, one in enumerate(made) for position in range(len(one.order.lines))]
    units = [taken.get(at, 0) for at in places]
    products = [taking.finder.product_of(line) for one in made for line in one.order.lines]
    _write_lines(work, made, first, products, units)
    promised = [
        (first + at, product, wanted, made[places[at][0]].number)
        for at, (product, wanted) in enumerate(zip(products, units, strict=True))
        if wanted
    ]
    if promised:
        named = zip(("order_line_id", "product_id", "quantity", "reference"), zip(*promised, strict=True), strict=True)
        rows.insert_columns(work, Allocation, dict(named), same={"at": work.now})
        _commit_stock(work, [(product, wanted) for _line, product, wanted, _number in promised])
    _note_short(work, short)


def _write_lines(work: UnitOfWork, made: list[_Made], first: int, products: list[int], units: list[int]) -> None:
    lines = [line for one in made for line in one.order.lines]
    sums = [line for one in made for line in one.sums.lines]
    gone = [units for one in made for units in one.states.shipped]
    columns: dict[str, Sequence[Any]] = {
        "id": range(first, first + len(lines)),
        "order_id": [one.id for one in made for _line in one.order.lines],
        "position": [position for one in made for position in range(1, len(one.order.lines) + 1)],
        "product_id": products,
        "external_id": [line.external_id for line in lines],
        "sku": [line.sku for line in lines],
        "name": [one_line(line.name) or line.sku for line in lines],
        "options": [line.options for line in lines],
        "ordered": [line.quantity for line in lines],
        "unit_price": [line.unit_price for line in lines],
        "discount": [line.discount for line in lines],
        "order_discount": [line.order_discount for line in sums],
        "gross": [line.gross for line in sums],
        "tax": [line.tax for line in sums],
        "taxes": [line.taxes for line in sums],
        "requires_shipping": [line.requires_shipping for line in lines],
        "allocated": units,
        "packed": gone,
        "shipped": gone,
        "shipped_elsewhere": gone,
        "cancelled": [units for one in made for units in one.states.cancelled],
    }
    rows.insert_columns(work, OrderLine, columns, written={"taxes"})


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


def _commit_stock(work: UnitOfWork, promised: list[tuple[int, int]]) -> None:
    """The write lock is ours, so what the shelves said still holds; the check of a lost race is Check my data's."""
    units: Counter[int] = Counter()
    for product, wanted in promised:
        units[product] += wanted
    values = [{"product": product, "units": quantity} for product, quantity in units.items()]
    work.touch("inventory")
    work.session.connection().execute(_COMMIT, values)


def _payments(work: UnitOfWork, taking: Taking, made: list[_Made]) -> None:
    booked: list[tuple[_Made, PaymentKind, int, datetime]] = []
    for one in made:
        order, states = one.order, one.states
        if states.paid:
            booked.append((one, PaymentKind.CHARGE, states.paid, order.paid_at or order.placed_at))
        if states.refunded:
            at = order.cancelled_at or order.paid_at or order.placed_at
            booked.append((one, PaymentKind.REFUND, states.refunded, at))
    columns: dict[str, Sequence[Any]] = {
        "order_id": [one.id for one, *_ in booked],
        "currency": [one.order.currency for one, *_ in booked],
        "method": [one.order.payment_method for one, *_ in booked],
        "reference": [one.order.payment_reference for one, *_ in booked],
        "kind": [kind for _, kind, _, _ in booked],
        "amount": [amount for _, _, amount, _ in booked],
        "at": [at for _, _, _, at in booked],
    }
    rows.insert_columns(work, Payment, columns, same={"batch_id": taking.batch_id})


def _history(work: UnitOfWork, taking: Taking, made: list[_Made]) -> None:
    """Both from the orders just written: SQLite copies quicker than anybody hands it rows."""
    first, last = made[0].id, made[-1].id
    connection = work.session.connection()
    connection.exec_driver_sql(_RECORDS, (taking.batch_id, first, last))
    connection.exec_driver_sql(_HISTORY, (rows.moment_text(work.now), work.who, taking.channel, first, last))
    work.touch("channels")
    work.touch("journal")


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
    orders_placed(work, ((one.customer_id, one.order.placed_at) for one in living if one.customer_id is not None))
