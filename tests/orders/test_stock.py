"""Orders and the shelf: what is promised to whom, who is served first, and what happens when it is not there."""

from datetime import date

import pytest

from backoffice.inventory import actions as products
from backoffice.inventory import queries as inventory
from backoffice.inventory.drafts import ProductDraft
from backoffice.inventory.model import Bucket
from backoffice.orders import actions, stock, writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.shipping import actions as parcels
from backoffice.shipping import packing
from tests.builders import (
    a_product,
    allocated,
    an_open_shop,
    an_order,
    faults,
    history,
    journal_of,
    refused,
    stock_of,
    the_order,
)


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def adjust(shop, product, by):
    with shop.work() as work:
        products.adjust(work, product, by, reason="counted")


def test_an_order_reserves_what_it_wants(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        order = an_order(work, (cup, 3))
    assert stock_of(shop, cup) == (5, 3, 2)
    assert [line.short for line in the_order(shop, order).lines] == [0]


def test_the_last_unit_is_not_promised_twice_and_the_second_order_says_so(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=1)
        first, second = an_order(work, (cup, 1)), an_order(work, (cup, 1))
    assert (allocated(shop, first), allocated(shop, second)) == ([1], [0])
    assert [row.id for row in shop.ask(inventory.page, view="oversold").rows] == [cup]
    assert history(shop, second)[-1] == ("order.short", {"missing": 1, "oversold": True})


def test_what_there_is_goes_to_the_order_and_the_rest_is_named(shop):
    with shop.work() as work:
        cup, jug = a_product(work, on_hand=1), a_product(work, on_hand=9)
        order = an_order(work, (cup, 3), (jug, 2))
        missing = stock.allocate(work, order)
    assert [(gap.product_id, gap.units, gap.backorder) for gap in missing] == [(cup, 2, False)]
    assert allocated(shop, order) == [1, 2]


def test_two_lines_of_one_product_share_what_there_is(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        order = an_order(work, (cup, 4), (cup, 4))
    assert allocated(shop, order) == [4, 1]


def test_a_backorder_is_promised_down_to_its_limit(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=1, backorder=True, backorder_limit=2)
        first, second = an_order(work, (cup, 4)), an_order(work, (cup, 1))
    assert (allocated(shop, first), allocated(shop, second)) == ([3], [0])
    assert stock_of(shop, cup) == (1, 3, -2)
    assert journal_of(shop, "order.short")[0] == {"missing": 1, "oversold": False}
    assert shop.ask(inventory.page, view="oversold").rows == [] and faults(shop) == []


def test_the_reserve_stays_on_the_shelf(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5, safety_stock=3)
        order = an_order(work, (cup, 4))
    assert (allocated(shop, order), stock_of(shop, cup)) == ([2], (5, 2, 0))


def test_stock_that_comes_in_goes_to_those_who_wait_the_earliest_promise_first(shop):
    with shop.work() as work:
        cup = a_product(work)
        late, early, dateless = (
            an_order(work, (cup, 2), promised_dispatch=date(2026, 3, 20)),
            an_order(work, (cup, 3), promised_dispatch=date(2026, 3, 5)),
            an_order(work, (cup, 1)),
        )
    adjust(shop, cup, 4)
    assert [allocated(shop, order) for order in (early, dateless, late)] == [[3], [1], [0]]
    adjust(shop, cup, 1)
    assert allocated(shop, late) == [1]
    adjust(shop, cup, 5)
    assert (allocated(shop, late), stock_of(shop, cup)) == ([2], (10, 6, 4))


def test_stock_is_not_kept_from_a_small_order_behind_a_large_one_that_cannot_be_served_whole(shop):
    with shop.work() as work:
        cup = a_product(work)
        large = an_order(work, (cup, 10), promised_dispatch=date(2026, 3, 5))
        small = an_order(work, (cup, 1), promised_dispatch=date(2026, 3, 6))
    adjust(shop, cup, 4)
    assert (allocated(shop, large), allocated(shop, small)) == ([4], [0])


def test_stock_that_comes_free_goes_to_the_order_that_waits(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=2)
        first, second = an_order(work, (cup, 2)), an_order(work, (cup, 2))
    with shop.work() as work:
        actions.cancel(work, first, reason="changed her mind")
    assert allocated(shop, second) == [2]


@pytest.mark.parametrize("change", [{"backorder": True}, {"safety_stock": 0}])
def test_a_product_of_which_more_may_be_promised_serves_those_who_wait(shop, change):
    with shop.work() as work:
        cup = a_product(work, sku="CUP", on_hand=2, safety_stock=2)
        order = an_order(work, (cup, 2))
        assert stock.allocate(work, order) != []
        draft = ProductDraft(**({"sku": "CUP", "name": "Cup", "safety_stock": 2} | change))
        products.change(work, cup, draft, version=1)
    assert allocated(shop, order) == [2]


def test_held_orders_and_drafts_wait_without_taking_what_comes_in(shop):
    with shop.work() as work:
        cup = a_product(work)
        held, draft = an_order(work, (cup, 1)), an_order(work, (cup, 1), as_draft=True)
        actions.hold(work, held, reason="wait")
    adjust(shop, cup, 5)
    assert (allocated(shop, held), allocated(shop, draft)) == ([0], [0])


def test_what_broke_is_taken_back_from_the_latest_promise_and_its_order_says_so(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        late = an_order(work, (cup, 2), promised_dispatch=date(2026, 3, 20))
        early = an_order(work, (cup, 3), promised_dispatch=date(2026, 3, 5))
    adjust(shop, cup, -1)
    assert (allocated(shop, early), allocated(shop, late), stock_of(shop, cup)) == ([3], [1], (4, 4, 0))
    assert history(shop, late)[-1] == ("order.short", {"missing": 1, "oversold": True})
    assert [row.id for row in shop.ask(inventory.page, view="oversold").rows] == [cup]
    adjust(shop, cup, -3)
    assert (allocated(shop, early), allocated(shop, late), faults(shop)) == ([1], [0], [])


@pytest.mark.parametrize("how", ["write off", "set aside", "no backorders any more"])
def test_nothing_stays_promised_that_may_not_be(shop, how):
    with shop.work() as work:
        cup = a_product(work, sku="CUP", on_hand=5, backorder=how == "no backorders any more")
        order = an_order(work, (cup, 9 if how == "no backorders any more" else 5))
        if how == "write off":
            products.write_off(work, cup, 2, bucket=Bucket.SELLABLE, reason="flood")
        elif how == "set aside":
            products.set_aside(work, cup, 2, source=Bucket.SELLABLE, target=Bucket.DAMAGED)
        else:
            products.change(work, cup, ProductDraft(sku="CUP", name="Cup"), version=1)
    assert allocated(shop, order) == [5 if how == "no backorders any more" else 3]
    assert faults(shop) == []


def test_a_backorder_keeps_its_promise_when_the_shelf_shrinks(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5, backorder=True)
        limited = a_product(work, on_hand=5, backorder=True, backorder_limit=2)
        order = an_order(work, (cup, 5), (limited, 5))
    adjust(shop, cup, -4)
    adjust(shop, limited, -4)
    assert allocated(shop, order) == [5, 3]


def test_what_is_packed_stays_promised_whatever_is_counted(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        packed, other = an_order(work, (cup, 3)), an_order(work, (cup, 2))
        parcel = packing.pack(work, packed)
    adjust(shop, cup, -4)
    assert (allocated(shop, packed), allocated(shop, other), faults(shop)) == ([3], [0], [])
    with refused("inventory.not-enough"), shop.work() as work:
        parcels.ship(work, parcel)
    with shop.work() as work:
        parcels.void(work, parcel)
    assert (allocated(shop, packed), stock_of(shop, cup), faults(shop)) == ([1], (1, 1, 0), [])


def test_a_service_or_a_voucher_wants_no_stock(shop):
    with shop.work() as work:
        voucher = a_product(work, on_hand=5)
        line = LineDraft(quantity=2, product_id=voucher, requires_shipping=False)
        order = writing.create(work, OrderDraft(lines=(line,)))
        assert stock.allocate(work, order) == []
    assert (allocated(shop, order), stock_of(shop, voucher)) == ([0], (5, 0, 5))
    assert [line.short for line in the_order(shop, order).lines] == [0]
