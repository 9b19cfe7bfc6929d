"""Who reacts to what: one table from an event to the functions that run in the same transaction."""

from collections.abc import Mapping, Sequence

from backoffice.inventory.events import StockCameIn, StockFell
from backoffice.mail.answering import notices, replying
from backoffice.mail.conversations import states as conversations
from backoffice.mail.events import CustomerWrote
from backoffice.orders import stock
from backoffice.orders.events import (
    OrderCancelled,
    OrderCannotBeServed,
    OrderEdited,
    OrderPlaced,
    OrderUnconfirmed,
)
from backoffice.shipping import packing
from backoffice.shipping.events import DispatchUndone, ShipmentShipped, ShipmentVoided, ShipmentWentWrong
from backoffice.shipping.queries import facts as parcels
from backoffice.store.unit_of_work import Reaction, UnitOfWork


def serve_waiting_orders(work: UnitOfWork, news: StockCameIn) -> None:
    """Stock that came in goes to the orders that wait for it."""
    stock.serve_waiting(work, news.product_id)


def withdraw_what_is_gone(work: UnitOfWork, news: StockFell) -> None:
    """Stock that broke or was counted away is no longer promised to anybody."""
    stock.withdraw_promises(work, news.product_id)


def promise_again_what_is_there(work: UnitOfWork, news: ShipmentVoided) -> None:
    """Units of a parcel taken back stay promised as far as the shelf really has them."""
    for product_id in {line.product_id for line in parcels.lines(work.session, news.shipment_id)} - {None}:
        assert product_id is not None
        stock.withdraw_promises(work, product_id)


def note_what_is_missing(work: UnitOfWork, news: OrderCannotBeServed) -> None:
    """An order that cannot be served says so in its history."""
    work.record(
        "order.short", order_id=news.order_id, product_id=news.product_id, missing=news.missing, oversold=news.oversold
    )


def withdraw_parcels(work: UnitOfWork, news: OrderCancelled | OrderEdited | OrderUnconfirmed) -> None:
    """Parcels being picked for an order that was cancelled, changed or made a draft again are given up."""
    packing.withdraw(work, news.order_id)


def wake_conversations(work: UnitOfWork, news: OrderCancelled | OrderEdited) -> None:
    """Whoever put a conversation about an order off until something happens to it sees it again."""
    conversations.wake_for_order(work, news.order_id)


def wake_conversations_of_parcel(work: UnitOfWork, news: ShipmentShipped | ShipmentWentWrong) -> None:
    """The same, for the orders of a parcel that left or did not arrive."""
    for order_id in {line.order_id for line in parcels.lines(work.session, news.shipment_id)}:
        conversations.wake_for_order(work, order_id)


REACTIONS: Mapping[type, Sequence[Reaction]] = {
    StockCameIn: (serve_waiting_orders,),
    StockFell: (withdraw_what_is_gone,),
    ShipmentVoided: (promise_again_what_is_there,),
    OrderCannotBeServed: (note_what_is_missing,),
    OrderCancelled: (withdraw_parcels, wake_conversations),
    OrderEdited: (withdraw_parcels, wake_conversations),
    OrderUnconfirmed: (withdraw_parcels,),
    OrderPlaced: (notices.received,),
    ShipmentShipped: (wake_conversations_of_parcel, notices.dispatched),
    DispatchUndone: (notices.undispatched,),
    ShipmentWentWrong: (wake_conversations_of_parcel,),
    CustomerWrote: (replying.overtaken,),
}
