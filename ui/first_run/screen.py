"""The first run: try the demo shop, or begin a new one with its name, country, currency, zone and language."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from babel.numbers import get_territory_currencies
from PySide6.QtCore import QLocale, QTimer, QTimeZone
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from backoffice.core.calendar import SystemClock
from backoffice.core.errors import Outage, Refused
from backoffice.core.language import languages
from backoffice.core.paths import data_folder, private_folder, safe_file_name
from backoffice.core.postal import is_country
from backoffice.demo import files, making
from backoffice.sentences import sentence_for
from backoffice.shop import Shop
from ui.first_run.zones import zones_of
from ui.kit import theme
from ui.kit.address_field import countries
from ui.kit.boxes import SPRING, column, framed, row
from ui.kit.buttons import button
from ui.kit.fields import ChoiceField, TextField
from ui.kit.form import Form
from ui.kit.text import Label

_WIDTH = 560
_NO_PLACE = frozenset({"UTC", "Etc/UTC", "Etc/GMT", "GMT"})  # what a computer says that was told no zone
_OWN_NAMES = {"en": "English", "es": "Español"}


@dataclass(frozen=True)
class NewShop:
    """What a new shop needs to begin."""

    name: str = ""
    country: str = ""
    currency: str = ""
    zone: str = ""
    language: str = ""


class FirstRun(QWidget):
    """Two ways in; each ends in an open shop."""

    def __init__(self, program: Any) -> None:
        super().__init__()
        self.program = program
        self.words = program.language.words
        self.said = Label("", "problem", wrap=True)
        self.said.hide()
        head = column(
            Label(self.words("Welcome to Backoffice"), "page"),
            Label(
                self.words("Orders, stock and dispatch of your shop, in one file on this computer."), "muted", wrap=True
            ),
            gap=theme.XS,
        )
        inner = framed(column(head, self._demo(), self._new(), gap=theme.L, margins=theme.XL), card=True)
        inner.setFixedWidth(_WIDTH)
        box = QVBoxLayout(self)
        box.addStretch(1)
        box.addLayout(row(SPRING, inner, SPRING))
        box.addStretch(2)

    def _demo(self) -> QFrame:
        self.try_demo = button(self.words("Try the demo shop"), self.open_demo, icon="shop")
        told = Label(
            self.words(
                "An invented shop with orders, stock and customers, to try everything. Nothing leaves this computer."
            ),
            "muted",
            wrap=True,
        )
        line = row(told, self.try_demo, gap=theme.L)
        line.setStretch(0, 1)
        return framed(column(line, margins=theme.M), card=True)

    def _new(self) -> QFrame:
        words, language = self.words, self.program.language
        lands = countries(language)
        used = {currency for code, _name in lands for currency in get_territory_currencies(code)}
        currencies = [(code, code) for code in sorted(used)]
        zones = [(name, name) for name in sorted(available_timezones())]
        spoken = [(code, _OWN_NAMES.get(code, code)) for code in languages()]
        self.form = Form(_guess(language.code), language)
        self.form.add(TextField("name", words("Name of the shop"), required=True, longest=80))
        self.form.add(
            ChoiceField("country", words("Country"), lands, required=True),
            ChoiceField("currency", words("Currency"), currencies, required=True),
        )
        self.form.add(
            ChoiceField("zone", words("Time zone"), zones, required=True),
            ChoiceField("language", words("Language"), spoken, required=True),
        )
        self.form.field("country").changed.connect(self._follow_country)
        self.form.field("language").changed.connect(lambda: QTimer.singleShot(0, self, self._follow_language))
        begin = button(words("Begin a new shop"), self.begin, primary=True)
        existing = button(words("Open a shop file…"), self.program.choose_shop, quiet=True)
        parts = [Label(words("New shop"), "strong"), self.form, self.form.foot, self.said]
        return framed(column(*parts, row(existing, SPRING, begin), gap=theme.M))

    def _follow_country(self) -> None:
        """The country's currency and zone are proposed as soon as a country is chosen."""
        country = self.form.field("country").value()
        found = get_territory_currencies(country) if country else []
        if found:
            self.form.field("currency").set_value(found[0])
        zones = zones_of(country or "")
        if zones and self.form.field("zone").value() not in zones:
            self.form.field("zone").set_value(zones[0])

    def _follow_language(self) -> None:
        """The page anew in the language chosen on it, with all that was typed."""
        code, typed = self.form.field("language").value(), self.form.typed() or {}
        if code == self.program.language.code:
            return
        self.program.set_language(code)
        anew = self.program.window.stack.currentWidget()
        if isinstance(anew, FirstRun):
            anew.form.retype(typed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.field("name").setFocus()

    def begin(self) -> None:
        """Makes the new shop in the data folder and opens it; what is wrong stands at its field."""
        if not self.form.right():
            return
        draft: NewShop = self.form.draft()
        folder = private_folder(data_folder() / "shops")
        path = _free(folder, safe_file_name(draft.name))
        try:
            Shop.create(
                path,
                name=draft.name,
                currency=draft.currency,
                country=draft.country,
                zone=draft.zone,
                language=draft.language,
            ).close()
        except (Refused, Outage) as error:
            self._say(sentence_for(error, self.program.language))
            return
        self.program.open_shop(path)

    def open_demo(self) -> None:
        """Makes a fresh demo shop in a job, then opens it."""
        self.try_demo.setEnabled(False)
        language = self.program.language.code
        path = _free(private_folder(data_folder() / "demo"), "demo")

        def make(progress: Any, _cancelled: Any) -> Path:
            folder = path.parent / f"{path.stem} files"
            shop = making.begin(path, language=language)
            try:
                progress(1, 3)
                files.move(folder, today=_today())
                making.take_in(shop, folder)
                progress(2, 3)
                making.furnish(shop)
            finally:
                shop.close()
            return path

        self.program.jobs.run(make, self.program.open_shop, self._failed, label=self.words("Making the demo shop"))

    def _failed(self, error: BaseException) -> None:
        self.try_demo.setEnabled(True)
        if not isinstance(error, Refused | Outage):
            raise error
        self._say(sentence_for(error, self.program.language))

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))


def _guess(language: str) -> NewShop:
    """Country and zone of this computer, the country's currency; Spain's or the United States' where it tells none."""
    zone = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "ignore")
    country = QLocale.territoryToCode(QLocale.system().territory())
    if not is_country(country) or QLocale.system().language() == QLocale.Language.C:
        country = "ES" if language == "es" else "US"
    currency = next(iter(get_territory_currencies(country)), "EUR")
    if zone in _NO_PLACE or zone not in available_timezones():
        zone = next(iter(zones_of(country)), "Europe/Madrid")
    return NewShop(country=country, currency=currency, zone=zone, language=language)


def _free(folder: Path, name: str) -> Path:
    """A file name in the folder that nothing has yet."""
    turn, path = 1, folder / f"{name}.backoffice"
    while path.exists():
        turn += 1
        path = folder / f"{name} {turn}.backoffice"
    return path


def _today() -> Any:
    return SystemClock().now().date()
