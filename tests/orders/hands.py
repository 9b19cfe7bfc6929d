"""What a person does at the window: reads, presses, types, answers a question."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ui.kit.fields import Field
from ui.kit.pictures import settle
from ui.kit.search_field import SearchBox


def words_of(widget: QWidget) -> str:
    """Every word on labels and buttons that can be seen."""
    settle()
    parts = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    return "\n".join(part.text().replace("&&", "&") for part in parts if part.isVisibleTo(widget))


def press(widget: QWidget, text: str) -> None:
    """Clicks the button or link with this word."""
    settle()
    found = [each for each in widget.findChildren(QPushButton) if each.text() == text and each.isVisibleTo(widget)]
    assert found, f"no button {text!r} among: {words_of(widget)}"
    found[0].click()
    settle()


def choose(screen, entry: str) -> None:
    """Picks an entry of the page's three dots."""
    settle()
    menus = [menu for button in screen.pane.page.findChildren(QWidget) for menu in _menus(button)]
    found = [action for menu in menus for action in menu.actions() if action.text() == entry]
    assert found, [action.text() for menu in menus for action in menu.actions()]
    found[0].trigger()
    settle()


def _menus(button: QWidget):
    menu = button.menu() if hasattr(button, "menu") else None
    return [menu] if menu is not None and hasattr(menu, "actions") else []


def fill(field: Field, text: str) -> None:
    """Types into a field, over what stood there."""
    field.editor.setText(text)


def look_up(box: SearchBox, text: str) -> None:
    """Types into a search box and presses Enter."""
    box.setFocus()
    box.clear()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Qt.Key.Key_Return)
    settle()


def answer(screen, **values: object) -> bool:
    """Fills in the dialog that is open and presses its filled button; whether it closed."""
    dialog = screen.acts.dialog
    for key, value in values.items():
        field = dialog.form.field(key)
        if isinstance(value, str) and hasattr(field.editor, "setText"):
            fill(field, value)
        else:
            field.editor.blockSignals(True)
            field.write(value)
            field.editor.blockSignals(False)
    dialog.press()
    closed = not dialog.isVisible()
    settle()
    return closed
