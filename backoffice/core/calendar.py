"""Time as the shop lives it: the injected clock, the shop's days, and its opening hours."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Protocol, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Shift = tuple[time, time]
Span = tuple[datetime, datetime]

_DAY = timedelta(days=1)
_NOTHING = timedelta(0)


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is advanced."""

    def __init__(self, at: datetime) -> None:
        self._at = as_utc(at)

    def now(self) -> datetime:
        """The moment it was set to, aware, in UTC."""
        return self._at

    def advance(self, by: timedelta) -> None:
        """Move on (or back) by an exact span."""
        self._at += by


def as_utc(moment: datetime) -> datetime:
    """The same moment in UTC; ValueError for a moment that names no zone."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError(f"a moment without a zone: {moment!r}")
    return moment.astimezone(UTC)


@lru_cache(maxsize=64)
def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name ("Europe/Madrid"); ValueError for any other text."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no time zone: {name[:60]!r}") from error


def local_day(moment: datetime, zone: str) -> date:
    """The day it is at this moment in the shop's zone."""
    return as_utc(moment).astimezone(zone_named(zone)).date()


def moment_of(day: date, at: time, zone: str) -> datetime:
    """The moment, in UTC, when the clocks of a zone show this day and time.

    An hour shown twice (clocks put back) is its first time; an hour or day that is skipped is the moment
    of the skip, so that earlier times are never later moments.
    """
    local = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    info = zone_named(zone)
    late = local.replace(tzinfo=info).astimezone(UTC)
    if late.astimezone(info).replace(tzinfo=None) == local:
        return late
    # Skipped: look for the second at which the offset changes, between the readings by either offset.
    low, high = int(local.replace(tzinfo=info, fold=1).timestamp()), int(late.timestamp())
    before = _offset(low, info)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(middle, info) == before else (low, middle)
    return datetime.fromtimestamp(high, UTC)


def _offset(second: int, zone: ZoneInfo) -> timedelta | None:
    return datetime.fromtimestamp(second, zone).utcoffset()


@dataclass(frozen=True)
class BusinessCalendar:
    """The opening hours of a shop.

    week: seven days, Monday first, each with its shifts (opens, closes) in order; a shift that closes at
    time.max or 00:00 lasts until midnight. holidays: days without any hour. ValueError if the zone is unknown,
    shifts overlap, run past midnight, or there are none in the whole week.
    """

    zone: str
    week: tuple[tuple[Shift, ...], ...]
    holidays: frozenset[date] = frozenset()
    _known: dict[date, tuple[Span, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        zone_named(self.zone)
        week = tuple(
            tuple((opens, closes if closes != time.min else time.max) for opens, closes in day) for day in self.week
        )
        if len(week) != 7 or not any(week):
            raise ValueError("a week has seven days and at least one shift")
        for day in week:
            edges = [edge for shift in day for edge in shift]
            if edges != sorted(edges) or any(opens >= closes for opens, closes in day):
                raise ValueError(f"shifts out of order: {edges!r}")
        object.__setattr__(self, "week", week)
        object.__setattr__(self, "holidays", frozenset(self.holidays))

    @classmethod
    def round_the_clock(cls, zone: str) -> Self:
        """Always open."""
        return cls(zone, (((time.min, time.max),),) * 7)

    @classmethod
    def office_hours(cls, zone: str) -> Self:
        """Monday to Friday, 09:00 to 17:00: where a new shop starts."""
        return cls(zone, (((time(9), time(17)),),) * 5 + ((), ()))

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """The earliest moment, in UTC, at which `amount` of opening hours have passed since `start`.

        ValueError for a negative amount or a start without a zone.
        """
        if amount < _NOTHING:
            raise ValueError("hours are added, not taken away")
        moment = as_utc(start)
        if not amount:
            return moment
        for opens, closes in self._from(moment):
            begin = max(opens, moment)
            if closes - begin >= amount:
                return begin + amount
            amount -= max(_NOTHING, closes - begin)
        raise ValueError("no opening hours left in the calendar")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Opening hours from `start` to `end`; negative if `end` comes first."""
        first, last = as_utc(start), as_utc(end)
        if last < first:
            return -self.between(last, first)
        total = _NOTHING
        for opens, closes in self._from(first):
            if opens >= last:
                break
            total += max(_NOTHING, min(closes, last) - max(opens, first))
        return total

    def is_business_day(self, day: date) -> bool:
        """Whether the shop opens at all that day."""
        return bool(self._open(day))

    def add_days(self, day: date, business_days: int) -> date:
        """The n-th business day after `day` (before it, if negative); 0: `day`, or the next business day."""
        step = -_DAY if business_days < 0 else _DAY
        if business_days == 0:
            day, business_days = day - _DAY, 1
        for _ in range(abs(business_days)):
            day += step
            while not self._open(day):
                day += step
        return day

    def opens(self, day: date) -> datetime | None:
        """When the shop first opens that day, in UTC; None on a closed day."""
        spans = self._open(day)
        return spans[0][0] if spans else None

    def closes(self, day: date) -> datetime | None:
        """When the shop closes for that day, in UTC; None on a closed day."""
        spans = self._open(day)
        return spans[-1][1] if spans else None

    def to_json(self) -> str:
        """The calendar as text for the settings; from_json reads it back."""
        return json.dumps(
            {
                "zone": self.zone,
                "week": [[[_written(opens), _written(closes)] for opens, closes in day] for day in self.week],
                "holidays": sorted(day.isoformat() for day in self.holidays),
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The calendar that to_json wrote; ValueError for anything else."""
        try:
            told: dict[str, Any] = json.loads(text)
            week = tuple(tuple((_read(opens), _read(closes)) for opens, closes in day) for day in told["week"])
            holidays = frozenset(date.fromisoformat(day) for day in told["holidays"])
            return cls(told["zone"], week, holidays)
        except (TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ValueError("no business calendar") from error

    def _from(self, moment: datetime) -> Iterator[Span]:
        """All opening spans in order, from the day of `moment` on."""
        day = local_day(moment, self.zone)
        while day < date.max - _DAY:
            yield from self._open(day)
            day += _DAY

    def _open(self, day: date) -> tuple[Span, ...]:
        """The spans of one day in UTC, without those that a change of the clocks swallows."""
        known = self._known.get(day)
        if known is not None:
            return known
        if len(self._known) > 4000:
            self._known.clear()
        shifts = () if day in self.holidays else self.week[day.weekday()]
        spans = ((moment_of(day, opens, self.zone), self._end(day, closes)) for opens, closes in shifts)
        self._known[day] = open_spans = tuple(span for span in spans if span[0] < span[1])
        return open_spans

    def _end(self, day: date, closes: time) -> datetime:
        if closes == time.max:
            return moment_of(day + _DAY, time.min, self.zone)
        return moment_of(day, closes, self.zone)


def _written(at: time) -> str:
    return "24:00" if at == time.max else at.isoformat("auto" if at.second or at.microsecond else "minutes")


def _read(text: str) -> time:
    return time.max if text == "24:00" else time.fromisoformat(text)
