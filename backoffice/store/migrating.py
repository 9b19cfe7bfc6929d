"""Brings a database up to today's schema with Alembic; imported only where there is something to bring up."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from backoffice.core.calendar import Clock
from backoffice.core.crash import crash
from backoffice.core.errors import Outage, Refused
from backoffice.store import backup, check, schema
from backoffice.store.engine import open_engine, raw


class _NotAsBefore(Exception):
    """What the migration left behind is not a whole shop of today's schema."""


def migrate(shop: Path, number: int, *, clock: Clock, checks: Sequence[check.Check]) -> None:
    """Brings the shop from schema `number` to today's: a proven backup first, then one transaction or nothing.

    Outage `store.migration-failed` with the backup's name; then the shop is as it was. The caller holds the side
    lock and nothing else has the file open.
    """
    crash("migration")
    kept = backup.make(shop, clock=clock, reason="migration")
    crash("migration")
    engine = open_engine(shop)
    try:
        with engine.connect().execution_options(write=True) as connection:
            raw(connection).execute("PRAGMA foreign_keys=OFF").close()  # tables are made anew; has no effect later
            with connection.begin():
                before = _faults(connection, checks, old=True)
                crash("migration")
                upgrade(connection)
                schema.stamp(raw(connection))
                crash("migration")
                _prove(connection, checks, before)
                crash("migration")
            connection.invalidate()  # the next user of the pool wants its foreign keys
        crash("migration")
    except (Outage, Refused):
        raise
    except Exception as error:
        facts = {"file": shop.name, "backup": kept.file.name, "schema": number, "ours": schema.SCHEMA}
        raise Outage("store.migration-failed", **facts) from error
    finally:
        engine.dispose()


def upgrade(connection: Connection, *, to: str = "head") -> None:
    """Runs the missing revisions up to `to` on this connection, inside the transaction it is in."""
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _prove(connection: Connection, checks: Sequence[check.Check], before: dict[str, int]) -> None:
    """Every reference, the schema and *Check my data*, before the commit; faults that were there stop nobody."""
    strays = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    other = schema.differences(raw(connection), schema.SCHEMA)
    worse = [name for name, found in _faults(connection, checks, old=False).items() if found > before.get(name, 0)]
    if strays or other or worse:
        raise _NotAsBefore(strays[:5], other[:5], worse)


def _faults(connection: Connection, checks: Sequence[check.Check], *, old: bool) -> dict[str, int]:
    """How many faults each check finds; of an old schema without those checks that cannot read it."""
    found = {}
    for each in checks:
        with Session(bind=connection) as session:
            try:
                found[each.name] = len(each.run(session)[1])
            except (SQLAlchemyError, sqlite3.OperationalError):  # some checks ask the driver itself
                if not old:
                    raise
    return found
