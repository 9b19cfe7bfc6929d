"""The products screen over a test's shop."""

from collections.abc import Iterator

import pytest

from tests import window
from ui.products.screen import ProductsScreen

shop, app, opened = window.shop, window.app, window.opened


@pytest.fixture
def screen(app) -> Iterator[ProductsScreen]:
    """The products as they are shown in the window, gone before the shop is closed."""
    made = ProductsScreen(app)
    made.resize(*window.ROOM)
    made.show()
    yield made
    window.gone(made)
