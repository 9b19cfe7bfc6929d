"""Walks through a table's rows, streaming: blank lines and footers are passed over, faulty rows marked, never lost."""

import csv
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple, TypeAlias

from backoffice.channels.layout import Layout, written
from backoffice.channels.quotes import QuotedCell, quoted_cells, swallows_rows
from backoffice.core.errors import Refused
from backoffice.core.guard import unguarded

LONGEST_CELL = 1024 * 1024  # letters

Row: TypeAlias = tuple[int, list[str], str]
"""A row's first physical line, its cells with one empty cell more at the end, and its fault ("" for a good row).

The empty cell makes a column that the file has not (-1) read as empty.
"""

_FOOTERS = 5  # so many short rows at the very end are a footer; more are rows gone wrong
_NARROW = 4  # a table of fewer columns cannot tell a footer from a row
_FOOTER_WORDS = re.compile(r"\s*(?:(?:sub|grand )?total|sum|suma|summe|gesamt|totale|somme)\b|.*:", re.IGNORECASE)
_ESCAPED = re.compile("[\udc80-\udcff]")


class Note(NamedTuple):
    """Something in the file that is no row: its code (words.NOTES), first line, how many times, and its text."""

    code: str
    line: int
    times: int = 1
    text: str = ""


class Rows:
    """One walk through the rows. `notes` is whole when the walk is."""

    def __init__(
        self, open_lines: Callable[[], Iterator[str]], layout: Layout, *, raw: bool, open_end: int, damaged: bool
    ) -> None:
        self._open_lines = open_lines
        self._layout = layout
        self._unguard = not raw
        self._open_end = open_end  # the number of a last line without its end; 0 if there is none
        self._damaged = damaged
        self._width = len(layout.header)
        self._short: list[tuple[int, list[str]]] = []
        self._blank = (0, 0)
        self._remembered: _Remembered | None = None
        self.notes: list[Note] = []

    def __iter__(self) -> Iterator[Row]:
        if self._unguard or self._damaged:
            return self._looked_after(self._walk())
        return self._walk()

    def _looked_after(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows without spreadsheets' apostrophes, and marked where bytes could not be read."""
        for line, cells, fault in rows:
            if self._damaged and not fault and any(map(_ESCAPED.search, cells)):
                fault = "row-unreadable"
                cells = [_ESCAPED.sub("\ufffd", cell) for cell in cells]
            yield line, unguarded(cells) if self._unguard else cells, fault

    def _walk(self) -> Iterator[Row]:
        csv.field_size_limit(LONGEST_CELL)  # the module's own limit is one for the whole process
        layout, width, short = self._layout, self._width, self._short
        rare = frozenset(("", layout.header[0], layout.first_name, "\ufeff" + layout.first_name))
        skipped = layout.data_line - 1
        lines: Iterator[str] = islice(self._open_lines(), skipped, None)
        while True:
            reader = csv.reader(lines, delimiter=layout.delimiter, strict=True)
            last = 0
            try:
                for cells in reader:
                    first, last = last + 1, reader.line_num
                    if len(cells) == width and first == last and cells[0] not in rare and not short:
                        cells.append("")
                        yield first + skipped, cells, ""
                    else:
                        yield from self._odd(first + skipped, last + skipped, cells)
                break
            except csv.Error as error:
                faulty = reader.line_num + skipped
                yield from self._broken(last + 1 + skipped, faulty, str(error))
                skipped = faulty
                lines = self._remembered = _Remembered(lines)
        yield from self._end()

    def _odd(self, first: int, last: int, cells: list[str]) -> Iterator[Row]:
        """A row of several lines or of another width, or one that follows short ones."""
        width = self._width
        if last > first:
            self._check_swallowing(first, last, cells)
        if not any(cells) or not "".join(cells).strip():
            self._blank = (self._blank[0] or first, self._blank[1] + 1)
            return
        if self._is_header_again(cells):
            self.notes.append(Note("header-again", first))
            return
        fault = ""
        if len(cells) < width:
            if last == self._open_end:
                fault = "row-cut-off"
            elif width >= _NARROW and len(cells) <= 2:
                self._short.append((first, cells))
                return
            cells += [""] * (width - len(cells))
        elif len(cells) > self._layout.widest or any(cell.strip() for cell in cells[width:]):
            fault = "row-too-long"  # even if what is too much is empty: the cells before may have moved
        yield from self._short_rows()
        if not fault:
            del cells[width:]
        cells.append("")
        yield first, cells, fault

    def _short_rows(self) -> Iterator[Row]:
        """Short rows that turned out to be no footer."""
        for line, cells in self._short:
            yield line, cells + [""] * (self._width + 1 - len(cells)), "row-too-short"
        self._short.clear()

    def _end(self) -> Iterator[Row]:
        footer: list[Note] = []
        if len(self._short) <= _FOOTERS:
            while self._short and _is_footer(self._short[-1][1]):
                line, cells = self._short.pop()
                footer.insert(0, Note("footer", line, 1, " ".join(cells).strip()[:200]))
        yield from self._short_rows()
        if self._blank[1]:
            self.notes.append(Note("blank-lines", self._blank[0], self._blank[1]))
        self.notes += footer

    def _is_header_again(self, cells: list[str]) -> bool:
        """Two exports put one after the other hold the header twice."""
        header = self._layout.header
        return written(cells[0]) == header[0] and tuple(map(written, cells)) == header

    def _check_swallowing(self, first: int, last: int, cells: list[str]) -> None:
        """Refuse a quote that closed only because some later row happens to have one."""
        delimiter, well_formed = self._layout.delimiter, len(cells) == self._width
        for cell in cells:
            inner = cell.splitlines()[1:] if "\n" in cell or "\r" in cell else []
            if swallows_rows(inner, delimiter, self._width, well_formed=well_formed):
                spanning = (quoted.opens for quoted in self._quoted(first, last) if quoted.inner)
                raise Refused("channels.unclosed-quote", line=next(spanning, first))

    def _broken(self, first: int, last: int, why: str) -> Iterator[Row]:
        """The csv module gave up between these lines: refuse, or mark the one line that is wrong."""
        delimiter, width = self._layout.delimiter, self._width
        quoted = list(self._quoted(first, last))
        faulty = quoted[-1] if quoted else None
        if "field limit" in why:
            if faulty and swallows_rows(faulty.inner, delimiter, width, well_formed=False):
                raise Refused("channels.unclosed-quote", line=faulty.opens)
            raise Refused("channels.cell-too-long", line=first, limit=LONGEST_CELL // 2**20)
        if faulty and not faulty.closed and (faulty.opens < last or "unexpected end" in why):
            raise Refused("channels.unclosed-quote", line=faulty.opens)
        yield from self._short_rows()
        text = "".join(line for _, line in self._numbered(first, last)).rstrip("\r\n")
        cells = [cell.strip('"') for cell in text.split(delimiter)]  # as good as it can be had: to show, not to use
        yield first, [*cells, *[""] * (width + 1 - len(cells))], "stray-quote"

    def _quoted(self, first: int, last: int) -> Iterator[QuotedCell]:
        return quoted_cells(self._numbered(first, last), self._layout.delimiter)

    def _numbered(self, first: int, last: int) -> Iterator[tuple[int, str]]:
        """These physical lines again: the one just read if it was kept, else from the file."""
        if first == last and self._remembered is not None:
            return iter([(first, self._remembered.line)])
        return enumerate(islice(self._open_lines(), first - 1, last), first)


class _Remembered:
    """Lines, the latest of them kept: where one is faulty others are too, and each is wanted as it was written."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.line = ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.line = next(self._lines)
        return self.line


def _is_footer(cells: list[str]) -> bool:
    """ "83 record(s) downloaded", "Seller ID: cups", "Total,1234.50"."""
    return len(cells) == 1 or _FOOTER_WORDS.match(cells[0]) is not None
