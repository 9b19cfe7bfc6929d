"""The packing table: scanned, counted, told in large words, nothing lost by a wrong scan."""

import pytest
from PySide6.QtTest import QTest

from backoffice.orders import actions as order_actions
from backoffice.orders.queries import facts
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import parcels, to_send
from tests.builders import a_product, an_order, stock_of
from tests.kit.accessible import assert_all_named
from tests.shipping.hands import a_paid_order, orders, press, scan, show, words_of

CUP, MUG = "4006381333931", "4006381333948"


@pytest.fixture
def two_cups_and_a_mug(shop):
    """An order of two cups and a mug, by number."""
    with shop.work() as work:
        cup = a_product(work, on_hand=9, sku="CUP", name="Blue cup", barcode=CUP, bin="A-1")
        mug = a_product(work, on_hand=9, sku="MUG", name="Red mug", barcode=MUG)
        a_product(work, on_hand=9, sku="JUG", name="Green jug")
        order = a_paid_order(work, (cup, 2), (mug, 1))
        return facts.head(work.session, order).number


def at_the_table(screen, number):
    """The order's number scanned on the queue."""
    show(screen)
    assert screen.scanned(number)
    return screen.bench


def told(bench):
    """The tone and the large words."""
    return bench.message.tone, bench.message.title.text()


def parcel_of(shop, number):
    return shop.ask(parcels.of_order, shop.ask(facts.id_of, number))[-1]


def test_an_orders_number_begins_its_parcel(shop, screen, two_cups_and_a_mug):
    bench = at_the_table(screen, two_cups_and_a_mug)
    assert told(bench) == ("note", "Scan 3 units")
    assert parcel_of(shop, two_cups_and_a_mug).state is ShipmentState.PICKING
    assert "Blue cup" in words_of(bench)
    assert "bin A-1 · CUP" in words_of(bench)
    assert bench.field.hasFocus()


def test_each_scan_is_answered_and_counted_down(screen, two_cups_and_a_mug):
    bench = at_the_table(screen, two_cups_and_a_mug)
    scan(bench, CUP)
    assert told(bench) == ("good", "Right")
    assert bench.message.under.text() == "Blue cup · 2 still to scan"
    assert "1 of 2" in words_of(bench.lines)
    assert bench.counted.text() == "1 of 3 scanned"


def test_twelve_times_before_a_scan_counts_so_many(screen, two_cups_and_a_mug):
    bench = at_the_table(screen, two_cups_and_a_mug)
    scan(bench, f"2*{CUP}")
    assert bench.message.under.text() == "2 × Blue cup · 1 still to scan"


def test_the_quantity_is_typed_and_the_code_scanned_while_the_cursor_is_elsewhere(screen, two_cups_and_a_mug):
    bench = at_the_table(screen, two_cups_and_a_mug)
    QTest.keyClicks(bench.field, "2*")
    bench.act.setFocus()
    assert screen.scanned(CUP)
    assert bench.counted.text() == "2 of 3 scanned"
    assert bench.field.text() == ""


def test_a_product_is_known_by_its_sku_too(screen, two_cups_and_a_mug):
    bench = at_the_table(screen, two_cups_and_a_mug)
    scan(bench, "MUG")
    assert told(bench) == ("good", "Right")


@pytest.mark.parametrize(
    ("code", "title", "under"),
    [
        (f"3*{CUP}", "Too many", "Blue cup: 0 of 2 are in. Nothing was counted."),
        ("JUG", "Not in this parcel", "Take it out again: Green jug. Nothing was counted."),
        ("99999", "Unknown code", "99999 is no product's barcode or SKU. Nothing was counted."),
    ],
)
def test_a_wrong_scan_is_told_and_counts_nothing(screen, two_cups_and_a_mug, code, title, under):
    bench = at_the_table(screen, two_cups_and_a_mug)
    scan(bench, CUP)
    scan(bench, code)
    tone, words = told(bench)
    assert (tone, words) == ("bad", title)
    assert bench.message.under.text() == under.replace("0 of 2", "1 of 2")
    assert bench.counted.text() == "1 of 3 scanned"


