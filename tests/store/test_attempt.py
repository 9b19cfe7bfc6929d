"""A part of a unit of work that is refused by itself."""

import pytest

from backoffice.core.errors import Refused
from backoffice.orders import actions
from backoffice.store.attempt import attempt
from tests.builders import a_product, an_open_shop, an_order, faults, history, the_order


def test_what_is_refused_is_undone_and_the_rest_is_kept(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=5)
            orders = [an_order(work, (cup, 1)) for _ in range(3)]
            actions.cancel(work, orders[1], reason="twice")
        told = []
        with shop.work() as work:
            for order in orders:
                try:
                    with attempt(work):
                        work.record("order.noted", order_id=order)
                        actions.hold(work, order, reason="asks for a gift wrap")
                except Refused as error:
                    told.append(error.code)
        assert told == ["orders.not-open"]
        assert [the_order(shop, order).row.status for order in orders] == ["on_hold", "cancelled", "on_hold"]
        assert "order.noted" not in [verb for verb, _facts in history(shop, orders[1])]
        assert faults(shop) == []


def test_what_was_announced_inside_is_unsaid(tmp_path):
    with an_open_shop(tmp_path) as shop, shop.work() as work:
        work.happened("before")
        before = (list(work.news), set(work.touched))
        with pytest.raises(Refused), attempt(work):
            work.happened("inside")
            work.touch("orders")
            raise Refused("orders.no-reason")
        assert (work.news, work.touched) == before
        work.news.clear()
