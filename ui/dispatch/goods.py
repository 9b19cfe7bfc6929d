"""One line of goods to be fetched or packed: picture, name, SKU and bin, and how many."""

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from backoffice.inventory import pictures
from ui.kit import theme
from ui.kit.boxes import column, held, row
from ui.kit.context import AppContext
from ui.kit.icons import draw
from ui.kit.text import Label
from ui.shared.foreign import calm, calm_line

_LARGEST = 6_000  # pixels a side; a larger picture is not opened for a thumbnail
_SIDE = 36


class Thumbnail(QWidget):
    """A product's picture, small; a box where there is none. It says nothing: the name stands beside it."""

    def __init__(self, app: AppContext, name: str, *, side: int = _SIDE) -> None:
        super().__init__()
        self._file = pictures.picture_of(app.shop.path, name)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect())
        outline = QPainterPath()
        outline.addRoundedRect(box, 4, 4)
        painter.setClipPath(outline)
        painter.fillRect(box, theme.colour("track"))
        image = None if self._file is None else _image(str(self._file), 2 * self.width())
        if image is None or image.isNull():
            size = self.width() // 2
            at = (self.width() - size) // 2
            draw(painter, self.rect().adjusted(at, at, -at, -at), "products", "muted")
        else:
            scaled = image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            left, top = (self.width() - scaled.width()) / 2, (self.height() - scaled.height()) / 2
            painter.drawImage(QRectF(left, top, scaled.width(), scaled.height()), image)
        painter.end()


@lru_cache(maxsize=300)
def _image(file: str, side: int) -> QImage | None:
    """Read at the size it is shown at; None for what is no picture or too large to be one of a product."""
    reader = QImageReader(file)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > _LARGEST:
        return None
    reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    return None if image.isNull() else image


def goods_line(app: AppContext, *, picture: str, name: str, under: str, units: str, note: str = "") -> QWidget:
    """One line: picture, name over what says where it lies, units at the right; `note` in the warning tone."""
    told = [Label(calm(name, most=200), wrap=True), Label(calm_line(under), "small")]
    if note:
        told.append(Label(note, "small", tone="warn", wrap=True))
    text = column(*told, gap=0)
    many = Label(units, "strong")
    many.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    line = row(Thumbnail(app, picture), text, many, gap=theme.M)
    line.setAlignment(line.itemAt(0).widget(), Qt.AlignmentFlag.AlignTop)
    line.setStretch(1, 1)
    return held(line)


def where(app: AppContext, sku: str, shelf: str) -> str:
    """SKU and bin: "CUP-BLUE · bin A-12"."""
    bin_told = app.words("bin {bin}").format(bin=shelf) if shelf else ""
    return " · ".join(filter(None, (bin_told, sku)))
