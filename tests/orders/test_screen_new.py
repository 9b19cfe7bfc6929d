"""A new order typed at the window, as on the phone: quickly, and nothing typed is lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from backoffice.core.money import Money
from backoffice.customers.card import queries as card
from backoffice.orders.model import OrderStatus
from backoffice.orders.queries import facts, lists
from backoffice.settings import actions as settings
from tests.builders import ANA, MONDAY, a_customer, a_product, an_order, faults, stock_of, the_order
from tests.kit.accessible import assert_all_named
from tests.orders.hands import fill, look_up, press, words_of
from ui.kit.pictures import settle


@pytest.fixture
def cup(shop):
    with shop.work() as work:
        return a_product(work, on_hand=5, name="Blue cup", sku="CUP", barcode="8400000000017")


@pytest.fixture
def pot(shop):
    with shop.work() as work:
        return a_product(work, on_hand=1, name="Tea pot", sku="POT", price=2050)


@pytest.fixture
def ana(shop):
    with shop.work() as work:
        return a_customer(work)


@pytest.fixture
def sheet(screen):
    screen.new()
    return screen.sheets.current


def newest(shop):
    """The order made last."""
    return the_order(shop, shop.ask(lists.page, today=MONDAY.date(), view="all", sort="number").rows[0].id)


def test_two_products_for_a_known_customer_take_a_few_keys(screen, shop, cup, pot, ana):
    screen.new()
    sheet = screen.sheets.current
    keys = 1  # Ctrl+N
    for box, text in ((sheet.buyer.box, "nun"), (sheet.lines.box, "2*cup"), (sheet.lines.box, "tea")):
        look_up(box, text)
        keys += len(text) + 1
    screen.confirm()
    settle()
    keys += 1
    order = newest(shop)
    assert [(line.product_id, line.ordered) for line in order.lines] == [(cup, 2), (pot, 1)]
    assert (order.buyer.id, order.total, order.row.status) == (ana, Money(4470, "EUR"), OrderStatus.OPEN)
    assert (order.ship_to, order.email) == (ANA, shop.ask(card.card, ana).emails[0].address)
    assert keys <= 20
    assert screen.pane.record == order.row.id
    assert stock_of(shop, cup) == (5, 2, 3)
    assert faults(shop) == []


def test_the_cursor_goes_from_the_customer_to_the_products(sheet, ana, qtbot, screen):
    sheet.activateWindow()
    look_up(sheet.buyer.box, "ana")
    assert screen.focusWidget() is sheet.lines.box


def test_a_saved_order_is_taken_back(screen, shop, cup, sheet, app):
    look_up(sheet.lines.box, "cup")
    screen.confirm()
    assert app.notices.undo_last()
    assert newest(shop).row.status is OrderStatus.CANCELLED
    assert stock_of(shop, cup) == (5, 0, 5)


def test_a_scan_adds_the_product_and_a_second_one_counts_it(screen, cup, sheet):
    assert screen.scanned("8400000000017") and screen.scanned("8400000000017")
    assert [(row.entry.product_id, row.units) for row in sheet.lines.kept] == [(cup, 2)]


def test_twelve_times_before_a_scan_is_a_dozen(screen, cup, sheet):
    QTest.keyClicks(sheet.lines.box, "12*")
    assert screen.scanned("8400000000017")
    assert [row.units for row in sheet.lines.kept] == [12]
    assert sheet.lines.box.text() == ""


def test_a_scan_of_nothing_we_sell_is_told_and_changes_nothing(screen, cup, sheet, app):
    assert screen.scanned("8400000000024")
    assert app.notices.toasts == ["No product has the code 8400000000024."]
    assert sheet.lines.kept == []


def test_what_the_shelf_lacks_is_told_before_saving(sheet, pot):
    look_up(sheet.lines.box, "3*tea")
    sheet.reckon()
    assert "2 are missing on the shelf." in words_of(sheet)


def test_the_total_is_live_and_has_its_tax(sheet, cup, shop):
    with shop.work() as work:
        settings.change_profile(work, default_tax_rate="0.21")
    look_up(sheet.lines.box, "2*cup")
    sheet.reckon()
    assert (sheet.quote.total, sheet.quote.tax) == (Money(2420, "EUR"), Money(420, "EUR"))
    fill(sheet.lines.rows[0].price, "10")
    fill(sheet.lines.rows[0].discount, "1")
    fill(sheet.shipping, "4.90")
    fill(sheet.discount, "2")
    sheet.reckon()
    assert sheet.quote.total == Money(2 * 1000 - 100 - 200 + 490, "EUR")
    assert "€21.90" in words_of(sheet)


def test_a_new_customer_is_made_with_the_order_and_is_nobody_else(screen, shop, cup, sheet):
    look_up(sheet.buyer.box, "Berta Ruiz")
    fill(sheet.buyer.email_field, "berta@example.com")
    look_up(sheet.lines.box, "cup")
    screen.confirm()
    order = newest(shop)
    assert (order.buyer.name, order.buyer.emails, order.email) == (
        "Berta Ruiz", ["berta@example.com"], "berta@example.com",
    )  # fmt: skip
    assert order.ship_to.name == "Berta Ruiz"


def test_a_new_customer_on_the_phone_leaves_a_number(screen, shop, cup, sheet):
    look_up(sheet.buyer.box, "Berta Ruiz")
    fill(sheet.buyer.phone_field, "+34 600 112 233")
    look_up(sheet.lines.box, "cup")
    screen.confirm()
    order = newest(shop)
    assert shop.ask(card.card, order.buyer.id).phones == ("+34 600 112 233",)
    assert order.phone == "+34 600 112 233"


def test_the_address_begins_with_the_new_customers_name(sheet):
    look_up(sheet.buyer.box, "Berta Ruiz")
    sheet.place.open()
    assert sheet.place.value.name == "Berta Ruiz"
    fill(sheet.buyer.name_field, "Berta Ruiz Gil")
    assert sheet.place.value.name == "Berta Ruiz Gil"
    sheet.place.set(replace(sheet.place.value, name="Taller Gil"))
    fill(sheet.buyer.name_field, "Berta R.")
    assert sheet.place.value.name == "Taller Gil"


def test_an_e_mail_that_somebody_has_is_said_at_its_field_and_all_stays(screen, shop, cup, ana, sheet):
    taken = shop.ask(card.card, ana).emails[0].address
    look_up(sheet.buyer.box, "Berta")
    fill(sheet.buyer.email_field, taken)
    look_up(sheet.lines.box, "2*cup")
    screen.confirm()
    assert screen.sheets.current is sheet
    assert sheet.buyer.email_field.under.text().startswith(f"{taken} belongs to Ana Núñez.")
    assert [(row.entry.product_id, row.units) for row in sheet.lines.kept] == [(cup, 2)]
    assert shop.ask(lists.counts, today=MONDAY.date())["all"] == 0
    press(sheet, "Take the customer who has this e-mail")
    screen.confirm()
    assert newest(shop).buyer.id == ana


def test_an_order_without_a_line_is_refused_and_says_so(screen, sheet):
    screen.confirm()
    assert "An order needs at least one line. Add a product." in words_of(sheet)
    assert screen.sheets.current is sheet


def test_a_quantity_that_is_none_is_marked_and_nothing_is_lost(screen, shop, cup, sheet):
    look_up(sheet.lines.box, "cup")
    fill(sheet.lines.rows[0].quantity, "2x")
    screen.confirm()
    assert screen.sheets.current is sheet
    assert sheet.lines.rows[0].quantity.under.text() == "This is not a number."
    assert sheet.lines.rows[0].quantity.editor.text() == "2x"
    fill(sheet.lines.rows[0].quantity, "3")
    screen.confirm()
    assert newest(shop).lines[0].ordered == 3


def test_what_is_no_product_is_sold_under_its_own_name(screen, shop, sheet):
    look_up(sheet.lines.box, "Engraving of a name")
    press(sheet, "Add it as a line without a product")
    fill(sheet.lines.rows[0].price, "8")
    screen.confirm()
    (line,) = newest(shop).lines
    assert (line.name, line.product_id, line.gross) == ("Engraving of a name", None, Money(800, "EUR"))


def test_a_draft_takes_no_stock(screen, shop, cup, sheet):
    look_up(sheet.lines.box, "cup")
    press(sheet, "Save as draft")
    assert newest(shop).row.status is OrderStatus.DRAFT
    assert stock_of(shop, cup) == (5, 0, 5)


def test_who_is_interrupted_leaves_it_and_goes_on(screen, shop, cup, sheet, app):
    look_up(sheet.lines.box, "2*cup")
    assert screen.escape()
    assert screen.sheets.current is None
    assert app.notices.banners == ["A new order is not saved yet."]
    screen.new()
    assert screen.sheets.current is sheet and [row.units for row in sheet.lines.kept] == [2]
    assert app.notices.banners == []


def test_an_order_that_is_opened_meanwhile_leaves_the_sheet_waiting(screen, shop, cup, sheet, app):
    with shop.work() as work:
        other = an_order(work, (cup, 1))
    look_up(sheet.lines.box, "cup")
    screen.show_record(other)
    assert screen.sheets.current is None and screen.pane.record == other
    assert app.notices.banners == ["A new order is not saved yet."]


def test_an_empty_sheet_is_left_without_a_word(screen, sheet, app):
    assert screen.escape()
    assert app.notices.banners == [] and app.notices.toasts == []


def test_what_is_discarded_comes_back_by_undo(screen, cup, sheet, app):
    look_up(sheet.lines.box, "2*cup")
    press(sheet, "Discard")
    assert screen.sheets.current is None
    assert app.notices.undo_last()
    assert screen.sheets.current is sheet and [row.units for row in sheet.lines.kept] == [2]


def test_a_line_taken_out_comes_back_by_undo(screen, cup, pot, sheet, app):
    look_up(sheet.lines.box, "cup")
    look_up(sheet.lines.box, "tea")
    sheet.lines.rows[0].dropped.emit()
    assert [row.entry.product_id for row in sheet.lines.kept] == [pot]
    assert app.notices.undo_last()
    assert [row.entry.product_id for row in sheet.lines.kept] == [cup, pot]


def test_undoing_after_saving_harms_nobody(screen, cup, pot, sheet, app):
    look_up(sheet.lines.box, "cup")
    look_up(sheet.lines.box, "tea")
    sheet.lines.rows[0].dropped.emit()
    screen.confirm()
    words_of(screen)
    assert app.notices.undo_last() and app.notices.undo_last()


def test_the_delivery_that_goes_there_is_chosen_with_its_price(screen, shop, cup, ana):
    with shop.work() as work:
        rules = [{"countries": ["ES"], "price": "4.90"}]
        values = {"lead_days": 1, "transit_days_min": 1, "transit_days_max": 2, "price_rules": rules}
        post = settings.save_delivery_option(work, code="post", name="Post", **values)
    screen.new()
    sheet = screen.sheets.current
    look_up(sheet.buyer.box, "ana")
    look_up(sheet.lines.box, "cup")
    sheet.delivery.setCurrentIndex(sheet.delivery.findData(post))
    sheet.delivery.activated.emit(sheet.delivery.currentIndex())
    assert sheet.delivery.currentText() == "€4.90 · Post"
    screen.confirm()
    order = newest(shop)
    assert (order.delivery_name, order.shipping) == ("Post", Money(490, "EUR"))


def test_fewer_than_three_letters_find_nothing_and_a_count_is_no_letter(sheet, cup):
    assert sheet.lines.box.find("cu") == [] and sheet.lines.box.find("12*cu") == []
    assert [hit.id for hit in sheet.lines.box.find("12*cup")] == [(cup, 12)]


def test_enter_in_a_quantity_goes_back_to_the_products(screen, cup, sheet):
    sheet.activateWindow()
    look_up(sheet.lines.box, "cup")
    sheet.lines.rows[0].quantity.setFocus()
    QTest.keyClick(sheet.lines.rows[0].quantity.editor, Qt.Key.Key_Return)
    assert screen.focusWidget() is sheet.lines.box


def test_every_control_of_the_sheet_has_a_name(sheet, cup):
    look_up(sheet.lines.box, "cup")
    assert_all_named(sheet)


def test_the_number_is_the_shop_s_own(screen, shop, cup, sheet, app):
    look_up(sheet.lines.box, "cup")
    screen.confirm()
    settle()
    number = newest(shop).row.number
    assert shop.ask(facts.id_of, number) == screen.pane.record
    assert app.notices.toasts == [f"Order {number} is saved."]


def test_rounding_once_per_document_is_a_line_of_what_it_comes_to(screen, shop):
    with shop.work() as work:
        settings.change_profile(
            work, prices_include_tax=False, rounding_scope="document", default_tax_rate="0.20", currency="EUR"
        )
        for at in range(3):
            a_product(work, on_hand=5, name=f"Pin{at}", price=8)
    screen.new()
    sheet = screen.sheets.current
    for at in range(3):
        look_up(sheet.lines.box, f"pin{at}")
    sheet.reckon()
    assert "Rounding" in words_of(sheet.sums)
