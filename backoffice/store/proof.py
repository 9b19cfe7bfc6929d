"""Proves that a copy of a shop is whole, before anybody relies on it."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from backoffice.core.errors import Outage, Refused
from backoffice.store import check, schema
from backoffice.store.engine import open_engine, read_only
from backoffice.store.jobs import Cancelled, Progress, never, nobody_watches, stoppable
from backoffice.store.outages import outage_of

_NOT_COUNTED = ("sqlite_", "search_index_")


def count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage != 0")
    counts = {}
    for (name,) in tables.fetchall():
        if not name.startswith(_NOT_COUNTED):
            quoted = name.replace('"', '""')
            (counts[name],) = connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()
    return counts


def prove(
    copy: Path,
    counts: dict[str, int] | None,
    checks: Sequence[check.Check],
    *,
    progress: Progress = nobody_watches,
    cancelled: Cancelled = never,
) -> int:
    """Reads the whole copy and compares it; how many faults `checks` found in what it says.

    `checks` are skipped where the copy has an older schema, which they do not know. Outage `store.backup-unproven`
    where a page, a reference or a count is wrong. Refuses `store.backup-stopped`.
    """
    try:
        number = _look_through(copy, counts, progress=progress, cancelled=cancelled)
        progress(3, 4)
        return _faults(copy, checks, cancelled) if checks and number == schema.SCHEMA else 0
    except (sqlite3.DatabaseError, DBAPIError) as error:
        outage = outage_of(error, copy)
        if outage is None or outage.code != "store.damaged":
            raise
        raise Outage("store.backup-unproven", file=copy.name) from error


def _look_through(copy: Path, counts: dict[str, int] | None, *, progress: Progress, cancelled: Cancelled) -> int:
    """Every page, every reference, every table's count; the copy's schema."""
    connection = read_only(copy, still=True)
    try:
        with stoppable(connection, cancelled, Refused("store.backup-stopped")):
            told = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
            progress(2, 4)
            strays = connection.execute("PRAGMA foreign_key_check").fetchmany(20)
            same = counts is None or counts == count_rows(connection)
            (number,) = connection.execute("PRAGMA user_version").fetchone()
    finally:
        connection.close()
    if told != ["ok"] or strays or not same:
        raise Outage("store.backup-unproven", file=copy.name)
    return int(number)


def _faults(copy: Path, checks: Sequence[check.Check], cancelled: Cancelled) -> int:
    """What *Check my data* finds, run on the copy as on a shop somebody has just restored."""
    engine = open_engine(copy, log=False)
    try:
        with Session(engine) as session:
            rest = [each for each in checks if each not in check.PHYSICAL]
            return check.faults_in(check.run_all(session, rest, cancelled=cancelled))
    except Refused as refused:
        if refused.code == "store.check-stopped":
            raise Refused("store.backup-stopped") from None
        raise
    finally:
        engine.dispose()
