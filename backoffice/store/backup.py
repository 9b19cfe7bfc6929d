"""Backups: copied by SQLite's own backup, proven on the copy, named only then, thinned out; a second folder too."""

import hashlib
import shutil
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from backoffice.core.calendar import Clock
from backoffice.core.crash import crash
from backoffice.core.errors import Outage, Refused
from backoffice.core.paths import private_folder
from backoffice.store import health, places, proof, shelf, thinning
from backoffice.store.check import Check
from backoffice.store.engine import connect
from backoffice.store.jobs import Cancelled, Progress, never, nobody_watches
from backoffice.store.outages import outage_of, told_also_of_the_disk

SMALL = 24 * 1024 * 1024
"""Up to this size closing waits for the backup, about a second; a larger shop's runs as a job people can stop."""

_PAGES_A_STEP = 2048
_COPYING = 60  # of a hundred parts of the progress


def make(
    shop: Path,
    *,
    clock: Clock,
    reason: str = "manual",
    checks: Sequence[Check] = (),
    second_folder: Path | None = None,
    progress: Progress = nobody_watches,
    cancelled: Cancelled = never,
) -> shelf.Backup:
    """Copies the shop, open or not, into the folder beside it, and proves the copy before it gets its name.

    Proven means: every page can be read, every reference holds, each table has as many rows as the shop had at that
    moment. `checks` (*Check my data*) are run on the copy too; what they find is noted in the health and does not
    make the copy less faithful. How it went is kept beside the shop; the second folder's fortune is told there and
    does not fail the backup. Progress counts to 100. Refuses `store.backup-stopped` when cancelled; Outage
    `store.…`, also `store.backup-unproven`. The caller holds the side lock.
    """
    if reason not in shelf.REASONS:
        raise ValueError(reason)
    try:
        with told_also_of_the_disk(shop):
            state = health.state_of(shop)  # before the copy: what is written meanwhile is not in it
            file, faults = _make(
                shop, clock=clock, reason=reason, checks=checks, progress=progress, cancelled=cancelled
            )
            _thin_folder(file.parent, clock.now())
            crash("backup")
            health.change(
                shop,
                succeeded_at=shelf.moment_of(file).isoformat(),
                file=file.name,
                faults=faults,
                state=state,
                failure="",
            )
            crash("backup")
    except Outage as outage:
        _note_failure(shop, clock, outage.code)
        raise
    if second_folder is not None:
        _copy_to_second(shop, file, second_folder)
    crash("backup")
    progress(100, 100)
    return shelf.described(file)


def copy_to(
    target: Path,
    shop: Path,
    *,
    checks: Sequence[Check] = (),
    progress: Progress = nobody_watches,
    cancelled: Cancelled = never,
) -> Path:
    """A proven copy of the shop in a file of the user's choice; neither thinned nor counted as a backup.

    Refuses `store.file-exists`, `store.backup-stopped`; Outage as `make`.
    """
    if target.exists():
        raise Refused("store.file-exists", file=target.name)
    with told_also_of_the_disk(target):
        places.remove(places.partial(target))
        _prove_and_name(shop, target, checks=checks, progress=progress, cancelled=cancelled)
    progress(100, 100)
    return target


def _make(
    shop: Path,
    *,
    clock: Clock,
    reason: str,
    checks: Sequence[Check],
    progress: Progress,
    cancelled: Cancelled,
) -> tuple[Path, int]:
    """The named backup, and how many faults *Check my data* found in it."""
    folder = private_folder(places.backups_of(shop))
    for left_over in folder.glob("*.partial*"):  # of a backup that was cut off; the side lock says nobody is at it
        left_over.unlink(missing_ok=True)
    file = folder / shelf.free_name(folder, clock.now(), reason)
    return file, _prove_and_name(shop, file, checks=checks, progress=progress, cancelled=cancelled)


def _prove_and_name(
    shop: Path, file: Path, *, checks: Sequence[Check], progress: Progress, cancelled: Cancelled
) -> int:
    """Copies into `file`, which gets its name once the copy is proven; how many faults *Check my data* found."""
    temporary = places.new_private(places.partial(file))
    try:
        crash("backup")
        counts = _copy(shop, temporary, progress, cancelled)
        crash("backup")
        faults = proof.prove(
            temporary,
            counts,
            checks,
            progress=lambda done, total: progress(_COPYING + done * (99 - _COPYING) // max(total, 1), 100),
            cancelled=cancelled,
        )
        crash("backup")
        places.keep(temporary, file)
        crash("backup")
    finally:
        places.remove(temporary)
    return faults


def _copy(shop: Path, target: Path, progress: Progress, cancelled: Cancelled) -> dict[str, int]:
    """Copies every page of one moment, without keeping writers waiting; how many rows each table had then."""

    def step(_status: int, remaining: int, total: int) -> None:
        progress((total - remaining) * _COPYING // max(total, 1), 100)
        if cancelled():
            raise Refused("store.backup-stopped")

    source, copy = connect(shop), sqlite3.connect(target, isolation_level=None)
    try:
        copy.execute("PRAGMA synchronous=OFF").close()  # the whole file is flushed once, before it gets its name
        source.execute("BEGIN").close()  # one read transaction: a writer meanwhile does not make it start again
        counts = proof.count_rows(source)
        source.backup(copy, pages=_PAGES_A_STEP, progress=step)
        source.execute("COMMIT").close()
        copy.execute("PRAGMA journal_mode=DELETE").close()  # one file, whole without a log beside it
        return counts
    finally:
        copy.close()
        source.close()


def _copy_to_second(shop: Path, file: Path, folder: Path) -> None:
    """The same backup in the second folder, read back and compared; what fails is noted in the health."""
    failure = ""
    try:
        with told_also_of_the_disk(file):
            target = private_folder(shelf.second_folder(shop, folder)) / file.name
            temporary = places.partial(target)
            temporary.unlink(missing_ok=True)
            shutil.copyfile(file, places.new_private(temporary))
            places.sync(temporary)
            if _hash(temporary) != _hash(file):
                raise Outage("store.backup-unproven", file=file.name)
            places.keep(temporary, target)
            _thin_folder(target.parent, shelf.moment_of(file))
    except Outage as outage:
        failure = outage.code
    with told_also_of_the_disk(shop):
        health.change(shop, second_folder=str(folder), second_failure=failure)


def _thin_folder(folder: Path, now: datetime) -> None:
    """Removes what the rule of `thinning` lets go; files that are no good backups are not counted and not touched."""
    good = {each.at: each.file for file in folder.glob(f"*{shelf.ENDING}") if (each := shelf.good(file)) is not None}
    for moment in thinning.superfluous(list(good), now):
        good[moment].unlink(missing_ok=True)


def _note_failure(shop: Path, clock: Clock, code: str) -> None:
    try:
        health.change(shop, failed_at=clock.now().isoformat(), failure=code)
    except OSError as error:  # the disk that has no room for the backup may have none for the note either
        assert outage_of(error, shop) is not None


def _hash(file: Path) -> str:
    with open(file, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
