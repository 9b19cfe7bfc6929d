"""The orders: the list with its views, the page of one order beside it, and the sheets to type and change one."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSplitter, QStackedLayout, QWidget

from backoffice.core.errors import Refused
from backoffice.orders import actions as orders
from backoffice.orders import words as trade
from backoffice.orders.model import OrderStatus
from backoffice.orders.queries import facts, lists
from ui.kit.buttons import Action
from ui.kit.card import Empty
from ui.kit.context import AppContext
from ui.kit.detail import Detail
from ui.kit.filters import Filter
from ui.kit.list_screen import ListScreen
from ui.kit.paging import Listing, QuerySource
from ui.kit.table import Column
from ui.kit.views import View
from ui.orders import bulk, columns, export, reading
from ui.orders.acts import Acts
from ui.orders.help import help_text
from ui.orders.kept import Kept
from ui.orders.page import order_page
from ui.orders.prints import Prints
from ui.orders.sheets import Sheets

_PANE = 356
_BY_PROMISE = ("ship-by", "late")
_TABS = ("ship-by", "late", "open", "on-hold", "unpaid", "drafts", "shipped", "cancelled", "all")


class OrdersScreen(ListScreen):
    """Orders, in the list and one by one."""

    feature = "orders"
    watches = frozenset({"orders", "shipping", "customers", "inventory"})

    def __init__(self, app: AppContext) -> None:
        self.acts = Acts(app, self._show_made)
        self.prints = Prints(app)
        self.bulk = bulk.Bulk(app, self.acts, over=self._freshen)
        self._keeping = False
        super().__init__(app)
        inner = QWidget()
        inner.setLayout(self.layout())
        self._stack = QStackedLayout(self)
        self._stack.addWidget(inner)
        self.sheets = Sheets(app, self._stack, shown=self._show_made, left=self._left)

    # the list

    def title(self) -> str:
        return self.words("Orders")

    def _split(self) -> QSplitter:
        """The list has many columns: until somebody moves the handle, the page is a little narrower than elsewhere."""
        splitter = super()._split()
        if self.app.memory.state(f"splitter/{self.feature}").isEmpty():
            splitter.setSizes([10 * _PANE, _PANE])
        return splitter

    def views(self) -> Sequence[View]:
        names = trade.VIEWS
        return [
            View(key, self.words(names[key]), *(("promised",) if key in _BY_PROMISE else ("placed", True)))
            for key in _TABS
        ]

    def columns(self) -> Sequence[Column]:
        return columns.columns(self.app)

    def source(self) -> QuerySource:
        return QuerySource(self.app, lists.page, count=lists.count, marks=lists.marks, arguments=self._arguments)

    def _arguments(self, listing: Listing) -> dict[str, Any]:
        wanted = {"view": listing.view, "sort": listing.sort, "descending": listing.descending}
        return wanted | dict(listing.filters) | {"today": self.app.format.today}

    def filters(self) -> Sequence[Filter]:
        return [
            Filter("text", self.words("Number, customer, e-mail, product"), width=320),
            Filter("channel", self.words("All channels"), self._channels()),
        ]

    def _channels(self) -> list[tuple[str, str]]:
        return [(code, columns.channel(self.app, code)) for code in self.app.ask(lists.channels)]

    def counts(self) -> Mapping[str, int | None]:
        return self.app.ask(lists.counts, today=self.app.format.today)

    def heads(self) -> Sequence[Action]:
        return [Action(self.words("New order"), self.new, icon="new")]

    def actions(self) -> Sequence[Action]:
        words, both = self.words, self.bulk
        return [
            Action(words("Pack"), both.pack, icon="pack", when=_are(OrderStatus.OPEN)),
            Action(words("Hold"), both.hold, icon="hold", when=_are(OrderStatus.OPEN)),
            Action(words("Add tags"), both.tag, icon="tag"),
            Action(words("Edit"), lambda ids: self.edit(ids[0]), icon="edit", many=False, when=_are(*_EDITABLE)),
            Action(words("Cancel…"), both.cancel, icon="void", danger=True, when=_are(*_EDITABLE)),
        ]

    def empty(self, view: str) -> Empty:
        words = self.words
        sentences = {
            "ship-by": words("Nothing is waiting to leave."),
            "late": words("Nothing is late."),
            "on-hold": words("No order is on hold."),
            "unpaid": words("Every order is paid."),
            "drafts": words("No draft is waiting to be confirmed."),
            "shipped": words("Nothing is on its way to a customer."),
            "cancelled": words("No order was cancelled."),
        }
        if view in sentences and self.counts()["all"]:
            return Empty(sentences[view], icon="done")
        sentence = words("Orders appear here when you drop a file of your web shop onto this window, or type one.")
        return Empty(sentence, words("New order"), self.new, icon="orders")

    def export(self, path: str, listing: Listing) -> None:
        export.write(self.app, path, self._arguments(listing))

    def on_changed(self, changes: frozenset[str]) -> None:
        """As every screen; while many orders are changed, or a sheet hides the list, read again when that is over."""
        if self.bulk.busy or self.sheets.current is not None:
            self._stale = self._stale or bool(changes & self.watches)
        else:
            super().on_changed(changes)

    def refresh(self) -> None:
        self.filter_row.offer("channel", self._channels())
        super().refresh()

    # the page

    def detail(self, record_id: int) -> Detail:
        found = self.app.ask(reading.read, record_id, today=self.app.format.today)
        return order_page(self, found, lambda before, after: self._keep(record_id, before, after))

    def _keep(self, order_id: int, before: Kept, after: Kept) -> None:
        """Notes and tags, without making the page anew under somebody's hands."""
        self._keeping = True
        try:
            if after.notes != before.notes:
                undo = lambda _done: self.app.do(orders.note, order_id, before.notes)  # noqa: E731
                self.app.do(orders.note, order_id, after.notes, said=self.words("Notes kept."), undo=undo)
            if after.tags != before.tags:
                undo = lambda _done: self.app.do(orders.tag, order_id, list(before.tags))  # noqa: E731
                self.app.do(orders.tag, order_id, list(after.tags), said=self.words("Tags kept."), undo=undo)
        finally:
            self._keeping = False

    def _show(self, record_id: Any) -> None:
        if not (self._keeping and self.pane is not None and record_id == self.pane.record):
            super()._show(record_id)

    def _left(self) -> None:
        """The list is back in sight; what is shown next may need to be read again."""
        self.table.setFocus()
        QTimer.singleShot(0, self, lambda: self.isVisible() and self._freshen())

    def _show_made(self, order_id: int) -> None:
        """An order that was just made or changed: first in sight, whatever view it belongs to."""
        self.show_record(order_id)
        self.table.setFocus()

    def show_record(self, record_id: Any) -> None:
        self.sheets.leave()
        super().show_record(record_id)

    # hands

    def new(self) -> None:
        self.sheets.new_order()

    def edit(self, order_id: int) -> None:
        """The sheet in which an order is changed."""
        self.sheets.edit(order_id)

    def go_on(self, what: str) -> None:
        """A sheet, or the notes of an order, that were half-written."""
        kind, _, number = what.partition("/")
        if kind == "new":
            self.new()
            return
        self.show_record(int(number))
        if kind == "edit":
            self.edit(int(number))

    def confirm(self) -> None:
        if self.sheets.current is not None:
            self.sheets.current.save()
        else:
            super().confirm()

    def print(self) -> None:
        ids = self.table.selected_ids() or ([self.pane.record] if self.pane.record else [])
        if ids:
            self.prints.slips_of(ids)

    def escape(self) -> bool:
        return self.sheets.leave() or super().escape()

    def focus_filter(self) -> None:
        self.sheets.leave()
        super().focus_filter()

    def scanned(self, code: str) -> bool:
        """A product goes into the open sheet; an order's number opens that order."""
        if self.sheets.current is not None:
            self.sheets.current.scanned(code)
            return True
        try:
            order_id = self.app.ask(facts.id_of, code)
        except Refused:
            return False
        self.show_record(order_id)
        return True

    def help(self) -> str:
        return help_text(self.words)


_EDITABLE = (OrderStatus.DRAFT, OrderStatus.OPEN, OrderStatus.ON_HOLD)


def _are(*statuses: OrderStatus):
    return lambda rows: all(row.status in statuses for row in rows)
