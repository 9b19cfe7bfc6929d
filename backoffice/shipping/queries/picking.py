"""What to take from which shelf for some orders: the pick list's rows, by bin."""

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.inventory.model import Product
from backoffice.orders.model import Order, OrderLine, OrderStatus
from backoffice.orders.queries import facts
from backoffice.store.rows import table_of

_O = table_of(Order).c
_L = table_of(OrderLine).c
_P = table_of(Product).c


@dataclass(frozen=True, slots=True)
class PickRow:
    """So many units of one product for one order."""

    order_id: int
    order_number: str
    order_line_id: int
    product_id: int | None
    bin: str
    sku: str
    name: str
    options: str
    barcode: str
    quantity: int


def to_pick(session: Session, order_ids: list[int]) -> list[PickRow]:
    """Units promised, on the shelf and not yet packed, of the open ones among these orders, by bin, SKU and order."""
    shelf = facts.on_shelf(session, order_ids)
    free = sa.case(
        (_L.product_id.is_(None), _L.ordered - _L.cancelled - _L.packed),
        else_=_L.allocated - (_L.packed - _L.shipped),
    )
    statement = (
        sa.select(
            _L.order_id,
            _O.number,
            _L.id,
            _L.product_id,
            sa.func.coalesce(_P.bin, ""),
            _L.sku,
            _L.name,
            _L.options,
            sa.func.coalesce(_P.barcode, ""),
            free,
        )
        .join_from(OrderLine, Order, _O.id == _L.order_id)
        .join(Product, _P.id == _L.product_id, isouter=True)
        .where(_L.order_id.in_(order_ids), _L.requires_shipping, _O.status == OrderStatus.OPEN, free > 0)
        .order_by(sa.func.coalesce(_P.bin, ""), _L.sku, _L.order_id)
    )
    found: Any = session.connection().execute(statement)
    wanted = [PickRow(*row) for row in found]
    there = [replace(row, quantity=shelf.get(row.order_line_id, row.quantity)) for row in wanted]
    return [row for row in there if row.quantity > 0]
