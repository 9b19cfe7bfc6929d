"""The first screen: what needs somebody, each line opening its record."""

from datetime import timedelta

from PySide6.QtWidgets import QPushButton

from tests.builders import a_product, an_order
from tests.kit.accessible import nameless
from tests.screens.words import words_of
from ui.today.screen import TodayScreen


def test_an_empty_shop_offers_to_be_filled(shown):
    screen = shown(TodayScreen)
    assert "Fill your shop" in words_of(screen)
    assert [each.text() for each in screen.findChildren(QPushButton) if each.property("primary")] == ["Import files…"]


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
