"""How readers say that rows cannot go in."""

from collections.abc import Iterable, Sequence

from backoffice.channels.candidates import RawRow, Rejected
from backoffice.channels.rows import Row


def raw_rows(rows: Iterable[Row]) -> tuple[RawRow, ...]:
    """The rows as they stand in the file, to be kept."""
    return tuple(RawRow(line, tuple(cells[:-1])) for line, cells, _ in rows)


def rejected(rows: Sequence[Row], code: str, line: int = 0, **facts: object) -> Rejected:
    """These rows together, rejected for what is wrong in `line` (the first one's by default)."""
    return Rejected(line or rows[0][0], code, facts, raw_rows(rows))


def faulty(rows: Sequence[Row], columns: int) -> Rejected:
    """The rows rejected together for the first of them that the table found faulty: half a record is none."""
    line, cells, fault = next(row for row in rows if row[2])
    return rejected(rows, fault, line, cells=sum(1 for cell in cells if cell), columns=columns)
