"""Plain inserts and conditional updates by table: what the hot paths use, where the ORM takes several times as long."""

from collections.abc import Callable
from functools import cache
from itertools import repeat
from typing import Any

import sqlalchemy as sa
from pydantic_core import PydanticUndefined
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.dml import Insert
from sqlmodel import SQLModel

from backoffice.core.errors import Refused
from backoffice.store.unit_of_work import UnitOfWork, feature_of

Processor = Callable[[Any], Any]


def table_of(kind: type[SQLModel]) -> sa.Table:
    """The table behind a model."""
    found = kind.__table__  # type: ignore[attr-defined]
    assert isinstance(found, sa.Table)
    return found


def insert(work: UnitOfWork, kind: type[SQLModel], /, **values: Any) -> int:
    """Inserts one row, the model's defaults filled in; its id."""
    work.touch(feature_of(kind))
    result = work.session.connection().execute(_insert(kind), {**_defaults(kind), **values})
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


def insert_many(work: UnitOfWork, kind: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """Inserts rows that all name the same columns, by one executemany.

    It goes past SQLAlchemy's compiler, which would look at every value of every row anew; what a column's type does
    to a value is still the type's own doing. A column no row names gets its default, worked out once.
    """
    if not rows:
        return
    work.touch(feature_of(kind))
    connection = work.session.connection()
    named = tuple(rows[0])
    usual = {name: value for name, value in _defaults(kind).items() if name not in rows[0]}
    processors = _processors(kind, connection.dialect)
    columns = [_processed(processors[name], [row[name] for row in rows]) for name in named]
    constants = [repeat(_processed(processors[name], [value])[0], len(rows)) for name, value in usual.items()]
    marks = ", ".join("?" * (len(named) + len(usual)))
    text = f"INSERT INTO {table_of(kind).name} ({', '.join((*named, *usual))}) VALUES ({marks})"
    connection.exec_driver_sql(text, list(zip(*columns, *constants, strict=True)))


def change(work: UnitOfWork, kind: type[SQLModel], statement: sa.Update | sa.Delete, **values: Any) -> int:
    """Runs a prepared UPDATE or DELETE on the model's table; how many rows it met."""
    work.touch(feature_of(kind))
    return int(work.session.connection().execute(statement, values).rowcount)


def change_one(
    work: UnitOfWork, kind: type[SQLModel], statement: sa.Update | sa.Delete, refusal: Refused, **values: Any
) -> None:
    """As `change`, where exactly one row must meet the condition: else raises `refusal`."""
    if change(work, kind, statement, **values) != 1:
        raise refusal


def next_id(work: UnitOfWork, kind: type[SQLModel]) -> int:
    """The id to count up from when rows are inserted with ids of our own; never one that a deleted row had."""
    table = table_of(kind).name
    text = (
        f"SELECT max(coalesce((SELECT max(id) FROM {table}), 0),"
        f" coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0)) + 1"
    )
    return int(work.session.connection().exec_driver_sql(text).scalar_one())


def _processed(processor: Processor | None, values: list[Any]) -> list[Any]:
    return values if processor is None else [processor(value) for value in values]


@cache
def _processors(kind: type[SQLModel], dialect: Dialect) -> dict[str, Processor | None]:
    """What each column's type does to a value on its way into the database."""
    table = table_of(kind)
    return {column.name: column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.c}


@cache
def _insert(kind: type[SQLModel]) -> Insert:
    return sa.insert(table_of(kind))


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
