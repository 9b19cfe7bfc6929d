"""Pages as pictures, for the preview."""

from pathlib import Path

import pytest

from backoffice.core.errors import Outage
from backoffice.shipping.documents.label import write_labels
from backoffice.shipping.documents.render import page_sizes, render_page
from backoffice.shipping.documents.stock import stock_of
from tests.shipping.documents.samples import DAY, EN, SHOP, a_label


def a_file(folder: Path) -> Path:
    file = folder / "labels.pdf"
    labels = [a_label(0), a_label(1)]
    return write_labels(file, labels, stock=stock_of("100x150"), letterhead=SHOP, language=EN, made_on=DAY).file


def test_a_page_becomes_rgb_bytes_on_white(tmp_path: Path) -> None:
    wide, high, pixels = render_page(a_file(tmp_path), 1, 203)
    assert abs(wide - 799) <= 1 and abs(high - 1199) <= 1
    assert len(pixels) == wide * high * 3
    assert pixels[:3] == b"\xff\xff\xff"


def test_pages_tell_their_size_in_millimetres(tmp_path: Path) -> None:
    assert page_sizes(a_file(tmp_path)) == [pytest.approx((100, 150), abs=0.01)] * 2


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.4\n%%EOF"])
def test_what_is_no_pdf_is_an_outage(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "broken.pdf"
    file.write_bytes(content)
    with pytest.raises(Outage, match="file-not-readable"):
        render_page(file, 0, 100)


def test_a_page_that_is_not_there_is_an_outage(tmp_path: Path) -> None:
    with pytest.raises(Outage, match="file-not-readable"):
        render_page(a_file(tmp_path), 2, 100)
    with pytest.raises(Outage, match="file-not-readable"):
        render_page(tmp_path / "away.pdf", 0, 100)
