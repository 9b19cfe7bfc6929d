"""Writes new orders of a file a thousand at a time: the same rows an order typed by hand gets, by executemany."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, chain, repeat
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from backoffice.channels import queries, words
from backoffice.channels.candidates import CandidateOrder
from backoffice.channels.importing import amounts, mixed_rates, people
from backoffice.channels.importing.amounts import LineSums
from backoffice.channels.importing.products import Shelf
from backoffice.channels.importing.states import States, states_of
from backoffice.channels.importing.taking import Taking
from backoffice.core.calendar import local_day
from backoffice.core.language import Language
from backoffice.core.money import decimal_text, exponent
from backoffice.core.postal import PostalAddress
from backoffice.core.text import one_line
from backoffice.customers.counting import orders_placed
from backoffice.inventory.model import Allocation, Product
from backoffice.orders.model import Hold, Order, OrderLine, OrderStatus, Payment, PaymentKind
from backoffice.orders.writing import ADDRESS_FIELDS
from backoffice.settings import actions as settings_actions
from backoffice.store import rows, search
from backoffice.store.journal import JournalLine, plain
from backoffice.store.rows import Columns
from backoffice.store.unit_of_work import UnitOfWork

_P = rows.table_of(Product).c
_COMMIT = (
    sa.update(Product)
    .where(_P.id == sa.bindparam("product"))
    .values(committed=_P.committed + sa.bindparam("units", type_=sa.BigInteger))
)
_SUMS = ("total", "tax", "discount", "shipping", "shipping_tax")
_STATES = ("status", "payment", "dispatch", "paid", "refunded")
_AS_READ = ("external_number", "placed_at", "currency", "notes", "gift_message", "fingerprint", "cancelled_at")
_LINE_AS_READ = ("external_id", "sku", "options", "unit_price", "discount", "requires_shipping")
_PARTS = attrgetter(*ADDRESS_FIELDS)
_TOTALS = ("subtotal", "shipping", "discount", "tax", "total", "refunded")
_WORDS = ("financial_status", "fulfilment_status", "discount_code")
_TOTALS_OF, _WORDS_OF = attrgetter(*_TOTALS), attrgetter(*_WORDS)
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
    """A chunk's orders to be written, and what of them goes into columns as it is: each field in a list of its own."""

    ids: range
    numbers: list[str]
    customers: list[int | None]
    orders: Sequence[CandidateOrder]
    states: list[States]
    field: Columns
    sum: Columns
    state: Columns
    line: Columns
    line_sum: Columns


def write(work: UnitOfWork, taking: Taking, orders: Sequence[CandidateOrder]) -> range:
    """Writes all of them with customers, lines, payments, promises of stock and history; their ids."""
    if not orders:
        return range(0)
    taking.finder.find(work, (line for order in orders for line in order.lines))
    customers, allowed = people.bring_in(work, taking, orders)
    erased = [one is not other for one, other in zip(allowed, orders, strict=True)]
    made = _reckoned(work, taking, allowed, customers, erased)
    _heads(work, taking, made)
    _lines(work, taking, made)
    _payments(work, taking, made)
    _history(work, taking, made.ids)
    _hold(work, taking, made, erased)
    search.put_all(work.session, _FOUND_BY, (made.ids[0], made.ids[-1]))
    _count(work, made)
    return made.ids


def _reckoned(
    work: UnitOfWork,
    taking: Taking,
    orders: Sequence[CandidateOrder],
    customers: list[int | None],
    erased: list[bool],
) -> _Made:
    first = rows.next_id(work, Order)
    included, rounding = taking.shop.prices_include_tax, taking.shop.rounding_mode
    known = mixed_rates.known_rates(work.session, taking, orders)
    sums = [
        amounts.sums_of(order, included_by_default=included, rounding=rounding, rates=rates)
        for order, rates in zip(orders, known, strict=False)
    ]
    states = [states_of(order, one.total) for order, one in zip(orders, sums, strict=True)]
    if any(erased):
        states = [_waiting(one) if gone else one for one, gone in zip(states, erased, strict=True)]
    field, sum_ = rows.by_column(orders), rows.by_column(sums)
    return _Made(
        ids=range(first, first + len(orders)),
        numbers=settings_actions.take_numbers(work.session, "order", len(orders), year=work.now.year),
        customers=customers,
        orders=orders,
        states=states,
        field=field,
        sum=sum_,
        state=rows.by_column(states),
        line=rows.by_column(list(chain.from_iterable(field["lines"]))),
        line_sum=rows.by_column(list(chain.from_iterable(sum_["lines"]))),
    )


