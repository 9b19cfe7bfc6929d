"""The first screen: what needs somebody, each line opening its record."""

from datetime import timedelta

from PySide6.QtWidgets import QFrame, QPushButton

from tests.builders import a_customer, a_product, an_order
from tests.kit.accessible import nameless
from tests.screens.words import words_of
from ui.kit.text import ChipLabel
from ui.today.cut_link import CutLink
from ui.today.screen import TodayScreen


def test_an_empty_shop_offers_to_be_filled(shown):
    screen = shown(TodayScreen)
    assert "Fill your shop" in words_of(screen)
    assert [each.text() for each in screen.findChildren(QPushButton) if each.property("primary")] == ["Import files…"]


def test_the_first_product_is_typed_at_once(shown, app):
    begun = []
    app.beginning.connect(begun.append)
    screen = shown(TodayScreen)
    next(each for each in screen.findChildren(QPushButton) if each.text() == "Type the first product").click()
    assert begun == ["products"]


def test_late_orders_are_shown_and_open_on_a_click(shown, shop, app):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=5), 1))
    shop.clock.advance(timedelta(days=9))
    opened = []
    app.opening.connect(lambda feature, record: opened.append((feature, record)))
    screen = shown(TodayScreen)
    assert "00001" in words_of(screen)
    next(each for each in screen.findChildren(QPushButton) if each.text() == "00001").click()
    assert opened == [("orders", order)]


def test_a_new_order_appears_by_itself(shown, shop, qtbot):
    screen = shown(TodayScreen)
    with shop.work() as work:
        an_order(work, (a_product(work, on_hand=5), 1))
    qtbot.waitUntil(lambda: "00001" in words_of(screen))


def test_hostile_names_stay_plain_text(shown, shop):
    with shop.work() as work:
        a_product(work, on_hand=0, reorder_point=5, name="<img src=x> & <b>bold</b>")
    screen = shown(TodayScreen)
    assert "<img src=x>" in words_of(screen)


def test_every_control_has_a_name(shown, shop):
    with shop.work() as work:
        an_order(work, (a_product(work, on_hand=5), 1))
    assert nameless(shown(TodayScreen)) == []


def test_a_figure_says_with_what_it_is_compared(shown, shop):
    with shop.work() as work:
        an_order(work, (a_product(work, on_hand=5), 1), customer_id=a_customer(work))
    told = words_of(shown(TodayScreen))
    assert "0 a week ago" in told
    assert "0 in the 7 days before" in told
    assert "of 1 customer" in told
    assert "0%" in told


def test_a_late_order_that_lacks_stock_and_payment_keeps_its_number_beside_two_chips(shown, shop):
    with shop.work() as work:
        for turn in range(3):
            product = a_product(work, on_hand=0, sku=f"SKU-{turn}", name="A very long name of a serving dish, sea blue")
            an_order(work, (product, 2))
    shop.clock.advance(timedelta(days=9))
    screen = shown(TodayScreen)
    screen.grab()  # lays everything out
    assert "Oversold" in words_of(screen)
    links = [each for each in screen.findChildren(CutLink) if each.isVisible()]
    assert links
    for link in links:
        beside = [chip for chip in link.parentWidget().findChildren(ChipLabel) if chip.isVisible()]
        assert all(link.geometry().right() < chip.geometry().left() for chip in beside)
        assert all(chip.width() >= chip.sizeHint().width() for chip in beside)
    orders = [link for link in links if link.accessibleName().startswith("0")]
    assert [link.text() for link in orders] == [link.accessibleName() for link in orders]
    assert any(link.text().endswith("…") for link in links)


def test_oversold_stands_above_low_stock_so_that_three_columns_are_wide_enough(shown, shop):
    with shop.work() as work:
        an_order(work, (a_product(work, on_hand=0), 2))
    screen = shown(TodayScreen)
    screen.grab()  # lays everything out
    places = {}
    for each in screen.findChildren(QFrame):
        title = each.accessibleName().partition(":")[0]
        if title in ("Oversold", "Low stock"):
            places[title] = each.mapTo(screen, each.rect().topLeft())
    assert places["Oversold"].x() == places["Low stock"].x()
    assert places["Oversold"].y() < places["Low stock"].y()


def test_oversold_tells_the_units_that_are_missing(shown, shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=3)
        an_order(work, (cup, 3))
        an_order(work, (cup, 2))
    told = [chip.accessibleName() for chip in shown(TodayScreen).findChildren(ChipLabel)]
    assert "2 missing" in told
    assert "0 available" not in told
