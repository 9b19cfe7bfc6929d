"""Plain inserts and conditional updates by table: what the hot paths use, where the ORM takes several times as long."""

import sqlite3
from collections.abc import Container, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from pydantic_core import PydanticUndefined, to_json
from sqlalchemy.engine import Dialect
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from backoffice.core.errors import Refused
from backoffice.store.prepared import Prepared, Processor, driver_of, processors
from backoffice.store.unit_of_work import UnitOfWork, feature_of

_AT_ONCE = 100
"""Rows of one INSERT: one that runs a trigger copies each page it touches first, so the fewer of them the better."""

Change = sa.Update | sa.Delete | Prepared
Columns = dict[str, Sequence[Any]]


def table_of(kind: type[SQLModel]) -> sa.Table:
    """The table behind a model."""
    found = kind.__table__  # type: ignore[attr-defined]
    assert isinstance(found, sa.Table)
    return found


def insert(work: UnitOfWork, kind: type[SQLModel], /, **values: Any) -> int:
    """Inserts one row, the model's defaults filled in; its id."""
    work.touch(feature_of(kind))
    text, makes, usual = _insert(kind, tuple(values), work.session.connection().dialect)
    named = [value if make is None else make(value) for value, make in zip(values.values(), makes, strict=True)]
    key = driver_of(work.session).execute(text, (*named, *usual)).lastrowid
    assert key is not None
    return key


