"""A table's rows in windows: a few pages in memory, the rest where it is, however long the list."""

import sys
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer, Signal

from ui.kit.format import RIGHT, Format
from ui.kit.paging import Listing, Page, Source
from ui.kit.text import Chip
from ui.kit.thumbs import Thumb

PAGE = 100
KEPT = 24  # pages in memory

# Compared as ints: comparing Qt's enums costs four times as much, and data() is called for every cell.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_HORIZONTAL = Qt.Orientation.Horizontal
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

_WIDTHS = {
    "money": 104,
    "number": 72,
    "percent": 72,
    "day": 108,
    "day_of": 108,
    "moment": 188,
    "ago": 120,
    "chip": 116,
    "thumb": 48,
}

Cell = str | Chip | Thumb


@dataclass(frozen=True)
class Column:
    """One column. `key` is the row's attribute; `kind` says how it is written and aligned.

    Kinds: text, money, number, percent, day, day_of, moment, ago, country, chip, thumb. `show(row)` answers the text
    (or the Chip or Thumb) where the attribute alone does not do. `sort` is the name the source sorts by, "" for none.
    `stretch` takes the room that is left; `shown=False` starts hidden, for the column chooser.
    """

    key: str
    title: str
    kind: str = "text"
    width: int = 0
    sort: str = ""
    show: Callable[[Any], Cell] | None = None
    stretch: bool = False
    shown: bool = True
    strong: bool = False

    @property
    def right(self) -> bool:
        return self.kind in RIGHT

    @property
    def start_width(self) -> int:
        return self.width or _WIDTHS.get(self.kind, 140)


@dataclass(frozen=True, slots=True)
class _Window:
    """One page in memory, how it was fetched, and its cells, written when first asked for."""

    page: Page
    fetch: tuple[str, Any]
    exact: bool
    cells: list[Sequence[Cell] | None]


