"""What actions must know of an order before they change it, read as plain tuples."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from backoffice.core.errors import Refused
from backoffice.core.postal import PostalAddress
from backoffice.inventory.model import Allocation, Product
from backoffice.orders.axes import Counters
from backoffice.orders.model import (
    SHORT,
    DispatchStatus,
    Hold,
    Order,
    OrderLine,
    OrderStatus,
    Payment,
    PaymentStatus,
    ReturnsStatus,
)
from backoffice.store.journal import JournalLine
from backoffice.store.prepared import Prepared
from backoffice.store.rows import table_of

_O = table_of(Order).c
_L = table_of(OrderLine).c
_P = table_of(Product).c
_A = table_of(Allocation).c


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an order: states and amounts in minor units."""

    id: int
    number: str
    status: OrderStatus
    payment: PaymentStatus
    dispatch: DispatchStatus
    returns: ReturnsStatus
    customer_id: int | None
    placed_at: datetime
    currency: str
    total: int
    paid: int
    refunded: int
    promised_dispatch: date | None
    version: int


@dataclass(frozen=True, slots=True)
class Destination:
    """For whom and where to an order goes, and how."""

    number: str
    customer_id: int | None
    delivery_option_id: int | None
    delivery_name: str
    ship_to: PostalAddress


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line with its counters."""

    id: int
    order_id: int
    position: int
    product_id: int | None
    name: str
    sku: str
    ordered: int
    cancelled: int
    allocated: int
    packed: int
    shipped: int
    delivered: int
    return_requested: int
    returned: int
    requires_shipping: bool

    @property
    def wanted(self) -> int:
        """Units that still want stock."""
        return self.ordered - self.cancelled - self.shipped - self.allocated if self.requires_shipping else 0

    @property
    def counters(self) -> Counters:
        """As the axes want them."""
        return Counters(
            ordered=self.ordered,
            cancelled=self.cancelled,
            packed=self.packed,
            shipped=self.shipped,
            delivered=self.delivered,
            return_requested=self.return_requested,
            returned=self.returned,
            requires_shipping=self.requires_shipping,
        )


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What an order line takes over from its product. `price` in minor units of the shop's currency."""

    id: int
    sku: str
    name: str
    options: dict[str, str]
    price: int
    tax_rate: str | None
    weight_g: int
    free: int
    """sellable − committed − safety stock"""
    backorder: bool
    backorder_limit: int | None

    def promisable(self, wanted: int) -> int:
        """How many of so many units may be promised: from the shelf, and where it is allowed on backorder."""
        if self.backorder and self.backorder_limit is None:
            return wanted
        below = (self.backorder_limit or 0) if self.backorder else 0
        return min(max(self.free + below, 0), wanted)


_HEAD = Prepared(sa.select(*(_O[name] for name in Head.__slots__)).where(_O.id == sa.bindparam("order")))
_LINES = Prepared(
    sa.select(*(_L[name] for name in LineFacts.__slots__))
    .where(_L.order_id == sa.bindparam("order"))
    .order_by(_L.position)
)
_PRODUCT = sa.select(
    _P.id,
    _P.sku,
    _P.name,
    _P.options,
    _P.price,
    _P.tax_rate,
    _P.weight_g,
    (_P.sellable - _P.committed - _P.safety_stock).label("free"),
    _P.backorder,
    _P.backorder_limit,
)
_DESTINATION = Prepared(
    sa.select(
        _O.number,
        _O.customer_id,
        _O.delivery_option_id,
        _O.delivery_name,
        *(_O[f"ship_{field.name}"] for field in fields(PostalAddress)),
    ).where(_O.id == sa.bindparam("order"))
)
_ONE_PRODUCT = Prepared(_PRODUCT.where(_P.id == sa.bindparam("product")))
_MANY_PRODUCTS = _PRODUCT.where(_P.id.in_(sa.bindparam("products", expanding=True)))
_FEW = 20
"""So many are asked for one by one before a statement of their own is made."""


