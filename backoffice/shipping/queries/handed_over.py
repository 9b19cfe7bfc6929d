"""Parcels that left, as shops and marketplaces want to hear of them: order by order, with what was in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.postal import PostalAddress
from backoffice.orders.model import Order, OrderLine
from backoffice.orders.writing import ADDRESS_FIELDS
from backoffice.settings.model import Carrier
from backoffice.settings.queries import tracking_link
from backoffice.shipping.model import Shipment, ShipmentLine, ShipmentState
from backoffice.store import once
from backoffice.store.rows import table_of

_S = table_of(Shipment).c
_SL = table_of(ShipmentLine).c
_O = table_of(Order).c
_L = table_of(OrderLine).c
_C = table_of(Carrier).c
AT_ONCE = 5_000
OWN = frozenset({"", "manual"})
"""Channels nobody is told of: orders typed in here."""


@dataclass(frozen=True, slots=True)
class Item:
    """Units of an order's line in a parcel; `external_id` is the channel's own id of the line."""

    external_id: str
    sku: str
    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What of one order left in one parcel."""

    shipment_id: int
    parcel: str
    customer_id: int | None
    tracking: str
    tracking_link: str
    carrier: str
    service: str
    shipped_at: datetime
    ship_to: PostalAddress
    order_id: int
    order_number: str
    external_number: str
    external_id: str
    channel: str
    items: tuple[Item, ...]


_COLUMNS = (
    _S.id,
    _S.number,
    _S.customer_id,
    _S.tracking,
    sa.func.coalesce(_C.tracking_url, ""),
    sa.func.coalesce(_C.name, ""),
    _S.service,
    _S.shipped_at,
    *(_S[f"ship_{name}"] for name in ADDRESS_FIELDS),
    _O.id,
    _O.number,
    _O.external_number,
    sa.func.coalesce(_O.external_id, ""),
    _O.channel,
    _L.external_id,
    _L.sku,
    _L.name,
    _SL.quantity,
)
_HEAD, _ADDRESS = 8, len(ADDRESS_FIELDS)


def to_tell(
    session: Session, *, channel: str = "", again: bool = False, since: datetime | None = None
) -> list[HandedOver]:
    """Parcels that left and of which no file told yet, the first to leave first; orders typed in here are nobody's.

    `channel` narrows to its orders, `since` to parcels that left from then on; `again` lists those told of too.
    """
    wanted = sa.select(_S.id).where(_S.shipped_at.is_not(None), _S.state != ShipmentState.VOID)
    if not again:
        wanted = wanted.where(_S.written_back_at.is_(None))
    if since is not None:
        wanted = wanted.where(_S.shipped_at >= since)
    of_theirs = sa.select(_SL.id).join_from(ShipmentLine, Order, _O.id == _SL.order_id)
    wanted = wanted.where(of_theirs.where(_SL.shipment_id == _S.id, _whose(channel)).exists())
    ids = [row[0] for row in session.connection().execute(wanted.order_by(_S.shipped_at, _S.id))]
    found: list[HandedOver] = []
    for start in range(0, len(ids), AT_ONCE):
        found += _rows(session, ids[start : start + AT_ONCE], channel)
    return found


def channels_of(session: Session, shipment_ids: Sequence[int]) -> dict[int, set[str]]:
    """The channels whose orders each parcel holds."""
    found: dict[int, set[str]] = {}
    for start in range(0, len(shipment_ids), AT_ONCE):
        statement = (
            sa.select(_SL.shipment_id, _O.channel)
            .distinct()
            .join_from(ShipmentLine, Order, _O.id == _SL.order_id)
            .where(_SL.shipment_id.in_(shipment_ids[start : start + AT_ONCE]))
        )
        for shipment_id, channel in session.connection().execute(statement):
            found.setdefault(shipment_id, set()).add(channel)
    return found


def cut_off(session: Session, prefix: str) -> list[once.Done]:
    """The files that were begun and never got their name, oldest first, as they were planned."""
    found = (once.known(session, key) for key in once.unfinished(session, prefix))
    return [known for known in found if known is not None]


def _rows(session: Session, ids: list[int], channel: str) -> list[HandedOver]:
    statement = (
        sa.select(*_COLUMNS)
        .join_from(ShipmentLine, Shipment, _S.id == _SL.shipment_id)
        .join(Order, _O.id == _SL.order_id)
        .join(OrderLine, _L.id == _SL.order_line_id)
        .join(Carrier, _C.id == _S.carrier_id, isouter=True)
        .where(_SL.shipment_id.in_(ids), _whose(channel))
        .order_by(_S.shipped_at, _S.id, _O.id, _SL.id)
    )
    heads: dict[tuple[int, int], Any] = {}
    items: dict[tuple[int, int], list[Item]] = {}
    for row in session.connection().execute(statement):
        key = (row[0], row[_HEAD + _ADDRESS])
        heads.setdefault(key, row)
        items.setdefault(key, []).append(Item(*row[-4:]))
    return [_made(row, tuple(items[key])) for key, row in heads.items()]


def _whose(channel: str) -> sa.ColumnElement[bool]:
    return _O.channel == channel if channel else _O.channel.not_in(sorted(OWN))


def _made(row: Any, items: tuple[Item, ...]) -> HandedOver:
    head = list(row[:_HEAD])
    head[4] = tracking_link(head[4], head[3])
    address = PostalAddress(*row[_HEAD : _HEAD + _ADDRESS])
    values: list[Any] = [*head, address, *row[_HEAD + _ADDRESS : -4], items]
    return HandedOver(*values)
