"""The program as it may be after the next release: one migration more."""

import shutil
from pathlib import Path

import pytest

from backoffice.store import schema
from tools import first_migration

REVISION = '''"""Carriers get a phone number, and no two orders of a channel share a gift message."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """From schema 1 to schema 2."""
    op.add_column("carrier", sa.Column("phone", sa.String(), nullable=False, server_default=""))
    op.get_bind().exec_driver_sql("UPDATE carrier SET phone = '+34 900' WHERE name = 'Correos'")
    {more}
'''


def tomorrow(folder: Path, monkeypatch: pytest.MonkeyPatch, *, more: str = "pass", expected: str = "") -> None:
    """From now on this test runs tomorrow's program; `more` is what its migration does besides.

    `expected` stands in for `more` when the schema file is made, so that a migration can lead elsewhere.
    """
    today = schema.MIGRATIONS
    monkeypatch.setattr(schema, "MIGRATIONS", folder / "migrations 100%")
    monkeypatch.setattr(schema, "SCHEMA", 2)
    shutil.copytree(today, schema.MIGRATIONS, ignore=shutil.ignore_patterns("__pycache__"))
    revision = schema.MIGRATIONS / "versions" / "0002_tomorrow.py"
    revision.write_text(REVISION.replace("{more}", expected or more), encoding="utf-8")
    first_migration.write_schema()
    revision.write_text(REVISION.replace("{more}", more), encoding="utf-8")
    shutil.rmtree(revision.parent / "__pycache__", ignore_errors=True)