_OVERPROMISED = Prepared(
    sa.text(
        "SELECT committed - sellable - CASE WHEN backorder THEN backorder_limit ELSE 0 END FROM product"
        " WHERE id = :product AND NOT (backorder AND backorder_limit IS NULL)"
    )
)
_SHELF = (
    "SELECT line, units, upto, shelf FROM (SELECT l.id AS line, l.order_id AS order_id,"
    " a.quantity - l.packed + l.shipped AS units,"
    " sum(a.quantity - l.packed + l.shipped) OVER (PARTITION BY a.product_id ORDER BY"
    " o.promised_dispatch IS NULL, o.promised_dispatch, o.placed_at, l.id) AS upto,"
    " p.sellable - sum(l.packed - l.shipped) OVER (PARTITION BY a.product_id) AS shelf"
    " FROM product AS p JOIN allocation AS a ON a.product_id = p.id"
    " JOIN order_line AS l ON l.id = a.order_line_id JOIN orders AS o ON o.id = l.order_id"
    " WHERE p.committed > p.sellable AND p.id IN (SELECT product_id FROM order_line WHERE order_id {named})"
    ") AS promised WHERE order_id {named}"
)
_ON_SHELF = sa.text(_SHELF.format(named="IN :orders")).bindparams(sa.bindparam("orders", expanding=True))
_ON_SHELF_FOR_ONE = Prepared(sa.text(_SHELF.format(named="= :order")))


def head(session: Session, order_id: int) -> Head:
    """Refuses `orders.unknown`."""
    found = _HEAD.one(session, order=order_id)
    if found is None:
        raise Refused("orders.unknown", number=order_id)
    return Head(*found)


def lines(session: Session, order_id: int) -> list[LineFacts]:
    """The lines by position."""
    return [LineFacts(*row) for row in _LINES.all(session, order=order_id)]


def line(session: Session, line_id: int) -> LineFacts:
    """One line, which must exist."""
    columns = (_L[name] for name in LineFacts.__slots__)
    return LineFacts(*session.connection().execute(sa.select(*columns).where(_L.id == line_id)).one())


def products(session: Session, product_ids: set[int]) -> dict[int, ProductFacts]:
    """The named products by id; unknown ids are absent."""
    found: list[Any]
    if len(product_ids) <= _FEW:
        found = [row for product_id in product_ids if (row := _ONE_PRODUCT.one(session, product=product_id))]
    else:
        found = list(session.connection().execute(_MANY_PRODUCTS, {"products": sorted(product_ids)}))
    return {row[0]: ProductFacts(*row) for row in found}


def waiting_for(session: Session, product_id: int) -> list[tuple[int, LineFacts]]:
    """Open orders' lines that want units of this product: (order id, line), the earliest promise first."""
    found = session.connection().execute(
        sa.select(*(_L[name] for name in LineFacts.__slots__))
        .join_from(OrderLine, Order, _O.id == _L.order_id)
        .where(sa.text(SHORT), _L.product_id == product_id, _O.status == OrderStatus.OPEN)
        .order_by(_O.promised_dispatch.is_(None), _O.promised_dispatch, _O.placed_at, _L.id)
    )
    return [(row[1], LineFacts(*row)) for row in found]


def promised_on(session: Session, product_id: int) -> list[LineFacts]:
    """The lines to which units of this product are promised that are in no packed parcel, the latest promise first."""
    found = session.connection().execute(
        sa.select(*(_L[name] for name in LineFacts.__slots__))
        .join_from(Allocation, OrderLine, _L.id == _A.order_line_id)
        .join(Order, _O.id == _L.order_id)
        .where(_A.product_id == product_id, _A.quantity > _L.packed - _L.shipped)
        .order_by(_O.promised_dispatch.is_not(None), _O.promised_dispatch.desc(), _O.placed_at.desc(), _L.id.desc())
    )
    return [LineFacts(*row) for row in found]


def overpromised(session: Session, product_id: int) -> int:
    """Units promised beyond what the shelf and the product's backorder rule cover; 0 where all is well."""
    found = _OVERPROMISED.one(session, product=product_id)
    return max(int(found[0]), 0) if found else 0


