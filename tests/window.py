"""What the tests of every screen stand on: a real shop in a file and the window's surroundings, jobs done at once.

A room's conftest.py takes them over: `shop, app = window.shop, window.app`.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from backoffice.core.language import Language
from backoffice.sentences import sentence_for
from backoffice.shop import Shop
from tests.builders import an_open_shop
from ui.kit import theme
from ui.kit.context import AppContext
from ui.kit.jobs import Jobs
from ui.kit.pictures import settle

ROOM = (1072, 640)
"""What the window leaves a screen, in pixels."""


@pytest.fixture
def shop(tmp_path) -> Iterator[Shop]:
    """A new shop, open."""
    with an_open_shop(tmp_path) as opened_shop:
        yield opened_shop


@pytest.fixture
def app(qtbot, shop) -> AppContext:
    """What a screen is given."""
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
def opened(app) -> list[tuple[str, object]]:
    """What links led to."""
    places: list[tuple[str, object]] = []
    app.opening.connect(lambda feature, record_id: places.append((feature, record_id)))
    return places


def gone(screen: QWidget) -> None:
    """Takes a screen away before its shop is closed, its open dialog first."""
    dialog = getattr(getattr(screen, "acts", None), "dialog", None)
    if dialog is not None and isValid(dialog):
        screen.app.notices.asking = lambda _question: True  # what was typed may go
        dialog.close()
    screen.hide()
    screen.deleteLater()
    settle()
