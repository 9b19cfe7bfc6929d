"""A real shop in a file and the window's surroundings, for the tests of the orders screen."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backoffice.core.language import Language
from backoffice.sentences import sentence_for
from backoffice.shop import Shop
from tests.builders import an_open_shop
from ui.kit import theme
from ui.kit.context import AppContext
from ui.kit.jobs import Jobs
from ui.kit.pictures import settle
from ui.orders.screen import OrdersScreen


@pytest.fixture
def shop(tmp_path) -> Iterator[Shop]:
    with an_open_shop(tmp_path) as opened:
        yield opened


@pytest.fixture
def app(qtbot, shop) -> AppContext:
    theme.dress("light")
    host, bar = QWidget(), QWidget()
    QVBoxLayout(bar)
    host.resize(1280, 720)
    qtbot.addWidget(host)
    qtbot.addWidget(bar)
    made = AppContext(shop, Language("en"), zone="Europe/Madrid", sentence=sentence_for, jobs=Jobs(inline=True))
    made.notices.attach(host, bar)
    return made


@pytest.fixture
def screen(app) -> Iterator[OrdersScreen]:
    """The orders as they are shown in the window, gone before the shop is closed."""
    made = OrdersScreen(app)
    made.resize(1072, 640)
    made.show()
    yield made
    made.hide()
    made.deleteLater()
    settle()
