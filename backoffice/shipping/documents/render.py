"""A page of a PDF as a picture, for the preview and for the printer."""

from pathlib import Path

import pypdfium2

from backoffice.core.errors import Outage


def page_sizes(file: Path) -> list[tuple[float, float]]:
    """(width, height) of each page in millimetres; Outage("shipping.file-not-readable")."""
    with _opened(file) as document:
        return [tuple(length * 25.4 / 72 for length in document.get_page_size(i)) for i in range(len(document))]


def render_page(file: Path, page: int, dpi: float) -> tuple[int, int, bytes]:
    """Page `page` (from 0) on white: (width, height) in pixels and their RGB bytes, rows from the top, no padding.

    Outage("shipping.file-not-readable") if it is no PDF or has no such page.
    """
    with _opened(file) as document:
        if not 0 <= page < len(document):
            raise Outage("shipping.file-not-readable", file=str(file))
        picture = document[page].render(scale=dpi / 72, rev_byteorder=True).to_pil().convert("RGB")
        return picture.width, picture.height, picture.tobytes()


def _opened(file: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(file)
    except (pypdfium2.PdfiumError, OSError) as fault:
        raise Outage("shipping.file-not-readable", file=str(file)) from fault