def test_enter_packs_a_complete_parcel(shop, app, screen, two_cups_and_a_mug):
    bench = at_the_table(screen, two_cups_and_a_mug)
    scan(bench, f"2*{CUP}")
    scan(bench, MUG)
    assert told(bench) == ("good", "All is in")
    scan(bench, "")
    assert parcel_of(shop, two_cups_and_a_mug).state is ShipmentState.PACKED
    assert told(bench) == ("good", "Parcel S-0001 packed")
    assert app.notices.undo_last()
    assert parcel_of(shop, two_cups_and_a_mug).state is ShipmentState.VOID


def test_enter_with_something_missing_says_so_and_a_second_one_packs_what_is_there(shop, screen, two_cups_and_a_mug):
    bench = at_the_table(screen, two_cups_and_a_mug)
    scan(bench, CUP)
    scan(bench, "")
    assert told(bench) == ("warn", "2 units are missing")
    scan(bench, "")
    packed = parcel_of(shop, two_cups_and_a_mug)
    assert (packed.state, [(line.sku, line.quantity) for line in packed.lines]) == (ShipmentState.PACKED, [("CUP", 1)])
    rest = shop.ask(to_send.lines, shop.ask(facts.id_of, two_cups_and_a_mug))
    assert [(line.sku, line.ready - line.packed) for line in rest] == [("CUP", 1), ("MUG", 1)]


def test_a_scan_between_the_two_enters_takes_the_question_back(shop, screen, two_cups_and_a_mug):
    bench = at_the_table(screen, two_cups_and_a_mug)
    scan(bench, CUP)
    scan(bench, "")
    scan(bench, CUP)
    scan(bench, "")
    assert told(bench) == ("warn", "1 unit is missing")
    assert parcel_of(shop, two_cups_and_a_mug).state is ShipmentState.PICKING


def test_enter_before_the_first_scan_packs_nothing(shop, screen, two_cups_and_a_mug):
    bench = at_the_table(screen, two_cups_and_a_mug)
    scan(bench, "")
    scan(bench, "")
    assert told(bench) == ("note", "Scan 3 units")
    assert parcel_of(shop, two_cups_and_a_mug).state is ShipmentState.PICKING


def test_leaving_loses_no_scan(shop, app, screen, two_cups_and_a_mug):
    bench = at_the_table(screen, two_cups_and_a_mug)
    scan(bench, CUP)
    assert screen.escape()
    assert not screen.packs
    assert app.notices.toasts == ["Parcel S-0001 waits under Being packed."]
    assert screen.scanned(two_cups_and_a_mug)
    assert bench.counted.text() == "1 of 3 scanned"
    assert len(shop.ask(parcels.of_order, shop.ask(facts.id_of, two_cups_and_a_mug))) == 1


def test_a_parcel_is_gone_on_with_from_its_own_number(screen, two_cups_and_a_mug):
    bench = at_the_table(screen, two_cups_and_a_mug)
    screen.escape()
    assert screen.scanned("S-0001")
    assert bench.page.parcel.number == "S-0001"


def test_the_next_orders_number_packs_this_parcel_and_begins_the_next(shop, screen, two_cups_and_a_mug):
    with shop.work() as work:
        other = an_order(work, (a_product(work, on_hand=1, name="Plate"), 1))
        number = facts.head(work.session, other).number
    bench = at_the_table(screen, two_cups_and_a_mug)
    scan(bench, f"2*{CUP}")
    scan(bench, MUG)
    scan(bench, number)
    assert parcel_of(shop, two_cups_and_a_mug).state is ShipmentState.PACKED
    assert bench.page.parcel.number == "S-0002"
    assert told(bench) == ("warn", "Scan 1 unit")  # it is not paid
    assert "still to be paid" in bench.message.under.text()


def test_a_number_scanned_in_the_middle_begins_nothing(shop, screen, two_cups_and_a_mug):
    (other,) = orders_beside(shop)
    bench = at_the_table(screen, two_cups_and_a_mug)
    scan(bench, CUP)
    scan(bench, other)
    assert told(bench) == ("warn", "A number, not a product")
    assert bench.page.parcel.number == "S-0001"
    scan(bench, "S-0001")
    assert bench.message.under.text() == "This is the parcel you are packing."


