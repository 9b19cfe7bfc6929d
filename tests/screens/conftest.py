"""The context screens get, and how one is shown."""

from collections.abc import Callable

import pytest

from tests import window
from ui.kit.screen import Screen

shop, app = window.shop, window.app


@pytest.fixture
def shown(qtbot, app) -> Callable[[type[Screen]], Screen]:
    """A screen of this class, seen."""

    def show(kind: type[Screen]) -> Screen:
        screen = kind(app)
        qtbot.addWidget(screen)
        screen.resize(*window.ROOM)
        screen.show()
        return screen

    return show
