"""The packing table: a parcel is packed by scanning it, each scan answered in large words; scanner and Enter do."""

import re
from typing import Any

from backoffice.core.errors import Refused
from backoffice.shipping import actions, packing, scanning
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import queue
from backoffice.shipping.queries.parcels import ParcelRow
from ui.dispatch import answers, reading
from ui.dispatch.acts import Acts
from ui.dispatch.bench_view import BenchView
from ui.dispatch.numbers import Named, named
from ui.dispatch.printing import Printing
from ui.kit.context import AppContext
from ui.shared.foreign import calm_line

_MANY = re.compile(r"(\d{1,5})\s*\*\s*(.*)", re.DOTALL)


class Bench(BenchView):
    """`left` says that the packer goes back to the lists. Nothing scanned is lost by leaving: the parcel waits."""

    def __init__(self, app: AppContext, acts: Acts, printing: Printing) -> None:
        super().__init__(app)
        self._acts, self._printing = acts, printing
        self.entered.connect(lambda text: self.take(text) if text else self.enter())
        self.short_wanted.connect(self.finish_short)
        self.void_wanted.connect(self.take_back)
        self.label_wanted.connect(self.print_label)
        self._armed = False  # Enter was pressed on a parcel with something missing: the next one packs it so
        app.changed.connect(lambda _changes: self.again())
        self.wait()

    # what is being packed

    def wait(self) -> None:
        """Nothing is being packed: a scan begins."""
        self.page = None
        self.message.tell(*answers.waiting(self.app))
        self.show_all()

    def begin(self, shipment_id: int) -> None:
        """Takes this parcel to the table. One that is packed or gone is told, and nothing is begun."""
        self.done = None
        self.page = self.app.ask(reading.parcel, shipment_id)
        if self.page.parcel.state is not ShipmentState.PICKING:
            self.page, self.done = None, self.page.parcel
            self.message.tell(*answers.not_picking(self.app, self.done))
        else:
            self._greet()
        self.show_all()

    def again(self) -> None:
        """Something was changed, here or elsewhere: reads the parcel anew."""
        if self.page is None:
            return
        try:
            page = self.app.ask(reading.parcel, self.page.parcel.id)
        except Refused:
            page = None
        if page is None or page.parcel.state is not ShipmentState.PICKING:
            self.wait()
        else:
            self.page = page
            self.show_all()

    # scanning

    def take(self, text: str) -> None:
        """A code from the scanner or the keyboard, maybe with "12*" before it."""
        self._armed = False
        typed = self.field.text().strip()
        if typed.endswith("*"):  # the quantity was typed, the code scanned while the cursor was elsewhere
            self.field.clear()
            text = typed + text
        many = _MANY.fullmatch(text)
        quantity, code = (int(many[1]), many[2].strip()) if many else (1, text)
        if not code:
            self.field.setText(text)
            return
        if self.page is None:
            self._open(code)
        elif not self.remaining and quantity == 1 and (found := named(self.app, code)) is not None:
            if not self._is_this(found) and self.finish():
                self._open(code)
        else:
            self._scan(code, quantity)

    def _open(self, code: str) -> None:
        """Begins the order or goes on with the parcel of this number."""
        found = named(self.app, code)
        if found is None:
            self.message.tell("bad", self.words("No order or parcel has this number"), calm_line(code, most=80))
            return
        if found.shipment_id is not None:
            self.begin(found.shipment_id)
            return
        done = self.app.do(packing.start, [found.order_id], form=self)
        if done:
            self.begin(done.value)

    def _scan(self, code: str, quantity: int) -> None:
        assert self.page is not None
        done = self.app.do(scanning.scan, self.page.parcel.id, code, quantity=quantity, form=self)
        if done and self.page is not None:
            unknown = done.value.result is scanning.Scanned.UNKNOWN
            found = named(self.app, code) if unknown else None
            told = answers.of_scan(self.app, self.page, answers.Shot(code, quantity, done.value), found)
            self.message.tell(*told)
        self.field.setFocus()

    def _greet(self) -> None:
        assert self.page is not None
        self.message.tell(*answers.greeting(self.app, self.page, self.remaining))

    def _is_this(self, found: Named) -> bool:
        return self.page is not None and (
            found.shipment_id == self.page.parcel.id or found.order_id in self.page.parcel.orders
        )

    # finishing

    def enter(self) -> None:
        """Enter, or the filled button: packs what is complete, or takes the next order.

        Where something is missing the first Enter says so, and a second one packs what was scanned.
        """
        if self.page is None:
            self.next_order()
        elif not self.remaining:
            self.finish()
        elif self._armed:
            self.finish_short()
        elif self.scanned:
            self._armed = True
            left = self.app.plural("{n} unit is missing", "{n} units are missing", self.remaining)
            told = self.words("Scan the rest. Or press Enter again to pack what is scanned: the rest stays open.")
            self.message.tell("warn", left, told)
        else:
            self._greet()

    def finish(self) -> bool:
        """The parcel is packed."""
        assert self.page is not None
        return self._finish(packing.finish, self.page.parcel)

    def finish_short(self) -> None:
        """Only what was scanned is packed; the rest is free for another parcel."""
        if self.page is not None:
            self._finish(scanning.finish_short, self.page.parcel)

    def _finish(self, action: Any, parcel: ParcelRow) -> bool:
        self._armed, ids = False, [parcel.id]
        said = self.words("Parcel {number} packed").format(number=parcel.number)
        done = self.app.do(action, parcel.id, said=said, undo=lambda _done: self._acts.unpack(ids), form=self)
        if not done:
            return False
        self.page, self.done = None, parcel
        following = self._following()
        if following is None:
            under = self.words("No further order is ready. Scan a number, or go back to the list.")
        else:
            under = self.words("Next: order {number}, {customer}. Press Enter, or scan another number.")
            customer = calm_line(following.order.customer, most=60)
            under = under.format(number=following.order.number, customer=customer)
        self.message.tell("good", said, under)
        self.show_all()
        return True

    def next_order(self) -> None:
        """The first order of the queue that is ready."""
        following = self._following()
        if following is None:
            self.wait()
            return
        done = self.app.do(packing.start, [following.id], form=self)
        if done:
            self.begin(done.value)

    def _following(self) -> queue.QueueRow | None:
        found = self.app.ask(queue.ready, today=self.app.format.today, within=200)
        return found[0][1] if found else None

    def take_back(self) -> None:
        if self.page is not None:
            parcel = self.page.parcel
            said = self.words("Parcel {number} unpacked: its order waits as before").format(number=parcel.number)
            if self.app.do(actions.void, parcel.id, said=said):
                self.wait()

    def print_label(self) -> None:
        parcel = self.page.parcel if self.page is not None else self.done
        if parcel is not None:
            self._printing.labels([parcel.id])

    def show_refusal(self, error: Refused, sentence: str) -> bool:
        """A rule said no: told in the large words."""
        self.message.tell("bad", self.words("This cannot be done"), sentence)
        return True
