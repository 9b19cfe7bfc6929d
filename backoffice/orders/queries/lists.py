"""The list of orders: views, pages, counts, all from indexes and never by loading orders."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.orders.model import (
    TO_SHIP,
    UNPAID,
    DispatchStatus,
    Order,
    OrderStatus,
    OrderTally,
    PaymentStatus,
    ReturnsStatus,
)
from backoffice.store import paging
from backoffice.store.rows import table_of
from backoffice.store.search import ids_found

_O = table_of(Order).c
_T = table_of(OrderTally).c
_E = table_of(Order).alias("earlier_order").c

VIEWS = ("ship-by", "late", "open", "on-hold", "unpaid", "drafts", "shipped", "cancelled", "all")
SORTS: dict[str, tuple[sa.ColumnElement[Any], ...]] = {
    "placed": (_O.placed_at,),
    "number": (),
    "total": (_O.total,),
    "promised": (_O.promised_dispatch,),
}
_STATUS_OF_VIEW = {
    "open": OrderStatus.OPEN,
    "on-hold": OrderStatus.ON_HOLD,
    "drafts": OrderStatus.DRAFT,
    "cancelled": OrderStatus.CANCELLED,
}
_FEW = 1000
ON_THE_WAY = ("unfulfilled", "part_packed", "packed", "part_shipped")


MOST_LATE = 1_000
"""Late orders are counted up to here: nobody reads the number beyond, and counting all takes milliseconds."""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order in a list. `total` in minor units of `currency`; `earlier` counts the customer's orders before it."""

    id: int
    number: str
    channel: str
    external_number: str
    placed_at: datetime
    customer_id: int | None
    customer: str
    country: str
    currency: str
    total: int
    status: OrderStatus
    payment: PaymentStatus
    dispatch: DispatchStatus
    returns: ReturnsStatus
    promised_dispatch: date | None
    earlier: int


_EARLIER_ORDERS = (
    sa.select(sa.func.count())
    .where(
        _E.customer_id == _O.customer_id,
        _E.placed_at < _O.placed_at,
        _E.status != OrderStatus.CANCELLED,
    )
    .correlate(table_of(Order))
    .scalar_subquery()
)
_CHANNELS = sa.text(
    "WITH RECURSIVE found(channel) AS (SELECT min(channel) FROM orders UNION ALL"
    " SELECT (SELECT min(channel) FROM orders WHERE channel > found.channel) FROM found WHERE channel IS NOT NULL)"
    " SELECT channel FROM found WHERE channel IS NOT NULL"
)
_COLUMNS = (
    _O.id,
    _O.number,
    _O.channel,
    _O.external_number,
    _O.placed_at,
    _O.customer_id,
    sa.case((_O.ship_name != "", _O.ship_name), (_O.bill_name != "", _O.bill_name), else_=_O.email).label("customer"),
    _O.ship_country,
    _O.currency,
    _O.total,
    _O.status,
    _O.payment,
    _O.dispatch,
    _O.returns,
    _O.promised_dispatch,
    _EARLIER_ORDERS.label("earlier"),
)


def page(
    session: Session,
    *,
    today: date,
    view: str = "open",
    sort: str = "",
    descending: bool | None = None,
    text: str = "",
    channel: str = "",
    after: paging.Cursor | None = None,
    before: paging.Cursor | None = None,
    limit: int = 100,
) -> paging.Page[OrderRow]:
    """One page of a view: dispatch views by promise, others newest first. Refuses `orders.unknown-view`."""
    base = filtered(session, sa.select(*_COLUMNS), view=view, today=today, text=text, channel=channel)
    order = _order(view, sort, descending)
    return paging.page(session, base, order, make=_made, after=after, before=before, limit=limit)


def marks(
    session: Session,
    *,
    today: date,
    view: str = "open",
    sort: str = "",
    descending: bool | None = None,
    text: str = "",
    channel: str = "",
    every: int = 100,
) -> list[paging.Cursor]:
    """The cursors of every so many rows of a view, for a scroll bar; to be called from a job."""
    base = filtered(session, sa.select(_O.id), view=view, today=today, text=text, channel=channel)
    return paging.marks(session, base, _order(view, sort, descending), every=every)


