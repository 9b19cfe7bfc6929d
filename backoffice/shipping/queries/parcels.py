"""Parcels as people see them: number, state, carrier, tracking, what is in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.orders.model import Order, OrderLine
from backoffice.orders.writing import ADDRESS_FIELDS
from backoffice.settings import queries as settings
from backoffice.settings.model import Carrier
from backoffice.shipping.model import Shipment, ShipmentLine, ShipmentState
from backoffice.store.rows import table_of

_S = table_of(Shipment).c
_SL = table_of(ShipmentLine).c
_L = table_of(OrderLine).c
_O = table_of(Order).c
_C = table_of(Carrier).c


@dataclass(frozen=True, slots=True)
class ParcelLine:
    """So many units in a parcel; `gross` is the order line's, for the units in here `share` of `ordered`."""

    id: int
    order_id: int
    order_number: str
    order_line_id: int
    product_id: int | None
    sku: str
    name: str
    options: str
    ordered: int
    quantity: int
    scanned: int


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """One parcel."""

    id: int
    number: str
    state: ShipmentState
    carrier: str
    tracking: str
    tracking_link: str
    service: str
    created_at: datetime
    packed_at: datetime | None
    shipped_at: datetime | None
    label_cost: Money | None
    ship_to: PostalAddress
    lines: list[ParcelLine]

    @property
    def orders(self) -> list[int]:
        """The orders with something in here."""
        return list(dict.fromkeys(line.order_id for line in self.lines))


def parcel(session: Session, shipment_id: int) -> ParcelRow:
    """One parcel. Refuses `shipping.unknown`."""
    found = _parcels(session, _S.id == shipment_id)
    if not found:
        raise Refused("shipping.unknown", number=shipment_id)
    return found[0]


def of_order(session: Session, order_id: int) -> list[ParcelRow]:
    """An order's parcels, oldest first, voided ones too."""
    return _parcels(session, _S.id.in_(sa.select(_SL.shipment_id).where(_SL.order_id == order_id)))


def in_state(session: Session, state: ShipmentState, *, limit: int = 500) -> list[ParcelRow]:
    """Parcels in one state, oldest first."""
    return _parcels(session, _S.state == state, limit=limit)


def id_of(session: Session, number: str) -> int | None:
    """The parcel of this number, as a scanner reads it from a slip or a label."""
    found: Any = session.connection().execute(sa.select(_S.id).where(_S.number == number)).scalar_one_or_none()
    return None if found is None else int(found)


def _parcels(session: Session, condition: sa.ColumnElement[bool], *, limit: int = 500) -> list[ParcelRow]:
    columns = (_S.id, _S.number, _S.state, sa.func.coalesce(_C.name, ""), _S.tracking, _C.tracking_url, _S.service)
    moments = (_S.created_at, _S.packed_at, _S.shipped_at, _S.label_cost)
    address = [_S[f"ship_{name}"] for name in ADDRESS_FIELDS]
    found: list[Any] = list(
        session.connection().execute(
            sa.select(*columns, *moments, *address)
            .join_from(Shipment, Carrier, _C.id == _S.carrier_id, isouter=True)
            .where(condition)
            .order_by(_S.id)
            .limit(limit)
        )
    )
    lines = _lines(session, [row[0] for row in found])
    currency = settings.profile(session).currency if found else ""
    return [
        ParcelRow(
            id=row[0],
            number=row[1],
            state=row[2],
            carrier=row[3],
            tracking=row[4],
            tracking_link=settings.tracking_link(row[5] or "", row[4]),
            service=row[6],
            created_at=row[7],
            packed_at=row[8],
            shipped_at=row[9],
            label_cost=None if row[10] is None else Money(row[10], currency),
            ship_to=PostalAddress(*row[11:]),
            lines=lines.get(row[0], []),
        )
        for row in found
    ]


def _lines(session: Session, shipment_ids: list[int]) -> dict[int, list[ParcelLine]]:
    statement = (
        sa.select(
            _SL.shipment_id,
            _SL.id,
            _SL.order_id,
            _O.number,
            _SL.order_line_id,
            _SL.product_id,
            _L.sku,
            _L.name,
            _L.options,
            _L.ordered,
            _SL.quantity,
            _SL.scanned,
        )
        .join_from(ShipmentLine, OrderLine, _L.id == _SL.order_line_id)
        .join(Order, _O.id == _SL.order_id)
        .where(_SL.shipment_id.in_(shipment_ids))
        .order_by(_SL.id)
    )
    found: dict[int, list[ParcelLine]] = {}
    row: Any
    for row in session.connection().execute(statement):
        found.setdefault(row[0], []).append(ParcelLine(*row[1:]))
    return found
