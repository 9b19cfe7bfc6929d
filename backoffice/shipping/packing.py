"""From order to parcel: what goes in, scanned or taken as picked, one order or several of one customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.orders import counters
from backoffice.orders.model import Order, OrderStatus
from backoffice.orders.queries import facts as orders
from backoffice.orders.writing import address_columns
from backoffice.settings import actions as settings_actions
from backoffice.settings import queries as settings
from backoffice.shipping.model import Shipment, ShipmentLine, ShipmentState
from backoffice.shipping.queries import facts
from backoffice.store import rows, search
from backoffice.store.prepared import Prepared
from backoffice.store.unit_of_work import UnitOfWork

_S = rows.table_of(Shipment).c
_SL = rows.table_of(ShipmentLine).c
_O = rows.table_of(Order).c
_STATE = Prepared(
    sa.update(Shipment)
    .where(_S.id == sa.bindparam("shipment"), _S.state == sa.bindparam("was", type_=_S.state.type))
    .values(state=sa.bindparam("becomes", type_=_S.state.type), version=_S.version + 1)
)


@dataclass(frozen=True, slots=True)
class Packable:
    """Units of an order line that can go into a parcel now."""

    order_id: int
    order_line_id: int
    product_id: int | None
    quantity: int


def packable(work: UnitOfWork, order_id: int) -> list[Packable]:
    """What of an open order is promised, on the shelf and in no parcel yet; lines without a product need no stock."""
    if orders.head(work.session, order_id).status is not OrderStatus.OPEN:
        return []
    planned = facts.planned(work.session, order_id)
    shelf = orders.on_shelf(work.session, [order_id])
    found = []
    for line in orders.lines(work.session, order_id):
        if line.product_id is None:
            ready = line.ordered - line.cancelled - line.packed
        else:
            ready = shelf.get(line.id, line.allocated + line.shipped - line.packed)
        free = ready - planned.get(line.id, 0)
        if free > 0 and line.requires_shipping:
            found.append(Packable(order_id, line.id, line.product_id, free))
    return found


def check_open(order: orders.Head) -> None:
    """Refuses `shipping.not-open` for an order of which nothing may be packed or leave: held, closed, cancelled."""
    if order.status is not OrderStatus.OPEN:
        raise Refused("shipping.not-open", number=order.number, status=order.status)


def start(work: UnitOfWork, order_ids: Sequence[int], *, only: Mapping[int, int] | None = None) -> int:
    """A parcel to be picked, for one order or several that go to one address; its id.

    `only` narrows it to {order line id: units}. Refuses `shipping.not-open`, `shipping.nothing-to-pack`,
    `shipping.two-addresses`, and `shipping.too-many` where `only` asks for more than can be packed.
    """
    wanted: list[Packable] = []
    for order_id in dict.fromkeys(order_ids):
        check_open(orders.head(work.session, order_id))
        wanted += packable(work, order_id)
    if only is not None:
        wanted = _narrowed(wanted, only)
    if not wanted:
        numbers = ", ".join(orders.head(work.session, order_id).number for order_id in order_ids)
        raise Refused("shipping.nothing-to-pack", number=numbers)
    shipment_id, number = _insert(work, list(dict.fromkeys(order_ids)))
    rows.insert_many(
        work,
        ShipmentLine,
        [
            {
                "shipment_id": shipment_id,
                "order_id": item.order_id,
                "order_line_id": item.order_line_id,
                "product_id": item.product_id,
                "quantity": item.quantity,
                "from_stock": item.quantity if item.product_id is not None else 0,
            }
            for item in wanted
        ],
    )
    for order_id in dict.fromkeys(item.order_id for item in wanted):
        work.record("shipment.started", order_id=order_id, shipment_id=shipment_id, number=number)
    return shipment_id


def finish(work: UnitOfWork, shipment_id: int) -> None:
    """The parcel is packed: the orders' lines count it.

    Refuses `shipping.not-picking`, `shipping.not-open` for an order put on hold meanwhile, and `orders.counter` where
    the stock promised to a line went elsewhere meanwhile.
    """
    head = facts.head(work.session, shipment_id)
    become(work, head, ShipmentState.PACKED, only_from=ShipmentState.PICKING, code="shipping.not-picking")
    touched: dict[int, None] = {}
    for line in facts.lines(work.session, shipment_id):
        counters.count(work, line.order_line_id, "packed", line.quantity)
        touched[line.order_id] = None
    set_values(work, shipment_id, packed_at=work.now)
    for order_id in touched:
        check_open(counters.refresh(work, order_id))
        work.record(
            "shipment.packed",
            order_id=order_id,
            customer_id=head.customer_id,
            shipment_id=shipment_id,
            number=head.number,
        )


def pack(work: UnitOfWork, order_id: int, *, only: Mapping[int, int] | None = None) -> int:
    """Picks and packs in one step all that is ready of one order; the shipment's id. Refusals as in `start`."""
    shipment_id = start(work, [order_id], only=only)
    finish(work, shipment_id)
    return shipment_id


