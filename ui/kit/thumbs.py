"""Small pictures in a table: read when first painted, a few milliseconds of it a paint, the last few hundred kept."""

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImageReader, QPainter, QPainterPath, QPixmap

KEPT = 600
_BUDGET = 0.012  # seconds of one paint


@dataclass(frozen=True, slots=True)
class Thumb:
    """A picture in a cell. `word` is what a screen reader says; without a file the cell stays empty."""

    word: str
    file: Path | None = None


class Thumbs:
    """The small pictures of one table, `side` pixels high and wide."""

    def __init__(self, side: int) -> None:
        self._side = side
        self._kept: OrderedDict[tuple[Path, float], QPixmap] = OrderedDict()
        self._spent = 0.0

    def begin(self) -> None:
        """A paint begins: its time for reading is not used up yet."""
        self._spent = 0.0

    def picture(self, file: Path, ratio: float) -> QPixmap | None:
        """The picture at this ratio of pixels; None where it has to wait for the next paint."""
        key = (file, ratio)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        if self._spent > _BUDGET:
            return None
        start = monotonic()
        self._kept[key] = made = _read(file, round(self._side * ratio), ratio)
        self._spent += monotonic() - start
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return made


def _read(file: Path, side: int, ratio: float) -> QPixmap:
    """The picture cut to its middle square, with round corners; an empty one where the file is none."""
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    if not image.isNull():
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPainterPath()
        edge.addRoundedRect(QRectF(0, 0, side, side), 3 * ratio, 3 * ratio)
        painter.setClipPath(edge)
        painter.drawImage((side - image.width()) // 2, (side - image.height()) // 2, image)
        painter.end()
    made.setDevicePixelRatio(ratio)
    return made
