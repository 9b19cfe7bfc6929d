"""Follows the quotes of a few lines, to say in which line a quote opened that never closed."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class QuotedCell(NamedTuple):
    """A quoted cell: the lines where it opens and ends, and its text's lines after the first."""

    opens: int
    ends: int
    closed: bool
    """False where the file ends inside it, or where something else than a delimiter follows its closing quote."""
    inner: tuple[str, ...]


def quoted_cells(lines: Iterable[tuple[int, str]], delimiter: str) -> Iterator[QuotedCell]:
    """The quoted cells of these numbered physical lines, by the rules of RFC 4180, up to the first faulty one."""
    opened, inner = 0, []
    number, in_quotes = 0, False
    for number, line in lines:
        at = 0
        if in_quotes:
            inner.append(line)
        while at < len(line):
            if in_quotes:
                at = _closing(line, at)
                if at < 0:
                    break
                in_quotes = False
                good = line[at : at + 1] in (delimiter, "\n", "\r", "")
                yield QuotedCell(opened, number, good, tuple(inner))
                if not good:
                    return
            at, in_quotes = _next_cell(line, at, delimiter)
            if in_quotes:
                opened, inner = number, []
    if in_quotes:
        yield QuotedCell(opened, number, False, tuple(inner))


def _closing(line: str, at: int) -> int:
    """The place after the quote that closes the cell; -1 if it stays open in this line."""
    while True:
        at = line.find('"', at)
        if at < 0:
            return -1
        if line[at + 1 : at + 2] != '"':
            return at + 1
        at += 2


def _next_cell(line: str, at: int, delimiter: str) -> tuple[int, bool]:
    """From a cell's end or beginning to inside the next quoted one: (place, True), or the line's end."""
    if at == 0 and line[:1] == '"':
        return 1, True
    while True:
        at = line.find(delimiter, at)
        if at < 0:
            return len(line), False
        if line[at + 1 : at + 2] == '"':
            return at + 2, True
        at += 1


def swallows_rows(inner: Iterable[str], delimiter: str, width: int, *, well_formed: bool) -> bool:
    """Whether the further lines of a quoted cell look like rows of the table: then its quote was meant to close.

    A note of several lines rarely holds as many delimiters in one line as a row does; in a row that has the
    right number of cells it must look exactly like one, and tables of few columns are given the benefit.
    """
    least = max(width - 1, 4) if well_formed else max(1, width // 2)
    return any(line.count(delimiter) >= least for line in inner)
