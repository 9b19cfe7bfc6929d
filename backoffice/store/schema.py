"""The database's schema: its number, the SQL that makes it, and whether a file has exactly that and nothing else."""

import re
import sqlite3
from functools import cache
from pathlib import Path

from backoffice.store.engine import APPLICATION_ID

SCHEMA = 2
"""The schema this program works with; each migration adds one. Kept in a file's `user_version`."""

MIGRATIONS = Path(__file__).parent / "migrations"
"""In the built program too: the folder is bundled as it stands, beside this module."""

_HEADING = re.compile(r"^-- (table|index|trigger|view) (\w+)$", re.MULTILINE)
_SQLITES_OWN = {
    *(f"search_index_{part}" for part in ("data", "idx", "docsize", "config")),
    *("sqlite_sequence", "sqlite_stat1", "sqlite_stat4"),
}
_SPACES = re.compile(r"\s+")

Objects = dict[tuple[str, str], str]


def revision(number: int) -> str:
    """Alembic's name of a schema: 1 -> "0001"."""
    return f"{number:04d}"


def expected(number: int) -> Objects:
    """The SQL of every table, index, trigger and view of schema `number` by (kind, name), in order of making.

    KeyError where this program does not know that schema.
    """
    file = MIGRATIONS / "schema" / f"{revision(number)}.sql"
    if not file.exists():
        raise KeyError(number)
    return _read(file)


def written(connection: sqlite3.Connection) -> Objects:
    """The same of an open database, without SQLite's own tables and indexes and the search index's inner tables.

    Nothing else is left out, whatever it is called, and what stands there twice counts as something else.
    """
    found: Objects = {}
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY rowid"):
        if not (kind == "table" and name in _SQLITES_OWN) and not (kind == "index" and sql is None):
            found[kind, name] = found.get((kind, name), "") + (sql or "")
    return found


def as_text(objects: Objects) -> str:
    """Objects as the text of a schema file."""
    return "\n".join(f"-- {kind} {name}\n{tidy(sql)};\n" for (kind, name), sql in objects.items())


def make(connection: sqlite3.Connection) -> None:
    """Makes today's schema in an empty database, inside the caller's transaction.

    The file in `migrations/schema` is what all revisions together lead to (a test compares them), and takes a
    twentieth of their time.
    """
    for statement in expected(SCHEMA).values():
        connection.execute(statement).close()
    connection.execute("INSERT INTO alembic_version (version_num) VALUES (?)", (revision(SCHEMA),)).close()
    stamp(connection)


def stamp(connection: sqlite3.Connection) -> None:
    """Writes into the file whose it is and which schema it has."""
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}").close()
    connection.execute(f"PRAGMA user_version={SCHEMA}").close()


def differences(connection: sqlite3.Connection, number: int) -> list[str]:
    """What in a database is not as schema `number` has it: "trigger x", empty where all is right.

    A trigger or view somebody slipped in would run with our rights, and a missing one would no longer guard the
    ledgers; that is why a shop is compared before it is opened or restored. Spaces and quotes are not looked at,
    because SQLite itself writes them differently after ALTER TABLE.
    """
    ours, theirs = expected(number), written(connection)
    wrong = [key for key in ours.keys() | theirs.keys() if not _same(ours.get(key), theirs.get(key))]
    return sorted(f"{kind} {name}" for kind, name in wrong)


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and (one == other or _plain(one) == _plain(other))


def tidy(sql: str) -> str:
    """The statement as a schema file has it: no tab, no empty line, no space at a line's end."""
    return "\n".join(line.rstrip() for line in sql.expandtabs(2).splitlines() if line.strip())


def _plain(sql: str) -> str:
    return _SPACES.sub("", sql.replace('"', "")).replace("`", "").casefold()


@cache
def _read(file: Path) -> Objects:
    _before, *parts = _HEADING.split(file.read_text(encoding="utf-8"))
    kinds, names, statements = parts[::3], parts[1::3], parts[2::3]
    return {
        (kind, name): statement.strip().removesuffix(";")
        for kind, name, statement in zip(kinds, names, statements, strict=True)
    }
