"""Check my data sees each thing that can be wrong with an order; each check is seen to fail."""

import pytest

from backoffice.orders import actions
from backoffice.shipping import actions as parcels
from backoffice.shipping import packing
from tests.builders import a_customer, a_product, an_open_shop, an_order, faults, pay

TAMPERINGS = {
    "paid": "UPDATE orders SET paid = paid + 1",
    "refunded": "UPDATE orders SET refunded = 1",
    "payment axis": "UPDATE orders SET payment = 'unpaid'",
    "dispatch axis": "UPDATE orders SET dispatch = 'packed'",
    "returns axis": "UPDATE orders SET returns = 'returned'",
    "total": "UPDATE orders SET total = total - 1, paid = paid",
    "tax": "UPDATE orders SET tax = tax + 1",
    "rounding": "UPDATE orders SET tax_rounding = 1",
    "a line's taxes": 'UPDATE order_line SET taxes = \'[{"name": "", "rate": "0", "tax": 7}]\'',
    "broken taxes": "UPDATE order_line SET taxes = '[{'",
    "broken tags": "UPDATE orders SET tags = 'none'",
    "a line's gross": "UPDATE order_line SET gross = gross + 1",
    "the next number": "UPDATE number_series SET next = 1 WHERE name = 'order'",
    "a number further on": "UPDATE orders SET number = '00007'",
    "the next parcel": "UPDATE shipment SET number = 'S-0007'",
    "discount": "UPDATE orders SET discount = 5",
    "currency": "UPDATE orders SET currency = 'ZZZ'",
    "other currency": "UPDATE orders SET currency = 'USD'",
    "cancelled": "UPDATE orders SET status = 'cancelled'",
    "held": "UPDATE orders SET status = 'on_hold'",
    "a hold left open": "INSERT INTO order_hold (order_id, reason, since) SELECT id, 'x', placed_at FROM orders",
    "the last order": "UPDATE customer SET last_order_at = NULL",
    "packed": "UPDATE order_line SET packed = 2",
    "shipped": "UPDATE order_line SET packed = 2, shipped = 2, allocated = 0",
    "delivered": "UPDATE order_line SET delivered = 0",
    "search": "DELETE FROM search_document WHERE kind = 'order'",
    "tally": "UPDATE order_tally SET orders = orders + 1",
    "a parcel's line": "UPDATE shipment_line SET quantity = 2, scanned = 0",
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_was_tampered_with_is_found(tmp_path, what):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=9)
            order = an_order(work, (cup, 3), customer_id=a_customer(work))
            pay(work, order, 3630)
            line = work.session.connection().exec_driver_sql("SELECT id FROM order_line").scalar_one()
            parcel = packing.pack(work, order, only={line: 1})
            parcels.ship(work, parcel)
            parcels.deliver(work, parcel)
        assert faults(shop) == []
        with shop.work() as work:
            work.session.connection().exec_driver_sql(TAMPERINGS[what])
        assert faults(shop) != []


def test_a_shop_after_a_days_work_is_sound(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=5)
            orders = [an_order(work, (cup, n)) for n in (1, 2, 3, 4)]
            actions.cancel(work, orders[0], reason="mistake")
            actions.hold(work, orders[2], reason="wait")
            parcels.void(work, packing.pack(work, orders[1]))
        assert faults(shop) == []
