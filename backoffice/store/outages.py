"""What it means when SQLite or the disk fails: one code of `words.OUTAGES` for each way the world can break."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from backoffice.core.errors import Outage

# By SQLite's primary result code (https://www.sqlite.org/rescode.html); IOERR is told apart further below.
_BY_PRIMARY = {
    sqlite3.SQLITE_FULL: "store.disk-full",
    sqlite3.SQLITE_READONLY: "store.read-only",
    sqlite3.SQLITE_PERM: "store.read-only",
    sqlite3.SQLITE_BUSY: "store.busy",
    sqlite3.SQLITE_LOCKED: "store.busy",
    sqlite3.SQLITE_CORRUPT: "store.damaged",
    sqlite3.SQLITE_NOTADB: "store.damaged",
    sqlite3.SQLITE_CANTOPEN: "store.cannot-open",
    sqlite3.SQLITE_NOMEM: "store.no-memory",
    sqlite3.SQLITE_IOERR: "store.disk-failed",
}
# A full disk, or a quota, shows itself as a write that could not be done as often as by SQLITE_FULL.
_WRITING = {
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_GETTEMPPATH,
}
_BY_ERRNO = {
    errno.ENOSPC: "store.disk-full",
    errno.EFBIG: "store.disk-full",
    getattr(errno, "EDQUOT", errno.ENOSPC): "store.disk-full",
    errno.EACCES: "store.read-only",
    errno.EPERM: "store.read-only",
    errno.EROFS: "store.read-only",
}


def outage_of(error: BaseException, file: Path) -> Outage | None:
    """The outage that a failure of SQLite or of the disk means for `file`; None where it is a bug of ours."""
    if isinstance(error, DBAPIError):
        error = error.orig or error
    if isinstance(error, sqlite3.Error):
        code = _of_sqlite(error)
    elif isinstance(error, OSError):
        code = _BY_ERRNO.get(error.errno or 0, "store.disk-failed")
    else:
        code = None
    return None if code is None else Outage(code, file=file.name)


@contextmanager
def told(file: Path) -> Iterator[None]:
    """Failures of SQLite inside come out as the Outage they mean; everything else as it is."""
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        outage = outage_of(error, file)
        if outage is None:
            raise
        raise outage from error


@contextmanager
def told_also_of_the_disk(file: Path) -> Iterator[None]:
    """As `told`, and every OSError too: for code that itself handles files."""
    try:
        with told(file):
            yield
    except OSError as error:
        outage = outage_of(error, file)
        assert outage is not None
        raise outage from error


def _of_sqlite(error: sqlite3.Error) -> str | None:
    extended = getattr(error, "sqlite_errorcode", None)
    if extended is None:
        return None
    if extended in _WRITING:
        return "store.disk-full"
    return _BY_PRIMARY.get(extended & 0xFF)
