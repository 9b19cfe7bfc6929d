"""The three axes of an order, derived from its ledgers and counters and never set by anybody."""

from collections.abc import Iterable
from typing import NamedTuple

from backoffice.orders.model import DispatchStatus, PaymentStatus, ReturnsStatus


class Counters(NamedTuple):
    """One line's counters."""

    ordered: int
    cancelled: int
    packed: int
    shipped: int
    delivered: int
    return_requested: int
    returned: int
    requires_shipping: bool = True


def payment_status(*, total: int, paid: int, refunded: int) -> PaymentStatus:
    """Where the money stands; all in minor units, `paid` being charges before refunds.

    Refunded means that everything paid went back; an order that costs nothing is paid.
    """
    if refunded and refunded >= paid:
        return PaymentStatus.REFUNDED
    if refunded:
        return PaymentStatus.PART_REFUNDED
    if paid > total:
        return PaymentStatus.OVERPAID
    if paid == total:
        return PaymentStatus.PAID
    return PaymentStatus.PART_PAID if paid else PaymentStatus.UNPAID


def to_pay(*, total: int, paid: int, refunded: int, cancelled: bool = False) -> int:
    """What is still to be paid, in minor units; below zero: to be given back.

    A refund first takes back what was paid too much; what was refunded beyond that (goods that came back, goodwill)
    is not asked for again. Of a cancelled order nothing is to be paid, and what is left of the payments is owed.
    """
    if cancelled:
        return refunded - paid
    open_amount = total - paid
    return open_amount if open_amount >= 0 else min(open_amount + refunded, 0)


def dispatch_status(lines: Iterable[Counters]) -> DispatchStatus:
    """How far the goods are. Lines that need no parcel (a voucher, a service) and cancelled units do not count.

    An order of which nothing has to travel has nothing left to deliver; a cancelled one is unfulfilled.
    """
    wanted = packed = shipped = delivered = elsewise = 0
    for line in lines:
        if line.requires_shipping:
            wanted += line.ordered - line.cancelled
            packed += line.packed
            shipped += line.shipped
            delivered += line.delivered
        else:
            elsewise += line.ordered - line.cancelled
    if not wanted:
        return DispatchStatus.DELIVERED if elsewise else DispatchStatus.UNFULFILLED
    if not packed:
        return DispatchStatus.UNFULFILLED
    if delivered >= wanted:
        return DispatchStatus.DELIVERED
    if shipped >= wanted:
        return DispatchStatus.SHIPPED
    if shipped:
        return DispatchStatus.PART_SHIPPED
    return DispatchStatus.PACKED if packed >= wanted else DispatchStatus.PART_PACKED


def returns_status(lines: Iterable[Counters]) -> ReturnsStatus:
    """How far returns are: requested, some on their way back, some or all back."""
    requested = returned = shipped = 0
    for line in lines:
        requested += line.return_requested
        returned += line.returned
        shipped += line.shipped
    if returned and returned >= shipped:
        return ReturnsStatus.RETURNED
    if returned:
        return ReturnsStatus.IN_PROGRESS if requested > returned else ReturnsStatus.PART_RETURNED
    return ReturnsStatus.REQUESTED if requested else ReturnsStatus.NONE
