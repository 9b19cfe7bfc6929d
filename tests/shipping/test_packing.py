"""From order to parcel: what can be packed, for one order or several, in one parcel or several."""

from datetime import date

import pytest

from backoffice.core.postal import PostalAddress
from backoffice.inventory import actions as products
from backoffice.orders import actions as orders
from backoffice.orders import editing, writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.settings import actions as shop_settings
from backoffice.shipping import actions, packing
from backoffice.shipping.queries import parcels, picking
from tests.builders import (
    ANA,
    a_customer,
    a_product,
    allocated,
    an_open_shop,
    an_order,
    faults,
    history,
    line_ids,
    refused,
    stock_of,
    the_order,
)

LUIS = PostalAddress(name="Luis Gil", street="Calle Sol 2", city="Sevilla", postcode="41001", country="ES")


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def act(shop, verb, *args, **kwargs):
    with shop.work() as work:
        return verb(work, *args, **kwargs)


def dispatch(shop, order):
    return the_order(shop, order).row.dispatch


def contents(shop, parcel):
    return [(line.order_number, line.quantity) for line in shop.ask(parcels.parcel, parcel).lines]


def test_the_last_unit_can_ship_to_the_order_that_reserved_it(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=1)
        order = an_order(work, (cup, 1))
        parcel = packing.pack(work, order)
    assert stock_of(shop, cup) == (1, 1, 0)
    assert (contents(shop, parcel), dispatch(shop, order)) == ([("00001", 1)], "packed")
    act(shop, actions.ship, parcel)
    assert (stock_of(shop, cup), dispatch(shop, order)) == ((0, 0, 0), "shipped")


def test_a_parcel_has_the_address_the_service_and_the_carrier_of_its_order(shop):
    with shop.work() as work:
        carrier = shop_settings.save_carrier(work, name="Correos", tracking_url="https://c.example/{tracking}")
        option = shop_settings.save_delivery_option(work, name="Express", carrier_id=carrier)
        order = an_order(work, (a_product(work, on_hand=1), 1), delivery_option_id=option)
        parcel = packing.start(work, [order])
        actions.set_tracking(work, parcel, " PQ 1 ")
    found = shop.ask(parcels.parcel, parcel)
    assert (found.number, found.state, found.ship_to) == ("S-0001", "picking", ANA)
    assert (found.service, found.carrier, found.tracking) == ("Express", "Correos", "PQ 1")
    assert found.tracking_link == "https://c.example/PQ%201"
    assert shop.ask(parcels.id_of, "S-0001") == parcel and shop.ask(parcels.id_of, "S-9") is None


def test_only_what_is_promised_is_packed_and_the_rest_stays_open(shop):
    with shop.work() as work:
        cup, jug = a_product(work, on_hand=2), a_product(work, on_hand=9)
        order = an_order(work, (cup, 5), (jug, 1))
        parcel = packing.pack(work, order)
    assert contents(shop, parcel) == [("00001", 2), ("00001", 1)]
    assert dispatch(shop, order) == "part_packed"
    act(shop, actions.ship, parcel)
    assert dispatch(shop, order) == "part_shipped"
    act(shop, products.adjust, cup, 3, reason="delivery")
    assert contents(shop, act(shop, packing.pack, order)) == [("00001", 3)]


def test_one_order_goes_in_several_parcels(shop):
    with shop.work() as work:
        cup, jug = a_product(work, on_hand=9), a_product(work, on_hand=9)
        order = an_order(work, (cup, 3), (jug, 2))
        first, second = line_ids(work, order)
        made = [packing.pack(work, order, only={first: 1}), packing.pack(work, order, only={first: 1, second: 2})]
        made.append(packing.pack(work, order))
    assert [contents(shop, parcel) for parcel in made] == [
        [("00001", 1)],
        [("00001", 1), ("00001", 2)],
        [("00001", 1)],
    ]
    assert dispatch(shop, order) == "packed"
    for parcel in made:
        act(shop, actions.ship, parcel)
    assert (dispatch(shop, order), [stock_of(shop, cup)[0], stock_of(shop, jug)[0]]) == ("shipped", [6, 7])


def test_several_orders_of_one_customer_go_in_one_parcel(shop):
    with shop.work() as work:
        cup, ana = a_product(work, on_hand=9), a_customer(work)
        made = [an_order(work, (cup, n), customer_id=ana) for n in (1, 2, 3)]
        parcel = packing.pack_together(work, [*made, made[0]])
    assert contents(shop, parcel) == [("00001", 1), ("00002", 2), ("00003", 3)]
    act(shop, actions.ship, parcel, tracking="PQ1")
    assert [dispatch(shop, order) for order in made] == ["shipped"] * 3
    assert stock_of(shop, cup) == (3, 0, 3)
    assert [history(shop, order)[-1] for order in made] == [
        ("shipment.shipped", {"number": "S-0001", "tracking": "PQ1"})
    ] * 3


def test_addresses_that_mean_the_same_share_a_parcel_and_others_do_not(shop):
    shouting = PostalAddress(name="ANA NUNEZ", street="calle mayor, 1", city="MADRID", postcode="28013", country="ES")
    with shop.work() as work:
        cup, ana = a_product(work, on_hand=9), a_customer(work)
        first = an_order(work, (cup, 1), customer_id=ana)
        same = an_order(work, (cup, 1), customer_id=ana, ship_to=shouting.__class__(**_address(shouting, "Madrid")))
        elsewhere = an_order(work, (cup, 1), customer_id=ana, ship_to=LUIS)
        nobodys = an_order(work, (cup, 1))
    for other in (elsewhere, nobodys):
        with refused("shipping.two-addresses"):
            act(shop, packing.pack_together, [first, other])
    act(shop, packing.pack_together, [first, same])