def _waiting(states: States) -> States:
    """Nobody can send an order without an address: what is left of it waits, and takes no stock."""
    return states._replace(status=OrderStatus.ON_HOLD) if states.status is OrderStatus.OPEN else states


def _hold(work: UnitOfWork, taking: Taking, made: _Made, erased: list[bool]) -> None:
    """Says of the orders of people who were erased why they wait."""
    if not any(erased):
        return
    reason = Language(taking.shop.language).words(words.ERASED)
    for order_id, states, gone in zip(made.ids, made.states, erased, strict=True):
        if gone and states.status is OrderStatus.ON_HOLD:
            rows.insert(work, Hold, order_id=order_id, reason=reason, since=work.now)
            work.record("order.held", order_id=order_id, reason=reason, until=None)


def _heads(work: UnitOfWork, taking: Taking, made: _Made) -> None:
    field, orders = made.field, made.orders
    columns: Columns = {
        "id": made.ids,
        "number": made.numbers,
        "customer_id": made.customers,
        **{name: field[name] for name in _AS_READ},
        "external_id": list(map(external_id, orders)),
        "imported_total": field["total"],
        "imported": [rows.json_text(evidence(order)) for order in orders],
        "email": [email.strip().lower() for email in field["email"]],
        "ship_phone": field["phone"],
        "tags": [rows.json_text(tags) if tags else "[]" for tags in field["tags"]],
        "source": [rows.json_text(dict(source)) if source else "{}" for source in field["source"]],
        **_promised(taking, field),
        **_states(made),
        **_addresses("ship", field["ship_to"]),
        **_addresses("bill", field["bill_to"]),
    }
    same = {"channel": taking.channel, "batch_id": taking.batch_id}
    rows.insert_columns(work, Order, columns, same=same, written={"imported", "tags", "source"})


def _promised(taking: Taking, field: Columns) -> Columns:
    """How and until when the orders are to be sent."""
    named, zone = field["delivery_option"], taking.shop.zone
    options = list(map(taking.option, named))
    promises = list(map(taking.promise, options, field["placed_at"]))
    ship_by = [local_day(at, zone) if at else None for at in field["ship_by"]]
    return {
        "delivery_option_id": [option.id if option else None for option in options],
        "delivery_name": [name or (option.name if option else "") for name, option in zip(named, options, strict=True)],
        "promised_dispatch": [day or promise.dispatch for day, promise in zip(ship_by, promises, strict=True)],
        "promised_delivery": [promise.delivery for promise in promises],
        "ship_by_fixed": [day is not None for day in ship_by],
    }


def _states(made: _Made) -> Columns:
    """How far the orders are, and what they come to."""
    ends = zip(made.state["status"], made.field["fulfilled_at"], made.field["placed_at"], strict=True)
    return {
        "prices_include_tax": made.sum["included"],
        **{name: made.sum[name] for name in _SUMS},
        **{name: made.state[name] for name in _STATES},
        "closed_at": [(sent or placed) if status is OrderStatus.CLOSED else None for status, sent, placed in ends],
    }


def _addresses(prefix: str, addresses: Iterable[PostalAddress]) -> Columns:
    names = [f"{prefix}_{field}" for field in ADDRESS_FIELDS]
    return dict(zip(names, zip(*map(_PARTS, addresses), strict=True), strict=True))


def external_id(order: CandidateOrder) -> str:
    """The channel's id; older files have only its number."""
    return order.external_id or order.external_number


def evidence(order: CandidateOrder) -> dict[str, Any]:
    """The file's own totals and words, kept as they came; amounts as decimal text."""
    places = exponent(order.currency)
    found = {
        name: decimal_text(minor, places)
        for name, minor in zip(_TOTALS, _TOTALS_OF(order), strict=True)
        if minor is not None
    }
    return found | {name: word for name, word in zip(_WORDS, _WORDS_OF(order), strict=True) if word}


def _lines(work: UnitOfWork, taking: Taking, made: _Made) -> None:
    """Lines with their stock: the earliest order first, each as far as there is any."""
    first = rows.next_id(work, OrderLine)
    products = [taking.finder.product_of(line) for order in made.orders for line in order.lines]
    taken, short = _taken(work, made, products)
    _write_lines(work, made, first, products, taken)
    if any(taken.values()):
        promised = [(at, units) for at, units in sorted(taken.items()) if units]
        numbers = [number for number, lines in zip(made.numbers, made.field["lines"], strict=True) for _line in lines]
        columns: Columns = {
            "order_line_id": [first + at for at, _units in promised],
            "product_id": [products[at] for at, _units in promised],
            "quantity": [units for _at, units in promised],
            "reference": [numbers[at] for at, _units in promised],
        }
        rows.insert_columns(work, Allocation, columns, same={"at": work.now})
        _commit_stock(work, [(products[at], units) for at, units in promised])
    _note_short(work, short)


