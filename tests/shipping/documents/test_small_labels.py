"""Labels of products and bins on every stock that has room for their barcode."""

from pathlib import Path

import pytest

from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.shipping.documents.content import BinLabel, ProductLabel
from backoffice.shipping.documents.small_labels import write_bin_labels, write_product_labels
from backoffice.shipping.documents.stock import STOCKS, stock_of
from tests.shipping.documents.reading import ink, picture, scanned, text_of, told
from tests.shipping.documents.samples import DAY, EN

CUP = ProductLabel("CUP-1", "Stoneware cup, hand-glazed", "Blue · 250 ml", "5901234123457", Money(1450, "EUR"))
COMMON = {"language": EN, "made_on": DAY}


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("code", STOCKS)
def test_the_ean_of_a_product_reads_back_from_every_stock(code: str, dpi: int, tmp_path: Path) -> None:
    done = write_product_labels(tmp_path / "products.pdf", [CUP, CUP], stock=stock_of(code), **COMMON)
    assert scanned(picture(done.file, 0, dpi)) == told(done, 0) != []


@pytest.mark.parametrize("code", STOCKS)
def test_a_product_label_keeps_inside_its_cell(code: str, tmp_path: Path) -> None:
    stock = stock_of(code)
    last = stock.per_page - 1
    done = write_product_labels(tmp_path / "products.pdf", [CUP], stock=stock, start=last, **COMMON)
    cell, marks = stock.cell(last), ink(picture(done.file, dpi=203), 203)
    assert marks is not None
    assert cell.left < marks.left < marks.right < cell.left + cell.width
    assert cell.top < marks.top < marks.bottom < cell.top + cell.height


def test_name_options_price_and_digits_stand_on_it(tmp_path: Path) -> None:
    done = write_product_labels(tmp_path / "p.pdf", [CUP], stock=stock_of("L7160"), **COMMON)
    said = text_of(done.file)
    assert all(word in said for word in ("Stoneware", "Blue · 250 ml", "CUP-1", "€14.50", "5 901234 123457"))


def test_a_bin_label_says_its_bin_large_and_scans(tmp_path: Path) -> None:
    labels = [BinLabel("A-1-03", "Cups"), BinLabel("B-2"), BinLabel("WAREHOUSE-7", "Lamps, large")]
    done = write_bin_labels(tmp_path / "bins.pdf", labels, stock=stock_of("L7160"), **COMMON)
    assert scanned(picture(done.file, 0, 203)) == told(done, 0)
    assert [text for _, text in told(done, 0)] == ["A-1-03", "B-2", "WAREHOUSE-7"]


def test_a_wrong_check_digit_prints_nothing(tmp_path: Path) -> None:
    wrong = ProductLabel("CUP-1", "Cup", barcode="5901234123450")
    with pytest.raises(Refused, match="barcode-check-digit"):
        write_product_labels(tmp_path / "p.pdf", [CUP, wrong], stock=stock_of("L7160"), **COMMON)
    assert list(tmp_path.iterdir()) == []


def test_a_sku_too_long_for_the_label_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="barcode-too-wide"):
        write_product_labels(
            tmp_path / "p.pdf", [ProductLabel("A-VERY-LONG-SKU", "Cup")], stock=stock_of("L7651"), **COMMON
        )
