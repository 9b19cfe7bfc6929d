"""A list as a CSV file: written in a job, page by page, no live formula, the file whole or not there."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from backoffice.core.errors import Outage
from backoffice.core.guard import guarded
from backoffice.core.paths import write_private
from backoffice.core.text import one_line
from ui.kit.context import AppContext
from ui.kit.jobs import Stopped

_PAGE = 500


def write_list(
    app: AppContext,
    path: str,
    titles: Sequence[str],
    *,
    page: Callable[[Any], Any],
    cells: Callable[[Any], Sequence[str]],
    said: Callable[[int], str],
) -> None:
    """Writes the rows that `page(after)` answers until there is no next page; `said(rows)` is the toast.

    UTF-8 with its mark, so that every spreadsheet knows it. Told where it fails: Outage shipping.file-not-written.
    """

    def task(progress: Callable[..., None], cancelled: Callable[[], bool]) -> int:
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(guarded(titles))
        done = 0
        for rows in _pages(page):
            if cancelled():
                raise Stopped
            writer.writerows(guarded(one_line(cell) for cell in cells(row)) for row in rows)
            done += len(rows)
            progress(done, None)
        try:
            write_private(Path(path), ("\ufeff" + out.getvalue()).encode())
        except OSError as error:
            reason = error.strerror or str(error)
            raise Outage("shipping.file-not-written", file=Path(path).name, reason=reason) from error
        return done

    app.run(task, lambda done: app.notices.say(said(done)), label=app.words("Export as CSV"))


def _pages(page: Callable[[Any], Any]) -> Iterator[Sequence[Any]]:
    after = None
    while True:
        found = page(after)
        yield found.rows
        after = found.next
        if after is None:
            return
