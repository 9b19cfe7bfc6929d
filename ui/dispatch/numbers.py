"""What a scanned or typed number means to dispatch: an order, a parcel, or nothing."""

from dataclasses import dataclass

from backoffice.core.errors import Refused
from backoffice.orders.queries import facts as orders
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import parcels
from ui.kit.context import AppContext

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Named:
    """An order, or a parcel with its state; an order with a parcel that is being packed or packed names that one."""

    order_id: int | None = None
    shipment_id: int | None = None
    state: ShipmentState | None = None


def named(app: AppContext, code: str) -> Named | None:
    """None for a code that is no number of ours."""
    code = code.strip()
    if not code or len(code) > _LONGEST:
        return None
    shipment_id = app.ask(parcels.id_of, code)
    if shipment_id is not None:
        return Named(None, shipment_id, app.ask(parcels.parcel, shipment_id).state)
    try:
        order_id = app.ask(orders.id_of, code)
    except Refused:
        return None
    begun = [parcel for parcel in app.ask(parcels.of_order, order_id) if parcel.state is ShipmentState.PICKING]
    if begun:
        return Named(order_id, begun[-1].id, begun[-1].state)
    return Named(order_id)
