"""How many things need somebody behind each word of the sidebar."""

from backoffice.mail.conversations.queries import lists as conversations
from backoffice.today.queries import attention
from ui.kit.context import AppContext


def inbox(app: AppContext) -> int:
    """Who waits for an answer; beyond a thousand it says a thousand."""
    waiting = conversations.Narrowed(now=app.shop.clock.now())
    found: int | None = app.ask(conversations.count, waiting, view="answer")
    return conversations.COUNTED_UP_TO if found is None else found


def orders(app: AppContext) -> int:
    return _count(app, "orders")


def dispatch(app: AppContext) -> int:
    return _count(app, "dispatch")


def products(app: AppContext) -> int:
    return _count(app, "products")


def customers(app: AppContext) -> int:
    return _count(app, "customers")


def _count(app: AppContext, key: str) -> int:
    return app.ask(attention, now=app.shop.clock.now())[key]
