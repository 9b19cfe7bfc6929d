"""An order changed at the window: seen before it is done, undone after."""

import pytest

from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.orders import actions
from backoffice.shipping import packing
from tests.builders import a_product, an_order, faults, pay, stock_of, the_order
from tests.kit.accessible import assert_all_named
from tests.orders.hands import fill, look_up, press, words_of
from ui.kit.pictures import settle


@pytest.fixture
def cup(shop):
    with shop.work() as work:
        return a_product(work, on_hand=5, name="Blue cup", sku="CUP")


@pytest.fixture
def pot(shop):
    with shop.work() as work:
        return a_product(work, on_hand=1, name="Tea pot", sku="POT", price=2050)


@pytest.fixture
def order(shop, cup):
    """Two cups at 12.10, paid."""
    with shop.work() as work:
        made = an_order(work, (cup, 2))
        pay(work, made, 2420)
    return made


@pytest.fixture
def sheet(screen, order):
    screen.tabs.choose("all")
    screen.show_record(order)
    press(screen.pane.page, "Edit")
    return screen.sheets.current


def previewed(sheet):
    """What the sheet says of money and stock."""
    sheet.preview()
    settle()
    return words_of(sheet)


def test_nothing_changed_is_nothing_to_save(sheet, screen, shop, order):
    assert "Nothing is changed yet." in words_of(sheet)
    before = the_order(shop, order).version
    screen.confirm()
    assert screen.sheets.current is None and the_order(shop, order).version == before


def test_what_a_change_does_is_seen_before_it_is_done(sheet, shop, order, cup, pot):
    fill(sheet.lines.rows[0].quantity, "4")
    look_up(sheet.lines.box, "2*tea")
    said = previewed(sheet)
    assert "€89.40" in said and "€65.20" in said  # 4 × 12.10 + 2 × 20.50; 24.20 are paid
    assert "2 more of CUP are reserved." in said and "1 more of POT is reserved." in said
    assert "1 unit is missing on the shelf." in said
    assert the_order(shop, order).total == Money(2420, "EUR") and stock_of(shop, cup) == (5, 2, 3)


def test_it_is_applied_at_once_and_undone_at_once(sheet, screen, shop, order, pot):
    fill(sheet.lines.rows[0].quantity, "1")
    look_up(sheet.lines.box, "tea")
    fill(sheet.shipping, "4.90")
    screen.confirm()
    changed = the_order(shop, order)
    assert [(line.sku, line.ordered) for line in changed.lines] == [("CUP", 1), ("POT", 1)]
    assert changed.total == Money(1210 + 2050 + 490, "EUR")
    assert screen.sheets.current is None and screen.pane.record == order
    assert screen.app.notices.undo_last()
    assert [(line.sku, line.ordered) for line in the_order(shop, order).lines] == [("CUP", 2)]
    assert the_order(shop, order).total == Money(2420, "EUR")
    assert faults(shop) == []


def test_a_line_is_taken_out_and_what_is_paid_too_much_is_said(sheet, screen, shop, order, cup, pot):
    look_up(sheet.lines.box, "tea")
    sheet.lines.rows[0].dropped.emit()
    said = previewed(sheet)
    assert "2 of CUP go back to the shelf." in said
    assert "To refund then" in said and "€3.70" in said
    screen.confirm()
    assert [line.sku for line in the_order(shop, order).lines] == ["POT"]


def test_the_address_is_changed_where_it_stands(sheet, screen, shop, order):
    press(sheet.ship_to, "Change")
    sheet.ship_to.field.write(PostalAddress(name="Ana", street="Rúa 2", city="Lugo", postcode="27001", country="ES"))
    screen.confirm()
    assert the_order(shop, order).ship_to.city == "Lugo"
    assert the_order(shop, order).bill_to.city == "Madrid"


def test_what_a_rule_forbids_is_said_and_all_stays_typed(sheet, screen, shop, order):
    with shop.work() as work:
        packing.pack(work, order)
    sheet.read_again()
    fill(sheet.lines.rows[0].quantity, "1")
    assert "2 units are packed, so fewer cannot be ordered." in previewed(sheet)
    screen.confirm()
    assert screen.sheets.current is sheet
    assert sheet.lines.rows[0].quantity.editor.text() == "1"


def test_an_order_changed_by_somebody_else_is_read_again_with_what_was_typed(sheet, screen, shop, order):
    fill(sheet.lines.rows[0].quantity, "3")
    with shop.work() as work:
        actions.note(work, order, "called")
    assert "changed in between" in previewed(sheet)
    press(sheet, "Take the order as it is now and keep what I typed")
    screen.confirm()
    assert (the_order(shop, order).lines[0].ordered, the_order(shop, order).notes) == (3, "called")


def test_what_cannot_be_read_is_marked(sheet, screen, shop, order):
    fill(sheet.lines.rows[0].price, "twelve")
    screen.confirm()
    assert screen.sheets.current is sheet
    assert sheet.lines.rows[0].price.under.text() == "This is not a number."


def test_changes_that_were_left_wait(sheet, screen, shop, order, app):
    fill(sheet.lines.rows[0].quantity, "3")
    assert screen.escape()
    number = the_order(shop, order).row.number
    assert app.notices.banners == [f"The changes to order {number} are not saved yet."]
    screen.edit(order)
    assert screen.sheets.current is sheet


def test_a_discount_taken_away_is_no_discount(sheet, screen, shop, order):
    fill(sheet.discount, "1")
    screen.confirm()
    assert the_order(shop, order).total == Money(2320, "EUR")
    screen.edit(order)
    fill(screen.sheets.current.discount, "")
    screen.confirm()
    assert the_order(shop, order).total == Money(2420, "EUR")


def test_every_control_of_the_sheet_has_a_name(sheet):
    assert_all_named(sheet)


def test_a_long_order_shows_its_first_lines_and_keeps_the_others(screen, shop, cup):
    with shop.work() as work:
        things = [(a_product(work, name=f"Thing {n}"), 1) for n in range(29)]
        long = an_order(work, *things, (cup, 1))
    screen.edit(long)
    sheet = screen.sheets.current
    assert len(sheet.lines.rows) == 12
    press(sheet, "Show more lines, 18 are left")
    look_up(sheet.lines.box, "blue")
    assert [(row.entry.line_id is not None, row.units) for row in sheet.lines.rows[24:]] == [(True, 2)]
    screen.confirm()
    assert [line.ordered for line in the_order(shop, long).lines] == [1] * 29 + [2]