class TableModel(QAbstractTableModel):
    """Rows of a source, fetched a page at a time when they are looked at."""

    counted = Signal(object)  # the total: int, or None where nobody knows

    def __init__(self, columns: Sequence[Column], source: Source, form: Format, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.source = source
        self.listing = Listing()
        self.total: int | None = None
        self._writers = [_writer(column, form) for column in self.columns]
        self._windows: OrderedDict[int, _Window] = OrderedDict()
        self._count = 0
        self._broken = False
        self._reading = 0  # how often the list was counted

    # Qt's side

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: QModelIndex, role: int = _DISPLAY) -> Any:
        role = int(role)
        if role in (_DISPLAY, _SPOKEN):
            cells = self.cells(index.row())
            if cells is None:
                return None
            cell = cells[index.column()]
            return cell if isinstance(cell, str) else cell.word
        if role == _ALIGN:
            return _RIGHT if self.columns[index.column()].right else _LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        role = int(role)
        if orientation == _HORIZONTAL and role == _DISPLAY:
            column = self.columns[section]
            return "" if column.kind == "thumb" else column.title  # a picture needs no word above it
        if orientation == _HORIZONTAL and role == _ALIGN:
            return _RIGHT if self.columns[section].right else _LEFT
        return None

    # ours

    def show(self, listing: Listing) -> None:
        """Shows this list from its beginning."""
        self.beginResetModel()
        self.listing = listing
        self._windows.clear()
        self._recount()
        self.endResetModel()
        self.counted.emit(self.total)

    def refresh(self, top: int, bottom: int) -> None:
        """Reads again what is between two rows on the screen; the rest when it is looked at."""
        seen = {n: self._windows[n] for n in range(top // PAGE, bottom // PAGE + 1) if n in self._windows}
        self._windows.clear()
        before = self._count
        self._recount()
        wanted, self._count = self._count, before
        for number, window in seen.items():
            if window.fetch[0] != "last":  # the end has moved
                self._fetch(number, window.fetch, exact=window.exact)
        self._resize(wanted)
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self.columns) - 1))
        self.counted.emit(self.total)

    def row(self, number: int) -> Any:
        """The row with this number, fetched if need be; None where there is none (any more)."""
        window = self._window(number // PAGE)
        at = number % PAGE
        return window.page.rows[at] if at < len(window.page.rows) else None

    def cells(self, number: int) -> Sequence[Cell] | None:
        """What is written in a row's cells; None where there is no such row."""
        window = self._window(number // PAGE)
        at = number % PAGE
        if at >= len(window.cells):
            return None
        written = window.cells[at]
        if written is None:
            row = window.page.rows[at]
            written = window.cells[at] = [write(row) for write in self._writers]
        return written

    def find(self, record_id: Any) -> int | None:
        """The number of the row with this id among those in memory."""
        for number, window in self._windows.items():
            for at, row in enumerate(window.page.rows):
                if row.id == record_id:
                    return number * PAGE + at
        return None

    def _recount(self) -> None:
        self._broken = False
        self._reading += 1
        self.total = self.source.total(self.listing)
        if self.total is not None:
            self._count = self.total
            return
        window = self._fetch(0, ("first", None), exact=True)
        self._count = len(window.page.rows) + (1 if window.page.next is not None else 0)

    def _window(self, number: int) -> _Window:
        found = self._windows.get(number)
        if found is not None:
            self._windows.move_to_end(number)
            return found
        last = (self._count - 1) // PAGE
        before, behind = self._windows.get(number - 1), self._windows.get(number + 1)
        if number == 0:
            return self._fetch(0, ("first", None), exact=True)
        if before is not None and before.page.next is not None:
            return self._fetch(number, ("after", before.page.next), exact=before.exact)
        if behind is not None and behind.page.previous is not None:
            return self._fetch(number, ("before", behind.page.previous), exact=behind.exact)
        if number == last and self.total is not None:
            return self._fetch(number, ("last", self._count - last * PAGE), exact=True)
        return self._fetch(number, ("at", number * PAGE), exact=False)

    def _fetch(self, number: int, fetch: tuple[str, Any], *, exact: bool) -> _Window:
        page = self._read(fetch)
        if fetch[0] == "before" and len(page.rows) < PAGE:  # the beginning came sooner than counted
            return self._fetch(number, ("at", number * PAGE), exact=False)
        window = _Window(page, fetch, exact, [None] * len(page.rows))
        neighbour = self._windows.get(number + 1)
        if number == 0 and neighbour is not None and not neighbour.exact:
            self._windows.clear()  # what was reached by a jump need not meet the beginning: read it again from here
            QTimer.singleShot(0, self._repaint)
        self._windows[number] = window
        while len(self._windows) > KEPT:
            self._windows.popitem(last=False)
        end = number * PAGE + len(page.rows)
        if page.next is None and end != self._count and fetch[0] in ("first", "after"):
            self._later(end)
        elif page.next is not None and end >= self._count:
            self._later(end + 1)
        return window

    def _read(self, fetch: tuple[str, Any]) -> Page:
        how, place = fetch
        if self._broken:
            return Page(())
        try:
            if how == "first":
                return self.source.first(self.listing, PAGE)
            if how == "last":
                return self.source.last(self.listing, place)
            return getattr(self.source, how)(self.listing, place, PAGE)
        except Exception as error:
            self._broken = True  # told once, not at every repaint
            sys.excepthook(type(error), error, error.__traceback__)
            return Page(())

    def _later(self, count: int) -> None:
        """The list turned out longer or shorter than thought; said when the painting that found it is over.

        Unless it was read anew by then, perhaps as another list.
        """
        reading = self._reading
        QTimer.singleShot(0, self, lambda: self._resize(count) if reading == self._reading else None)

    def _resize(self, count: int) -> None:
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(QModelIndex(), count, self._count - 1)
            self._count = count
            self.endRemoveRows()

    def _repaint(self) -> None:
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self.columns) - 1))


def _writer(column: Column, form: Format) -> Callable[[Any], Cell]:
    if column.show is not None:
        return column.show
    write, key = form.by_kind(column.kind), column.key
    return lambda row: write(getattr(row, key))
