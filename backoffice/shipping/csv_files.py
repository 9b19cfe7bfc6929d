"""CSV files for others' programs: written whole or not at all, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from backoffice.core.errors import Outage
from backoffice.core.guard import guarded
from backoffice.core.paths import write_private
from backoffice.core.text import one_line


def write_csv(file: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """UTF-8 with commas and CRLF (RFC 4180), one line a row: breaks inside a cell become blanks.

    Outage("shipping.file-not-written") when the disk or the folder refuses.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(guarded(one_line(cell) for cell in row))
    try:
        write_private(file, out.getvalue().encode())
    except OSError as fault:
        raise Outage("shipping.file-not-written", file=str(file), reason=fault.strerror or "") from fault
