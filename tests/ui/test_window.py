"""The frame: one list of screens, each made when it is first seen; back, keys, files dropped, small windows."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QScrollArea

from tests.kit.accessible import assert_all_named
from tests.ui import places
from ui.kit.drop_sign import DropSign
from ui.kit.icons import NAMES
from ui.kit.memory import Memory
from ui.kit.pictures import settle
from ui.window import NARROW, SCREENS, SMALLEST, Window


@pytest.fixture
def opened(program, shop_file, qtbot):
    program.open_shop(shop_file)
    qtbot.waitUntil(lambda: program.window.screen_shown is not None)
    return program.window


def test_the_first_screen_is_shown_and_the_others_are_not_made(opened):
    places.Orders.made = 0
    assert isinstance(opened.screen_shown, places.Today)
    assert places.Orders.made == 0
    opened.go("orders")
    opened.go("today")
    opened.go("orders")
    assert places.Orders.made == 1


def test_something_new_is_begun_on_its_screen(opened):
    opened._app.begin("orders")
    assert opened.screen_shown.feature == "orders"
    assert opened.screen_shown.asked[-1] == "new"


def test_back_returns_to_where_one_came_from(opened):
    opened.go("orders", 12)
    opened.go("orders", 13)
    opened.go("settings")
    opened.back()
    assert opened.screen_shown.asked[-1] == ("record", 13)
    opened.back()
    assert opened.screen_shown.asked[-1] == ("record", 12)
    opened.back()
    assert opened.screen_shown.feature == "today"
    assert not opened.can_go_back
    opened.back()
    assert opened.screen_shown.feature == "today"


def test_the_back_button_is_there_when_there_is_a_way_back(opened):
    assert not opened.bar.back.isEnabled()
    opened.go("orders")
    assert opened.bar.back.isEnabled()


def test_a_place_nobody_knows_is_no_crash(opened):
    opened.go("moon")
    assert opened.screen_shown.feature == "today"


def test_the_sidebar_goes_and_shows_where_one_is(opened):
    opened.sidebar.places["settings"].click()
    assert opened.screen_shown.feature == "settings"
    assert opened.sidebar.places["settings"].isChecked()
    opened.go("orders")
    assert not opened.sidebar.places["settings"].isChecked()


def test_keys_go_to_screens_in_their_order(opened):
    keys = {shortcut.key().toString() for shortcut in opened.findChildren(QShortcut)}
    assert {"Ctrl+1", "Ctrl+2", "Ctrl+3", "F5", "Ctrl+K", "Alt+Left", "Ctrl+Return", "Ctrl+/", "F1"} <= keys
    second = next(each for each in opened.findChildren(QShortcut) if each.key() == QKeySequence("Ctrl+2"))
    second.activated.emit()
    assert opened.screen_shown.feature == "orders"


def test_files_dropped_on_the_window_are_told(window):
    dropped = []
    window.dropped.connect(dropped.append)
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile("/tmp/orders.csv"), QUrl("https://shop.test/x.csv")])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, content, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)
    assert dropped == [["/tmp/orders.csv"]]


def test_a_narrow_window_has_icons_for_words(window, qtbot):
    window.resize(1280, 720)
    assert window.sidebar.width() == 208
    window.resize(NARROW - 1, 600)
    assert window.sidebar.width() == 56


def test_the_window_goes_down_to_a_small_screen(opened):
    opened.resize(*SMALLEST)
    settle()
    assert opened.minimumSizeHint().width() <= SMALLEST[0]
    assert opened.minimumSizeHint().height() <= SMALLEST[1]


def test_place_and_size_are_remembered(window):
    window.resize(780, 601)
    window.close()
    again = Window(Memory())
    assert again.size() == window.size()


def test_the_words_of_the_last_language_are_there_at_the_first_paint(window):
    Memory().keep("titles", {"today": "Hoy"})
    again = Window(Memory())
    assert again.sidebar.places["today"].text() == "Hoy"


def test_every_control_of_the_frame_has_a_name(opened):
    assert_all_named(opened)


def test_every_place_has_an_icon_and_a_screen_of_its_own():
    assert len({place.key for place in SCREENS}) == len(SCREENS)
    assert all(place.icon in NAMES for place in SCREENS)
    assert all(place.made_by.startswith("ui.") for place in SCREENS)


def test_at_twice_the_size_on_a_small_display_every_screen_is_reached_by_scrolling(opened, qtbot):
    opened.go("today")
    screen = opened.screen_shown
    screen.setMinimumSize(900, 500)
    opened.resize(640, 360)
    settle()
    (area,) = [each for each in opened.findChildren(QScrollArea) if each.widget() is opened.stack]
    assert opened.size().toTuple() == (640, 360)
    assert screen.width() >= 900 and screen.height() >= 500
    assert area.horizontalScrollBar().maximum() > 0 and area.verticalScrollBar().maximum() > 0
    screen.setMinimumSize(10, 10)
    settle()
    assert area.horizontalScrollBar().maximum() == area.verticalScrollBar().maximum() == 0


def test_keys_stay_in_the_screen_when_what_had_them_goes_away(opened, qtbot):
    button = QPushButton("Confirm", opened.screen_shown)
    button.show()
    opened.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    button.hide()
    settle()
    assert opened.focusWidget() is opened.screen_shown


def test_keys_stay_in_the_screen_when_a_dialog_closes_over_a_page_made_anew(opened, qtbot):
    button = QPushButton("Confirm", opened.screen_shown)
    button.show()
    opened.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    dialog = QDialog(opened)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    button.hide()
    button.deleteLater()
    settle()
    dialog.reject()
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    assert opened.focusWidget() is opened.screen_shown


def test_a_click_on_a_place_leaves_no_ring_on_it(opened, qtbot):
    opened.activateWindow()
    QTest.mouseClick(opened.sidebar.places["settings"], Qt.MouseButton.LeftButton)
    assert opened.screen_shown.feature == "settings"
    assert not any(place.hasFocus() for place in opened.sidebar.places.values())


def test_before_a_shop_is_open_there_is_nowhere_to_go(program):
    program.start(None)
    places_of = program.window.sidebar.places.values()
    QTest.mouseClick(program.window.sidebar.places["orders"], Qt.MouseButton.LeftButton)
    assert not any(place.isChecked() or place.isEnabled() for place in places_of)
    assert all(place.property("grey") for place in places_of)


def test_with_a_shop_the_places_are_open_again(program, shop_file, qtbot):
    program.start(None)
    program.open_shop(shop_file)
    qtbot.waitUntil(lambda: program.window.screen_shown is not None)
    places_of = program.window.sidebar.places.values()
    assert all(place.isEnabled() and not place.property("grey") for place in places_of)


def test_the_window_and_its_frame_fit_the_screen(window):
    window.resize(1280, 720)
    window.fit(QSize(1920, 1040))
    assert window.size().toTuple() == (1280, 720)
    window.fit(QSize(1280, 680))
    assert window.width() < 1280 and window.height() <= 640
    window.fit(QSize(320, 200))
    assert window.size().toTuple() == SMALLEST


def a_file_over(window):
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile("/tmp/orders.csv")])
    held = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, content, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dragEnterEvent(held)


def test_a_file_held_over_the_window_may_be_dropped(opened):
    a_file_over(opened)
    (sign,) = opened.findChildren(DropSign)
    assert sign.isVisible() and sign.accessibleName() == "Drop to import"
    assert sign.size() == opened.content.size()
    opened.dragLeaveEvent(QDragLeaveEvent())
    settle()
    assert opened.findChildren(DropSign) == []


def test_without_a_shop_nothing_invites_to_drop(window):
    a_file_over(window)
    assert window.findChildren(DropSign) == []
