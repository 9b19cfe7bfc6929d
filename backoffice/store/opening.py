"""Opens and creates shop files by the rules of trust: locked, recognised, checked, migrated, never replaced."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Engine

from backoffice.core.calendar import Clock
from backoffice.core.errors import Outage, Refused
from backoffice.core.paths import private_folder
from backoffice.store import places, schema
from backoffice.store.check import Check
from backoffice.store.engine import connect, open_engine
from backoffice.store.locking import SideLock
from backoffice.store.look import Looked, check_has_one_name, check_is_file, look, refusal_facts
from backoffice.store.outages import told_also_of_the_disk


@dataclass(slots=True)
class Opened:
    """An open shop file: its engine and its side lock; none where another process of ours holds it."""

    path: Path
    engine: Engine
    lock: SideLock | None
    unclean: bool = False
    """The program that had it open before did not end cleanly; SQLite has mended what there was to mend."""

    closed: bool = False

    def close(self) -> None:
        """Lets go of the file, then of the lock; SQLite puts its log into the file with the last connection."""
        self.closed = True
        self.engine.dispose()
        if self.lock is not None:
            self.lock.release()


def create(path: Path, *, fill: Callable[[Engine], None] | None = None) -> Opened:
    """A new shop file with today's schema, readable by its owner only.

    `fill` writes what a shop cannot be without; the file gets its name only when that is done, so that neither a
    refusal nor a power cut leaves half a shop. Refuses `shop.exists` and what `fill` refuses.
    """
    path = _place(path)
    with told_also_of_the_disk(path):
        if os.path.lexists(path):
            raise Refused("shop.exists", file=path.name)
        lock = _locked_new(path)
        with _released_unless_opened(lock):
            if os.path.lexists(path):
                raise Refused("shop.exists", file=path.name)
            temporary = places.partial(path)
            places.remove(temporary)
            try:
                _make(places.new_private(temporary), fill)
                places.keep(temporary, path)
            finally:
                places.remove(temporary)
            return Opened(path, open_engine(path), lock)


def open_existing(path: Path, *, clock: Clock, checks: Sequence[Check] = ()) -> Opened:
    """The shop in the file at `path`, brought up to today's schema where it is older.

    A file that cannot be opened is left exactly as it is. Refuses `shop.in-use`, and with `backups`, the number of
    good ones in `shelf.list_backups(path)`: `shop.missing`, `shop.folder`, `shop.no-permission`, `shop.empty`,
    `shop.not-a-database`, `shop.foreign`, `shop.newer`, `shop.truncated`, `shop.damaged`, `shop.altered`,
    `shop.linked`. Outage `store.read-only` where the file or its folder cannot be written, `store.migration-failed`
    (all undone). `checks` are run after a migration and on the backup before it.
    """
    path = _place(path)
    check_is_file(path)
    check_has_one_name(path)
    lock = SideLock(path)
    with _released_unless_opened(lock), told_also_of_the_disk(path):
        looked = look(path)
        if not os.access(path, os.W_OK):
            raise Outage("store.read-only", file=path.name)
        if looked.schema < schema.SCHEMA:
            _migrate(path, looked, clock, checks)
        path.chmod(0o600)
        return Opened(path, open_engine(path), lock, looked.unclean)


def open_beside(path: Path) -> Opened:
    """The shop that another process of ours has open, for a worker process that it started.

    No lock is taken and nothing is checked or migrated but that it is a shop of today's schema: the process that
    holds the lock has done it. Refuses as `open_existing`.
    """
    path = _place(path)
    check_is_file(path)
    engine = open_engine(path)
    with told_also_of_the_disk(path), engine.connect() as connection:
        number = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        altered = number != schema.SCHEMA
    if altered:
        engine.dispose()
        raise Refused("shop.newer", file=path.name, schema=number, ours=schema.SCHEMA)
    return Opened(path, engine, None)


def _place(path: Path) -> Path:
    """Behind symbolic links: the lock and SQLite's own files must lie beside the real one."""
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError):
        raise Refused("shop.missing", **refusal_facts(path)) from None


def _locked_new(path: Path) -> SideLock:
    private_folder(path.parent)
    return SideLock(path)


@contextmanager
def _released_unless_opened(lock: SideLock) -> Iterator[None]:
    try:
        yield
    except BaseException:
        lock.release()
        raise


def _make(file: Path, fill: Callable[[Engine], None] | None) -> None:
    connection = connect(file)
    try:
        connection.execute("BEGIN IMMEDIATE").close()
        schema.make(connection)
        connection.execute("COMMIT").close()
    finally:
        connection.close()
    if fill is not None:
        engine = open_engine(file)
        try:
            fill(engine)
        finally:
            engine.dispose()


def _migrate(path: Path, looked: Looked, clock: Clock, checks: Sequence[Check]) -> None:
    # Only here: Alembic takes 150 ms to import, and almost no opening needs it.
    from backoffice.store import migrating  # noqa: PLC0415

    migrating.migrate(path, looked.schema, clock=clock, checks=checks)
