"""Everything the page of one order shows, read together, and the one next step that follows from it."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any

from backoffice.orders.model import DispatchStatus, OrderStatus
from backoffice.orders.queries import whole
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import parcels, queue
from backoffice.store import journal

_IN_THE_HOUSE = (ShipmentState.DRAFT, ShipmentState.PICKING, ShipmentState.PACKED)
_GONE = (DispatchStatus.SHIPPED, DispatchStatus.DELIVERED)


class Step(Enum):
    """What is to be done with an order next."""

    CONFIRM = auto()
    RELEASE = auto()
    PACK = auto()
    GO_ON_PACKING = auto()
    DISPATCH = auto()
    PAY = auto()
    REFUND = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Whole:
    """One order with its parcels and history. `ready` units can be packed now, `missing` names what lacks."""

    order: whole.WholeOrder
    parcels: list[parcels.ParcelRow]
    history: list[journal.Happening]
    ready: int
    missing: tuple[str, ...]

    @property
    def id(self) -> int:
        return self.order.row.id

    @property
    def number(self) -> str:
        return self.order.row.number

    def in_state(self, *states: ShipmentState) -> list[parcels.ParcelRow]:
        """Its parcels in these states, oldest first."""
        return [parcel for parcel in self.parcels if parcel.state in states]


def read(session: Any, order_id: int, *, today: date) -> Whole:
    """One order whole. Refuses `orders.unknown`."""
    order = whole.order(session, order_id)
    found = parcels.of_order(session, order_id)
    row = queue.queue_rows(session, [order_id], today=today)[0]
    return Whole(
        order=order,
        parcels=found,
        history=journal.timeline(session, subject="order_id", record_id=order_id),
        ready=max(row.ready - _in_parcels(order_id, found), 0),
        missing=row.missing,
    )


def _in_parcels(order_id: int, found: list[parcels.ParcelRow]) -> int:
    """Units of this order that stand in parcels here."""
    here = (parcel for parcel in found if parcel.state in _IN_THE_HOUSE)
    return sum(line.quantity for parcel in here for line in parcel.lines if line.order_id == order_id)


def next_step(found: Whole) -> Step | None:
    """The one next step; None where the order waits for stock, or for nothing."""
    status, due = found.order.row.status, found.order.to_pay
    if status is OrderStatus.DRAFT:
        return Step.CONFIRM
    if status is OrderStatus.ON_HOLD:
        return Step.RELEASE
    if status is not OrderStatus.OPEN:
        return Step.REFUND if due.minor < 0 else None
    if found.in_state(ShipmentState.DRAFT, ShipmentState.PICKING):
        return Step.GO_ON_PACKING
    if found.ready:
        return Step.PACK
    if found.in_state(ShipmentState.PACKED):
        return Step.DISPATCH
    if due.minor > 0:
        return Step.PAY
    if due.minor < 0:
        return Step.REFUND
    return Step.CLOSE if found.order.row.dispatch in _GONE else None
