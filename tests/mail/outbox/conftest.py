"""A shop with an outbox."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backoffice.shop import Shop
from tests.builders import a_shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    (tmp_path / "shop").mkdir()
    with a_shop(tmp_path / "shop") as opened:
        yield opened
