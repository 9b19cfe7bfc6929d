"""What needs somebody now: columns of work by the clock, and a few figures with their trend."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.calendar import local_day
from backoffice.customers import queries as customers
from backoffice.inventory import queries as inventory
from backoffice.orders.queries import lists
from backoffice.settings import queries as settings
from backoffice.shipping.queries import queue

ROWS = 12
"""How many records a column shows; its count says how many there are."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A share or a number with what it was before. `n` is how many it was counted from; a share of 0 has no value."""

    name: str
    value: int | None
    before: int | None
    n: int


@dataclass(frozen=True, slots=True)
class Today:
    """The first screen: the day, its columns and figures."""

    day: date
    dispatch: list[queue.QueueRow]
    to_dispatch: int
    late: int
    call_back: list[customers.CallBack]
    calls: int
    low_stock: list[inventory.ProductRow]
    low: int | None
    oversold: list[inventory.ProductRow]
    oversold_units: dict[int, int]
    on_hold: int
    unpaid: int
    figures: list[Figure]


def today(session: Session, *, now: datetime) -> Today:
    """Everything on the first screen, read from indexes."""
    zone = settings.profile(session).zone
    day = local_day(now, zone)
    counts = lists.counts(session, today=day)
    tonight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    oversold = inventory.page(session, view="oversold", limit=ROWS).rows
    return Today(
        day=day,
        dispatch=queue.queue(session, today=day, limit=ROWS).rows,
        to_dispatch=counts["ship-by"],
        late=counts["late"],
        call_back=customers.call_backs(session, until=tonight, limit=ROWS),
        calls=customers.count_call_backs(session, until=tonight),
        low_stock=inventory.page(session, view="low", limit=ROWS).rows,
        low=inventory.count(session, view="low"),
        oversold=oversold,
        oversold_units=inventory.oversold_units(session, [each.id for each in oversold]),
        on_hold=counts["on-hold"],
        unpaid=counts["unpaid"],
        figures=[
            _on_time(session, day, zone),
            _shipped(session, day, zone),
            _orders(session, day, zone),
            _returning(session, day, zone),
        ],
    )


def is_new(session: Session) -> bool:
    """Whether the shop has neither orders nor products yet."""
    found = session.connection().execute(
        sa.text("SELECT EXISTS (SELECT 1 FROM orders), EXISTS (SELECT 1 FROM product)")
    )
    return not any(found.one())


def attention(session: Session, *, now: datetime) -> dict[str, int]:
    """The counts beside the sidebar's words: what needs somebody there."""
    day = local_day(now, settings.profile(session).zone)
    counts = lists.counts(session, today=day)
    return {
        "today": counts["late"],
        "orders": counts["on-hold"],
        "dispatch": counts["ship-by"],
        "products": inventory.count(session, view="low") or 0,
        "customers": customers.count_call_backs(session, until=now),
    }


def _on_time(session: Session, day: date, zone: str) -> Figure:
    """Of the parcels of the last seven days, the share that left no later than promised, in percent."""

    def share(first: date) -> tuple[int | None, int]:
        found = session.connection().execute(
            _PARCELS_ON_TIME, {"from": _at(first, zone), "to": _at(first + timedelta(days=7), zone)}
        )
        pairs = [(local_day(_moment(shipped), zone), promised) for shipped, promised in found if promised]
        kept = sum(left <= date.fromisoformat(promised) for left, promised in pairs)
        return (round(100 * kept / len(pairs)) if pairs else None), len(pairs)

    value, n = share(day - timedelta(days=6))
    return Figure("on_time", value, share(day - timedelta(days=13))[0], n)


def _shipped(session: Session, day: date, zone: str) -> Figure:
    """Parcels that left in the last seven days, and in the seven before."""
    value = _count(session, _SHIPPED, day - timedelta(days=6), day + timedelta(days=1), zone)
    before = _count(session, _SHIPPED, day - timedelta(days=13), day - timedelta(days=6), zone)
    return Figure("shipped", value, before, value)


def _orders(session: Session, day: date, zone: str) -> Figure:
    """Orders placed today, and on the same day a week ago."""
    value = _count(session, _PLACED, day, day + timedelta(days=1), zone)
    before = _count(session, _PLACED, day - timedelta(days=7), day - timedelta(days=6), zone)
    return Figure("orders", value, before, value)


def _returning(session: Session, day: date, zone: str) -> Figure:
    """Of this month's customers, the share who bought before, in percent."""
    first = day.replace(day=1)
    found = session.connection().execute(_BUYERS, {"from": _at(first, zone)}).one()
    buyers, again = int(found[0]), int(found[1] or 0)
    return Figure("returning", round(100 * again / buyers) if buyers else None, None, buyers)


_PARCELS_ON_TIME = sa.text(
    "SELECT s.shipped_at, min(o.promised_dispatch) FROM shipment AS s"
    " JOIN shipment_line AS l ON l.shipment_id = s.id JOIN orders AS o ON o.id = l.order_id"
    " WHERE s.shipped_at >= :from AND s.shipped_at < :to AND s.state != 'void' GROUP BY s.id"
)
_SHIPPED = sa.text("SELECT count(*) FROM shipment WHERE shipped_at >= :from AND shipped_at < :to AND state != 'void'")
_PLACED = sa.text("SELECT count(*) FROM orders WHERE placed_at >= :from AND placed_at < :to")
_BUYERS = sa.text("SELECT count(*), sum(order_count > 1) FROM customer WHERE listed = 1 AND last_order_at >= :from")


def _count(session: Session, statement: sa.TextClause, first: date, after: date, zone: str) -> int:
    found = session.connection().execute(statement, {"from": _at(first, zone), "to": _at(after, zone)})
    return int(found.scalar_one())


def _at(day: date, zone: str) -> str:
    """The day's first moment as the database writes moments."""
    moment = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("UTC"))
