"""Writes the newest migration anew from today's models, with the schema file and the kept old shop that go with it.

    python -m tools.newest_revision

What it writes is the step from the schema before to the models. Only until that schema is released: from then on a
file of it lies on somebody's disk, and a changed model needs the next one (raise `store.schema.SCHEMA`, copy the
head of the revision before).
"""

import gzip
import importlib
import re
import sqlite3
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from alembic.autogenerate import api
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

from backoffice.inventory import actions as inventory
from backoffice.inventory.drafts import ProductDraft
from backoffice.shop import Shop
from backoffice.store import migrating, schema
from tools.places import PYTHON, ROOT

MARK = "# Below: the tables as the models have them, written by tools/newest_revision.py.\n"


def all_metadata() -> sa.MetaData:
    """The metadata with every model of the program in it."""
    for model in sorted((ROOT / "backoffice").rglob("model.py")):
        importlib.import_module(".".join(model.relative_to(ROOT).with_suffix("").parts))
    for module in sorted((ROOT / "backoffice" / "store").glob("*.py")):
        if "table=True" in module.read_text(encoding="utf-8"):
            importlib.import_module(f"backoffice.store.{module.stem}")
    return SQLModel.metadata


def in_memory() -> sa.Engine:
    """An empty database that is gone with the process."""
    return sa.create_engine("sqlite://", poolclass=StaticPool)


def context_for(connection: sa.Connection, metadata: sa.MetaData) -> MigrationContext:
    """Alembic's context as env.py configures it."""
    options = {
        "target_metadata": metadata,
        "include_name": lambda name, kind, _parents: not (kind == "table" and (name or "").startswith("search_index")),
        "render_item": _plain_type,
        "compare_server_default": True,
        "compare_type": True,
        "alembic_module_prefix": "op.",
        "sqlalchemy_module_prefix": "sa.",
        "user_module_prefix": None,
    }
    return MigrationContext.configure(connection, opts=options)


def differences(metadata: sa.MetaData) -> list[object]:
    """What `alembic check` would say of a freshly migrated database."""
    with in_memory().connect() as connection:
        migrating.upgrade(connection)
        return list(api.compare_metadata(context_for(connection, metadata), metadata))


def migrated_schema() -> schema.Objects:
    """What all revisions together lead to."""
    with in_memory().connect() as connection:
        migrating.upgrade(connection)
        driver = connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        return schema.written(driver)


def write_tables(metadata: sa.MetaData) -> None:
    """The part of the newest revision below its mark."""
    (revision,) = (schema.MIGRATIONS / "versions").glob(f"{schema.revision(schema.SCHEMA)}_*.py")
    with in_memory().connect() as connection:
        if schema.SCHEMA > 1:
            migrating.upgrade(connection, to=schema.revision(schema.SCHEMA - 1))
        context = context_for(connection, metadata)
        made = api.produce_migrations(context, metadata)
        assert isinstance(made.upgrade_ops, ops.UpgradeOps)
        body = api.render_python_code(
            made.upgrade_ops, user_module_prefix=None, render_item=_plain_type, migration_context=context
        )
    head = revision.read_text(encoding="utf-8").partition(MARK)[0]
    body = "\n".join(line for line in body.splitlines() if not line.lstrip().startswith("#"))
    body = re.sub(r"^(?=\S)", "    ", body, flags=re.MULTILINE)
    text = f'{head}{MARK}def tables() -> None:\n    """The tables and indexes of all models."""\n{body}\n'
    revision.write_text(text, encoding="utf-8")
    subprocess.run([str(PYTHON), "-m", "ruff", "format", "--quiet", str(revision)], check=True)


def write_schema() -> None:
    """The schema file: what a new shop is made from, and what an opened one is compared with."""
    file = schema.MIGRATIONS / "schema" / f"{schema.revision(schema.SCHEMA)}.sql"
    file.write_text(schema.as_text(migrated_schema()), encoding="utf-8")


def _plain_type(kind: str, item: object, _context: object) -> str | bool:
    plain = {"AutoString": "sa.String()", "UTCDateTime": "sa.DateTime(timezone=True)"}
    return plain.get(type(item).__name__, False) if kind == "type" else False


def write_old_shop() -> None:
    """The kept shop of this schema, from which tomorrow's migrations are tested."""
    with TemporaryDirectory() as folder:
        place = {"currency": "EUR", "country": "ES", "zone": "Europe/Madrid"}
        shop = Shop.create(Path(folder) / "old.backoffice", name="Casa Lumbre", who="ana", **place)
        with shop.work() as work:
            inventory.create(work, ProductDraft(sku="CUP-1", name="Cup", price=1210), opening=3)
        shop.close(backup=False)
        kept = gzip.compress(shop.path.read_bytes(), mtime=0)
    (ROOT / "tests" / "store" / "old" / f"{schema.revision(schema.SCHEMA)}.db.gz").write_bytes(kept)


if __name__ == "__main__":
    write_tables(all_metadata())
    write_schema()
    write_old_shop()
