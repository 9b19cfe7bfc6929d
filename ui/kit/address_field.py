"""An address as a field of a form: the country decides what is needed, and says so at the part that lacks."""

from functools import cache
from typing import Any

from PySide6.QtWidgets import QWidget

from backoffice.core.language import Language
from backoffice.core.postal import PostalAddress, is_country
from ui.kit import theme
from ui.kit.boxes import column, row
from ui.kit.fields import ChoiceField, Field, MultiLine, TextField
from ui.kit.text import Label

_PARTS = ("name", "company", "street", "postcode", "city", "region", "country")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@cache
def countries(language: Language) -> list[tuple[str, str]]:
    """Every country as (ISO 3166 code, name), by name as the language sorts plain letters."""
    codes = (a + b for a in _LETTERS for b in _LETTERS)
    named = [(code, language.country(code)) for code in codes if is_country(code)]
    return sorted(named, key=lambda entry: entry[1].casefold())


class AddressField(Field):
    """A PostalAddress, never None. Nothing typed but the country counts as empty."""

    def __init__(self, key: str, title: str, language: Language, *, home: str = "", **more: Any) -> None:
        """`home` is the country an empty address starts with."""
        self._home = home
        words = language.words
        self._fields: dict[str, Field] = {
            "name": TextField("name", words("Name")),
            "company": TextField("company", words("Company")),
            "street": MultiLine("street", words("Street and number"), lines=2),
            "postcode": TextField("postcode", words("Postcode"), longest=20),
            "city": TextField("city", words("City")),
            "region": TextField("region", words("Region")),
            "country": ChoiceField("country", words("Country"), countries(language)),
        }
        super().__init__(key, title, **more)
        self.language = language
        for part in self._fields.values():
            part.language = language
            part.changed.connect(self.typed)

    def make_editor(self) -> QWidget:
        part = self._fields
        place = row(part["postcode"], part["city"], gap=theme.M)
        place.setStretch(0, 1)
        place.setStretch(1, 2)
        land = row(part["region"], part["country"], gap=theme.M)
        land.setStretch(0, 1)
        land.setStretch(1, 2)
        made = QWidget()
        made.setLayout(column(part["name"], part["company"], part["street"], place, land, gap=theme.S))
        made.setFocusProxy(part["name"])
        return made

    def parts(self) -> list[QWidget]:
        return [Label(self.title, "strong"), self.editor, self.under]

    def read(self) -> PostalAddress:
        return PostalAddress(**{name: self._fields[name].value() or "" for name in _PARTS})

    def write(self, value: PostalAddress | None) -> None:
        if value is None or value == PostalAddress():
            value = PostalAddress(country=self._home)
        for name in _PARTS:
            self._fields[name].set_value(getattr(value, name))

    def raw(self) -> dict[str, Any]:
        return {name: field.raw() for name, field in self._fields.items()}

    def retype(self, raw: Any) -> None:
        for name in _PARTS:
            self._fields[name].retype(raw[name])

    def is_empty(self) -> bool:
        return self.read() in (PostalAddress(country=self.read().country), PostalAddress())

    def problem(self) -> str:
        if self.is_empty():
            return self.words("This is needed.") if self.required else self._told
        lacking = self.read().missing()
        return self._sentence(lacking[0]) if lacking else self._told

    def show_problem(self) -> None:
        super().show_problem()
        lacking = [] if self.is_empty() and not self._asked else self.read().missing()
        for name, field in self._fields.items():
            field.editor.setProperty("wrong", name in lacking and (self._asked or not field.is_empty()))
            field.editor.style().unpolish(field.editor)
            field.editor.style().polish(field.editor)
        if lacking and not self._asked and all(self._fields[name].is_empty() for name in lacking):
            self.under.hide()  # still being typed

    def _sentence(self, part: str) -> str:
        field = self._fields[part]
        country = self.language.country(self.read().country) if self.language else ""
        if part == "postcode" and not field.is_empty():
            return self.words("{country} does not write postcodes like this.").format(country=country)
        return self.words("An address here needs: {part}.").format(part=field.title)
