"""Reads dates and moments as platforms and people write them, in six languages; what comes out is aware and in UTC.

"03/04/26" is the third of April or the fourth of March: the column's other values decide ("25/04/26" can only have
the day first), else what the channel or the shop's country is known to write, else nobody may: date-ambiguous.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from babel import Locale

from backoffice.channels.cells import BadCell
from backoffice.core.calendar import zone_named
from backoffice.core.text import fold

MONTH_FIRST_COUNTRIES = frozenset({"US", "PH", "PW", "FM", "MH", "AS", "GU", "MP", "PR", "VI", "UM"})

_LANGUAGES = ("en", "es", "de", "fr", "it", "pt")
_YEARS = range(1970, 2101)
_TIME = (
    r"(?:[\sT,]\s*(?:at |um |a las |à )?(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})"
    r"(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?\s*(?P<half>[ap]\.?\s?m\.?)?(?:\s?uhr)?)?(?:\s*(?P<zone>z|[+-]\d{2}:?\d{2}|[+-]\d{2}|(?:utc|gmt)[+-]\d{1,2}|[a-z]{2,5}))?"
)
_ISO = re.compile(r"(?P<y>\d{4})(?P<sep>[-/.]?)(?P<m>\d{2})(?P=sep)(?P<d>\d{2})" + _TIME, re.ASCII | re.IGNORECASE)
_NUMERIC = re.compile(
    r"(?P<first>\d{1,2})(?P<sep>[-/. ])\s?(?P<second_>\d{1,2})(?P=sep)\s?(?P<y>\d{4}|\d{2})" + _TIME,
    re.ASCII | re.IGNORECASE,
)
_WEEKDAY = r"(?:[^\W\d]{2,12}\.?,?\s+)?"
_DAY_NAMED = re.compile(
    _WEEKDAY + r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]*(?:de |del |di )?\s*(?P<name>[^\W\d]{3,12})\.?"
    r"[\s,-]*(?:de |del |di )?\s*(?P<y>\d{4}|\d{2})" + _TIME,
    re.IGNORECASE,
)
_NAME_DAY = re.compile(
    _WEEKDAY + r"(?P<name>[^\W\d]{3,12})\.?[\s-]*(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s,-]+(?P<y>\d{4}|\d{2})" + _TIME,
    re.IGNORECASE,
)
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "bst": 1, "ist": None, "west": 1, "cet": 1, "mez": 1, "cest": 2,
    "mesz": 2, "eet": 2, "eest": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7, "akst": -9, "akdt": -8, "hst": -10, "brt": -3, "art": -3, "jst": 9, "kst": 9, "aest": 10, "aedt": 11,
    "nzst": 12, "nzdt": 13,
}  # fmt: skip


class Dates:
    """Reads one column's dates. `order` is "day", "month", "mixed" (evidence for both) or "" (unknown)."""

    def __init__(self, zone: str = "UTC", order: str = "") -> None:
        self._zone: tzinfo = UTC if zone == "UTC" else zone_named(zone)
        self._order = order

    def __call__(self, text: str) -> datetime | None:
        """The moment in UTC; None for an empty cell. A date alone is its first moment in the shop's zone.

        BadCell: not-a-date, date-ambiguous.
        """
        if len(text) == 25 and text[10] == " " and text[19] == " ":
            try:  # Shopify: 2025-10-02 17:09:34 -0300
                at = datetime.fromisoformat(text[:19] + "+00:00") - _offset(text[20:])
                if at.year in _YEARS:
                    return at
            except (ValueError, OverflowError):
                pass
        bare = " ".join(text.split())
        if not bare:
            return None
        try:
            at = self._read(bare, text)
        except (ValueError, OverflowError) as error:
            if isinstance(error, BadCell):
                raise
            raise BadCell("not-a-date", text) from error
        if at.year not in _YEARS:
            raise BadCell("not-a-date", text)
        return at

    def _read(self, bare: str, text: str) -> datetime:
        if found := _ISO.fullmatch(bare):
            return self._moment(found, found["y"], int(found["m"]), int(found["d"]))
        if found := _NUMERIC.fullmatch(bare):
            first, second = int(found["first"]), int(found["second_"])
            month_first = self._month_first(first, second, found["sep"], text)
            return self._moment(found, found["y"], *((first, second) if month_first else (second, first)))
        for pattern in (_DAY_NAMED, _NAME_DAY):
            found = pattern.fullmatch(bare)
            month = _months().get(fold(found["name"])) if found else None
            if found and month:
                return self._moment(found, found["y"], month, int(found["d"]))
        raise BadCell("not-a-date", text)

    def _month_first(self, first: int, second: int, sep: str, text: str) -> bool:
        if sep == ".":
            return False  # only countries that put the day first write points
        if self._order in ("day", "month"):
            return self._order == "month"  # one that cannot be read so is no date: the rest would be doubtful
        if first > 12 or second > 12 or first == second:
            return second > 12
        raise BadCell("date-ambiguous", text)

    def _moment(self, found: re.Match[str], year: str, month: int, day: int) -> datetime:
        hour = int(found["hour"] or 0)
        if half := found["half"]:
            if not 1 <= hour <= 12:
                raise ValueError("no hour of a half day")
            hour = hour % 12 + (12 if half[0] in "pP" else 0)
        full = int(year) if len(year) == 4 else 2000 + int(year)
        at = datetime(full, month, day, hour, int(found["minute"] or 0), int(found["second"] or 0))
        zone = found["zone"]
        if zone and not found["hour"]:
            raise ValueError("a zone without a time")
        if zone:
            return at.replace(tzinfo=UTC) - _offset(zone)
        return at.replace(tzinfo=self._zone).astimezone(UTC)


