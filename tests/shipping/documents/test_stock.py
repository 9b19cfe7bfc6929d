"""Label sheets: every cell where its maker cut it, to 0.2 mm on the rendered page."""

from pathlib import Path

import pytest

from backoffice.core.errors import Refused
from backoffice.shipping.documents.calibration import write_calibration
from backoffice.shipping.documents.stock import A4, LETTER, STOCKS, Offset, Stock, stock_of
from tests.shipping.documents.reading import picture
from tests.shipping.documents.samples import DAY, EN

DPI = 508.0
"""Twenty pixels to a millimetre."""

# Right edge of the last column and foot of the last row, computed by hand from the makers' sheets (millimetres).
FAR_CORNERS = {
    "L7163": (205.35, 281.85), "L7165": (205.35, 283.9), "L7160": (202.75, 281.85), "L7651": (205.25, 286.3),
    "L7654": (200.3, 275.5), "L7173": (205.35, 291.0), "5160": (211.1375, 266.7), "5163": (211.93125, 266.7),
    "5164": (211.93125, 266.7), "8126": (215.9, 279.4), "3483": (210.0, 297.0), "L7169": (205.35, 287.5),
}  # fmt: skip


def dark_near(shown, x: float, y: float, *, across: bool) -> float:
    """The place in millimetres of the darkest line within 1 mm of (x, y): of an upright one, or one lying across."""
    pixel = DPI / 25.4
    best, darkest = 0.0, 256.0
    for step in range(-20, 21):
        place = (y if across else x) * pixel + step
        along = range(round((x if across else y) * pixel), round((x if across else y) * pixel) + 12)
        shades = [shown.getpixel((a, round(place)) if across else (round(place), a)) for a in along]
        if (shade := sum(shades) / len(shades)) < darkest:
            best, darkest = (place + 0.5) / pixel, shade
    assert darkest < 200, "no line there"
    return best


@pytest.mark.parametrize("code", FAR_CORNERS)
def test_the_last_cell_ends_where_the_makers_sheet_says(code: str) -> None:
    stock = stock_of(code)
    last = stock.cell(stock.per_page - 1)
    assert (last.left + last.width, last.top + last.height) == pytest.approx(FAR_CORNERS[code], abs=0.02)


@pytest.mark.parametrize("stock", [s for s in STOCKS.values() if s.first.left > 1], ids=lambda stock: stock.code)
def test_printed_frames_lie_on_the_cells(stock: Stock, tmp_path: Path) -> None:
    file = write_calibration(tmp_path / "page.pdf", stock, language=EN, made_on=DAY).file
    shown = picture(file, dpi=DPI)
    for number in {0, stock.columns - 1, stock.per_page - stock.columns, stock.per_page - 1}:
        cell = stock.cell(number)
        inside = (cell.left + 8, cell.top + 8)
        assert dark_near(shown, cell.left, inside[1], across=False) == pytest.approx(cell.left, abs=0.2)
        assert dark_near(shown, cell.left + cell.width, inside[1], across=False) == pytest.approx(
            cell.left + cell.width, abs=0.2
        )
        assert dark_near(shown, inside[0], cell.top, across=True) == pytest.approx(cell.top, abs=0.2)


def test_the_printers_offset_moves_every_cell() -> None:
    stock = stock_of("L7163")
    moved, plain = stock.cell(13, Offset(0.7, -1.2)), stock.cell(13)
    assert (moved.left - plain.left, moved.top - plain.top) == pytest.approx((0.7, -1.2))


def test_the_next_free_cell_goes_on_over_the_sheets_end() -> None:
    stock = stock_of("L7163")
    assert stock.next_cell(0, 5) == 5
    assert stock.next_cell(12, 2) == 0
    assert stock.next_cell(12, 31) == 1


def test_every_cell_lies_on_its_page() -> None:
    for stock in STOCKS.values():
        last = stock.cell(stock.per_page - 1)
        assert last.left + last.width <= stock.page[0] + 1e-6
        assert last.top + last.height <= stock.page[1] + 1e-6
        assert stock.page in (A4, LETTER) or stock.per_page == 1


def test_unknown_stock_is_refused_with_what_there_is() -> None:
    with pytest.raises(Refused) as refusal:
        stock_of("L9999")
    assert refusal.value.code == "shipping.stock-unknown"
    assert "L7163" in str(refusal.value.facts["known"])
