"""Settings: pages beside a list of them."""

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QListWidget, QPushButton, QStackedWidget, QWidget

from ui.kit import theme
from ui.kit.boxes import column, held, row, rule, scrolled
from ui.kit.context import AppContext
from ui.kit.screen import Screen
from ui.settings.calendar_page import CalendarPage
from ui.settings.delivery_page import DeliveryPage
from ui.settings.imports_page import ImportsPage
from ui.settings.numbers_page import NumbersPage
from ui.settings.page import Page
from ui.settings.people_page import PeoplePage
from ui.settings.shop_page import DocumentsPage, ShopPage

_LIST = 200


class SettingsScreen(Screen):
    """Each page keeps what is typed until it is saved."""

    feature = "settings"
    watches = frozenset({"settings", "channels"})

    def __init__(self, app: AppContext) -> None:
        super().__init__(app)
        self.pages: list[Page] = [
            ShopPage(app),
            CalendarPage(app),
            DeliveryPage(app),
            DocumentsPage(app),
            NumbersPage(app),
            ImportsPage(app),
            PeoplePage(app),
        ]
        self.keys = ["shop", "hours", "delivery", "documents", "numbers", "imports", "people"]
        words = self.words
        titles = [words("Shop"), words("Opening hours"), words("Delivery"), words("Documents"), words("Numbers")]
        titles += [words("Imports"), words("People's data")]
        self.list = QListWidget()
        self.list.setAccessibleName(self.words("Settings"))
        self.list.addItems(titles)
        self.list.setFixedWidth(_LIST)
        for at in range(self.list.count()):
            self.list.item(at).setSizeHint(QSize(0, theme.size("row") + theme.XS))
        self.stack = QStackedWidget()
        for page, title in zip(self.pages, titles, strict=True):
            self.stack.addWidget(scrolled(page, name=title))
        self.list.currentRowChanged.connect(self._turn)
        head = held(column(self.head(self.words("Settings")), margins=(theme.XL, theme.L, theme.XL, theme.M)))
        body = QWidget()
        body.setLayout(row(self.list, self.stack, gap=0))
        body.layout().setStretch(1, 1)
        self.setLayout(column(head, rule(), body, gap=0))
        self.layout().setStretch(2, 1)

    def refresh(self) -> None:
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        elif not self.page.dirty():
            self.page.fill()

    def show_record(self, record_id: Any) -> None:
        if record_id in self.keys:
            self._freshen()
            self.list.setCurrentRow(self.keys.index(record_id))

    def confirm(self) -> None:
        """Ctrl+Enter: the page's filled button."""
        for each in self.page.findChildren(QPushButton):
            if each.property("primary") and each.isVisible():
                each.click()
                return

    def go_on(self, what: str) -> None:
        key, _, record = what.partition("/")
        self.show_record(key)
        self.page.go_on(record)

    def help(self) -> str:
        return self.words("Each page has its own Save button. What you type stays here until you save it.")

    @property
    def page(self) -> Page:
        """The page on top."""
        return self.pages[max(self.list.currentRow(), 0)]

    def _turn(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        if not self.page.dirty():
            self.page.fill()
