"""A parcel's way: it leaves, arrives, is lost or comes back, and is taken back without loss."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.inventory import queries as stock
from backoffice.inventory.model import Bucket
from backoffice.orders import actions as orders
from backoffice.settings import actions as shop_settings
from backoffice.shipping import actions, packing
from backoffice.shipping.model import Shipment, ShipmentState
from backoffice.shipping.printing.manifests import print_manifest
from backoffice.shipping.queries import parcels
from tests.builders import (
    a_customer,
    a_product,
    an_open_shop,
    an_order,
    faults,
    history,
    line_ids,
    refused,
    stock_of,
    the_order,
)


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def act(shop, verb, *args, **kwargs):
    with shop.work() as work:
        return verb(work, *args, **kwargs)


def packed(shop, units=2, on_hand=5):
    """(product, order, packed parcel)"""
    with shop.work() as work:
        cup = a_product(work, on_hand=on_hand)
        order = an_order(work, (cup, units))
        return cup, order, packing.pack(work, order)


def state(shop, parcel):
    return shop.ask(parcels.parcel, parcel).state


def test_a_parcel_leaves_with_tracking_carrier_and_what_its_label_cost(shop):
    cup, order, parcel = packed(shop)
    carrier = act(shop, shop_settings.save_carrier, name="Correos")
    act(shop, actions.ship, parcel, tracking=" PQ1 ", carrier_id=carrier, label_cost=Money(420, "EUR"))
    found = shop.ask(parcels.parcel, parcel)
    assert (found.state, found.tracking, found.carrier, found.label_cost) == (
        "shipped",
        "PQ1",
        "Correos",
        Money(420, "EUR"),
    )
    assert (found.shipped_at, found.orders) == (shop.clock.now(), [order])
    assert stock_of(shop, cup) == (3, 0, 3)
    assert shop.ask(stock.moves, cup)[0].reference == found.number
    with refused("shipping.not-packed", number="S-0001"):
        act(shop, actions.ship, parcel)


def test_a_parcel_that_is_not_packed_does_not_leave(shop):
    with shop.work() as work:
        parcel = packing.start(work, [an_order(work, (a_product(work, on_hand=5), 1))])
    with refused("shipping.not-packed"):
        act(shop, actions.ship, parcel)


def test_what_was_known_of_a_label_before_is_kept_when_the_parcel_leaves(shop):
    _, _, parcel = packed(shop)
    act(shop, packing.set_values, parcel, label_cost=420)
    act(shop, actions.set_tracking, parcel, "PQ1")
    act(shop, actions.ship, parcel)
    found = shop.ask(parcels.parcel, parcel)
    assert (found.tracking, found.label_cost) == ("PQ1", Money(420, "EUR"))


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"tracking": "Ñ1"}, "shipping.bad-tracking"),
        ({"tracking": "X" * 61}, "shipping.bad-tracking"),
        ({"tracking": "A\nB"}, "shipping.bad-tracking"),
        ({"tracking": "A", "carrier_id": 99}, "settings.unknown"),
        ({"label_cost": Money(1, "USD")}, "shipping.bad-label-cost"),
        ({"label_cost": Money(-1, "EUR")}, "shipping.bad-label-cost"),
    ],
)
def test_what_cannot_be_a_label_is_refused_and_the_parcel_stays(shop, wish, code):
    cup, _, parcel = packed(shop)
    with refused(code):
        act(shop, actions.ship, parcel, **wish)
    assert (state(shop, parcel), stock_of(shop, cup)) == ("packed", (5, 2, 3))


def test_a_tracking_number_alone_is_told_in_the_history(shop):
    _, order, parcel = packed(shop)
    with refused("shipping.bad-tracking"):
        act(shop, actions.set_tracking, parcel, "  ")
    act(shop, actions.set_tracking, parcel, "PQ1")
    assert history(shop, order)[-1] == ("shipment.tracking", {"number": "S-0001", "tracking": "PQ1"})


def test_a_parcel_arrives_once_it_left(shop):
    _, order, parcel = packed(shop)
    with refused("shipping.not-shipped", number="S-0001"):
        act(shop, actions.deliver, parcel)
    act(shop, actions.ship, parcel)
    act(shop, actions.deliver, parcel)
    assert (state(shop, parcel), the_order(shop, order).row.dispatch) == ("delivered", "delivered")
    with refused("shipping.not-shipped"):
        act(shop, actions.deliver, parcel)


@pytest.mark.parametrize("end", [ShipmentState.LOST, ShipmentState.RETURNED_TO_SENDER])
def test_a_parcel_that_went_wrong_is_told_and_may_turn_up_after_all(shop, end):
    cup, order, parcel = packed(shop)
    with refused("shipping.not-shipped"):
        act(shop, actions.went_wrong, parcel, end)
    act(shop, actions.ship, parcel)
    act(shop, actions.went_wrong, parcel, end)
    assert (state(shop, parcel), stock_of(shop, cup)) == (end, (3, 0, 3))
    with refused("shipping.not-voidable"):
        act(shop, actions.void, parcel)
    act(shop, actions.back_on_its_way, parcel)
    act(shop, actions.deliver, parcel)
    assert the_order(shop, order).row.dispatch == "delivered"
    assert faults(shop) == []


def test_only_losing_and_coming_back_are_ways_to_go_wrong(shop):
    _, _, parcel = packed(shop)
    with pytest.raises(ValueError):
        act(shop, actions.went_wrong, parcel, ShipmentState.DELIVERED)


def test_a_delivery_marked_in_error_is_taken_back(shop):
    _, order, parcel = packed(shop)
    with refused("shipping.not-arrived"):
        act(shop, actions.back_on_its_way, parcel)
    act(shop, actions.ship, parcel)
    act(shop, actions.deliver, parcel)
    act(shop, actions.back_on_its_way, parcel)
    assert (state(shop, parcel), the_order(shop, order).row.dispatch) == ("shipped", "shipped")
    assert faults(shop) == []


def test_a_parcel_is_taken_back_once_and_packed_again(shop):
    cup, order, parcel = packed(shop)
    act(shop, actions.ship, parcel)
    act(shop, actions.void, parcel)
    with refused("shipping.not-voidable", number="S-0001"):
        act(shop, actions.void, parcel)
    again = act(shop, packing.pack, order)
    act(shop, actions.ship, again)
    assert (stock_of(shop, cup), the_order(shop, order).row.dispatch) == ((3, 0, 3), "shipped")
    assert [found.state for found in shop.ask(parcels.of_order, order)] == ["void", "shipped"]


def test_a_parcel_of_a_closed_order_is_not_taken_back_behind_its_back(shop):
    _, order, parcel = packed(shop)
    act(shop, actions.ship, parcel)
    act(shop, orders.close, order)
    with refused("shipping.order-closed", number="00001"):
        act(shop, actions.void, parcel)
    act(shop, orders.reopen, order)
    act(shop, actions.void, parcel)
    assert the_order(shop, order).row.dispatch == "unfulfilled"


def books(shop, orders_made, products):
    """All that a parcel may change: lines' counters, states, stock by bucket, promises."""
    found = [the_order(shop, order) for order in orders_made]
    lines = [(whole.lines, whole.row.dispatch, whole.row.status) for whole in found]
    return lines, [(shop.ask(stock.product_row, each), shop.ask(stock.allocations, each)) for each in products]


