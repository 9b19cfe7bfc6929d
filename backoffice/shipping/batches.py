"""A batch of dispatch: many orders begun, packed or dispatched, each in a transaction of its own.

One that is refused does not hold up the others. A batch that was stopped or cut off is asked for again with the same
orders: what is done already is found done.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session

from backoffice.core.crash import crash
from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.orders.queries import facts as orders
from backoffice.shipping import actions, packing
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import facts, queue
from backoffice.store.jobs import Cancelled, Progress, never, nobody_watches
from backoffice.store.unit_of_work import Store, UnitOfWork

GONE = (ShipmentState.SHIPPED, ShipmentState.DELIVERED)


class Came(StrEnum):
    """What came of one order or parcel of a batch."""

    DONE = "done"
    ALREADY = "already"
    REFUSED = "refused"
    LEFT = "left"
    """The batch was stopped before."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One order, several that share a parcel, or one parcel. `number` is what a person knows it by."""

    number: str
    came: Came
    order_ids: tuple[int, ...] = ()
    shipment_ids: tuple[int, ...] = ()
    refusal: Refused | None = None


def proposals(session: Session, order_ids: Sequence[int], *, today: date) -> list[tuple[int, ...]]:
    """Which of these orders could share a parcel, in groups: one customer, one address, something ready in each."""
    groups = queue.together(queue.queue_rows(session, list(order_ids), today=today))
    return [tuple(row.order.id for row in group) for group in groups]


def start_all(
    store: Store,
    order_ids: Sequence[int],
    *,
    together: Sequence[Sequence[int]] = (),
    progress: Progress = nobody_watches,
    cancelled: Cancelled = never,
) -> list[Outcome]:
    """Begins a parcel for each order, so that its slip and label can be printed and its goods scanned.

    `together` are groups, out of `proposals`, that get one parcel each. An order with a parcel in the house has begun
    already. Refusals are those of `packing.start`, order by order.
    """
    groups = _groups(order_ids, together)
    return _each(store, groups, _begin, _numbers, progress=progress, cancelled=cancelled)


def pack_all(
    store: Store,
    order_ids: Sequence[int],
    *,
    together: Sequence[Sequence[int]] = (),
    progress: Progress = nobody_watches,
    cancelled: Cancelled = never,
) -> list[Outcome]:
    """Packs all that is ready of each order; a parcel that was begun is finished as it was begun.

    `together` as in `start_all`. Refusals are those of `packing.start` and `packing.finish`, and
    `shipping.scanning-begun` for a parcel somebody is scanning.
    """
    groups = _groups(order_ids, together)
    return _each(store, groups, _pack, _numbers, progress=progress, cancelled=cancelled)


def ship_all(
    store: Store,
    shipment_ids: Sequence[int],
    *,
    tracking: Mapping[int, str] | None = None,
    label_costs: Mapping[int, Money] | None = None,
    carrier_id: int | None = None,
    progress: Progress = nobody_watches,
    cancelled: Cancelled = never,
) -> list[Outcome]:
    """Dispatches each packed parcel, with its tracking number and what its label cost, both by the parcel's id.

    A parcel that left already is found so; a tracking number that differs is noted. Refusals as in `actions.ship`.
    """
    numbers, costs = tracking or {}, label_costs or {}

    def ship(work: UnitOfWork, ids: tuple[int, ...]) -> tuple[Came, tuple[int, ...]]:
        (shipment_id,) = ids
        head, number = facts.head(work.session, shipment_id), numbers.get(shipment_id, "").strip()
        if head.state in GONE:
            if not number or number == head.tracking:
                return Came.ALREADY, ids
            actions.set_tracking(work, shipment_id, number, carrier_id=carrier_id)
            return Came.DONE, ids
        cost = costs.get(shipment_id)
        actions.ship(work, shipment_id, tracking=number, carrier_id=carrier_id if number else None, label_cost=cost)
        return Came.DONE, ids

    wanted = [(shipment_id,) for shipment_id in dict.fromkeys(shipment_ids)]
    return _each(store, wanted, ship, _parcel_number, progress=progress, cancelled=cancelled)


def take_back_all(
    store: Store, shipment_ids: Sequence[int], *, progress: Progress = nobody_watches, cancelled: Cancelled = never
) -> list[Outcome]:
    """Takes each parcel back without loss; one taken back already is found so. Refusals as in `actions.void`."""
    return _parcels(store, shipment_ids, ShipmentState.VOID, actions.void, progress=progress, cancelled=cancelled)


def undo_dispatch_all(
    store: Store, shipment_ids: Sequence[int], *, progress: Progress = nobody_watches, cancelled: Cancelled = never
) -> list[Outcome]:
    """Each parcel is packed as before it left; one that is so already is found so. As `actions.undo_dispatch`."""
    packed = ShipmentState.PACKED
    return _parcels(store, shipment_ids, packed, actions.undo_dispatch, progress=progress, cancelled=cancelled)


