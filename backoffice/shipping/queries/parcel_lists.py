"""The lists of parcels: being packed, packed, dispatched today, on the way, lost or back; all from indexes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.calendar import zone_named
from backoffice.core.errors import Refused
from backoffice.orders.model import Order
from backoffice.settings import queries as settings
from backoffice.settings.model import Carrier
from backoffice.shipping.model import Shipment, ShipmentLine, ShipmentState
from backoffice.shipping.queries.printed import printed_for
from backoffice.store import paging
from backoffice.store.rows import table_of
from backoffice.store.search import ids_found

_S = table_of(Shipment).c
_SL = table_of(ShipmentLine).c
_O = table_of(Order).c
_C = table_of(Carrier).c

VIEWS = ("picking", "packed", "today", "under-way", "trouble", "all")
SORTS: dict[str, tuple[sa.ColumnElement[Any], ...]] = {"number": (), "shipped": (_S.shipped_at,)}
_STATES = {
    "picking": (ShipmentState.DRAFT, ShipmentState.PICKING),
    "packed": (ShipmentState.PACKED,),
    "under-way": (ShipmentState.SHIPPED,),
    "trouble": (ShipmentState.LOST, ShipmentState.RETURNED_TO_SENDER),
}


class _Head(NamedTuple):
    """What a parcel's own row says."""

    id: int
    number: str
    state: ShipmentState
    customer_id: int | None
    customer: str
    country: str
    carrier: str
    service: str
    tracking: str
    packed_at: datetime | None
    shipped_at: datetime | None


class _Inside(NamedTuple):
    """What is in a parcel."""

    orders: str
    theirs: str
    units: int
    scanned: int


_NOTHING = _Inside("", "", 0, 0)
_COLUMNS = (
    _S.id,
    _S.number,
    _S.state,
    _S.customer_id,
    sa.case((_S.ship_name != "", _S.ship_name), else_=_S.ship_company).label("customer"),
    _S.ship_country,
    sa.func.coalesce(_C.name, "").label("carrier"),
    _S.service,
    _S.tracking,
    _S.packed_at,
    _S.shipped_at,
)


@dataclass(frozen=True, slots=True)
class ParcelListRow:
    """One parcel in a list: `orders` are their numbers, `theirs` the numbers their channels know them by."""

    id: int
    number: str
    state: ShipmentState
    customer_id: int | None
    customer: str
    country: str
    carrier: str
    service: str
    tracking: str
    packed_at: datetime | None
    shipped_at: datetime | None
    orders: str
    theirs: str
    units: int
    scanned: int
    slip: bool
    label: bool


def page(
    session: Session,
    *,
    today: date,
    view: str = "packed",
    sort: str = "",
    descending: bool | None = None,
    text: str = "",
    after: paging.Cursor | None = None,
    before: paging.Cursor | None = None,
    limit: int = 100,
) -> paging.Page[ParcelListRow]:
    """One page of a view, those in the house oldest first, those that left newest first.

    Refuses `orders.unknown-view`.
    """
    base = _filtered(session, _from(_COLUMNS), view=view, today=today, text=text)
    order = _order(view, sort, descending)
    found = paging.page(session, base, order, make=_head, after=after, before=before, limit=limit)
    return paging.Page(_dressed(session, found.rows), found.next, found.previous)


def rows_of(session: Session, shipment_ids: list[int]) -> list[ParcelListRow]:
    """The named parcels as rows, oldest first."""
    found = _from(_COLUMNS).where(_S.id.in_(shipment_ids)).order_by(_S.id)
    return _dressed(session, [_head(row) for row in session.connection().execute(found)])


def count(session: Session, *, today: date, view: str = "packed", text: str = "") -> int | None:
    """How many parcels a view has; None above a thousand."""
    return paging.count_up_to(session, _filtered(session, sa.select(_S.id), view=view, today=today, text=text))


def counts(session: Session, *, today: date) -> dict[str, int | None]:
    """The count beside each view but `all`."""
    return {view: count(session, today=today, view=view) for view in VIEWS if view != "all"}


def marks(
    session: Session,
    *,
    today: date,
    view: str = "packed",
    sort: str = "",
    descending: bool | None = None,
    text: str = "",
    every: int = 100,
) -> list[paging.Cursor]:
    """The cursors of every so many rows of a view, for a scroll bar; to be called from a job."""
    base = _filtered(session, sa.select(_S.id), view=view, today=today, text=text)
    return paging.marks(session, base, _order(view, sort, descending), every=every)


def _from(columns: tuple[Any, ...]) -> sa.Select[Any]:
    return sa.select(*columns).join_from(Shipment, Carrier, _C.id == _S.carrier_id, isouter=True)


def _order(view: str, sort: str, descending: bool | None) -> paging.Order:
    sort = sort or ("shipped" if view == "today" else "number")
    if sort not in SORTS:
        raise Refused("orders.unknown-view", view=sort)
    usual = view not in ("picking", "packed")
    return paging.Order(SORTS[sort], _S.id, usual if descending is None else descending)


def _filtered(session: Session, base: sa.Select[Any], *, view: str, today: date, text: str) -> sa.Select[Any]:
    if view not in VIEWS:
        raise Refused("orders.unknown-view", view=view)
    if view in _STATES:
        base = base.where(_S.state.in_(_STATES[view]))
    elif view == "today":
        zone = zone_named(settings.profile(session).zone)
        days = (today, today + timedelta(days=1))
        begins, ends = (datetime.combine(day, time(), zone).astimezone(UTC) for day in days)
        base = base.where(_S.shipped_at >= begins, _S.shipped_at < ends, _S.state != ShipmentState.VOID)
    if text.strip():
        base = base.where(_S.id.in_(ids_found(session, text, kind="shipment", limit=1000)))
    return base


def _head(row: Any) -> _Head:
    return _Head(*row[: len(_COLUMNS)])


def _dressed(session: Session, heads: list[_Head]) -> list[ParcelListRow]:
    ids = [head.id for head in heads]
    inside = _inside(session, ids)
    slips, labels = printed_for(session, "packing-slip", ids), printed_for(session, "label", ids)
    return [
        ParcelListRow(
            **head._asdict(),
            **inside.get(head.id, _NOTHING)._asdict(),
            slip=head.id in slips,
            label=head.id in labels,
        )
        for head in heads
    ]


def _inside(session: Session, ids: list[int]) -> dict[int, _Inside]:
    statement = (
        sa.select(_SL.shipment_id, _O.number, _O.external_number, sa.func.sum(_SL.quantity), sa.func.sum(_SL.scanned))
        .join_from(ShipmentLine, Order, _O.id == _SL.order_id)
        .where(_SL.shipment_id.in_(ids))
        .group_by(_SL.shipment_id, _SL.order_id)
        .order_by(_SL.shipment_id, sa.func.min(_SL.id))
    )
    found: dict[int, _Inside] = {}
    for shipment_id, number, theirs, units, scanned in session.connection().execute(statement):
        before = found.get(shipment_id, _NOTHING)
        found[shipment_id] = _Inside(
            orders=_joined(before.orders, number),
            theirs=_joined(before.theirs, theirs),
            units=before.units + int(units),
            scanned=before.scanned + int(scanned),
        )
    return found


def _joined(*numbers: str) -> str:
    return ", ".join(filter(None, numbers))
