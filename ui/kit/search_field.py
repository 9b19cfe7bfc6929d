"""A field that proposes records after three letters; a scanned or chosen one is told by its id."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.kit import theme
from ui.kit.fields import Field
from ui.kit.icons import icon

LETTERS = 3
_PAUSE = 90  # milliseconds
_HIT = Qt.ItemDataRole.UserRole
_GROUP = 28
_HEIGHT = 44
_MOST_HIGH = 420


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: its feature, id, name, and a second line. `group` heads it in a list of several kinds."""

    feature: str
    id: Any
    title: str
    detail: str = ""
    group: str = ""
    exact: bool = False


Find = Callable[[str], Sequence[Hit]]


class _Rows(QStyledItemDelegate):
    """Paints a hit in two lines, or a group's heading."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        hit = index.data(_HIT)
        if hit is None:
            return QSize(100, _GROUP)
        return QSize(100, _HEIGHT if hit.detail else theme.size("row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        hit, box = index.data(_HIT), option.rect.adjusted(theme.M, 0, -theme.M, 0)
        painter.save()
        small = QFont(option.font)
        small.setPixelSize(theme.size("font-small"))
        if hit is None:
            painter.setFont(small)
            painter.setPen(theme.colour("muted"))
            painter.drawText(box.adjusted(0, 6, 0, 0), Qt.AlignmentFlag.AlignVCenter, index.data())
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("selected"))
        painter.setPen(theme.colour("text"))
        half = box.height() // 2 if hit.detail else box.height()
        title = QRect(box.left(), box.top() + (4 if hit.detail else 0), box.width(), half - (2 if hit.detail else 0))
        _line(painter, title, hit.title, option.font)
        if hit.detail:
            painter.setPen(theme.colour("muted"))
            _line(painter, QRect(box.left(), box.top() + half, box.width(), half - 4), hit.detail, small)
        painter.restore()


def _line(painter: QPainter, box: QRect, text: str, font: QFont) -> None:
    painter.setFont(font)
    cut = QFontMetrics(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)


class SearchBox(QLineEdit):
    """The line with its list of proposals. `chosen` tells the Hit; `nothing` the text Enter found nothing for.

    Where nothing is found the list says `none_found`, if given.
    """

    chosen = Signal(object)
    nothing = Signal(str)

    def __init__(self, find: Find, placeholder: str, *, clears: bool = True, none_found: str = "") -> None:
        super().__init__()
        self.find, self._clears, self._none_found = find, clears, none_found
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.addAction(QAction(icon("search"), "", self), QLineEdit.ActionPosition.LeadingPosition)
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._list.setWindowFlags(Qt.WindowType.ToolTip)
        self._list.setProperty("popup", True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # before the proxy: Qt hands a policy on to it
        self._list.setFocusProxy(self)
        self._list.setAccessibleName(placeholder)
        self._list.setItemDelegate(_Rows(self._list))
        self._list.setModel(self._model)
        self._list.clicked.connect(self._take)
        self.destroyed.connect(self._list.deleteLater)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.propose)
        self.textEdited.connect(lambda _text: self._pause.start())

    @property
    def hits(self) -> list[Hit]:
        """What is proposed now."""
        found = (self._model.item(at).data(_HIT) for at in range(self._model.rowCount()))
        return [hit for hit in found if hit is not None]

    @property
    def said(self) -> list[str]:
        """The lines of the list that is shown now, headings too."""
        return [self._model.item(at).text() for at in range(self._model.rowCount() if self._list.isVisible() else 0)]

    def propose(self) -> None:
        """Asks and shows the list; closes it for fewer than three letters."""
        self._pause.stop()
        self._model.clear()
        text = self.text().strip()
        group = ""
        for hit in self.find(text) if len(text) >= LETTERS else ():
            if hit.group != group:
                group = hit.group
                self._head(group)
            item = QStandardItem(hit.title)
            item.setData(hit, _HIT)
            self._model.appendRow(item)
        if self._none_found and len(text) >= LETTERS and not self._model.rowCount():
            self._head(self._none_found)
        self._show_list()

    def _head(self, text: str) -> None:
        """A line that cannot be chosen."""
        heading = QStandardItem(text)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        self._model.appendRow(heading)

    def _show_list(self) -> None:
        rows = range(self._model.rowCount())
        first = next((at for at in rows if self._model.item(at).data(_HIT)), None)
        if not rows or not self.isVisible():
            self._list.hide()
            return
        high = sum(self._list.sizeHintForRow(at) for at in rows) + 4
        self._list.setGeometry(
            QRect(self.mapToGlobal(QPoint(0, self.height() + 2)), QSize(max(self.width(), 360), min(high, _MOST_HIGH)))
        )
        self._list.setCurrentIndex(QModelIndex() if first is None else self._model.index(first, 0))
        self._list.show()

    def enter(self) -> None:
        """Takes the marked proposal, else the first one found for the text."""
        if self._pause.isActive() or not self._model.rowCount():
            self.propose()
        at = self._list.currentIndex() if self._list.isVisible() else QModelIndex()
        hits = self.hits
        if at.isValid():
            self._take(at)
        elif hits:
            self._choose(hits[0])
        elif self.text().strip():
            self.nothing.emit(self.text().strip())

    def _take(self, index: QModelIndex) -> None:
        hit = index.data(_HIT)
        if hit is not None:
            self._choose(hit)

    def _choose(self, hit: Hit) -> None:
        self._list.hide()
        self._model.clear()
        self.setText("" if self._clears else hit.title)
        self.chosen.emit(hit)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape and self.text():
            event.accept()  # Esc empties the line first; the window's Esc comes after
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.enter()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self._list.hide()
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._list.isVisible():
            self._move(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._list.hide()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._list.hide()
        super().hideEvent(event)

    def _move(self, step: int) -> None:
        at = self._list.currentIndex().row() + step
        while 0 <= at < self._model.rowCount():
            if self._model.item(at).data(_HIT) is not None:
                self._list.setCurrentIndex(self._model.index(at, 0))
                return
            at += step


class SearchField(Field):
    """A record by type-ahead as a field of a form; the value is its id, shown by its title."""

    def __init__(self, key: str, title: str, find: Find, *, placeholder: str = "", **more: Any) -> None:
        self._find, self._placeholder = find, placeholder or title
        self._hit: Hit | None = None
        super().__init__(key, title, **more)

    def make_editor(self) -> SearchBox:
        box = SearchBox(self._find, self._placeholder, clears=False, none_found=self.words("Nothing found."))
        box.chosen.connect(self._chosen)
        box.textEdited.connect(self._edited)
        return box

    @property
    def hit(self) -> Hit | None:
        return self._hit

    def _chosen(self, hit: Hit) -> None:
        self._hit = hit
        self.typed()

    def _edited(self, _text: str) -> None:
        self._hit = None
        self.typed()

    def read(self) -> Any:
        return None if self._hit is None else self._hit.id

    def write(self, value: Hit | None) -> None:
        """Shows a Hit; a bare id has no name to show."""
        self._hit = value
        self.editor.setText("" if value is None else value.title)

    def problem(self) -> str:
        if self._hit is None and self.editor.text().strip():
            return self.words("Choose one of the list.")
        return super().problem()
