"""The ship-by queue: open orders by promised dispatch, late ones first, with what each still lacks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.customs_areas import needs_declaration
from backoffice.core.postal import PostalAddress
from backoffice.orders.model import Order, OrderLine, PaymentStatus
from backoffice.orders.queries import facts as orders_facts
from backoffice.orders.queries import lists
from backoffice.orders.writing import ADDRESS_FIELDS
from backoffice.settings import queries as settings
from backoffice.shipping.model import Shipment, ShipmentLine, ShipmentState
from backoffice.store import paging
from backoffice.store.rows import table_of

_O = table_of(Order).c
_L = table_of(OrderLine).c
_S = table_of(Shipment).c
_SL = table_of(ShipmentLine).c

_STEP = 500
_NOT_PAID = (PaymentStatus.UNPAID, PaymentStatus.PART_PAID, PaymentStatus.REFUNDED)
"""An order whose money went back is not sent either."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An order to be dispatched.

    `missing` holds what stands in the way, as words' codes: stock, payment, address, customs. `days` are days until
    the promise, below zero when late. `units` are still to leave, `ready` of them can be packed or are packed, and
    `packed` are in parcels that have not left.
    """

    order: lists.OrderRow
    days: int | None
    units: int
    ready: int
    missing: tuple[str, ...]
    address: PostalAddress
    shipment_id: int | None
    shipment_state: ShipmentState | None
    packed: int
    delivery: str

    @property
    def id(self) -> int:
        """The order's."""
        return self.order.id

    @property
    def address_key(self) -> str:
        """The same for two writings of one address; made when asked, for few rows are compared."""
        return self.address.key()

    @property
    def is_ready(self) -> bool:
        """Whether the whole order can be packed now and nothing stands in the way."""
        return not self.missing and self.shipment_id is None and self.packed < self.ready == self.units


def queue(
    session: Session,
    *,
    today: date,
    view: str = "ship-by",
    text: str = "",
    descending: bool = False,
    after: paging.Cursor | None = None,
    before: paging.Cursor | None = None,
    limit: int = 100,
) -> paging.Page[QueueRow]:
    """One page of the queue, the earliest promise first or, `descending`, last; `view` is ship-by or late."""
    page = lists.page(
        session,
        today=today,
        view=view,
        descending=descending,
        text=text,
        after=after,
        before=before,
        limit=limit,
    )
    return paging.Page(_dressed(session, page.rows, today), page.next, page.previous)


def count(session: Session, *, today: date, view: str = "ship-by", text: str = "") -> int | None:
    """How many orders the queue has; with a text None above a thousand."""
    return lists.count(session, view=view, today=today, text=text)


def marks(
    session: Session,
    *,
    today: date,
    view: str = "ship-by",
    text: str = "",
    descending: bool = False,
    every: int = 100,
) -> list[paging.Cursor]:
    """The cursors of every so many rows of the queue, for a scroll bar; to be called from a job."""
    return lists.marks(session, today=today, view=view, text=text, descending=descending, every=every)


def ready(
    session: Session,
    *,
    today: date,
    view: str = "ship-by",
    text: str = "",
    descending: bool = False,
    within: int = 2_000,
) -> list[tuple[int, QueueRow]]:
    """The orders that can be packed whole, each with its place in the queue (from 0), among the first `within`.

    To be called from a job: it looks at every order on the way.
    """
    found: list[tuple[int, QueueRow]] = []
    place, cursor = 0, None
    while place < within:
        page = queue(
            session,
            today=today,
            view=view,
            text=text,
            descending=descending,
            after=cursor,
            limit=min(_STEP, within - place),
        )
        found += [(at, row) for at, row in enumerate(page.rows, place) if row.is_ready]
        place, cursor = place + len(page.rows), page.next
        if cursor is None:
            break
    return found


def queue_rows(session: Session, order_ids: list[int], *, today: date) -> list[QueueRow]:
    """The named orders as queue rows."""
    return _dressed(session, lists.rows_of(session, order_ids), today)


def together(rows: list[QueueRow]) -> list[list[QueueRow]]:
    """Groups of two and more orders of one customer to one address that could share a parcel."""
    groups: dict[tuple[int, str], list[QueueRow]] = {}
    for row in rows:
        if row.order.customer_id is not None and row.ready and not row.shipment_id and row.address_key:
            groups.setdefault((row.order.customer_id, row.address_key), []).append(row)
    return [group for group in groups.values() if len(group) > 1]


