"""What the dispatch actions must know before they change something."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.orders.model import OrderLine
from backoffice.shipping.model import Shipment, ShipmentLine, ShipmentState
from backoffice.store.prepared import Prepared
from backoffice.store.rows import table_of

_S = table_of(Shipment).c
_SL = table_of(ShipmentLine).c
_L = table_of(OrderLine).c


@dataclass(frozen=True, slots=True)
class ShipmentHead:
    """The head of a shipment."""

    id: int
    number: str
    state: ShipmentState
    customer_id: int | None
    carrier_id: int | None
    tracking: str
    version: int


@dataclass(frozen=True, slots=True)
class ParcelLine:
    """So many units of an order line in a parcel."""

    id: int
    order_id: int
    order_line_id: int
    product_id: int | None
    quantity: int
    from_stock: int
    scanned: int


_HEAD = Prepared(sa.select(*(_S[name] for name in ShipmentHead.__slots__)).where(_S.id == sa.bindparam("shipment")))
_LINES = Prepared(
    sa.select(*(_SL[name] for name in ParcelLine.__slots__))
    .where(_SL.shipment_id == sa.bindparam("shipment"))
    .order_by(_SL.id)
)
_PLANNED = Prepared(
    sa.select(_SL.order_line_id, sa.func.sum(_SL.quantity))
    .join_from(ShipmentLine, Shipment, _S.id == _SL.shipment_id)
    .where(
        _SL.order_id == sa.bindparam("order"),
        sa.or_(_S.state == ShipmentState.DRAFT, _S.state == ShipmentState.PICKING),
    )
    .group_by(_SL.order_line_id)
)


def head(session: Session, shipment_id: int) -> ShipmentHead:
    """Refuses `shipping.unknown`."""
    found = _HEAD.one(session, shipment=shipment_id)
    if found is None:
        raise Refused("shipping.unknown", number=shipment_id)
    return ShipmentHead(*found)


def lines(session: Session, shipment_id: int) -> list[ParcelLine]:
    """What is in the parcel."""
    return [ParcelLine(*row) for row in _LINES.all(session, shipment=shipment_id)]


def lines_without_product(session: Session, shipment_id: int, sku: str) -> set[int]:
    """Ids of the parcel's lines that have no product and this SKU."""
    found = session.connection().execute(
        sa.select(_SL.id)
        .join_from(ShipmentLine, OrderLine, _L.id == _SL.order_line_id)
        .where(_SL.shipment_id == shipment_id, _SL.product_id.is_(None), _L.sku == sku, _L.sku != "")
    )
    return {row[0] for row in found}


def planned(session: Session, order_id: int) -> dict[int, int]:
    """Units per order line that parcels being picked have taken already."""
    return {line: int(units) for line, units in _PLANNED.all(session, order=order_id)}


def shipments_of(session: Session, order_id: int) -> list[ShipmentHead]:
    """All parcels with something of this order, the voided ones too, oldest first."""
    of_order = sa.select(_SL.shipment_id).where(_SL.order_id == order_id)
    found = session.connection().execute(
        sa.select(*(_S[name] for name in ShipmentHead.__slots__)).where(_S.id.in_(of_order)).order_by(_S.id)
    )
    return [ShipmentHead(*row) for row in found]
