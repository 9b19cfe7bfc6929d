"""Prints slips and labels of an order's parcels: made in a job, shown before anything goes to paper, then counted."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog

from backoffice.core.errors import Refused
from backoffice.shipping.printing.problems import PrintedRun, Problem
from backoffice.shipping.printing.queries.parcels import parcels_for
from backoffice.shipping.printing.records import Later
from ui.kit.context import AppContext
from ui.kit.when_used import WhenUsed
from ui.shared import papers

labels, preview = WhenUsed("ui.shared.labels"), WhenUsed("ui.kit.preview")
slips = WhenUsed("backoffice.shipping.printing.slips")


class Prints:
    """What the page and Ctrl+P print. `shown` is the dialog now open, for tests."""

    def __init__(self, app: AppContext) -> None:
        self._app = app
        self.shown: QDialog | None = None

    def labels(self, parcels: Sequence[int]) -> None:
        """The address labels of these parcels: on which stock is asked."""
        app = self._app

        def ask(_fetched: None) -> None:
            self._open(labels.LabelsDialog(app, list(parcels), self._left_out))

        app.run(lambda *_hands: labels.fetch(), ask, label=app.words("Printing"), quiet=True)

    def slips(self, parcels: Sequence[int]) -> None:
        """The packing slips of these parcels."""
        app, later = self._app, Later()
        title = app.plural("Packing slip", "Packing slips", len(parcels))
        file = papers.place(title)

        def task(progress: Callable[..., None], cancelled: Callable[[], bool]) -> PrintedRun:
            preview.fetch()
            hands = {"later": later, "progress": progress, "cancelled": cancelled}
            return slips.print_slips(app.shop.store, list(parcels), file=file, **hands)

        def show(made: PrintedRun) -> None:
            self._open(preview.Preview(app, title, made.file, kind="slip", kept=lambda: later.keep(app.shop.store)))

        app.run(task, show, label=title)

    def slips_of(self, orders: Sequence[int]) -> None:
        """The packing slips of these orders' parcels; those without one are told."""
        try:
            parcels = self._app.ask(parcels_for, list(orders))
        except Refused as refusal:
            self._app.tell(refusal)
        else:
            self.slips(parcels)

    def _left_out(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            self._app.notices.refuse(self._app.sentence(problem.reason))

    def _open(self, dialog: QDialog) -> None:
        self.shown = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
