"""Labels to look at before they are printed: drawn like the real ones; nothing is recorded or taken from a sheet."""

from collections.abc import Sequence
from pathlib import Path

from backoffice.shipping import label_sheets
from backoffice.shipping.documents.label import write_labels
from backoffice.shipping.documents.paper import Cancelled, Progress, never, quietly
from backoffice.shipping.documents.stock import stock_of
from backoffice.shipping.printing.labels import label_problems, labels
from backoffice.shipping.printing.problems import PrintedRun, refusal
from backoffice.shipping.queries import sheets
from backoffice.store.unit_of_work import Store


def draft_labels(
    store: Store,
    shipment_ids: Sequence[int],
    *,
    file: Path,
    stock: str,
    printer: str = "",
    start_cell: int | None = None,
    progress: Progress = quietly,
    cancelled: Cancelled = never,
) -> PrintedRun:
    """What `print_labels` with `skip_problems` would print, as a PDF; `left_out` names the labels it cannot print.

    Refused as `print_labels`, where none of them can be printed.
    """
    wanted = store.ask(labels, shipment_ids)
    problems = store.ask(label_problems, shipment_ids, stock=stock)
    bad = {problem.number for problem in problems}
    good = [content for content in wanted.contents if content.number not in bad]
    if problems and not good:
        raise refusal(problems)
    lies = store.ask(sheets.sheet, stock, printer)
    printed = write_labels(
        file,
        good,
        stock=stock_of(stock),
        letterhead=wanted.letterhead,
        language=wanted.language,
        made_on=wanted.made_on,
        start=lies.next_cell if start_cell is None else start_cell,
        offset=label_sheets.offset_of(lies),
        progress=progress,
        cancelled=cancelled,
    )
    return PrintedRun(printed.file, printed.pages, printed.documents, tuple(problems))
