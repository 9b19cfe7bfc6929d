"""A scanner is told from a hand by its speed; typing is never disturbed."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui.kit.scan import TAKES_SCANS, Scanner


class Hands:
    """Sends keys to a window as the system does, each with its time."""

    def __init__(self, window):
        self.window, self.now = window.windowHandle(), 1000

    def key(self, key, text="", after=0, *, repeated=False):
        self.now += after
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text, repeated)
            event.setTimestamp(self.now)
            QApplication.sendEvent(self.window, event)

    def type(self, text, every, *, enter=True):
        for letter in text:
            self.key(Qt.Key.Key_A, letter, every)
        if enter:
            self.key(Qt.Key.Key_Return, "\r", every)


@pytest.fixture
def desk(qtbot):
    """A window with a line, a box and a button; what was scanned is in desk.scanned."""
    window = QWidget()
    window.line, window.box, window.button = QLineEdit("note: "), QPlainTextEdit(), QPushButton("Pack")
    box = QVBoxLayout(window)
    for part in (window.line, window.box, window.button):
        box.addWidget(part)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitActive(window)
    window.activateWindow()
    window.scanned = []
    window.scanner = Scanner(window.scanned.append)
    window.scanner.watch(window.windowHandle())
    window.hands = Hands(window)
    return window


def test_a_burst_ended_by_enter_is_a_scan(desk):
    desk.button.setFocus()
    pressed = []
    desk.button.clicked.connect(lambda: pressed.append(1))
    desk.hands.type("4006381333931", every=4)
    assert desk.scanned == ["4006381333931"]
    assert pressed == []


def test_a_scan_leaves_the_field_as_it_was(desk):
    desk.line.setFocus()
    desk.line.setCursorPosition(2)
    entered = []
    desk.line.returnPressed.connect(lambda: entered.append(1))
    desk.hands.type("B-1001", every=8)
    assert desk.scanned == ["B-1001"]
    assert (desk.line.text(), desk.line.cursorPosition()) == ("note: ", 2)
    assert entered == []


def test_a_scan_leaves_a_long_text_as_it_was(desk):
    desk.box.setFocus()
    desk.hands.type("Dear Ana", every=120, enter=False)
    desk.hands.key(Qt.Key.Key_A, "9", 500)
    desk.hands.type("99-100", every=5)
    assert desk.scanned == ["999-100"]
    assert desk.box.toPlainText() == "Dear Ana"


def test_a_scan_puts_back_what_its_first_letter_replaced(desk):
    for field in (desk.line, desk.box):
        field.setFocus()
        field.selectAll()
        desk.hands.type("B-1001", every=6)
    assert desk.line.text() == "note: "
    desk.box.setPlainText("one two")
    desk.box.selectAll()
    desk.hands.type("B-1001", every=6)
    assert desk.box.toPlainText() == "one two"


def test_typing_however_fast_reaches_the_field(desk):
    desk.line.setFocus()
    desk.line.clear()
    desk.hands.type("quick fingers", every=45)
    assert desk.line.text() == "quick fingers"
    assert desk.scanned == []


def test_a_few_quick_letters_are_no_scan(desk):
    desk.line.setFocus()
    desk.line.clear()
    desk.hands.type("abc", every=5)
    assert desk.scanned == []
    assert desk.line.text() == "abc"


def test_a_key_held_down_is_no_scan(desk):
    desk.line.setFocus()
    for _ in range(10):
        desk.hands.key(Qt.Key.Key_A, "a", 30, repeated=True)
    desk.hands.key(Qt.Key.Key_Return, "\r", 30)
    assert desk.scanned == []


def test_enter_long_after_the_letters_is_no_scan(desk):
    desk.line.setFocus()
    desk.hands.type("12345678", every=5, enter=False)
    desk.hands.key(Qt.Key.Key_Return, "\r", 400)
    assert desk.scanned == []


def test_a_field_that_wants_scans_gets_them_as_typing(desk):
    desk.line.setFocus()
    desk.line.clear()
    desk.line.setProperty(TAKES_SCANS, True)
    desk.hands.type("4006381333931", every=4)
    assert desk.scanned == []
    assert desk.line.text() == "4006381333931"
