"""What is done ahead of whoever uses the window: modules imported, first questions asked, away from the main thread."""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from ui.kit.when_used import hook


@contextmanager
def uncollected() -> Iterator[None]:
    """For many imports: without collections a seventh quicker, and nothing of what they make is garbage.

    It is put aside, too: later collections need not look at it, which took 50 ms each.
    """
    known = len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        if len(sys.modules) > known:
            gc.freeze()
        gc.enable()


def ask_first(place: Any, shop: Any) -> None:
    """What this screen will ask first, so that the engine knows it. What goes wrong, the screen will tell."""
    ask = hook(place.first) if place.first else None
    if ask is not None:
        with suppress(Exception):
            ask(shop)


def fetch(places: Sequence[Any], shop: Any, stopped: Callable[[], bool]) -> None:
    """Imports these screens and asks what they ask first, one after the other until stopped; in a job."""
    with uncollected():
        for place in places:
            if stopped():
                return
            hook(place.made_by)
            ask_first(place, shop)
