"""1,000 address labels with Code 128, QR and two addresses, beside ReportLab's own barcode widgets."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from reportlab import rl_config
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from backoffice.core.fonts import BOLD, REGULAR, face
from backoffice.core.language import Language
from backoffice.core.postal import PostalAddress
from backoffice.shipping.documents.content import LabelContent, Letterhead
from backoffice.shipping.documents.label import write_labels
from backoffice.shipping.documents.stock import stock_of
from benchmarks.floor import Measure, compare, within

LABELS = 1000
FLOOR_LABELS = 100
"""The floor is slow and linear: it draws a tenth, and its time counts ten times."""

SHOP = Letterhead("Casa Lumen", PostalAddress("", "", "Calle de Alcalá 45", "Madrid", "28014", "Madrid", "ES"))


def recipient(i: int) -> PostalAddress:
    """Somebody in a street of a town; no two alike."""
    town = ("Barcelona", "Córdoba", "Zürich", "Αθήνα", "London")[i % 5]
    country = ("ES", "ES", "CH", "GR", "GB")[i % 5]
    postcode = ("08007", "14001", "8001", "115 26", "NW1 6XE")[i % 5]
    return PostalAddress(f"María Núñez {i}", "", f"Carrer de la Diputació {i}\n2º A", town, postcode, "", country)


def labels(n: int) -> list[LabelContent]:
    """What is printed by both."""
    return [
        LabelContent(f"SH-{i:06d}", recipient(i), (f"{1000 + i}",), "Express 24 h", "Correos", f"PQ4F7V{i:012d}")
        for i in range(n)
    ]


def ours(n: int, folder: Path) -> int:
    """The program's way; answers the file's size."""
    file = folder / "ours.pdf"
    write_labels(
        file,
        labels(n),
        stock=stock_of("100x150"),
        letterhead=SHOP,
        language=Language("en"),
        made_on=date(2026, 11, 22),
    )
    return file.stat().st_size


def floor(n: int, folder: Path) -> None:
    """The way ReportLab's guide shows: its barcode widgets, a string for each line, its settings as they come."""
    face(), face(bold=True)
    rl_config.useA85 = 1
    canvas = Canvas(str(folder / "floor.pdf"), pagesize=(100 * mm, 150 * mm), initialFontName=REGULAR)
    for content in labels(n):
        for i, line in enumerate(SHOP.address.lines()):
            canvas.setFont(REGULAR, 7)
            canvas.drawString(5 * mm, (140 - 3 * i) * mm, line)
        for i, line in enumerate(content.recipient.lines(sender_country="ES")):
            canvas.setFont(BOLD, 14)
            canvas.drawString(5 * mm, (110 - 6 * i) * mm, line)
        canvas.setFont(REGULAR, 9)
        for i, said in enumerate((content.delivery, content.carrier, content.tracking, content.order_numbers[0])):
            canvas.drawString(5 * mm, (60 - 4 * i) * mm, said)
        Code128(content.number, barWidth=0.375 * mm, barHeight=18 * mm).drawOn(canvas, 20 * mm, 10 * mm)
        square = Drawing(20 * mm, 20 * mm)
        square.add(QrCodeWidget(content.number, barWidth=20 * mm, barHeight=20 * mm))
        renderPDF.draw(square, canvas, 75 * mm, 35 * mm)
        canvas.showPage()
    canvas.save()
    rl_config.useA85 = 0


def main(_scale: int) -> Iterator[Measure]:
    """Labels are printed by the batch, whatever the shop's size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        share = LABELS // FLOOR_LABELS
        told = compare(
            f"{LABELS} labels 100 x 150 mm",
            ours=lambda: ours(LABELS, folder),
            floor=lambda: floor(FLOOR_LABELS, folder),
            goal=1 / 15,
            rounds=3,
        )
        assert told.floor is not None
        yield Measure(told.name, ours=told.ours, floor=told.floor * share, goal=told.goal)
        yield within("one label of them", ours=ours(LABELS, folder) / LABELS / 1000, goal=20, unit="kB")
        large, small = _seconds(LABELS * 2, folder), _seconds(LABELS // 2, folder)
        yield within("cost of a label, 2000 to 500", ours=large / 4 / small, goal=1.3, unit="times")


def _seconds(n: int, folder: Path) -> float:
    return compare("", ours=lambda: ours(n, folder), floor=lambda: None, goal=1, rounds=3).ours
