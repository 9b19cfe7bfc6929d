"""Labels laid out on their stock: cell after cell, page after page, moved by the printer's offset."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar

from backoffice.core.errors import Refused
from backoffice.core.language import Language
from backoffice.shipping.documents.content import Printed
from backoffice.shipping.documents.paper import Cancelled, Paper, Printing, Progress, pdf, steps
from backoffice.shipping.documents.stock import Cell, Offset, Stock

T = TypeVar("T")


class Sheets:
    """Pages of one stock and the cell in turn. Made by `on_sheets()`."""

    def __init__(self, printing: Printing, stock: Stock, start: int, offset: Offset | None) -> None:
        self.paper: Paper = printing.paper
        self.cell: Cell = stock.cell(start, offset)
        self._printing = printing
        self._stock = stock
        self._start = start
        self._offset = offset

    @property
    def printed(self) -> Printed:
        """The finished file; ask after the with block."""
        return self._printing.printed

    def each(self, items: Sequence[T], progress: Progress, cancelled: Cancelled) -> Iterator[T]:
        """The items one by one, `cell` being the place of each; pages end when they are full."""
        for place, item in enumerate(steps(items, progress, cancelled), self._start):
            if place % self._stock.per_page == 0 and place != self._start:
                self.paper.next_page()
            self.cell = self._stock.cell(place, self._offset)
            yield item
        self.paper.next_page()


@contextmanager
def on_sheets(
    file: Path,
    stock: Stock,
    *,
    title: str,
    made_on: date,
    language: Language,
    start: int,
    offset: Offset | None,
) -> Iterator[Sheets]:
    """A PDF on this stock from cell `start` on; Refused("shipping.cell-unknown") if the sheet has no such cell."""
    if not 0 <= start < stock.per_page:
        raise Refused("shipping.cell-unknown", cell=start + 1, cells=stock.per_page, stock=stock.name)
    with pdf(file, stock.page, title=title, made_on=made_on, language=language.code) as printing:
        yield Sheets(printing, stock, start, offset)
