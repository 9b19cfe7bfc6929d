"""A longer text of a customer's or of ours on a page: cut where it is very long, whole at a click."""

from PySide6.QtWidgets import QWidget

from ui.kit.boxes import SPRING, column, row
from ui.kit.context import AppContext
from ui.kit.text import Label, Link
from ui.shared.foreign import calm

_SHOWN = 320  # letters
_WHOLE = 20_000


class LongText(QWidget):
    """Wrapped text; more than 320 letters end in … with "Show all" under them."""

    def __init__(self, app: AppContext, text: str, role: str = "") -> None:
        super().__init__()
        self._text = text
        self.label = Label(calm(text, most=_SHOWN), role, wrap=True, copy=True)
        self._all = Link(app.words("Show all"), self.show_all)
        self._all.setVisible(len(text.strip()) > _SHOWN)
        self.setLayout(column(self.label, row(self._all, SPRING), gap=0))

    def show_all(self) -> None:
        """The whole text from now on."""
        self.label.setText(calm(self._text, most=_WHOLE))
        self._all.hide()
