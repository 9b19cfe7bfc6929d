"""Looks at a printed file as a printer and a scanner would."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image, ImageChops

from backoffice.shipping.documents.content import Printed
from backoffice.shipping.documents.render import render_page
from backoffice.shipping.documents.symbols import Symbology

_NAMES = {
    zxingcpp.BarcodeFormat.Code128: Symbology.CODE128,
    zxingcpp.BarcodeFormat.EAN13: Symbology.EAN13,
    zxingcpp.BarcodeFormat.EAN8: Symbology.EAN8,
    zxingcpp.BarcodeFormat.QRCode: Symbology.QR,
}


@dataclass(frozen=True)
class Ink:
    """The rectangle that holds all ink, in millimetres from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


def picture(file: Path, page: int = 0, dpi: float = 203) -> Image.Image:
    """A page as grey pixels."""
    wide, high, pixels = render_page(file, page, dpi)
    return Image.frombytes("RGB", (wide, high), pixels).convert("L")


def scanned(shown: Image.Image) -> list[tuple[Symbology, str]]:
    """Every barcode that a scanner finds, sorted."""
    found = zxingcpp.read_barcodes(shown, text_mode=zxingcpp.TextMode.Plain)
    return sorted(
        (Symbology.GS1_128 if each.content_type is zxingcpp.ContentType.GS1 else _NAMES[each.format], each.text)
        for each in found
    )


def told(printed: Printed, page: int) -> list[tuple[Symbology, str]]:
    """The barcodes that the writer says are on a page (from 0), sorted."""
    return sorted(code for document in printed.documents if document.page == page + 1 for code in document.barcodes)


def text_of(file: Path, page: int | None = None) -> str:
    """The words of a page, or of all pages, as one copies them out of a viewer; accents composed."""
    document = pypdfium2.PdfDocument(file)
    pages = range(len(document)) if page is None else [page]
    said = "\n".join(document[number].get_textpage().get_text_bounded() for number in pages)
    return unicodedata.normalize("NFC", said.replace("\r", ""))


def unwrapped(text: str) -> str:
    """Text without blanks and breaks, as two that wrap differently are compared."""
    return "".join(text.split())


def ink(shown: Image.Image, dpi: float, within: tuple[float, float, float, float] | None = None) -> Ink | None:
    """Where the ink is on a page, or in (left, top, right, bottom) millimetres of it; None where all is white."""
    scale = dpi / 25.4
    corner = (0, 0)
    if within:
        box = [round(length * scale) for length in within]
        corner = (box[0], box[1])
        shown = shown.crop((box[0], box[1], box[2], box[3]))
    found = ImageChops.invert(shown).point(lambda dark: 255 if dark > 60 else 0).getbbox()
    if found is None:
        return None
    left, top, right, bottom = found
    return Ink(
        (left + corner[0]) / scale,
        (top + corner[1]) / scale,
        (right + corner[0]) / scale,
        (bottom + corner[1]) / scale,
    )