def deliver_all(
    store: Store, shipment_ids: Sequence[int], *, progress: Progress = nobody_watches, cancelled: Cancelled = never
) -> list[Outcome]:
    """Notes each parcel as arrived. Refusals as in `actions.deliver`."""
    arrived = ShipmentState.DELIVERED
    return _parcels(store, shipment_ids, arrived, actions.deliver, progress=progress, cancelled=cancelled)


def _parcels(
    store: Store,
    shipment_ids: Sequence[int],
    state: ShipmentState,
    act: Callable[[UnitOfWork, int], None],
    *,
    progress: Progress,
    cancelled: Cancelled,
) -> list[Outcome]:
    def step(work: UnitOfWork, ids: tuple[int, ...]) -> tuple[Came, tuple[int, ...]]:
        if facts.head(work.session, ids[0]).state is state:
            return Came.ALREADY, ids
        act(work, ids[0])
        return Came.DONE, ids

    wanted = [(shipment_id,) for shipment_id in dict.fromkeys(shipment_ids)]
    return _each(store, wanted, step, _parcel_number, progress=progress, cancelled=cancelled)


def packed_parcels(session: Session, order_ids: Sequence[int]) -> list[int]:
    """The packed parcels of these orders, in their order: what can be dispatched now."""
    found: dict[int, None] = {}
    for order_id in order_ids:
        heads = facts.shipments_of(session, order_id)
        found |= {head.id: None for head in heads if head.state is ShipmentState.PACKED}
    return list(found)


def _each(
    store: Store,
    groups: Sequence[tuple[int, ...]],
    step: Callable[[UnitOfWork, tuple[int, ...]], tuple[Came, tuple[int, ...]]],
    name: Callable[[Session, tuple[int, ...]], tuple[str, tuple[int, ...]]],
    *,
    progress: Progress,
    cancelled: Cancelled,
) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for done, group in enumerate(groups):
        progress(done, len(groups))
        stopped = cancelled()
        number, order_ids = store.ask(name, group)
        if stopped:
            outcomes.append(Outcome(number, Came.LEFT, order_ids))
            continue
        try:
            with store.work() as work:
                came, shipment_ids = step(work, group)
            outcomes.append(Outcome(number, came, order_ids, shipment_ids))
        except Refused as refusal:
            outcomes.append(Outcome(number, Came.REFUSED, order_ids, refusal=refusal))
        crash("dispatch-batch")
    progress(len(groups), len(groups))
    return outcomes


def _groups(order_ids: Sequence[int], together: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Each order once, in the order named; one that shares a parcel where the first of its group is."""
    wanted = dict.fromkeys(order_ids)
    group_of: dict[int, tuple[int, ...]] = {}
    for group in together:
        members = tuple(each for each in dict.fromkeys(group) if each in wanted and each not in group_of)
        group_of |= dict.fromkeys(members, members)
    return list(dict.fromkeys(group_of.get(order_id, (order_id,)) for order_id in wanted))


def _begin(work: UnitOfWork, order_ids: tuple[int, ...]) -> tuple[Came, tuple[int, ...]]:
    here = _in_the_house(work, order_ids)
    if here:
        return Came.ALREADY, tuple(head.id for head in here)
    return Came.DONE, (packing.start(work, order_ids),)


def _pack(work: UnitOfWork, order_ids: tuple[int, ...]) -> tuple[Came, tuple[int, ...]]:
    here = _in_the_house(work, order_ids)
    begun = [head for head in here if head.state is not ShipmentState.PACKED]
    for head in begun:
        lines = facts.lines(work.session, head.id)
        scanned = sum(line.scanned for line in lines)
        if 0 < scanned < sum(line.quantity for line in lines):
            raise Refused("shipping.scanning-begun", number=head.number)
        packing.finish(work, head.id)
    if begun:
        return Came.DONE, tuple(head.id for head in begun)
    packed = tuple(head.id for head in here)
    if packed and not any(packing.packable(work, order_id) for order_id in order_ids):
        return Came.ALREADY, packed
    return Came.DONE, (packing.pack_together(work, order_ids),)


def _in_the_house(work: UnitOfWork, order_ids: tuple[int, ...]) -> list[facts.ShipmentHead]:
    """The orders' parcels that have not left, oldest first."""
    here = (ShipmentState.DRAFT, ShipmentState.PICKING, ShipmentState.PACKED)
    heads = {head.id: head for order_id in order_ids for head in facts.shipments_of(work.session, order_id)}
    return [heads[each] for each in sorted(heads) if heads[each].state in here]


def _numbers(session: Session, order_ids: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    return ", ".join(_order_number(session, order_id) for order_id in order_ids), order_ids


def _order_number(session: Session, order_id: int) -> str:
    try:
        return orders.head(session, order_id).number
    except Refused:
        return str(order_id)


def _parcel_number(session: Session, ids: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    try:
        head = facts.head(session, ids[0])
    except Refused:
        return str(ids[0]), ()
    return head.number, tuple(dict.fromkeys(line.order_id for line in facts.lines(session, head.id)))
