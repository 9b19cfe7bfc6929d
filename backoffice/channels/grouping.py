"""Brings the rows of one record together: streaming where they stand together, kept aside where they are scattered."""

import csv
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from backoffice.channels.reading import Table
from backoffice.channels.rows import LONGEST_CELL, Row
from backoffice.core.errors import Refused
from backoffice.core.guard import unguard

MOST_KEPT = 10_000  # rows of scattered records held in memory; a file with more of them wants sorting first
_SPAN = 50  # physical lines of one record; more, and the quick look at the lines has lost its way
_ASCII_LIKE = frozenset({"utf-8", "utf-8-sig", "cp1252", "latin-1", "mac_roman"})


def grouped(
    table: Table, column: int, *, continues: Callable[[list[str]], bool], raw: bool = False
) -> Iterator[list[Row]]:
    """The rows of each record, in the file's order; scattered ones at the end, each with all its rows.

    A record's key stands in `column`. A row without one belongs to the record above where `continues(cells)`; else
    it is a record of its own. Refused as Table.rows, and channels.rows-scattered(line, number) and
    channels.record-too-long(line, number, rows) where too many rows would have to be kept in memory: all before the
    first record comes out, so that nobody takes half of such a file.
    """
    apart = scattered(table, column)
    if apart:
        _few_enough(table, column, apart)
    kept: dict[str, list[Row]] = {}
    group: list[Row] = []
    current = ""
    for row in table.rows(raw=raw):
        key = row[1][column]
        if key != current:
            key = key.strip()
        if group and (key == current if key else continues(row[1])):
            group.append(row)
            continue
        if current in apart:
            kept.setdefault(current, []).extend(group)
        elif group:
            yield group
        group, current = [row], key
    if current in apart:
        kept.setdefault(current, []).extend(group)
    elif group:
        yield group
    yield from kept.values()


def scattered(table: Table, column: int) -> set[str]:
    """The keys of a column that come back after another key stood between; perhaps a few too many, never too few.

    The whole file is looked through: Refused as Table.rows, and channels.record-too-long.
    """
    if column == 0 and table.plain_lines and table.encoding in _ASCII_LIKE:
        found = _by_lines(table)
        if found is not None:
            return found
    return _by_rows(table, column)


def _by_rows(table: Table, column: int) -> set[str]:
    seen: set[str] = set()
    back: set[str] = set()
    last, began, run = "", 0, 0
    for line, cells, _ in table.rows(raw=True):
        key = cells[column].strip()
        run += 1
        if key != last and key:
            last, began, run = key, line, 1
            if key in seen:
                back.add(key)
            else:
                seen.add(key)
        elif run > MOST_KEPT:
            raise Refused("channels.record-too-long", line=began or line, number=last[:60], rows=MOST_KEPT)
    return back | set(map(unguard, back))


def _by_lines(table: Table) -> set[str] | None:
    """The same for the first column, from the bytes of the lines: a fifth of the time that reading rows takes.

    None where only reading the rows can tell where a record begins, or that the file cannot be read.
    """
    delimiter = table.delimiter.encode()
    seen: set[bytes] = set()
    back: set[bytes] = set()
    last, run = b"", 0
    with table.path.open("rb") as file:
        for _ in range(table.data_line - 1):
            next(file, b"")
        for line in file:
            key = line[: line.find(delimiter)].strip()
            if key != last and key:
                last, run = key, 0
                if key in seen:
                    back.add(key)
                else:
                    seen.add(key)
            run += 1
            if (b'"' in line and not _is_whole(line, delimiter, file, table)) or run > MOST_KEPT:
                return None
    keys = {key.decode(table.encoding, "surrogateescape") for key in back}
    keys = {key[1:-1].replace('""', '"').strip() if key[:1] == '"' == key[-1:] else key for key in keys}
    return keys | set(map(unguard, keys))


def _is_whole(line: bytes, delimiter: bytes, file: Iterable[bytes], table: Table) -> bool:
    """Whether the line's quotes are clear; the rest of a record of several lines is taken from the file."""
    first = line.find(b'"')
    if len(line) > LONGEST_CELL or (first and line[first - 1 : first] != delimiter):
        return False
    return not line.count(b'"') & 1 or _skip_record(line, file, table)


def _few_enough(table: Table, column: int, apart: set[str]) -> None:
    """Refuse a file of which too many rows would have to be kept."""
    held = 0
    for line, cells, _ in table.rows():
        if cells[column].strip() in apart:
            held += 1
            if held > MOST_KEPT:
                raise Refused("channels.rows-scattered", line=line, number=cells[column].strip()[:60])


def _skip_record(line: bytes, file: Iterable[bytes], table: Table) -> bool:
    """Go on to the end of the record that this line begins and does not end."""
    rest = (part.decode(table.encoding, "surrogateescape") for part in chain([line], file))
    reader = csv.reader(rest, delimiter=table.delimiter, strict=True)
    try:
        cells = next(reader, [])
    except csv.Error:
        return False
    return reader.line_num <= _SPAN and len(cells) == len(table.header)
