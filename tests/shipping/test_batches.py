"""A batch of dispatch: each order by itself, stopped and gone on with, cut off and asked for again."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from backoffice.core.calendar import FixedClock
from backoffice.core.money import Money
from backoffice.orders import actions as orders
from backoffice.orders.queries import facts as order_facts
from backoffice.shipping import packing, scanning
from backoffice.shipping.batches import Came, pack_all, packed_parcels, proposals, ship_all, start_all
from backoffice.shipping.queries import facts, parcels
from backoffice.shop import Shop
from tests.builders import (
    MONDAY,
    a_customer,
    a_product,
    a_shop,
    an_open_shop,
    an_order,
    faults,
    history,
    stock_of,
    the_order,
)
from tests.store.killing import can_kill, killed, passes
from tests.store.shops import content


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def some_orders(shop, count, *, on_hand=100, **more):
    with shop.work() as work:
        cup = a_product(work, on_hand=on_hand, sku="CUP")
        return cup, [an_order(work, (cup, 1), **more) for _ in range(count)]


def came(outcomes):
    return [(each.number, each.came) for each in outcomes]


def test_one_that_is_refused_does_not_hold_up_the_others(shop):
    _cup, ids = some_orders(shop, 3)
    with shop.work() as work:
        orders.hold(work, ids[1], reason="Asks for another colour")
    outcomes = pack_all(shop.store, ids)
    assert came(outcomes) == [("00001", Came.DONE), ("00002", Came.REFUSED), ("00003", Came.DONE)]
    assert outcomes[1].refusal is not None
    assert outcomes[1].refusal.code == "shipping.not-open"
    assert [the_order(shop, each).row.dispatch for each in ids] == ["packed", "unfulfilled", "packed"]


def test_a_stopped_batch_says_what_is_left_and_goes_on_where_it_stopped(shop):
    cup, ids = some_orders(shop, 4)
    looks = iter([False, False, True, True])
    seen = []
    first = pack_all(shop.store, ids, progress=lambda *told: seen.append(told), cancelled=lambda: next(looks))
    assert [each.came for each in first] == [Came.DONE, Came.DONE, Came.LEFT, Came.LEFT]
    assert seen == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    again = pack_all(shop.store, ids)
    assert [each.came for each in again] == [Came.ALREADY, Came.ALREADY, Came.DONE, Came.DONE]
    assert again[0].shipment_ids == first[0].shipment_ids
    assert (len(shop.ask(packed_parcels, ids)), stock_of(shop, cup)) == (4, (100, 4, 96))


def test_orders_that_share_an_address_are_proposed_and_share_a_parcel(shop):
    with shop.work() as work:
        cup, ana = a_product(work, on_hand=9), a_customer(work)
        ids = [an_order(work, (cup, 1), customer_id=customer) for customer in (ana, None, ana)]
    groups = shop.ask(proposals, ids, today=date(2026, 3, 2))
    assert [set(group) for group in groups] == [{ids[0], ids[2]}]
    outcomes = pack_all(shop.store, ids, together=groups)
    assert sorted(outcomes[0].order_ids) == [ids[0], ids[2]]
    assert [len(shop.ask(parcels.parcel, each.shipment_ids[0]).orders) for each in outcomes] == [2, 1]
    assert [each.came for each in pack_all(shop.store, ids, together=groups)] == [Came.ALREADY, Came.ALREADY]


def test_a_parcel_that_was_begun_is_finished_unless_somebody_scans_it(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=9, sku="CUP")
        ids = [an_order(work, (cup, 2)) for _ in range(3)]
    begun = [each.shipment_ids[0] for each in start_all(shop.store, ids)]
    assert [each.came for each in start_all(shop.store, ids)] == [Came.ALREADY] * 3
    with shop.work() as work:
        scanning.scan(work, begun[1], "CUP")
        scanning.scan(work, begun[2], "CUP", quantity=2)
    outcomes = pack_all(shop.store, ids)
    assert [each.came for each in outcomes] == [Came.DONE, Came.REFUSED, Came.DONE]
    assert outcomes[1].refusal is not None
    assert outcomes[1].refusal.code == "shipping.scanning-begun"
    assert [outcomes[0].shipment_ids, outcomes[2].shipment_ids] == [(begun[0],), (begun[2],)]


def test_an_order_packed_in_part_gets_a_second_parcel_for_what_came_since(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=3), 3))
        first = packing.pack(work, order, only={order_facts.lines(work.session, order)[0].id: 1})
    (outcome,) = pack_all(shop.store, [order])
    assert outcome.came is Came.DONE
    assert outcome.shipment_ids != (first,)
    assert shop.ask(packed_parcels, [order]) == [first, *outcome.shipment_ids]


def test_parcels_leave_with_their_numbers_and_costs_and_asked_again_they_have_left(shop):
    _cup, ids = some_orders(shop, 3)
    sent = [each.shipment_ids[0] for each in pack_all(shop.store, ids)]
    numbers, costs = {sent[0]: " PQ1 "}, {sent[0]: Money(450, "EUR")}
    assert came(ship_all(shop.store, sent, tracking=numbers, label_costs=costs)) == [
        (f"S-000{number}", Came.DONE) for number in (1, 2, 3)
    ]
    assert shop.ask(parcels.parcel, sent[0]).label_cost == Money(450, "EUR")
    assert [each.came for each in ship_all(shop.store, sent, tracking=numbers)] == [Came.ALREADY] * 3
    later = ship_all(shop.store, sent, tracking={sent[1]: "PQ2"})
    assert [each.came for each in later] == [Came.ALREADY, Came.DONE, Came.ALREADY]
    assert [shop.ask(facts.head, each).tracking for each in sent] == ["PQ1", "PQ2", ""]
    assert [verb for verb, _facts in history(shop, ids[1])][-2:] == ["shipment.shipped", "shipment.tracking"]


def test_a_bad_number_keeps_one_parcel_in_the_house(shop):
    _cup, ids = some_orders(shop, 2)
    sent = [each.shipment_ids[0] for each in pack_all(shop.store, ids)]
    outcomes = ship_all(shop.store, sent, tracking={sent[0]: "ñ"})
    assert [each.came for each in outcomes] == [Came.REFUSED, Came.DONE]
    assert (outcomes[0].order_ids, shop.ask(facts.head, sent[0]).state) == ((ids[0],), "packed")


def test_an_order_or_parcel_that_is_not_there_is_refused_by_its_id(shop):
    assert came(pack_all(shop.store, [99])) == [("99", Came.REFUSED)]
    assert came(ship_all(shop.store, [99])) == [("99", Came.REFUSED)]
    assert pack_all(shop.store, []) == []


@can_kill
def test_cut_off_at_any_point_and_asked_again_all_is_packed_and_sent_once(tmp_path):
    with a_shop(tmp_path) as made:
        with made.work() as work:
            cup = a_product(work, on_hand=9, sku="CUP")
            ids = [an_order(work, (cup, 1)) for _ in range(4)]
        made.close(backup=False)
    path = made.path

    def dispatch(file: Path):
        def action() -> None:
            shop = Shop.open(file, clock=FixedClock(MONDAY), who="Eva")
            for outcome in pack_all(shop.store, ids):
                ship_all(shop.store, outcome.shipment_ids)
            ship_all(shop.store, shop.ask(packed_parcels, ids))
            shop.close(backup=False)

        return action

    calm = _copied(path, tmp_path / "calm")
    points = passes(dispatch(calm), "dispatch-batch", tmp_path / "log")
    assert points == 8
    for point in range(1, points + 1):
        file = _copied(path, tmp_path / str(point))
        killed(dispatch(file), f"dispatch-batch:{point}")
        _send_the_rest(file, ids)
        assert {name: rows for name, rows in _ended(file).items() if rows != _ended(calm)[name]} == {}, point


def _copied(path: Path, folder: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copy(path, folder / path.name))


def _send_the_rest(path: Path, ids: list[int]) -> None:
    """As a person does after the cut: the same batch again, and what is packed is sent."""
    shop = Shop.open(path, clock=FixedClock(MONDAY), who="Eva")
    pack_all(shop.store, ids)
    ship_all(shop.store, shop.ask(packed_parcels, ids))
    assert faults(shop) == []
    shop.close(backup=False)


def _ended(path: Path) -> dict[str, object]:
    rows = content(path)
    told = ("orders", "order_line", "shipment", "shipment_line", "product", "stock_move", "allocation")
    return {name: rows[name] for name in told}
