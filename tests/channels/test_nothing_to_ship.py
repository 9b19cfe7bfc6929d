"""An order of which nothing has to travel is done once it is paid: a gift card, a download."""

import pytest

from backoffice.channels.importing.undo import undo
from backoffice.orders.model import OrderStatus
from backoffice.orders.queries import facts
from tests.builders import an_open_shop
from tests.channels.files import HEADER, an_item, an_order, saved, text_of
from tests.channels.importing import everything, faults, take

WITH_SHIPPING = (*HEADER, "Lineitem requires shipping")


def a_file(folder, *rows, name="orders.csv"):
    return saved(folder, text_of(rows, header=WITH_SHIPPING), name)


def status(shop):
    return shop.ask(facts.head, shop.ask(facts.id_of, "#1")).status


@pytest.mark.parametrize(
    ("financial", "ended"),
    [("paid", OrderStatus.CLOSED), ("refunded", OrderStatus.CLOSED), ("pending", OrderStatus.OPEN)],
)
def test_a_gift_card_that_is_paid_is_closed(financial, ended, tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, a_file(tmp_path, [*an_order("#1", Financial_Status=financial), "false"]))
        assert status(shop) is ended
        assert faults(shop) == []


def test_a_gift_card_beside_a_cup_waits_for_the_cup(tmp_path):
    with an_open_shop(tmp_path) as shop:
        rows = [*an_order("#1", Total="34.90", Subtotal="30.00"), "false"], [*an_item("#1"), "true"]
        take(shop, a_file(tmp_path, *rows))
        assert status(shop) is OrderStatus.OPEN


def test_a_gift_card_paid_later_is_closed_then_and_open_again_when_that_is_undone(tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, a_file(tmp_path, [*an_order("#1", Financial_Status="pending"), "false"]))
        before = everything(shop)
        later = a_file(tmp_path, [*an_order("#1", Financial_Status="paid"), "false"], name="later.csv")
        batch = take(shop, later).batch_id
        assert status(shop) is OrderStatus.CLOSED
        undo(shop.store, batch)
        assert status(shop) is OrderStatus.OPEN
        assert everything(shop) == before
        assert faults(shop) == []
