"""The ship-by queue: earliest promise first, late ones on top, and what each order still lacks."""

from dataclasses import replace
from datetime import date

import pytest

from backoffice.core.postal import PostalAddress
from backoffice.orders import actions as orders
from backoffice.orders import writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.orders.model import PaymentKind
from backoffice.shipping import actions, packing
from backoffice.shipping.queries import picking, queue
from tests.builders import ANA, MONDAY, a_customer, a_product, an_open_shop, an_order, pay

TODAY = MONDAY.date()
ZOE = PostalAddress(name="Zoe", street="1 Main St", city="Springfield", postcode="62701", region="IL", country="US")
KNOWN = {"hs_code": "691200", "origin": "ES", "weight_g": 300}


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def rows(shop, **wish):
    return shop.ask(queue.queue, today=TODAY, **wish).rows


def missing(shop):
    return {int(row.order.number): set(row.missing) for row in rows(shop)}


def test_the_earliest_promise_comes_first_and_the_late_ones_have_a_view(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=9)
        for day in (10, 1, 2):
            an_order(work, (cup, 1), promised_dispatch=date(2026, 3, day))
    assert [(int(row.order.number), row.days) for row in rows(shop)] == [(2, -1), (3, 0), (1, 8)]
    assert [int(row.order.number) for row in rows(shop, view="late")] == [2]


def test_each_order_says_what_it_lacks(shop):
    with shop.work() as work:
        plain, whole = a_product(work, on_hand=9, price=1000), a_product(work, on_hand=9, price=1000, **KNOWN)
        none = a_product(work, price=1000)
        ready = an_order(work, (plain, 1))
        for order in (
            ready,
            an_order(work, (none, 1)),
            an_order(work, (whole, 1), ship_to=ZOE),
            an_order(work, (plain, 1), ship_to=ZOE),
            an_order(work, (plain, 1), ship_to=PostalAddress(name="Ana", country="ES")),
        ):
            pay(work, order, 1000)
        an_order(work, (plain, 1))
        part = an_order(work, (plain, 2))
        pay(work, part, 1000)
        back = an_order(work, (plain, 1))
        pay(work, back, 1000)
        pay(work, back, 1000, PaymentKind.REFUND)
    assert missing(shop) == {
        1: set(),
        2: {"stock"},
        3: set(),
        4: {"customs"},
        5: {"address"},
        6: {"payment"},
        7: {"payment"},
        8: {"payment"},
    }


def test_a_backorder_that_is_promised_but_not_there_lacks_stock(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=1, backorder=True)
        later, sooner = (an_order(work, (cup, 1), promised_dispatch=date(2026, 3, day)) for day in (9, 3))
    found = {row.order.id: (row.units, row.ready, "stock" in row.missing) for row in rows(shop)}
    assert found == {sooner: (1, 1, False), later: (1, 0, True)}


def test_units_and_ready_count_what_is_still_to_leave(shop):
    with shop.work() as work:
        cup, jug = a_product(work, on_hand=4), a_product(work)
        order = an_order(work, (cup, 5), (jug, 1))
        line = LineDraft(quantity=1, name="Wrap"), LineDraft(quantity=1, name="Advice", requires_shipping=False)
        free_text = writing.create(work, OrderDraft(lines=line))
    found = {row.order.id: (row.units, row.ready) for row in rows(shop)}
    assert found == {order: (6, 4), free_text: (1, 1)}
    with shop.work() as work:
        actions.ship(work, packing.pack(work, order))
    assert [(row.units, row.ready) for row in shop.ask(queue.queue_rows, [order], today=TODAY)] == [(2, 0)]


def test_held_cancelled_dispatched_and_digital_orders_do_not_queue(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=9)
        held, gone, cancelled = (an_order(work, (cup, 1)) for _ in range(3))
        orders.hold(work, held, reason="wait")
        actions.ship(work, packing.pack(work, gone))
        orders.cancel(work, cancelled, reason="mistake")
        an_order(work, (cup, 1), as_draft=True)
        writing.create(work, OrderDraft(lines=(LineDraft(quantity=1, name="Voucher", requires_shipping=False),)))
    assert rows(shop) == []


def test_the_parcel_begun_for_an_order_is_shown(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=9)
        begun, packed = an_order(work, (cup, 1)), an_order(work, (cup, 1))
        first, second = packing.start(work, [begun]), packing.pack(work, packed)
    assert [(row.shipment_id, row.shipment_state) for row in rows(shop)] == [(first, "picking"), (second, "packed")]


def test_orders_of_one_customer_to_one_address_are_proposed_for_one_parcel(shop):
    with shop.work() as work:
        cup, ana, luis = a_product(work, on_hand=9), a_customer(work), a_customer(work, "Luis Gil")
        for who, where in ((ana, ANA), (luis, ANA), (ana, ANA), (ana, ZOE), (luis, ZOE)):
            an_order(work, (cup, 1), customer_id=who, ship_to=where)
        an_order(work, (a_product(work), 1), customer_id=ana)
    groups = queue.together(rows(shop))
    assert [[int(row.order.number) for row in group] for group in groups] == [[1, 3]]


def test_the_canaries_are_across_a_customs_border_though_in_spain(shop):
    palmas = replace(ANA, city="Las Palmas", postcode="35001", region="Las Palmas")
    with shop.work() as work:
        plain = a_product(work, on_hand=9)
        mainland, island = (an_order(work, (plain, 1), ship_to=to) for to in (ANA, palmas))
    found = {row.id: "customs" in row.missing for row in rows(shop)}
    assert found == {mainland: False, island: True}


def test_a_line_taken_away_asks_for_no_customs_data(shop):
    with shop.work() as work:
        plain, whole = a_product(work, on_hand=9), a_product(work, on_hand=9, **KNOWN)
        order = an_order(work, (plain, 1), (whole, 1), ship_to=ZOE)
        work.session.connection().exec_driver_sql(
            "UPDATE order_line SET cancelled = 1, allocated = 0 WHERE position = 1"
        )
    assert all("customs" not in row.missing for row in shop.ask(queue.queue_rows, [order], today=TODAY))


def test_the_pick_list_goes_by_bin_and_names_what_to_take_for_whom(shop):
    with shop.work() as work:
        far = a_product(work, sku="FAR", bin="B-2", on_hand=9)
        near = a_product(work, sku="NEAR", bin="A-1", on_hand=2, barcode="4006381333931")
        first, second = an_order(work, (far, 1), (near, 2)), an_order(work, (near, 1), (far, 3))
        held = an_order(work, (far, 1))
        orders.hold(work, held, reason="wait")
        packing.pack(work, second, only={packing.packable(work, second)[0].order_line_id: 1})
    found = shop.ask(picking.to_pick, [first, second, held])
    assert [(row.bin, row.sku, row.order_number, row.quantity) for row in found] == [
        ("A-1", "NEAR", "00001", 2),
        ("B-2", "FAR", "00001", 1),
        ("B-2", "FAR", "00002", 2),
    ]
    assert found[0].barcode == "4006381333931"
