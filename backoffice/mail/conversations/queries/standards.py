"""How quickly people were answered, always with how many were counted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.calendar import BusinessCalendar, local_day
from backoffice.mail.model import Conversation, Direction, MailKind, Message, MessageState
from backoffice.settings import queries as settings
from backoffice.store.prepared import Prepared
from backoffice.store.rows import table_of

HOUR, DAY = timedelta(hours=1), timedelta(hours=24)

_C = table_of(Conversation).c
_M = table_of(Message).c
_FIRST = (
    sa.select(sa.func.min(_M.at))
    .where(
        _M.conversation_id == _C.id,
        _M.state == MessageState.THREADED,
        _M.direction == Direction.INBOUND,
        _M.kind == MailKind.HUMAN,
        _M.thanks_only == sa.false(),
    )
    .correlate(table_of(Conversation))
    .scalar_subquery()
)
_ASKED = Prepared(
    sa.select(
        sa.type_coerce(_FIRST, _C.opened_at.type),
        _C.first_answer_at,
        _C.promised_at,
        _C.topic,
        _C.answers,
        _C.closed_at,
    ).where(_C.opened_at >= sa.bindparam("first"), _C.opened_at < sa.bindparam("until"), _C.listed)
)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of `n` kept a standard; those whose time has not passed yet are counted nowhere."""

    kept: int
    n: int

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 means all; None where nothing was counted."""
        return self.kept * 100 // self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Spans:
    """Median and 90th percentile (nearest rank) of `n` spans; None where there are none."""

    median: timedelta | None
    p90: timedelta | None
    n: int


@dataclass(frozen=True, slots=True)
class Standards:
    """The figures of some conversations that people began."""

    asked: int
    answered: int
    within_hour: Share
    """One hour of opening hours."""
    same_day: Share
    """Until the shop closes on the business day on which it was asked, or the next one after a closed day."""
    within_day: Share
    """24 hours by the clock on the wall."""
    business: Spans
    elapsed: Spans
    promises: Share
    solved: int
    answers: int
    """Of the solved ones: divided by them, the answers a solution takes."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All together, by topic, and by the weekday (0: Monday) on which people wrote."""

    whole: Standards
    by_topic: dict[str, Standards]
    by_weekday: dict[int, Standards]


@dataclass(frozen=True, slots=True)
class _Asked:
    at: datetime
    answered_at: datetime | None
    promised_at: datetime | None
    topic: str
    answers: int
    closed: bool


def figures(session: Session, *, first: datetime, until: datetime, now: datetime) -> Figures:
    """Of the conversations begun from `first` to before `until` in which a person asked something."""
    profile = settings.profile(session)
    hours = profile.hours
    asked = [
        _Asked(row[0], row[1], row[2], row[3], row[4], row[5] is not None)
        for row in _ASKED.all(session, first=first, until=until)
        if row[0] is not None
    ]

    def by(key: Callable[[_Asked], object]) -> Iterable[tuple[object, list[_Asked]]]:
        parts: dict[object, list[_Asked]] = {}
        for one in asked:
            parts.setdefault(key(one), []).append(one)
        return sorted(parts.items(), key=str)

    return Figures(
        whole=_standards(asked, hours, now),
        by_topic={str(topic): _standards(some, hours, now) for topic, some in by(lambda one: one.topic)},
        by_weekday={
            int(str(weekday)): _standards(some, hours, now)
            for weekday, some in by(lambda one: local_day(one.at, profile.zone).weekday())
        },
    )


def _standards(asked: Sequence[_Asked], hours: BusinessCalendar, now: datetime) -> Standards:
    answered = [one for one in asked if one.answered_at is not None]
    business = [hours.between(one.at, one.answered_at) for one in answered if one.answered_at]
    elapsed = [one.answered_at - one.at for one in answered if one.answered_at]
    solved = [one for one in asked if one.closed and one.answers]
    promised = [(one.answered_at, one.promised_at) for one in asked if one.promised_at is not None]
    return Standards(
        asked=len(asked),
        answered=len(answered),
        within_hour=_share([(one.answered_at, hours.add(one.at, HOUR)) for one in asked], now),
        same_day=_share([(one.answered_at, _end_of_day(one.at, hours)) for one in asked], now),
        within_day=_share([(one.answered_at, one.at + DAY) for one in asked], now),
        business=_spans(business),
        elapsed=_spans(elapsed),
        promises=_share([(at, by) for at, by in promised if by is not None], now),
        solved=len(solved),
        answers=sum(one.answers for one in solved),
    )


def _share(limits: Sequence[tuple[datetime | None, datetime]], now: datetime) -> Share:
    """(answered, limit) of each: kept, not kept, or not known yet."""
    kept = sum(at is not None and at <= limit for at, limit in limits)
    missed = sum((at is None and now > limit) or (at is not None and at > limit) for at, limit in limits)
    return Share(kept, kept + missed)


def _end_of_day(at: datetime, hours: BusinessCalendar) -> datetime:
    day = local_day(at, hours.zone)
    closes = hours.closes(day)
    if closes is None or at > closes:
        closes = hours.closes(hours.add_days(day, 1))
    assert closes is not None
    return closes


def _spans(spans: Sequence[timedelta]) -> Spans:
    ranked = sorted(spans)
    if not ranked:
        return Spans(None, None, 0)
    return Spans(ranked[(len(ranked) - 1) // 2], ranked[-(-len(ranked) * 9 // 10) - 1], len(ranked))
