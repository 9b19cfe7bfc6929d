"""The journal: an append-only history of who did what to which order, customer, product or shipment."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from backoffice.core.money import Money
from backoffice.store.prepared import Prepared
from backoffice.store.types import STRICT

SUBJECTS = ("order_id", "customer_id", "product_id", "shipment_id")


def _index_of_those(column: str) -> sa.Index:
    """Most lines have one or two subjects: an index that leaves out the others stays small."""
    return sa.Index(
        f"ix_journal_{column}",
        column,
        "id",
        sqlite_where=sa.text(f"{column} IS NOT NULL"),
    )


class JournalLine(SQLModel, table=True):
    """One thing that happened. A trigger refuses update and delete."""

    __tablename__ = "journal"
    __table_args__ = (*(_index_of_those(column) for column in SUBJECTS), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    who: str
    verb: str
    order_id: int | None = None
    customer_id: int | None = None
    product_id: int | None = None
    shipment_id: int | None = None
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


_TYPES = sa.inspect(JournalLine).local_table.c
_COLUMNS = ("at", "who", "verb", *SUBJECTS, "facts")
_APPEND = Prepared(
    sa.insert(JournalLine).values({name: sa.bindparam(name, type_=_TYPES[name].type) for name in _COLUMNS})
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a timeline; `verb` is a code whose sentence stands in a feature's words."""

    id: int
    at: datetime
    who: str
    verb: str
    order_id: int | None
    customer_id: int | None
    product_id: int | None
    shipment_id: int | None
    facts: dict[str, Any]


def plain(value: object) -> object:
    """A fact as JSON keeps it: money as {"amount", "currency"}, moments and days in ISO 8601, decimals as text."""
    if isinstance(value, Money):
        return {"amount": str(value), "currency": value.currency}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def write(session: Session, *, at: datetime, who: str, verb: str, **subjects_and_facts: Any) -> None:
    """Appends one line; keywords named in SUBJECTS say what it is about, all others are its facts."""
    subjects = {name: subjects_and_facts.pop(name, None) for name in SUBJECTS}
    facts = {name: plain(value) for name, value in subjects_and_facts.items()}
    _APPEND.run(session, at=at, who=who, verb=verb, facts=facts, **subjects)


def timeline(
    session: Session,
    *,
    subject: str,
    record_id: int,
    limit: int = 200,
    before: int | None = None,
) -> list[Happening]:
    """The newest lines about one record, newest first; `subject` is one of SUBJECTS, `before` the id to go on from."""
    if subject not in SUBJECTS:
        raise ValueError(subject)
    lines = select(JournalLine).where(getattr(JournalLine, subject) == record_id)
    if before is not None:
        lines = lines.where(col(JournalLine.id) < before)
    lines = lines.order_by(col(JournalLine.id).desc()).limit(limit)
    return [Happening(**{name: getattr(line, name) for name in Happening.__slots__}) for line in session.exec(lines)]
