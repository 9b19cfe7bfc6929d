"""How a table paints its rows: from texts laid out once, row by row."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView

from ui.kit import theme
from ui.kit.text import CHIP_HEIGHT, Chip, chip_width, draw_chip
from ui.kit.thumbs import Thumb

PAD = 12
THUMB = 26  # pixels of a small picture's side
INLINE = "inline"  # a table inside a page, its first column not in line with a screen's title


class Painting:
    """One repaint: colours and places looked up once, then row by row."""

    def __init__(self, view: Any, painter: QPainter) -> None:
        self.view, self.painter, self.model = view, painter, view.model()
        header = view.horizontalHeader()
        self.columns = [
            (at, column, *_place(header, at, theme.S if view.property(INLINE) else theme.XL))
            for at, column in enumerate(self.model.columns)
            if not header.isSectionHidden(at)
        ]
        self.width = view.viewport().width()
        self.height = view.verticalHeader().defaultSectionSize()
        self.drop = (self.height - QFontMetrics(view.plain).height()) // 2
        self.text, self.line = theme.colour("text"), theme.colour("line")
        self.small = QFont(view.font())
        self.small.setPixelSize(theme.size("font-small"))

    def rows(self, first: int, last: int) -> None:
        view = self.view
        chooser = view.selectionModel()
        root = QModelIndex()
        current = view.currentIndex().row() if view.hasFocus() else -1
        y = view.rowViewportPosition(first)
        for number in range(first, last + 1):
            box = QRect(0, y, self.width, self.height)
            if chooser.isRowSelected(number, root):
                self.painter.fillRect(box, theme.colour("selected"))
            elif number == view.hovered:
                self.painter.fillRect(box, theme.colour("hover"))
            self.painter.fillRect(0, y + self.height - 1, self.width, 1, self.line)
            cells = self.model.cells(number)
            if cells is not None:
                self.cells(cells, y)
            if number == current:
                self.focus(box)
            y += self.height

    def cells(self, cells: Sequence[Any], y: int) -> None:
        painter, laid_out = self.painter, self.view.laid_out
        painter.setPen(self.text)
        strong = False
        for at, column, x, room in self.columns:
            cell = cells[at]
            if not cell or room <= 0:
                continue
            if isinstance(cell, Chip):
                self.chip(cell, x, y, room, right=column.right)
                continue
            if isinstance(cell, Thumb):
                self.thumb(cell, x, y)
                continue
            if column.strong is not strong:
                strong = column.strong
                painter.setFont(self.view.strong if strong else self.view.plain)
            text, wide = laid_out(cell, room, strong)
            painter.drawStaticText(x + room - wide if column.right else x, y + self.drop, text)
        if strong:
            painter.setFont(self.view.plain)

    def chip(self, chip: Chip, x: int, y: int, room: int, *, right: bool) -> None:
        painter = self.painter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.small)
        if right:
            x += max(0, room - chip_width(painter.fontMetrics(), chip))
        draw_chip(painter, x, y + (self.height - CHIP_HEIGHT) // 2, chip, room=room)
        painter.restore()

    def thumb(self, thumb: Thumb, x: int, y: int) -> None:
        if thumb.file is None:
            return
        found = self.view.thumbs.picture(thumb.file, self.view.devicePixelRatioF())
        if found is None:
            QTimer.singleShot(0, self.view, self.view.viewport().update)
        else:
            self.painter.drawPixmap(x, y + (self.height - THUMB) // 2, found)

    def focus(self, box: QRect) -> None:
        pen = QPen(QColor(theme.colour("accent")), 2)
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRect(QRectF(box).adjusted(1, 1, -1, -2))
        self.painter.setPen(self.text)


def _place(header: QHeaderView, at: int, edge: int) -> tuple[int, int]:
    """Where a column's text begins and how much room it has; the first one stands in line with the screen's title."""
    x, width = header.sectionViewportPosition(at), header.sectionSize(at)
    left = edge if header.visualIndex(at) == 0 else PAD
    return x + left, width - left - PAD
