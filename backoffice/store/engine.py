"""Opens the database: SQLite in WAL mode, one door for readers and one for the writer."""

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from backoffice.store.searchable import teach

APPLICATION_ID = 0x424F4646  # "BOFF": written into each shop file, so that a foreign file is known before it is touched
BUSY_MILLISECONDS = 10_000
_WAL_KEPT = 64 * 1024 * 1024  # after an import the write-ahead log shrinks to this

_PRAGMAS = (
    "foreign_keys=ON",
    "synchronous=FULL",
    f"busy_timeout={BUSY_MILLISECONDS}",
    "recursive_triggers=ON",  # else INSERT OR REPLACE deletes from an append-only table unseen
    "cache_size=-16000",
    "temp_store=MEMORY",
    "cell_size_check=ON",
    f"journal_size_limit={_WAL_KEPT}",
)


def prepare(connection: sqlite3.Connection, *, log: bool = True) -> None:
    """Put one fresh SQLite connection into the house's mode; transactions are begun by us, never by the driver."""
    connection.isolation_level = None
    if log:
        connection.execute("PRAGMA journal_mode=WAL").close()
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()
    teach(connection)


def connect(path: Path) -> sqlite3.Connection:
    """One plain connection to the database at `path`, which must exist, in the house's mode."""
    uri = f"file:{_quoted(path)}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_MILLISECONDS / 1000)
    try:
        prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def open_engine(path: Path, *, log: bool = True) -> Engine:
    """An engine on the shop file at `path`, which must exist; without `log` the file keeps the journal it has.

    Readers begin deferred and cannot write; a session on `engine.execution_options(write=True)` begins IMMEDIATE,
    because a deferred transaction that turns into a writer fails with "database is locked" at once, whatever
    the timeout.
    """
    # mode=rw: SQLite must never make an empty file where a shop has gone missing.
    place = sa.URL.create("sqlite", database=f"file:{_quoted(path)}", query={"mode": "rw", "uri": "true"})
    engine = sa.create_engine(
        place,
        connect_args={"timeout": BUSY_MILLISECONDS / 1000},
        pool_size=5,
        max_overflow=20,
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        prepare(connection, log=log)

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        begin(connection)

    return engine


def begin(connection: Connection) -> None:
    """Begins as the connection's options say; straight on the driver's connection, which is four times as quick.

    A connection is made a reader's or a writer's only when it was not that before: SQLite forgets every statement it
    has prepared when query_only is set, and would plan each anew in every transaction.
    """
    driver, writes = raw(connection), bool(connection.get_execution_options().get("write"))
    if connection.info.get("writes") is not writes:
        driver.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}").close()
        connection.info["writes"] = writes
    driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN").close()


def raw(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection behind SQLAlchemy's."""
    driver = connection.connection.dbapi_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def read_only(path: Path, *, still: bool) -> sqlite3.Connection:
    """A connection that can look and not touch, and trusts nothing in the file.

    `still` promises that nobody writes meanwhile and that there is no write-ahead log: then SQLite makes no lock
    and no file beside the one it reads.
    """
    uri = f"file:{_quoted(path)}?mode=ro" + ("&immutable=1" if still else "")
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_MILLISECONDS / 1000)
    connection.execute("PRAGMA trusted_schema=OFF").close()
    connection.execute("PRAGMA cell_size_check=ON").close()
    return connection


def _quoted(path: Path) -> str:
    """A path as SQLite's file: URIs want it: `?`, `#` and `%` escaped, Windows' drives and shares behind slashes."""
    plain = quote(os.fsencode(path.absolute().as_posix()))
    if plain.startswith("//"):  # \\server\share
        return f"//{plain}"
    return plain if plain.startswith("/") else f"/{plain}"
