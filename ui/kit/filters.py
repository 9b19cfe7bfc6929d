"""The row of filters above a list: a text, choices, and what is set now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from ui.kit import theme
from ui.kit.icons import icon

_PAUSE = 180  # milliseconds after the last letter


@dataclass(frozen=True)
class Filter:
    """One filter: without `choices` a text field; with them a list of (value, title), the first entry `title`: all."""

    key: str
    title: str
    choices: Sequence[tuple[Any, str]] | None = None
    width: int = 0


class FilterRow(QWidget):
    """The filters side by side. `changed` comes a moment after the last letter, at once for a choice."""

    changed = Signal()

    def __init__(self, filters: Sequence[Filter]) -> None:
        super().__init__()
        self._fields: dict[str, QLineEdit | QComboBox] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.changed)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.S)
        for wanted in filters:
            field = self._text(wanted) if wanted.choices is None else self._choice(wanted)
            field.setAccessibleName(wanted.title)
            self._fields[wanted.key] = field
            self.row.addWidget(field)
        self.row.addStretch(1)

    def _text(self, wanted: Filter) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(wanted.title)
        field.setClearButtonEnabled(True)
        field.setFixedWidth(wanted.width or 260)
        field.addAction(QAction(icon("filter"), "", field), QLineEdit.ActionPosition.LeadingPosition)
        field.textChanged.connect(lambda _text: self._pause.start())
        field.returnPressed.connect(self.settle)
        return field

    def _choice(self, wanted: Filter) -> QComboBox:
        field = QComboBox()
        field.addItem(wanted.title, None)
        for value, title in wanted.choices or ():
            field.addItem(title, value)
        if wanted.width:
            field.setFixedWidth(wanted.width)
        field.currentIndexChanged.connect(lambda _at: self.settle())
        return field

    def settle(self) -> None:
        """Tells now what is set, without waiting for the pause."""
        self._pause.stop()
        self.changed.emit()

    def values(self) -> tuple[tuple[str, Any], ...]:
        """What is set: (key, text or value) for each filter in use."""
        found = []
        for key, field in self._fields.items():
            value = field.text().strip() if isinstance(field, QLineEdit) else field.currentData()
            if value not in ("", None):
                found.append((key, value))
        return tuple(found)

    def set_values(self, values: Sequence[tuple[str, Any]]) -> None:
        """Sets exactly these filters; tells once."""
        wanted = dict(values)
        for key, field in self._fields.items():
            field.blockSignals(True)
            if isinstance(field, QLineEdit):
                field.setText(str(wanted.get(key, "")))
            else:
                field.setCurrentIndex(max(0, field.findData(wanted.get(key))))
            field.blockSignals(False)
        self.settle()

    def offer(self, key: str, choices: Sequence[tuple[Any, str]]) -> None:
        """Offers these choices from now on; what is set stays set where it is still offered, else all are shown."""
        field = self._fields[key]
        assert isinstance(field, QComboBox)
        if [(field.itemData(at), field.itemText(at)) for at in range(1, field.count())] == list(choices):
            return
        chosen = field.currentData()
        field.blockSignals(True)
        while field.count() > 1:
            field.removeItem(1)
        for value, title in choices:
            field.addItem(title, value)
        field.setCurrentIndex(max(0, field.findData(chosen)))
        field.blockSignals(False)
        if field.currentData() != chosen:
            self.settle()

    def focus(self) -> None:
        """Puts the cursor into the first filter, its text selected."""
        field = next(iter(self._fields.values()), None)
        if field is not None:
            field.setFocus()
            if isinstance(field, QLineEdit):
                field.selectAll()

    @property
    def in_use(self) -> bool:
        return bool(self.values())
