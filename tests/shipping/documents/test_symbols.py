"""Barcodes are checked before they are drawn, and read back as what they say."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from backoffice.core.errors import Refused
from backoffice.shipping.documents import symbols
from backoffice.shipping.documents.paper import pdf
from backoffice.shipping.documents.symbols import Symbol, Symbology
from tests.shipping.documents.reading import picture, scanned, told


def as_printed(symbol: Symbol, scale: int = 3, high: int = 40) -> Image.Image:
    """The symbol's path filled square by square, as a printer with `scale` dots to a module does."""
    unit = scale if symbol.rows > 1 else high
    margin = symbol.quiet * scale
    shown = Image.new("L", (symbol.columns * scale + 2 * margin, symbol.rows * unit + 2 * margin), 255)
    for operator in symbol.path.split(" re"):
        if operator.strip():
            x, y, wide, tall = map(int, operator.split())
            top = (symbol.rows - y - tall) * unit + margin
            shown.paste(0, (x * scale + margin, top, (x + wide) * scale + margin, top + tall * unit))
    return shown


@pytest.mark.parametrize(
    ("symbol", "read"),
    [
        (symbols.code128("SH-000123"), (Symbology.CODE128, "SH-000123")),
        (symbols.code128("#10/01 (A)~"), (Symbology.CODE128, "#10/01 (A)~")),
        (symbols.ean13("5901234123457"), (Symbology.EAN13, "5901234123457")),
        (symbols.ean13("036000291452"), (Symbology.EAN13, "0036000291452")),
        (symbols.ean8("96385074"), (Symbology.EAN8, "96385074")),
        (symbols.sscc("340123450000000000"[:17] + "0"), (Symbology.GS1_128, "00340123450000000000")),
        (symbols.qr("https://casalumen.example/r/1001-ñ"), (Symbology.QR, "https://casalumen.example/r/1001-ñ")),
    ],
    ids=lambda value: value.symbology if isinstance(value, Symbol) else value[1],
)
def test_a_scanner_reads_what_the_symbol_says(symbol: Symbol, read: tuple[Symbology, str]) -> None:
    assert (symbol.symbology, symbol.text) == read
    assert scanned(as_printed(symbol)) == [read]


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("dots", [2, 3])
def test_every_kind_reads_from_paper_at_its_narrowest(dots: int, dpi: int, tmp_path: Path) -> None:
    drawn = [
        symbols.code128("SHIPMENT-2026/000123"),
        symbols.ean13("5901234123457"),
        symbols.ean8("96385074"),
        symbols.sscc("340123450000000000"),
        symbols.qr("https://casalumen.example/r/1001-Q7"),
    ]
    with pdf(tmp_path / "codes.pdf", (100, 150), title="", made_on=date(2026, 11, 22), language="en") as printing:
        printing.paper.document("test", "1")
        for place, symbol in enumerate(drawn):
            printing.paper.symbol(symbol, 3.3, 4.7 + place * 20, dots=dots, height=12)
        printing.paper.next_page()
    shown = picture(tmp_path / "codes.pdf", dpi=dpi)
    assert scanned(shown) == sorted((symbol.symbology, symbol.text) for symbol in drawn) == told(printing.printed, 0)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=24))
def test_any_number_of_printable_ascii_reads_back_as_code_128(number: str) -> None:
    assert scanned(as_printed(symbols.code128(number))) == [(Symbology.CODE128, number)]


@pytest.mark.parametrize("number", ["ñ-1", "1001\t", "", "№ 5", "１２３"])
def test_code_128_refuses_what_scanners_disagree_about(number: str) -> None:
    with pytest.raises(Refused, match="barcode-characters"):
        symbols.code128(number)


@pytest.mark.parametrize("digits", ["5901234123458", "123456789012345", "000000000000"[:11]])
def test_a_wrong_check_digit_is_refused_and_never_mended(digits: str) -> None:
    with pytest.raises(Refused, match="barcode-check-digit"):
        symbols.ean13(digits)


def test_arabic_digits_are_no_ean() -> None:
    with pytest.raises(Refused, match="barcode-characters"):
        symbols.ean13("٥٩٠١٢٣٤١٢٣٤٥٧")


def test_a_wrong_container_code_is_refused() -> None:
    with pytest.raises(Refused, match="barcode-check-digit"):
        symbols.sscc("340123450000000001")


def test_a_module_has_at_least_two_dots_or_the_symbol_is_refused() -> None:
    symbol = symbols.code128("SH-000123")
    assert symbol.dots(symbol.width(2)) == 2
    assert symbol.dots(1000) == 4
    with pytest.raises(Refused, match="barcode-too-wide"):
        symbol.dots(symbol.width(2) - 0.1)


def test_a_book_in_a_qr_code_is_refused() -> None:
    with pytest.raises(Refused, match="barcode-too-long"):
        symbols.qr("x" * 601)


def test_a_product_without_a_barcode_carries_its_sku() -> None:
    assert symbols.of_product("", "CUP-1").symbology is Symbology.CODE128
    assert symbols.of_product("5901234123457", "CUP-1").symbology is Symbology.EAN13
    assert symbols.of_product("12345", "CUP-1").text == "12345"
