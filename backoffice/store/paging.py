"""Keyset paging for every list: a page starts behind (or ends before) a record, never at the n-th row.

An offset reads everything it skips; a keyset finds its place in the index `(sort column, id)`, so the page in
the middle of a million rows costs what the first one does.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Generic, Self, TypeAlias, TypeVar

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session

from backoffice.core.errors import Refused

Value: TypeAlias = str | int | datetime | date | None
Made = TypeVar("Made")

LONGEST_CURSOR = 20_000
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a sorted list: the sort values of one row and its id."""

    values: tuple[Value, ...]
    id: int

    def text(self) -> str:
        """As opaque, URL-safe text, for a command line or a link."""
        plain = json.dumps([[_packed(value) for value in self.values], self.id], ensure_ascii=True)
        return base64.urlsafe_b64encode(plain.encode("ascii")).decode("ascii").rstrip("=")

    @classmethod
    def read(cls, text: str) -> Self:
        """The cursor that `text()` wrote. Refuses `store.bad-cursor` for anything else, whoever made it."""
        if not text.isascii() or len(text) > LONGEST_CURSOR:
            raise Refused("store.bad-cursor")
        try:
            plain = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            values, record_id = json.loads(plain.decode("ascii"))
            cursor = cls(tuple(_unpacked(value) for value in values), record_id)
        except (ValueError, TypeError, KeyError, RecursionError, binascii.Error):
            raise Refused("store.bad-cursor") from None
        if type(record_id) is not int or abs(record_id) > _LARGEST:
            raise Refused("store.bad-cursor")
        return cursor


