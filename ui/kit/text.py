"""Words on a screen: labels that never read customers' text as markup, links, chips, cut-off lines."""

import html
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from ui.kit import theme

CHIP_HEIGHT = 20
_CHIP_PAD = 8


class Label(QLabel):
    """A QLabel that shows its text as it is. `role` is one of the style sheet's: muted, small, strong, title, page …"""

    def __init__(
        self, text: str = "", role: str = "", *, tone: str = "", wrap: bool = False, copy: bool = False
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)
        self._copy = copy

    def enterEvent(self, event: QEnterEvent) -> None:
        if self._copy:  # only now: a label whose text can be marked is a whole text editor, 0.3 ms each
            self._copy = False
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.setCursor(Qt.CursorShape.IBeamCursor)
        super().enterEvent(event)


class CutLabel(Label):
    """One line that ends in … where there is no room; the whole text is in its tool tip."""

    def __init__(self, text: str = "", role: str = "", *, tone: str = "") -> None:
        self._whole = text
        super().__init__(text, role, tone=tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def _cut(self) -> None:
        one_line = " ".join(self._whole.split())
        width = max(self.width(), 40)
        shown = QFontMetrics(self.font()).elidedText(one_line, Qt.TextElideMode.ElideRight, width)
        super().setText(shown)
        tip(self, self._whole if shown != self._whole else "")


def tip(widget: QWidget, text: str) -> None:
    """A tool tip that shows its text as it is."""
    widget.setToolTip(html.escape(text).replace("\n", "<br>") if text else "")


class Link(QPushButton):
    """Text that opens something: the name of a record wherever it stands."""

    def __init__(self, text: str, run: Callable[[], object], *, tooltip: str = "") -> None:
        super().__init__(text.replace("&", "&&"))
        self.setProperty("link", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        tip(self, tooltip)
        self.clicked.connect(lambda _checked=False: run())


@dataclass(frozen=True, slots=True)
class Chip:
    """A state as a word with a tone: good, warn, bad, note, muted, accent."""

    word: str
    tone: str = "muted"


def chip_width(metrics: QFontMetrics, chip: Chip) -> int:
    return metrics.horizontalAdvance(chip.word) + 2 * _CHIP_PAD


def draw_chip(painter: QPainter, x: int, y: int, chip: Chip, *, room: int) -> int:
    """Draws the chip with its left upper corner at x, y, no wider than `room`; answers the width it took."""
    metrics = painter.fontMetrics()
    width = min(chip_width(metrics, chip), room)
    box = QRectF(x + 0.5, y + 0.5, width - 1, CHIP_HEIGHT - 1)
    painter.setPen(theme.colour(f"{chip.tone}-edge"))
    painter.setBrush(theme.colour(f"{chip.tone}-tint"))
    painter.drawRoundedRect(box, CHIP_HEIGHT / 2, CHIP_HEIGHT / 2)
    painter.setPen(theme.colour(chip.tone))
    word = metrics.elidedText(chip.word, Qt.TextElideMode.ElideRight, width - 2 * _CHIP_PAD + 2)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
    return width


class ChipLabel(QWidget):
    """A chip that stands by itself on a page."""

    def __init__(self, chip: Chip) -> None:
        super().__init__()
        self._chip = chip
        self._dress()

    def show_chip(self, chip: Chip) -> None:
        self._chip = chip
        self._dress()
        self.update()

    def _dress(self) -> None:
        font = self.font()
        font.setPixelSize(theme.size("font-small"))
        self.setFont(font)
        self.setAccessibleName(self._chip.word)
        self.setFixedSize(chip_width(QFontMetrics(font), self._chip), CHIP_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_chip(painter, 0, 0, self._chip, room=self.width())
        painter.end()