def on_shelf(session: Session, order_ids: list[int]) -> dict[int, int]:
    """Per line of these orders: units promised, not packed, and on the shelf for it.

    Only lines of products of which more is promised than is there (backorders) are named: the shelf serves the
    earliest promise first. All that is promised to any other line is on the shelf.
    """
    found: Any
    if len(order_ids) == 1:
        found = _ON_SHELF_FOR_ONE.all(session, order=order_ids[0])
    else:
        found = session.connection().execute(_ON_SHELF, {"orders": order_ids})
    return {line: max(min(units, shelf - (upto - units)), 0) for line, units, upto, shelf in found}


def due_holds(session: Session, today: date) -> list[int]:
    """Orders whose hold ends today or has ended."""
    from_hold = sa.text(
        "SELECT h.order_id FROM order_hold AS h JOIN orders AS o ON o.id = h.order_id AND o.status = 'on_hold'"
        " WHERE h.released_at IS NULL AND h.until <= :today ORDER BY h.until"
    )
    return [row[0] for row in session.connection().execute(from_hold, {"today": today.isoformat()})]


def id_of(session: Session, number: str) -> int:
    """The order of this number, ours or a channel's, which may be typed without the # that a channel puts before it.

    Refuses `orders.unknown`, and `orders.ambiguous` where two channels use the number.
    """
    own = session.exec(select(Order.id).where(Order.number == number)).one_or_none()
    if own is not None:
        return own
    written = col(Order.external_number).in_((number, f"#{number}"))
    theirs = session.exec(select(Order.id).where(written, Order.external_number != "").limit(2)).all()
    if len(theirs) > 1:
        raise Refused("orders.ambiguous", number=number)
    if not theirs or theirs[0] is None:
        raise Refused("orders.unknown", number=number)
    return theirs[0]


def is_reversed(session: Session, payment_id: int) -> bool:
    """Whether a later row takes this payment back."""
    return session.exec(select(Payment.id).where(Payment.reverses_id == payment_id)).first() is not None


def before_cancelling(session: Session, order_id: int) -> tuple[OrderStatus, dict[int, int]]:
    """An order's status when it was last cancelled, and the units cancelled before that, per line.

    From the history's own line; an order that came in cancelled, or whose history was erased, was open.
    """
    cancelled = (col(JournalLine.order_id) == order_id, col(JournalLine.verb) == "order.cancelled")
    found = session.exec(select(JournalLine.facts).where(*cancelled).order_by(col(JournalLine.id).desc())).first()
    told = found or {}
    before = {int(line): int(units) for line, units in told.get("before", {}).items()}
    return OrderStatus(told.get("was", OrderStatus.OPEN)), before


def newest_hold(session: Session, order_id: int) -> int:
    """The id of the order's newest hold."""
    return session.exec(select(Hold.id).where(Hold.order_id == order_id).order_by(col(Hold.id).desc())).first() or 0


def address(order: Order, prefix: str) -> PostalAddress:
    """The delivery ("ship") or billing ("bill") address as the order keeps it."""
    names = ("name", "company", "street", "city", "postcode", "region", "country")
    return PostalAddress(**{name: getattr(order, f"{prefix}_{name}") for name in names})


def destination(session: Session, order_id: int) -> Destination:
    """Refuses `orders.unknown`."""
    found: Any = _DESTINATION.one(session, order=order_id)
    if found is None:
        raise Refused("orders.unknown", number=order_id)
    number, customer_id, option_id, delivery_name, *address = found
    return Destination(number, customer_id, option_id, delivery_name, PostalAddress(*address))


def columns(session: Session, order_id: int, names: Sequence[str]) -> tuple[Any, ...]:
    """Plain columns of one order. Refuses `orders.unknown`."""
    found = _columns(tuple(names)).one(session, order=order_id)
    if found is None:
        raise Refused("orders.unknown", number=order_id)
    return tuple(found)


@lru_cache(maxsize=64)
def _columns(names: tuple[str, ...]) -> Prepared:
    return Prepared(sa.select(*(_O[name] for name in names)).where(_O.id == sa.bindparam("order")))
