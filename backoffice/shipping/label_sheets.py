"""Label sheets: which cell is free next, and how far a printer is off; taken, given back, set by hand."""

from typing import Any

import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.shipping.documents.stock import Offset, stock_of
from backoffice.shipping.model import LabelSheet
from backoffice.shipping.queries import sheets
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

MOST_OFFSET = 20_000
"""Micrometres: a printer that is further off is set up wrongly."""

_LS = rows.table_of(LabelSheet).c
_THIS = (_LS.stock == sa.bindparam("this_stock"), _LS.printer == sa.bindparam("this_printer"))
_MOVE = sa.update(LabelSheet).where(*_THIS, _LS.next_cell == sa.bindparam("was")).values(next_cell=sa.bindparam("now"))


def set_next_cell(work: UnitOfWork, stock: str, cell: int, *, printer: str = "") -> None:
    """The sheet that lies in the printer begins at `cell`, from 0.

    Refuses `shipping.stock-unknown`, `shipping.cell-unknown`.
    """
    _check(stock, cell)
    _keep(work, stock, printer, next_cell=cell)


def set_offset(work: UnitOfWork, stock: str, *, printer: str, right: int, down: int) -> None:
    """The printer must be pushed by so many micrometres to hit this stock.

    Refuses `shipping.stock-unknown`, and `shipping.bad-offset` beyond 20 mm.
    """
    stock_of(stock)
    if max(abs(right), abs(down)) > MOST_OFFSET:
        raise Refused("shipping.bad-offset", most=MOST_OFFSET // 1000)
    _keep(work, stock, printer, offset_x_um=right, offset_y_um=down)


def take(work: UnitOfWork, stock: str, count: int, *, printer: str = "", start: int | None = None) -> int:
    """`count` cells in a row from `start`, or from the next free one; the first of them.

    The sheet goes on after the last, a used-up one with a new sheet. Refuses `shipping.stock-unknown`,
    `shipping.cell-unknown`.
    """
    known = stock_of(stock)
    first = sheets.sheet(work.session, stock, printer).next_cell if start is None else start
    _check(stock, first)
    if known.per_page > 1:
        _keep(work, stock, printer, next_cell=known.next_cell(first, count))
    return first


def settle(work: UnitOfWork, stock: str, *, printer: str, first: int, taken: int, used: int) -> None:
    """Of the cells taken from `first` only `used` were printed on; the rest is free again, unless somebody went on."""
    known = stock_of(stock)
    was, now = known.next_cell(first, taken), known.next_cell(first, used)
    if was != now:
        rows.change(work, LabelSheet, _MOVE, this_stock=stock, this_printer=printer, was=was, now=now)


def offset_of(sheet: sheets.SheetRow) -> Offset:
    """How far this printer must be pushed, in millimetres, as the documents want it."""
    return Offset(sheet.offset_x_um / 1000, sheet.offset_y_um / 1000)


def _check(stock: str, cell: int) -> None:
    known = stock_of(stock)
    if not 0 <= cell < known.per_page:
        raise Refused("shipping.cell-unknown", cell=cell + 1, cells=known.per_page, stock=known.name)


def _keep(work: UnitOfWork, stock: str, printer: str, **values: Any) -> None:
    change = sa.update(LabelSheet).where(_LS.stock == stock, _LS.printer == printer).values(**values)
    if not rows.change(work, LabelSheet, change):
        rows.insert(work, LabelSheet, stock=stock, printer=printer, **values)
