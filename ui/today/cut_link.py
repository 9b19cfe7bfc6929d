"""A link that ends in … where there is no room for its whole name."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from ui.kit.text import Link, tip

_LEAST = 48  # pixels: what is left of a name still tells records apart


class CutLink(Link):
    """Takes the room that is left in its line; the whole name is in its tool tip and its accessible name."""

    def __init__(self, text: str, run: Callable[[], object]) -> None:
        self._whole = text
        super().__init__(text, run)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        metrics = QFontMetrics(self.font())
        room = self.width() - (self.sizeHint().width() - metrics.horizontalAdvance(self.text().replace("&&", "&")))
        shown = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, max(room, 0))
        self.setText(shown.replace("&", "&&"))
        tip(self, self._whole if shown != self._whole else "")
