"""Dispatch: the ship-by queue, the parcels on their way, and the packing table, one in front at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import parcel_lists
from ui.dispatch.acts import Acts
from ui.dispatch.bench import Bench
from ui.dispatch.desk_list import DeskList
from ui.dispatch.help import help_text
from ui.dispatch.numbers import named
from ui.dispatch.outcomes import Refusals
from ui.dispatch.parcel_list import ParcelList
from ui.dispatch.printing import Printing
from ui.dispatch.queue_list import QueueList
from ui.kit import theme
from ui.kit.boxes import column, held
from ui.kit.context import AppContext
from ui.kit.screen import Screen

ORDER = "order"  # ("order", 12) is an order in the queue; a plain number is a parcel
_VIEW_OF = {
    ShipmentState.DRAFT: "picking",
    ShipmentState.PICKING: "picking",
    ShipmentState.PACKED: "packed",
    ShipmentState.SHIPPED: "under-way",
    ShipmentState.LOST: "trouble",
    ShipmentState.RETURNED_TO_SENDER: "trouble",
}


@dataclass(frozen=True, slots=True)
class _Pane:
    """What is shown beside the list in front, as the window remembers it for Back."""

    record: Any


class DispatchScreen(Screen):
    """`show_record` takes a parcel's id, or ("order", id) for an order of the queue."""

    feature = "dispatch"

    def __init__(self, app: AppContext) -> None:
        super().__init__(app)
        self._stale = False  # the lists look after themselves
        self.acts = Acts(app, self)
        self.printing = Printing(app, self.acts)
        self.refusals = Refusals(app)
        self.queue = QueueList(app, self.acts, self.printing)
        self._parcels: ParcelList | None = None  # made when first looked at, as the packing table is
        self.bench: Bench | None = None
        self._list: DeskList = self.queue
        self._stack = QStackedWidget()
        self._take_in(self.queue)
        self._above = held(column(self.refusals, margins=(theme.XL, theme.M, theme.XL, 0)))
        self._above.hide()
        self.setLayout(column(self._above, self._stack, gap=0))
        self.layout().setStretch(1, 1)
        self._connect()

    def _connect(self) -> None:
        self.acts.refused.connect(self._show_refusals)
        self.acts.told.connect(lambda: self._list.catch_up())
        self.acts.packed.connect(self._show_packed)
        self.acts.order_wanted.connect(lambda order_id: self.show_record((ORDER, order_id)))
        self.acts.parcel_wanted.connect(self.show_record)
        self.acts.bench_wanted.connect(self.pack_at_the_table)
        self.refusals.left.connect(self._above.hide)

    def _take_in(self, desk: DeskList) -> None:
        self._stack.addWidget(desk)
        desk.other.connect(self.show_view)

    @property
    def parcels(self) -> ParcelList:
        """The lists of parcels."""
        if self._parcels is None:
            self._parcels = ParcelList(self.app, self.acts, self.printing)
            self._take_in(self._parcels)
        return self._parcels

    # which part is in front

    @property
    def packs(self) -> bool:
        """Whether the packing table is in front."""
        return self.bench is not None and self._stack.currentWidget() is self.bench

    @property
    def pane(self) -> _Pane:
        record = self._list.pane.record if self._list.pane is not None else None
        return _Pane((ORDER, record) if self._list is self.queue and record is not None else record)

    def show_view(self, view: str) -> None:
        """Shows one of the views by its key, in the list it belongs to."""
        tabs_had_focus = self._list.tabs.hasFocus()
        self._list = self.queue if self._list.saved.base(view) in self.queue.mine else self.parcels
        self._list.go(view)
        self._stack.setCurrentWidget(self._list)
        if tabs_had_focus:
            self._list.tabs.setFocus()

    def show_record(self, record_id: Any) -> None:
        if isinstance(record_id, tuple):
            self.show_view(self._list.tabs.key if self._list is self.queue else "ship-by")
            self.queue.show_record(record_id[1])
            return
        found = self.app.ask(parcel_lists.rows_of, [record_id])
        view = _VIEW_OF.get(found[0].state, "today") if found else "packed"
        if self._list is self.queue or not self._shows(record_id):
            self.show_view(view)
        self.parcels.show_record(record_id)

    def _shows(self, record_id: int) -> bool:
        """Whether the parcel stands in the list that is in front."""
        return self._stack.currentWidget() is self.parcels and self.parcels.model.find(record_id) is not None

    def _show_packed(self, shipment_ids: Sequence[int]) -> None:
        """What was packed just now is chosen, so that its labels are one click away."""
        if self.packs or not self.isVisible():
            return
        self.show_view("packed")
        self.parcels.choose(shipment_ids)
        self.parcels.settle()

    def _show_refusals(self, title: str, refusals: Sequence[Any]) -> None:
        self.refusals.show_list(title, refusals)
        self._above.setVisible(bool(refusals) and not self.packs)

    # the packing table

    def pack_at_the_table(self, shipment_id: int | None) -> None:
        """Brings the packing table to the front, with this parcel or waiting for a scan."""
        if self.bench is None:
            self.bench = Bench(self.app, self.acts, self.printing)
            self.bench.left.connect(self.leave_the_table)
            self._stack.addWidget(self.bench)
        self._stack.setCurrentWidget(self.bench)
        self._above.hide()
        if shipment_id is None:
            self.bench.wait()
        else:
            self.bench.begin(shipment_id)
        self.bench.field.setFocus()

    def leave_the_table(self) -> None:
        """Back to the list; a parcel that is not packed yet waits under Being packed."""
        if self.bench is not None and self.bench.page is not None:
            number = self.bench.page.parcel.number
            self.app.notices.say(self.words("Parcel {number} waits under Being packed.").format(number=number))
            self.bench.wait()
        self._stack.setCurrentWidget(self._list)
        self._above.setVisible(bool(self.refusals.shown))

    def scanned(self, code: str) -> bool:
        if self.packs:
            assert self.bench is not None
            self.bench.take(code)
            return True
        found = named(self.app, code)
        if found is None:
            return False
        if found.shipment_id is not None and found.state is not ShipmentState.PICKING:
            self.show_record(found.shipment_id)
            return True
        self.pack_at_the_table(None)
        assert self.bench is not None
        self.bench.take(code)
        return True

    # what the window's keys do

    def refresh(self) -> None:
        if self.packs and self.bench is not None:
            self.bench.again()
        else:
            self._list.refresh()

    def settle(self) -> None:
        """Shows the current row's record now."""
        self._list.settle()

    def help(self) -> str:
        return help_text(self.app)

    def print(self) -> None:
        if self.packs and self.bench is not None:
            self.bench.print_label()
        else:
            self._list.print()

    def confirm(self) -> None:
        if self.packs and self.bench is not None:
            self.bench.enter()
            return
        page = self._list.pane.page if self._list.pane is not None else None
        if page is not None and page.step is not None:
            page.step.run()

    def focus_filter(self) -> None:
        if not self.packs:
            self._list.focus_filter()

    def escape(self) -> bool:
        if self.packs:
            self.leave_the_table()
            return True
        if self.refusals.shown:
            self.refusals.leave()
            return True
        return self._list.escape()
