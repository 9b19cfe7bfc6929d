"""The program as it may be after the next release: one migration more."""

import shutil
from pathlib import Path

import pytest

from backoffice.store import schema
from tools import newest_revision

REVISION = '''"""Carriers get a phone number, and no two orders of a channel share a gift message."""

import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{today}"


def upgrade() -> None:
    """From today's schema to the next."""
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
    names = {"{today}": schema.revision(schema.SCHEMA), "{next}": schema.revision(schema.SCHEMA + 1)}
    monkeypatch.setattr(schema, "SCHEMA", schema.SCHEMA + 1)
    shutil.copytree(today, schema.MIGRATIONS, ignore=shutil.ignore_patterns("__pycache__"))
    text = REVISION
    for name, number in names.items():
        text = text.replace(name, number)
    revision = schema.MIGRATIONS / "versions" / f"{names['{next}']}_tomorrow.py"
    revision.write_text(text.replace("{more}", expected or more), encoding="utf-8")
    newest_revision.write_schema()
    revision.write_text(text.replace("{more}", more), encoding="utf-8")
    shutil.rmtree(revision.parent / "__pycache__", ignore_errors=True)
