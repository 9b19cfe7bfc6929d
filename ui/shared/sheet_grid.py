"""A label sheet as a little picture: which labels are used, which are printed next; a click says where to begin."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from backoffice.core.language import Language
from backoffice.shipping.documents.stock import Stock
from ui.kit import theme

_HIGH = 210  # pixels: the sheet's picture
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class SheetGrid(QWidget):
    """The cells of one sheet. `chosen` tells the cell (from 0) to begin at; arrows move it too."""

    chosen = Signal(int)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._stock: Stock | None = None
        self._first, self._count, self._over = 0, 0, -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_sheet(self, stock: Stock, first: int, count: int) -> None:
        """Shows this stock, so many labels to be printed from the cell `first` on."""
        self._stock, self._first, self._count = stock, first, count
        told = self._language.words("Next free label: {n} of {all}")
        self.setAccessibleName(told.format(n=first + 1, all=stock.per_page))
        self.updateGeometry()
        self.setFixedSize(self.sizeHint())
        self.update()

    @property
    def first(self) -> int:
        return self._first

    def sizeHint(self) -> QSize:
        if self._stock is None:
            return QSize(0, 0)
        width, height = self._stock.page
        return QSize(round(_HIGH * width / height), _HIGH)

    def box(self, cell: int) -> QRectF:
        """Where a cell is painted."""
        assert self._stock is not None
        scale = _HIGH / self._stock.page[1]
        place = self._stock.cell(cell)
        return QRectF(place.left * scale, place.top * scale, place.width * scale, place.height * scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._stock is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent" if self.hasFocus() else "control"), 2 if self.hasFocus() else 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)
        font = painter.font()
        font.setPixelSize(theme.size("font-small"))
        painter.setFont(font)
        for cell in range(self._stock.per_page):
            self._paint_cell(painter, cell)
        painter.end()

    def _paint_cell(self, painter: QPainter, cell: int) -> None:
        """Used ones are crossed out, those to be printed filled and numbered as they come."""
        box = self.box(cell).adjusted(1.5, 1.5, -1.5, -1.5)
        printed = self._first <= cell < self._first + self._count
        painter.setPen(QPen(theme.colour("accent" if printed or cell == self._over else "line"), 1))
        painter.setBrush(theme.colour("selected" if printed else "track" if cell < self._first else "surface"))
        painter.drawRoundedRect(box, 2, 2)
        if cell < self._first:
            painter.setPen(QPen(theme.colour("handle"), 1))
            painter.drawLine(box.bottomLeft(), box.topRight())
        elif printed:
            painter.setPen(theme.colour("accent"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(cell - self._first + 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._at(event)
        if cell >= 0:
            self._choose(cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._over = self._at(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = -1
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(event.key())
        if step is None or self._stock is None:
            super().keyPressEvent(event)
            return
        cell = self._first + step[0] + step[1] * self._stock.columns
        if 0 <= cell < self._stock.per_page:
            self._choose(cell)

    def _at(self, event: QMouseEvent) -> int:
        cells = range(self._stock.per_page) if self._stock else ()
        return next((cell for cell in cells if self.box(cell).contains(event.position())), -1)

    def _choose(self, cell: int) -> None:
        if self._stock is not None:
            self.show_sheet(self._stock, cell, self._count)
            self.chosen.emit(cell)
