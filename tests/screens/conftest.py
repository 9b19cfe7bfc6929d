"""A real shop in a file and the context its screens get, jobs done at once."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backoffice.core.language import Language
from backoffice.sentences import sentence_for
from backoffice.shop import Shop
from tests.builders import an_open_shop
from ui.kit import theme
from ui.kit.context import AppContext
from ui.kit.jobs import Jobs
from ui.kit.screen import Screen


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
def shown(qtbot, app) -> Callable[[type[Screen]], Screen]:
    """A screen of this class, seen."""

    def show(kind: type[Screen]) -> Screen:
        screen = kind(app)
        qtbot.addWidget(screen)
        screen.resize(1072, 640)
        screen.show()
        return screen

    return show
