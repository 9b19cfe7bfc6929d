"""What the panes and the packing table of the dispatch screen show, each read in one go."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from backoffice.core.customs_areas import needs_declaration
from backoffice.core.language import Language
from backoffice.orders.queries import facts, lists, whole
from backoffice.settings.queries import profile
from backoffice.shipping import missing
from backoffice.shipping.missing import Reason
from backoffice.shipping.queries import customs, parcel_lists, parcels, queue, to_send
from backoffice.shipping.queries.parcel_lists import ParcelListRow
from backoffice.shipping.queries.parcels import ParcelRow
from backoffice.shipping.queries.queue import QueueRow
from backoffice.shipping.queries.to_send import Place, SendLine
from backoffice.store import journal


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order on its way out. `together` are the customer's other orders that could share its parcel."""

    row: QueueRow
    order: whole.WholeOrder
    lines: list[SendLine]
    reasons: list[Reason]
    parcels: list[ParcelListRow]
    together: list[QueueRow]
    home: str


@dataclass(frozen=True, slots=True)
class ParcelPage:
    """A parcel with where its goods lie, what its customers wrote, and its history."""

    row: ParcelListRow
    parcel: ParcelRow
    places: dict[int, Place]
    notes: list[str]
    gifts: list[str]
    history: list[journal.Happening]
    home: str
    crosses: bool
    """Whether it goes across a customs border."""


def order(session: Any, order_id: int, *, today: date, language: Language) -> OrderPage:
    """Refuses `orders.unknown`."""
    found = whole.order(session, order_id)
    row = queue.queue_rows(session, [order_id], today=today)[0]
    ids = [parcel.id for parcel in parcels.of_order(session, order_id)]
    return OrderPage(
        row=row,
        order=found,
        lines=to_send.lines(session, order_id),
        reasons=missing.reasons_of(session, row, language=language),
        parcels=parcel_lists.rows_of(session, ids),
        together=_together(session, row, today),
        home=profile(session).country,
    )


def parcel(session: Any, shipment_id: int) -> ParcelPage:
    """Refuses `shipping.unknown`."""
    found = parcels.parcel(session, shipment_id)
    bought = [facts.columns(session, order_id, ("notes", "gift_message")) for order_id in found.orders]
    products = list({line.product_id for line in found.lines if line.product_id is not None})
    home = customs.home_of(session)
    return ParcelPage(
        row=parcel_lists.rows_of(session, [shipment_id])[0],
        parcel=found,
        places=to_send.places(session, products),
        notes=[notes for notes, _gift in bought if notes.strip()],
        gifts=[gift for _notes, gift in bought if gift.strip()],
        history=journal.timeline(session, subject="shipment_id", record_id=shipment_id, limit=60),
        home=home[0],
        crosses=needs_declaration(home, (found.ship_to.country, found.ship_to.postcode)),
    )


def _together(session: Any, row: QueueRow, today: date) -> list[QueueRow]:
    """The customer's other open orders to the same address."""
    if row.order.customer_id is None or row.shipment_id is not None:
        return []
    theirs = lists.of_customer(session, row.order.customer_id, limit=50)
    ids = [each.id for each in theirs if each.status == "open" and each.dispatch in lists.ON_THE_WAY]
    if len(ids) < 2:
        return []
    groups = queue.together(queue.queue_rows(session, ids, today=today))
    for group in groups:
        if any(each.id == row.id for each in group):
            return [each for each in group if each.id != row.id]
    return []
