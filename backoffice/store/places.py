"""What lies beside a shop's file, and how files are put there whole or not at all."""

import os
from pathlib import Path

from backoffice.core.paths import private_folder

BACKUPS = "-backups"
"""How the name of a folder of backups ends."""

_SQLITES = ("-wal", "-shm", "-journal")


def lock_of(shop: Path) -> Path:
    """The side lock: who holds it has the shop open."""
    return shop.with_name(f"{shop.name}-lock")


def health_of(shop: Path) -> Path:
    """How the last backups went."""
    return shop.with_name(f"{shop.name}-health")


def typed_of(shop: Path) -> Path:
    """What was typed in the window and not saved yet."""
    return shop.with_name(f"{shop.name}-typed")


def backups_of(shop: Path) -> Path:
    """The folder of its backups."""
    return shop.with_name(f"{shop.name}{BACKUPS}")


def partial(file: Path) -> Path:
    """The name under which `file` is written until it is whole."""
    return file.with_name(f"{file.name}.partial")


def new_private(file: Path) -> Path:
    """Makes an empty file (0600) where none is, its folders too (0700). OSError as the disk says."""
    private_folder(file.parent)
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    return file


def remove(file: Path) -> None:
    """Removes a database file that is not open, and what SQLite may have left beside it."""
    for name in ("", *_SQLITES):
        file.with_name(file.name + name).unlink(missing_ok=True)


def remove_sqlites(file: Path) -> None:
    """Removes only what SQLite left beside it."""
    for name in _SQLITES:
        file.with_name(file.name + name).unlink(missing_ok=True)


def hot(file: Path, ending: str) -> bool:
    """Whether SQLite left a log beside the file that it still needs: the program did not end cleanly."""
    log = file.with_name(file.name + ending)
    return log.exists() and log.stat().st_size > 0


def keep(temporary: Path, file: Path) -> None:
    """Gives a file its final name so that it is still there after a power cut: fsync, rename, fsync of the folder."""
    sync(temporary)
    os.replace(temporary, file)
    sync_folder(file.parent)


def sync(file: Path) -> None:
    """Waits until the disk has the file's content."""
    with open(file, "r+b") as opened:
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Waits until the disk has the folder's names; Windows knows no such thing and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
