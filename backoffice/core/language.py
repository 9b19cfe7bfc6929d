"""One language's words, amounts, numbers and days; any number of languages at once."""

import gettext
import io
import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import cast

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import NumberFormatError, NumberPattern, format_decimal, format_percent, parse_decimal

from backoffice.core.calendar import as_utc, zone_named
from backoffice.core.money import Money, exponent
from backoffice.core.paths import resource

SOURCE = "en"
_CODE = re.compile(r"[a-z]{2,3}([_-][A-Z][A-Za-z]{1,3})?", re.ASCII)
_NUMBER = re.compile(r"[-+]?[\d.,'\u2019\xa0]{1,60}", re.ASCII)
_LETTERED = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")  # "RSD12.34": CLDR parts them, Babel does not
_NARROW = "\u202f"  # newer CLDR writes it before "PM" and in French numbers; many a font lacks it


def mark(text: str) -> str:
    """The text itself; marks a sentence in a table for extraction. Language.words translates it when shown."""
    return text


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code: "en", "es", "pt_BR". What it has no translation for, it says in English."""

    code: str

    def words(self, text: str) -> str:
        """The sentence in this language, with its {places} as they are."""
        return _catalogue(self.code).gettext(text) if text else ""

    def plural(self, one: str, many: str, n: int) -> str:
        """The right one of two sentences for n, with {n} filled in; other {places} stay."""
        return _catalogue(self.code).ngettext(one, many, n).replace("{n}", self.number(n))

    def money(self, amount: Money) -> str:
        """ "1.234,50 €", with the currency's own decimals and no break before its sign."""
        pattern = _money_pattern(self.code, exponent(amount.currency))
        locale = _locale(self.code)
        written = pattern.apply(amount.decimal, locale, currency=amount.currency, currency_digits=False)
        return _LETTERED.sub("\xa0", _plain(written))

    def number(self, n: int | Decimal) -> str:
        """All digits of n, grouped: "12.345,678"."""
        return _plain(format_decimal(n, locale=_locale(self.code), decimal_quantization=False))

    def percent(self, x: Decimal) -> str:
        """A share, Decimal("0.055"), with all its digits: "5,5 %"."""
        return _plain(format_percent(x, locale=_locale(self.code), decimal_quantization=False))

    def day(self, d: date, style: str = "medium") -> str:
        """A day: style "short", "medium", "long" or "full". ValueError for a moment: its day depends on a zone."""
        if isinstance(d, datetime):
            raise ValueError("a day, not a moment: ask calendar.local_day first")
        if style not in ("short", "medium", "long", "full"):
            raise ValueError(f"no style of a day: {style!r}")
        return _plain(format_date(d, style, locale=_locale(self.code)))

    def near_day(self, d: date, today: date) -> str:
        """A day where there is little room: "9 nov" if it is in this year, else "9/11/25"."""
        if d.year != today.year:
            return self.day(d, "short")
        return _plain(format_skeleton("MMMd", d, locale=_locale(self.code)))

    def moment(self, at: datetime, zone: str) -> str:
        """Day and time of an aware moment, as the clocks of the zone show it: "22 nov 2026, 18:23"."""
        there = as_utc(at).astimezone(zone_named(zone))
        time = format_time(there, "short", locale=_locale(self.code))
        joined = str(_locale(self.code).datetime_formats["medium"])
        return _plain(joined.replace("{1}", self.day(there.date())).replace("{0}", time))

    def ago(self, at: datetime, now: datetime) -> str:
        """How long before or after `now` a moment is: "2 minutes ago", "in 3 days", "just now"."""
        span = as_utc(at) - as_utc(now)
        if abs(span.total_seconds()) < 45:
            return self.words("just now")
        return _plain(format_timedelta(span, add_direction=True, locale=_locale(self.code)))

    def country(self, code: str) -> str:
        """A country's name by its ISO 3166 code; the code itself where it has none."""
        return str(_locale(self.code).territories.get(code.upper(), code))

    def parse_decimal(self, text: str) -> Decimal:
        """The number a person typed in this language: "1.234,50" in Spanish. ValueError for anything doubtful.

        Strict: "1234.5" in Spanish is refused, not read as 12345. No exponents, no currency signs.
        """
        typed = "\xa0".join(text.split()).replace("\u2212", "-") if len(text) <= 200 else ""
        if not _NUMBER.fullmatch(typed):
            raise ValueError(f"no number: {text[:40]!r}")
        try:
            return parse_decimal(_as_grouped(typed, _locale(self.code)), _locale(self.code), strict=True)
        except NumberFormatError as error:
            raise ValueError(f"no number: {text[:40]!r}") from error


def languages() -> list[str]:
    """The codes of the languages the program speaks, English first."""
    there = resource("translations").glob("*/LC_MESSAGES/backoffice.[mp]o")
    return [SOURCE, *sorted({path.parents[1].name for path in there} - {SOURCE})]


def system_language(environment: Mapping[str, str]) -> str:
    """The program's language nearest to the one the system is set to, by its environment (POSIX): "es", else "en"."""
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    wished = next((environment[name] for name in names if environment.get(name)), "")
    code = re.split("[_.:@-]", wished)[0].lower()
    return code if code in languages() else SOURCE


def catalogue(folder: Path, code: str) -> gettext.NullTranslations:
    """The translations of a language in a folder of translations/<code>/LC_MESSAGES; empty where there are none.

    A compiled backoffice.mo is taken unless the backoffice.po beside it is newer; that is compiled in memory.
    """
    compiled = folder / code / "LC_MESSAGES" / "backoffice.mo"
    source = compiled.with_suffix(".po")
    if compiled.is_file() and not (source.is_file() and source.stat().st_mtime > compiled.stat().st_mtime):
        return gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    if not source.is_file():
        return gettext.NullTranslations()
    with source.open("rb") as file:
        messages = read_po(file, locale=code, domain="backoffice")
    made = io.BytesIO()
    write_mo(made, messages)
    made.seek(0)
    return gettext.GNUTranslations(made)


@lru_cache(maxsize=32)
def _catalogue(code: str) -> gettext.NullTranslations:
    """The program's own translations of a language; those of "es" also serve "es_MX"."""
    if not _CODE.fullmatch(code):  # a code from a file may hold a path
        return gettext.NullTranslations()
    found = catalogue(resource("translations"), code)
    broader = re.split("[_-]", code)[0]
    return found if isinstance(found, gettext.GNUTranslations) or broader == code else _catalogue(broader)


@lru_cache(maxsize=32)
def _locale(code: str) -> Locale:
    try:
        return Locale.parse(code.replace("-", "_") if _CODE.fullmatch(code) else SOURCE)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(SOURCE)


@lru_cache(maxsize=64)
def _money_pattern(code: str, places: int) -> NumberPattern:
    """The language's pattern for amounts, with a currency's own decimals instead of CLDR's."""
    pattern = copy(_locale(code).currency_formats["standard"])
    pattern.frac_prec = (places, places)
    return cast(NumberPattern, pattern)


def _as_grouped(typed: str, locale: Locale) -> str:
    """Typed numbers have a plain blank or apostrophe where the language groups by a finer one."""
    group = locale.number_symbols["latn"]["group"]
    return typed.replace("\xa0" if group.isspace() else "'", group) if group not in ".," else typed


def _plain(text: str) -> str:
    return text.replace(_NARROW, "\xa0")
