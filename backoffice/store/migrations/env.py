"""Alembic's environment: runs the revisions on the connection it is handed; the store owns the transaction."""

from typing import Literal

from alembic import context
from sqlmodel import SQLModel

from backoffice.store import types

assert types.STRICT  # imported for what it does: naming the constraints, and the types of STRICT tables


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """The search index and its shadow tables are no model's: autogenerate must not drop them."""
    return not (kind == "table" and (name or "").startswith("search_index"))


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """SQLModel's own types are written into a revision as SQLAlchemy's, which it imports."""
    plain = {"AutoString": "sa.String()", "UTCDateTime": "sa.DateTime(timezone=True)"}
    return plain.get(type(item).__name__, False) if kind == "type" else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    include_name=include_name,
    render_item=render_item,
    render_as_batch=True,
    compare_server_default=True,
)
context.run_migrations()
