"""The pieces of the packing table: the large message, and the lines that count down."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from backoffice.shipping.queries.parcels import ParcelLine
from backoffice.shipping.queries.to_send import Place
from ui.dispatch.goods import Thumbnail, where
from ui.kit import theme
from ui.kit.boxes import column, framed, held, row, rule
from ui.kit.context import AppContext
from ui.kit.icons import Picture
from ui.kit.text import Chip, ChipLabel, Label
from ui.shared.foreign import calm, calm_line

_LARGE = 28  # pixels: read from where the parcel stands
_PICTURE = 52
ICONS = {"good": "done", "warn": "warning", "bad": "error", "note": "barcode"}


def large(label: Label, size: int = _LARGE, *, strong: bool = True) -> Label:
    """The label in letters that are read from an arm's length."""
    font = QFont(label.font())
    font.setPixelSize(size)
    if strong:
        font.setWeight(QFont.Weight(theme.size("heading-weight")))
    label.setFont(font)
    return label


class Message(QWidget):
    """What came of the last scan: a sign, a few large words, a sentence under them. Colour is never alone."""

    def __init__(self) -> None:
        super().__init__()
        self.tone = ""
        self.title = large(Label("", wrap=True))
        self.under = large(Label("", wrap=True), theme.size("font-title"), strong=False)
        self._sign = QVBoxLayout()
        words = column(self.title, self.under, gap=theme.XS)
        line = row(self._sign, words, gap=theme.L, margins=theme.L)
        line.setStretch(1, 1)
        line.setAlignment(self._sign, Qt.AlignmentFlag.AlignVCenter)
        self._frame = framed(line)
        self.setLayout(column(self._frame))
        self.setMinimumHeight(112)

    def tell(self, tone: str, title: str, under: str = "") -> None:
        """Shows this instead of what was there; `tone` is good, warn, bad or note."""
        self.tone = tone
        self.title.setText(calm(title, most=160))
        self.under.setText(calm(under, most=400))
        self.under.setVisible(bool(under))
        self.setAccessibleName(f"{title}. {under}".strip())
        while self._sign.count():
            self._sign.takeAt(0).widget().deleteLater()
        self._sign.addWidget(Picture(ICONS[tone], size=48, tone=tone))
        self._frame.setProperty("tone", tone)
        self._frame.style().unpolish(self._frame)
        self._frame.style().polish(self._frame)


class Lines(QWidget):
    """The parcel's lines: first those with something still to scan, then those that are complete."""

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self._app = app
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)

    def show_lines(self, lines: list[ParcelLine], places: dict[int, Place]) -> None:
        while self._box.count():
            item = self._box.takeAt(0)
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        several = len({line.order_id for line in lines}) > 1
        for line in sorted(lines, key=lambda line: line.scanned >= line.quantity):
            place = places.get(line.product_id) if line.product_id is not None else None
            self._box.addWidget(self._line(line, place, several=several))
        self._box.addStretch(1)

    def _line(self, line: ParcelLine, place: Place | None, *, several: bool) -> QWidget:
        app, left = self._app, line.quantity - line.scanned
        name = Label(calm(", ".join(filter(None, (line.name, line.options))), most=200), "strong", wrap=True)
        under = [where(app, line.sku, place.bin if place else "")]
        if several:
            under.append(app.words("order {number}").format(number=line.order_number))
        counted = app.words("{n} of {all}").format(
            n=app.format.number(line.scanned), all=app.format.number(line.quantity)
        )
        chip = Chip(app.words("All in"), "good") if not left else Chip(self._left(left), "note")
        many = large(Label(counted), 20)
        text = column(name, Label(calm_line(" · ".join(under)), "muted"), gap=2)
        parts = row(Thumbnail(app, place.picture if place else "", side=_PICTURE), text, many, ChipLabel(chip))
        parts.setStretch(1, 1)
        parts.setSpacing(theme.L)
        parts.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        return held(column(parts, rule(), gap=0))

    def _left(self, left: int) -> str:
        return self._app.plural("{n} to scan", "{n} to scan", left)


def progress(app: AppContext) -> QProgressBar:
    """How much of the parcel was scanned."""
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setFixedWidth(160)
    bar.setAccessibleName(app.words("Scanned"))
    return bar
