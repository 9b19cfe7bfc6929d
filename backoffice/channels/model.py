"""What an import leaves behind: the batch, what it made or changed, what it could not read, and what it learned."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from backoffice.store.types import STRICT, value_enum


class BatchState(StrEnum):
    """How far an import got."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    UNDONE = "undone"


class RejectionState(StrEnum):
    """What became of a row that could not go in."""

    OPEN = "open"
    MENDED = "mended"
    DISMISSED = "dismissed"


class ImportBatch(SQLModel, table=True):
    """One file taken in. `done_rows` says where a stopped import goes on."""

    __tablename__ = "import_batch"
    __table_args__ = (sa.Index("ix_import_batch_file", "file_hash"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    who: str = ""
    reader: str
    channel: str
    mapping: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    file_name: str
    file_hash: str
    state: BatchState = Field(default=BatchState.RUNNING, sa_type=value_enum(BatchState))
    done_rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    undone_at: datetime | None = None


class ImportedRecord(SQLModel, table=True):
    """A record that a batch made or changed; `before` holds the old values of what it changed."""

    __tablename__ = "imported_record"
    __table_args__ = (
        sa.Index("ix_imported_record_batch", "batch_id", "kind", "record_id"),
        sa.Index("ix_imported_record_changed", "record_id", sqlite_where=sa.text("made = 0")),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="import_batch.id")
    kind: str
    record_id: int
    made: bool
    before: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


class Rejection(SQLModel, table=True):
    """A row kept aside: its line, the reason's code and facts, and its cells, to be mended in place and tried again."""

    __tablename__ = "rejection"
    __table_args__ = (sa.Index("ix_rejection_batch", "batch_id", "line"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="import_batch.id")
    line: int
    code: str
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    header: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    cells: list[list[str]] = Field(default_factory=list, sa_type=sa.JSON)
    state: RejectionState = Field(default=RejectionState.OPEN, sa_type=value_enum(RejectionState))


class ColumnMapping(SQLModel, table=True):
    """Which column means what in a file of this header; remembered under a name."""

    __tablename__ = "column_mapping"
    __table_args__ = (sa.UniqueConstraint("name"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    signature: str = Field(index=True)
    mapping: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


class ProductMatch(SQLModel, table=True):
    """What a channel calls a product, and which product it is: asked once, remembered."""

    __tablename__ = "product_match"
    __table_args__ = (sa.UniqueConstraint("channel", "external"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    external: str
    """The channel's own id or SKU, else its name for the article."""
    product_id: int = Field(foreign_key="product.id", index=True)
    fingerprint: str = ""
    """Hash of the product file's cells at the last import: equal means unchanged."""
    imported: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    """The values that file set: a product that differs from them was edited by hand."""
    batch_id: int | None = None
