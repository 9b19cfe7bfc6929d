"""A real shop in a file and the dispatch screen on it, its jobs done at once."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from backoffice.core.language import Language
from backoffice.sentences import sentence_for
from backoffice.shop import Shop
from tests.builders import an_open_shop
from ui.dispatch.screen import DispatchScreen
from ui.kit import theme
from ui.kit.context import AppContext
from ui.kit.jobs import Jobs
from ui.kit.pictures import settle


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
def screen(app) -> Iterator[DispatchScreen]:
    """Made now, shown by the test when its orders are there; gone before the shop is closed."""
    made = DispatchScreen(app)
    made.resize(1072, 640)
    yield made
    for dialog in (made.acts.dialog, made.printing.dialog):
        if dialog is not None and isValid(dialog):
            dialog.done(0)
            dialog.deleteLater()
    made.hide()
    made.deleteLater()
    settle()
