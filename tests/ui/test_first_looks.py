"""What is asked while a shop is opened are the very queries of the first screens; nobody would see them fail there."""

import pytest

from tests.builders import a_customer, a_product, an_open_shop, an_order
from ui.kit.program import hook
from ui.window import SCREENS

FIRST = [place.first for place in SCREENS if place.first]


@pytest.mark.parametrize("first", FIRST)
def test_a_shop_answers_what_the_screens_ask_first(tmp_path, first):
    with an_open_shop(tmp_path) as shop:
        hook(first)(shop)
        with shop.work() as work:
            an_order(work, (a_product(work, on_hand=2), 1), customer_id=a_customer(work))
        hook(first)(shop)


def test_today_the_orders_and_dispatch_are_asked_ahead():
    assert [first.partition(".first_look")[0] for first in FIRST] == ["ui.today", "ui.orders", "ui.dispatch"]
