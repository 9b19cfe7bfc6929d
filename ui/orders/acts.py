"""What the order page's buttons do: each one action of the back office, its toast, and its Undo where there is one."""

from collections.abc import Callable
from typing import Any

from backoffice.core.money import Money
from backoffice.orders import actions, payments
from backoffice.orders.model import PaymentKind
from backoffice.orders.queries.whole import PaymentRow
from backoffice.shipping import actions as shipping
from backoffice.shipping import packing
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries.parcels import ParcelRow
from ui.kit.context import AppContext
from ui.kit.form import Form, FormDialog
from ui.orders import dialogs
from ui.orders.dialogs import Booking, Reason
from ui.orders.reading import Whole


class Acts:
    """All acts on one order at a time. `dialog` is the question now open, `show(order id)` opens an order."""

    def __init__(self, app: AppContext, show: Callable[[int], object]) -> None:
        self.app, self._show = app, show
        self.dialog: FormDialog | None = None

    def ask(self, dialog: FormDialog) -> None:
        """Opens a dialog in front of the window."""
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # the way of an order

    def confirm(self, found: Whole) -> None:
        done = self.app.do(actions.confirm, found.id)
        if done:
            said = self.app.words("Order {number} confirmed.").format(number=found.number)
            back = lambda: self.app.do(actions.unconfirm, found.id)  # noqa: E731
            self.app.notices.say(self._with_missing(said, done.value), back)

    def unconfirm(self, found: Whole) -> None:
        said = self.app.words("Order {number} is a draft again.").format(number=found.number)
        self.app.do(actions.unconfirm, found.id, said=said, undo=lambda _done: self.app.do(actions.confirm, found.id))

    def release(self, found: Whole) -> None:
        said = self.app.words("Order {number} goes on.").format(number=found.number)
        hold = found.order.holds[-1]
        until = hold.until if hold.until and hold.until > self.app.format.today else None
        again = lambda _done: self.app.do(actions.hold, found.id, reason=hold.reason, until=until)  # noqa: E731
        self.app.do(actions.release_hold, found.id, said=said, undo=again)

    def hold(self, order_id: int, number: str) -> None:
        app, words = self.app, self.app.words
        said = words("Order {number} is on hold.").format(number=number)

        def save(draft: Reason, form: Form) -> Any:
            facts = {"reason": draft.reason, "until": draft.until}
            undo = lambda _done: app.do(actions.release_hold, order_id)  # noqa: E731
            return app.do(actions.hold, order_id, said=said, undo=undo, form=form, **facts)

        self.ask(dialogs.hold_dialog(app, words("Put order {number} on hold").format(number=number), save))

    def cancel(self, order_id: int, number: str, paid: Money | None = None) -> None:
        app, words = self.app, self.app.words
        title = words("Cancel order {number}?").format(number=number)
        notes = [words("Its stock goes back to the shelf.")]
        if paid:
            notes.append(words("{amount} is then to be refunded.").format(amount=app.format.money(paid)))

        def save(draft: Reason, form: Form) -> Any:
            done = app.do(actions.cancel, order_id, reason=draft.reason, form=form)
            if done:
                said = words("Order {number} is cancelled.").format(number=number)
                if done.value:
                    owed = app.format.money(done.value)
                    said = words("Order {number} is cancelled. {amount} is to be refunded.")
                    said = said.format(number=number, amount=owed)
                app.notices.say(said, lambda: self.uncancel(order_id, number))
            return done

        self.ask(dialogs.cancel_dialog(app, title, " ".join(notes), save))

    def uncancel(self, order_id: int, number: str) -> None:
        done = self.app.do(actions.uncancel, order_id)
        if done:
            said = self.app.words("Order {number} is as it was before.").format(number=number)
            self.app.notices.say(self._with_missing(said, done.value))

    def close(self, found: Whole) -> None:
        said = self.app.words("Order {number} is closed.").format(number=found.number)
        self.app.do(actions.close, found.id, said=said, undo=lambda _done: self.app.do(actions.reopen, found.id))

    def reopen(self, found: Whole) -> None:
        said = self.app.words("Order {number} is open again.").format(number=found.number)
        self.app.do(actions.reopen, found.id, said=said, undo=lambda _done: self.app.do(actions.close, found.id))

    def reorder(self, found: Whole) -> None:
        app = self.app
        done = app.do(actions.reorder, found.id)
        if done:
            reason = app.words("Made in error")
            said = app.words("A draft with the same things as {number}, at today's prices.").format(number=found.number)
            app.notices.say(said, lambda: app.do(actions.cancel, done.value, reason=reason))
            self._show(done.value)

    def _with_missing(self, said: str, missing: list[Any]) -> str:
        units = sum(gap.units for gap in missing)
        if not units:
            return said
        lacking = self.app.plural("{n} unit is missing on the shelf.", "{n} units are missing on the shelf.", units)
        return f"{said} {lacking}"

    # money

    def book(self, found: Whole, kind: PaymentKind, amount: Money | None = None) -> None:
        """Asks for a payment or a refund; by itself the amount is what is owed."""
        app, order = self.app, found.order
        due = order.to_pay.minor
        owed = due if kind is PaymentKind.CHARGE else -due
        if amount is None and owed > 0:
            amount = Money(owed, order.total.currency)
        titles = {
            PaymentKind.REFUND: app.words("Record a refund for order {number}"),
            PaymentKind.CHARGE: app.words("Record a payment for order {number}"),
        }

        def save(draft: Booking, form: Form) -> Any:
            facts = {"kind": PaymentKind(draft.kind), "method": draft.method, "reference": draft.reference}
            said = app.words("{amount} booked on order {number}.")
            said = said.format(amount=app.format.money(draft.amount), number=found.number)
            undo = lambda row: app.do(payments.reverse_payment, row)  # noqa: E731
            record = payments.record_payment
            return app.do(
                record, found.id, draft.amount, at=draft.moment(app), said=said, undo=undo, form=form, **facts
            )

        title = titles[kind].format(number=found.number)
        self.ask(dialogs.payment_dialog(app, title, Booking(kind.value, amount), order.total.currency, save))

    def reverse(self, found: Whole, row: PaymentRow) -> None:
        """The counter-entry of a wrong row; its Undo books the row anew."""
        app = self.app
        said = app.words("{amount} reversed.").format(amount=app.format.money(row.amount))
        facts = {"kind": row.kind, "at": row.at, "method": row.method, "reference": row.reference}
        again = lambda _done: app.do(payments.record_payment, found.id, row.amount, **facts)  # noqa: E731
        app.do(payments.reverse_payment, row.id, said=said, undo=again)

    # parcels

    def pack(self, found: Whole) -> None:
        said = self.app.words("Order {number} is packed.").format(number=found.number)
        self.app.do(packing.pack, found.id, said=said, undo=lambda parcel: self.app.do(shipping.void, parcel))

    def dispatch(self, found: Whole) -> None:
        """Asks for the tracking numbers of the packed parcels, then all of them leave together."""
        app, waiting = self.app, found.in_state(ShipmentState.PACKED)

        def leave(work: Any, numbers: dict[int, str], carrier: int | None) -> None:
            for parcel, number in numbers.items():
                shipping.ship(work, parcel, tracking=number, carrier_id=carrier if number else None)

        def save(numbers: dict[int, str], carrier: int | None) -> Any:
            said = app.plural("{n} parcel is on its way.", "{n} parcels are on their way.", len(numbers))
            undo = lambda _done: app.do(_undo_all, list(numbers))  # noqa: E731
            form = self.dialog.form if self.dialog else None
            return app.do(leave, numbers, carrier, said=said, undo=undo, form=form)

        self.ask(dialogs.dispatch_dialog(app, waiting, save))

    def take_back(self, parcel: ParcelRow) -> None:
        """One step back: what left is packed again, what is packed is as if it had never been."""
        words = self.app.words
        if parcel.state is ShipmentState.SHIPPED:
            said = words("Parcel {number} is packed again.").format(number=parcel.number)
            self.app.do(shipping.undo_dispatch, parcel.id, said=said)
            return
        said = words("Parcel {number} is unpacked.").format(number=parcel.number)
        self.app.do(shipping.void, parcel.id, said=said)

    def track(self, parcel: ParcelRow) -> None:
        """Asks for the tracking number of a parcel that has none yet."""
        app = self.app

        def save(numbers: dict[int, str], carrier: int | None) -> Any:
            said = app.words("Tracking number kept.")
            form = self.dialog.form if self.dialog else None
            return app.do(
                shipping.set_tracking, parcel.id, numbers[parcel.id], carrier_id=carrier, said=said, form=form
            )

        self.ask(dialogs.tracking_dialog(app, parcel, save))


def _undo_all(work: Any, parcels: list[int]) -> None:
    for parcel in parcels:
        shipping.undo_dispatch(work, parcel)