def _address(address, region):
    return {name: getattr(address, name) for name in PostalAddress.__slots__} | {"region": region}


def test_a_held_order_is_neither_begun_nor_finished_nor_dispatched(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=9)
        held, begun, packed = (an_order(work, (cup, 1)) for _ in range(3))
        in_work, ready = packing.start(work, [begun]), packing.pack(work, packed)
        for order in (held, begun, packed):
            orders.hold(work, order, reason="fraud check")
    for verb, what in ((packing.pack, held), (packing.finish, in_work), (actions.ship, ready)):
        with refused("shipping.not-open"):
            act(shop, verb, what)
    assert stock_of(shop, cup) == (9, 3, 6)
    act(shop, orders.release_hold, packed)
    act(shop, actions.ship, ready)


@pytest.mark.parametrize("end", ["draft", "cancelled", "closed"])
def test_what_is_not_open_is_not_packed(shop, end):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=5), 1), as_draft=end == "draft")
        if end == "cancelled":
            orders.cancel(work, order, reason="mistake")
        if end == "closed":
            actions.ship(work, packing.pack(work, order))
            orders.close(work, order)
    assert act(shop, packing.packable, order) == []
    with refused("shipping.not-open", number="00001"):
        act(shop, packing.pack, order)


def test_an_order_without_stock_has_nothing_to_pack(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work), 1))
    with refused("shipping.nothing-to-pack", number="00001"):
        act(shop, packing.pack, order)


def test_what_one_parcel_holds_another_cannot_take(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=5), 3))
        line = line_ids(work, order)[0]
        packing.start(work, [order], only={line: 2})
    with refused("shipping.too-many", units=2, free=1):
        act(shop, packing.start, [order], only={line: 2})
    for units, line_id in ((0, line), (-1, line), (1, 99)):
        with refused("shipping.too-many"):
            act(shop, packing.start, [order], only={line_id: units})
    act(shop, packing.start, [order])
    with refused("shipping.nothing-to-pack"):
        act(shop, packing.start, [order])


def test_a_parcel_is_finished_once(shop):
    with shop.work() as work:
        parcel = packing.pack(work, an_order(work, (a_product(work, on_hand=5), 3)))
    with refused("shipping.not-picking", number="S-0001"):
        act(shop, packing.finish, parcel)
    with refused("shipping.unknown"):
        act(shop, packing.finish, 99)


def test_lines_without_a_product_are_packed_and_services_are_not(shop):
    lines = (
        LineDraft(quantity=2, name="Gift wrap", unit_price=100),
        LineDraft(quantity=1, name="Engraving", unit_price=500, requires_shipping=False),
    )
    with shop.work() as work:
        order = writing.create(work, OrderDraft(lines=lines, ship_to=ANA))
        parcel = packing.pack(work, order)
        assert packing.packable(work, order) == []
        actions.ship(work, parcel)
    assert (contents(shop, parcel), dispatch(shop, order), faults(shop)) == ([("00001", 2)], "shipped", [])


def test_of_a_backorder_only_what_is_on_the_shelf_is_picked_and_packed_the_earliest_promise_first(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=3, backorder=True)
        late = an_order(work, (cup, 2), promised_dispatch=date(2026, 3, 20))
        early = an_order(work, (cup, 2), promised_dispatch=date(2026, 3, 5))
        last = an_order(work, (cup, 2), promised_dispatch=date(2026, 3, 30))
        found = [[item.quantity for item in packing.packable(work, order)] for order in (early, late, last)]
        rows = picking.to_pick(work.session, [late, early, last])
    assert (allocated(shop, last), found) == ([2], [[2], [1], []])
    assert [(row.order_id, row.quantity) for row in rows] == [(late, 1), (early, 2)]
    parcel = act(shop, packing.pack, early)
    assert [item.quantity for item in act(shop, packing.packable, late)] == [1]
    act(shop, actions.ship, parcel)
    assert [item.quantity for item in act(shop, packing.packable, late)] == [1]
    act(shop, products.adjust, cup, 5, reason="delivery")
    assert [item.quantity for item in act(shop, packing.packable, last)] == [2]


def test_stock_that_broke_while_it_was_packed_is_not_packed(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=3)
        order = an_order(work, (cup, 3))
        parcel = packing.start(work, [order])
        products.adjust(work, cup, -1, reason="dropped")
    with refused("orders.counter"):
        act(shop, packing.finish, parcel)
    assert faults(shop) == []


def test_a_cancelled_order_leaves_the_parcel_it_shares(shop):
    with shop.work() as work:
        cup, ana = a_product(work, on_hand=9), a_customer(work)
        stays, goes = (an_order(work, (cup, 1), customer_id=ana) for _ in range(2))
        parcel = packing.start(work, [stays, goes])
        orders.cancel(work, goes, reason="mistake")
    assert (shop.ask(parcels.parcel, parcel).state, contents(shop, parcel)) == ("picking", [("00001", 1)])
    act(shop, orders.cancel, stays, reason="mistake")
    assert (shop.ask(parcels.parcel, parcel).state, contents(shop, parcel)) == ("void", [])
    assert history(shop, stays)[-1] == ("shipment.voided", {"number": "S-0001"})


def test_units_taken_away_by_an_edit_are_not_packed(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=9), 5))
        packing.start(work, [order])
        change = editing.ChangeSet(lines=(editing.LineChange(line_ids(work, order)[0], quantity=2),))
        editing.apply(work, order, change, version=1)
    assert contents(shop, act(shop, packing.pack, order)) == [("00001", 2)]
