"""The search box in a shown window, with a hand's own keys and clicks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.kit.search_field import Hit, SearchBox, SearchField

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # raising a list over the window, offscreen


@pytest.fixture
def sheet(app, qtbot):
    """A window with a line, and a search box below it."""
    made = QWidget()
    made.line = QLineEdit()
    made.box = SearchBox(lambda text: [Hit("products", 7, f"Cup for {text}")], "Product")
    inside = QVBoxLayout(made)
    inside.addWidget(made.line)
    inside.addWidget(made.box)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.line.setFocus()
    return made


def hand(sheet):
    """Where a key goes now."""
    return sheet.focusWidget()


def test_a_click_puts_the_cursor_into_the_search_box(sheet, qtbot):
    qtbot.mouseClick(sheet.box, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(hand(sheet), "moon")
    assert (sheet.box.text(), sheet.line.text()) == ("moon", "")


def test_tab_goes_into_the_search_box_and_back(sheet, qtbot):
    qtbot.keyClick(hand(sheet), Qt.Key.Key_Tab)
    assert hand(sheet) is sheet.box
    qtbot.keyClick(hand(sheet), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert hand(sheet) is sheet.line


def test_the_cursor_stays_in_the_search_box_while_its_list_is_open(sheet, qtbot):
    qtbot.mouseClick(sheet.box, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(hand(sheet), "moon")
    sheet.box.propose()
    qtbot.keyClicks(hand(sheet), "s")
    chosen = []
    sheet.box.chosen.connect(chosen.append)
    qtbot.keyClick(hand(sheet), Qt.Key.Key_Return)
    assert [hit.title for hit in chosen] == ["Cup for moons"]


def test_a_search_field_of_a_form_takes_clicks_and_tab(app, qtbot):
    made = SearchField("product", "Product", lambda _text: [])
    assert made.editor.focusPolicy() == Qt.FocusPolicy.StrongFocus
    qtbot.addWidget(made)


def test_the_list_says_that_nothing_was_found_and_enter_tells_it_too(qtbot):
    told = []
    box = SearchBox(lambda _text: [], "Search", none_found="Nothing found.")
    box.nothing.connect(told.append)
    qtbot.addWidget(box)
    box.show()
    qtbot.keyClicks(box, "zoe")
    box.propose()
    assert box.said == ["Nothing found."]
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert told == ["zoe"]
    box.setText("zo")
    box.propose()
    assert box.said == []