@pytest.mark.parametrize("until", ["picking", "packed", "shipped"])
def test_a_parcel_taken_back_leaves_stock_promises_and_counters_as_before(shop, until):
    with shop.work() as work:
        cups = [a_product(work, on_hand=n, backorder=n == 2) for n in (5, 2, 9)]
        ana = a_customer(work)
        made = [an_order(work, *((cup, 3) for cup in cups), customer_id=ana) for _ in range(2)]
    before = books(shop, made, cups)
    with shop.work() as work:
        parcel = packing.start(work, made)
        if until != "picking":
            packing.finish(work, parcel)
        if until == "shipped":
            actions.ship(work, parcel)
    act(shop, actions.void, parcel)
    assert _without_ids(books(shop, made, cups)) == _without_ids(before)
    assert faults(shop) == []


def _without_ids(found):
    lines, products = found
    return lines, [
        (row, sorted((each.order_line_id, each.quantity) for each in promises)) for row, promises in products
    ]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    on_hand=st.lists(st.integers(0, 6), min_size=1, max_size=3),
    bought=st.lists(st.integers(1, 5), min_size=1, max_size=3),
    parts=st.lists(st.integers(0, 5), min_size=3, max_size=3),
    ships=st.booleans(),
)
def test_void_after_ship_is_lossless_whatever_was_in_the_parcel(shop, on_hand, bought, parts, ships):
    with shop.work() as work:
        cups = [a_product(work, on_hand=n) for n in on_hand]
        order = an_order(work, *zip(cups, bought, strict=False))
        free = {item.order_line_id: item.quantity for item in packing.packable(work, order)}
        wanted = zip(line_ids(work, order), parts, strict=False)
        only = {line: min(units, free[line]) for line, units in wanted if line in free and units}
    before = books(shop, [order], cups)
    if not only:
        return
    with shop.work() as work:
        parcel = packing.pack(work, order, only=only)
        if ships:
            actions.ship(work, parcel)
    act(shop, actions.void, parcel)
    assert _without_ids(books(shop, [order], cups)) == _without_ids(before)
    assert sum(row.quantity for row in shop.ask(stock.moves, cups[0]) if row.bucket_to is Bucket.CUSTOMER) >= 0


