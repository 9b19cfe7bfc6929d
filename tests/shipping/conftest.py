"""The dispatch screen over a test's shop."""

from collections.abc import Iterator

import pytest
from shiboken6 import isValid

from tests import window
from ui.dispatch.screen import DispatchScreen
from ui.kit.pictures import settle

shop, app = window.shop, window.app


@pytest.fixture
def screen(app) -> Iterator[DispatchScreen]:
    """Made now, shown by the test when its orders are there; gone before the shop is closed."""
    made = DispatchScreen(app)
    made.resize(*window.ROOM)
    yield made
    for dialog in (made.acts.dialog, made.printing.dialog):
        if dialog is not None and isValid(dialog):
            dialog.done(0)
            dialog.deleteLater()
    made.hide()
    made.deleteLater()
    settle()
