"""The side lock: one program at a time has a shop open."""

import sys
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from backoffice.core.errors import Outage, Refused
from backoffice.store import places


class SideLock:
    """A lock on the file beside the shop's; the system lets go of it when the process ends, however it ends."""

    def __init__(self, shop: Path) -> None:
        """Takes it at once. Refuses `shop.in-use`; Outage `store.read-only` where no file can be made there."""
        self._file = places.lock_of(shop)
        self._lock = FileLock(self._file, timeout=0, mode=0o600, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout:
            raise Refused("shop.in-use", file=shop.name) from None
        except OSError as error:
            raise Outage("store.read-only", file=shop.name) from error

    def release(self) -> None:
        """Lets go; a second call does nothing. Takes the file away too, while nobody else can have it locked."""
        if self._lock.is_locked:
            if sys.platform != "win32":  # there a file that is open stays
                with suppress(OSError):
                    self._file.unlink()
            self._lock.release()
