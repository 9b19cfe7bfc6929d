"""Buttons: filled, plain, quiet, with an icon, with a menu; and the Action that a list or a menu offers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from ui.kit.icons import icon as icon_named
from ui.kit.text import tip

ICON = QSize(18, 18)
_BESIDE_TEXT = QSize(22, 18)  # Qt leaves four pixels between icon and text: too few

_KEYPAD = Qt.KeyboardModifier.KeypadModifier


@dataclass(frozen=True)
class Action:
    """Something to be done: to a screen (`run()`), or to rows (`run(ids)`), where the table offers it.

    `when(rows)` says whether it can be done to these rows; `many` that it can be done to several at once.
    """

    title: str
    run: Callable[..., object]
    icon: str = ""
    shortcut: str = ""
    many: bool = True
    danger: bool = False
    when: Callable[[Sequence[Any]], bool] = lambda rows: True


class _Button(QPushButton):
    """Enter presses it where the cursor is on it; it never answers an Enter of the fields beside it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    text: str,
    run: Callable[[], object],
    *,
    icon: str = "",
    primary: bool = False,
    danger: bool = False,
    quiet: bool = False,
    shortcut: str = "",
) -> QPushButton:
    """A button with a word. One `primary` (filled) a view: the one next step."""
    made = _Button(text.replace("&", "&&"))
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    for name, wanted in (("primary", primary), ("danger", danger), ("quiet", quiet)):
        if wanted:
            made.setProperty(name, True)
    if icon:
        tone = "on-accent" if primary else "bad" if danger else "accent" if quiet else "muted"
        made.setIcon(icon_named(icon, tone))
        made.setIconSize(_BESIDE_TEXT)
    if shortcut:
        made.setShortcut(QKeySequence(shortcut))
        tip(made, QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText))
    made.setAccessibleName(text)
    made.clicked.connect(lambda _checked=False: run())
    return made


def icon_button(icon: str, name: str, run: Callable[[], object], *, tone: str = "muted") -> QToolButton:
    """A button that is only an icon; `name` is what a screen reader and the tool tip say."""
    made = QToolButton()
    made.setIcon(icon_named(icon, tone))
    made.setIconSize(ICON)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    tip(made, name)
    made.clicked.connect(lambda _checked=False: run())
    return made


def fill_menu(menu: QMenu, actions: Sequence[Action | None]) -> None:
    """Puts the actions into a menu; None is a dividing line."""
    for action in actions:
        if action is None:
            menu.addSeparator()
            continue
        entry = menu.addAction(action.title.replace("&", "&&"))
        if action.shortcut:
            entry.setShortcut(QKeySequence(action.shortcut))
            entry.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown here, caught by the window
        entry.triggered.connect(lambda _checked=False, run=action.run: run())


def menu_button(
    text: str, actions: Sequence[Action | None], *, icon: str = "", parent: QWidget | None = None
) -> QPushButton:
    """A button that opens a menu of actions."""
    made = QPushButton(text.replace("&", "&&"), parent)
    made.setAutoDefault(False)
    made.setProperty("menu", True)
    made.setAccessibleName(text)
    if icon:
        made.setIcon(icon_named(icon))
        made.setIconSize(_BESIDE_TEXT)
    menu = QMenu(made)
    menu.setAccessibleName(text)
    fill_menu(menu, actions)
    made.setMenu(menu)
    return made


def more_button(name: str, actions: Sequence[Action | None]) -> QToolButton:
    """Three dots that open a menu of the lesser actions."""
    made = icon_button("more", name, lambda: None)
    menu = QMenu(made)
    menu.setAccessibleName(name)
    fill_menu(menu, actions)
    made.setMenu(menu)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return made
