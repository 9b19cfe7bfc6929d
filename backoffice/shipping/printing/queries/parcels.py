"""What documents must know of many parcels at once: three statements, however many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.core.postal import PostalAddress
from backoffice.inventory.model import Product
from backoffice.orders.model import Order
from backoffice.orders.writing import ADDRESS_FIELDS
from backoffice.settings.model import Carrier
from backoffice.shipping.model import Shipment, ShipmentLine, ShipmentState
from backoffice.store.rows import table_of

_S = table_of(Shipment).c
_SL = table_of(ShipmentLine).c
_O = table_of(Order).c
_P = table_of(Product).c
_C = table_of(Carrier).c
_AT_HAND = (ShipmentState.DRAFT, ShipmentState.PICKING, ShipmentState.PACKED)
AT_ONCE = 20_000
"""Ids named in one statement: SQLite takes 32,766 values."""


@dataclass(frozen=True, slots=True)
class OrderRef:
    """An order with something in a parcel."""

    id: int
    number: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel's head, and whose goods are in it. The weight is in grams, 0 where not known."""

    id: int
    number: str
    state: ShipmentState
    customer_id: int | None
    carrier_id: int | None
    carrier: str
    tracking_url: str
    handoff: str
    tracking: str
    service: str
    weight: int
    created_at: datetime
    shipped_at: datetime | None
    ship_to: PostalAddress
    orders: tuple[OrderRef, ...]

    @property
    def order_numbers(self) -> tuple[str, ...]:
        """The numbers of the orders in here."""
        return tuple(order.number for order in self.orders)


_HEAD = (
    _S.id,
    _S.number,
    _S.state,
    _S.customer_id,
    _S.carrier_id,
    sa.func.coalesce(_C.name, ""),
    sa.func.coalesce(_C.tracking_url, ""),
    sa.func.coalesce(_C.handoff, "generic"),
    _S.tracking,
    _S.service,
    _S.weight_g,
    _S.created_at,
    _S.shipped_at,
)

_NAMES = Parcel.__slots__[: len(_HEAD)]


def parcels(session: Session, shipment_ids: Sequence[int]) -> list[Parcel]:
    """The parcels in the order they are named, each once. Refuses `shipping.unknown`."""
    wanted = list(dict.fromkeys(shipment_ids))
    heads: dict[int, Any] = {}
    orders: dict[int, dict[int, OrderRef]] = {}
    weights: dict[int, int] = {}
    for ids in pieces(wanted):
        heads |= {row[0]: row for row in _heads(session, ids)}
        for shipment_id, order_id, number in _orders(session, ids):
            orders.setdefault(shipment_id, {}).setdefault(order_id, OrderRef(order_id, number))
        weights |= _weights(session, ids)
    for shipment_id in wanted:
        if shipment_id not in heads:
            raise Refused("shipping.unknown", number=shipment_id)
    return [_parcel(heads[each], weights.get(each, 0), orders.get(each, {})) for each in wanted]


def pieces(ids: Sequence[int]) -> Iterable[list[int]]:
    """The ids in pieces that one statement can name."""
    return (list(ids[start : start + AT_ONCE]) for start in range(0, len(ids), AT_ONCE))


def siblings(session: Session, order_ids: Sequence[int]) -> dict[int, list[int]]:
    """Per order its parcels that were not taken back, oldest first."""
    found: dict[int, list[int]] = {}
    for ids in pieces(order_ids):
        statement = (
            sa.select(_SL.order_id, _S.id)
            .distinct()
            .join_from(ShipmentLine, Shipment, _S.id == _SL.shipment_id)
            .where(_SL.order_id.in_(ids), _S.state != ShipmentState.VOID)
            .order_by(_SL.order_id, _S.id)
        )
        for order_id, shipment_id in session.connection().execute(statement):
            found.setdefault(order_id, []).append(shipment_id)
    return found


def parcels_for(session: Session, order_ids: Sequence[int]) -> list[int]:
    """The parcels to print for these orders: those still in the house, else the newest that was not taken back.

    Refuses `shipping.no-parcel` with the numbers of the orders that have none.
    """
    wanted = list(dict.fromkeys(order_ids))
    known = siblings(session, wanted)
    lacking = [order_id for order_id in wanted if order_id not in known]
    if lacking:
        named = sa.select(_O.number).where(_O.id.in_(lacking)).order_by(_O.id)
        numbers = ", ".join(row[0] for row in session.connection().execute(named))
        raise Refused("shipping.no-parcel", numbers=numbers)
    here = _in_the_house(session, wanted)
    found: dict[int, None] = {}
    for order_id in wanted:
        own = [each for each in known[order_id] if each in here] or known[order_id][-1:]
        found |= dict.fromkeys(own)
    return list(found)


def _in_the_house(session: Session, order_ids: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for ids in pieces(order_ids):
        of_orders = sa.select(_SL.shipment_id).where(_SL.order_id.in_(ids))
        statement = sa.select(_S.id).where(_S.id.in_(of_orders), _S.state.in_(_AT_HAND))
        found |= {row[0] for row in session.connection().execute(statement)}
    return found


def _heads(session: Session, ids: list[int]) -> Any:
    address = [_S[f"ship_{name}"] for name in ADDRESS_FIELDS]
    statement = sa.select(*_HEAD, *address).join_from(Shipment, Carrier, _C.id == _S.carrier_id, isouter=True)
    return session.connection().execute(statement.where(_S.id.in_(ids)))


def _orders(session: Session, ids: list[int]) -> Any:
    return session.connection().execute(
        sa.select(_SL.shipment_id, _SL.order_id, _O.number)
        .join_from(ShipmentLine, Order, _O.id == _SL.order_id)
        .where(_SL.shipment_id.in_(ids))
        .order_by(_SL.id)
    )


def _weights(session: Session, ids: list[int]) -> dict[int, int]:
    """What is in each parcel weighs so much, by the products; parcels with a product of unknown weight are absent."""
    weight = sa.func.coalesce(_P.weight_g, 0)
    found = session.connection().execute(
        sa.select(_SL.shipment_id, sa.func.sum(weight * _SL.quantity))
        .join_from(ShipmentLine, Product, _P.id == _SL.product_id, isouter=True)
        .where(_SL.shipment_id.in_(ids))
        .group_by(_SL.shipment_id)
        .having(sa.func.min(weight) > 0)
    )
    return {row[0]: int(row[1]) for row in found}


def _parcel(row: Any, reckoned: int, orders: dict[int, OrderRef]) -> Parcel:
    head = dict(zip(_NAMES, row, strict=False))
    head["weight"] = head["weight"] or reckoned
    return Parcel(**head, ship_to=PostalAddress(*row[len(_HEAD) :]), orders=tuple(orders.values()))
