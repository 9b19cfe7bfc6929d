"""What imports read of orders and customers that they change or take back, and who worked on them since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.channels.model import ImportedRecord
from backoffice.channels.queries import KnownOrder
from backoffice.customers.model import Customer, CustomerAddress, CustomerPhone
from backoffice.inventory.model import Product
from backoffice.orders.model import Order, OrderLine
from backoffice.store.prepared import Prepared, among
from backoffice.store.rows import table_of

_MOST = 900
_PLACE = ("country", "postcode", "postcode_key")
_O = table_of(Order).c
_L = table_of(OrderLine).c
_R = table_of(ImportedRecord).c


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line of an order that a file may change; amounts in minor units."""

    id: int
    position: int
    product_id: int | None
    sku: str
    name: str
    options: str
    ordered: int
    unit_price: int
    discount: int
    order_discount: int
    gross: int
    tax: int
    taxes: list[dict[str, Any]]
    requires_shipping: bool
    allocated: int
    packed: int
    shipped: int
    cancelled: int


_LINES = Prepared(
    sa.select(*(_L[name] for name in KnownLine.__slots__))
    .where(_L.order_id == sa.bindparam("order"))
    .order_by(_L.position, _L.id)
)


class Marks(NamedTuple):
    """What changes of an order with whatever somebody does to it."""

    version: int
    by_hand: int
    payment: int
    """The id of its newest row of the payment ledger, 0 for none."""
    parcels: int
    """Lines in parcels."""


class Reason(NamedTuple):
    """Why a record stays when its import is undone; `code` is one of words.STAYS."""

    code: str
    facts: dict[str, Any]


def lines(session: Session, order_id: int) -> list[KnownLine]:
    """An order's lines by position."""
    return [KnownLine(*row) for row in _LINES.all(session, order=order_id)]


def marks(session: Session, order_ids: Sequence[int]) -> dict[int, Marks]:
    """How these orders stand just now."""
    asked = sa.text(
        "SELECT id, version, touched_by_hand,"
        " coalesce((SELECT max(p.id) FROM payment AS p WHERE p.order_id = o.id), 0),"
        " (SELECT count(*) FROM shipment_line AS s WHERE s.order_id = o.id) FROM orders AS o WHERE id IN :ids"
    )
    return {row[0]: Marks(*row[1:]) for row in _rows(session, asked, order_ids)}


def later_imports(session: Session, batch_id: int, order_ids: Sequence[int]) -> dict[int, Reason]:
    """Of these orders those that a later import, which still stands, changed: with its number and file."""
    asked = sa.text(
        "SELECT i.record_id, b.id, b.file_name FROM imported_record AS i JOIN import_batch AS b ON b.id = i.batch_id"
        " WHERE i.made = 0 AND i.kind = 'order' AND i.record_id IN :ids AND i.batch_id > :batch"
        " AND b.state != 'undone' ORDER BY b.id"
    )
    found = _rows(session, asked, order_ids, batch=batch_id)
    return {record: Reason("later-import", {"batch": batch, "file": file}) for record, batch, file in found}


def worked_on(session: Session, batch_id: int, order_ids: Sequence[int]) -> dict[int, Reason]:
    """Of these orders, which the batch made, those on which somebody worked since, and how."""
    asked = sa.text(
        "SELECT o.id, CASE"
        " WHEN EXISTS (SELECT 1 FROM shipment_line AS s WHERE s.order_id = o.id) THEN 'in-a-parcel'"
        " WHEN EXISTS (SELECT 1 FROM payment AS p WHERE p.order_id = o.id AND p.batch_id IS NULL) THEN 'paid-by-hand'"
        " WHEN EXISTS (SELECT 1 FROM orders AS r WHERE r.reordered_from = o.id) THEN 'reordered'"
        " WHEN EXISTS (SELECT 1 FROM contact AS t WHERE t.order_id = o.id) THEN 'talked-about'"
        " WHEN o.touched_by_hand OR EXISTS (SELECT 1 FROM order_change AS c WHERE c.order_id = o.id) THEN 'edited'"
        " WHEN EXISTS (SELECT 1 FROM payment AS p WHERE p.order_id = o.id AND p.batch_id != :batch)"
        " OR o.version > coalesce(json_extract(i.before, '$.version'), 1) THEN 'worked-on' END AS why"
        " FROM orders AS o JOIN imported_record AS i ON i.record_id = o.id AND i.kind = 'order' AND i.batch_id = :batch"
        " WHERE o.id IN :ids AND why IS NOT NULL"
    )
    return {row[0]: Reason(row[1], {}) for row in _rows(session, asked, order_ids, batch=batch_id)}


def record_before(session: Session, batch_id: int, order_id: int) -> tuple[int, dict[str, Any]] | None:
    """The newest record of another, earlier import about this order: (its id, what it kept)."""
    about = (_R.kind == "order", _R.record_id == order_id)
    changed = sa.select(_R.id, _R.before).where(*about, _R.made == 0, _R.batch_id < batch_id).order_by(_R.id.desc())
    making = sa.text("batch_id = (SELECT batch_id FROM orders WHERE id = :order)").bindparams(order=order_id)
    made = sa.select(_R.id, _R.before).where(*about, _R.made == 1, making)
    for asked in (changed.limit(1), made):
        if found := session.connection().execute(asked).first():
            return found[0], found[1]
    return None


