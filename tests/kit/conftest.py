"""A window's surroundings without a shop file: a shop that answers from a dictionary, jobs that run at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backoffice.core.calendar import FixedClock
from backoffice.core.language import Language
from ui.kit import theme
from ui.kit.context import AppContext
from ui.kit.jobs import Jobs

NOW = datetime(2026, 11, 22, 10, 5, tzinfo=UTC)


class FakeShop:
    """Keeps rows in a dictionary; an action may change it and says what it touched."""

    def __init__(self) -> None:
        self.clock = FixedClock(NOW)
        self.records: dict[str, Any] = {}
        self._listeners: list[Callable[[frozenset[str]], None]] = []

    @contextmanager
    def work(self) -> Iterator["FakeWork"]:
        work = FakeWork(self.records)
        yield work
        for listener in self._listeners:
            listener(frozenset(work.touched))

    def ask(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return query(self.records, *args, **kwargs)

    def listen(self, listener: Callable[[frozenset[str]], None]) -> None:
        self._listeners.append(listener)


class FakeWork:
    def __init__(self, records: dict[str, Any]) -> None:
        self.records = records
        self.touched: set[str] = set()


@pytest.fixture
def shop() -> FakeShop:
    return FakeShop()


@pytest.fixture
def app(qtbot, shop) -> AppContext:
    """The context a screen gets, with a host for its notices."""
    theme.dress("light")
    host, bar = QWidget(), QWidget()
    QVBoxLayout(bar)
    host.resize(900, 600)
    qtbot.addWidget(host)
    qtbot.addWidget(bar)
    made = AppContext(
        shop,
        Language("en"),
        zone="Europe/Madrid",
        sentence=lambda error, _language: error.code,
        jobs=Jobs(inline=True),
    )
    made.notices.attach(host, bar)
    return made
