"""What the mail desk's jobs want of an open shop: to write, to ask, and to know the time."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

from backoffice.core.calendar import Clock
from backoffice.store.unit_of_work import UnitOfWork

Answer = TypeVar("Answer")


class OpenShop(Protocol):
    """An open shop, or its store."""

    clock: Clock

    def work(self) -> AbstractContextManager[UnitOfWork]:
        """One write transaction."""

    def ask(self, query: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
        """What `query(session, …)` answers."""