def _order(view: str, sort: str, descending: bool | None) -> paging.Order:
    sort = sort or ("promised" if view in ("ship-by", "late") else "placed")
    if sort not in SORTS:
        raise Refused("orders.unknown-view", view=sort)
    return paging.Order(SORTS[sort], _O.id, (sort != "promised") if descending is None else descending)


def rows_of(session: Session, order_ids: list[int]) -> list[OrderRow]:
    """The named orders, newest first."""
    found = sa.select(*_COLUMNS).where(_O.id.in_(order_ids)).order_by(_O.placed_at.desc(), _O.id.desc())
    return [_made(row) for row in session.connection().execute(found)]


def of_customer(session: Session, customer_id: int, *, limit: int = 100) -> list[OrderRow]:
    """A customer's orders, newest first."""
    found = sa.select(*_COLUMNS).where(_O.customer_id == customer_id).order_by(_O.placed_at.desc()).limit(limit)
    return [_made(row) for row in session.connection().execute(found)]


def count(session: Session, *, view: str, today: date, text: str = "", channel: str = "") -> int | None:
    """How many orders a view has. Exact and at once without a text; with one, None above a thousand.

    Refuses `orders.unknown-view`.
    """
    if view not in VIEWS:
        raise Refused("orders.unknown-view", view=view)
    if not text.strip() and not channel:
        known = counts(session, today=today)[view]
        if view != "late" or known < MOST_LATE:
            return known
    return paging.count_up_to(
        session, filtered(session, sa.select(_O.id), view=view, today=today, text=text, channel=channel)
    )


def counts(session: Session, *, today: date) -> dict[str, int]:
    """The count beside each view, from the tally that triggers keep; late ones from their index, up to MOST_LATE."""
    found = dict.fromkeys(VIEWS, 0)
    for status, payment, dispatch, orders in session.connection().execute(sa.select(*_T)):
        for view in _views_of(status, payment, dispatch):
            found[view] += orders
    late = filtered(session, sa.select(_O.id), view="late", today=today)
    counted = paging.count_up_to(session, late, MOST_LATE)
    found["late"] = MOST_LATE if counted is None else counted
    return found


def channels(session: Session) -> list[str]:
    """The channels that orders came from, by name; one step in the index for each, however many orders there are."""
    return [row[0] for row in session.connection().execute(_CHANNELS)]


def filtered(
    session: Session, base: sa.Select[Any], *, view: str, today: date, text: str = "", channel: str = ""
) -> sa.Select[Any]:
    """`base` narrowed to a view. Refuses `orders.unknown-view`."""
    if view not in VIEWS:
        raise Refused("orders.unknown-view", view=view)
    if view in _STATUS_OF_VIEW:
        base = base.where(_O.status == _STATUS_OF_VIEW[view])
    elif view == "ship-by":
        base = base.where(sa.text(TO_SHIP))
    elif view == "late":
        base = base.where(sa.text(TO_SHIP), _O.promised_dispatch < today)
    elif view == "unpaid":
        base = base.where(sa.text(UNPAID))
    elif view == "shipped":
        base = base.where(_O.dispatch == DispatchStatus.SHIPPED)
    if channel:
        base = base.where(_of_channel(session, channel))
    if text.strip():
        base = base.where(_O.id.in_(ids_found(session, text, kind="order", limit=1000)))
    return base


def _of_channel(session: Session, channel: str) -> sa.ColumnElement[bool]:
    """The channel's orders: named one by one where they are few, else found in the list's own order.

    SQLite, which knows no numbers of rows here, would sort half the shop; adding nothing keeps it from that index.
    """
    found = sa.select(_O.id).where(_O.channel == channel).limit(_FEW + 1)
    ids = [row[0] for row in session.connection().execute(found)]
    return _O.id.in_(ids) if len(ids) <= _FEW else _O.channel.concat("") == channel


def _views_of(status: str, payment: str, dispatch: str) -> set[str]:
    views = {"all"} | {view for view, wanted in _STATUS_OF_VIEW.items() if wanted == status}
    if status == "open" and dispatch in ON_THE_WAY:
        views.add("ship-by")
    if status in ("open", "on_hold") and payment in ("unpaid", "part_paid"):
        views.add("unpaid")
    if dispatch == "shipped":
        views.add("shipped")
    return views


def _made(row: Any) -> OrderRow:
    return OrderRow(*row[: len(_COLUMNS)])
