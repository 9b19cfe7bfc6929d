"""The three axes: how money, goods and returns stand, told from the counters alone."""

import pytest

from backoffice.orders.axes import Counters, dispatch_status, payment_status, returns_status, to_pay


@pytest.mark.parametrize(
    ("paid", "refunded", "status", "open_amount"),
    [
        (0, 0, "unpaid", 1000),
        (400, 0, "part_paid", 600),
        (1000, 0, "paid", 0),
        (1500, 0, "overpaid", -500),
        (1500, 500, "part_refunded", 0),
        (1500, 200, "part_refunded", -300),
        (1500, 900, "part_refunded", 0),
        (1000, 300, "part_refunded", 0),
        (1000, 1000, "refunded", 0),
        (400, 400, "refunded", 600),
    ],
)
def test_money_stands_where_the_ledger_says(paid, refunded, status, open_amount):
    assert payment_status(total=1000, paid=paid, refunded=refunded) == status
    assert to_pay(total=1000, paid=paid, refunded=refunded) == open_amount


def test_an_order_that_costs_nothing_is_paid():
    assert payment_status(total=0, paid=0, refunded=0) == "paid"


@pytest.mark.parametrize(("paid", "refunded", "open_amount"), [(0, 0, 0), (1000, 0, -1000), (1000, 400, -600)])
def test_of_a_cancelled_order_what_was_paid_is_owed(paid, refunded, open_amount):
    assert to_pay(total=1000, paid=paid, refunded=refunded, cancelled=True) == open_amount


def line(ordered, packed=0, shipped=0, delivered=0, *, cancelled=0, asked=0, back=0, travels=True):
    return Counters(ordered, cancelled, packed, shipped, delivered, asked, back, travels)


VOUCHER = line(1, travels=False)


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ([], "unfulfilled"),
        ([line(3)], "unfulfilled"),
        ([line(3, 1)], "part_packed"),
        ([line(3, 3)], "packed"),
        ([line(3, 3), line(1)], "part_packed"),
        ([line(3, 3, 1)], "part_shipped"),
        ([line(3, 3, 3), line(1)], "part_shipped"),
        ([line(3, 3, 3)], "shipped"),
        ([line(3, 2, 2, cancelled=1)], "shipped"),
        ([line(3, 3, 3, 2)], "shipped"),
        ([line(3, 3, 3, 3)], "delivered"),
        ([line(3, 3, 3), VOUCHER], "shipped"),
        ([line(3, cancelled=3)], "unfulfilled"),
    ],
)
def test_goods_stand_where_the_counters_say(lines, status):
    assert dispatch_status(lines) == status


def test_an_order_of_which_nothing_travels_never_waits_for_a_parcel():
    assert dispatch_status([VOUCHER]) == "delivered"
    assert dispatch_status([VOUCHER, line(2, cancelled=2)]) == "delivered"
    assert dispatch_status([line(1, cancelled=1, travels=False)]) == "unfulfilled"


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ([line(3, 3, 3)], "none"),
        ([line(3, 3, 3, asked=1)], "requested"),
        ([line(3, 3, 3, asked=2, back=1)], "in_progress"),
        ([line(3, 3, 3, asked=1, back=1)], "part_returned"),
        ([line(3, 3, 3, asked=3, back=3)], "returned"),
        ([line(3, 3, 3, asked=3, back=3), line(1, 1, 1)], "part_returned"),
    ],
)
def test_returns_stand_where_the_counters_say(lines, status):
    assert returns_status(lines) == status
