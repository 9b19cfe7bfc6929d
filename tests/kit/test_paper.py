"""Documents are shown as they will be printed, and printed at their true size."""

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QPushButton
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from backoffice.core.errors import Outage
from tests.kit.accessible import assert_all_named
from ui.kit import preview
from ui.kit.paper import PrinterRefused, picture, put_on_paper, sheets
from ui.kit.preview import Preview


@pytest.fixture
def label(tmp_path):
    """A label 100×150 mm with a black square 20 mm wide, 10 mm from the left and 30 from the top; then an A4 page."""
    path = tmp_path / "label.pdf"
    canvas = Canvas(str(path), pagesize=(100 * mm, 150 * mm))
    canvas.rect(10 * mm, 100 * mm, 20 * mm, 20 * mm, fill=1, stroke=0)
    canvas.showPage()
    canvas.setPageSize((210 * mm, 297 * mm))
    canvas.drawString(20 * mm, 20 * mm, "Slip")
    canvas.save()
    return path


def black(image: QImage, x_mm: float, y_mm: float, dots: float) -> bool:
    place = (round(x_mm * dots / 25.4), round(y_mm * dots / 25.4))
    return image.pixelColor(*place) == QColor("black")


def square_is_in_place(image: QImage, dots: float) -> bool:
    inside = [(10.3, 30.3), (29.7, 49.7), (20, 40)]
    outside = [(9.7, 40), (30.3, 40), (20, 29.7), (20, 50.3)]
    return all(black(image, *at, dots) for at in inside) and not any(black(image, *at, dots) for at in outside)


def test_pages_are_measured_and_drawn_in_millimetres(label):
    sizes = [(round(width), round(height)) for width, height in sheets(label)]
    assert sizes == [(100, 150), (210, 297)]
    assert square_is_in_place(picture(label, 0, 254), 254)


def test_printing_keeps_the_true_size_and_gives_each_page_its_sheet(label, tmp_path, qtbot):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    told = []
    assert put_on_paper(label, printer, lambda *at: told.append(at)) == 2
    assert told == [(0, 2), (1, 2)]
    printed = tmp_path / "printed.pdf"
    assert [(round(width), round(height)) for width, height in sheets(printed)] == [(100, 150), (210, 297)]
    assert square_is_in_place(picture(printed, 0, 254), 254)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_computer_without_printers_is_refused_when_printing_begins(label, qtbot):
    with pytest.raises(PrinterRefused):
        put_on_paper(label, QPrinter())


def test_what_is_no_pdf_is_told(tmp_path):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no pdf")
    with pytest.raises(Outage):
        sheets(bad)


def buttons(dialog):
    return {button.text(): button for button in dialog.findChildren(QPushButton)}


def test_without_a_printer_the_preview_offers_to_save(app, label, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(preview, "printers", list)
    dialog = Preview(app, "Label", label, kind="label")
    qtbot.addWidget(dialog)
    dialog.show()
    assert_all_named(dialog)
    assert "Print" not in buttons(dialog)
    assert buttons(dialog)["Save as PDF…"].property("primary")
    target = tmp_path / "saved.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    buttons(dialog)["Save as PDF…"].click()
    assert target.read_bytes() == label.read_bytes()
    assert app.notices.toasts == ["Saved as saved.pdf"]


def test_a_place_that_cannot_be_written_is_told(app, label, qtbot, tmp_path, monkeypatch):
    dialog = Preview(app, "Label", label, kind="label")
    qtbot.addWidget(dialog)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "x.pdf"), ""))
    dialog.save()
    assert app.notices.toasts == ["x.pdf could not be written there."]


def test_the_chosen_printer_is_remembered_for_this_kind_of_document(app, label, qtbot, monkeypatch):
    monkeypatch.setattr(preview, "printers", lambda: ["Office", "Zebra"])
    monkeypatch.setattr(preview, "put_on_paper", lambda path, printer, *_: 2)
    monkeypatch.setattr(preview, "printer_named", lambda name: name)
    first = Preview(app, "Label", label, kind="label")
    qtbot.addWidget(first)
    first._printers.setCurrentText("Zebra")
    first.print()
    assert app.notices.toasts == ["2 pages sent to the printer"]
    again, slip = Preview(app, "Label", label, kind="label"), Preview(app, "Slip", label, kind="slip")
    qtbot.addWidget(again)
    qtbot.addWidget(slip)
    assert again._printers.currentText() == "Zebra"
    assert slip._printers.currentText() == "Office"


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_told(app, label, qtbot, monkeypatch):
    monkeypatch.setattr(preview, "printers", lambda: ["Zebra"])
    monkeypatch.setattr(preview, "printer_named", lambda name: QPrinter())
    dialog = Preview(app, "Label", label, kind="label")
    qtbot.addWidget(dialog)
    dialog.print()
    assert "Zebra" in app.notices.toasts[0]


def test_the_preview_zooms_in_steps(app, label, qtbot):
    dialog = Preview(app, "Label", label, kind="label")
    qtbot.addWidget(dialog)
    dialog.show()
    at_first = dialog.pages.percent
    dialog._step(-1)
    assert dialog.pages.percent < at_first
    for _ in range(9):
        dialog._step(1)
    assert dialog.pages.percent == 300
