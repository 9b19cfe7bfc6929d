"""What is remembered of label stock: the next free cell, and how far each printer is off."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.shipping.model import LabelSheet
from backoffice.store.rows import table_of

_LS = table_of(LabelSheet).c


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One stock in one printer ("" is any). Cells count from 0; the offset is micrometres to the right and down."""

    stock: str
    printer: str = ""
    next_cell: int = 0
    offset_x_um: int = 0
    offset_y_um: int = 0


_COLUMNS = tuple(_LS[name] for name in SheetRow.__slots__)


def sheet(session: Session, stock: str, printer: str = "") -> SheetRow:
    """A stock as it lies in a printer; a new sheet and no offset where nothing is remembered."""
    wanted = sa.select(*_COLUMNS).where(_LS.stock == stock, _LS.printer == printer)
    found = session.connection().execute(wanted).one_or_none()
    return SheetRow(*found) if found else SheetRow(stock, printer)


def sheets(session: Session) -> list[SheetRow]:
    """All that is remembered, by stock and printer."""
    found = session.connection().execute(sa.select(*_COLUMNS).order_by(_LS.stock, _LS.printer))
    return [SheetRow(*row) for row in found]
