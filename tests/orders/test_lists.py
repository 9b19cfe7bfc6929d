"""The lists of orders: views with their counts, sorts, pages, search, a customer's orders in a row."""

from datetime import date, timedelta

import pytest

from backoffice.orders import actions
from backoffice.orders.queries import facts, lists
from backoffice.shipping import actions as parcels
from backoffice.shipping import packing
from tests.builders import MONDAY, a_customer, a_product, an_open_shop, an_order, pay, refused

TODAY = MONDAY.date()


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def numbers(shop, **wish):
    return [int(row.number) for row in shop.ask(lists.page, **({"today": TODAY} | wish)).rows]


def count(shop, view, **wish):
    return shop.ask(lists.count, view=view, today=TODAY, **wish)


def a_days_orders(shop):
    """1 open and late, 2 on hold, 3 a draft, 4 cancelled, 5 dispatched and paid, 6 packed, 7 delivered."""
    with shop.work() as work:
        cup = a_product(work, on_hand=50, price=1000)
        orders = [
            an_order(work, (cup, 1), as_draft=n == 3, placed_at=MONDAY + timedelta(minutes=n)) for n in range(1, 8)
        ]
        work.session.connection().exec_driver_sql("UPDATE orders SET promised_dispatch = '2026-03-01' WHERE id = 1")
        actions.hold(work, orders[1], reason="wait")
        actions.cancel(work, orders[3], reason="mistake")
        pay(work, orders[4], 1000)
        parcels.ship(work, packing.pack(work, orders[4]))
        packing.pack(work, orders[5])
        arrived = packing.pack(work, orders[6])
        parcels.ship(work, arrived)
        parcels.deliver(work, arrived)


VIEWS = {
    "ship-by": [1, 6],
    "late": [1],
    "open": [7, 6, 5, 1],
    "on-hold": [2],
    "unpaid": [7, 6, 2, 1],
    "drafts": [3],
    "shipped": [5],
    "cancelled": [4],
    "all": [7, 6, 5, 4, 3, 2, 1],
}


def test_each_view_shows_its_orders_and_its_count(shop):
    a_days_orders(shop)
    assert {view: numbers(shop, view=view) for view in lists.VIEWS} == VIEWS
    assert shop.ask(lists.counts, today=TODAY) == {view: len(found) for view, found in VIEWS.items()}
    assert {view: count(shop, view) for view in lists.VIEWS} == {view: len(found) for view, found in VIEWS.items()}


def test_views_are_narrowed_by_text_and_channel(shop):
    a_days_orders(shop)
    assert numbers(shop, view="open", text="00005") == [5]
    assert (count(shop, "open", text="nunez"), count(shop, "open", text="nobody")) == (4, 0)
    assert (numbers(shop, view="all", channel="shopify"), count(shop, "late", channel="manual")) == ([], 1)


def test_a_view_or_sort_nobody_knows_is_refused(shop):
    for wish in ({"view": "lost"}, {"sort": "colour"}):
        with refused("orders.unknown-view"):
            numbers(shop, **wish)
    with refused("orders.unknown-view"):
        count(shop, "lost")


@pytest.mark.parametrize(
    ("sort", "expected"), [("placed", [3, 2, 1]), ("number", [3, 2, 1]), ("total", [1, 3, 2]), ("promised", [2, 1, 3])]
)
def test_lists_are_sorted_both_ways(shop, sort, expected):
    with shop.work() as work:
        cup = a_product(work, price=1000)
        for n, (quantity, day) in enumerate(((3, 5), (1, 4), (2, 6))):
            moment = MONDAY + timedelta(hours=n)
            an_order(work, (cup, quantity), placed_at=moment, promised_dispatch=date(2026, 3, day))
    assert numbers(shop, view="all", sort=sort) == expected
    turned = numbers(shop, view="all", sort=sort, descending=sort == "promised")
    assert turned == expected[::-1]


def test_pages_follow_one_another_without_a_gap(shop):
    with shop.work() as work:
        cup = a_product(work)
        for _ in range(7):
            an_order(work, (cup, 1))
    seen, after = [], None
    while True:
        page = shop.ask(lists.page, view="all", today=TODAY, after=after, limit=3)
        seen += [int(row.number) for row in page.rows]
        after = page.next
        if after is None:
            break
    assert seen == [7, 6, 5, 4, 3, 2, 1]


def test_a_row_says_whether_it_is_the_customers_first_second_or_third_order(shop):
    with shop.work() as work:
        cup, ana = a_product(work), a_customer(work)
        orders = [
            an_order(work, (cup, 1), customer_id=ana, placed_at=MONDAY + timedelta(days=n), email="a@example.com")
            for n in range(4)
        ]
        actions.cancel(work, orders[1], reason="mistake")
        nobody = an_order(work, (cup, 1))
    rows = shop.ask(lists.of_customer, ana)
    assert [(int(row.number), row.earlier) for row in rows] == [(4, 2), (3, 1), (2, 1), (1, 0)]
    assert [row.earlier for row in shop.ask(lists.rows_of, [nobody])] == [0]


def test_who_bought_is_named_as_well_as_the_order_tells(shop):
    with shop.work() as work:
        cup = a_product(work)
        made = [
            an_order(work, (cup, 1)),
            an_order(work, (cup, 1), ship_to=facts.PostalAddress(), bill_to=facts.PostalAddress(name="Luis")),
            an_order(work, (cup, 1), ship_to=facts.PostalAddress(), email="ana@example.com"),
        ]
    rows = {row.id: row.customer for row in shop.ask(lists.rows_of, made)}
    assert [rows[order] for order in made] == ["Ana Núñez", "Luis", "ana@example.com"]


def test_an_order_is_named_by_our_number_or_a_channels(shop):
    with shop.work() as work:
        for external in ("#1001", "#1002", "#1002"):
            order = an_order(work, (a_product(work), 1))
            statement = "UPDATE orders SET external_number = ? WHERE id = ?"
            work.session.connection().exec_driver_sql(statement, (external, order))
    assert (shop.ask(facts.id_of, "00002"), shop.ask(facts.id_of, "#1001")) == (2, 1)
    assert shop.ask(facts.id_of, "1001") == 1
    with refused("orders.unknown", number=""):
        shop.ask(facts.id_of, "")
    with refused("orders.ambiguous", number="#1002"):
        shop.ask(facts.id_of, "#1002")
    with refused("orders.unknown", number="#1003"):
        shop.ask(facts.id_of, "#1003")
