"""What came of a batch: one toast for what was done, and a list of what was refused, with why and the way to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, row, scrolled
from ui.kit.buttons import icon_button
from ui.kit.context import AppContext
from ui.kit.text import Label, Link
from ui.shared.foreign import calm

_HIGHEST = 96  # pixels: four lines, the rest is scrolled to


@dataclass(frozen=True, slots=True)
class Refusal:
    """One order or parcel that was left as it is: its number, why, and what opens it."""

    number: str
    sentence: str
    open: Callable[[], object] | None = None


class Refusals(QWidget):
    """The list of refusals above the screen; stays until it is closed (`left`) or something is done again."""

    left = Signal()

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self._app = app
        self.shown: list[Refusal] = []
        self.title = Label("", "strong")
        close = icon_button("close", app.words("Close this list"), self.leave)
        self._box = column(row(self.title, SPRING, close), gap=0, margins=(theme.M, theme.XS, theme.XS, theme.S))
        self._body: QWidget | None = None
        self.setLayout(column(framed(self._box, tone="warn")))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_list(self, title: str, refusals: Sequence[Refusal]) -> None:
        """Shows these instead of what was there; nothing where there are none."""
        self.leave()
        if not refusals:
            return
        self.shown = list(refusals)
        self.title.setText(title)
        self.setAccessibleName(title)
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, theme.S, 0)
        grid.setHorizontalSpacing(theme.L)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for at, each in enumerate(refusals):
            name = Link(each.number, each.open) if each.open else Label(each.number, "strong")
            told = Label(calm(each.sentence), wrap=True)
            for part in (name, told):
                part.setMinimumHeight(24)
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(told, at, 1, Qt.AlignmentFlag.AlignTop)
        self._body = scrolled(inner, name=title)
        self._body.setFixedHeight(min(_HIGHEST, 24 * len(refusals)))
        self._box.addWidget(self._body)
        self.show()

    def leave(self) -> None:
        """Takes the list away."""
        self.shown = []
        self.hide()
        self.left.emit()
        if self._body is not None:
            self._box.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
            self._body = None
