"""PDF pages as pictures, and on paper at their true size."""

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from backoffice.shipping.documents import render
from ui.kit.jobs import Stopped

INCH = 25.4  # millimetres
_MOST_DOTS = 600  # an inch; finer is slow and no eye or scanner sees it
_MOST_PIXELS = 20_000_000

_turn = threading.Lock()  # pdfium keeps global state: one page at a time, whichever thread asks


class PrinterRefused(Exception):
    """The printer of this name does not take the pages."""


def sheets(path: Path) -> list[tuple[float, float]]:
    """(width, height) of each page in millimetres. Outage shipping.file-not-readable."""
    with _turn:
        return render.page_sizes(path)


def picture(path: Path, number: int, dots: float) -> QImage:
    """Page `number` (from 0) at so many dots an inch, on white. Outage shipping.file-not-readable."""
    with _turn:
        width, height, colours = render.render_page(path, number, dots)
    return QImage(colours, width, height, 3 * width, QImage.Format.Format_RGB888).copy()  # Qt does not keep the bytes


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

    Raises PrinterRefused and Outage shipping.file-not-readable.
    """
    sizes, painter = sheets(path), QPainter()
    try:
        for number, (width, height) in enumerate(sizes):
            if cancelled():
                raise Stopped
            progress(number, len(sizes))
            _set_sheet(printer, width, height)
            if number:
                printer.newPage()
            elif not painter.begin(printer):  # isValid() is True even without a printer: only begin() tells
                raise PrinterRefused(printer.printerName())
            scale = printer.resolution() / INCH
            image = picture(path, number, _dots(width, height, printer.resolution()))
            painter.drawImage(QRectF(0, 0, width * scale, height * scale), image)
        return len(sizes)
    finally:
        if painter.isActive():
            painter.end()


def _set_sheet(printer: QPrinter, width: float, height: float) -> None:
    match = QPageSize.SizeMatchPolicy.FuzzyMatch
    sheet = QPageSize(QSizeF(width, height), QPageSize.Unit.Millimeter, "", match)
    printer.setPageLayout(QPageLayout(sheet, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))


def _dots(width: float, height: float, resolution: int) -> int:
    """As fine as the printer, but no picture of more than 20 million points: half as fine, then."""
    dots = min(resolution, _MOST_DOTS)
    while width * height * dots * dots > _MOST_PIXELS * INCH * INCH:
        dots //= 2
    return dots
