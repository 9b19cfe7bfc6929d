"""Barcodes: checked before they are drawn, then each one path of black modules."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import compress

import zxingcpp

from backoffice.core.barcodes import check_digit
from backoffice.core.errors import Refused

DOT = 25.4 / 203
"""One dot of the usual label printer in millimetres; a module is a whole number of them."""

FEWEST_DOTS = 2
"""Narrower modules do not scan from a 203 dpi printer."""

_DARK = re.compile(b"\x00+")
_DARK_IS_ONE = bytes([1]) + bytes(255)


class Symbology(StrEnum):
    """The kinds of barcode on our paper."""

    CODE128 = "code128"
    GS1_128 = "gs1-128"
    EAN13 = "ean13"
    EAN8 = "ean8"
    QR = "qr"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A barcode ready to draw.

    `text` is what a scanner answers, `caption` what stands beneath for a person. `columns` and `rows` count modules
    without the quiet zone, `quiet` the modules that stay white on each side. `path` is PDF operators, one unit a
    module, the origin at the bottom left.
    """

    symbology: Symbology
    text: str
    caption: str
    columns: int
    rows: int
    quiet: int
    path: str

    def dots(self, room: float, most: int = 4) -> int:
        """Dots of a module so that symbol and quiet zones take at most `room` millimetres; `most` at the largest.

        Refused("shipping.barcode-too-wide") when that would be fewer than two dots.
        """
        fitting = int(room / ((self.columns + 2 * self.quiet) * DOT) + 1e-9)
        if fitting < FEWEST_DOTS:
            raise Refused("shipping.barcode-too-wide", text=self.text)
        return min(fitting, most)

    def margin(self, dots: int) -> float:
        """Millimetres of the quiet zone on one side, `dots` to a module."""
        return self.quiet * dots * DOT

    def width(self, dots: int) -> float:
        """Millimetres of the symbol with its quiet zones, `dots` to a module."""
        return (self.columns + 2 * self.quiet) * dots * DOT


def code128(text: str) -> Symbol:
    """Code 128 (ISO/IEC 15417) of printable ASCII.

    Refused("shipping.barcode-characters") for anything else: scanners disagree about it.
    """
    _only(text, r"[ -~]")
    return _bars(Symbology.CODE128, text, text, quiet=10)


def ean13(digits: str) -> Symbol:
    """EAN-13 of 13 digits, or of the 12 of a UPC-A with a 0 before them.

    Refused("shipping.barcode-characters") or Refused("shipping.barcode-check-digit").
    """
    digits = digits.zfill(13) if len(digits) == 12 else digits
    _checked(digits, 13)
    caption = f"{digits[0]} {digits[1:7]} {digits[7:]}"
    return _bars(Symbology.EAN13, digits, caption, quiet=11)


def ean8(digits: str) -> Symbol:
    """EAN-8; refused like ean13."""
    _checked(digits, 8)
    return _bars(Symbology.EAN8, digits, f"{digits[:4]} {digits[4:]}", quiet=7)


def sscc(digits: str) -> Symbol:
    """A shipping container's 18 digits as GS1-128 with the application identifier 00; refused like ean13.

    Source: GS1 General Specifications, 3.2 (AI 00) and 7.9 (check digit).
    """
    _checked(digits, 18)
    return _bars(Symbology.GS1_128, "00" + digits, f"(00) {digits}", quiet=10)


def of_product(barcode: str, sku: str) -> Symbol:
    """What a product's label carries: its EAN or UPC if it has one, else its SKU as Code 128."""
    if barcode.isdigit() and barcode.isascii() and len(barcode) in (12, 13):
        return ean13(barcode)
    if barcode.isdigit() and barcode.isascii() and len(barcode) == 8:
        return ean8(barcode)
    return code128(barcode or sku)


def qr(text: str) -> Symbol:
    """QR code (ISO/IEC 18004), error correction M, of up to 600 characters.

    Refused("shipping.barcode-too-long") beyond: it would no longer scan at label size.
    """
    if not text or len(text) > 600:
        raise Refused("shipping.barcode-too-long", text=text[:40])
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    width, pixels = _pixels(made)
    rows = len(pixels) // width
    path = compress(_squares(width, rows), pixels.translate(_DARK_IS_ONE))
    return Symbol(Symbology.QR, text, text, width, rows, 4, " ".join(path))


@lru_cache(maxsize=40)
def _squares(width: int, rows: int) -> list[str]:
    """Each module's square as a PDF operator, row by row from the top."""
    return [f"{place % width} {rows - 1 - place // width} 1 1 re" for place in range(width * rows)]


def _bars(symbology: Symbology, text: str, caption: str, *, quiet: int) -> Symbol:
    if symbology is Symbology.GS1_128:
        made = zxingcpp.create_barcode(f"(00){text[2:]}", zxingcpp.BarcodeFormat.Code128, gs1=True)
    else:
        made = zxingcpp.create_barcode(text, _FORMATS[symbology])
    width, pixels = _pixels(made)
    path = " ".join(f"{dark.start()} 0 {dark.end() - dark.start()} 1 re" for dark in _DARK.finditer(pixels, 0, width))
    return Symbol(symbology, text, caption, width, 1, quiet, path)


_FORMATS = {
    Symbology.CODE128: zxingcpp.BarcodeFormat.Code128,
    Symbology.EAN13: zxingcpp.BarcodeFormat.EAN13,
    Symbology.EAN8: zxingcpp.BarcodeFormat.EAN8,
}


def _pixels(made: zxingcpp.Barcode) -> tuple[int, bytes]:
    """One byte a module, 0 is dark; the first number is how many make a row."""
    image = memoryview(made.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]
    assert image.shape is not None
    return image.shape[1], image.tobytes()


def _only(text: str, allowed: str) -> None:
    strange = re.sub(allowed, "", text)
    if strange or not text:
        raise Refused("shipping.barcode-characters", text=text, characters="".join(dict.fromkeys(strange)))


def _checked(digits: str, length: int) -> None:
    _only(digits, "[0-9]")
    if len(digits) != length or check_digit(digits[:-1]) != int(digits[-1]):
        raise Refused("shipping.barcode-check-digit", text=digits)
