"""Fields of a form: each knows its name, checks what is typed, and says what is wrong right under it."""

import json
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
    QWidgetAction,
)

from backoffice.core.language import Language
from backoffice.core.money import Money, exponent
from ui.kit import theme
from ui.kit.boxes import column
from ui.kit.icons import icon
from ui.kit.text import Label

_PARTS = {33: "year", 2033: "year", 2: "month", 11: "day"}
_PAUSE = 700  # milliseconds without a key before a half-typed value is called wrong


class Wrong(ValueError):
    """What was typed cannot be read; the sentence says why."""


class Field(QWidget):
    """A title, an editor, and under it a hint or what is wrong. Kinds of fields fill in `read`, `write` and the editor.

    `key` is the draft's attribute. `changed` comes with each keystroke; `problem()` is "" where all is well.
    """

    changed = Signal()

    def __init__(self, key: str, title: str, *, required: bool = False, hint: str = "") -> None:
        super().__init__()
        self.key, self.title, self.required, self._hint = key, title, required, hint
        self.language: Language | None = None
        self._told = ""  # from outside: the form's check or a refusal; gone with the next keystroke
        self._asked = False  # whether an empty required field may be called wrong yet
        self.editor = self.make_editor()
        self.editor.setAccessibleName(title)
        self.editor.installEventFilter(self)
        self.name = Label(title + (" *" if required else ""), "label")
        self.name.setBuddy(self.editor)
        self.under = Label(hint, "small", wrap=True)
        self.under.setVisible(bool(hint))
        self.setFocusProxy(self.editor)
        self.setLayout(column(*self.parts(), gap=theme.XS))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.show_problem)

    def parts(self) -> list[QWidget]:
        return [self.name, self.editor, self.under]

    # what kinds of fields fill in

    def make_editor(self) -> QWidget:
        raise NotImplementedError

    def read(self) -> Any:
        """The value as the draft has it, None or "" where nothing is typed. Raises Wrong."""
        raise NotImplementedError

    def write(self, value: Any) -> None:
        raise NotImplementedError

    def raw(self) -> Any:
        """What stands in the editor, readable or not, as JSON can write it; None where it cannot be kept."""
        return None

    def retype(self, raw: Any) -> None:
        """Puts back what `raw` told, as if it were typed."""

    # what a form asks

    def set_value(self, value: Any) -> None:
        """Shows a value; it counts as untouched."""
        self.editor.blockSignals(True)
        self.write(value)
        self.editor.blockSignals(False)
        self._told, self._asked = "", False
        self.show_problem()

    def value(self) -> Any:
        """The value, or None while what is typed cannot be read."""
        try:
            return self.read()
        except Wrong:
            return None

    def problem(self) -> str:
        """What is wrong, as a sentence; "" where all is well. An empty required field is wrong."""
        try:
            value = self.read()
        except Wrong as error:
            return str(error)
        if self.required and (value is None or value in ("", ())):
            return self.words("This is needed.")
        return self._told

    def tell(self, sentence: str) -> None:
        """Says what somebody else found wrong with this value; it stands until the value is changed."""
        self._told = sentence
        self.show_problem()

    def ask(self) -> None:
        """From now on an empty required field is called wrong too."""
        self._asked = True
        self.show_problem()

    def show_problem(self) -> None:
        """Writes under the editor what is wrong, else the hint."""
        problem = self.problem()
        if problem and not self._asked and self.is_empty() and not self._told:
            problem = ""
        self.under.setText(problem or self._hint)
        self.under.setVisible(bool(problem or self._hint))
        self.under.setProperty("role", "problem" if problem else "small")
        self.editor.setProperty("wrong", bool(problem))
        self.editor.setAccessibleDescription(problem)
        for widget in (self.under, self.editor):
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def is_empty(self) -> bool:
        try:
            return self.read() in (None, "", ())
        except Wrong:
            return False

    def words(self, text: str) -> str:
        return self.language.words(text) if self.language else text

    def typed(self, *_anything: object) -> None:
        """An editor's change: what was wrong may be right now; what is wrong is said after a pause."""
        self._told = ""
        if not self.problem():
            self.show_problem()
        self._pause.start()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor and event.type() == QEvent.Type.FocusOut:
            self._pause.stop()
            self.show_problem()
        return False


