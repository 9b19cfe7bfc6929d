"""The views a user made of a list: a name for a view with filters and sort, kept on this computer."""

from typing import Any, Protocol

from PySide6.QtWidgets import QInputDialog, QWidget

from ui.kit.buttons import icon_button
from ui.kit.context import AppContext
from ui.kit.filters import FilterRow
from ui.kit.paging import Listing
from ui.kit.text import tip
from ui.kit.views import View, ViewTabs

_MARK = "saved:"


class Host(Protocol):
    """The list these views are of."""

    app: AppContext
    feature: str
    tabs: ViewTabs
    filter_row: FilterRow

    @property
    def listing(self) -> Listing: ...


class SavedViews:
    """Keeps them, shows them as tabs, and has the star button that saves the present filters or forgets a view.

    They are kept under the host's `feature`, or under its `saved_as` where two lists share them.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self._kept: dict[str, dict[str, Any]] = host.app.memory.read(self._key, {}) or {}
        self.asking = self._ask_name  # tests put their own answer here
        self.button = icon_button("star", host.app.words("Save these filters as a view"), self.press)
        for name in self._kept:
            host.tabs.add(View(_MARK + name, name))

    @property
    def _key(self) -> str:
        return f"views/{getattr(self._host, 'saved_as', self._host.feature)}"

    def catch_up(self) -> None:
        """Shows the tabs as another list that shares these views has left them."""
        before, self._kept = self._kept, self._host.app.memory.read(self._key, {}) or {}
        for name in self._kept.keys() - before.keys():
            self._host.tabs.add(View(_MARK + name, name))
        for name in before.keys() - self._kept.keys():
            self._host.tabs.drop(_MARK + name)
        self.show_state()

    def own(self) -> dict[str, tuple[str, list[tuple[str, Any]]]]:
        """The saved views by key: the screen's own view each is of, and its filters."""
        return {_MARK + name: (kept["view"], self.filters(_MARK + name) or []) for name, kept in self._kept.items()}

    def view(self, key: str) -> View | None:
        """The saved view behind a tab; None for the screen's own."""
        kept = self._of(key)
        return View(key, key, kept["sort"], kept["descending"]) if kept else None

    def base(self, key: str) -> str:
        """The screen's own view that a tab shows."""
        kept = self._of(key)
        return kept["view"] if kept else key

    def filters(self, key: str) -> list[tuple[str, Any]] | None:
        """The filters of a saved view; None for the screen's own."""
        kept = self._of(key)
        return [(name, value) for name, value in kept["filters"]] if kept else None

    def show_state(self) -> None:
        """The star forgets on a saved view, saves where filters are set, and is off elsewhere."""
        words = self._host.app.words
        saved = self._of(self._host.tabs.key) is not None
        name = words("Forget this view") if saved else words("Save these filters as a view")
        self.button.setEnabled(saved or self._host.filter_row.in_use)
        self.button.setAccessibleName(name)
        tip(self.button, name)

    def press(self) -> None:
        key = self._host.tabs.key
        if self._of(key) is not None:
            self._forget(key)
            return
        name = self.asking()
        if name:
            self._save(name)

    def _save(self, name: str) -> None:
        listing = self._host.listing
        new = name not in self._kept
        self._kept[name] = {
            "view": listing.view,
            "sort": listing.sort,
            "descending": listing.descending,
            "filters": listing.filters,
        }
        self._host.app.memory.keep(self._key, self._kept)
        if new:
            self._host.tabs.add(View(_MARK + name, name))
        self._host.tabs.choose(_MARK + name)

    def _forget(self, key: str) -> None:
        kept = self._kept.pop(key.removeprefix(_MARK))
        self._host.app.memory.keep(self._key, self._kept)
        self._host.tabs.choose(kept["view"])
        self._host.tabs.drop(key)
        self._host.filter_row.set_values(())

    def _of(self, key: str) -> dict[str, Any] | None:
        return self._kept.get(key.removeprefix(_MARK)) if key.startswith(_MARK) else None

    def _ask_name(self) -> str:
        words, parent = self._host.app.words, self._host
        assert isinstance(parent, QWidget)
        name, agreed = QInputDialog.getText(parent, words("Save these filters as a view"), words("Name of the view"))
        return name.strip() if agreed else ""
