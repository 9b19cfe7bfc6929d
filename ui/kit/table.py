"""The table: rows painted from cached texts, chips, selection by id, columns to choose, a header to sort by."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QStaticText,
    QTransform,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QSizePolicy, QTableView

from ui.kit import theme
from ui.kit.format import Format
from ui.kit.memory import Memory
from ui.kit.paging import Listing, ListSource, Source
from ui.kit.table_model import Column, TableModel
from ui.kit.table_painting import INLINE, PAD, THUMB, Painting
from ui.kit.thumbs import Thumbs

MOST_SELECTED = 5_000
_ARROW = 16  # pixels the header keeps for the arrow of the sort
_MOST_TEXTS = 4_000


class TableView(QTableView):
    """Shows a TableModel. `opened` is Enter or a double click; the selection is told as ids, rows as they are."""

    opened = Signal(object)
    current_changed = Signal(object)  # the row or None
    selection_changed = Signal(list)  # ids
    sorted_by = Signal(str, bool)
    menu_wanted = Signal(object)  # global position

    def __init__(self, model: TableModel, *, name: str, compact: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._rows = model
        self.hovered = -1
        self.thumbs = Thumbs(THUMB)
        self._texts: dict[tuple[str, int, bool], tuple[QStaticText, int]] = {}
        self.plain, self.strong = self.font(), QFont(self.font())
        self.strong.setWeight(QFont.Weight(theme.size("heading-weight")))
        self._behave(compact)
        self.setModel(model)
        self._lay_out_columns()
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit(self.selected_ids()))
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def _behave(self, compact: bool) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.size("row-compact" if compact else "row"))

    def _lay_out_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(40)
        header.setSectionsClickable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self.choose_columns(header.mapToGlobal(at)))
        header.sectionClicked.connect(self._sort)
        header.setSortIndicatorShown(any(column.sort for column in self._rows.columns))
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        small = QFont(self.font())
        small.setPixelSize(theme.size("font-small"))
        metrics = QFontMetrics(small)
        for at, column in enumerate(self._rows.columns):
            title = 0 if column.kind == "thumb" else metrics.horizontalAdvance(column.title) + 2 * PAD + 2
            title += _ARROW if column.sort and title else 0
            self.setColumnWidth(at, max(column.start_width, title))  # wide enough for its title in any language
            self.setColumnHidden(at, not column.shown)
        header.sectionResized.connect(lambda at, _old, _new: self._stretch(at))

    def _stretch(self, resized: int = -1) -> None:
        """Gives the stretching column the room that is left, but never less than it starts with: then one scrolls."""
        columns = self._rows.columns
        at = next((n for n, column in enumerate(columns) if column.stretch and not self.isColumnHidden(n)), -1)
        if at in (-1, resized):
            return
        others = sum(self.columnWidth(n) for n in range(len(columns)) if n != at and not self.isColumnHidden(n))
        self.setColumnWidth(at, max(columns[at].start_width, self.viewport().width() - others))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()

    # what is chosen

    def current(self) -> Any:
        """The row with the cursor, None where there is none."""
        index = self.currentIndex()
        return self._rows.row(index.row()) if index.isValid() else None

    def selected(self, most: int = MOST_SELECTED) -> list[Any]:
        """The selected rows from top to bottom, `most` at most."""
        found = []
        for spread in sorted(self.selectionModel().selection(), key=lambda spread: spread.top()):
            for number in range(spread.top(), min(spread.bottom() + 1, spread.top() + most - len(found))):
                row = self._rows.row(number)
                if row is not None:
                    found.append(row)
        return found

    def selected_ids(self) -> list[Any]:
        """The ids of the selected rows, MOST_SELECTED at most."""
        return [row.id for row in self.selected()]

    def selected_count(self) -> int:
        """How many rows are selected, without reading them."""
        return sum(spread.height() for spread in self.selectionModel().selection())

    def select(self, record_id: Any) -> bool:
        """Puts the cursor on the row with this id; False if it is not among the rows in memory."""
        number = self._rows.find(record_id)
        if number is None:
            return False
        self.selectRow(number)
        self.scrollTo(self._rows.index(number, 0))
        return True

    def refresh(self) -> None:
        """Reads what is shown again; selection and cursor stay with their records."""
        chosen, current = self.selected_ids(), self.current()
        number = self.currentIndex().row()
        self._rows.refresh(max(0, self.rowAt(0)), self._last_shown())
        wanted = QItemSelection()
        for record_id in chosen:
            found = self._rows.find(record_id)
            if found is not None:
                wanted.merge(self._spread(found), QItemSelectionModel.SelectionFlag.Select)
        chooser = self.selectionModel()
        if current is not None:
            found = self._rows.find(current.id)
            number = min(number, self._rows.rowCount() - 1) if found is None else found
            if number >= 0:
                chooser.setCurrentIndex(self._rows.index(number, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
                if not wanted:
                    wanted = self._spread(number)
        chooser.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.viewport().update()

    def _spread(self, number: int) -> QItemSelection:
        last = len(self._rows.columns) - 1
        return QItemSelection(self._rows.index(number, 0), self._rows.index(number, last))

    def _tell_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit(self._rows.row(index.row()) if index.isValid() else None)

    def _open(self, number: int) -> None:
        row = self._rows.row(number)
        if row is not None:
            self.opened.emit(row.id)

    # sorting and columns

    def show_sort(self, sort: str, descending: bool) -> None:
        """Puts the arrow on the column of that sort."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        at = next((n for n, column in enumerate(self._rows.columns) if sort and column.sort == sort), -1)
        self.horizontalHeader().setSortIndicator(at, order)

    def _sort(self, at: int) -> None:
        column, listing = self._rows.columns[at], self._rows.listing
        if not column.sort:
            self.show_sort(listing.sort, listing.descending)
            return
        again = listing.sort == column.sort
        self.sorted_by.emit(column.sort, not listing.descending if again else column.kind in ("moment", "ago", "money"))

    def choose_columns(self, position: Any) -> None:
        """The menu of columns to show and hide."""
        menu = QMenu(self)
        for at, column in enumerate(self._rows.columns):
            entry = menu.addAction(column.title)
            entry.setCheckable(True)
            entry.setChecked(not self.isColumnHidden(at))
            entry.toggled.connect(lambda on, at=at: self._show_column(at, on))
        menu.exec(position)
        menu.deleteLater()

    def _show_column(self, at: int, on: bool) -> None:
        self.setColumnHidden(at, not on)
        self._stretch()

    def remember(self, memory: Memory, key: str) -> None:
        """Takes widths, order and choice of columns from the memory and keeps them there from now on."""
        key = f"table/{key}/" + ",".join(column.key for column in self._rows.columns)
        header = self.horizontalHeader()
        state = memory.state(key)
        if not state.isEmpty():
            header.restoreState(state)
        for signal in (header.sectionResized, header.sectionMoved, header.sectionCountChanged):
            signal.connect(lambda *_: memory.keep_state(key, header.saveState()))

    # keys, mouse, painting

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self._open(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, text: str) -> None:
        """Nothing: Qt would read every row of a million, and a scanner's digits are no search in this column."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: Any) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, number: int) -> None:
        if number != self.hovered:
            self.hovered = number
            self.viewport().update()

    def _last_shown(self) -> int:
        last = self.rowAt(self.viewport().height() - 1)
        return last if last >= 0 else self._rows.rowCount() - 1

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints row by row from texts laid out once: a delegate's paint per cell takes three times as long."""
        first = self.rowAt(max(0, event.rect().top()))
        if first < 0:
            return
        last = self.rowAt(event.rect().bottom())
        self.thumbs.begin()
        painter = QPainter(self.viewport())
        Painting(self, painter).rows(first, last if last >= 0 else self._rows.rowCount() - 1)
        painter.end()

    def laid_out(self, text: str, width: int, strong: bool) -> tuple[QStaticText, int]:
        """The text ready to draw, cut to the width, and how wide it is."""
        key = (text, width, strong)
        found = self._texts.get(key)
        if found is None:
            if len(self._texts) > _MOST_TEXTS:
                self._texts.clear()
            font = self.strong if strong else self.plain
            metrics = QFontMetrics(font)
            made = QStaticText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, width))
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.prepare(QTransform(), font)
            found = self._texts[key] = (made, round(made.size().width()))
        return found


def lines(
    columns: Sequence[Column],
    rows: Sequence[Any],
    form: Format,
    *,
    name: str,
    on_open: Callable[[Any], object] | None = None,
    most: int = 12,
) -> TableView:
    """A small table inside a page: as high as its rows, up to `most` of them. Every row has an `id`."""
    model = TableModel(columns, ListSource(lambda _listing: rows), form)
    view = TableView(model, name=name, compact=True)
    model.setParent(view)
    model.show(Listing())
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setProperty(INLINE, True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    height = view.verticalHeader().defaultSectionSize() * max(1, min(most, len(rows)))
    view.setFixedHeight(height + 34)
    if on_open is not None:
        view.opened.connect(on_open)
    return view


def table(columns: Sequence[Column], source: Source, form: Format, *, name: str) -> TableView:
    """A table over a source, for a screen that is more than a list."""
    model = TableModel(columns, source, form)
    view = TableView(model, name=name)
    model.setParent(view)
    return view
