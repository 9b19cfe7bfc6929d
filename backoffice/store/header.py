"""The first hundred bytes of a database file: whose it is, which schema it has, how long it must be."""

import struct
from dataclasses import dataclass
from pathlib import Path

MAGIC = b"SQLite format 3\x00"
_PAGE_SIZES = {2**power for power in range(9, 17)}
_WITH_LOG = 2


class NoHeader(Exception):
    """The file does not begin as a database does; its text is the code of the refusal that says so."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the first hundred bytes of a database say (https://www.sqlite.org/fileformat.html)."""

    application: int
    schema: int
    bytes: int
    """How long the file must be; 0 where the header does not know."""
    log: bool
    """Whether a write-ahead log belongs to the file: a shop has one, a backup is whole without."""


def header_of(file: Path) -> Header:
    """The file's header. NoHeader where it has none; OSError as the disk says."""
    with open(file, "rb") as opened:
        first = opened.read(100)
    if not first:
        raise NoHeader("shop.empty")
    if not first.startswith(MAGIC):
        raise NoHeader("shop.not-a-database")
    if len(first) < 100:
        raise NoHeader("shop.truncated")
    (page,) = struct.unpack_from(">H", first, 16)
    changed, pages = struct.unpack_from(">II", first, 24)
    (version,) = struct.unpack_from(">i", first, 60)
    application, valid_for = struct.unpack_from(">I", first, 68)[0], struct.unpack_from(">I", first, 92)[0]
    page = 65536 if page == 1 else page
    known = changed == valid_for and page in _PAGE_SIZES
    return Header(application, version, page * pages if known else 0, first[18] == _WITH_LOG)
