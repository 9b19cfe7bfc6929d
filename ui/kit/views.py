"""A list's views as tabs with counts: the screen's own, and those the user saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabBar


@dataclass(frozen=True, slots=True)
class View:
    """One view of a list: a key for the query, a title, and how it is sorted until the user says otherwise."""

    key: str
    title: str
    sort: str = ""
    descending: bool = False


class ViewTabs(QTabBar):
    """The tabs. `chosen` tells the view's key."""

    chosen = Signal(str)

    def __init__(self, views: Sequence[View], *, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._keys: list[str] = []
        self._titles: dict[str, str] = {}
        for view in views:
            self.add(view)
        self.currentChanged.connect(lambda at: at >= 0 and self.chosen.emit(self._keys[at]))

    def add(self, view: View) -> None:
        """Appends a tab."""
        self._keys.append(view.key)
        self._titles[view.key] = view.title
        self.addTab(view.title.replace("&", "&&"))

    def drop(self, key: str) -> None:
        """Takes a tab away."""
        at = self._keys.index(key)
        self._keys.pop(at)
        self.removeTab(at)

    @property
    def key(self) -> str:
        return self._keys[self.currentIndex()] if self._keys else ""

    def choose(self, key: str) -> None:
        """Shows the view of this key; nothing if there is none."""
        if key in self._keys:
            self.setCurrentIndex(self._keys.index(key))

    def show_counts(self, counts: Mapping[str, str]) -> None:
        """Writes the counts, as words, beside the titles; a view that is not named shows none."""
        for at, key in enumerate(self._keys):
            words = counts.get(key, "")
            self.setTabText(at, f"{self._titles[key]}  {words}".rstrip().replace("&", "&&"))
