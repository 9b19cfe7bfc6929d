"""The lists behind the dispatch screen: what is ready, why not, and which parcels are where."""

from datetime import timedelta

import pytest

from backoffice.core.language import Language
from backoffice.core.postal import PostalAddress
from backoffice.shipping import actions, batches, missing, packing
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import parcel_lists, parcels, queue, to_send
from tests.builders import MONDAY, a_product, an_open_shop, an_order, pay, refused, stock_of

TODAY = MONDAY.date()
ENGLISH = Language("en")


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as opened:
        yield opened


def a_paid_order(work, *lines, **more):
    order = an_order(work, *lines, **more)
    pay(work, order, sum(1210 * quantity for _product, quantity in lines))
    return order


def numbers(shop, view, **more):
    return [row.id for row in shop.ask(parcel_lists.page, today=TODAY, view=view, **more).rows]


def test_only_a_paid_order_with_stock_and_an_address_is_ready(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=3)
        whole = a_paid_order(work, (cup, 2))
        an_order(work, (cup, 1))
        a_paid_order(work, (a_product(work, on_hand=1, backorder=True), 2))
        a_paid_order(work, (a_product(work, on_hand=1), 1), ship_to=PostalAddress(name="Ana", country="ES"))
    found = shop.ask(queue.ready, today=TODAY)
    assert [row.id for _place, row in found] == [whole]
    page = shop.ask(queue.queue, today=TODAY)
    assert [page.rows[place].id for place, _row in found] == [whole]


def test_an_order_that_is_packed_is_not_ready_again(shop):
    with shop.work() as work:
        order = a_paid_order(work, (a_product(work, on_hand=3), 2))
        packing.pack(work, order)
    assert shop.ask(queue.ready, today=TODAY) == []
    (row,) = shop.ask(queue.queue_rows, [order], today=TODAY)
    assert (row.units, row.ready, row.packed) == (2, 2, 2)


def test_one_missing_unit_is_told_in_the_singular(shop):
    with shop.work() as work:
        order = a_paid_order(work, (a_product(work, on_hand=2, name="Mug", backorder=True), 3))
    (told,) = shop.ask(missing.reasons, order, today=TODAY, language=ENGLISH)
    assert told.sentence == "Mug: 1 of 3 is not on the shelf."


def test_each_obstacle_is_told_in_a_sentence(shop):
    with shop.work() as work:
        short = a_product(work, on_hand=1, name="Mug", backorder=True)
        order = an_order(work, (short, 3), ship_to=PostalAddress(name="Ana", street="High Street 1", country="GB"))
    told = shop.ask(missing.reasons, order, today=TODAY, language=ENGLISH)
    assert [reason.code for reason in told] == ["stock", "payment", "address", "customs"]
    assert told[0].sentence == "Mug: 2 of 3 are not on the shelf."
    assert told[0].product_id == short
    assert "36.30" in told[1].sentence
    assert "postcode" in told[2].sentence
    assert "Mug" in told[3].sentence


def test_nothing_is_told_of_an_order_that_is_ready(shop):
    with shop.work() as work:
        order = a_paid_order(work, (a_product(work, on_hand=3), 2))
    assert shop.ask(missing.reasons, order, today=TODAY, language=ENGLISH) == []
    (line,) = shop.ask(to_send.lines, order)
    assert (line.units, line.ready, line.short) == (2, 2, 0)


def test_a_parcel_moves_from_list_to_list(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=1), 1))
        parcel = packing.start(work, [order])
    assert numbers(shop, "picking") == [parcel]
    with shop.work() as work:
        packing.finish(work, parcel)
    assert (numbers(shop, "picking"), numbers(shop, "packed")) == ([], [parcel])
    with shop.work() as work:
        actions.ship(work, parcel, tracking="T1")
    assert (numbers(shop, "packed"), numbers(shop, "today"), numbers(shop, "under-way")) == ([], [parcel], [parcel])
    with shop.work() as work:
        actions.went_wrong(work, parcel, ShipmentState.LOST)
    assert (numbers(shop, "under-way"), numbers(shop, "trouble")) == ([], [parcel])
    counts = shop.ask(parcel_lists.counts, today=TODAY)
    assert counts == {"picking": 0, "packed": 0, "today": 1, "under-way": 0, "trouble": 1}


