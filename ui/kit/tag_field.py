"""Tags as a field of a form: words as chips, added by Enter or comma, taken away by a click or Backspace."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from ui.kit.fields import Field
from ui.kit.flow import Flow
from ui.kit.icons import icon
from ui.kit.text import tip

LONGEST = 40
_WIDEST = 220  # pixels of a tag


class _Line(QLineEdit):
    """Tells Enter on a word (it presses no button then) and Backspace on nothing."""

    entered = Signal()
    rubbed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self.entered.emit()
            return
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.rubbed.emit()
        super().keyPressEvent(event)


class TagField(Field):
    """A tuple of tags, each once, in the order they were added."""

    def __init__(self, key: str, title: str, **more: Any) -> None:
        self._tags: list[str] = []
        super().__init__(key, title, **more)

    def make_editor(self) -> QWidget:
        made = QWidget()
        self._flow = Flow(fill_last=True)
        self._line = _Line()
        self._line.setAccessibleName(self.title)
        self._line.setMinimumWidth(120)
        self._line.setMaxLength(LONGEST)
        self._line.textEdited.connect(self._comma)
        self._line.editingFinished.connect(self._add)
        self._line.entered.connect(self._add)
        self._line.rubbed.connect(self._drop_last)
        self._flow.addWidget(self._line)
        made.setLayout(self._flow)
        made.setFocusProxy(self._line)
        return made

    def read(self) -> tuple[str, ...]:
        return tuple(self._tags)

    def write(self, value: Any) -> None:
        self._tags = []
        while self._flow.count() > 1:
            self._flow.takeAt(0).widget().deleteLater()
        for tag in value or ():
            self._show(tag)

    def raw(self) -> list[str]:
        return list(self._tags)

    def retype(self, raw: Any) -> None:
        self.write([str(tag) for tag in raw])
        self.typed()

    def _drop_last(self) -> None:
        if self._tags:
            self._drop(self._tags[-1])

    def _comma(self, text: str) -> None:
        if "," in text or ";" in text:
            self._line.setText(text.replace(";", ",").replace(",", ""))
            self._add()

    def _add(self) -> None:
        tag = " ".join(self._line.text().split())
        self._line.clear()
        if tag and tag.casefold() not in (known.casefold() for known in self._tags):
            self._show(tag)
            self.typed()

    def _show(self, tag: str) -> None:
        chip = QPushButton(icon("close"), "")
        shown = chip.fontMetrics().elidedText(tag, Qt.TextElideMode.ElideRight, _WIDEST)
        chip.setText(shown.replace("&", "&&"))
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setAutoDefault(False)
        chip.setAccessibleName(tag)
        away = self.words("Take this tag away")
        tip(chip, away if shown == tag else f"{tag}\n{away}")
        chip.clicked.connect(lambda _checked=False: self._drop(tag))
        self._flow.insert(len(self._tags), chip)
        self._tags.append(tag)

    def _drop(self, tag: str) -> None:
        at = self._tags.index(tag)
        self._tags.pop(at)
        self._flow.takeAt(at).widget().deleteLater()
        self._flow.invalidate()
        self._line.setFocus()
        self.typed()
