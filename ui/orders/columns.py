"""The columns of the list of orders."""

from datetime import date

from PySide6.QtGui import QGuiApplication

from backoffice.core.calendar import local_day
from backoffice.core.money import Money
from backoffice.orders.model import OrderStatus, PaymentStatus
from backoffice.orders.queries.lists import ON_THE_WAY, OrderRow
from ui.kit.context import AppContext
from ui.kit.table import Column
from ui.kit.text import Chip
from ui.shared import chips
from ui.shared.foreign import calm_line

_WIDE = 1500  # pixels of a screen on which the list has room for all that one looks for


def columns(app: AppContext) -> list[Column]:
    """All there are; those with `shown=False` wait in the column chooser, on a wide screen fewer of them."""
    words, language = app.words, app.language
    wide = QGuiApplication.primaryScreen().availableSize().width() >= _WIDE
    dispatch, status = words("Dispatch"), words("Status")
    return [
        Column("number", words("Number"), sort="number", width=84, strong=True),
        Column("external_number", words("Channel's number"), width=120, shown=wide),
        Column("channel", words("Channel"), width=100, show=lambda row: channel(app, row.channel), shown=False),
        Column("placed_at", words("Placed"), width=84, sort="placed", show=lambda row: placed(app, row), shown=wide),
        Column("customer", words("Customer"), width=120, stretch=True, show=lambda row: calm_line(row.customer)),
        Column("earlier", words("Order"), "chip", width=62, show=lambda row: which(app, row)),
        Column("country", words("Country"), "country", width=110, shown=wide),
        Column("total", words("Total"), "money", sort="total", width=95, show=lambda row: total(app, row)),
        Column("state", words("State"), "chip", width=129, show=lambda row: state(app, row)),
        Column("payment", words("Payment"), "chip", width=98, show=lambda row: payment(app, row)),
        Column("dispatch", dispatch, "chip", show=lambda row: chips.dispatch(row.dispatch, language), shown=False),
        Column("status", status, "chip", show=lambda row: chips.status(row.status, language), shown=False),
        Column("promised_dispatch", words("Leave by"), width=92, sort="promised", show=lambda row: promised(app, row)),
    ]


def channel(app: AppContext, code: str) -> str:
    """A channel's name."""
    known = {
        "": app.words("Own entry"),
        "manual": app.words("Own entry"),
        "shopify": "Shopify",
        "woocommerce": "WooCommerce",
    }
    return known.get(code, calm_line(code, most=60))


def which(app: AppContext, row: OrderRow) -> Chip | str:
    """First, second or third order of this customer; nothing for a draft, a cancelled one or an old friend."""
    if row.customer_id is None or row.status in (OrderStatus.DRAFT, OrderStatus.CANCELLED):
        return ""
    names = (app.words("1st"), app.words("2nd"), app.words("3rd"))
    return Chip(names[row.earlier], "accent") if row.earlier < len(names) else ""


def placed(app: AppContext, row: OrderRow) -> str:
    return app.language.near_day(local_day(row.placed_at, app.format.zone), app.format.today)


def total(app: AppContext, row: OrderRow) -> str:
    return app.format.money(Money(row.total, row.currency))


def state(app: AppContext, row: OrderRow) -> Chip:
    """The one state that says most: how far an open order's goods are, else why it is not open."""
    if row.status is OrderStatus.OPEN:
        return chips.dispatch(row.dispatch, app.language)
    return chips.status(row.status, app.language)


def payment(app: AppContext, row: OrderRow) -> Chip | str:
    """Where the money stands; nothing for a cancelled order of which none came."""
    if row.status is OrderStatus.CANCELLED and row.payment is PaymentStatus.UNPAID:
        return ""
    return chips.payment(row.payment, app.language)


def promised(app: AppContext, row: OrderRow) -> Chip | str:
    """The promised day, in the bad tone when an open order is late."""
    if row.promised_dispatch is None:
        return ""
    day = app.language.near_day(row.promised_dispatch, app.format.today)
    return Chip(day, "bad") if late(row, app.format.today) else day


def late(row: OrderRow, today: date) -> bool:
    """Whether an open order should have left before today."""
    waits = row.status is OrderStatus.OPEN and row.dispatch in ON_THE_WAY
    return waits and row.promised_dispatch is not None and row.promised_dispatch < today
