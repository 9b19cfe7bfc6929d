"""PDF pages as pictures, and on paper at their true size. pdfium draws, one page at a time, whichever thread asks."""

import threading
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from backoffice.core.errors import Outage
from backoffice.core.language import mark
from ui.kit.jobs import Stopped

OUTAGES = {
    "printing.refused": mark("The printer {printer} does not take the pages. Is it switched on and free?"),
    "printing.unreadable": mark("The file {file} cannot be read as a PDF."),
}

POINTS = 72  # an inch
_MOST_DOTS = 600  # an inch; finer is slow and no eye or scanner sees it
_MOST_PIXELS = 40_000_000  # 160 MB

_pdfium = threading.RLock()  # the library keeps global state


class Paper:
    """An open PDF file. Raises Outage printing.unreadable."""

    def __init__(self, path: Path) -> None:
        with _pdfium:
            try:
                # Read whole: the file may be written anew while it is shown, and Windows could not replace an open one.
                self._document = pypdfium2.PdfDocument(path.read_bytes())
                self.sizes = [self._document.get_page_size(n) for n in range(len(self._document))]
            except (pypdfium2.PdfiumError, OSError) as error:
                raise Outage("printing.unreadable", file=path.name) from error

    def image(self, number: int, dots: float) -> QImage:
        """Page `number` (from 0) at so many dots an inch, on white."""
        with _pdfium:
            bitmap = self._document[number].render(scale=dots / POINTS, prefer_bgrx=True)
            made = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
            return made.copy()  # the buffer goes with the bitmap

    def close(self) -> None:
        with _pdfium:
            self._document.close()


def printers() -> list[str]:
    """The names of the printers there are, the default one first; [] where there is none."""
    names = QPrinterInfo.availablePrinterNames()
    default = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: name != default)


def printer_named(name: str) -> QPrinter:
    """A printer that adds no margins and no scaling of its own."""
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    return printer


def put_on_paper(
    path: Path,
    printer: QPrinter,
    progress: Callable[..., None] = lambda *_told: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Prints the file at true size, each page on a sheet of its own size; how many pages. A job may call it.

    Raises Outage printing.unreadable or printing.refused.
    """
    paper, painter = Paper(path), QPainter()
    try:
        for number, (width, height) in enumerate(paper.sizes):
            if cancelled():
                raise Stopped
            progress(number, len(paper.sizes))
            _set_sheet(printer, width, height)
            if number == 0:
                # isValid() is True even without a printer: only begin() tells
                if not painter.begin(printer):
                    raise Outage("printing.refused", printer=printer.printerName())
            else:
                printer.newPage()
            _draw(paper, number, painter, printer.resolution())
        return len(paper.sizes)
    finally:
        painter.end()
        paper.close()


def _set_sheet(printer: QPrinter, width: float, height: float) -> None:
    size = QSizeF(width, height) * (25.4 / POINTS)
    sheet = QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageLayout(QPageLayout(sheet, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))


def _draw(paper: Paper, number: int, painter: QPainter, resolution: int) -> None:
    width, height = paper.sizes[number]
    dots = min(resolution, _MOST_DOTS)
    while width * height * dots * dots > _MOST_PIXELS * POINTS * POINTS:
        dots //= 2
    scale = resolution / POINTS
    painter.drawImage(QRectF(0, 0, width * scale, height * scale), paper.image(number, dots))