def _dressed(session: Session, orders: list[lists.OrderRow], today: date) -> list[QueueRow]:
    ids = [order.id for order in orders]
    units, held, short, packed = _units(session, ids)
    heads = _heads(session, ids)
    parcels = _open_parcels(session, ids)
    abroad = _customs(session, heads)
    found = []
    for order in orders:
        delivery, address = heads[order.id]
        missing = []
        if short.get(order.id):
            missing.append("stock")
        if order.payment in _NOT_PAID:
            missing.append("payment")
        if address.missing():
            missing.append("address")
        if order.id in abroad:
            missing.append("customs")
        shipment_id, state = parcels.get(order.id, (None, None))
        days = (order.promised_dispatch - today).days if order.promised_dispatch else None
        found.append(
            QueueRow(
                order=order,
                days=days,
                units=units[order.id],
                ready=held[order.id],
                missing=tuple(missing),
                address=address,
                shipment_id=shipment_id,
                shipment_state=state,
                packed=packed[order.id],
                delivery=delivery,
            )
        )
    return found


def _units(session: Session, ids: list[int]) -> tuple[dict[int, int], ...]:
    """Per order: units still to leave, of them ready or packed, without stock on the shelf, and packed."""
    units, ready, short, packed_units = (dict.fromkeys(ids, 0) for _each in range(4))
    shelf = orders_facts.on_shelf(session, ids)
    columns = (_L.id, _L.order_id, _L.product_id, _L.ordered - _L.cancelled - _L.shipped, _L.allocated)
    packed = (_L.packed - _L.shipped).label("packed")
    statement = sa.select(*columns, packed).where(_L.order_id.in_(ids), _L.requires_shipping)
    for line_id, order_id, product_id, left, allocated, in_parcels in session.connection().execute(statement):
        held = left
        if product_id is not None:
            held = shelf[line_id] + in_parcels if line_id in shelf else allocated
        units[order_id] += left
        ready[order_id] += held
        short[order_id] += left - held
        packed_units[order_id] += in_parcels
    return units, ready, short, packed_units


def _heads(session: Session, ids: list[int]) -> dict[int, tuple[str, PostalAddress]]:
    """Per order how it is delivered, and where to."""
    columns = [_O[f"ship_{name}"] for name in ADDRESS_FIELDS]
    found: Any = session.connection().execute(sa.select(_O.id, _O.delivery_name, *columns).where(_O.id.in_(ids)))
    return {row[0]: (row[1], PostalAddress(*row[2:])) for row in found}


def _open_parcels(session: Session, ids: list[int]) -> dict[int, tuple[int, ShipmentState]]:
    """Per order its newest parcel that is being picked or packed."""
    found = session.connection().execute(
        sa.select(_SL.order_id, _S.id, _S.state)
        .join_from(ShipmentLine, Shipment, _S.id == _SL.shipment_id)
        .where(_SL.order_id.in_(ids), _S.state.in_([ShipmentState.PICKING, ShipmentState.PACKED]))
        .order_by(_S.id)
    )
    return {row[0]: (row[1], row[2]) for row in found}


def _customs(session: Session, heads: dict[int, tuple[str, PostalAddress]]) -> set[int]:
    """Orders that cross a customs border with a product whose tariff number, origin or weight is not known."""
    shop = settings.profile(session)
    home = (shop.country, shop.postcode)
    abroad = [each for each, (_name, to) in heads.items() if needs_declaration(home, (to.country, to.postcode))]
    if not abroad:
        return set()
    lacking = sa.text(
        "SELECT DISTINCT l.order_id FROM order_line AS l LEFT JOIN product AS p ON p.id = l.product_id"
        " WHERE l.order_id IN :orders AND l.requires_shipping = 1 AND l.ordered > l.cancelled + l.shipped"
        " AND (p.id IS NULL OR p.hs_code = '' OR p.origin = '' OR p.weight_g = 0)"
    ).bindparams(sa.bindparam("orders", expanding=True))
    return {row[0] for row in session.connection().execute(lacking, {"orders": abroad})}
