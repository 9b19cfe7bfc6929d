"""A parcel's way after packing: it leaves, arrives, is lost, comes back, or is taken back."""

from typing import Any

from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.inventory import ledger
from backoffice.orders import counters
from backoffice.orders.model import OrderStatus
from backoffice.orders.queries import facts as orders
from backoffice.settings import queries as settings
from backoffice.settings.model import Carrier
from backoffice.shipping.events import DispatchUndone, ShipmentShipped, ShipmentVoided, ShipmentWentWrong
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.packing import become, check_open, set_values
from backoffice.shipping.queries import customs, facts
from backoffice.store.unit_of_work import UnitOfWork

WENT_WRONG = (ShipmentState.LOST, ShipmentState.RETURNED_TO_SENDER)


def ship(
    work: UnitOfWork,
    shipment_id: int,
    *,
    tracking: str = "",
    carrier_id: int | None = None,
    label_cost: Money | None = None,
) -> None:
    """The parcel leaves: stock and allocation go down together, the orders count it as shipped.

    Refuses `shipping.not-packed`, `shipping.not-open` for an order on hold, `shipping.bad-tracking`,
    `shipping.bad-label-cost` for another currency than the shop's, and `inventory.not-enough` where the shelf is short.
    """
    head = facts.head(work.session, shipment_id)
    become(work, head, ShipmentState.SHIPPED, only_from=ShipmentState.PACKED, code="shipping.not-packed")
    for line in facts.lines(work.session, shipment_id):
        if line.product_id is not None:
            ledger.ship(
                work,
                line_id=line.order_line_id,
                product_id=line.product_id,
                quantity=line.quantity,
                reference=head.number,
            )
        counters.count_shipped(work, line.order_line_id, line.quantity, from_allocation=line.from_stock)
    values = _label_values(work, label_cost)
    if tracking:
        values |= _tracking_values(work, tracking, carrier_id)
    set_values(work, shipment_id, shipped_at=work.now, **values)
    _tell(work, head, "shipment.shipped", only_open=True, tracking=tracking.strip())
    work.happened(ShipmentShipped(shipment_id))


def undo_dispatch(work: UnitOfWork, shipment_id: int) -> None:
    """A parcel marked as dispatched by mistake is packed again: number, tracking, labels stay; stock goes back.

    Refuses `shipping.not-shipped` for one that is not on its way (arrived, lost, come back, never dispatched),
    `shipping.handed-over` where its customs papers went to the carrier on a manifest, and `shipping.order-closed`.
    """
    head = facts.head(work.session, shipment_id)
    become(work, head, ShipmentState.PACKED, only_from=ShipmentState.SHIPPED, code="shipping.not-shipped")
    if customs.declared_to_carrier(work.session, shipment_id):
        raise Refused("shipping.handed-over", number=head.number)
    for line in facts.lines(work.session, shipment_id):
        _bring_back(work, head, line, _open_again(work, line.order_id))
    set_values(work, shipment_id, shipped_at=None, written_back_at=None)
    _tell(work, head, "shipment.dispatch-undone")
    work.happened(DispatchUndone(shipment_id))


def set_tracking(work: UnitOfWork, shipment_id: int, tracking: str, *, carrier_id: int | None = None) -> None:
    """Notes the tracking number, typed or scanned; a channel that was told another one is told again.

    Refuses `shipping.bad-tracking` above 60 plain characters, `settings.unknown` for a carrier that is not there.
    """
    head = facts.head(work.session, shipment_id)
    values = _tracking_values(work, tracking, carrier_id)
    if head.tracking != tracking.strip():
        values["written_back_at"] = None
    set_values(work, shipment_id, **values)
    _record(work, head, "shipment.tracking", tracking=tracking.strip())


def deliver(work: UnitOfWork, shipment_id: int) -> None:
    """The parcel arrived. Refuses `shipping.not-shipped`. Inverse: `back_on_its_way`."""
    head = facts.head(work.session, shipment_id)
    become(work, head, ShipmentState.DELIVERED, only_from=ShipmentState.SHIPPED, code="shipping.not-shipped")
    for line in facts.lines(work.session, shipment_id):
        counters.count(work, line.order_line_id, "delivered", line.quantity)
    set_values(work, shipment_id, delivered_at=work.now)
    _tell(work, head, "shipment.delivered")


def went_wrong(work: UnitOfWork, shipment_id: int, state: ShipmentState) -> None:
    """The parcel was lost or came back to us. Refuses `shipping.not-shipped`. Inverse: `back_on_its_way`."""
    if state not in WENT_WRONG:
        raise ValueError(state)
    head = facts.head(work.session, shipment_id)
    become(work, head, state, only_from=ShipmentState.SHIPPED, code="shipping.not-shipped")
    _tell(work, head, f"shipment.{state.value.replace('_', '-')}")
    work.happened(ShipmentWentWrong(shipment_id, state))


