"""Knows a barcode scanner by its speed, wherever the cursor is, and leaves people's typing alone."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

FASTEST_FINGERS = 35  # milliseconds between two letters that no hand keeps up for a whole code
SHORTEST = 4  # letters
LONGEST = 200

TAKES_SCANS = "takes-scans"  # a field with this property gets what is scanned into it, as typing


class Scanner(QObject):
    """Watches a window's keys. A burst of letters ended by Enter is told to `scanned(code)`.

    Letters reach the field with the cursor as they come, so that nobody waits; when the burst turns out to be a
    scan, the field gets its text back as it was and never sees the Enter.
    """

    def __init__(self, scanned: Callable[[str], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scanned = scanned
        self._letters: list[str] = []
        self._last = 0
        self._field: QWidget | None = None
        self._before: _Before | None = None

    def watch(self, window: QWindow) -> None:
        """From now on. The window, not the application: a filter there would see every event of every widget."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress:
            return False
        return self._key(QApplication.focusWidget(), event)

    def _key(self, widget: QWidget | None, event: QKeyEvent) -> bool:
        at, quick = event.timestamp(), self._quick(event)
        self._last = at
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._end(widget, quick)
        letter = event.text()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock):
            return False  # part of typing a capital
        if not letter.isprintable() or not letter or not plain or event.isAutoRepeat():
            self._letters.clear()
            return False
        if not quick or widget is not self._field or len(self._letters) >= LONGEST:
            self._letters.clear()
            self._field, self._before = widget, _text_of(widget)
        self._letters.append(letter)
        return False

    def _quick(self, event: QKeyEvent) -> bool:
        return bool(self._letters) and 0 <= event.timestamp() - self._last <= FASTEST_FINGERS

    def _end(self, widget: QWidget | None, quick: bool) -> bool:
        code, length = "".join(self._letters).strip(), len(self._letters)
        self._letters.clear()
        if not quick or len(code) < SHORTEST or widget is not self._field:
            return False
        if widget is not None and widget.property(TAKES_SCANS):
            return False
        _put_back(widget, self._before, length)
        self._scanned(code)
        return True


@dataclass(frozen=True, slots=True)
class _Before:
    """A field before the burst: its text, and the selection that the first letter replaced."""

    text: str
    start: int
    end: int


def _text_of(widget: QWidget | None) -> _Before | None:
    if isinstance(widget, QLineEdit):
        start = widget.selectionStart() if widget.hasSelectedText() else widget.cursorPosition()
        return _Before(widget.text(), start, start + len(widget.selectedText()))
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        cursor = widget.textCursor()
        return _Before(widget.toPlainText(), cursor.selectionStart(), cursor.selectionEnd())
    return None


def _put_back(widget: QWidget | None, before: _Before | None, length: int) -> None:
    """Takes the burst's letters out again, and puts back what they replaced."""
    if before is None:
        return
    if isinstance(widget, QLineEdit) and widget.text() != before.text:
        widget.setText(before.text)
        widget.setCursorPosition(before.end)
    elif isinstance(widget, QPlainTextEdit | QTextEdit) and widget.toPlainText() != before.text:
        cursor = widget.textCursor()
        cursor.setPosition(before.start)
        cursor.setPosition(before.start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(before.text[before.start : before.end])
