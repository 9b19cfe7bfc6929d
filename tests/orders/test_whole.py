"""One order whole, as its page shows it."""

from backoffice.orders import actions
from backoffice.orders.model import PaymentKind
from tests.builders import MONDAY, a_customer, a_product, an_open_shop, an_order, pay, refused, the_order


def test_a_page_has_head_lines_payments_holds_and_buyer(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            ana = a_customer(work)
            cup = a_product(work, on_hand=1, price=1000, name="Cup")
            an_order(work, (cup, 1), customer_id=ana, placed_at=MONDAY.replace(hour=8))
            order = an_order(work, (cup, 2), customer_id=ana, tags=("gift",))
            pay(work, order, 1500)
            pay(work, order, 200, PaymentKind.REFUND)
            actions.hold(work, order, reason="address")
            actions.release_hold(work, order)
        found = the_order(shop, order)
        assert [(line.name, line.ordered, line.allocated, line.short) for line in found.lines] == [("Cup", 2, 0, 2)]
        assert [(row.kind, str(row.amount)) for row in found.payments] == [("charge", "15.00"), ("refund", "2.00")]
        assert [(hold.reason, hold.released_at is None) for hold in found.holds] == [("address", False)]
        assert (found.buyer.id, found.buyer.name, found.buyer.orders_before) == (ana, "Ana Núñez", 1)
        assert len(found.buyer.emails) == 1 and found.tags == ["gift"]
        assert (str(found.total), str(found.to_pay)) == ("20.00", "5.00")


def test_a_files_total_is_evidence_and_the_difference_is_shown(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            order = an_order(work, (a_product(work, price=1000), 1))
        assert the_order(shop, order).difference is None
        with shop.work() as work:
            work.session.connection().exec_driver_sql("UPDATE orders SET imported_total = 1005")
        assert str(the_order(shop, order).difference) == "0.05"


def test_an_order_without_a_customer_has_no_buyer(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            order = an_order(work, (a_product(work), 1))
        assert the_order(shop, order).buyer is None
        with refused("orders.unknown", number=99):
            the_order(shop, 99)
