"""The sheets of the orders screen: one in front at a time; those left unsaved wait, and a line above says so."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedLayout

from backoffice.core.errors import Refused
from ui.kit.context import AppContext
from ui.orders.edit_order import EditOrder
from ui.orders.new_order import NewOrder
from ui.orders.sheet import Sheet

log = logging.getLogger("backoffice.ui")

NEW = 0  # the key of the sheet that no order has yet


class Sheets:
    """Keeps the sheets by order id. `shown(order id)` is called when one was saved, `left()` when the list is back."""

    def __init__(
        self,
        app: AppContext,
        stack: QStackedLayout,
        *,
        shown: Callable[[int], object],
        left: Callable[[], object],
    ) -> None:
        self._app, self._stack, self._shown, self._left = app, stack, shown, left
        self._kept: dict[int, Sheet] = {}
        self._given_up: Sheet | None = None  # as long as its toast may bring it back
        self._key: int | None = None

    @property
    def current(self) -> Sheet | None:
        """The sheet in front; None while the list is."""
        return None if self._key is None else self._kept[self._key]

    def new_order(self) -> None:
        """The new order that was left, or an empty one."""
        self._open(NEW, lambda: NewOrder(self._app))

    def edit(self, order_id: int) -> None:
        """The changes to an order that were left, or the order as it is."""
        self._open(order_id, lambda: EditOrder(self._app, order_id))

    def leave(self) -> bool:
        """Shows the list again; what was typed waits. False where no sheet is in front."""
        key, sheet = self._key, self.current
        if key is None or sheet is None:
            return False
        self._show_list()
        if sheet.dirty:
            words, what = self._app.words, sheet.unsaved
            said, act = words(what.told).format(**what.facts), words("Go on with it")
            self._app.notices.banner(what.banner, said, tone="note", act=act, run=lambda: self._go_on(key))
        else:
            self._app.drawer.drop(sheet.unsaved.key)
            self._drop(key)
        return True

    def _go_on(self, key: int) -> None:
        self._app.open("orders")
        self._bring(key)

    def _open(self, key: int, make: Callable[[], Sheet]) -> None:
        if key == self._key or not self._app.may_write():
            return
        self.leave()
        if key not in self._kept:
            try:
                sheet = make()
            except Refused as refusal:
                self._app.tell(refusal)
                return
            sheet.done.connect(lambda order_id: self._finish(key, order_id))
            sheet.discarded.connect(lambda: self._discard(key))
            self._kept[key] = sheet
            self._stack.addWidget(sheet)
            sheet.arrive()
            self._take_up(sheet)
        self._bring(key)

    def _take_up(self, sheet: Sheet) -> None:
        """What was typed before the program ended stands there again; what is typed from now on is kept."""
        drawer, key = self._app.drawer, sheet.unsaved.key
        typed = drawer.typed(key)
        if typed is not None:
            try:
                sheet.retype(typed)
            except (TypeError, ValueError, AttributeError, LookupError):
                log.warning("a sheet that was kept cannot be read")
        drawer.watch(sheet.unsaved, sheet, sheet.kept)
        sheet.typed.connect(lambda: drawer.touch(key))

    def _bring(self, key: int) -> None:
        self.leave()
        self._app.notices.unbanner(self._kept[key].unsaved.banner)
        self._key = key
        self._stack.setCurrentWidget(self._kept[key])
        self._kept[key].begin()

    def _finish(self, key: int, order_id: int) -> None:
        self._app.drawer.drop(self._kept[key].unsaved.key)
        self._close(key)
        self._drop(key)
        # In a turn of its own: to save a long order and to read it again would hold the window for too long at once.
        QTimer.singleShot(0, self._stack, lambda: self._show_done(order_id))

    def _show_done(self, order_id: int) -> None:
        if self._stack.parentWidget().isVisible():  # else the shop was closed in between
            self._shown(order_id)

    def _discard(self, key: int) -> None:
        """Given up, but the toast brings it back."""
        sheet = self._kept[key]
        self._app.drawer.drop(sheet.unsaved.key)
        self._close(key)
        if not sheet.dirty:
            self._drop(key)
            return
        if self._given_up is not None:
            self._delete(self._given_up)
        self._given_up = self._kept.pop(key)

        def back() -> None:
            if key not in self._kept and self._given_up is sheet:
                self._given_up = None
                self._kept[key] = sheet
                self._app.drawer.touch(sheet.unsaved.key)
                self._go_on(key)

        self._app.notices.say(self._app.words("What was typed is discarded."), back)

    def _close(self, key: int) -> None:
        if self._key == key:
            self._show_list()
        self._app.notices.unbanner(self._kept[key].unsaved.banner)

    def _show_list(self) -> None:
        self._key = None
        self._stack.setCurrentIndex(0)
        self._left()

    def _drop(self, key: int) -> None:
        self._delete(self._kept.pop(key))

    def _delete(self, sheet: Sheet) -> None:
        self._stack.removeWidget(sheet)
        sheet.hide()
        sheet.deleteLater()
