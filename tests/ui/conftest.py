"""A window with a shop in a file, its jobs done at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backoffice.shop import Shop
from ui.kit import program as program_module
from ui.kit import theme
from ui.kit.crash import Crashes
from ui.kit.jobs import Jobs
from ui.kit.memory import Memory
from ui.kit.program import Program
from ui.window import Place, Window

PLACES = (
    Place("today", "Today", "today", "tests.ui.places:Today"),
    Place(
        "orders",
        "Orders",
        "orders",
        "tests.ui.places:Orders",
        new="Order",
        count="tests.ui.places:waiting",
        first="tests.ui.places:look",
    ),
    Place("settings", "Settings", "settings", "tests.ui.places:Settings"),
)


@pytest.fixture
def window(qtbot, own_data_folder) -> Iterator[Window]:
    """The frame alone, shown."""
    theme.dress("light")
    made = Window(Memory(), PLACES)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.may_close = lambda: True


@pytest.fixture
def shop_file(tmp_path) -> Path:
    path = tmp_path / "Luz.shop"
    Shop.create(path, name="Cerámica Luz", currency="EUR", country="ES", zone="Europe/Madrid", language="en").close()
    return path


@pytest.fixture
def program(window, monkeypatch) -> Iterator[Program]:
    """The program behind the window, no shop open yet."""
    monkeypatch.setattr(program_module, "Jobs", lambda parent: Jobs(parent, inline=True))
    crashes = Crashes(version="test")
    made = Program(window, Memory(), crashes)
    made.crashes_shown = []
    crashes.showing = made.crashes_shown.append
    yield made
    made.may_close()
    assert made.crashes_shown == []
