"""A parcel's way after packing: it leaves, arrives, is lost, comes back, or is taken back."""

from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.inventory import ledger
from backoffice.orders import counters
from backoffice.orders.queries import facts as orders
from backoffice.shipping.events import ShipmentShipped, ShipmentVoided, ShipmentWentWrong
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.packing import become, set_values
from backoffice.shipping.queries import facts
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

    Refuses `shipping.not-packed`, `shipping.bad-tracking`, and `inventory.not-enough` where the shelf is short.
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
    set_values(work, shipment_id, shipped_at=work.now, label_cost=label_cost.minor if label_cost else None)
    if tracking:
        set_tracking(work, shipment_id, tracking, carrier_id=carrier_id)
    _tell(work, head, "shipment.shipped", tracking=tracking)
    work.happened(ShipmentShipped(shipment_id))


def set_tracking(work: UnitOfWork, shipment_id: int, tracking: str, *, carrier_id: int | None = None) -> None:
    """Notes the tracking number, typed or scanned. Refuses `shipping.bad-tracking` above 60 plain characters."""
    tracking = tracking.strip()
    if not (tracking.isascii() and tracking.isprintable() and 0 < len(tracking) <= 60):
        raise Refused("shipping.bad-tracking")
    values = {"tracking": tracking} | ({"carrier_id": carrier_id} if carrier_id is not None else {})
    set_values(work, shipment_id, **values)


def deliver(work: UnitOfWork, shipment_id: int) -> None:
    """The parcel arrived. Refuses `shipping.not-shipped`."""
    head = facts.head(work.session, shipment_id)
    become(work, head, ShipmentState.DELIVERED, only_from=ShipmentState.SHIPPED, code="shipping.not-shipped")
    for line in facts.lines(work.session, shipment_id):
        counters.count(work, line.order_line_id, "delivered", line.quantity)
    set_values(work, shipment_id, delivered_at=work.now)
    _tell(work, head, "shipment.delivered")


def went_wrong(work: UnitOfWork, shipment_id: int, state: ShipmentState) -> None:
    """The parcel was lost or came back to us. Refuses `shipping.not-shipped`."""
    if state not in WENT_WRONG:
        raise ValueError(state)
    head = facts.head(work.session, shipment_id)
    become(work, head, state, only_from=ShipmentState.SHIPPED, code="shipping.not-shipped")
    _tell(work, head, f"shipment.{state.value.replace('_', '-')}")
    work.happened(ShipmentWentWrong(shipment_id, state))


def void(work: UnitOfWork, shipment_id: int) -> None:
    """Takes a parcel back without loss: stock, allocation and counters are as before it was packed.

    Refuses `shipping.not-voidable` for a parcel that arrived, went wrong, or is void already.
    """
    head = facts.head(work.session, shipment_id)
    if head.state not in (ShipmentState.DRAFT, ShipmentState.PICKING, ShipmentState.PACKED, ShipmentState.SHIPPED):
        raise Refused("shipping.not-voidable", number=head.number, state=head.state)
    become(work, head, ShipmentState.VOID, only_from=head.state, code="shipping.not-voidable")
    for line in facts.lines(work.session, shipment_id):
        if head.state is ShipmentState.SHIPPED:
            _bring_back(work, head, line)
        if head.state in (ShipmentState.SHIPPED, ShipmentState.PACKED):
            counters.count(work, line.order_line_id, "packed", -line.quantity)
    set_values(work, shipment_id, voided_at=work.now)
    _tell(work, head, "shipment.voided")
    work.happened(ShipmentVoided(shipment_id))


def _bring_back(work: UnitOfWork, head: facts.ShipmentHead, line: facts.ParcelLine) -> None:
    counters.count_shipped(work, line.order_line_id, -line.quantity, from_allocation=-line.from_stock)
    if line.product_id is not None:
        ledger.unship(
            work,
            line_id=line.order_line_id,
            product_id=line.product_id,
            quantity=line.from_stock,
            reference=head.number,
            order=orders.head(work.session, line.order_id).number,
        )


def _tell(work: UnitOfWork, head: facts.ShipmentHead, verb: str, **more: object) -> None:
    for order_id in dict.fromkeys(line.order_id for line in facts.lines(work.session, head.id)):
        counters.refresh(work, order_id)
        work.record(
            verb, order_id=order_id, customer_id=head.customer_id, shipment_id=head.id, number=head.number, **more
        )