def insert_many(work: UnitOfWork, kind: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """Inserts rows that all name the same columns, as insert_columns does."""
    if rows:
        insert_columns(work, kind, {name: [row[name] for row in rows] for name in rows[0]})


def insert_columns(
    work: UnitOfWork,
    kind: type[SQLModel],
    columns: Columns,
    *,
    same: dict[str, Any] | None = None,
    written: Container[str] = (),
) -> None:
    """Inserts many rows, given column by column and all equally long, by few statements.

    `same` has what all rows share, `written` names the columns whose values are as the database keeps them (see
    json_text). It goes past SQLAlchemy's compiler, which would look at every value of every row anew; what a column's
    type does to a value is still the type's own doing. A column nobody names gets its default, worked out once.
    """
    length = len(next(iter(columns.values())))
    if not length:
        return
    work.touch(feature_of(kind))
    processors = _processors(kind, work.session.connection().dialect)
    repeating, moments = _repeating(kind)
    values = [
        column
        if name in written
        else [at if at is None else moment_text(at) for at in column]
        if name in moments
        else _processed(processors[name], column, once=name in repeating)
        for name, column in columns.items()
    ]
    shared = same or {}
    usual = {name: value for name, value in _defaults(kind).items() if name not in columns and name not in shared}
    constant = {**shared, **usual}
    bound = [_processed(processors[name], [value])[0] for name, value in constant.items()]
    many, one = _inserting(kind, tuple(constant), tuple(columns))
    flat = _row_by_row(values, length)
    _insert_all(driver_of(work.session), many, one, bound, flat)


def by_column(found: Sequence[Any]) -> Columns:
    """The fields of named tuples of one kind, each as a column; at least one of them."""
    return dict(zip(found[0]._fields, zip(*found, strict=True), strict=True))


def _row_by_row(columns: Sequence[Sequence[Any]], length: int) -> list[Any]:
    """The columns' values in one list, row after row."""
    wide = len(columns)
    flat: list[Any] = [None] * (wide * length)
    for at, column in enumerate(columns):
        flat[at::wide] = column
    return flat


def _insert_all(driver: sqlite3.Connection, many: str, one: str, bound: list[Any], flat: list[Any]) -> None:
    """Runs `many` on each _AT_ONCE rows of `flat`, and `one` on each of the rest; each is given `bound` first."""
    wide = one.count("?") - len(bound)
    at_once = wide * _AT_ONCE
    whole = len(flat) - len(flat) % at_once
    for at in range(0, whole, at_once):
        driver.execute(many, bound + flat[at : at + at_once]).close()
    for at in range(whole, len(flat), wide):
        driver.execute(one, bound + flat[at : at + wide]).close()


def _listed(names: Iterable[str]) -> str:
    """Columns as SQL lists them, quoted: a mail's "to" is one of SQL's own words."""
    return ", ".join(f'"{name}"' for name in names)


@cache
def _inserting(kind: type[SQLModel], shared: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, str]:
    """An INSERT of _AT_ONCE rows and one of a single row; what all rows share is bound once, before the rest."""
    marks = [*(f"?{place}" for place in range(1, len(shared) + 1)), *"?" * len(names)]
    text = f"INSERT INTO {table_of(kind).name} ({_listed((*shared, *names))}) VALUES "
    row = f"({', '.join(marks)})"
    return text + ", ".join([row] * _AT_ONCE), text + row


_WITHOUT_ZONE = len("2026-11-22 21:30:00.000000")


def json_text(value: object) -> str:
    """A list or dict of plain values as a JSON column keeps it; a fifth of the time the column's type takes."""
    return to_json(value).decode()


@lru_cache(maxsize=5000)
def moment_text(at: datetime) -> str:
    """An aware moment as a column keeps it; ValueError for one without a zone.

    The last ones are kept: an order's moment stands in its payments, its customer and its consent again.
    """
    if at.tzinfo is None:
        raise ValueError(f"a moment without a zone: {at}")
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return at.isoformat(" ", "microseconds")[:_WITHOUT_ZONE]


def change(work: UnitOfWork, kind: type[SQLModel], statement: Change, **values: Any) -> int:
    """Runs an UPDATE or DELETE on the model's table; how many rows it met."""
    work.touch(feature_of(kind))
    if isinstance(statement, Prepared):
        return statement.run(work.session, **values)
    return int(work.session.connection().execute(statement, values).rowcount)


def change_one(work: UnitOfWork, kind: type[SQLModel], statement: Change, refusal: Refused, **values: Any) -> None:
    """As `change`, where exactly one row must meet the condition: else raises `refusal`."""
    if change(work, kind, statement, **values) != 1:
        raise refusal


def set_values(work: UnitOfWork, kind: type[SQLModel], record_id: int, /, **values: Any) -> None:
    """Writes plain columns of one record."""
    work.touch(feature_of(kind))
    _setting(kind, tuple(values)).run(work.session, this=record_id, **values)


def next_id(work: UnitOfWork, kind: type[SQLModel]) -> int:
    """The id to count up from when rows are inserted with ids of our own; never one that a deleted row had."""
    table = table_of(kind).name
    text = (
        f"SELECT max(coalesce((SELECT max(id) FROM {table}), 0),"
        f" coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0)) + 1"
    )
    return int(work.session.connection().exec_driver_sql(text).scalar_one())


def _processed(processor: Processor | None, values: Sequence[Any], *, once: bool = False) -> Sequence[Any]:
    """What goes into the database; with `once` each distinct value is looked at only once."""
    if processor is None:
        return values
    if once:
        known = {value: processor(value) for value in set(values)}
        return list(map(known.__getitem__, values))
    return [processor(value) for value in values]


@cache
def _repeating(kind: type[SQLModel]) -> tuple[frozenset[str], frozenset[str]]:
    """Columns in which many rows have the same value, and equal values are written alike (a Decimal's are not).

    The second are those of moments.
    """
    columns = table_of(kind).c
    repeating = frozenset(column.name for column in columns if isinstance(column.type, _REPEATING))
    return repeating, frozenset(column.name for column in columns if isinstance(column.type, UTCDateTime))


_REPEATING = (sa.DateTime, sa.Date, sa.Enum, sa.Boolean)


@cache
def _processors(kind: type[SQLModel], dialect: Dialect) -> dict[str, Processor | None]:
    """What each column's type does to a value on its way into the database."""
    columns = list(table_of(kind).c)
    return dict(zip((column.name for column in columns), processors(columns, dialect), strict=True))


@cache
def _insert(
    kind: type[SQLModel], named: tuple[str, ...], dialect: Dialect
) -> tuple[str, tuple[Processor | None, ...], tuple[Any, ...]]:
    """An INSERT's text, what is done to the named values, and the other columns' usual values, ready to be bound."""
    usual = {name: value for name, value in _defaults(kind).items() if name not in named}
    makes = _processors(kind, dialect)
    marks = ", ".join("?" * (len(named) + len(usual)))
    text = f"INSERT INTO {table_of(kind).name} ({_listed((*named, *usual))}) VALUES ({marks})"
    bound = tuple(_processed(makes[name], [value])[0] for name, value in usual.items())
    return text, tuple(makes[name] for name in named), bound


@cache
def _setting(kind: type[SQLModel], named: tuple[str, ...]) -> Prepared:
    table = table_of(kind)
    values = {name: sa.bindparam(name, type_=table.c[name].type) for name in named}
    return Prepared(sa.update(table).where(table.c.id == sa.bindparam("this")).values(**values))


@cache
def _default_makers(kind: type[SQLModel]) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (name, field)
        for name, field in kind.model_fields.items()
        if not (field.default is PydanticUndefined and field.default_factory is None) and name != "id"
    )


@cache
def _constant_defaults(kind: type[SQLModel]) -> tuple[dict[str, Any], tuple[tuple[str, Any], ...]]:
    constant, made = {}, []
    for name, field in _default_makers(kind):
        if field.default_factory is not None:
            made.append((name, field.default_factory))
        else:
            constant[name] = field.default
    return constant, tuple(made)


def _defaults(kind: type[SQLModel]) -> dict[str, Any]:
    constant, made = _constant_defaults(kind)
    return {**constant, **{name: make() for name, make in made}}
