"""Which backups go: all of two days stay, one a day for two weeks, one a week for a year."""

from collections.abc import Sequence
from datetime import datetime, timedelta

ALL = timedelta(days=2)
DAILY = timedelta(days=14)
WEEKLY = timedelta(days=365)


def superfluous(moments: Sequence[datetime], now: datetime) -> set[datetime]:
    """Those of `moments` whose backup may go; the newest of a day, or of an ISO week, stands for it.

    The newest of all never goes. A moment in the future (the clock was put back) counts as of today.
    """
    kept: set[datetime] = set()
    spoken_for: set[tuple[int, ...]] = set()
    for moment in sorted(moments, reverse=True):
        age = now - moment
        if age <= ALL:
            kept.add(moment)
            continue
        span = _span(moment, age)
        if span is not None and span not in spoken_for:
            spoken_for.add(span)
            kept.add(moment)
    if moments:
        kept.add(max(moments))
    return set(moments) - kept


def _span(moment: datetime, age: timedelta) -> tuple[int, ...] | None:
    if age <= DAILY:
        return moment.year, moment.month, moment.day
    return tuple(moment.isocalendar()[:2]) if age <= WEEKLY else None