def product_record_before(session: Session, batch_id: int, product_id: int) -> tuple[int, dict[str, Any]] | None:
    """The newest record of an earlier import about this product: (its id, what it kept)."""
    about = (_R.kind == "product", _R.record_id == product_id, _R.batch_id < batch_id)
    changed = sa.select(_R.id, _R.before).where(*about, _R.made == 0).order_by(_R.id.desc()).limit(1)
    making = sa.text("batch_id = (SELECT batch_id FROM product WHERE id = :product)").bindparams(product=product_id)
    made = sa.select(_R.id, _R.before).where(*about, _R.made == 1, making)
    for asked in (changed, made):
        if found := session.connection().execute(asked).first():
            return found[0], found[1]
    return None


def in_parcels(session: Session, line_id: int) -> bool:
    """Whether some parcel, if only a withdrawn one, names this line."""
    asked = sa.text("SELECT 1 FROM shipment_line WHERE order_line_id = :line LIMIT 1")
    return session.connection().execute(asked, {"line": line_id}).first() is not None


def _rows(session: Session, statement: sa.TextClause, ids: Sequence[int], **more: object) -> list[Any]:
    wanted = statement.bindparams(sa.bindparam("ids", expanding=True))
    return list(session.connection().execute(wanted, {"ids": list(ids), **more}))


def mine(session: Session, batch_id: int, kind: str, ids: Sequence[int]) -> dict[int, tuple[bool, dict[str, Any]]]:
    """What a batch remembers of these records: {record id: (made, before)}."""
    asked = sa.select(_R.record_id, _R.made, _R.before).where(_R.batch_id == batch_id, _R.kind == kind)
    found = session.connection().execute(asked.where(_R.record_id.in_(ids)))
    return {record: (bool(made), before) for record, made, before in found}


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """What the shop knows of a customer whom a file names again."""

    id: int
    version: int
    last_order_at: datetime | None
    place: dict[str, str]
    phones: set[str]
    addresses: set[str]
    """Their keys."""


_C, _T, _A = (table_of(kind).c for kind in (Customer, CustomerPhone, CustomerAddress))
_CUSTOMERS = Prepared(
    sa.select(_C.id, _C.version, _C.last_order_at, *(_C[name] for name in _PLACE)).where(among(_C.id, "ids"))
)
_PHONES = Prepared(sa.select(_T.customer_id, _T.number).where(among(_T.customer_id, "ids")))
_ADDRESSES = Prepared(sa.select(_A.customer_id, _A.key).where(among(_A.customer_id, "ids")))


def known_of(session: Session, customer_ids: Sequence[int]) -> dict[int, KnownCustomer]:
    """Phones and addresses of these customers."""
    ids = list(customer_ids)
    found = {
        one: KnownCustomer(one, version, at, dict(zip(_PLACE, place, strict=True)), set(), set())
        for one, version, at, *place in _CUSTOMERS.all(session, ids=ids)
    }
    for one, number in _PHONES.all(session, ids=ids):
        found[one].phones.add(number)
    for one, key in _ADDRESSES.all(session, ids=ids):
        found[one].addresses.add(key)
    return found


# the plus keeps SQLite from walking through all orders of the channel
_RENUMBERED = Prepared(
    sa.select(*(_O[name] for name in KnownOrder.__slots__))
    .where(among(_O.external_number, "numbers"), sa.literal_column("+channel") == sa.bindparam("channel"))
    .order_by(_O.id)
)


def renumbered(session: Session, channel: str, numbers: Sequence[str]) -> dict[str, KnownOrder]:
    """Orders of a channel by the number it gave them, the newest of several."""
    found = (KnownOrder(*row) for row in _RENUMBERED.all(session, channel=channel, numbers=list(numbers)))
    return {order.external_number: order for order in found}


def sells_at_several_rates(session: Session) -> bool:
    """Whether any product has a tax rate of its own."""
    asked = sa.text("SELECT EXISTS (SELECT 1 FROM product WHERE tax_rate IS NOT NULL)")
    return bool(session.connection().execute(asked).scalar_one())


def rates_of(session: Session, product_ids: Sequence[int], usual: str) -> dict[int, Decimal | None]:
    """The tax rate of each product as a fraction: its own, else the shop's usual one; None for one not matched yet."""
    products, found = table_of(Product).c, {}
    for start in range(0, len(product_ids), _MOST):
        asked = sa.select(products.id, products.tax_rate, products.draft)
        asked = asked.where(products.id.in_(product_ids[start : start + _MOST]))
        for one, rate, draft in session.connection().execute(asked):
            found[one] = Decimal(rate) if rate is not None else None if draft else Decimal(usual)
    return found
