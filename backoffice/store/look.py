"""Looks at a file before anything writes to it: is it a shop of ours, whole, of a schema we know, and as we made it?

The caller holds the side lock and has no connection to the file: to read it as a plain file while SQLite has it
open would drop SQLite's locks.
"""

import sqlite3
import stat
from dataclasses import dataclass
from pathlib import Path

from backoffice.core.errors import Refused
from backoffice.store import places, schema, shelf
from backoffice.store.engine import APPLICATION_ID, read_only
from backoffice.store.header import Header, NoHeader, header_of
from backoffice.store.outages import outage_of

QUICK_BYTES = 8 * 1024 * 1024
"""Up to this size every opening runs SQLite's quick_check; it reads the whole file, 20 ms for so much, 2 s for 1 GB.

A larger shop is read through only after the program did not end cleanly. In between nothing is lost by it: the
daily backup proves a copy page for page, and a torn or shortened file shows in the header and the schema.
"""


@dataclass(frozen=True, slots=True)
class Looked:
    """A shop file that may be opened."""

    schema: int
    size: int
    unclean: bool
    """The program that had it open before did not end cleanly."""


def look(shop: Path, *, thorough: bool = False) -> Looked:
    """Checks the file and changes nothing.

    Refuses `shop.missing`, `shop.folder`, `shop.no-permission`, `shop.empty`, `shop.not-a-database`,
    `shop.foreign`, `shop.newer`, `shop.truncated`, `shop.damaged`, `shop.altered`. `thorough` reads every page
    whatever the size.
    """
    check_is_file(shop)
    header = _header(shop)
    size, unclean = shop.stat().st_size, places.hot(shop, "-wal") or places.hot(shop, "-journal")
    if header.application != APPLICATION_ID:
        raise Refused("shop.foreign", **refusal_facts(shop))
    _refuse_newer(shop, header.schema)
    if header.bytes > size and not unclean:  # a log still holds what the file lacks
        raise Refused("shop.truncated", **refusal_facts(shop))
    whole = thorough or unclean or size <= QUICK_BYTES
    return Looked(_look_inside(shop, unclean=unclean, whole=whole), size, unclean)


def check_is_file(shop: Path) -> None:
    """Refuses `shop.missing`, `shop.folder`, `shop.no-permission`, `shop.not-a-database` (a pipe, a device)."""
    try:
        mode = shop.stat().st_mode
    except PermissionError:
        raise Refused("shop.no-permission", **refusal_facts(shop)) from None
    except (OSError, ValueError):
        raise Refused("shop.missing", **refusal_facts(shop)) from None
    if stat.S_ISDIR(mode):
        raise Refused("shop.folder", **refusal_facts(shop))
    if not stat.S_ISREG(mode):
        raise Refused("shop.not-a-database", **refusal_facts(shop))


def check_has_one_name(shop: Path) -> None:
    """Refuses `shop.linked`: under a second name (a hard link) a shop would have a second lock and a second log.

    https://www.sqlite.org/howtocorrupt.html, 2.5: "Multiple links to the same file".
    """
    if shop.stat().st_nlink > 1:
        raise Refused("shop.linked", **refusal_facts(shop))


def refusal_facts(shop: Path) -> dict[str, object]:
    """What every refusal of a file tells: its name, and how many good backups there are (`shelf.list_backups`)."""
    return {"file": shop.name, "backups": len(shelf.list_backups(shop))}


def _header(shop: Path) -> Header:
    try:
        return header_of(shop)
    except PermissionError:
        raise Refused("shop.no-permission", **refusal_facts(shop)) from None
    except NoHeader as error:
        raise Refused(str(error), **refusal_facts(shop)) from None


def _look_inside(shop: Path, *, unclean: bool, whole: bool) -> int:
    """The schema's number, after the schema and, if `whole`, every page were looked at."""
    shared = shop.with_name(f"{shop.name}-shm")
    was_there = shared.exists()
    try:
        connection = read_only(shop, still=not unclean)
        try:
            return _checked(shop, connection, whole)
        finally:
            connection.close()
    except sqlite3.Error as error:
        refusal = _refusal_for(shop, error)
        if refusal is None:
            raise
        raise refusal from error
    finally:
        if not was_there:  # a reader cannot take away the shared memory it had to make for the log
            shared.unlink(missing_ok=True)


def _checked(shop: Path, connection: sqlite3.Connection, whole: bool) -> int:
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    _refuse_newer(shop, number)  # asked again: the newest header may still be in the log
    try:
        altered = schema.differences(connection, number)
    except KeyError:
        raise Refused("shop.foreign", **refusal_facts(shop)) from None
    if altered:
        raise Refused("shop.altered", **refusal_facts(shop), parts=", ".join(altered[:5]))
    if whole:  # after the schema: quick_check works out every CHECK, and those should be ours
        told = [row[0] for row in connection.execute("PRAGMA quick_check(20)")]
        if told != ["ok"]:
            raise Refused("shop.damaged", **refusal_facts(shop), faults=told)
    return int(number)


def _refuse_newer(shop: Path, number: int) -> None:
    if number > schema.SCHEMA:
        raise Refused("shop.newer", **refusal_facts(shop), schema=number, ours=schema.SCHEMA)


def _refusal_for(shop: Path, error: sqlite3.Error) -> Refused | None:
    outage = outage_of(error, shop)
    if outage is not None and outage.code in ("store.damaged", "store.disk-failed"):
        return Refused("shop.damaged", **refusal_facts(shop), faults=[str(error)])
    if outage is not None and outage.code == "store.cannot-open":
        return Refused("shop.no-permission", **refusal_facts(shop))
    return None
