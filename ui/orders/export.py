"""The list of orders as a CSV file: the view and filters as shown, every column."""

from pathlib import Path
from typing import Any

from backoffice.core.money import Money
from backoffice.orders import words as trade
from backoffice.orders.queries import lists
from ui.kit.context import AppContext
from ui.shared.list_file import write_list

PAGE = 1000


def write(app: AppContext, path: str, arguments: dict[str, Any]) -> None:
    """Writes the orders that `lists.page` answers for these arguments, in a job; the file is whole or not there."""

    def said(done: int) -> str:
        text = app.plural("{n} order written to {file}", "{n} orders written to {file}", done)
        return text.format(file=Path(path).name)

    write_list(
        app,
        path,
        _titles(app),
        page=lambda after: app.ask(lists.page, **arguments, after=after, limit=PAGE),
        cells=lambda row: _cells(app, row),
        said=said,
    )


def _titles(app: AppContext) -> list[str]:
    words = app.words
    return [
        words("Number"), words("Channel"), words("Channel's number"), words("Placed"), words("Customer"),
        words("Country"), words("Currency"), words("Total"), words("Status"), words("Payment"), words("Dispatch"),
        words("Leave by"),
    ]  # fmt: skip


def _cells(app: AppContext, row: lists.OrderRow) -> list[str]:
    """Days and amounts as every spreadsheet and program reads them: 2026-11-22, 12.34."""
    words = app.words
    return [
        row.number,
        row.channel,
        row.external_number,
        row.placed_at.isoformat(),
        row.customer,
        row.country,
        row.currency,
        str(Money(row.total, row.currency)),
        words(trade.STATUS[row.status]),
        words(trade.PAYMENT[row.payment]),
        words(trade.DISPATCH[row.dispatch]),
        row.promised_dispatch.isoformat() if row.promised_dispatch else "",
    ]
