"""Fields only customers need: several e-mails or phones, several addresses, a time of day, a language."""

import re
from collections.abc import Callable
from datetime import time
from functools import cache
from typing import Any

from babel import Locale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backoffice.core.language import Language
from backoffice.core.postal import PostalAddress
from ui.kit import theme
from ui.kit.address_field import AddressField
from ui.kit.boxes import SPRING, column, held, row
from ui.kit.buttons import button
from ui.kit.fields import Field, MultiLine, TextField, Wrong

_SPOKEN = (
    "ar", "bg", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fi", "fr", "ga", "gl", "he", "hi", "hr",
    "hu", "is", "it", "ja", "ko", "lt", "lv", "mt", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr",
    "uk", "zh",
)  # fmt: skip
_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm|a\.?\s?m\.?|p\.?\s?m\.?)?", re.IGNORECASE | re.ASCII)


@cache
def spoken(language: Language, more: str = "") -> list[tuple[str, str]]:
    """Languages as (code, name), by name; `more` is one a customer has already."""
    names = Locale.parse(language.code).languages
    codes = {*_SPOKEN, more} - {""}
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda entry: entry[1].casefold())


class ListField(MultiLine):
    """Several values, one a line; `fault(values)` says what is wrong with one of them."""

    def __init__(self, key: str, title: str, fault: Callable[[tuple[str, ...]], str], **more: Any) -> None:
        self._fault = fault
        super().__init__(key, title, lines=3, **more)

    def read(self) -> tuple[str, ...]:
        values = tuple(filter(None, map(str.strip, self.editor.toPlainText().splitlines())))
        if sentence := self._fault(values):
            raise Wrong(sentence)
        return values

    def write(self, value: tuple[str, ...]) -> None:
        self.editor.setPlainText("\n".join(value))


class TimeField(TextField):
    """A time of day: 15:30, 15.30, 1530, 3 pm."""

    def read(self) -> time | None:
        text = self.editor.text().strip()
        if not text:
            return None
        typed = _TIME.fullmatch(text)
        hour = int(typed[1]) if typed else 99
        half = (typed[3] or "").lower()[:1] if typed else ""
        if half:
            hour = 99 if not 1 <= hour <= 12 else hour % 12 + (12 if half == "p" else 0)
        minute = int(typed[2] or 0) if typed else 99
        if hour > 23 or minute > 59:
            raise Wrong(self.words("This is not a time. Write it like 15:30."))
        return time(hour, minute)

    def write(self, value: time | None) -> None:
        self.editor.setText("" if value is None else f"{value:%H:%M}")


class AddressesField(Field):
    """Postal addresses, each with its own fields; one that lacks something says so and is kept all the same."""

    def __init__(self, key: str, title: str, language: Language, *, home: str, **more: Any) -> None:
        self._speak, self._home = language, home
        self._fields: list[tuple[AddressField, QWidget]] = []
        super().__init__(key, title, **more)

    def make_editor(self) -> QWidget:
        words = self._speak.words
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.L)
        self._more = button(words("Add an address"), self.add, icon="add")
        made = held(column(self._box, row(self._more, SPRING), gap=theme.S))
        made.setFocusProxy(self._more)
        return made

    def add(self) -> None:
        """One more, empty."""
        self._append(None)
        self._fields[-1][0].setFocus()

    def _append(self, address: PostalAddress | None) -> None:
        words = self._speak.words
        title = words("Address {n}").format(n=len(self._fields) + 1)
        field = AddressField("address", title, self._speak, home=self._home)
        field.set_value(address)
        field.changed.connect(self.typed)
        away = button(words("Take this address away"), lambda: self._drop(field), quiet=True)
        holder = held(column(field, row(away, SPRING), gap=theme.XS))
        self._fields.append((field, holder))
        self._box.addWidget(holder)

    def _drop(self, field: AddressField) -> None:
        holder = next(holder for each, holder in self._fields if each is field)
        self._fields = [entry for entry in self._fields if entry[0] is not field]
        holder.hide()
        holder.deleteLater()
        self._more.setFocus()
        self.typed()

    def read(self) -> tuple[PostalAddress, ...]:
        return tuple(field.read() for field, _holder in self._fields if not field.is_empty())

    def write(self, value: tuple[PostalAddress, ...]) -> None:
        for _field, holder in self._fields:
            holder.hide()
            holder.deleteLater()
        self._fields = []
        for address in value:
            self._append(address)

    def raw(self) -> list[Any]:
        return [field.raw() for field, _holder in self._fields]

    def retype(self, raw: Any) -> None:
        self.write(())
        for each in raw:
            self._append(None)
            self._fields[-1][0].retype(each)
        self.typed()
