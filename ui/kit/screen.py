"""What every screen is: re-reads itself when what it watches has changed, now if it is seen, else when it is next."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.kit import theme
from ui.kit.boxes import SPRING, row
from ui.kit.buttons import Action, button
from ui.kit.context import AppContext
from ui.kit.text import Label

MARGINS = (theme.XL, theme.L, theme.XL, theme.L)


class Screen(QWidget):
    """One screen of the stack. The hooks below are what the window's keys, scanner and links call."""

    feature = ""  # the word others open it by: app.open("orders", 12)
    watches: frozenset[str] = frozenset()

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self.app = app
        self.words = app.words
        self._stale = True
        app.changed.connect(self.on_changed)

    def on_changed(self, changes: frozenset[str]) -> None:
        if changes & self.watches:
            self._stale = True
            if self.isVisible():
                self._freshen()

    def prepare(self) -> None:
        """Reads what it will show, before it is seen."""
        self._freshen()

    def _freshen(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        self._freshen()
        super().showEvent(event)

    def refresh(self) -> None:
        """Reads everything again; F5, and whatever touched a watched feature."""

    def show_record(self, record_id: Any) -> None:
        """Shows this record; what links and the search call."""

    def go_on(self, what: str) -> None:
        """Opens again what was half-written when the program ended; `what` as the screen named it to the drawer."""

    def help(self) -> str:
        """What F1 says about this screen, in plain sentences; blank lines part paragraphs."""
        return ""

    def new(self) -> None:
        """Ctrl+N."""

    def print(self) -> None:
        """Ctrl+P."""

    def confirm(self) -> None:
        """Ctrl+Enter."""

    def focus_filter(self) -> None:
        """Ctrl+F."""

    def escape(self) -> bool:
        """Esc; True if there was something here to leave, else the window goes back."""
        return False

    def scanned(self, code: str) -> bool:
        """A scanner read this; True if this screen knows what to do with it, else the window searches for it."""
        return False

    def head(self, title: str, actions: Sequence[Action] = (), *, primary: bool = False):
        """The line with the screen's title and its buttons; with `primary` the last one is filled."""
        made: list[QPushButton] = []
        for action in actions:
            last = action is actions[-1]
            made.append(button(action.title, action.run, icon=action.icon, primary=primary and last))
            made[-1].setProperty("of-head", True)
        return row(Label(title, "page"), SPRING, *made)
