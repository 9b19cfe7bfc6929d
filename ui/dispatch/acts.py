"""What the dispatch screen's buttons do: jobs with progress and stop, toasts with Undo, and what was refused."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from backoffice.core.money import Money
from backoffice.shipping import actions, batches, missing, packing
from backoffice.shipping.batches import Came, Outcome
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import parcels, queue
from ui.dispatch.dispatching import DispatchDialog
from ui.dispatch.outcomes import Refusal
from ui.dispatch.tracking_form import tracking_dialog
from ui.kit.context import AppContext


class Acts(QObject):
    """All acts of the screen; what is shown because of them is told by signals."""

    told = Signal()  # a batch is at its end
    packed = Signal(list)  # ids of the parcels that are packed now
    refused = Signal(str, list)  # a title and the Refusals under it; [] takes the list away
    order_wanted = Signal(int)
    parcel_wanted = Signal(int)
    bench_wanted = Signal(object)  # the id of a parcel to be packed with the scanner, None: wait for a scan

    def __init__(self, app: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.app = app
        self.dialog: QDialog | None = None  # the one now open, for tests

    # packing

    def pack(self, order_ids: Sequence[int], *, anyway: bool = False) -> None:
        """Packs what is ready of each order; one with something missing is left and told, unless `anyway`."""
        app = self.app

        def task(*hands: Any) -> tuple[list[Outcome], list[Refusal]]:
            fit, left = (list(order_ids), []) if anyway else self._fit(order_ids)
            return batches.pack_all(app.shop.store, fit, progress=hands[0], cancelled=hands[1]), left

        app.run(task, lambda found: self._packed(*found), label=app.words("Packing"))

    def pack_together(self, order_ids: Sequence[int]) -> None:
        """Several orders of one customer in one parcel."""
        app, ids = self.app, list(order_ids)
        app.run(
            lambda *_hands: (batches.pack_all(app.shop.store, ids, together=[ids]), []),
            lambda found: self._packed(*found),
            label=app.words("Packing"),
        )

    def _fit(self, order_ids: Sequence[int]) -> tuple[list[int], list[Refusal]]:
        """The orders of which nothing is missing, in the order named, and why the others must wait."""
        app = self.app
        today = app.format.today
        rows = {row.id: row for row in app.ask(queue.queue_rows, list(order_ids), today=today)}
        fit = [each for each in order_ids if each in rows and not rows[each].missing]
        left = []
        for each in order_ids:
            if each in rows and rows[each].missing:
                told = app.ask(missing.reasons, each, today=today, language=app.language)
                sentence = " ".join(reason.sentence for reason in told)
                left.append(Refusal(rows[each].order.number, sentence, lambda each=each: self.order_wanted.emit(each)))
        return fit, left

    def _packed(self, outcomes: Sequence[Outcome], left: Sequence[Refusal]) -> None:
        app = self.app
        ids = [each for outcome in outcomes for each in outcome.shipment_ids]
        self.tell(
            outcomes,
            said=lambda n: app.plural("{n} parcel packed", "{n} parcels packed", n),
            title=lambda n: app.plural("{n} order was not packed", "{n} orders were not packed", n),
            undo=self.unpack,
            left=left,
        )
        if ids:
            self.packed.emit(ids)

    def scan_order(self, order_id: int) -> None:
        """Begins a parcel and takes it to the packing table."""
        done = self.app.do(packing.start, [order_id])
        if done:
            self.bench_wanted.emit(done.value)

    def finish(self, shipment_id: int) -> None:
        """A parcel that was begun is packed, scanned or not."""
        said = self.app.plural("{n} parcel packed", "{n} parcels packed", 1)
        if self.app.do(packing.finish, shipment_id, said=said, undo=lambda _done: self.unpack([shipment_id])):
            self.packed.emit([shipment_id])

    # leaving

    def dispatch(self, shipment_ids: Sequence[int]) -> None:
        """Asks for tracking numbers, then dispatches."""
        if shipment_ids:
            self.dialog = DispatchDialog(self.app, list(shipment_ids), ship=self.ship, keep=self.keep_tracking)
            self.dialog.open()

    def ship(
        self,
        shipment_ids: Sequence[int],
        *,
        tracking: dict[int, str],
        costs: dict[int, Money],
        carrier_id: int | None = None,
    ) -> None:
        """Dispatches these parcels with what was typed, scanned or read for them."""
        app, ids = self.app, list(shipment_ids)

        def task(progress: Any, cancelled: Any) -> list[Outcome]:
            return batches.ship_all(
                app.shop.store,
                ids,
                tracking=tracking,
                label_costs=costs,
                carrier_id=carrier_id,
                progress=progress,
                cancelled=cancelled,
            )

        def done(outcomes: list[Outcome]) -> None:
            self.tell(
                outcomes,
                said=lambda n: app.plural("{n} parcel dispatched", "{n} parcels dispatched", n),
                title=lambda n: app.plural("{n} parcel was not dispatched", "{n} parcels were not dispatched", n),
                undo=self.undo_dispatch,
            )

        app.run(task, done, label=app.words("Dispatching"))

    def undo_dispatch(self, shipment_ids: Sequence[int]) -> None:
        """Parcels marked as dispatched by mistake are packed again, with their numbers and labels."""
        app = self.app

        def done(outcomes: list[Outcome]) -> None:
            self.tell(
                outcomes,
                said=lambda n: app.plural("{n} parcel is packed again", "{n} parcels are packed again", n),
                title=lambda n: app.plural("{n} dispatch was not undone", "{n} dispatches were not undone", n),
            )

        self._each(batches.undo_dispatch_all, shipment_ids, done, app.words("Undoing the dispatch"))

    def keep_tracking(self, tracking: dict[int, str], carrier_id: int | None = None) -> None:
        """Notes tracking numbers of parcels that leave later."""
        app = self.app

        def note(work: Any) -> None:
            for shipment_id, number in tracking.items():
                actions.set_tracking(work, shipment_id, number, carrier_id=carrier_id)

        app.do(note, said=app.plural("{n} tracking number kept", "{n} tracking numbers kept", len(tracking)))

    def track(self, shipment_id: int) -> None:
        """Asks for the tracking number of a parcel that left."""
        self.dialog = tracking_dialog(self.app, shipment_id)
        self.dialog.open()

    def unpack(self, shipment_ids: Sequence[int]) -> None:
        """Unpacks parcels: stock and orders are as before they were packed."""
        app = self.app

        def done(outcomes: list[Outcome]) -> None:
            self.tell(
                outcomes,
                said=lambda n: app.plural(
                    "{n} parcel unpacked: its order waits to be packed again",
                    "{n} parcels unpacked: their orders wait to be packed again",
                    n,
                ),
                title=lambda n: app.plural("{n} parcel was not unpacked", "{n} parcels were not unpacked", n),
            )

        self._each(batches.take_back_all, shipment_ids, done, app.words("Unpacking"))

    # arriving

    def deliver(self, shipment_ids: Sequence[int]) -> None:
        """Notes that parcels arrived."""
        app = self.app

        def done(outcomes: list[Outcome]) -> None:
            self.tell(
                outcomes,
                said=lambda n: app.plural("{n} parcel delivered", "{n} parcels delivered", n),
                title=lambda n: app.plural("{n} parcel is not on its way", "{n} parcels are not on their way", n),
                undo=self.back_on_its_way,
            )

        self._each(batches.deliver_all, shipment_ids, done, app.words("Delivered"))

    def went_wrong(self, shipment_ids: Sequence[int], state: ShipmentState) -> None:
        """Notes that parcels were lost or came back to us."""
        app, ids = self.app, list(shipment_ids)
        if state is ShipmentState.LOST:
            said = app.plural("{n} parcel noted as lost", "{n} parcels noted as lost", len(ids))
        else:
            said = app.plural("{n} parcel noted as come back", "{n} parcels noted as come back", len(ids))
        wrong = lambda work: [actions.went_wrong(work, each, state) for each in ids]  # noqa: E731
        app.do(wrong, said=said, undo=lambda _done: self.back_on_its_way(ids))

    def back_on_its_way(self, shipment_ids: Sequence[int]) -> None:
        """A parcel marked as arrived, lost or back is under way after all."""
        app, ids = self.app, list(shipment_ids)
        said = app.plural("{n} parcel is on its way after all", "{n} parcels are on their way after all", len(ids))
        app.do(lambda work: [actions.back_on_its_way(work, each) for each in ids], said=said)

    # telling

    def tell(
        self,
        outcomes: Sequence[Outcome],
        *,
        said: Callable[[int], str],
        title: Callable[[int], str],
        undo: Callable[[list[int]], object] | None = None,
        left: Sequence[Refusal] = (),
    ) -> None:
        """One toast for what was done, with Undo, and the list of what was not."""
        app = self.app
        self.told.emit()
        done = [outcome for outcome in outcomes if outcome.came is Came.DONE]
        stopped = sum(outcome.came is Came.LEFT for outcome in outcomes)
        refusals = [*left, *(self._refusal(each) for each in outcomes if each.refusal is not None)]
        self.refused.emit(title(len(refusals)), refusals)
        told = [said(len(done))] if done else []
        if stopped:
            told.append(app.plural("Stopped before {n} more.", "Stopped before {n} more.", stopped))
        if refusals:
            told.append(title(len(refusals)))
        if not told:
            told = [app.words("This was done already.")]
        ids = [each for outcome in done for each in outcome.shipment_ids]
        if done:
            app.notices.say(". ".join(told), None if undo is None else lambda: undo(ids))
        else:
            app.notices.refuse(". ".join(told))

    def _refusal(self, outcome: Outcome) -> Refusal:
        assert outcome.refusal is not None
        return Refusal(outcome.number, self.app.sentence(outcome.refusal), self.opener(outcome.number, outcome))

    def opener(self, number: str, outcome: Outcome | None = None) -> Callable[[], object] | None:
        """What opens the order or parcel of an outcome, or of a number that stands on a paper."""
        parcel = self.app.ask(parcels.id_of, number)
        if parcel is not None:
            return lambda: self.parcel_wanted.emit(parcel)
        if outcome is not None and outcome.order_ids:
            return lambda: self.order_wanted.emit(outcome.order_ids[0])
        return None

    def _each(self, batch: Callable[..., Any], ids: Sequence[int], done: Callable[[Any], object], label: str) -> None:
        app, wanted = self.app, list(ids)
        app.run(
            lambda progress, cancelled: batch(app.shop.store, wanted, progress=progress, cancelled=cancelled),
            done,
            label=label,
        )
