"""The shop: opens the one file and wires store, clock and reactions together; nothing else does."""

import getpass
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Self, TypeVar

from backoffice.core.calendar import Clock, SystemClock
from backoffice.reactions import REACTIONS
from backoffice.settings import actions as settings
from backoffice.settings import queries as settings_queries
from backoffice.store import opening
from backoffice.store.unit_of_work import Store, UnitOfWork

Answer = TypeVar("Answer")


class Shop:
    """An open shop file. Closed by `close()` or by leaving the with block."""

    def __init__(self, path: Path, opened: opening.Opened, *, clock: Clock, who: str) -> None:
        self.path = path
        self.clock = clock
        self._opened = opened
        self.store = Store(opened.engine, clock=clock, reactions=REACTIONS, who=who or getpass.getuser())

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        name: str,
        currency: str,
        country: str,
        zone: str,
        language: str = "en",
        clock: Clock | None = None,
        who: str = "",
    ) -> Self:
        """A new shop file at `path`.

        Refuses `shop.exists` where a file is in the way and the settings' own codes for an unknown currency,
        country, zone or language; then no file is left behind.
        """
        profile = settings.new_profile(name=name, currency=currency, country=country, zone=zone, language=language)
        clock = clock or SystemClock()
        opened = opening.create(path)
        shop = cls(path, opened, clock=clock, who=who)
        with shop.work() as work:
            settings.begin(work, profile)
        return shop

    @classmethod
    def open(cls, path: Path, *, clock: Clock | None = None, who: str = "") -> Self:
        """The shop in the file at `path`. Refuses with the `shop.…` codes of `backoffice.store.opening`."""
        clock = clock or SystemClock()
        return cls(path, opening.open_existing(path, clock=clock), clock=clock, who=who)

    @property
    def language(self) -> str:
        """The code of the language the owner works in."""
        return self.ask(settings_queries.profile).language

    def work(self) -> AbstractContextManager[UnitOfWork]:
        """One write transaction."""
        return self.store.work()

    def ask(self, query: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
        """What `query(session, …)` answers."""
        return self.store.ask(query, *args, **kwargs)

    def listen(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Calls `listener` with the features touched, after each commit, in the thread that wrote."""
        self.store.listen(listener)

    def close(self) -> None:
        """Lets go of the file and of its side lock."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()
