"""Opens the database: SQLite in WAL mode, one door for readers and one for the writer."""

import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

APPLICATION_ID = (
    0x424F4646  # "BOFF": written into each shop file, so that a foreign file is known before it is touched
)
BUSY_MILLISECONDS = 10_000

_PRAGMAS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    "synchronous=FULL",
    f"busy_timeout={BUSY_MILLISECONDS}",
    "recursive_triggers=ON",
    "cache_size=-16000",
    "temp_store=MEMORY",
)


def prepare(connection: sqlite3.Connection) -> None:
    """Put one fresh SQLite connection into the house's mode; transactions are begun by us, never by the driver."""
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def open_engine(path: Path) -> Engine:
    """An engine on the shop file at `path`.

    Readers begin deferred; a session on `engine.execution_options(write=True)` begins IMMEDIATE, because a
    deferred transaction that turns into a writer fails with "database is locked" at once, whatever the timeout.
    """
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)), connect_args={"timeout": 10})

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        prepare(connection)

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