@lru_cache(maxsize=256)
def _offset(zone: str) -> timedelta:
    """A zone's distance from UTC: "-0700", "+02:00", "UTC+2", "CEST". ValueError for what is none, or is two."""
    name = zone.lower()
    if name in _ZONES:
        hours = _ZONES[name]
        if hours is None:  # "IST" is Irish, Indian and Israeli
            raise ValueError(f"an ambiguous zone: {zone}")
        return timedelta(hours=hours)
    digits = name.removeprefix("utc").removeprefix("gmt")
    if not re.fullmatch(r"[+-]\d{1,2}(?::?\d{2})?", digits, re.ASCII):
        raise ValueError(f"no zone: {zone[:10]!r}")
    number = digits[1:].replace(":", "")
    hours, minutes = (int(number), 0) if len(number) <= 2 else (int(number[:-2]), int(number[-2:]))
    ahead = timedelta(hours=hours, minutes=minutes)
    timezone(ahead)  # ValueError from 24 hours on
    return -ahead if digits[0] == "-" else ahead


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Names of months, long and short, without accents, in our six languages."""
    names: dict[str, int] = {"sept": 9, "set": 9, "mrz": 3, "maer": 3, "maerz": 3}
    for language in _LANGUAGES:
        months = Locale.parse(language).months
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[use][width].items():
                    names.setdefault(fold(str(name)).strip("."), number)
    short = {name[:3]: number for name, number in names.items() if not name.startswith("jui")}  # juin and juillet
    return short | names


def day_order(values: Iterable[str]) -> str:
    """What a column's dates show: "day" or "month" comes first, "mixed", or "" where none of them tells.

    Stops at the first contradiction; "." between the numbers tells nothing about those with "/".
    """
    seen: set[str] = set()
    for text in values:
        found = _NUMERIC.fullmatch(" ".join(text.split())) if text else None
        if found is None or found["sep"] == ".":
            continue
        if int(found["first"]) > 12:
            seen.add("day")
        elif int(found["second_"]) > 12:
            seen.add("month")
        if len(seen) == 2:
            return "mixed"
    return seen.pop() if seen else ""


def needs_order(values: Iterable[str]) -> bool:
    """Whether any of these dates can be read two ways."""
    for text in values:
        found = _NUMERIC.fullmatch(" ".join(text.split())) if text else None
        if found and found["sep"] != "." and found["first"] != found["second_"]:
            return True
    return False