class TextField(Field):
    """One line. `longest` letters at most."""

    def __init__(self, key: str, title: str, *, longest: int = 500, placeholder: str = "", **more: Any) -> None:
        self._longest, self._placeholder = longest, placeholder
        super().__init__(key, title, **more)

    def make_editor(self) -> QLineEdit:
        line = QLineEdit()
        line.setMaxLength(self._longest)
        line.setPlaceholderText(self._placeholder)
        line.textChanged.connect(self.typed)
        return line

    def read(self) -> Any:
        return self.editor.text().strip()

    def write(self, value: Any) -> None:
        self.editor.setText(value or "")

    def raw(self) -> str:
        return self.editor.text()

    def retype(self, raw: Any) -> None:
        self.editor.setText(str(raw))


class MultiLine(Field):
    """Several lines of plain text; Tab goes to the next field."""

    def __init__(self, key: str, title: str, *, lines: int = 4, **more: Any) -> None:
        self._lines = lines
        super().__init__(key, title, **more)

    def make_editor(self) -> QPlainTextEdit:
        box = QPlainTextEdit()
        box.setTabChangesFocus(True)
        box.setFixedHeight(box.fontMetrics().lineSpacing() * self._lines + 18)
        box.textChanged.connect(self.typed)
        return box

    def read(self) -> str:
        return self.editor.toPlainText().strip()

    def write(self, value: str | None) -> None:
        self.editor.setPlainText(value or "")

    def raw(self) -> str:
        return self.editor.toPlainText()

    def retype(self, raw: Any) -> None:
        self.editor.setPlainText(str(raw))
        self.editor.moveCursor(QTextCursor.MoveOperation.End)


class NumberField(TextField):
    """A number as the language writes it: Decimal, with at most `places` decimals, between `least` and `most`."""

    def __init__(
        self, key: str, title: str, *, places: int = 0, least: int | None = 0, most: int = 10**9, **more: Any
    ) -> None:
        self.places, self._least, self._most = places, least, most
        super().__init__(key, title, longest=40, **more)

    def read(self) -> Any:
        text = self.editor.text().strip()
        if not text:
            return None
        try:
            number = self.language.parse_decimal(text) if self.language else Decimal(text)
        except (ValueError, ArithmeticError):
            raise Wrong(self.words("This is not a number.")) from None
        if -number.normalize().as_tuple().exponent > self.places:
            raise Wrong(self._too_fine())
        if self._least is not None and number < self._least:
            raise Wrong(self.words("At least {least}.").format(least=self._least))
        if number > self._most:
            raise Wrong(self.words("At most {most}.").format(most=self._most))
        return number

    def _too_fine(self) -> str:
        if self.places == 0:
            return self.words("Whole numbers only.")
        return self.words("At most {places} decimals.").format(places=self.places)

    def write(self, value: Any) -> None:
        self.editor.setText("" if value is None else self.language.number(value) if self.language else str(value))


class IntField(NumberField):
    """A whole number, as int."""

    def read(self) -> int | None:
        number = super().read()
        return None if number is None else int(number)


class MoneyField(NumberField):
    """An exact amount in one currency, as Money; the currency's sign stands in the title."""

    def __init__(self, key: str, title: str, currency: str, **more: Any) -> None:
        self.currency = currency
        super().__init__(key, f"{title} ({currency})", places=exponent(currency), **more)

    def make_editor(self) -> QLineEdit:
        line = super().make_editor()
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        return line

    def read(self) -> Money | None:
        number = super().read()
        return None if number is None else Money.parse(f"{number:f}", self.currency)

    def write(self, value: Money | None) -> None:
        """With all the decimals of the currency, as amounts are written everywhere else."""
        whole, _point, part = (str(value) if value is not None else "").partition(".")
        if not part or self.language is None:
            super().write(None if value is None else value.decimal)
            return
        sign = self.language.number(Decimal("0.5"))[1:-1]
        minus = "-" if whole.startswith("-") else ""
        self.editor.setText(f"{minus}{self.language.number(abs(int(whole)))}{sign}{part}")


