"""The columns of the list of customers, in the window and in its file."""

from collections.abc import Sequence

from backoffice.core.calendar import local_day
from backoffice.customers.queries import CustomerRow
from ui.kit.context import AppContext
from ui.kit.table import Column
from ui.kit.text import Chip
from ui.shared.foreign import calm_line

CALL_BACK = "call_back_at"
LESS_FOR_CALLS = ("email", "country", "last_order_at")
"""What makes room for the time of a call-back in its view."""


def columns(app: AppContext) -> list[Column]:
    """All there are; those with `shown=False` wait in the column chooser, or for their view."""
    words = app.words
    return [
        Column("name", words("Name"), sort="name", stretch=True, show=who, strong=True),
        Column("company", words("Company"), width=140, shown=False, show=lambda row: calm_line(row.company)),
        Column(CALL_BACK, words("Call back"), "chip", width=196, shown=False, show=lambda row: call_back(app, row)),
        Column("country", words("Country"), "country", width=104),
        Column("email", words("E-mail"), width=168, show=lambda row: calm_line(row.email)),
        Column("order_count", words("Orders"), "number", sort="orders", width=66),
        Column("last_order_at", words("Last order"), "day_of", sort="last_order", width=112),
        Column("tags", words("Tags"), width=120, shown=False, show=lambda row: calm_line(", ".join(row.tags))),
        Column("language", words("Language"), width=84, shown=False, show=lambda row: calm_line(row.language)),
    ]


def who(row: CustomerRow) -> str:
    """Name and company as far as there are any, else the e-mail address."""
    return calm_line(", ".join(filter(None, (row.name, row.company)))) or calm_line(row.email) or f"#{row.id}"


def call_back(app: AppContext, row: CustomerRow) -> Chip | str:
    """When somebody waits to be called, in the bad tone once it is due."""
    if row.call_back_at is None:
        return ""
    due = row.call_back_at <= app.shop.clock.now()
    return Chip(app.format.moment(row.call_back_at), "bad" if due else "note")


def titles(app: AppContext) -> list[str]:
    """The first line of the list's file."""
    words = app.words
    return [
        words("Name"), words("Company"), words("E-mail"), words("Country"), words("Postcode"), words("Language"),
        words("Orders"), words("Last order"), words("Tags"),
    ]  # fmt: skip


def cells(app: AppContext, row: CustomerRow) -> Sequence[str]:
    """A customer in the list's file; days as programs read them."""
    last = "" if row.last_order_at is None else local_day(row.last_order_at, app.format.zone).isoformat()
    known = (row.name, row.company, row.email, row.country, row.postcode, row.language)
    return [*known, str(row.order_count), last, ", ".join(row.tags)]
