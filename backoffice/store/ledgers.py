"""The three ways in which an append-only table may still change, each for one purpose and within one transaction.

Triggers refuse every UPDATE and DELETE on `stock_move`, `payment`, `journal` and `consent`, unless the one row of
`ledger_exception` names a purpose that allows just this: erasing a person takes facts and words away but never
the line itself; merging customers moves lines from one to the other; undoing an import deletes what it wrote.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Field, Session, SQLModel

from backoffice.store.types import STRICT

APPEND_ONLY = ("stock_move", "payment", "journal", "consent")


class LedgerException(SQLModel, table=True):
    """Why an append-only table may change just now; no transaction ends with a row in here."""

    __tablename__ = "ledger_exception"
    __table_args__ = (
        sa.CheckConstraint("id = 1", name="one_row"),
        sa.CheckConstraint("purpose IN ('erase', 'merge', 'undo')", name="purpose"),
        STRICT,
    )

    id: int | None = Field(default=1, primary_key=True)
    purpose: str
    batch_id: int | None = None


@contextmanager
def erasing(session: Session) -> Iterator[None]:
    """Inside, `journal.facts`, `consent.source` and `consent.text` may be overwritten; no row goes."""
    with _exception(session, "erase", None):
        yield


@contextmanager
def merging(session: Session) -> Iterator[None]:
    """Inside, `customer_id` of `journal` and `consent` may change; nothing else."""
    with _exception(session, "merge", None):
        yield


@contextmanager
def undoing(session: Session, batch_id: int) -> Iterator[None]:
    """Inside, rows of `stock_move` and `payment` may go that this import wrote, and consents of customers it made."""
    with _exception(session, "undo", batch_id):
        yield


@contextmanager
def _exception(session: Session, purpose: str, batch_id: int | None) -> Iterator[None]:
    _run(session, "INSERT INTO ledger_exception (id, purpose, batch_id) VALUES (1, ?, ?)", (purpose, batch_id))
    try:
        yield
        session.flush()
    except BaseException:
        with suppress(SQLAlchemyError):  # mostly the whole transaction is undone now, and this row with it
            _run(session, "DELETE FROM ledger_exception", ())
        raise
    _run(session, "DELETE FROM ledger_exception", ())


def _run(session: Session, statement: str, parameters: tuple[Any, ...]) -> None:
    session.connection().exec_driver_sql(statement, parameters)
