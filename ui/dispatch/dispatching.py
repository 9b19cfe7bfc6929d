"""The dispatch dialog: each parcel's tracking number, typed, scanned or out of the carrier's file; then they leave."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QLineEdit

from backoffice.core.errors import Refused
from backoffice.settings.queries import carriers, profile
from backoffice.shipping import tracking_files
from backoffice.shipping.queries import parcel_lists
from ui.dispatch.tracking_table import NUMBER, TRACKING, Parcels, tracking_view
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, row, rule
from ui.kit.buttons import button
from ui.kit.context import AppContext
from ui.kit.fields import MoneyField
from ui.kit.scan import TAKES_SCANS
from ui.kit.text import Label
from ui.shared.foreign import calm_line

_MOST_TOLD = 3


class DispatchDialog(QDialog):
    """`ship(ids, tracking=, costs=, carrier_id=)` dispatches, `keep(tracking, carrier_id)` notes the numbers only."""

    def __init__(
        self, app: AppContext, shipment_ids: Sequence[int], *, ship: Callable[..., object], keep: Callable[..., object]
    ) -> None:
        super().__init__(app.notices.window())
        self._app, self._ship, self._keep = app, ship, keep
        currency = app.ask(profile).currency
        self.model = Parcels(app, app.ask(parcel_lists.rows_of, list(shipment_ids)), currency)
        self.model.setParent(self)
        self.model.wrong.connect(lambda sentence: self._tell(sentence, "bad"))
        self.model.dataChanged.connect(lambda *_: self._count())
        title = app.plural("Dispatch {n} parcel", "Dispatch {n} parcels", len(self.model.rows))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.table = tracking_view(self.model, name=title)
        self.said = Label("", wrap=True)
        head = column(Label(title, "title"), self._scanning(), self.said, gap=theme.S)
        head.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        foot = framed(self._foot(title))
        self.setLayout(column(framed(head), rule(), self.table, rule(), framed(self._shared()), foot, gap=0))
        room = self.screen().availableSize()
        rows = theme.size("row") * min(len(self.model.rows), 12)
        self.resize(min(900, room.width() - 60), min(360 + rows, room.height() - 60))
        self.go_to(self.model.without_tracking() or 0)
        self._count()
        self._tell(app.words("It goes to the chosen parcel. Scan a parcel's own number to choose it."))
        self.field.setFocus()

    # its parts

    def _scanning(self) -> Any:
        words = self._app.words
        self.field = QLineEdit()
        self.field.setProperty(TAKES_SCANS, True)
        self.field.setAccessibleName(words("Tracking number"))
        self.field.setPlaceholderText(words("Scan or type a tracking number"))
        self.field.setClearButtonEnabled(True)
        self.field.returnPressed.connect(self.take)
        self.field.textChanged.connect(lambda _text: self._count())
        file = button(words("From the carrier's file…"), self.choose_file, icon="import")
        line = row(self.field, file)
        line.setStretch(0, 1)
        return line

    def _shared(self) -> Any:
        """What is the same for all parcels."""
        words = self._app.words
        self.carrier = QComboBox()
        self.carrier.setAccessibleName(words("Carrier"))
        self.carrier.addItem(words("As each parcel says"), None)
        for each in self._app.ask(carriers, active_only=True):
            self.carrier.addItem(calm_line(each.name, most=60), each.id)
        self.cost = MoneyField("cost", words("Label cost of each"), self.model.currency)
        self.cost.language = self._app.language
        self.cost.changed.connect(lambda: self.model.set_all_costs(self.cost.value()))
        self.cost.setFixedWidth(200)
        chosen = column(Label(words("Carrier"), "label"), self.carrier, gap=theme.XS)
        self.carrier.setMinimumWidth(200)
        return row(chosen, self.cost, SPRING, gap=theme.L, margins=(theme.XL, theme.M, theme.XL, 0))

    def _foot(self, title: str) -> Any:
        words = self._app.words
        self._counted = Label("", "muted")
        self._later = button(words("Keep the numbers, dispatch later"), self.keep)
        self.act = button(title, self.press, primary=True, icon="dispatch", shortcut="Ctrl+Return")
        leave = button(words("Cancel"), self.reject)
        return row(self._counted, SPRING, leave, self._later, self.act, margins=(theme.XL, theme.M, theme.XL, theme.L))

    # scanning and typing

    @property
    def at(self) -> int:
        """The row whose number comes next."""
        return max(0, self.table.currentIndex().row())

    def go_to(self, at: int) -> None:
        self.table.setCurrentIndex(self.model.index(at, TRACKING))
        self.table.scrollTo(self.model.index(at, NUMBER))

    def take(self) -> bool:
        """Enter in the field, as a scanner ends: a parcel's number goes to that parcel, any other is its tracking.

        False where there is something to read first: another parcel was named, or it is no tracking number.
        """
        code = self.field.text().strip()
        if not code:
            return True
        self.field.clear()
        words, found = self._app.words, self.model.find(code)
        if found is not None:
            self.go_to(found)
            told = words("Parcel {number}, {customer}: now its tracking number.")
            row_ = self.model.rows[found]
            self._tell(told.format(number=row_.number, customer=calm_line(row_.customer, most=60)))
            return False
        at = self.at
        if not self.model.set_tracking(at, code):
            self.field.setText(code)
            self.field.selectAll()  # to be mended, or written over by the next scan
            return False
        following = self.model.without_tracking(at)
        if following is None:
            self._tell(words("Every parcel has its tracking number."), "good")
            return True
        self.go_to(following)
        told = words("Parcel {number} has {tracking}. Next: parcel {following}.")
        numbers = {"number": self.model.rows[at].number, "following": self.model.rows[following].number}
        self._tell(told.format(tracking=code, **numbers), "good")
        return True

    def _all_taken(self) -> bool:
        """Takes what stands in the line or in an open cell without an Enter behind it; False where it cannot be."""
        refused: list[str] = []
        heard = self.model.wrong.connect(refused.append)
        self.table.finish_typing()
        self.model.wrong.disconnect(heard)
        return not refused and self.take()

    def choose_file(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self, self._app.words("From the carrier's file…"), "", "CSV (*.csv *.txt *.tsv);;* (*)"
        )
        if path:
            self.take_file(Path(path))

    def take_file(self, file: Path) -> None:
        """Puts the numbers of a carrier's file at their parcels; what it says of others is left."""
        app = self._app
        try:
            seen = app.ask(tracking_files.preview, file)
        except Refused as error:
            self._tell(app.sentence(error), "bad")
            return
        rows = {row_.id: at for at, row_ in enumerate(self.model.rows)}
        taken = [each for each in seen.rows if each.shipment_id in rows]
        for each in taken:
            self.model.set_tracking(rows[each.shipment_id], each.tracking)
        wrong = [each for each in seen.rows if each.reason is not None]
        told = [app.plural("{n} number out of the file.", "{n} numbers out of the file.", len(taken))]
        for each in wrong[:_MOST_TOLD]:
            told.append(app.words("Line {line}: {why}").format(line=each.line, why=app.sentence(each.reason)))
        if len(wrong) > _MOST_TOLD:
            more = len(wrong) - _MOST_TOLD
            told.append(app.plural("And {n} more line.", "And {n} more lines.", more))
        self._tell(" ".join(told), "warn" if wrong or not taken else "good")
        following = self.model.without_tracking()
        self.go_to(0 if following is None else following)

    def _tell(self, sentence: str, tone: str = "") -> None:
        self.said.setText(sentence)
        self.said.setProperty("tone", tone)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)

    def _count(self) -> None:
        lacking = len(self.model.rows) - len(self.model.tracking)
        told = self._app.plural("{n} without a tracking number", "{n} without a tracking number", lacking)
        self._counted.setText(told if lacking else "")
        self._later.setEnabled(bool(self.model.tracking) or bool(self.field.text().strip()))

    # what is done

    def press(self) -> None:
        """The parcels leave."""
        problem = self.cost.problem()
        if problem:
            self._tell(problem, "bad")
            return
        if not self._all_taken():
            return
        ids = [row_.id for row_ in self.model.rows]
        tracking, costs = self.model.tracking, self.model.costs
        self.accept()
        self._ship(ids, tracking=tracking, costs=costs, carrier_id=self.carrier.currentData())

    def keep(self) -> None:
        """The numbers are kept, the parcels stay."""
        if not self._all_taken():
            return
        before = {row_.id: row_.tracking for row_ in self.model.rows}
        new = {each: number for each, number in self.model.tracking.items() if number != before[each]}
        self.accept()
        self._keep(new, self.carrier.currentData())

    def reject(self) -> None:
        words = self._app.words
        typed = self.model.changed or bool(self.field.text().strip())
        if not typed or self._app.notices.ask(
            words("Leave without dispatching?"), words("Discard the numbers"), danger=True
        ):
            super().reject()