class DateField(TextField):
    """A day, typed as the language writes it or as 2026-11-22, or picked from a calendar."""

    def make_editor(self) -> QLineEdit:
        line = super().make_editor()
        pick = QAction(icon("date"), "", line)
        pick.triggered.connect(self._pick)
        line.addAction(pick, QLineEdit.ActionPosition.TrailingPosition)
        return line

    def read(self) -> date | None:
        text = self.editor.text().strip()
        if not text:
            return None
        try:
            return _day(text, self.language)
        except ValueError:
            example = self.language.day(date(2026, 11, 22), "short") if self.language else "2026-11-22"
            raise Wrong(self.words("This is not a day. Write it like {example}.").format(example=example)) from None

    def write(self, value: date | None) -> None:
        self.editor.setText(
            "" if value is None else self.language.day(value, "short") if self.language else value.isoformat()
        )

    def _pick(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        calendar.setLocale(QLocale(self.language.code if self.language else "en"))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        chosen = self.value()
        if chosen is not None:
            calendar.setSelectedDate(QDate(chosen.year, chosen.month, chosen.day))
        calendar.clicked.connect(lambda day: (self.write(date(day.year(), day.month(), day.day())), menu.close()))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        menu.popup(self.editor.mapToGlobal(QPoint(0, self.editor.height())))


def _day(text: str, language: Language | None) -> date:
    """Reads 2026-11-22, or three numbers in the order in which the language writes a short day."""
    typed = re.fullmatch(r"(\d{1,4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,4})\.?", text, re.ASCII)
    if typed is None:
        raise ValueError(text)
    if len(typed[1]) == 4:
        return date(*map(int, typed.groups()))
    sample = language.day(date(2033, 2, 11), "short") if language else "33-2-11"
    order = [_PARTS[int(number)] for number in re.findall(r"\d+", sample)]
    found = dict(zip(order, map(int, typed.groups()), strict=True))
    return date(found["year"] + (2000 if found["year"] < 100 else 0), found["month"], found["day"])


class ChoiceField(Field):
    """One of (value, title); without `required` the first entry is an empty one."""

    def __init__(self, key: str, title: str, choices: Sequence[tuple[Any, str]], **more: Any) -> None:
        self._choices = list(choices)
        super().__init__(key, title, **more)

    def make_editor(self) -> QComboBox:
        box = QComboBox()
        if not self.required:
            box.addItem("", None)
        for value, title in self._choices:
            box.addItem(title, value)
        box.currentIndexChanged.connect(self.typed)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel scrolls the form, it does not change the answer
        return box

    def read(self) -> Any:
        return self.editor.currentData()

    def write(self, value: Any) -> None:
        self.editor.setCurrentIndex(max(0, self.editor.findData(value)))

    def raw(self) -> str:
        return json.dumps(self.editor.currentData(), default=str)

    def retype(self, raw: Any) -> None:
        told = (json.dumps(self.editor.itemData(at), default=str) for at in range(self.editor.count()))
        at = next((at for at, each in enumerate(told) if each == raw), None)
        if at is not None:
            self.editor.setCurrentIndex(at)


class CheckField(Field):
    """Yes or no."""

    def make_editor(self) -> QCheckBox:
        box = QCheckBox(self.title.replace("&", "&&"))
        box.toggled.connect(self.typed)
        return box

    def parts(self) -> list[QWidget]:
        return [self.editor, self.under]

    def read(self) -> bool:
        return self.editor.isChecked()

    def write(self, value: bool) -> None:
        self.editor.setChecked(bool(value))

    def raw(self) -> bool:
        return self.editor.isChecked()

    def retype(self, raw: Any) -> None:
        self.editor.setChecked(bool(raw))
