"""A shop that somebody else has open, to be looked at: a copy of it as it is now, in a private folder of our own.

The shop's own file and log are only read, as any file is. SQLite is never let near them: over a network its shared
memory is shared with nobody, and a second program that takes it for its own could spoil what the first one writes.
"""

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from backoffice.core.errors import Outage, Refused
from backoffice.core.paths import data_folder, private_file
from backoffice.store import schema
from backoffice.store.engine import open_engine
from backoffice.store.locking import SideLock
from backoffice.store.look import check_has_one_name, check_is_file, look, refusal_facts
from backoffice.store.opening import Opened
from backoffice.store.outages import told_also_of_the_disk

_PREFIX = "reading-"
_TRIES = 5
_SALT = 32  # bytes at the head of the log: another salt there means that it was begun anew


@dataclass(slots=True)
class Copied(Opened):
    """The open copy; its folder goes with it."""

    def close(self) -> None:
        Opened.close(self)
        shutil.rmtree(self.path.parent, ignore_errors=True)


def open_to_read(path: Path) -> Opened:
    """The shop at `path` as it was at one moment of now. What a killed program left of its copies is taken away first.

    Refuses as `opening.open_existing`, `shop.newer` also for an older one, and `shop.no-still` where it never held
    still long enough to be copied.
    """
    check_is_file(path)
    check_has_one_name(path)
    home = data_folder()
    _clear(home)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=home))  # 0700
    copy = folder / "shop"
    lock = SideLock(copy)
    try:
        with told_also_of_the_disk(path):
            _copy(path, copy)
            number = look(copy, thorough=True).schema
            if number != schema.SCHEMA:
                raise Refused("shop.newer", file=path.name, schema=number, ours=schema.SCHEMA)
            return Copied(copy, open_engine(copy), lock)
    except BaseException:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _copy(shop: Path, copy: Path) -> None:
    """File and log as they are at one moment: between checkpoints the file stands still, and the log only grows."""
    log, log_copy = (file.with_name(f"{file.name}-wal") for file in (shop, copy))
    for _try in range(_TRIES):
        before = _state(shop, log)
        for source, target in ((shop, copy), (log, log_copy)):
            target.unlink(missing_ok=True)
            with suppress(FileNotFoundError):
                shutil.copyfile(source, private_file(target))
        if _state(shop, log) == before:
            return
    raise Refused("shop.no-still", **refusal_facts(shop))


def _state(shop: Path, log: Path) -> tuple[object, ...]:
    """What changes when the log is put into the file or begun anew."""
    found = shop.stat()
    try:
        with log.open("rb") as opened:
            head = opened.read(_SALT)
    except FileNotFoundError:
        head = b""
    return found.st_size, found.st_mtime_ns, head


def _clear(home: Path) -> None:
    """Takes away the copies that no living program reads."""
    for folder in home.glob(f"{_PREFIX}*"):
        with suppress(Refused, Outage):
            lock = SideLock(folder / "shop")
            shutil.rmtree(folder, ignore_errors=True)
            lock.release()
