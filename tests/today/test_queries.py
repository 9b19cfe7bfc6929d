"""The first screen: what needs somebody now."""

from datetime import timedelta

from backoffice.shipping import actions, packing
from backoffice.today.queries import attention, today
from tests.builders import a_product, a_shop, an_order


def test_late_orders_come_first_and_are_counted(tmp_path):
    with a_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=9)
            late = an_order(work, (cup, 1))
        shop.clock.advance(timedelta(days=10))
        with shop.work() as work:
            an_order(work, (cup, 1))
        found = shop.ask(today, now=shop.clock.now())
        assert found.dispatch[0].order.id == late
        assert (found.to_dispatch, found.late) == (2, 1)
        assert found.dispatch[0].days is not None and found.dispatch[0].days < 0
        assert shop.ask(attention, now=shop.clock.now())["dispatch"] == 2


def test_a_parcel_that_left_in_time_counts_as_on_time(tmp_path):
    with a_shop(tmp_path) as shop:
        with shop.work() as work:
            order = an_order(work, (a_product(work, on_hand=9), 1))
            actions.ship(work, packing.pack(work, order))
        figures = {figure.name: figure for figure in shop.ask(today, now=shop.clock.now()).figures}
        assert (figures["on_time"].value, figures["on_time"].n) == (100, 1)


def test_low_stock_asks_for_attention(tmp_path):
    with a_shop(tmp_path) as shop:
        with shop.work() as work:
            low = a_product(work, on_hand=2, reorder_point=2)
            a_product(work, on_hand=3, reorder_point=2)
        assert [product.id for product in shop.ask(today, now=shop.clock.now()).low_stock] == [low]
