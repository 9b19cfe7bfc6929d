"""Erases people nobody has dealt with for so many months: asked for by hand, or each day if the shop wishes it."""

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session

from backoffice.core.calendar import local_day, moment_of
from backoffice.core.errors import Refused
from backoffice.customers.above import UNFINISHED
from backoffice.customers.person import erasing
from backoffice.settings import queries as settings
from backoffice.store.attempt import attempt
from backoffice.store.prepared import driver_of
from backoffice.store.rows import moment_text
from backoffice.store.unit_of_work import UnitOfWork

MOST = 50
"""So many people are erased in one transaction: others may write in between."""

_DUE = f"""
SELECT c.id, CASE c.name WHEN '' THEN c.company ELSE c.name END, coalesce(c.last_order_at, c.created_at)
FROM customer AS c WHERE c.listed = 1 AND c.id > :after
AND (c.last_order_at < :before OR c.last_order_at IS NULL AND c.created_at < :before)
AND NOT EXISTS (SELECT 1 FROM orders WHERE customer_id = c.id AND (placed_at >= :before OR {UNFINISHED}
  OR status IN ('open', 'on_hold') AND payment IN ('unpaid', 'part_paid')))
AND NOT EXISTS (SELECT 1 FROM contact WHERE customer_id = c.id
  AND ("at" >= :before OR due_at IS NOT NULL AND done_at IS NULL))
AND NOT EXISTS (SELECT 1 FROM consent WHERE customer_id = c.id AND "at" >= :before)
ORDER BY c.id LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody whose time has come; `last_seen` is the day of the last order, or on which they became a customer."""

    id: int
    name: str
    last_seen: date


@dataclass(frozen=True, slots=True)
class Forecast:
    """Whom a purge would take away, by id, and in rows what goes with them: names as in `erasing.Erasure`."""

    people: list[Due]
    erased: dict[str, int]


def limit_of(today: date, months: int, zone: str) -> datetime:
    """The moment before which somebody must have been seen last: the same day so many months ago, as it began.

    On the last of a month the last of the shorter one. Refuses `customers.bad-age` for fewer than 6 months, or more
    than 600.
    """
    if not 6 <= months <= 600:
        raise Refused("customers.bad-age", months=months)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    day = min(today.day, monthrange(year, month + 1)[1])
    return moment_of(date(year, month + 1, day), time.min, zone)


def due(session: Session, *, now: datetime, months: int, after: int = 0, most: int = -1) -> list[Due]:
    """Who would be erased now, by id: nothing bought, said or allowed for so many months, and nothing open.

    Open is an order that has not left or is not paid, and a call-back nobody made. `after` and `most` cut the list
    into pieces. Refuses as `limit_of`.
    """
    zone = settings.profile(session).zone
    before = moment_text(limit_of(local_day(now, zone), months, zone))
    found = driver_of(session).execute(_DUE, {"before": before, "after": after, "most": most})
    return [Due(one, name, local_day(datetime.fromisoformat(f"{seen}+00:00"), zone)) for one, name, seen in found]


def forecast(session: Session, *, now: datetime, months: int) -> Forecast:
    """The dry run of a whole purge; nothing is changed. Refuses as `limit_of`.

    Reads each person once, so that many take a while: a job. Whoever cannot be erased after all is left out.
    """
    people, erased = [], Counter[str]()
    for one in due(session, now=now, months=months):
        try:
            erased.update(erasing.plan(session, one.id).erased)
        except Refused:
            continue
        people.append(one)
    return Forecast(people, dict(erased))


def purge(work: UnitOfWork, *, months: int, after: int = 0) -> tuple[list[Due], int]:
    """Erases up to MOST of those who are `due`, and cannot be undone: who they were, and the id to go on after.

    0 to go on after means that nobody is left. Whoever cannot be erased after all is left out. Refuses as `limit_of`.
    """
    people = due(work.session, now=work.now, months=months, after=after, most=MOST)
    gone = []
    for one in people:
        try:
            with attempt(work):
                erasing.erase(work, one.id)
        except Refused:
            continue
        gone.append(one)
    return gone, people[-1].id if len(people) == MOST else 0
