"""Money at random: paid, refunded, charged back, reversed."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from backoffice.orders import payments
from backoffice.orders.model import PaymentKind
from tests.builders import pay
from tests.life.base import REFUSED, Life, pick
from tests.life.model import Booking


class MoneyLife(Life):
    """What happens in the payment ledger."""

    @precondition(lambda self: self.has())
    @rule(at=pick, cents=st.integers(1, 5000), kind=st.sampled_from(["charge", "refund", "chargeback", "fee"]))
    def book(self, at: int, cents: int, kind: str) -> None:
        order = self.one(at, self.model.orders_in())
        found = self.model.orders[order]
        allowed = kind in ("charge", "fee") or found.refunded + cents <= found.paid
        row = self.do(pay, order, cents, PaymentKind(kind), allowed=allowed)
        if row is not REFUSED:
            self.model.bookings[row] = Booking(order, kind, cents)
            self.count(row, 1)

    @precondition(lambda self: self.model.bookings)
    @rule(at=pick)
    def reverse(self, at: int) -> None:
        row = self.one(at, sorted(self.model.bookings))
        booking = self.model.bookings[row]
        order = self.model.orders[booking.order]
        allowed = booking.kind != "charge" or order.paid - booking.amount >= order.refunded
        if self.do(payments.reverse_payment, row, allowed=allowed) is not REFUSED:
            self.count(row, -1)
            del self.model.bookings[row]
            self.do(payments.reverse_payment, row, allowed=False)

    def count(self, row: int, sign: int) -> None:
        booking = self.model.bookings[row]
        order = self.model.orders[booking.order]
        order.paid += sign * booking.amount * (booking.kind == "charge")
        order.refunded += sign * booking.amount * (booking.kind in ("refund", "chargeback"))
        order.touched = True
