"""What long work in the store tells, and how it is stopped."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from sqlalchemy.exc import DBAPIError

from backoffice.core.errors import Refused

Progress: TypeAlias = Callable[[int, int], None]
"""Told how much is done, and of how much."""
Cancelled: TypeAlias = Callable[[], bool]
"""Asked whether to stop."""

_STEPS_BETWEEN_LOOKS = 200_000  # of SQLite's virtual machine: some milliseconds


def nobody_watches(_done: int, _total: int) -> None:
    """Progress for nobody."""


def never() -> bool:
    """Nobody stops this."""
    return False


@contextmanager
def stoppable(connection: sqlite3.Connection, cancelled: Cancelled, refusal: Refused) -> Iterator[None]:
    """Inside, a long statement on the connection ends with `refusal` once `cancelled` says so."""
    connection.set_progress_handler(lambda: int(cancelled()), _STEPS_BETWEEN_LOOKS)
    try:
        yield
    except (sqlite3.OperationalError, DBAPIError) as error:
        plain = error.orig if isinstance(error, DBAPIError) else error
        if getattr(plain, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise refusal from None
        raise
    finally:
        connection.set_progress_handler(None, 0)
