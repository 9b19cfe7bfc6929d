"""A screen that is a list with a record beside it: views, filters, table, pane. A feature fills in the hooks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QFrame, QMenu, QSplitter, QStackedWidget, QWidget

from backoffice.core.errors import Refused
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, row, rule
from ui.kit.buttons import Action, button, fill_menu, icon_button
from ui.kit.card import Empty
from ui.kit.context import AppContext
from ui.kit.detail import Detail, Pane
from ui.kit.filters import Filter, FilterRow
from ui.kit.paging import Listing, Source
from ui.kit.saved_views import SavedViews
from ui.kit.screen import Screen
from ui.kit.table import Column, table
from ui.kit.text import Label
from ui.kit.views import View, ViewTabs

_REST = 40  # milliseconds the cursor rests on a row before its record is read
_PANE = 364  # pixels at first: at 1280 the names in the list want the rest


class ListScreen(Screen):
    """Hooks to fill in: title, columns, source; where wanted views, counts, filters, heads, actions, detail, empty,
    opened, export.
    """

    def title(self) -> str:
        raise NotImplementedError

    def views(self) -> Sequence[View]:
        """The tabs, the first one shown first."""
        return [View("all", self.words("All"))]

    def columns(self) -> Sequence[Column]:
        raise NotImplementedError

    def source(self) -> Source:
        raise NotImplementedError

    def filters(self) -> Sequence[Filter]:
        return []

    def counts(self) -> Mapping[str, int | None]:
        """How many are in each view; None means more than a thousand."""
        return {}

    def heads(self) -> Sequence[Action]:
        """The buttons beside the title."""
        return []

    def actions(self) -> Sequence[Action]:
        """What can be done to selected rows: `run(ids)`."""
        return []

    def detail(self, record_id: Any) -> Detail | None:
        """The page of one record, made anew each time. None: this list has no pane."""
        return None

    def empty(self, view: str) -> Empty:
        """What is shown where a view has no rows at all."""
        return Empty(self.words("Nothing here."))

    def export(self, path: str, listing: Listing) -> None:
        """Writes the list as it is shown to a CSV file; the button is there when this is overridden."""

    def opened(self, record_id: Any) -> None:
        """Enter or a double click on a row; by itself the pane takes the cursor."""
        if self.pane is not None and self.pane.page is not None:
            self.pane.page.setFocus(Qt.FocusReason.TabFocusReason)
            self.pane.page.focusNextChild()

    # how it is built

    def __init__(self, app: AppContext) -> None:
        super().__init__(app)
        self._linked: Any = None  # the record a link asked for: it stays, whatever the list shows
        self._on_the_way = False  # to another record: the one in the pane need not be read again
        self._sorts: dict[str, tuple[str, bool]] = {}
        self._views = {view.key: view for view in self.views()}
        self._offered = list(self.actions())
        self.tabs = ViewTabs(list(self._views.values()), name=self.title())
        self.filter_row = FilterRow(self.filters())
        self.table = table(self.columns(), self.source(), app.format, name=self.title())
        self.model = self.table.model()
        self.table.remember(app.memory, self.feature)
        self.saved = SavedViews(self)
        self.pane = Pane(self.words("Choose a row to see more.")) if self._has_pane() else None
        self._bar = self._selection_bar()
        self._middle = QStackedWidget()
        self._middle.addWidget(self.table)
        self._splitter = self._split()
        top = column(
            self.head(self.title(), self.heads()), self.tabs, gap=theme.S, margins=(theme.XL, theme.L, theme.XL, 0)
        )
        tools = column(self._tools(), margins=(theme.XL, theme.S, theme.XL, theme.S))
        self.setLayout(column(top, rule(), tools, rule(), self._splitter, gap=0))
        self.layout().setStretch(4, 1)
        self._resting = QTimer(self, singleShot=True, interval=_REST)
        self._connect()

    def _has_pane(self) -> bool:
        return type(self).detail is not ListScreen.detail

    def _connect(self) -> None:
        self._resting.timeout.connect(self._show_current)
        self.tabs.chosen.connect(lambda _key: self._show_view())
        self.filter_row.changed.connect(self._list)
        self.table.sorted_by.connect(self._sort)
        self.table.opened.connect(lambda record_id: (self.settle(), self.opened(record_id)))
        self.table.current_changed.connect(lambda _row: self._resting.start())
        self.table.selection_changed.connect(lambda _ids: self._show_bar())
        self.table.menu_wanted.connect(self._menu)
        self.model.counted.connect(self._show_emptiness)

    def _tools(self) -> QStackedWidget:
        """Filters with the table's own buttons; while several rows are selected, what can be done to them."""
        self.count = Label("", "muted")
        self.filter_row.row.addWidget(self.count)
        for part in self._table_buttons():
            self.filter_row.row.addWidget(part)
        self._over = QStackedWidget()
        self._over.addWidget(self.filter_row)
        self._over.addWidget(self._bar)
        self._over.setFixedHeight(40)
        return self._over

    def _table_buttons(self) -> list[QWidget]:
        parts: list[QWidget] = [self.saved.button]
        if type(self).export is not ListScreen.export:
            parts.append(icon_button("export", self.words("Export as CSV"), self._export))
        choose = icon_button("columns", self.words("Choose columns"), lambda: self._choose_columns(choose))
        return [*parts, choose]

    def _choose_columns(self, beside: QWidget) -> None:
        self.table.choose_columns(beside.mapToGlobal(QPoint(0, beside.height())))

    def _selection_bar(self) -> QFrame:
        self._chosen = Label("", "strong")
        acts = [
            button(
                each.title, lambda each=each: each.run(self.table.selected_ids()), icon=each.icon, danger=each.danger
            )
            for each in self._offered
            if each.many
        ]
        clear = button(self.words("Clear selection"), self.table.clearSelection, quiet=True)
        self._acts = acts
        return framed(row(self._chosen, *acts, SPRING, clear, margins=(theme.M, 0, theme.XS, 0)), bar="action")

    def _split(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(self._middle)
        splitter.setStretchFactor(0, 1)
        self._middle.setMinimumWidth(240)
        if self.pane is not None:
            splitter.addWidget(self.pane)
            splitter.setStretchFactor(1, 0)
            key = f"splitter/{self.feature}"
            if not splitter.restoreState(self.app.memory.state(key)):
                splitter.setSizes([10 * _PANE, _PANE])
            splitter.splitterMoved.connect(lambda *_: self.app.memory.keep_state(key, splitter.saveState()))
        return splitter

    # what it does

    @property
    def listing(self) -> Listing:
        """What is shown now: view, filters, sort."""
        key = self.tabs.key
        view = self.saved.view(key) or self._views[key]
        sort, descending = self._sorts.get(key, (view.sort, view.descending))
        return Listing(self.saved.base(key), sort, descending, self.filter_row.values())

    def refresh(self) -> None:
        if self.model.listing == self.listing:
            self.table.refresh()
        else:
            self._list()
        self._show_counts()
        stays = self.pane is not None and not self._on_the_way and not self.pane.typing()
        if stays and self.pane.record is not None:
            self._show(self.pane.record)

    def show_record(self, record_id: Any) -> None:
        self._on_the_way = True
        try:
            self._freshen()
        finally:
            self._on_the_way = False
        self._linked = record_id
        if not self.table.select(record_id):
            self.table.clearSelection()
        self._resting.stop()
        self._show(record_id)

    def confirm(self) -> None:
        """Ctrl+Enter: the one next step of the record beside the list."""
        self.settle()
        page = None if self.pane is None else self.pane.page
        if page is not None and page.step is not None:
            page.step.run()

    def focus_filter(self) -> None:
        self.filter_row.focus()

    def escape(self) -> bool:
        if self.table.selected_count() > 1:
            self.table.clearSelection()
            return True
        if self.filter_row.in_use:
            self.filter_row.set_values(())
            return True
        return False

    def settle(self) -> None:
        """Shows the current row's record now, without waiting for the cursor to rest."""
        if self._resting.isActive():
            self._resting.stop()
            self._show_current()

    def _show_view(self) -> None:
        filters = self.saved.filters(self.tabs.key)
        if filters is not None:
            self.filter_row.set_values(filters)
        else:
            self._list()

    def _list(self) -> None:
        listing = self.listing
        self.model.show(listing)
        self.table.show_sort(listing.sort, listing.descending)
        self.table.scrollToTop()
        if self.model.rowCount():
            self.table.selectRow(0)
        self.saved.show_state()

    def _sort(self, sort: str, descending: bool) -> None:
        self._sorts[self.tabs.key] = (sort, descending)
        self._list()

    def _show_counts(self) -> None:
        self.tabs.show_counts({key: self.counted(n) for key, n in self.counts().items()})

    def counted(self, n: int | None) -> str:
        """A count in words; None means more than a thousand."""
        return self.app.format.number(n) if n is not None else f"{self.app.format.number(1000)}+"

    def _show_emptiness(self, total: int | None) -> None:
        self.count.setText("" if total is None else self.app.plural("{n} row", "{n} rows", total))
        while self._middle.count() > 1:
            old = self._middle.widget(1)
            self._middle.removeWidget(old)
            old.deleteLater()
        if self.model.rowCount() == 0:
            self._middle.addWidget(self._nothing())
            self._middle.setCurrentIndex(1)
        linked = self._linked is not None and self._linked == getattr(self.pane, "record", None)
        if self.pane is not None and self.model.rowCount() == 0 and not linked:
            self.pane.show_page(None, None)
            self.pane.hide()

    def _nothing(self) -> Empty:
        if self.filter_row.in_use:
            sentence, act = self.words("Nothing matches these filters."), self.words("Clear filters")
            return Empty(sentence, act, lambda: self.filter_row.set_values(()), icon="filter", primary=False)
        return self.empty(self.saved.base(self.tabs.key))

    def _show_current(self) -> None:
        current = self.table.current()
        if self.pane is None or (current is not None and current.id == self.pane.record):
            return
        self._show(None if current is None else current.id)

    def _show(self, record_id: Any) -> None:
        if self.pane is None:
            return
        try:
            page = None if record_id is None else self.detail(record_id)
        except Refused as error:
            self.app.tell(error)
            record_id = page = None
        self.pane.show_page(record_id, page)
        self.pane.setVisible(True)

    def _show_bar(self) -> None:
        chosen = self.table.selected_count()
        self._over.setCurrentIndex(1 if chosen > 1 and self._acts else 0)
        if chosen > 1:
            self._chosen.setText(self.app.plural("{n} selected", "{n} selected", chosen))

    def _menu(self, position: QPoint) -> None:
        rows = self.table.selected()
        ids = [each.id for each in rows]
        fitting = [
            replace(each, run=lambda each=each: each.run(ids))
            for each in self._offered
            if rows and (each.many or len(rows) == 1) and each.when(rows)
        ]
        if fitting:
            menu = QMenu(self)
            fill_menu(menu, fitting)
            menu.exec(position)
            menu.deleteLater()

    def _export(self) -> None:
        name = f"{self.feature}.csv"
        path, _kind = QFileDialog.getSaveFileName(self, self.words("Export as CSV"), name, "CSV (*.csv)")
        if path:
            self.export(path, self.listing)
