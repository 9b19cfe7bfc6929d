"""Widgets side by side that go on in the next line where there is no room."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.kit import theme


class Flow(QLayout):
    """Lays widgets out as words in a paragraph; `fill_last` gives the last one the rest of its line."""

    def __init__(self, gap: int = theme.XS, *, fill_last: bool = False) -> None:
        super().__init__()
        self._fill_last = fill_last
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def insert(self, at: int, widget: QWidget) -> None:
        self.addWidget(widget)
        self._items.insert(at, self._items.pop())
        self.invalidate()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), moving=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self._items), default=0)
        return QSize(widest, max((item.sizeHint().height() for item in self._items), default=0))

    def setGeometry(self, box: QRect) -> None:
        super().setGeometry(box)
        self._place(box, moving=True)

    def _place(self, box: QRect, *, moving: bool) -> int:
        x, y, high = box.x(), box.y(), 0
        for item in self._items:
            size = item.sizeHint().boundedTo(QSize(box.width(), item.sizeHint().height()))
            if x > box.x() and x + size.width() > box.right() + 1:
                x, y, high = box.x(), y + high + self._gap, 0
            if moving:
                last = self._fill_last and item is self._items[-1]
                width = max(size.width(), box.right() + 1 - x) if last else size.width()
                item.setGeometry(QRect(QPoint(x, y), QSize(width, size.height())))
            x += size.width() + self._gap
            high = max(high, size.height())
        return y + high - box.y()
