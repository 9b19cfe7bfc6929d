"""What of one order is still to leave, line by line, and where each product lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.inventory.model import Product
from backoffice.orders.model import OrderLine
from backoffice.orders.queries import facts
from backoffice.store.rows import table_of

_L = table_of(OrderLine).c
_P = table_of(Product).c


@dataclass(frozen=True, slots=True)
class SendLine:
    """A line with something still to leave: `units` of it, `ready` on the shelf or packed, `packed` in parcels."""

    id: int
    product_id: int | None
    sku: str
    name: str
    options: str
    units: int
    ready: int
    packed: int
    bin: str
    picture: str
    incoming: int

    @property
    def short(self) -> int:
        """Units for which there is no stock on the shelf."""
        return self.units - self.ready


@dataclass(frozen=True, slots=True)
class Place:
    """Where a product lies and what it looks like; `picture` is a name among the shop's pictures."""

    bin: str
    picture: str
    barcode: str


def lines(session: Session, order_id: int) -> list[SendLine]:
    """The order's lines with something still to leave, by position."""
    shelf = facts.on_shelf(session, [order_id])
    left = _L.ordered - _L.cancelled - _L.shipped
    there = {name: sa.func.coalesce(_P[name], "").label(name) for name in ("bin", "picture")}
    statement = (
        sa.select(
            *(_L[name] for name in ("id", "product_id", "sku", "name", "options", "allocated")),
            left.label("units"),
            (_L.packed - _L.shipped).label("packed"),
            *there.values(),
            sa.func.coalesce(_P.incoming, 0).label("incoming"),
        )
        .join_from(OrderLine, Product, _P.id == _L.product_id, isouter=True)
        .where(_L.order_id == order_id, _L.requires_shipping, left > 0)
        .order_by(_L.position)
    )
    return [_line(row, shelf) for row in session.connection().execute(statement).mappings()]


def _line(row: Any, shelf: dict[int, int]) -> SendLine:
    values = dict(row)
    promised = values.pop("allocated")
    if values["product_id"] is None:
        promised = values["units"]
    elif values["id"] in shelf:
        promised = shelf[values["id"]] + values["packed"]
    return SendLine(**values, ready=promised)


def places(session: Session, product_ids: Sequence[int]) -> dict[int, Place]:
    """Where these products lie, by their ids."""
    columns = (_P.id, _P.bin, _P.picture, _P.barcode)
    found: Any = session.connection().execute(sa.select(*columns).where(_P.id.in_(product_ids)))
    return {row[0]: Place(*row[1:]) for row in found}
