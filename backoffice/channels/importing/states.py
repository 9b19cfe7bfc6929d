"""How far an order is that came in: what was paid, given back, dispatched or cancelled elsewhere."""

from typing import NamedTuple

from backoffice.channels.candidates import CandidateLine, CandidateOrder
from backoffice.orders import axes
from backoffice.orders.model import DispatchStatus, OrderStatus, PaymentStatus

_PAID = {"paid", "refunded", "partially_refunded", "completed", "processing", "captured"}
_PART = {"partially_paid"}
_DEAD = {"refunded", "voided"}
_GONE = {"fulfilled", "shipped", "delivered", "completed"}


class States(NamedTuple):
    """The states of a new order; amounts in minor units, `shipped` and `cancelled` units per line."""

    status: OrderStatus
    payment: PaymentStatus
    dispatch: DispatchStatus
    paid: int
    refunded: int
    shipped: list[int]
    cancelled: list[int]


def states_of(order: CandidateOrder, total: int) -> States:
    """Reads the platform's words; one of which nothing is left to send or to pay is closed history."""
    paid = paid_in(order, total)
    refunded = refunded_in(order, paid)
    if left_elsewhere(order):
        shipped = [line.quantity for line in order.lines]
    else:
        shipped = [shipped_units(order, line) for line in order.lines]
    called_off = is_called_off(order)
    cancelled = [0] * len(shipped)
    if called_off:
        cancelled = [line.quantity - gone for line, gone in zip(order.lines, shipped, strict=True)]
    payment = axes.payment_status(total=total, paid=paid, refunded=refunded)
    dispatch = axes.dispatch_status(
        axes.Counters(line.quantity, none, gone, gone, 0, 0, 0, line.requires_shipping)
        for line, gone, none in zip(order.lines, shipped, cancelled, strict=True)
    )
    status = OrderStatus.OPEN
    if called_off:
        status = OrderStatus.CANCELLED
    elif is_done(dispatch, payment):
        status = OrderStatus.CLOSED
    return States(status, payment, dispatch, paid, refunded, shipped, cancelled)


def is_called_off(order: CandidateOrder) -> bool:
    """Whether nobody waits for it: cancelled, or all money went back or never came before anything was sent."""
    if order.cancelled_at is not None:
        return True
    if order.financial_status not in _DEAD or any(shipped_units(order, line) for line in order.lines):
        return False
    return any(line.requires_shipping for line in order.lines)


def is_done(dispatch: DispatchStatus, payment: PaymentStatus) -> bool:
    """Whether nothing is left to do: all has left, or nothing has to travel (a voucher), and the money is here."""
    gone = dispatch in (DispatchStatus.SHIPPED, DispatchStatus.DELIVERED)
    return gone and payment not in (PaymentStatus.UNPAID, PaymentStatus.PART_PAID)


def paid_in(order: CandidateOrder, total: int) -> int:
    """What was charged, before refunds."""
    asked = order.total if order.total is not None else total
    if order.financial_status in _PAID or (not order.financial_status and order.paid_at is not None):
        return max(asked, 0)
    if order.financial_status in _PART and order.outstanding is not None:
        return max(asked - order.outstanding, 0)
    return 0


def refunded_in(order: CandidateOrder, paid: int) -> int:
    """What went back, at most what was paid; some channels write it below zero."""
    return min(abs(order.refunded or 0) or (paid if order.financial_status == "refunded" else 0), paid)


def left_elsewhere(order: CandidateOrder) -> bool:
    """Whether the platform says that the whole order was dispatched."""
    return order.fulfilment_status in _GONE


def shipped_units(order: CandidateOrder, line: CandidateLine) -> int:
    """Units of a line that left elsewhere."""
    if left_elsewhere(order):
        return line.quantity
    return min(max(line.fulfilled, 0), line.quantity)