def back_on_its_way(work: UnitOfWork, shipment_id: int) -> None:
    """A parcel marked as delivered, lost or come back is under way after all: found again, or marked in error.

    Refuses `shipping.not-arrived`.
    """
    head = facts.head(work.session, shipment_id)
    if head.state not in (ShipmentState.DELIVERED, *WENT_WRONG):
        raise Refused("shipping.not-arrived", number=head.number, state=head.state)
    become(work, head, ShipmentState.SHIPPED, only_from=head.state, code="shipping.not-arrived")
    if head.state is ShipmentState.DELIVERED:
        for line in facts.lines(work.session, shipment_id):
            counters.count(work, line.order_line_id, "delivered", -line.quantity)
    set_values(work, shipment_id, delivered_at=None)
    _tell(work, head, "shipment.under-way")


def void(work: UnitOfWork, shipment_id: int) -> None:
    """Takes a parcel back without loss: stock, allocation and counters are as before it was packed.

    Refuses `shipping.not-voidable` for a parcel that arrived, went wrong, or is void already, and
    `shipping.order-closed` where an order in it was closed: it would never be packed again.
    """
    head = facts.head(work.session, shipment_id)
    if head.state not in (ShipmentState.DRAFT, ShipmentState.PICKING, ShipmentState.PACKED, ShipmentState.SHIPPED):
        raise Refused("shipping.not-voidable", number=head.number, state=head.state)
    become(work, head, ShipmentState.VOID, only_from=head.state, code="shipping.not-voidable")
    for line in facts.lines(work.session, shipment_id):
        number = _open_again(work, line.order_id)
        if head.state is ShipmentState.SHIPPED:
            _bring_back(work, head, line, number)
        if head.state in (ShipmentState.SHIPPED, ShipmentState.PACKED):
            counters.count(work, line.order_line_id, "packed", -line.quantity)
    set_values(work, shipment_id, voided_at=work.now)
    _tell(work, head, "shipment.voided")
    work.happened(ShipmentVoided(shipment_id))


def _open_again(work: UnitOfWork, order_id: int) -> str:
    """The number of an order that can still be packed. Refuses `shipping.order-closed`."""
    order = orders.head(work.session, order_id)
    if order.status is OrderStatus.CLOSED:
        raise Refused("shipping.order-closed", number=order.number)
    return order.number


def _bring_back(work: UnitOfWork, head: facts.ShipmentHead, line: facts.ParcelLine, order: str) -> None:
    counters.count_shipped(work, line.order_line_id, -line.quantity, from_allocation=-line.from_stock)
    if line.product_id is not None:
        ledger.unship(
            work,
            line_id=line.order_line_id,
            product_id=line.product_id,
            quantity=line.from_stock,
            reference=head.number,
            order=order,
        )


def _tracking_values(work: UnitOfWork, tracking: str, carrier_id: int | None) -> dict[str, Any]:
    tracking = tracking.strip()
    if not (tracking.isascii() and tracking.isprintable() and 0 < len(tracking) <= 60):
        raise Refused("shipping.bad-tracking")
    if carrier_id is None:
        return {"tracking": tracking}
    work.get(Carrier, carrier_id)
    return {"tracking": tracking, "carrier_id": carrier_id}


def _label_values(work: UnitOfWork, cost: Money | None) -> dict[str, Any]:
    if cost is None:
        return {}
    if cost.currency != settings.profile(work.session).currency or cost.minor < 0:
        raise Refused("shipping.bad-label-cost", cost=cost)
    return {"label_cost": cost.minor}


def _tell(work: UnitOfWork, head: facts.ShipmentHead, verb: str, *, only_open: bool = False, **more: object) -> None:
    """Derives the states of the parcel's orders anew and writes their history."""
    for order_id in _orders(work, head.id):
        order = counters.refresh(work, order_id)
        if only_open:
            check_open(order)
    _record(work, head, verb, **more)


def _record(work: UnitOfWork, head: facts.ShipmentHead, verb: str, **more: object) -> None:
    for order_id in _orders(work, head.id):
        work.record(
            verb, order_id=order_id, customer_id=head.customer_id, shipment_id=head.id, number=head.number, **more
        )


def _orders(work: UnitOfWork, shipment_id: int) -> list[int]:
    return list(dict.fromkeys(line.order_id for line in facts.lines(work.session, shipment_id)))
