"""What dispatch asks first, asked away from the main thread: the engine compiles the queries there."""

from backoffice.core.calendar import local_day
from backoffice.core.language import Language
from backoffice.orders.queries import lists
from backoffice.settings.queries import profile
from backoffice.shipping.queries import parcel_lists, queue
from backoffice.shop import Shop
from ui.dispatch import reading


def ask(shop: Shop) -> None:
    """Asks for the counts, the first page of the queue, one order and one parcel, and throws the answers away."""
    known = shop.ask(profile)
    day = local_day(shop.clock.now(), known.zone)
    shop.ask(lists.counts, today=day)
    shop.ask(parcel_lists.counts, today=day)
    shop.ask(queue.count, today=day)
    for row in shop.ask(queue.queue, today=day, limit=1).rows:
        shop.ask(reading.order, row.id, today=day, language=Language(known.language))
    for parcel in shop.ask(parcel_lists.page, today=day, limit=1).rows:
        shop.ask(reading.parcel, parcel.id)
