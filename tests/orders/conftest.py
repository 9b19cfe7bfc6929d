"""The orders screen over a test's shop."""

from collections.abc import Iterator

import pytest

from tests import window
from ui.orders.screen import OrdersScreen

shop, app, opened = window.shop, window.app, window.opened


@pytest.fixture
def screen(app) -> Iterator[OrdersScreen]:
    """The orders as they are shown in the window, gone before the shop is closed."""
    made = OrdersScreen(app)
    made.resize(*window.ROOM)
    made.show()
    yield made
    window.gone(made)
