"""Shops that take long to make, made once: each workload gets a copy of its own.

The folder is that of `bench --keep DIR`, where they stay for the next run, or one that lives as long as the run.
"""

import hashlib
import inspect
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import backoffice.store

FOLDER = "BACKOFFICE_BENCH_KEEP"


def copy_of(kind: str, scale: int, make: Callable[[Path], Path], *makers: ModuleType, into: Path) -> Path:
    """The path of a fresh copy in `into` of the shop that `make(folder)` makes; `make` answers its closed file.

    `makers` are the modules that decide what is in it: when one of them or the schema changes, it is made anew.
    """
    into.mkdir(parents=True, exist_ok=True)
    asked = os.environ.get(FOLDER)
    if not asked:
        return make(into)
    shelf = Path(asked)
    shelf.mkdir(parents=True, exist_ok=True)
    kept = shelf / f"{kind}-{scale}-{_edition(makers)}.backoffice"
    if not kept.exists():
        for older in shelf.glob(f"{kind}-{scale}-*.backoffice"):
            older.unlink()  # a million orders take half a gigabyte
        _make(kept, make)
    return Path(shutil.copyfile(kept, into / f"{kind}.backoffice"))


def _make(kept: Path, make: Callable[[Path], Path]) -> None:
    """Made in a folder of its own and moved when it is whole; of a run that was cut off nothing is taken for it."""
    folder = kept.with_suffix(".making")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    made = make(folder)
    if made.with_name(made.name + "-wal").exists():
        raise RuntimeError(f"{made.name} is still open")
    made.replace(kept)
    shutil.rmtree(folder)


def _edition(makers: tuple[ModuleType, ...]) -> str:
    schema = Path(backoffice.store.__path__[0]) / "migrations" / "schema"
    told = [file.read_bytes() for file in sorted(schema.glob("*.sql"))]
    told += [inspect.getsource(maker).encode() for maker in makers]
    return hashlib.sha256(b"\0".join(told)).hexdigest()[:8]
