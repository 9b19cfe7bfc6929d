"""How many things need somebody behind each word of the sidebar."""

from backoffice.today.queries import attention
from ui.kit.context import AppContext


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