def _write_lines(work: UnitOfWork, made: _Made, first: int, products: list[int], taken: dict[int, int]) -> None:
    line, count = made.line, len(products)
    gone = list(chain.from_iterable(made.state["shipped"]))
    lengths = list(map(len, made.field["lines"]))
    columns: Columns = {
        "id": range(first, first + count),
        "order_id": list(chain.from_iterable(map(repeat, made.ids, lengths))),
        "position": list(chain.from_iterable(range(1, length + 1) for length in lengths)),
        "product_id": products,
        **{name: line[name] for name in _LINE_AS_READ},
        "name": [one_line(name) or sku for name, sku in zip(line["name"], line["sku"], strict=True)],
        "ordered": line["quantity"],
        **{name: made.line_sum[name] for name in LineSums._fields},
        "allocated": [taken.get(at, 0) for at in range(count)] if taken else [0] * count,
        "packed": gone,
        "shipped": gone,
        "shipped_elsewhere": gone,
        "cancelled": list(chain.from_iterable(made.state["cancelled"])),
    }
    rows.insert_columns(work, OrderLine, columns, written={"taxes"})


def _taken(
    work: UnitOfWork, made: _Made, products: list[int]
) -> tuple[dict[int, int], list[tuple[int, int, int, bool]]]:
    """Units taken per line, by the line's place, and what is missing: (order, product, units, oversold)."""
    starts = list(accumulate(map(len, made.field["lines"]), initial=0))
    waiting = [at for at, status in enumerate(made.state["status"]) if status is OrderStatus.OPEN]
    wanted = {product for at in waiting for product in products[starts[at] : starts[at + 1]]}
    shelves = {product: Shelf(*facts) for product, facts in queries.shelves(work.session, sorted(wanted)).items()}
    taken: dict[int, int] = {}
    short = []
    for at in sorted(waiting, key=lambda at: (made.orders[at].placed_at, at)):
        for line, units in _wanted(made.orders[at], made.states[at], starts[at]):
            shelf = shelves[products[line]]
            taken[line] = shelf.take(units)
            if taken[line] < units:
                short.append((made.ids[at], products[line], units - taken[line], not shelf.backorder))
    return taken, short


def _wanted(order: CandidateOrder, states: States, start: int) -> Iterator[tuple[int, int]]:
    """(the line's place, units still to be sent) of an open order's lines; `start` is the first one's place."""
    for at, (line, gone, cancelled) in enumerate(
        zip(order.lines, states.shipped, states.cancelled, strict=True), start
    ):
        if line.requires_shipping and line.quantity > gone + cancelled:
            yield at, line.quantity - gone - cancelled


def _commit_stock(work: UnitOfWork, promised: list[tuple[int, int]]) -> None:
    """The write lock is ours, so what the shelves said still holds; the check of a lost race is Check my data's."""
    units: Counter[int] = Counter()
    for product, wanted in promised:
        units[product] += wanted
    values = [{"product": product, "units": quantity} for product, quantity in units.items()]
    work.touch("inventory")
    work.session.connection().execute(_COMMIT, values)


def _payments(work: UnitOfWork, taking: Taking, made: _Made) -> None:
    booked: list[tuple[int, CandidateOrder, PaymentKind, int, datetime]] = []
    for order_id, order, states in zip(made.ids, made.orders, made.states, strict=True):
        if states.paid:
            booked.append((order_id, order, PaymentKind.CHARGE, states.paid, order.paid_at or order.placed_at))
        if states.refunded:
            at = order.cancelled_at or order.paid_at or order.placed_at
            booked.append((order_id, order, PaymentKind.REFUND, states.refunded, at))
    if not booked:
        return
    ids, orders, kinds, amounts, moments = zip(*booked, strict=True)
    columns: Columns = {
        "order_id": ids,
        "currency": [order.currency for order in orders],
        "method": [order.payment_method for order in orders],
        "reference": [order.payment_reference for order in orders],
        "kind": kinds,
        "amount": amounts,
        "at": moments,
    }
    rows.insert_columns(work, Payment, columns, same={"batch_id": taking.batch_id})


def _history(work: UnitOfWork, taking: Taking, ids: range) -> None:
    """Both from the orders just written: SQLite copies quicker than anybody hands it rows."""
    first, last = ids[0], ids[-1]
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


def _count(work: UnitOfWork, made: _Made) -> None:
    placed = zip(made.customers, made.field["placed_at"], made.state["status"], strict=True)
    orders_placed(
        work, [(one, at) for one, at, status in placed if one is not None and status is not OrderStatus.CANCELLED]
    )
