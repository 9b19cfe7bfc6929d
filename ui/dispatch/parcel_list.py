"""The lists of parcels: being packed, packed, dispatched today, on the way, lost or back."""

from collections.abc import Callable, Sequence
from typing import Any

from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import parcel_lists
from ui.dispatch import columns, reading
from ui.dispatch.acts import Acts
from ui.dispatch.desk_list import DeskList
from ui.dispatch.parcel_pane import parcel_pane
from ui.dispatch.printing import Printing
from ui.kit.buttons import Action
from ui.kit.card import Empty
from ui.kit.context import AppContext
from ui.kit.detail import Detail
from ui.kit.paging import Listing, QuerySource, Source
from ui.kit.table import Column

_IN_THE_HOUSE = (ShipmentState.DRAFT, ShipmentState.PICKING, ShipmentState.PACKED)
_SHIPPED = (ShipmentState.SHIPPED,)


class ParcelList(DeskList):
    """Every view that lists parcels."""

    feature = "parcels"
    mine = ("picking", "packed", "today", "under-way", "trouble")

    def __init__(self, app: AppContext, acts: Acts, printing: Printing) -> None:
        super().__init__(app, acts, printing)
        self.table.horizontalHeader().setSortIndicatorShown(True)

    def columns(self) -> Sequence[Column]:
        return columns.of_parcels(self.app)

    def source(self) -> Source:
        return QuerySource(
            self.app,
            parcel_lists.page,
            count=parcel_lists.count,
            marks=parcel_lists.marks,
            arguments=self._sorted_arguments,
        )

    def _sorted_arguments(self, listing: Listing) -> dict[str, Any]:
        return self.arguments(listing) | {"sort": listing.sort or "number", "descending": listing.descending}

    def paged(self, listing: Listing) -> tuple[Any, dict[str, Any]]:
        return parcel_lists.page, self._sorted_arguments(listing)

    def heads(self) -> Sequence[Action]:
        shop = Action(self.words("Tracking file for the shop…"), self.printing.shop_file, icon="export")
        return [shop, *super().heads()]

    def actions(self) -> Sequence[Action]:
        words, acts, printing = self.words, self.acts, self.printing
        here, left = _all_in(_IN_THE_HOUSE), _all_in(_SHIPPED)
        packed = _all_in((ShipmentState.PACKED,))
        gone = _all_in((ShipmentState.PACKED, ShipmentState.SHIPPED, ShipmentState.DELIVERED))
        lost, back = ShipmentState.LOST, ShipmentState.RETURNED_TO_SENDER
        return [
            Action(words("Print slips"), printing.slips, icon="slip", when=here),
            Action(words("Print labels"), printing.labels, icon="label", when=here),
            Action(words("Dispatch…"), acts.dispatch, icon="dispatch", when=packed),
            Action(words("Delivered"), acts.deliver, icon="done", when=left),
            Action(words("Lost"), lambda ids: acts.went_wrong(ids, lost), when=left),
            Action(words("Came back"), lambda ids: acts.went_wrong(ids, back), when=left),
            Action(words("Undo the dispatch"), acts.undo_dispatch, icon="undo", when=left),
            Action(words("Unpack"), acts.unpack, icon="undo", when=here),
            Action(words("Print customs declarations"), printing.customs, icon="list", when=gone),
            Action(words("Print manifest"), printing.manifest, icon="list", when=gone),
            Action(words("File for the carrier…"), printing.carrier_file, icon="export", when=packed),
        ]

    def lesser(self) -> Sequence[str]:
        words = self.words
        return [words("Print customs declarations"), words("Print manifest"), words("File for the carrier…")]

    def detail(self, record_id: int) -> Detail:
        return parcel_pane(self.app, self.acts, self.printing, self.app.ask(reading.parcel, record_id))

    def empty(self, view: str) -> Empty:
        words = self.words
        sentences = {
            "picking": words("No parcel is being packed. Scan the number on a pick list to begin one."),
            "packed": words("No parcel is packed and waits. Choose orders under To dispatch and pack them."),
            "today": words("Nothing left today yet."),
            "under-way": words("No parcel is on its way."),
            "trouble": words("No parcel was lost or came back."),
        }
        queue = words("See what is to be dispatched")
        if view in ("picking", "packed"):
            return Empty(sentences[view], queue, lambda: self.tabs.choose("ship-by"))
        return Empty(sentences[view], icon="done" if view == "trouble" else "empty")

    def print(self) -> None:
        self.printing.labels(self.table.selected_ids())


def _all_in(states: Sequence[ShipmentState]) -> Callable[[Sequence[Any]], bool]:
    return lambda rows: all(row.state in states for row in rows)
