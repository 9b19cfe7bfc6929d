"""What the dispatch screen prints and saves: each a job, then a preview; what could not be printed is listed."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QFileDialog

from backoffice.core.errors import Outage, Refused
from backoffice.shipping import hand_off
from backoffice.shipping.documents.content import Printed
from backoffice.shipping.printing.problems import Problem, problems_in
from backoffice.shipping.printing.queries import parcels
from backoffice.shipping.printing.records import Later
from backoffice.shipping.queries import customs as borders
from ui.dispatch.acts import Acts
from ui.dispatch.outcomes import Refusal
from ui.dispatch.shop_file import shop_file_dialog
from ui.kit.context import AppContext
from ui.kit.when_used import WhenUsed
from ui.shared import papers

labels, preview = WhenUsed("ui.shared.labels"), WhenUsed("ui.kit.preview")
customs_forms = WhenUsed("backoffice.shipping.customs_forms")
manifests = WhenUsed("backoffice.shipping.printing.manifests")
pick_lists = WhenUsed("backoffice.shipping.printing.pick_lists")
slips = WhenUsed("backoffice.shipping.printing.slips")

_LAYOUTS = {"generic": "generic", "click_and_drop": "royal-mail", "royal-mail": "royal-mail"}
Write = Callable[..., Printed]


class Printing:
    """Makes papers and files. `dialog` is the one now open, for tests."""

    def __init__(self, app: AppContext, acts: Acts) -> None:
        self.app, self.acts = app, acts
        self.dialog: QDialog | None = None

    # papers

    def pick_list(self, order_ids: Sequence[int]) -> None:
        """What to fetch for these orders."""
        store, ids = self.app.shop.store, list(order_ids)

        def write(file: Path, **hands: Any) -> Printed:
            return pick_lists.print_pick_list(store, ids, file=file, **hands)

        self._print(self.app.words("Pick list"), "pick-list", write, self._not_picked)

    def slips(self, shipment_ids: Sequence[int]) -> None:
        """The packing slips of these parcels."""
        store, ids = self.app.shop.store, list(shipment_ids)

        def write(file: Path, **hands: Any) -> Printed:
            return slips.print_slips(store, ids, file=file, skip_problems=True, **hands)

        self._print(self.app.words("Packing slips"), "slip", write, self._not_printed)

    def manifest(self, shipment_ids: Sequence[int]) -> None:
        """The list the carrier signs."""
        store, ids = self.app.shop.store, list(shipment_ids)

        def write(file: Path, **hands: Any) -> Printed:
            return manifests.print_manifest(store, ids, file=file, **hands)

        self._print(self.app.words("Dispatch manifest"), "manifest", write, self._not_printed)

    def customs(self, shipment_ids: Sequence[int]) -> None:
        """The customs declarations of those of these parcels that need one."""
        store, ids = self.app.shop.store, self.app.ask(borders.crossing, list(shipment_ids))
        if not ids:
            self.app.notices.say(self.app.words("None of these parcels crosses a customs border."))
            return

        def write(file: Path, **hands: Any) -> Printed:
            return customs_forms.print_customs_forms(store, ids, file=file, skip_problems=True, **hands)

        self._print(self.app.words("Customs declarations"), "label", write, self._not_printed)

    def labels(self, shipment_ids: Sequence[int]) -> None:
        """Asks what the labels are printed on, shows and prints them."""
        if shipment_ids:
            app, ids = self.app, list(shipment_ids)

            def ask(_fetched: None) -> None:
                self._open(labels.LabelsDialog(app, ids, self.left_out))

            app.run(lambda *_hands: labels.fetch(), ask, label=app.words("Printing"), quiet=True)

    def _print(self, title: str, kind: str, write: Write, told: Callable[[int], str]) -> None:
        """Draws it and shows it; it counts as printed once it is printed or saved there."""
        app, later = self.app, Later()
        file = papers.place(title)

        def done(printed: Printed) -> None:
            self.left_out(getattr(printed, "left_out", ()), told)
            self._open(preview.Preview(app, title, printed.file, kind=kind, kept=lambda: later.keep(app.shop.store)))

        app.run(
            lambda progress, cancelled: write(file, progress=progress, cancelled=cancelled, later=later),
            done,
            failed=lambda error: self.failed(error, told),
            label=title,
        )

    # files

    def shop_file(self) -> None:
        """The tracking numbers for the shops and marketplaces that wait for them."""
        dialog = shop_file_dialog(self.app)
        if dialog is not None:
            self._open(dialog)

    def carrier_file(self, shipment_ids: Sequence[int]) -> None:
        """These parcels as a file for their carrier's program."""
        app, ids = self.app, list(shipment_ids)
        found = app.ask(parcels.parcels, ids)
        shapes = {_LAYOUTS.get(parcel.handoff, "generic") for parcel in found}
        like = shapes.pop() if len(shapes) == 1 else "generic"
        name = app.words("parcels {day}").format(day=app.format.today.isoformat())
        path, _kind = QFileDialog.getSaveFileName(
            app.notices.window(), app.words("File for the carrier…"), f"{name}.csv", "CSV (*.csv)"
        )
        if not path:
            return

        def done(problems: Sequence[Problem]) -> None:
            self.left_out(problems, self._not_written)
            app.notices.say(app.words("Saved as {file}").format(file=Path(path).name))

        app.run(
            lambda *_hands: hand_off.hand_off(app.shop.store, ids, Path(path), like=like, skip_problems=True),
            done,
            failed=lambda error: self.failed(error, self._not_written),
            label=app.words("File for the carrier…"),
        )

    # telling

    def failed(self, error: BaseException, title: Callable[[int], str]) -> None:
        """All of it was refused: each with its reason. A stop is what somebody wanted."""
        if isinstance(error, Refused) and error.code == "shipping.printing-stopped":
            self.app.notices.say(self.app.sentence(error))
        elif isinstance(error, Refused) and problems_in(error):
            self.left_out(problems_in(error), title)
        elif isinstance(error, Refused | Outage):
            self.app.tell(error)
        else:
            raise error

    def left_out(self, problems: Sequence[Problem], title: Callable[[int], str] | None = None) -> None:
        """Lists what could not be printed, with why; an empty list takes the last one away."""
        title = title or self._not_printed
        self.acts.told.emit()
        told = [
            Refusal(each.number, self.app.sentence(each.reason), self.acts.opener(each.number)) for each in problems
        ]
        self.acts.refused.emit(title(len(told)), told)

    def _not_printed(self, n: int) -> str:
        return self.app.plural("{n} paper could not be printed", "{n} papers could not be printed", n)

    def _not_picked(self, n: int) -> str:
        return self.app.plural("{n} order is not on the pick list", "{n} orders are not on the pick list", n)

    def _not_written(self, n: int) -> str:
        return self.app.plural("{n} parcel is not in the file", "{n} parcels are not in the file", n)

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()
