"""What both lists of the dispatch screen share: tabs with counts, switching over, a bar that fits the rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QTimer, Signal
from PySide6.QtWidgets import QMenu

from backoffice.orders.queries import lists
from backoffice.shipping.queries import parcel_lists, queue
from ui.dispatch.acts import Acts
from ui.dispatch.printing import Printing
from ui.kit.buttons import Action, fill_menu, more_button
from ui.kit.context import AppContext
from ui.kit.filters import Filter
from ui.kit.list_screen import ListScreen
from ui.kit.paging import Listing
from ui.kit.table import Column
from ui.kit.text import Chip
from ui.kit.views import View
from ui.shared.list_file import write_list

ORDERS = ("ship-by", "late")
_PATIENCE = 300  # milliseconds between two looks at the shop while a job changes it
_PANE = 364  # pixels at first: the list has seven things to say of an order
_LOOKED_AT = 200  # so many selected rows are asked what can be done to them


class DeskList(ListScreen):
    """A list whose tabs are those of both lists: a tab of the other one is passed on by `other`."""

    other = Signal(str)
    mine: tuple[str, ...] = ()
    saved_as = "dispatch"  # both lists share the views that somebody saved
    watches = frozenset({"orders", "shipping", "inventory", "customers", "settings"})

    def __init__(self, app: AppContext, acts: Acts, printing: Printing) -> None:
        self.acts, self.printing = acts, printing
        super().__init__(app)
        for act in self._acts:  # together they are wider than the window; those that fit the rows are shown then
            act.hide()
        if app.memory.state(f"splitter/{self.feature}").isEmpty():
            self._splitter.setSizes([10 * _PANE, _PANE])
        self._more = QMenu(self)
        self._more.aboutToShow.connect(self._fill_more)
        if self.lesser():
            dots = more_button(self.words("More for the selected"), [])
            dots.setMenu(self._more)
            self._bar.layout().insertWidget(self._bar.layout().count() - 2, dots)

        self._soon = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._soon.timeout.connect(self.catch_up)

    def on_changed(self, changes: frozenset[str]) -> None:
        """While a job runs the list is read again a few times a second, not after each of its transactions."""
        if not changes & self.watches:
            return
        self._stale = True
        if self.app.jobs.running() and not self._soon.isActive():
            self._soon.start()
        elif not self._soon.isActive():
            self.catch_up()

    def catch_up(self) -> None:
        """Reads now what changed and was not read yet."""
        self._soon.stop()
        if self.isVisible():
            self._freshen()

    def title(self) -> str:
        return self.words("Dispatch")

    def views(self) -> Sequence[View]:
        words = self.words
        return [
            View("ship-by", words("To dispatch"), "promised"),
            View("late", words("Late"), "promised"),
            View("picking", words("Being packed")),
            View("packed", words("Packed")),
            View("today", words("Dispatched today"), "shipped", descending=True),
            View("under-way", words("On the way"), "number", descending=True),
            View("trouble", words("Lost or back"), "number", descending=True),
        ]

    def counts(self) -> Mapping[str, int | None]:
        today = self.app.format.today
        orders = self.app.ask(lists.counts, today=today)
        found = {key: orders[key] for key in ORDERS} | dict(self.app.ask(parcel_lists.counts, today=today))
        for key, (view, filters) in self.saved.own().items():
            wanted = {"today": today, "view": view, "text": dict(filters).get("text", "")}
            found[key] = self.app.ask(queue.count if view in ORDERS else parcel_lists.count, **wanted)
        return found

    def heads(self) -> Sequence[Action]:
        bench = Action(self.words("Pack with the scanner"), lambda: self.acts.bench_wanted.emit(None), icon="barcode")
        return [bench]

    def filters(self) -> Sequence[Filter]:
        return [Filter("text", self.words("Number, customer or address"))]

    def arguments(self, listing: Listing) -> dict[str, Any]:
        """What both queries want."""
        return {"today": self.app.format.today, "view": listing.view, "text": listing.filter("text", "")}

    # switching over

    def _show_view(self) -> None:
        if self.saved.base(self.tabs.key) in self.mine:
            super()._show_view()
            if self.tabs.key in self.saved.own():
                self._show_counts()  # saved just now, it has none yet
        else:
            self.other.emit(self.tabs.key)

    def go(self, view: str) -> None:
        """Shows one of its views."""
        self.saved.catch_up()
        self.tabs.choose(view)
        self._freshen()

    # choosing

    def choose(self, ids: Sequence[Any]) -> None:
        """Selects these records, as far as the list's first rows reach."""
        wanted, last = set(ids), min(self.model.rowCount(), 2_000)
        rows = ((number, self.model.row(number)) for number in range(last))
        self.choose_rows([number for number, row in rows if row is not None and row.id in wanted])

    def choose_rows(self, numbers: Sequence[int]) -> None:
        """Selects the rows with these numbers."""
        if not numbers:
            return
        last = len(self.model.columns) - 1
        chosen = QItemSelection()
        for number in numbers:
            spread = QItemSelection(self.model.index(number, 0), self.model.index(number, last))
            chosen.merge(spread, QItemSelectionModel.SelectionFlag.Select)
        chooser = self.table.selectionModel()
        chooser.setCurrentIndex(self.model.index(numbers[0], 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        chooser.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.table.setFocus()

    def lesser(self) -> Sequence[str]:
        """The titles of the acts that wait under three dots in the bar."""
        return ()

    def _fill_more(self) -> None:
        """What the three dots offer for the selected rows."""
        self._more.clear()
        rows = self.table.selected(_LOOKED_AT)
        ids = self.table.selected_ids()
        titles = self.lesser()
        found = [each for each in self._offered if each.title in titles and each.when(rows)]
        fill_menu(self._more, [replace(each, run=lambda each=each: each.run(ids)) for each in found])

    def _show_bar(self) -> None:
        super()._show_bar()
        chosen, titles = self.table.selected_count(), self.lesser()
        if chosen <= 1:
            return
        rows = self.table.selected(_LOOKED_AT)
        for act, made in zip((each for each in self._offered if each.many), self._acts, strict=True):
            made.setVisible(act.title not in titles and act.when(rows))

    # as a file

    def export(self, path: str, listing: Listing) -> None:
        query, arguments = self.paged(listing)
        columns = self.model.columns
        write_list(
            self.app,
            path,
            [column.title for column in columns],
            page=lambda after: self.app.ask(query, **arguments, after=after, limit=500),
            cells=lambda row: [self._written(column, row) for column in columns],
            said=lambda n: self.app.plural("{n} row saved", "{n} rows saved", n),
        )

    def _written(self, column: Column, row: Any) -> str:
        cell = column.show(row) if column.show else self.app.format.by_kind(column.kind)(getattr(row, column.key))
        return cell.word if isinstance(cell, Chip) else cell

    def paged(self, listing: Listing) -> tuple[Any, dict[str, Any]]:
        """The query behind the list and its arguments."""
        raise NotImplementedError
