"""The list of orders: views, filters, what is done to several at once."""

import csv
from datetime import UTC, date, datetime, time, timedelta

import pytest

from backoffice.core.postal import PostalAddress
from backoffice.orders import actions, writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.shipping import packing
from tests.builders import ANA, a_customer, a_product, an_order, faults, the_order
from tests.kit.accessible import assert_all_named
from tests.orders.hands import answer, press, words_of
from ui.kit.text import Chip

HOSTILE = "<b>Bobby</b><img src=x onerror=alert(1)>‮drowssap‬" + "W" * 5000


def eve(day):
    """A moment some days before."""
    return datetime.combine(day, time(9), UTC) - timedelta(days=4)


@pytest.fixture
def orders(shop):
    """Three open orders of one customer: the first is late, the third is unpaid like the others and unserved."""
    with shop.work() as work:
        cup, ana = a_product(work, on_hand=2), a_customer(work)
        made = [
            an_order(work, (cup, 1), customer_id=ana, promised_dispatch=day, placed_at=eve(day))
            for day in (date(2026, 2, 27), date(2026, 3, 9), date(2026, 3, 10))
        ]
    return made


def cells(screen, key):
    """What stands in a column, from top to bottom."""
    at = [column.key for column in screen.model.columns].index(key)
    return [screen.model.cells(row)[at] for row in range(screen.model.rowCount())]


def select(screen, *ids):
    """Selects these rows, as with Ctrl and the mouse."""
    screen.table.clearSelection()
    for order_id in ids:
        spread = screen.table._spread(screen.model.find(order_id))
        screen.table.selectionModel().select(spread, screen.table.selectionModel().SelectionFlag.Select)


def test_what_must_leave_first_stands_first(orders, screen):
    assert [screen.model.row(at).id for at in range(3)] == orders
    assert screen.tabs.tabText(0).split() == ["To", "dispatch", "3"]


def test_a_late_promise_is_told_in_the_bad_tone(orders, screen):
    assert cells(screen, "promised_dispatch") == [Chip("Feb 27", "bad"), "Mar 9", "Mar 10"]


def test_the_first_three_orders_of_a_customer_are_marked(orders, screen, shop):
    screen.tabs.choose("all")
    assert sorted(chip.word for chip in cells(screen, "earlier")) == ["1st", "2nd", "3rd"]


def test_each_view_shows_its_orders(orders, screen, shop):
    with shop.work() as work:
        actions.hold(work, orders[0], reason="asks")
        actions.cancel(work, orders[1], reason="twice")
    shown = {}
    for key in ("ship-by", "late", "open", "on-hold", "unpaid", "drafts", "shipped", "cancelled", "all"):
        screen.tabs.choose(key)
        shown[key] = {screen.model.row(at).id for at in range(screen.model.rowCount())}
    first, second, third = orders
    assert shown == {
        "ship-by": {third}, "late": set(), "open": {third}, "on-hold": {first}, "unpaid": {first, third},
        "drafts": set(), "shipped": set(), "cancelled": {second}, "all": {first, second, third},
    }  # fmt: skip