def test_a_tracking_number_put_right_is_told_to_the_channel_again(tmp_path):
    with an_open_shop(tmp_path) as shop, shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=2), 1))
        shipment = packing.pack(work, order)
        actions.ship(work, shipment, tracking="WRONG1")
        packing.set_values(work, shipment, written_back_at=work.now)
        actions.set_tracking(work, shipment, "RIGHT1")
        assert work.get(Shipment, shipment).written_back_at is None


def test_a_dispatch_by_mistake_is_undone_and_the_parcel_keeps_its_number_and_label(shop):
    cup, order, parcel = packed(shop)
    packed_books = books(shop, [order], [cup])
    act(shop, actions.ship, parcel, tracking="PQ1", label_cost=Money(420, "EUR"))
    act(shop, packing.set_values, parcel, written_back_at=shop.clock.now())
    act(shop, actions.undo_dispatch, parcel)
    found = shop.ask(parcels.parcel, parcel)
    assert (found.number, found.state, found.tracking, found.label_cost, found.shipped_at) == (
        "S-0001",
        "packed",
        "PQ1",
        Money(420, "EUR"),
        None,
    )
    assert _without_ids(books(shop, [order], [cup])) == _without_ids(packed_books)
    assert [move.kind for move in shop.ask(stock.moves, cup)][:2] == ["unship", "ship"]
    assert history(shop, order)[-1][0] == "shipment.dispatch-undone"
    with shop.work() as work:
        assert work.get(Shipment, parcel).written_back_at is None
    assert faults(shop) == []
    act(shop, actions.ship, parcel)
    assert stock_of(shop, cup) == (3, 0, 3)


@pytest.mark.parametrize("end", [ShipmentState.DELIVERED, ShipmentState.LOST, ShipmentState.RETURNED_TO_SENDER])
def test_the_dispatch_of_a_parcel_that_arrived_or_went_astray_stands(shop, end):
    _, _, parcel = packed(shop)
    with refused("shipping.not-shipped", number="S-0001"):
        act(shop, actions.undo_dispatch, parcel)
    act(shop, actions.ship, parcel)
    act(shop, actions.deliver, parcel) if end is ShipmentState.DELIVERED else act(shop, actions.went_wrong, parcel, end)
    with refused("shipping.not-shipped", number="S-0001"):
        act(shop, actions.undo_dispatch, parcel)


def test_the_dispatch_of_a_closed_order_stands_until_it_is_open_again(shop):
    _, order, parcel = packed(shop)
    act(shop, actions.ship, parcel)
    act(shop, orders.close, order)
    with refused("shipping.order-closed", number="00001"):
        act(shop, actions.undo_dispatch, parcel)
    act(shop, orders.reopen, order)
    act(shop, actions.undo_dispatch, parcel)
    assert the_order(shop, order).row.dispatch == "packed"


def test_a_parcel_handed_to_the_carrier_with_its_customs_papers_stays_dispatched(shop, tmp_path):
    abroad = PostalAddress("Li", "", "1 High St", "London", "SW1A 1AA", "", "GB")
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        away, home = (packing.pack(work, an_order(work, (cup, 1), **to)) for to in ({"ship_to": abroad}, {}))
        for parcel in (away, home):
            actions.ship(work, parcel)
    print_manifest(shop.store, [away, home], file=tmp_path / "manifest.pdf")
    with refused("shipping.handed-over", number="S-0001"):
        act(shop, actions.undo_dispatch, away)
    act(shop, actions.undo_dispatch, home)
    assert faults(shop) == []
