"""Prints slips and labels of an order's parcels again: made in a job, shown before anything goes to paper."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from backoffice.core.errors import Refused
from backoffice.shipping.printing import labels, slips
from backoffice.shipping.printing.problems import PrintedRun
from backoffice.shipping.printing.queries.parcels import parcels_for
from ui.kit.context import AppContext
from ui.kit.preview import Preview

_numbers = count(1)


@cache
def _folder() -> Path:
    """Where the pages wait for the printer; readable by this user only, gone when the program ends."""
    made = Path(tempfile.mkdtemp(prefix="backoffice-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


class Prints:
    """What the page and Ctrl+P print. `shown` is the preview now open, for tests."""

    def __init__(self, app: AppContext) -> None:
        self._app = app
        self.shown: Preview | None = None

    def labels(self, parcels: Sequence[int]) -> None:
        """The address labels of these parcels, on the shop's usual stock."""
        title = self._app.plural("Label", "Labels", len(parcels))
        self._make(labels.print_labels, parcels, title=title, kind="label")

    def slips(self, parcels: Sequence[int]) -> None:
        """The packing slips of these parcels."""
        title = self._app.plural("Packing slip", "Packing slips", len(parcels))
        self._make(slips.print_slips, parcels, title=title, kind="slip")

    def slips_of(self, orders: Sequence[int]) -> None:
        """The packing slips of these orders' parcels; those without one are told."""
        try:
            parcels = self._app.ask(parcels_for, list(orders))
        except Refused as refusal:
            self._app.tell(refusal)
        else:
            self.slips(parcels)

    def _make(self, write: Callable[..., PrintedRun], parcels: Sequence[int], *, title: str, kind: str) -> None:
        file = _folder() / f"{kind}-{next(_numbers)}.pdf"

        def task(progress: Callable[..., None], cancelled: Callable[[], bool]) -> PrintedRun:
            store: Any = self._app.shop.store
            return write(store, list(parcels), file=file, progress=progress, cancelled=cancelled)

        self._app.run(task, lambda made: self._show(made, title, kind), label=title)

    def _show(self, made: PrintedRun, title: str, kind: str) -> None:
        self.shown = Preview(self._app, title, made.file, kind=kind)
        self.shown.finished.connect(self.shown.deleteLater)
        self.shown.open()
