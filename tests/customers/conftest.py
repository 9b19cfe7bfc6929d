"""The customers screen over a test's shop."""

from collections.abc import Iterator

import pytest

from tests import window
from ui.customers.screen import CustomersScreen

shop, app, opened = window.shop, window.app, window.opened


@pytest.fixture
def screen(app) -> Iterator[CustomersScreen]:
    """The customers as they are shown in the window, gone before the shop is closed."""
    made = CustomersScreen(app)
    made.resize(*window.ROOM)
    made.show()
    yield made
    window.gone(made)
