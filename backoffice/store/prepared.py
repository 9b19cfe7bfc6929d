"""Statements compiled once for the whole program and run straight on the driver, for the paths that must be quick.

SQLAlchemy says what the SQL is and what a column's type does to a value. What it would do anew at each run, looking
the statement up and making a result of it, costs several times what SQLite takes for a row.
"""

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa
from pydantic_core import to_json
from sqlalchemy.engine import Dialect
from sqlmodel import Session

from backoffice.store import engine as engines

Row = tuple[Any, ...]
Processor = Callable[[Any], Any]


class _Compiled(NamedTuple):
    """SQL with what goes in (a name or a constant, and its type's processor) and what its columns come out through."""

    text: str
    into: tuple[tuple[str, Any, Processor | None], ...]
    out_of: tuple[Processor | None, ...]


class Prepared:
    """One statement with named parameters; values go in and come out as the columns' types have it."""

    def __init__(self, statement: sa.Select[Any] | sa.Insert | sa.Update | sa.Delete | sa.TextClause) -> None:
        self._statement = statement
        self._compiled: _Compiled | None = None

    def run(self, session: Session, /, **values: Any) -> int:
        """How many rows an UPDATE or DELETE met."""
        return self._execute(session, values).rowcount

    def all(self, session: Session, /, **values: Any) -> list[Row]:
        """Every row of a SELECT."""
        found: list[Row] = self._execute(session, values).fetchall()
        return [self._made(row) for row in found] if self._makes else found

    def one(self, session: Session, /, **values: Any) -> Row | None:
        """The first row of a SELECT; none where there is none."""
        found: Row | None = self._execute(session, values).fetchone()
        return self._made(found) if found is not None and self._makes else found

    @property
    def _makes(self) -> bool:
        assert self._compiled is not None
        return bool(self._compiled.out_of)

    def _made(self, row: Row) -> Row:
        assert self._compiled is not None
        return tuple(
            value if make is None else make(value) for value, make in zip(row, self._compiled.out_of, strict=True)
        )

    def _execute(self, session: Session, values: dict[str, Any]) -> sqlite3.Cursor:
        compiled = self._compiled
        if compiled is None:
            compiled = self._compiled = _compile(self._statement, session.connection().dialect)
        filled = [
            constant if not name else values[name] if make is None else make(values[name])
            for name, constant, make in compiled.into
        ]
        return driver_of(session).execute(compiled.text, filled)


class _List(sa.types.UserDefinedType[list[Any]]):
    """A list of texts or whole numbers as one JSON text, by the quicker writer."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Processor:
        return lambda values: to_json(values).decode()


def among(column: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[bool]:
    """The condition that the column's value is in a list of any length, which is given as the parameter `name`.

    The list goes in as one JSON text, so that the statement is always the same: SQLAlchemy's `in_` makes another one
    for each length, and SQLite plans it anew.
    """
    listed = sa.func.json_each(sa.bindparam(name, type_=_List())).table_valued("value")
    return column.in_(sa.select(listed.c.value))


def driver_of(session: Session) -> sqlite3.Connection:
    """The driver's connection of a session; a unit of work knows its own, of another it is looked up.

    Inside `begin_nested` it is always looked up: that is what makes SQLAlchemy set the savepoint.
    """
    driver: sqlite3.Connection | None = getattr(session, "driver", None)
    if driver is None or session.in_nested_transaction():
        return engines.raw(session.connection())
    return driver


def processors(columns: Iterable[sa.ColumnElement[Any]], dialect: Dialect) -> list[Processor | None]:
    """What the columns' types do to values on their way into the database."""
    return [column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns]


def _compile(statement: Any, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    binds = [compiled.binds[name] for name in compiled.positiontup or ()]
    if any(bind.expanding for bind in binds):
        raise ValueError("a list of values makes another statement each time")
    into = tuple(
        (bind.key if bind.required else "", bind.value, make) if bind.required else ("", _once(bind.value, make), None)
        for bind, make in zip(binds, processors(binds, dialect), strict=True)
    )
    columns = getattr(compiled, "_result_columns", ())
    out_of = tuple(column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns)
    return _Compiled(str(compiled), into, out_of if any(out_of) else ())


def _once(value: Any, make: Processor | None) -> Any:
    return value if make is None else make(value)
