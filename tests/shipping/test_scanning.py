"""Scan-to-verify: match, under, over, extra, unknown; each scan is kept."""

import pytest

from backoffice.orders import actions as orders
from backoffice.orders import writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.shipping import actions, packing, scanning
from backoffice.shipping.queries import parcels
from tests.builders import a_product, allocated, an_open_shop, an_order, faults, refused, stock_of, the_order

EAN = "4006381333931"


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def a_parcel(shop, *, cups=3, jugs=1):
    """A parcel of cups (with a barcode) and jugs; (order, parcel)."""
    with shop.work() as work:
        cup = a_product(work, sku="CUP", barcode=EAN, on_hand=9)
        order = an_order(work, (cup, cups), (a_product(work, sku="JUG", on_hand=9), jugs))
        return order, packing.start(work, [order])


def scan(shop, parcel, code, quantity=1):
    with shop.work() as work:
        found = scanning.scan(work, parcel, code, quantity=quantity)
    return found.result, found.left


def scans(shop):
    sql = "SELECT code, quantity, result, who FROM scan ORDER BY id"
    return [tuple(row) for row in shop.ask(lambda session: session.connection().exec_driver_sql(sql).all())]


def test_each_scan_is_matched_against_the_parcel_and_kept(shop):
    with shop.work() as work:
        a_product(work, sku="LAMP")
    _, parcel = a_parcel(shop)
    assert scan(shop, parcel, EAN) == ("match", 3)
    assert scan(shop, parcel, f" {EAN}\r", 2) == ("match", 1)
    assert scan(shop, parcel, "CUP") == ("over", 1)
    assert scan(shop, parcel, "LAMP") == ("extra", 1)
    assert scan(shop, parcel, "what?") == ("unknown", 1)
    assert scan(shop, parcel, "JUG") == ("match", 0)
    assert [(code.strip(), result) for code, _n, result, _who in scans(shop)] == [
        (EAN, "match"),
        (EAN, "match"),
        ("CUP", "over"),
        ("LAMP", "extra"),
        ("what?", "unknown"),
        ("JUG", "match"),
    ]
    assert {who for *_, who in scans(shop)} == {"Eva"}


def test_too_many_at_once_counts_none_of_them(shop):
    _, parcel = a_parcel(shop)
    assert scan(shop, parcel, EAN, 4) == ("over", 4)
    assert scan(shop, parcel, EAN, 3) == ("match", 1)


def test_one_product_on_two_lines_fills_the_first_and_then_the_second(shop):
    with shop.work() as work:
        cup = a_product(work, sku="CUP", on_hand=9)
        parcel = packing.start(work, [an_order(work, (cup, 2), (cup, 2))])
    assert scan(shop, parcel, "CUP", 3) == ("match", 1)
    assert [line.scanned for line in shop.ask(parcels.parcel, parcel).lines] == [2, 1]


def test_a_line_without_a_product_is_scanned_by_its_sku(shop):
    wrap = LineDraft(quantity=1, name="Gift wrap", sku="WRAP")
    with shop.work() as work:
        order = writing.create(work, OrderDraft(lines=(wrap, LineDraft(quantity=1, name="Card"))))
        parcel = packing.start(work, [order])
    assert scan(shop, parcel, "WRAP") == ("match", 1)
    assert scan(shop, parcel, "WRAP") == ("over", 1)
    assert scan(shop, parcel, "") == ("unknown", 1)


@pytest.mark.parametrize("quantity", [0, -1, 10_001])
def test_no_quantity_is_no_scan(shop, quantity):
    _, parcel = a_parcel(shop)
    with refused("shipping.bad-scan", quantity=quantity):
        scan(shop, parcel, EAN, quantity)


def test_only_a_parcel_being_packed_is_scanned(shop):
    _, parcel = a_parcel(shop)
    with shop.work() as work:
        packing.finish(work, parcel)
    with refused("shipping.not-picking"):
        scan(shop, parcel, EAN)
    with refused("shipping.not-picking"), shop.work() as work:
        scanning.finish_short(work, parcel)


def test_a_short_pick_packs_what_was_scanned_and_releases_the_rest(shop):
    order, parcel = a_parcel(shop)
    scan(shop, parcel, EAN, 2)
    with shop.work() as work:
        left_out = scanning.finish_short(work, parcel)
    lines = [line.id for line in the_order(shop, order).lines]
    assert left_out == {lines[0]: 1, lines[1]: 1}
    assert [(line.sku, line.quantity) for line in shop.ask(parcels.parcel, parcel).lines] == [("CUP", 2)]
    assert the_order(shop, order).row.dispatch == "part_packed"
    assert [(n, result) for _code, n, result, _who in scans(shop)][1:] == [(1, "under"), (1, "under")]
    with shop.work() as work:
        assert [item.quantity for item in packing.packable(work, order)] == [1, 1]
    assert faults(shop) == []


def test_what_a_short_pick_leaves_goes_to_the_order_with_the_earliest_promise(shop):
    with shop.work() as work:
        cup = a_product(work, sku="CUP", on_hand=5)
        order = an_order(work, (cup, 5))
        waiting = an_order(work, (cup, 2), promised_dispatch=the_day_before(shop))
        parcel = packing.start(work, [order])
        scanning.scan(work, parcel, "CUP", quantity=2)
        scanning.finish_short(work, parcel)
    assert (allocated(shop, order), allocated(shop, waiting), stock_of(shop, cup)) == ([3], [2], (5, 5, 0))
    assert faults(shop) == []


def the_day_before(shop):
    return shop.clock.now().date()


def test_a_pick_without_a_scan_packs_nothing(shop):
    _, parcel = a_parcel(shop)
    with refused("shipping.nothing-scanned"), shop.work() as work:
        scanning.finish_short(work, parcel)


def test_a_full_pick_finished_short_leaves_nothing_out(shop):
    order, parcel = a_parcel(shop)
    scan(shop, parcel, EAN, 3)
    scan(shop, parcel, "JUG")
    with shop.work() as work:
        assert scanning.finish_short(work, parcel) == {}
        actions.ship(work, parcel)
        orders.close(work, order)
    assert faults(shop) == []
