"""The window's surroundings and the customers screen over a test's shop."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backoffice.core.language import Language
from backoffice.sentences import sentence_for
from backoffice.shop import Shop
from tests.builders import an_open_shop
from ui.customers.screen import CustomersScreen
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
def opened(app) -> list[tuple[str, object]]:
    """What links led to."""
    places: list[tuple[str, object]] = []
    app.opening.connect(lambda feature, record_id: places.append((feature, record_id)))
    return places


@pytest.fixture
def screen(app) -> Iterator[CustomersScreen]:
    """The customers as they are shown in the window, gone before the shop is closed."""
    made = CustomersScreen(app)
    made.resize(1072, 640)
    made.show()
    yield made
    if made.acts.dialog is not None:
        app.notices.asking = lambda _question: True
        made.acts.dialog.close()
    made.hide()
    made.deleteLater()
    settle()