def test_a_text_and_a_channel_narrow_the_list(screen, shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        line = (LineDraft(product_id=cup, quantity=1),)
        bruno = PostalAddress(name="Bruno Gómez", country="ES")
        theirs = writing.create(work, OrderDraft(lines=line, ship_to=bruno), channel="fair")
        writing.create(work, OrderDraft(lines=line, ship_to=ANA))
    screen.filter_row.set_values([("text", "gomez")])
    assert [screen.model.row(at).id for at in range(screen.model.rowCount())] == [theirs]
    screen.filter_row.set_values([("channel", "fair")])
    assert [screen.model.row(at).id for at in range(screen.model.rowCount())] == [theirs]


def test_an_empty_shop_offers_to_type_the_first_order(screen):
    press(screen, "New order")
    assert screen.sheets.current is not None


def test_an_empty_view_of_a_full_shop_is_good_news(orders, screen):
    screen.tabs.choose("drafts")
    assert "No draft is waiting to be confirmed." in words_of(screen)


def test_several_orders_are_put_on_hold_and_go_on_again(orders, screen, shop, app):
    select(screen, *orders[:2])
    press(screen, "Hold")
    assert answer(screen, reason="stocktaking")
    assert app.notices.toasts == ["2 orders are on hold."]
    assert [the_order(shop, each).row.status for each in orders] == ["on_hold", "on_hold", "open"]
    assert app.notices.undo_last()
    assert [the_order(shop, each).row.status for each in orders] == ["open"] * 3
    assert faults(shop) == []


def test_the_list_is_read_again_once_when_all_are_done(orders, screen, monkeypatch):
    read = []
    monkeypatch.setattr(screen, "refresh", lambda: read.append(1))
    screen.bulk.pack(orders)
    assert read == [1] and not screen.bulk.busy


def test_of_several_orders_those_that_a_rule_forbids_are_told(orders, screen, shop, app):
    with shop.work() as work:
        packing.pack(work, orders[0])
    screen.tabs.choose("all")
    select(screen, *orders)
    screen.bulk.cancel(orders)
    assert answer(screen, reason="shop closed")
    (said,) = app.notices.toasts
    assert said.startswith("2 orders are cancelled. 1 was left as it is: A parcel of order")
    assert app.notices.undo_last()
    assert [the_order(shop, each).row.status for each in orders] == ["open"] * 3


def test_several_orders_are_packed_and_taken_back(orders, screen, shop, app):
    select(screen, *orders)
    press(screen, "Pack")
    assert app.notices.toasts[0].startswith("2 orders are packed. 1 was left as it is:")
    assert [the_order(shop, each).row.dispatch for each in orders] == ["packed", "packed", "unfulfilled"]
    assert app.notices.undo_last()
    assert {the_order(shop, each).row.dispatch for each in orders} == {"unfulfilled"}
    assert faults(shop) == []


def test_several_orders_get_a_tag_and_lose_it_again(orders, screen, shop, app):
    with shop.work() as work:
        actions.tag(work, orders[0], ["gift"])
    select(screen, *orders[:2])
    press(screen, "Add tags")
    assert answer(screen, tags=("fragile",))
    assert [the_order(shop, each).tags for each in orders] == [["fragile", "gift"], ["fragile"], []]
    assert app.notices.undo_last()
    assert [the_order(shop, each).tags for each in orders] == [["gift"], [], []]


def test_the_list_is_written_to_a_file_as_it_is_shown(screen, shop, app, tmp_path):
    with shop.work() as work:
        cup = a_product(work, on_hand=1)
        an_order(work, (cup, 1), ship_to=PostalAddress(name="=cmd|'/c calc'!A0", country="ES"))
    file = tmp_path / "orders.csv"
    screen.export(str(file), screen.listing)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        (row,) = csv.DictReader(opened)
    assert (row["Customer"], row["Total"], row["Currency"]) == ("'=cmd|'/c calc'!A0", "12.10", "EUR")
    assert app.notices.toasts == ["1 order written to orders.csv"]


def test_a_file_that_cannot_be_written_is_told_and_tried_again(orders, screen, app, tmp_path):
    screen.export(str(tmp_path / "no-such-folder" / "orders.csv"), screen.listing)
    assert "orders.csv could not be written" in app.notices.toasts[0]


def test_a_scanned_number_opens_its_order(orders, screen, shop):
    number = the_order(shop, orders[2]).row.number
    screen.tabs.choose("drafts")
    assert screen.scanned(number)
    assert screen.pane.record == orders[2]
    assert not screen.scanned("8400000000017")


def test_a_hostile_name_stays_text(screen, shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=1)
        order = an_order(work, (cup, 1), ship_to=PostalAddress(name=HOSTILE, country="ES"), notes=HOSTILE)
    screen.show_record(order)
    shown = words_of(screen)
    assert "<b>Bobby</b><img" in shown.replace("​", "")
    assert "‮" not in shown and "W" * 700 not in shown
    assert screen.pane.page.scroll.widget().minimumSizeHint().width() <= screen.pane.width()


def test_every_control_of_the_screen_has_a_name(orders, screen):
    screen.show_record(orders[0])
    assert_all_named(screen)


def test_help_says_how_an_order_is_typed(screen):
    assert "Ctrl+N types a new order" in screen.help()
