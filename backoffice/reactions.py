"""Who reacts to what: one table from an event to the functions that run in the same transaction."""

from collections.abc import Mapping, Sequence

from backoffice.inventory.events import StockCameIn
from backoffice.orders import stock
from backoffice.orders.events import OrderCancelled, OrderCannotBeServed, OrderEdited
from backoffice.shipping import packing
from backoffice.store.unit_of_work import Reaction, UnitOfWork


def serve_waiting_orders(work: UnitOfWork, news: StockCameIn) -> None:
    """Stock that came in goes to the orders that wait for it."""
    stock.serve_waiting(work, news.product_id)


def note_what_is_missing(work: UnitOfWork, news: OrderCannotBeServed) -> None:
    """An order that cannot be served says so in its history."""
    work.record(
        "order.short", order_id=news.order_id, product_id=news.product_id, missing=news.missing, oversold=news.oversold
    )


def withdraw_parcels(work: UnitOfWork, news: OrderCancelled | OrderEdited) -> None:
    """Parcels being picked for an order that was cancelled or changed are given up."""
    packing.withdraw(work, news.order_id)


REACTIONS: Mapping[type, Sequence[Reaction]] = {
    StockCameIn: (serve_waiting_orders,),
    OrderCannotBeServed: (note_what_is_missing,),
    OrderCancelled: (withdraw_parcels,),
    OrderEdited: (withdraw_parcels,),
}
