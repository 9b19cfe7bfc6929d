"""Opens a table that somebody exported: whatever its encoding, delimiter and header, its rows come out as a stream."""

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from backoffice.channels.encoding import Inspection, inspect
from backoffice.channels.layout import Layout, find_layout
from backoffice.channels.rows import Note, Row, Rows
from backoffice.core.errors import Outage, Refused
from backoffice.core.text import fold

_FIRST = 512 * 1024  # letters in which the header must be found
_SAMPLE = 500  # rows kept as sample


def open_table(path: Path) -> "Table":
    """The table in this file, looked through once for its encoding and found readable.

    Refused: channels.file-missing, channels.file-empty, channels.no-header, channels.is-… for what is no CSV (each
    with `file`), channels.line-too-long(line, limit), channels.bad-encoding(line). Outage channels.file-unreadable.
    """
    if not path.is_file():
        raise Refused("channels.file-missing", file=path.name)
    seen = inspect(path)
    with _text(path, seen) as stream:
        first = list(_first_lines(stream))
    if not any(line.strip() for line in first):
        raise Refused("channels.file-empty", file=path.name)
    layout = find_layout(first)
    if layout is None:
        raise Refused("channels.no-header", file=path.name)
    return Table(path, seen, layout)


def _text(path: Path, seen: Inspection) -> io.TextIOWrapper:
    try:
        return path.open(encoding=seen.encoding, errors=seen.errors, newline="")
    except OSError as error:
        raise Outage("channels.file-unreadable", file=path.name, why=error.strerror or "") from error


def _first_lines(stream: Iterable[str]) -> Iterator[str]:
    taken = 0
    for line in stream:
        yield line.replace("\0", "")
        taken += len(line)
        if taken > _FIRST:
            return


def normal(name: str) -> str:
    """A column's name for comparing: case, accents, blanks at the ends and inner runs of them do not count."""
    return " ".join(fold(name.replace("\xa0", " ").replace("\u202f", " ").replace("’", "'")).split())


def unique_names(header: Iterable[str]) -> tuple[str, ...]:
    """The header with each name once: the second "Price" is "Price#2", the unnamed fifth column "#5"."""
    names: list[str] = []
    seen: dict[str, int] = {}
    for at, name in enumerate(header, 1):
        times = seen[name] = seen.get(name, 0) + 1
        names.append(f"#{at}" if not name else name if times == 1 else f"{name}#{times}")
    return tuple(names)


class Table:
    """A header and a stream of rows. Nothing of the rows is kept."""

    def __init__(self, path: Path, seen: Inspection, layout: Layout) -> None:
        self.path = path
        self.encoding = seen.encoding
        self.delimiter = layout.delimiter
        self.header = unique_names(layout.header)
        self.header_line = layout.header_line
        self.data_line = layout.data_line
        self.size = seen.size
        self.lines = seen.lines + (not seen.ends_whole)
        """Physical lines, for progress: a candidate's line of so many."""
        self.maybe_guarded = seen.maybe_guarded
        self.plain_lines = not (seen.lone_returns or seen.has_nul)
        """The file's bytes break into lines where the text does."""
        self._seen = seen
        self._layout = layout
        self._places = {normal(name): at for at, name in reversed(list(enumerate(self.header)))}
        self._walk: Rows | None = None

    def column(self, *names: str) -> int:
        """The place of the first of these columns that there is, by `normal`; -1, which reads as empty, if none."""
        return next((self._places[key] for key in map(normal, names) if key in self._places), -1)

    def rows(self, *, raw: bool = False) -> Iterator[Row]:
        """The rows after the header: (first physical line, cells, fault).

        Cells are as many as the header's, and an empty one more. Blank lines, footers and repeated headers are
        passed over and told by `notes`. A fault is a code of words.REJECTIONS: row-too-short, row-too-long,
        row-cut-off, row-unreadable, stray-quote. `raw` leaves spreadsheets' apostrophes on.

        Refused: channels.unclosed-quote(line), channels.cell-too-long(line, limit), channels.file-changed(file).
        Outage channels.file-unreadable.
        """
        seen = self._seen
        self._walk = Rows(
            self._open_lines,
            self._layout,
            raw=raw or not seen.maybe_guarded,
            open_end=0 if seen.ends_whole else self.lines,
            damaged=seen.errors != "strict",
        )
        return iter(self._walk)

    def check(self) -> None:
        """Walk through all rows and forget them: Refused as `rows`, before anything was made of the first one."""
        for _ in self.rows(raw=True):
            pass

    def sample(self, count: int = _SAMPLE) -> list[list[str]]:
        """The cells of the first good rows, for guessing; faults of the file show when it is read."""
        try:
            return [cells for _, cells, fault in islice(self.rows(), count) if not fault]
        except Refused:
            return []

    def notes(self) -> list[Note]:
        """What the file holds besides rows, complete after a walk: preamble, blank lines, footer, NUL bytes …"""
        notes = [Note("preamble", line, 1, text[:200]) for line, text in self._layout.preamble]
        if self._seen.has_nul:
            notes.append(Note("nul-bytes", 0))
        return notes + (self._walk.notes if self._walk else [])

    def _open_lines(self) -> Iterator[str]:
        """The file's physical lines, as text; the file is closed when nobody asks for more."""
        try:
            with _text(self.path, self._seen) as stream:
                if self._seen.has_nul:
                    yield from (line.replace("\0", "") for line in stream)
                else:
                    yield from stream
        except UnicodeDecodeError as error:  # it was looked through before: somebody writes to it
            raise Refused("channels.file-changed", file=self.path.name) from error
        except OSError as error:
            raise Outage("channels.file-unreadable", file=self.path.name, why=error.strerror or "") from error
