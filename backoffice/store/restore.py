"""Puts a backup in the place of a shop: looked at as a stranger, the present shop saved first, swapped in one step."""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from backoffice.core.calendar import Clock
from backoffice.core.crash import crash
from backoffice.core.errors import Outage, Refused
from backoffice.core.paths import private_folder
from backoffice.store import backup, places, proof, shelf
from backoffice.store.check import Check
from backoffice.store.engine import connect
from backoffice.store.jobs import Cancelled, Progress, never, nobody_watches
from backoffice.store.locking import SideLock
from backoffice.store.look import check_has_one_name, check_is_file, look, refusal_facts
from backoffice.store.outages import told_also_of_the_disk
from backoffice.store.swapped import refuse_wrong_way


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    file: Path
    saved: Path | None
    """Where the shop as it was before is kept: a backup, or, where it was damaged, its very bytes."""
    faults: int
    """What *Check my data* found in the restored shop; 0 also where its older schema is still to be brought up."""


def restore(
    source: Path,
    shop: Path,
    *,
    clock: Clock,
    from_shop: bool = False,
    checks: Sequence[Check] = (),
    progress: Progress = nobody_watches,
    cancelled: Cancelled = never,
) -> Restored:
    """Puts the backup `source` in the place of `shop`, which need not exist and must not be open.

    With `from_shop` the source may be a shop that is worked with.

    `source` is trusted no more than any file: it is copied, and the copy is read through and its schema compared
    before anything else. Until the very last step the present shop is untouched. Refuses `shop.in-use`,
    `shop.folder`, `shop.linked`, `store.same-file`, `store.restore-stopped`, what `swapped.refuse_wrong_way` refuses,
    and of the source what `look` refuses; Outage `store.…`. Progress counts to 100.
    """
    source, shop = source.expanduser().resolve(), shop.expanduser().resolve()
    check_is_file(source)
    if shop.exists() and os.path.samefile(source, shop):
        raise Refused("store.same-file", file=source.name)
    if shop.is_dir():
        raise Refused("shop.folder", **refusal_facts(shop))
    if shop.exists():
        check_has_one_name(shop)
    refuse_wrong_way(source, shop, from_shop=from_shop)
    with told_also_of_the_disk(shop):
        private_folder(shop.parent)
        lock = SideLock(shop)
        try:
            return _restore(source, shop, clock=clock, checks=checks, progress=progress, cancelled=cancelled)
        finally:
            lock.release()


def _restore(
    source: Path, shop: Path, *, clock: Clock, checks: Sequence[Check], progress: Progress, cancelled: Cancelled
) -> Restored:
    temporary = places.partial(shop)
    places.remove(temporary)
    try:
        crash("restore")
        faults = _proven_copy(source, shop, checks, cancelled)
        progress(40, 100)
        crash("restore")
        saved = _save_present(shop, clock=clock, checks=checks, cancelled=cancelled)
        progress(90, 100)
        crash("restore")
        if cancelled():
            raise Refused("store.restore-stopped")
        # The old log first: SQLite would write its pages into the restored file and undo the restore unseen.
        places.remove_sqlites(shop)
        crash("restore")
        places.keep(temporary, shop)
        crash("restore")
    finally:
        places.remove(temporary)
    progress(100, 100)
    return Restored(shop, saved, faults)


def _proven_copy(source: Path, shop: Path, checks: Sequence[Check], cancelled: Cancelled) -> int:
    """A private copy of the source beside the shop that was found to be a shop of ours, whole; its faults."""
    temporary = places.new_private(places.partial(shop))
    with _at_rest(source):
        shutil.copyfile(source, temporary)
        if places.hot(source, "-wal"):  # a shop copied by hand while it was open: its newest rows are in the log
            shutil.copyfile(f"{source}-wal", places.new_private(temporary.with_name(f"{temporary.name}-wal")))
    try:
        look(temporary, thorough=True)
        faults = proof.prove(temporary, None, checks, cancelled=cancelled)
        _settle(temporary)
    except Refused as refused:
        code = "store.restore-stopped" if refused.code == "store.backup-stopped" else refused.code
        raise Refused(
            code, **{**refused.facts, "file": source.name, "backups": len(shelf.list_backups(shop))}
        ) from None
    except Outage as outage:
        if outage.code in ("store.backup-unproven", "store.damaged"):
            raise Refused("shop.damaged", **{**refusal_facts(shop), "file": source.name}) from None
        raise
    return faults


@contextmanager
def _at_rest(source: Path) -> Iterator[None]:
    """Refuses `shop.in-use` where the source is a shop that is open: its file and its log do not stand still.

    And to read it as a plain file would, in the process that has it open, drop SQLite's locks.
    """
    lock = None
    if places.lock_of(source).exists():
        with suppress(Outage):  # where no lock can be made nobody can have it open to write
            lock = SideLock(source)
    try:
        yield
    finally:
        if lock is not None:
            lock.release()


def _settle(file: Path) -> None:
    """Puts a log into its file and leaves the file in the mode shops are in; then nothing lies beside it."""
    connection = connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    connection.close()


def _save_present(shop: Path, *, clock: Clock, checks: Sequence[Check], cancelled: Cancelled) -> Path | None:
    """The shop as it is now, kept: as a proven backup, or byte for byte where it is too damaged for that."""
    if not shop.exists():
        return None
    try:
        look(shop)
        kept = backup.make(shop, clock=clock, reason="restore", checks=checks, cancelled=cancelled)
        _settle(shop)
        return kept.file
    except Refused as refused:
        if refused.code == "store.backup-stopped":
            raise Refused("store.restore-stopped") from None
    except Outage as outage:
        if outage.code not in ("store.backup-unproven", "store.damaged"):
            raise
    except sqlite3.DatabaseError:
        pass
    return _set_aside(shop, clock)


def _set_aside(shop: Path, clock: Clock) -> Path:
    stamp = clock.now().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = shop.with_name(f"{shop.name}-damaged-{stamp}")
    for ending in ("", "-wal"):
        with suppress(FileNotFoundError):
            target = aside.with_name(aside.name + ending)
            shutil.copyfile(f"{shop}{ending}", target)
            target.chmod(0o600)
            places.sync(target)
    places.sync_folder(aside.parent)
    return aside
