"""The bar over the screens: back, search everything, New, running jobs, and how the backup is."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QToolButton

from ui.kit import theme
from ui.kit.boxes import SPRING, row
from ui.kit.buttons import Action, icon_button, menu_button
from ui.kit.context import AppContext
from ui.kit.icons import icon
from ui.kit.jobs_button import JobsButton
from ui.kit.search_field import Find, Hit, SearchBox
from ui.kit.text import tip


class TopBar(QFrame):
    """`find(text)` answers the hits of the global search, grouped; `news` are the entries of New."""

    def __init__(self, app: AppContext, *, find: Find, news: Sequence[Action], back_up: Callable[[], Any]) -> None:
        super().__init__()
        self._app = app
        self.setProperty("bar", "top")
        words = app.words
        self.back = icon_button("back", words("Back (Alt+←)"), app.back)
        self.back.setEnabled(False)
        placeholder = words("Search orders, products, customers…   Ctrl+K")
        self.search = SearchBox(find, placeholder, none_found=words("Nothing found."))
        self.search.setMinimumWidth(200)
        self.search.setMaximumWidth(460)
        self.search.chosen.connect(self._open)
        self.search.nothing.connect(self._nothing)
        self.new = menu_button(words("New"), news, icon="new")
        self.jobs = JobsButton(app)
        self.backup: QToolButton = icon_button("backup", words("Back up now"), back_up)
        line = row(self.back, self.search, SPRING, self.jobs, self.backup, self.new, margins=(theme.L, 0, theme.XL, 0))
        line.setStretch(1, 4)
        line.setStretch(2, 1)
        self.setLayout(line)

    def focus_search(self) -> None:
        """Ctrl+K: the cursor into the search, its text selected."""
        self.search.setFocus()
        self.search.selectAll()

    def open_news(self) -> None:
        """The New menu, where a screen has nothing new of its own."""
        self.new.menu().popup(self.new.mapToGlobal(QPoint(0, self.new.height())))

    def find_scanned(self, code: str) -> None:
        """Opens the one record a scanned code names; of several it shows the list; else it says that nothing has it."""
        hits = list(self.search.find(code))
        named = [hit for hit in hits if hit.exact] or hits
        if len(named) == 1:
            self._open(named[0])
        elif named:
            self.focus_search()
            self.search.setText(code)
            self.search.propose()
        else:
            self._nothing(code)

    def show_backup(self, sentence: str, *, well: bool) -> None:
        """How the backup is: an icon whose name is the sentence."""
        self.backup.setIcon(icon("backup", "good") if well else icon("backup-bad", "bad"))
        self.backup.setAccessibleName(sentence)
        tip(self.backup, sentence)

    def _open(self, hit: Hit) -> None:
        self._app.open(hit.feature, hit.id)

    def _nothing(self, text: str) -> None:
        self._app.notices.refuse(self._app.words("Nothing found for “{text}”.").format(text=text[:60]))
