"""Opens and creates shop files by the rules of trust: locked, recognised, checked, never replaced."""

import os
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel

from backoffice.core.calendar import Clock
from backoffice.core.errors import Refused
from backoffice.store.engine import open_engine


@dataclass(slots=True)
class Opened:
    """An open shop file: its engine and its side lock."""

    engine: Engine
    lock: FileLock

    def close(self) -> None:
        self.engine.dispose()
        self.lock.release()


def _lock(path: Path) -> FileLock:
    lock = FileLock(f"{path}.lock", timeout=0)
    lock.acquire()
    return lock


def create(path: Path) -> Opened:
    """A new, empty shop file. Refuses `shop.exists`."""
    if path.exists():
        raise Refused("shop.exists", file=path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = _lock(path)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    engine = open_engine(path)
    SQLModel.metadata.create_all(engine)
    return Opened(engine, lock)


def open_existing(path: Path, *, clock: Clock) -> Opened:
    """The shop file at `path`."""
    if not path.exists():
        raise Refused("shop.missing", file=path.name)
    lock = _lock(path)
    return Opened(open_engine(path), lock)
