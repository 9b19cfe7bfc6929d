"""The ship-by queue: orders by promised day, late ones first, what is missing; chosen, picked, packed."""

import html
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QHelpEvent, QHideEvent
from PySide6.QtWidgets import QToolTip, QWidget

from backoffice.shipping import missing
from backoffice.shipping.queries import queue
from backoffice.shipping.queries.queue import QueueRow
from ui.dispatch import columns, reading
from ui.dispatch.acts import Acts
from ui.dispatch.desk_list import ORDERS, DeskList
from ui.dispatch.order_pane import order_pane
from ui.dispatch.printing import Printing
from ui.kit import theme
from ui.kit.boxes import column, framed, held, row
from ui.kit.buttons import Action, button
from ui.kit.card import Empty
from ui.kit.context import AppContext
from ui.kit.detail import Detail
from ui.kit.paging import Listing, QuerySource, Source
from ui.kit.table import Column
from ui.kit.text import CutLabel
from ui.shared.foreign import calm, calm_line

_PROPOSED = 500  # so many orders are looked through for those that could share a parcel
_PAUSE = 400  # milliseconds after the last change before they are looked through again


class QueueList(DeskList):
    """To dispatch and Late."""

    feature = "dispatch"
    mine = ORDERS

    def __init__(self, app: AppContext, acts: Acts, printing: Printing) -> None:
        super().__init__(app, acts, printing)
        self._later: set[tuple[int, ...]] = set()  # proposals put aside
        self._proposed: list[list[QueueRow]] = []
        self.all_ready = button(self.words("All that are ready"), self.choose_ready, icon="done")
        self.filter_row.row.insertWidget(1, self.all_ready)
        self.strip = self._strip()
        self.layout().insertWidget(3, self.strip)
        self._looking = QTimer(self, singleShot=True, interval=_PAUSE)
        self._looking.timeout.connect(self.look_for_pairs)
        self.table.viewport().installEventFilter(self)

    def columns(self) -> Sequence[Column]:
        return columns.of_queue(self.app)

    def source(self) -> Source:
        return QuerySource(
            self.app, queue.queue, count=queue.count, marks=queue.marks, arguments=self._sorted_arguments
        )

    def _sorted_arguments(self, listing: Listing) -> dict[str, Any]:
        return self.arguments(listing) | {"descending": listing.descending}

    def paged(self, listing: Listing) -> tuple[Any, dict[str, Any]]:
        return queue.queue, self._sorted_arguments(listing)

    def actions(self) -> Sequence[Action]:
        words = self.words
        return [
            Action(words("Print pick list"), self.printing.pick_list, icon="pick"),
            Action(words("Pack"), self.acts.pack, icon="pack"),
            Action(words("Pack together"), self.acts.pack_together, icon="merge", when=_to_one_place),
        ]

    def detail(self, record_id: int) -> Detail:
        page = self.app.ask(reading.order, record_id, today=self.app.format.today, language=self.app.language)
        return order_pane(self.app, self.acts, self.printing, page)

    def empty(self, view: str) -> Empty:
        words = self.words
        if view == "late":
            return Empty(words("Nothing is late."), icon="done")
        sentence = words("No order waits to leave. New ones appear here by their promised day.")
        return Empty(sentence, words("Import files…"), self.app.choose_files)

    def refresh(self) -> None:
        super().refresh()
        self._looking.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._looking.stop()
        super().hideEvent(event)

    # all that are ready

    def choose_ready(self) -> None:
        """Selects every order that can be packed whole, however many pages down."""
        listing = self.listing
        arguments = self._sorted_arguments(listing)

        def show(found: list[tuple[int, QueueRow]]) -> None:
            if self.listing != listing:
                return
            if not found:
                self.app.notices.refuse(self.words("No order is ready whole. Each says what is missing."))
            self.choose_rows([place for place, _row in found])

        self.app.run(lambda *_hands: self.app.ask(queue.ready, **arguments), show, label="", quiet=True)

    # orders that could share a parcel

    def look_for_pairs(self) -> None:
        """Looks, away from the window, for orders of one customer to one address among the first ones."""
        arguments = {"today": self.app.format.today, "limit": _PROPOSED}

        def show(groups: list[list[QueueRow]]) -> None:
            self._proposed = groups
            self._propose()

        self.app.run(
            lambda *_hands: queue.together(self.app.ask(queue.queue, **arguments).rows), show, label="", quiet=True
        )

    def _strip(self) -> QWidget:
        self._said = CutLabel("")
        together = button(self.words("Pack together"), self._together, icon="merge")
        later = button(self.words("Not now"), self._not_now, quiet=True)
        see = button(self.words("Show"), lambda: self.choose([each.id for each in self._proposal() or ()]), quiet=True)
        line = row(self._said, see, later, together, margins=(theme.M, theme.XS, theme.XS, theme.XS))
        line.setStretch(0, 1)
        made = held(column(framed(line, tone="note"), margins=(theme.XL, 0, theme.XL, theme.S)))
        made.hide()
        return made

    def _proposal(self) -> list[QueueRow] | None:
        """The first group that nobody put aside."""
        return next((group for group in self._proposed if _ids(group) not in self._later), None)

    def _propose(self) -> None:
        group = self._proposal()
        self.strip.setVisible(group is not None)
        if group is None:
            return
        told = self.app.plural(
            "{n} order of {customer} goes to one address: {numbers}",
            "{n} orders of {customer} go to one address: {numbers}",
            len(group),
        )
        numbers = ", ".join(each.order.number for each in group)
        self._said.setText(told.format(customer=calm_line(group[0].order.customer, most=60), numbers=numbers))

    def _together(self) -> None:
        group = self._proposal()
        if group is not None:
            self.strip.hide()
            self.acts.pack_together(_ids(group))

    def _not_now(self) -> None:
        group = self._proposal()
        if group is not None:
            self._later.add(_ids(group))
            self._propose()

    # why, at the cursor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), html.escape(self.why(event.pos())).replace("\n", "<br>"), self.table)
            return True
        return super().eventFilter(watched, event)

    def why(self, at: Any) -> str:
        """What is missing of the order at this place of the table, in sentences; "" where nothing is."""
        row_ = self.model.row(self.table.rowAt(at.y()))
        if row_ is None or not row_.missing:
            return ""
        reasons = self.app.ask(missing.reasons, row_.id, today=self.app.format.today, language=self.app.language)
        return calm("\n".join(reason.sentence for reason in reasons))

    def print(self) -> None:
        ids = self.table.selected_ids()
        if ids:
            self.printing.pick_list(ids)


def _ids(group: Sequence[QueueRow]) -> tuple[int, ...]:
    return tuple(sorted(row.id for row in group))


def _to_one_place(rows: Sequence[QueueRow]) -> bool:
    """Whether these orders could share a parcel."""
    places = {(row.order.customer_id, row.address_key) for row in rows}
    return len(rows) > 1 and len(places) == 1 and rows[0].order.customer_id is not None