def test_the_day_of_dispatch_is_the_shops_own(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=9)
        parcel = packing.pack(work, an_order(work, (cup, 1)))
    shop.clock.advance(timedelta(hours=14, minutes=30))  # 23:30 UTC is half past midnight in Madrid
    with shop.work() as work:
        actions.ship(work, parcel)
    assert numbers(shop, "today") == []
    assert shop.ask(parcel_lists.count, today=TODAY + timedelta(days=1), view="today") == 1


def test_a_parcel_taken_back_is_in_no_list_of_the_day(shop):
    with shop.work() as work:
        parcel = packing.pack(work, an_order(work, (a_product(work, on_hand=1), 1)))
        actions.ship(work, parcel)
        actions.void(work, parcel)
    assert [view for view in parcel_lists.VIEWS if numbers(shop, view)] == ["all"]


def test_a_row_names_all_its_orders_and_counts_their_units(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=9)
        first = an_order(work, (cup, 1))
        customer = work.get(queue.Order, first).customer_id
        second = an_order(work, (cup, 2), customer_id=customer)
        parcel = packing.pack_together(work, [first, second])
    (row,) = shop.ask(parcel_lists.rows_of, [parcel])
    assert (row.orders, row.units, row.scanned) == ("00001, 00002", 3, 0)
    assert (row.customer, row.label, row.slip) == ("Ana Núñez", False, False)


def test_the_list_is_searched_by_parcel_and_by_order(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=9)
        first = packing.pack(work, an_order(work, (cup, 1)))
        packing.pack(work, an_order(work, (cup, 1)))
        number = work.get(parcel_lists.Shipment, first).number
    assert numbers(shop, "packed", text=number) == [first]
    assert shop.ask(parcel_lists.count, today=TODAY, view="packed", text=number) == 1


def test_pages_meet_in_both_directions(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=9)
        made = [packing.pack(work, an_order(work, (cup, 1))) for _turn in range(5)]
    first = shop.ask(parcel_lists.page, today=TODAY, view="packed", limit=2)
    rest = shop.ask(parcel_lists.page, today=TODAY, view="packed", after=first.next)
    assert [row.id for row in (*first.rows, *rest.rows)] == made
    assert numbers(shop, "packed", descending=True) == made[::-1]
    assert len(shop.ask(parcel_lists.marks, today=TODAY, view="packed", every=2)) == 2


def test_an_unknown_list_is_refused(shop):
    with refused("orders.unknown-view", view="best"):
        shop.ask(parcel_lists.page, today=TODAY, view="best")


def test_taking_many_parcels_back_loses_nothing_and_can_be_asked_twice(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        made = [packing.pack(work, an_order(work, (cup, 1))) for _turn in range(3)]
        actions.ship(work, made[0])
    before = stock_of(shop, cup)
    came = [each.came for each in batches.take_back_all(shop.store, made)]
    assert came == [batches.Came.DONE] * 3
    assert stock_of(shop, cup) == (5, 3, 2) != before
    assert {each.came for each in batches.take_back_all(shop.store, made)} == {batches.Came.ALREADY}


def test_a_parcel_that_is_not_on_its_way_does_not_hold_up_those_that_arrived(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        made = [packing.pack(work, an_order(work, (cup, 1))) for _turn in range(2)]
        actions.ship(work, made[1])
    first, second = batches.deliver_all(shop.store, made)
    assert (first.came, first.refusal.code) == (batches.Came.REFUSED, "shipping.not-shipped")
    assert second.came is batches.Came.DONE
    assert shop.ask(parcels.parcel, made[1]).state is ShipmentState.DELIVERED