def pack_together(work: UnitOfWork, order_ids: Sequence[int]) -> int:
    """Several orders to one address in one parcel; the shipment's id. Refusals as in `start`."""
    shipment_id = start(work, order_ids)
    finish(work, shipment_id)
    return shipment_id


def become(
    work: UnitOfWork, head: facts.ShipmentHead, state: ShipmentState, *, only_from: ShipmentState, code: str
) -> None:
    """Moves a shipment on; refuses `code` from any other state, also when somebody else was quicker."""
    refusal = Refused(code, number=head.number, state=head.state)
    if head.state is not only_from:
        raise refusal
    rows.change_one(work, Shipment, _STATE, refusal, shipment=head.id, was=only_from, becomes=state)


def set_values(work: UnitOfWork, shipment_id: int, **values: Any) -> None:
    """Writes plain columns of a shipment."""
    rows.set_values(work, Shipment, shipment_id, **values)


def _narrowed(wanted: list[Packable], only: Mapping[int, int]) -> list[Packable]:
    free = {item.order_line_id: item for item in wanted}
    narrowed = []
    for line_id, units in only.items():
        item = free.get(line_id)
        if units <= 0 or item is None or units > item.quantity:
            raise Refused("shipping.too-many", units=units, free=item.quantity if item else 0)
        narrowed.append(Packable(item.order_id, line_id, item.product_id, units))
    return narrowed


def _insert(work: UnitOfWork, order_ids: list[int]) -> tuple[int, str]:
    """The parcel's head; address, service and carrier come from the first order, and all must agree on the address."""
    found = [orders.destination(work.session, order_id) for order_id in order_ids]
    first = found[0]
    if len(found) > 1 and len({(order.customer_id, order.ship_to.key()) for order in found}) > 1:
        raise Refused("shipping.two-addresses", numbers=", ".join(order.number for order in found))
    option = next((row for row in settings.delivery_options(work.session) if row.id == first.delivery_option_id), None)
    number = settings_actions.take_number(work, "shipment")
    shipment_id = rows.insert(
        work,
        Shipment,
        number=number,
        customer_id=first.customer_id,
        state=ShipmentState.PICKING,
        carrier_id=option.carrier_id if option else None,
        service=option.name if option else first.delivery_name,
        created_at=work.now,
        **address_columns("ship", first.ship_to),
    )
    search.put(
        work.session,
        kind="shipment",
        record_id=shipment_id,
        title=number,
        text=" ".join([number, *(order.number for order in found), first.ship_to.name]),
    )
    return shipment_id, number


def withdraw(work: UnitOfWork, order_id: int) -> None:
    """Takes an order's lines out of parcels still being picked; a parcel left empty is void."""
    for shipment in facts.shipments_of(work.session, order_id):
        if shipment.state not in (ShipmentState.DRAFT, ShipmentState.PICKING):
            continue
        statement = sa.delete(ShipmentLine).where(_SL.shipment_id == shipment.id, _SL.order_id == order_id)
        rows.change(work, ShipmentLine, statement)
        if not facts.lines(work.session, shipment.id):
            become(work, shipment, ShipmentState.VOID, only_from=shipment.state, code="shipping.not-voidable")
            set_values(work, shipment.id, voided_at=work.now)
            work.record("shipment.voided", order_id=order_id, shipment_id=shipment.id, number=shipment.number)
