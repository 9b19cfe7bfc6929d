"""What Today asks first, asked in the job that opens the shop: the engine compiles its queries there."""

from backoffice.shop import Shop
from backoffice.today.queries import attention, is_new, today


def ask(shop: Shop) -> None:
    """Asks and throws the answers away."""
    now = shop.clock.now()
    shop.ask(today, now=now)
    shop.ask(is_new)
    shop.ask(attention, now=now)
