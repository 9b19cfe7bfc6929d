"""The sidebar: a place a screen, with icon, word and how much there waits; icons only where the window is narrow.

Drawn by the style sheet alone: painting in Python before the first paint would make Qt's namespace, 15 ms.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.kit import theme

_HEIGHT = 36
ICON = 20
_LEFT = 42  # where the words begin, as the style says
NARROW = 56


class Place(QPushButton):
    """One entry. The icon comes after the first paint."""

    def __init__(self, key: str, title: str, icon: str) -> None:
        super().__init__()
        self.key, self.icon_name, self.title, self.count = key, icon, title, ""
        self._narrow = False
        self.setProperty("place", True)
        self.setCheckable(True)
        self.setFixedHeight(_HEIGHT)
        self._counted = QLabel()  # figures of ours only, never text from outside
        self._counted.setProperty("role", "count")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, theme.M, 0)
        inside.addStretch(1)
        inside.addWidget(self._counted)
        self.name(title)

    def name(self, title: str) -> None:
        self.title = title
        self._write()

    def show_count(self, words: str) -> None:
        if words != self.count:
            self.count = words
            self._write()

    def narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._write()

    def put_icon(self, picture: QWidget) -> None:
        picture.setParent(self)
        picture.setGeometry(theme.M - 2, (_HEIGHT - ICON) // 2, ICON, ICON)
        picture.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._write()

    def _write(self) -> None:
        self._counted.setText("" if self._narrow else self.count)
        title = "" if self._narrow else self._fitting()
        self.setText(title.replace("&", "&&"))
        self.setToolTip(self.title if title != self.title else "")
        self.setAccessibleName(f"{self.title} {self.count}".strip())

    def _fitting(self) -> str:
        """The title as far as the count leaves it room, also when it is the place shown and stands in bold."""
        if not self.count:
            return self.title
        bold = QFont(self.font())
        bold.setBold(True)
        wide = QFontMetrics(bold).horizontalAdvance  # not elidedText: its mode would make Qt's namespace
        room = self.width() - _LEFT - theme.M - theme.S - self._counted.sizeHint().width()
        title = self.title
        while wide(title) > room and len(title) > 1:
            title = title.rstrip("…")[:-1].rstrip() + "…"
        return title


class Sidebar(QFrame):
    """The places from top to bottom; those named in `below` at the bottom. `chosen` tells the key."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[Any], titles: Mapping[str, str], *, below: frozenset[str]) -> None:
        """`places` have key, title and icon; `titles` says the titles in the language shown."""
        super().__init__()
        self.setProperty("bar", "side")
        self.places: dict[str, Place] = {}
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(lambda number: self.chosen.emit(places[number].key))
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.S, theme.M, theme.S, theme.M)
        box.setSpacing(2)
        for part in (False, True):
            if part:
                box.addStretch(1)
            for number, each in enumerate(places):
                if (each.key in below) is part:
                    made = Place(each.key, titles.get(each.key, each.title), each.icon)
                    self._group.addButton(made, number)
                    self.places[each.key] = made
                    box.addWidget(made)
        self.setFixedWidth(theme.size("sidebar"))
        self.shut()

    def open(self) -> None:
        """A shop is open: one can go to the places."""
        self._dress(grey=False)
        for place in self.places.values():
            place.setEnabled(True)

    def shut(self) -> None:
        """No shop is open: one can go nowhere, and stands nowhere. It looks as before, for it may be but a moment."""
        self._group.setExclusive(False)
        for place in self.places.values():
            place.setChecked(False)
            place.setEnabled(False)
        self._group.setExclusive(True)

    def grey(self) -> None:
        """Shows that one can go nowhere."""
        self._dress(grey=True)
        self.show_counts({})

    def _dress(self, *, grey: bool) -> None:
        for place in self.places.values():
            if bool(place.property("grey")) is not grey:
                place.setProperty("grey", grey)
                place.style().polish(place)

    def put_icons(self, make: Callable[[str], QWidget]) -> None:
        """Puts `make(icon name)` before each word; from now on a click leaves the keys in the screen."""
        for place in self.places.values():
            place.setFocusPolicy(type(place.focusPolicy()).TabFocus)
            place.put_icon(make(place.icon_name))

    def narrow(self, narrow: bool) -> None:
        """Icons only, or icons with words."""
        if narrow != (self.width() == NARROW):
            self.setFixedWidth(NARROW if narrow else theme.size("sidebar"))
            for place in self.places.values():
                place.narrow(narrow)

    def stand_at(self, key: str) -> None:
        """Shows which place one is at."""
        if key in self.places:
            self.places[key].setChecked(True)

    def show_counts(self, counts: Mapping[str, str]) -> None:
        """Writes how much waits at each place; the others wait for nothing."""
        for key, place in self.places.items():
            place.show_count(counts.get(key, ""))
