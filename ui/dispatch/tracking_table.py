"""The parcels to be dispatched with their tracking numbers and label costs, typed into the table or scanned."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from backoffice.core.money import Money
from backoffice.shipping.queries.parcel_lists import ParcelListRow
from ui.kit import theme
from ui.kit.context import AppContext
from ui.shared.foreign import calm_line

NUMBER, ORDERS, CUSTOMER, CARRIER, TRACKING, COST = range(6)
LONGEST = 60
_DISPLAY, _EDIT = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(slots=True)
class Typed:
    """What was typed for one parcel."""

    tracking: str = ""
    cost: Money | None = None


class Parcels(QAbstractTableModel):
    """The rows. `wrong` tells a sentence when something typed cannot be right; then nothing is changed."""

    wrong = Signal(str)

    def __init__(self, app: AppContext, rows: Sequence[ParcelListRow], currency: str) -> None:
        super().__init__()
        self._app, self.rows, self.currency = app, list(rows), currency
        self.typed = [Typed(row.tracking) for row in self.rows]
        words = app.words
        self._titles = (
            words("Parcel"),
            words("Order"),
            words("Customer"),
            words("Carrier"),
            words("Tracking number"),
            words("Label cost"),
        )

    # Qt's side

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == COST else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        editable = Qt.ItemFlag.ItemIsEditable if index.column() in (TRACKING, COST) else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | editable

    def data(self, index: QModelIndex, role: int = _DISPLAY) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() == COST else None
        if role not in (_DISPLAY, _EDIT):
            return None
        row, typed = self.rows[index.row()], self.typed[index.row()]
        if index.column() == COST:
            if typed.cost is None:
                return ""
            return (
                self._app.format.money(typed.cost) if role == _DISPLAY else self._app.format.number(typed.cost.decimal)
            )
        texts = (row.number, row.orders, calm_line(row.customer), calm_line(row.carrier, most=60), typed.tracking)
        return texts[index.column()]

    def setData(self, index: QModelIndex, value: Any, role: int = _EDIT) -> bool:
        if role != _EDIT:
            return False
        text = str(value).strip()
        done = self._set_cost(index.row(), text) if index.column() == COST else self.set_tracking(index.row(), text)
        if done:
            self.dataChanged.emit(index, index)
        return done

    # ours

    def set_tracking(self, at: int, number: str) -> bool:
        """Notes the number of one parcel; False, and why, where it cannot be one or belongs to another parcel."""
        if not number.isascii() or not number.isprintable() or len(number) > LONGEST:
            self.wrong.emit(self._app.words("This cannot be a tracking number: up to 60 plain letters and digits."))
            return False
        other = next((n for n, typed in enumerate(self.typed) if number and typed.tracking == number and n != at), None)
        if other is not None:
            told = self._app.words("{number} is the tracking number of parcel {parcel} already.")
            self.wrong.emit(told.format(number=number, parcel=self.rows[other].number))
            return False
        self.typed[at].tracking = number
        self.dataChanged.emit(self.index(at, TRACKING), self.index(at, TRACKING))
        return True

    def set_all_costs(self, cost: Money | None) -> None:
        """The same cost for every parcel."""
        for typed in self.typed:
            typed.cost = cost
        self.dataChanged.emit(self.index(0, COST), self.index(len(self.rows) - 1, COST))

    def find(self, code: str) -> int | None:
        """The row of the parcel with this number, or with this order in it."""
        for at, row in enumerate(self.rows):
            if code == row.number or code in row.orders.split(", ") or code in row.theirs.split(", "):
                return at
        return None

    def without_tracking(self, start: int = 0) -> int | None:
        """The next row without a number, from `start` on and then from the top."""
        turned = [*range(start, len(self.rows)), *range(start)]
        return next((at for at in turned if not self.typed[at].tracking), None)

    @property
    def tracking(self) -> dict[int, str]:
        """What was typed, by parcel; those without are absent."""
        return {row.id: typed.tracking for row, typed in zip(self.rows, self.typed, strict=True) if typed.tracking}

    @property
    def costs(self) -> dict[int, Money]:
        return {row.id: typed.cost for row, typed in zip(self.rows, self.typed, strict=True) if typed.cost is not None}

    @property
    def changed(self) -> bool:
        """Whether anything was typed that is not kept yet."""
        pairs = zip(self.rows, self.typed, strict=True)
        return any(typed.tracking != row.tracking or typed.cost is not None for row, typed in pairs)

    def _set_cost(self, at: int, text: str) -> bool:
        if not text:
            self.typed[at].cost = None
            return True
        try:
            number = self._app.language.parse_decimal(text)
            cost = Money.parse(f"{number:f}", self.currency)
        except (ValueError, ArithmeticError):
            told = self._app.words("This is no amount in {currency}.")
            self.wrong.emit(told.format(currency=self.currency))
            return False
        if cost.minor < 0:
            self.wrong.emit(self._app.words("A label does not cost less than nothing."))
            return False
        self.typed[at].cost = cost
        return True


class _Cells(QStyledItemDelegate):
    """Paints as the kit's tables do; cells that can be typed into look like it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        box = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("selected"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme.colour("line"))
        if index.column() in (TRACKING, COST):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.colour("control"))
            painter.setBrush(theme.colour("surface"))
            painter.drawRoundedRect(QRectF(box).adjusted(4.5, 3.5, -4.5, -4.5), 4, 4)
        painter.setPen(theme.colour("text"))
        left = theme.XL if index.column() == 0 else theme.M
        room = box.adjusted(left, 0, -theme.M, -1)
        text = str(index.data() or "")
        shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        right = index.column() == COST
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class TrackingView(QTableView):
    """The table: a letter begins to type, Tab goes on, Enter keeps."""

    def finish_typing(self) -> None:
        """Keeps what is typed in an open cell, as Enter does; a wrong value is told by the model."""
        editor = self.indexWidget(self.currentIndex())
        if self.state() == QAbstractItemView.State.EditingState and editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)


def tracking_view(model: Parcels, *, name: str) -> TrackingView:
    """The table, dressed."""
    view = TrackingView()
    view.setAccessibleName(name)
    view.setModel(model)
    view.setItemDelegate(_Cells(view))
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    triggers = QAbstractItemView.EditTrigger
    view.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setCornerButtonEnabled(False)
    rows = view.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(theme.size("row"))
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    for column, width in enumerate((92, 84, 150, 132, 184, 140)):
        view.setColumnWidth(column, width)
    header.setSectionResizeMode(CUSTOMER, QHeaderView.ResizeMode.Stretch)
    return view
