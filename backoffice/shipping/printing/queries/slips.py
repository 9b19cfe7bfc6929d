"""What packing slips say of many orders at once: heads, lines, what earlier parcels held, who reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.customers.model import Customer
from backoffice.orders.model import Order, OrderLine
from backoffice.orders.queries import lists
from backoffice.shipping.model import Shipment, ShipmentLine, ShipmentState
from backoffice.shipping.printing.queries.parcels import pieces
from backoffice.store.rows import table_of

_O = table_of(Order).c
_L = table_of(OrderLine).c
_S = table_of(Shipment).c
_SL = table_of(ShipmentLine).c
_C = table_of(Customer).c


@dataclass(frozen=True, slots=True)
class SlipOrder:
    """An order as its slip shows it; amounts in minor units of `currency`, `shipping` with its tax."""

    id: int
    number: str
    external_number: str
    placed_at: datetime
    currency: str
    prices_include_tax: bool
    total: int
    tax: int
    tax_rounding: int
    discount: int
    shipping: int
    shipping_tax: int
    gift_message: str
    delivery_name: str
    language: str
    """The customer's own, "" where not known."""


@dataclass(frozen=True, slots=True)
class SlipOrderLine:
    """An order's line; `gross` is what is paid for it, `order_discount` its share of the order's discount."""

    id: int
    order_id: int
    sku: str
    name: str
    options: str
    ordered: int
    cancelled: int
    shipped_elsewhere: int
    unit_price: int
    gross: int
    tax: int
    order_discount: int
    requires_shipping: bool


_ORDER = tuple(_O[name] for name in SlipOrder.__slots__ if name != "language")
_LINE = tuple(_L[name] for name in SlipOrderLine.__slots__)


def orders(session: Session, order_ids: Sequence[int]) -> dict[int, SlipOrder]:
    """The orders by id."""
    found: dict[int, SlipOrder] = {}
    for ids in pieces(order_ids):
        statement = (
            sa.select(*_ORDER, sa.func.coalesce(_C.language, ""))
            .join_from(Order, Customer, _C.id == _O.customer_id, isouter=True)
            .where(_O.id.in_(ids))
        )
        rows: Any = session.connection().execute(statement)
        found |= {row[0]: SlipOrder(*row) for row in rows}
    return found


def lines(session: Session, order_ids: Sequence[int]) -> dict[int, list[SlipOrderLine]]:
    """Each order's lines by position; those that an edit took away are not among them."""
    found: dict[int, list[SlipOrderLine]] = {}
    for ids in pieces(order_ids):
        statement = sa.select(*_LINE).where(_L.order_id.in_(ids), _L.ordered > 0).order_by(_L.order_id, _L.position)
        for row in session.connection().execute(statement):
            found.setdefault(row[1], []).append(SlipOrderLine(*row))
    return found


def in_parcels(session: Session, order_ids: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """Per order line what its parcels hold, those taken back left out: (parcel's id, units), oldest first."""
    found: dict[int, list[tuple[int, int]]] = {}
    for ids in pieces(order_ids):
        statement = (
            sa.select(_SL.order_line_id, _SL.shipment_id, _SL.quantity)
            .join_from(ShipmentLine, Shipment, _S.id == _SL.shipment_id)
            .where(_SL.order_id.in_(ids), _S.state != ShipmentState.VOID)
            .order_by(_SL.shipment_id)
        )
        for line_id, shipment_id, quantity in session.connection().execute(statement):
            found.setdefault(line_id, []).append((shipment_id, quantity))
    return found


def which_order(session: Session, order_ids: Sequence[int]) -> dict[int, int]:
    """Per order with a customer: their first is 1, their second 2; cancelled ones and drafts do not count."""
    found: dict[int, int] = {}
    for ids in pieces(order_ids):
        rows = lists.rows_of(session, ids)
        found |= {row.id: row.earlier + 1 for row in rows if row.customer_id is not None}
    return found