@dataclass(frozen=True, slots=True)
class Page(Generic[Made]):
    """Some rows of a list, with the cursors of the pages behind and before; None where the list ends."""

    rows: list[Made]
    next: Cursor | None
    previous: Cursor | None


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: by `columns` and, among equals, by `id`; all in one direction.

    Wants an index on (what the list's WHERE compares for equality …, columns …, id).
    """

    columns: tuple[sa.ColumnElement[Any], ...]
    id: sa.ColumnElement[Any]
    descending: bool = False

    def turned(self) -> "Order":
        """The same list from its other end."""
        return Order(self.columns, self.id, not self.descending)


def page(
    session: Session,
    base: sa.Select[Any],
    order: Order,
    *,
    make: Callable[[sa.Row[Any]], Made],
    after: Cursor | None = None,
    before: Cursor | None = None,
    limit: int = 100,
) -> Page[Made]:
    """One page of `base`, sorted by `order`.

    `base` selects and filters and has neither ORDER BY nor LIMIT; `make` turns one of its rows (read it by
    attribute) into what the caller gets. Of `after` and `before` at most one is given; the row it names need
    not exist any more. NULL sorts as the smallest value. Refuses `store.bad-cursor` where the cursor belongs to
    another sort.
    """
    if after is not None and before is not None:
        raise ValueError("after or before, not both")
    if limit < 1:
        raise ValueError("limit")
    order, start = (order, after) if before is None else (order.turned(), before)
    rows = _rows(session, base, order, start, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    if before is not None:
        rows.reverse()
    width = len(order.columns)
    first, last = (_cursor(rows[0], width), _cursor(rows[-1], width)) if rows else (None, None)
    if before is not None:
        return Page([make(row) for row in rows], next=last, previous=first if more else None)
    return Page(
        [make(row) for row in rows],
        next=last if more else None,
        previous=first if after is not None else None,
    )


def count_up_to(session: Session, base: sa.Select[Any], cap: int = 1000) -> int | None:
    """How many rows `base` has, or None beyond `cap`: to count all of a million takes 80 ms."""
    capped = base.with_only_columns(sa.literal(1)).order_by(None).limit(cap + 1).subquery()
    found = session.execute(sa.select(sa.func.count()).select_from(capped)).scalar_one()
    return None if found > cap else int(found)


def _rows(session: Session, base: sa.Select[Any], order: Order, start: Cursor | None, wanted: int) -> list[sa.Row[Any]]:
    """Up to `wanted` rows behind `start`, each with its sort values and its id appended."""
    labelled = [column.label(f"_sort_{place}") for place, column in enumerate(order.columns)]
    every = base.add_columns(*labelled, order.id.label("_sort_id"))
    rows: list[sa.Row[Any]] = []
    for branch in _branches(order, start):
        statement = every.where(*branch).order_by(*_order_by(order)).limit(wanted - len(rows))
        rows += session.execute(statement)
        if len(rows) >= wanted:
            break
    return rows


def _order_by(order: Order) -> Iterator[sa.ColumnElement[Any]]:
    for column in order.columns:  # SQLite's own place of NULL, said aloud for the databases that have another
        yield column.desc().nulls_last() if order.descending else column.asc().nulls_first()
    yield order.id.desc() if order.descending else order.id.asc()


def _branches(order: Order, start: Cursor | None) -> Iterator[list[sa.ColumnElement[bool]]]:
    """The rows behind `start` as conditions to be asked one after the other, each one range of the index.

    First those equal in all sort columns with an id behind it, then those equal in all but the last column,
    and so on. One condition with OR would say the same, but SQLite then reads all equals from the first one on.
    """
    if start is None:
        yield []
        return
    if len(start.values) != len(order.columns):
        raise Refused("store.bad-cursor")
    for column, value in zip(order.columns, start.values, strict=True):
        _check(column, value)
    equal = [
        column.is_(None) if value is None else column == value
        for column, value in zip(order.columns, start.values, strict=True)
    ]
    yield [*equal, order.id < start.id if order.descending else order.id > start.id]
    for place in reversed(range(len(order.columns))):
        for behind in _behind(order.columns[place], start.values[place], order.descending):
            yield [*equal[:place], behind]


def _behind(column: sa.ColumnElement[Any], value: Value, descending: bool) -> Iterator[sa.ColumnElement[bool]]:
    if not descending:
        yield column.is_not(None) if value is None else column > value
    elif value is not None:
        yield column < value
        yield column.is_(None)


def _check(column: sa.ColumnElement[Any], value: Value) -> None:
    """A cursor comes from outside: its value must be one this column can have."""
    kind = column.type
    while isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    if isinstance(kind, sa.DateTime):
        fits = isinstance(value, datetime) and value.utcoffset() is not None
    elif isinstance(kind, sa.Date):
        fits = isinstance(value, date) and not isinstance(value, datetime)
    elif isinstance(kind, sa.Integer | sa.Boolean):
        fits = isinstance(value, int) and abs(value) <= _LARGEST
    elif isinstance(kind, sa.Enum):
        fits = value in kind.enums
    else:
        fits = isinstance(value, str) and value.encode("utf-8", "replace").decode("utf-8") == value
    if value is not None and not fits:
        raise Refused("store.bad-cursor")


def _cursor(row: sa.Row[Any], width: int) -> Cursor:
    values = row[-width - 1 :]
    return Cursor(tuple(value.value if isinstance(value, Enum) else value for value in values[:-1]), values[-1])


def _packed(value: Value) -> object:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value


def _unpacked(plain: object) -> Value:
    if plain is None or isinstance(plain, str | int):
        return plain
    if isinstance(plain, dict) and len(plain) == 1:
        if "moment" in plain:
            return datetime.fromisoformat(plain["moment"])
        return date.fromisoformat(plain["day"])
    raise ValueError("no sort value")


def marks(session: Session, base: sa.Select[Any], order: Order, *, every: int = 100) -> list[Cursor]:
    """The cursors of the rows `every`, 2 × `every`, … of a list: what a scroll bar needs to jump anywhere.

    Read by the database alone, about a second for a million rows: call it from a job.
    """
    columns = [column.label(f"_sort_{place}") for place, column in enumerate(order.columns)]
    place = sa.func.row_number().over(order_by=list(_order_by(order))).label("_place")
    rows = base.with_only_columns(*columns, order.id.label("_sort_id"), place).order_by(None).subquery()
    wanted = sa.select(*[column for column in rows.c if column.name != "_place"])
    wanted = wanted.where(rows.c["_place"] % every == 0).order_by(rows.c["_place"])
    return [_cursor(row, len(columns)) for row in session.connection().execute(wanted)]
