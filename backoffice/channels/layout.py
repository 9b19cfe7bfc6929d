"""Finds a table's delimiter and header among its first lines: `sep=`, preambles and blank lines come before them."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

DELIMITERS = (",", ";", "\t", "|")

_SEP = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_VALUE = re.compile(r"[\s\d.,:/\-+€$£%'()#TZ]*\d[\s\d.,:/\-+€$£%'()#TZ]*|[^@\s]+@[^@\s]+\.[^@\s]+")
_LOOKED_AT = 60  # records in which the header must appear, and by which the table's width is judged


class Layout(NamedTuple):
    """How a table lies in its file."""

    delimiter: str
    header: tuple[str, ...]
    """As written, but for blanks."""
    first_name: str
    """The first cell of the header exactly as it is written."""
    widest: int
    """Cells that a good row may have: more than the header's where all rows end with empty ones."""
    header_line: int
    data_line: int
    """The first physical line after the header."""
    preamble: tuple[tuple[int, str], ...]
    """The lines before the header that are not blank, but for `sep=`."""


class _Record(NamedTuple):
    line: int
    after: int
    cells: list[str]


def written(name: str) -> str:
    """A header's cell as people read it: blanks put right, and no mark of an encoding left over."""
    return " ".join(name.replace("\ufeff", "").split())


def find_layout(lines: Sequence[str]) -> Layout | None:
    """The layout told by the file's first physical lines; None where no line can be a header.

    A header is the first row as wide as the table whose cells are mostly words, not values.
    """
    named = next((_SEP.fullmatch(line) for line in lines if line.strip()), None)
    best: tuple[int, int, Layout] | None = None
    for rank, delimiter in enumerate((named[1],) if named else DELIMITERS):
        found = _try(lines, delimiter, named is not None)
        if found is not None:
            named_columns = sum(1 for name in found.header if name)
            if best is None or (named_columns, -rank) > best[:2]:
                best = (named_columns, -rank, found)
    return best[2] if best else None


def _try(lines: Sequence[str], delimiter: str, named: bool) -> Layout | None:
    for records in (_records(lines, delimiter), _line_by_line(lines, delimiter)):
        filled = [record for record in records if any(cell.strip() for cell in record.cells)]
        if named:
            filled = filled[1:]
        widths = Counter(len(record.cells) for record in filled if len(record.cells) > 1)
        usual = max(widths, key=lambda width: (widths[width], width), default=0)
        for record in filled:
            if _is_header(record.cells, usual):
                before = tuple(
                    (number, line.strip())
                    for number, line in enumerate(lines[: record.line - 1], 1)
                    if line.strip() and not _SEP.fullmatch(line)
                )
                width = max(len(_trimmed(record.cells)), min(usual, len(record.cells)))
                header = tuple(written(cell) for cell in record.cells[:width])
                return Layout(delimiter, header, record.cells[0], max(width, usual), record.line, record.after, before)
    return None


def _records(lines: Sequence[str], delimiter: str) -> list[_Record]:
    """The first records as CSV has them, cells of several lines included."""
    found: list[_Record] = []
    reader = csv.reader(iter(lines), delimiter=delimiter)
    begins = 1
    try:
        for cells in reader:
            found.append(_Record(begins, reader.line_num + 1, cells))
            begins = reader.line_num + 1
            if len(found) >= _LOOKED_AT:
                break
    except csv.Error:
        pass  # a cell without end: what came before is enough, and reading the rows says where it opened
    return found


def _line_by_line(lines: Sequence[str], delimiter: str) -> Iterator[_Record]:
    """The first lines each for itself: a stray quote in a preamble must not swallow the header."""
    for number, line in enumerate(lines[:_LOOKED_AT], 1):
        try:
            cells = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            continue
        yield _Record(number, number + 1, cells)


def _trimmed(cells: list[str]) -> list[str]:
    last = max((at for at, cell in enumerate(cells) if cell.strip()), default=-1)
    return cells[: last + 1]


def _is_header(cells: list[str], usual: int) -> bool:
    named = _trimmed(cells)
    filled = [cell.strip() for cell in named if cell.strip()]
    words = [cell for cell in filled if not _VALUE.fullmatch(cell)]
    return (
        len(set(words)) >= 2
        and len(cells) >= usual * 0.8
        and len(named) >= usual * 0.5
        and len(words) >= len(named) * 0.7
    )
