"""What the orders ask first, asked in the job that opens the shop: the engine compiles the queries there."""

from backoffice.core.calendar import local_day
from backoffice.customers import queries as customers
from backoffice.customers.card.queries import card
from backoffice.orders.queries import lists
from backoffice.settings.queries import profile
from backoffice.shop import Shop
from ui.orders import reading

_FIRST, _ALL = {"view": "ship-by", "sort": "promised"}, {"view": "all", "sort": "placed", "descending": True}


def ask(shop: Shop) -> None:
    """Asks for the first pages, the counts and one order, and throws the answers away."""
    day = local_day(shop.clock.now(), shop.ask(profile).zone)
    shop.ask(lists.channels)
    shop.ask(lists.counts, today=day)
    for wanted in (_FIRST, _ALL):
        shop.ask(lists.count, view=wanted["view"], today=day)
        for row in shop.ask(lists.page, **wanted, today=day, limit=1).rows:
            found = shop.ask(reading.read, row.id, today=day)
            if found.order.buyer is not None:
                shop.ask(card, shop.ask(customers.living, found.order.buyer.id))
