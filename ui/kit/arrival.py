"""The first moments in an open shop: its first screen step by step, then the others ahead of whoever wants them."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from ui.kit import ahead
from ui.kit.context import AppContext

SOON = 1  # milliseconds: what is posted with 0 comes before any key or timer, which must have their turn between steps
_BREATH = 100  # milliseconds in which the first screen is painted


class Arrival(QObject):
    """Lives as long as the shop's context: what is not done when the shop is closed is not done at all.

    `window` is ui.window.Window, `then` the last steps of the first screen.
    """

    def __init__(self, window: Any, app: AppContext, then: Sequence[Callable[[], object]]) -> None:
        super().__init__(app)
        self._window, self._app = window, app
        first, *self._others = window.places.values()
        self._in_turns([*self._made(first.key), lambda: window.screen_shown or window.go(first.key), *then])
        QTimer.singleShot(_BREATH, self, self._go_ahead)

    def _made(self, key: str) -> list[Callable[[], object]]:
        """A screen of two steps: made, filled; each takes some 30 ms, as does its first paint."""
        return [lambda: self._window.make(key), lambda: self._window.make(key).prepare()]

    def _go_ahead(self) -> None:
        """Fetches the other screens while the first is looked at; those that ask ahead are made and filled, too."""
        shop = self._app.shop

        def make(_fetched: None) -> None:
            if isValid(self):
                self._in_turns([step for place in self._others if place.first for step in self._made(place.key)])

        self._app.run(
            lambda _progress, stopped: ahead.fetch(self._others, shop, stopped),
            make,
            label=self._app.words("Opening the shop…"),
            quiet=True,
        )

    def _in_turns(self, steps: Sequence[Callable[[], object]]) -> None:
        """One after the other, and in between whatever the window has to do."""

        def step() -> None:
            if not self._app.closed:
                steps[0]()
                self._in_turns(steps[1:])

        if steps:
            QTimer.singleShot(SOON, self, step)