def orders_beside(shop):
    with shop.work() as work:
        order = a_paid_order(work, (a_product(work, on_hand=1), 1))
        return [facts.head(work.session, order).number]


def test_enter_takes_the_next_order_that_is_ready(shop, screen):
    orders(shop, 2)
    show(screen)
    press(screen.queue, "Pack with the scanner")
    assert told(screen.bench) == ("note", "Scan an order's number")
    scan(screen.bench, "")
    scan(screen.bench, "CUP")
    scan(screen.bench, "")
    assert "Next: order 00002" in screen.bench.message.under.text()
    scan(screen.bench, "")
    assert screen.bench.page.row.orders == "00002"


def test_where_nothing_is_ready_enter_waits_for_a_scan(screen):
    show(screen)
    screen.pack_at_the_table(None)
    scan(screen.bench, "")
    assert told(screen.bench) == ("note", "Scan an order's number")


def test_an_order_on_hold_is_not_packed_and_says_why(shop, screen, two_cups_and_a_mug):
    with shop.work() as work:
        order_actions.hold(work, facts.id_of(work.session, two_cups_and_a_mug), reason="ask first")
    show(screen)
    screen.pack_at_the_table(None)
    scan(screen.bench, two_cups_and_a_mug)
    assert told(screen.bench) == ("bad", "This cannot be done")
    assert "is not open" in screen.bench.message.under.text()


def test_a_number_nobody_knows_is_told_and_left_to_the_search_on_the_list(screen):
    show(screen)
    assert not screen.scanned("nobody")
    screen.pack_at_the_table(None)
    scan(screen.bench, "nobody")
    assert told(screen.bench) == ("bad", "No order or parcel has this number")


def test_a_packed_parcels_number_shows_it_in_its_list(shop, screen):
    (order,) = orders(shop, 1)
    show(screen)
    screen.acts.pack([order])
    screen.show_view("ship-by")
    assert screen.scanned("S-0001")
    assert not screen.packs
    assert screen.parcels.tabs.key == "packed"
    assert screen.pane.record == parcel_of(shop, "00001").id


def test_unpacking_the_parcel_leaves_the_order_as_it_was(shop, screen):
    with shop.work() as work:
        cup = a_product(work, on_hand=3)
        order = a_paid_order(work, (cup, 2))
        number = facts.head(work.session, order).number
    before = stock_of(shop, cup)
    bench = at_the_table(screen, number)
    press(bench, "Unpack")
    assert parcel_of(shop, number).state is ShipmentState.VOID
    assert stock_of(shop, cup) == before
    assert told(bench) == ("note", "Scan an order's number")


def test_a_parcel_unpacked_elsewhere_leaves_the_table(shop, screen, two_cups_and_a_mug):
    bench = at_the_table(screen, two_cups_and_a_mug)
    screen.acts.unpack([bench.page.parcel.id])
    assert bench.page is None
    assert told(bench) == ("note", "Scan an order's number")


def test_the_label_is_a_key_away_at_the_table(screen, two_cups_and_a_mug):
    bench = at_the_table(screen, two_cups_and_a_mug)
    scan(bench, f"2*{CUP}")
    scan(bench, MUG)
    scan(bench, "")
    screen.print()
    assert screen.printing.dialog.windowTitle() == "1 label"


def test_an_order_without_stock_to_pack_says_so(shop, screen):
    with shop.work() as work:
        order = a_paid_order(work, (a_product(work, backorder=True), 1))
        number = facts.head(work.session, order).number
    show(screen)
    assert screen.scanned(number)
    assert told(screen.bench)[0] == "bad"
    assert "can be packed now" in screen.bench.message.under.text()


def test_a_gift_message_and_notes_lie_beside_the_goods(shop, screen):
    with shop.work() as work:
        order = a_paid_order(work, (a_product(work, on_hand=1), 1), gift_message="Felicidades", notes="ring twice")
        number = facts.head(work.session, order).number
    told_there = words_of(at_the_table(screen, number))
    assert "Felicidades" in told_there
    assert "ring twice" in told_there


def test_every_control_at_the_table_has_a_name(screen, two_cups_and_a_mug):
    assert_all_named(at_the_table(screen, two_cups_and_a_mug))
