"""Packing slips: what was ordered, what is here, what follows, in the customer's language; nothing is cut."""

from pathlib import Path

import pytest

from backoffice.core.errors import Refused
from backoffice.core.language import Language
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.shipping.documents.content import Letterhead, Printed, SlipContent, SlipLine, SlipPart, SlipTotals
from backoffice.shipping.documents.packing_slip import slip_faults, write_slips
from backoffice.shipping.documents.stock import A4, LETTER
from tests.shipping.documents.reading import ink, picture, scanned, text_of, told, unwrapped
from tests.shipping.documents.samples import ABROAD, DAY, SHOP, a_logo, a_slip


def printed(folder: Path, *slips: SlipContent, **more) -> Printed:
    return write_slips(folder / "slips.pdf", slips, **{"letterhead": SHOP, "made_on": DAY} | more)


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("size", [A4, LETTER], ids=["A4", "Letter"])
def test_order_barcode_and_return_code_read_back(size: tuple[float, float], dpi: int, tmp_path: Path) -> None:
    letterhead = Letterhead("Casa Lumen", SHOP.address, a_logo())
    slip = a_slip(return_code="https://casalumen.example/r/1001-Q7", returns="Within 30 days.")
    done = printed(tmp_path, slip, size=size, letterhead=letterhead)
    assert scanned(picture(done.file, 0, dpi)) == told(done, 0)
    assert [text for _, text in told(done, 0)] == ["1001", "https://casalumen.example/r/1001-Q7"]


def test_quantities_stand_in_their_columns(tmp_path: Path) -> None:
    said = text_of(printed(tmp_path, a_slip()).file).replace("\n", " ")
    assert "CUP-1 2 2 –" in said
    assert "LAMP-9 3 1 2" in said


def test_prices_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    totals = SlipTotals(goods=Money(7250, "EUR"), tax=Money(1258, "EUR"), total=Money(7250, "EUR"))
    with_none = text_of(printed(tmp_path, a_slip(totals=totals)).file)
    assert "€" not in with_none and "Price" not in with_none
    with_all = text_of(printed(tmp_path, a_slip(totals=totals, show_prices=True)).file)
    assert "€14.50" in with_all and "€72.50" in with_all and "Tax included" in with_all


def test_a_kit_shows_what_it_is_made_of(tmp_path: Path) -> None:
    kit = SlipLine("KIT", "Gift set", 1, 1, parts=(SlipPart("TEA", "Sencha", 2), SlipPart("POT", "Teapot", 1)))
    said = text_of(printed(tmp_path, a_slip(lines=(kit,))).file)
    assert "2 × Sencha · TEA" in said and "1 × Teapot · POT" in said


def test_the_gift_message_is_printed_as_it_was_written(tmp_path: Path) -> None:
    said = text_of(printed(tmp_path, a_slip(gift_message="¡Feliz cumpleaños!\n<b>Tu</b> tía & tío")).file)
    assert "¡Feliz cumpleaños!\n<b>Tu</b> tía & tío" in said


@pytest.mark.parametrize(("which", "word"), [(1, "first"), (2, "second"), (3, "third")])
def test_the_first_three_orders_are_welcomed(which: int, word: str, tmp_path: Path) -> None:
    assert f"Your {word} order" in text_of(printed(tmp_path, a_slip(which_order=which)).file)
    assert f"Your {word} order" not in text_of(printed(tmp_path, a_slip()).file)


def test_each_slip_speaks_its_customers_language(tmp_path: Path) -> None:
    done = printed(tmp_path, a_slip(), a_slip(language=Language("es"), order_number="1002"))
    assert "Nov 22, 2026" in text_of(done.file, 0)
    assert "22 nov 2026" in text_of(done.file, 1)


def test_long_tables_go_on_over_pages_under_the_same_heading(tmp_path: Path) -> None:
    lines = tuple(SlipLine(f"SKU-{i}", f"Product {i} with a rather long name " * 3, 1, 1) for i in range(60))
    done = printed(tmp_path, a_slip(lines=lines), a_slip(order_number="1002"))
    pages = [text_of(done.file, page) for page in range(done.pages)]
    assert done.pages > 4
    for number, said in enumerate(pages[:-1], 1):
        assert "In this" in said and f"Page {number} of {done.pages - 1}" in said
    assert "Page 1 of 1" in pages[-1]
    for line in lines:
        assert any(f"{line.sku}\n" in f"{said}\n" for said in pages)


def test_a_name_longer_than_a_page_is_printed_whole(tmp_path: Path) -> None:
    words = [f"palabra{i}" for i in range(3000)]
    done = printed(tmp_path, a_slip(lines=(SlipLine("X", " ".join(words), 1, 1),)))
    said = unwrapped(text_of(done.file))
    assert done.pages > 3
    assert all(word in said for word in words)


def test_a_long_gift_message_begins_under_its_title_and_goes_on(tmp_path: Path) -> None:
    done = printed(tmp_path, a_slip(gift_message="\n".join(f"wish number {i}" for i in range(90))))
    first, second = text_of(done.file, 0), text_of(done.file, 1)
    assert "Gift message" in first and "wish number 0\n" in first and "wish number 20\n" in first
    assert "wish number 60\n" in first + second


def test_a_kit_of_very_many_parts_begins_where_the_lines_begin(tmp_path: Path) -> None:
    parts = tuple(SlipPart(f"PART-{i}", f"Part number {i}", 1) for i in range(90))
    done = printed(tmp_path, a_slip(lines=(SlipLine("KIT", "Gift set", 1, 1, parts=parts),)))
    assert "PART-5" in text_of(done.file, 0)
    assert all(part.sku in text_of(done.file) for part in parts)


def test_large_amounts_stay_on_one_line(tmp_path: Path) -> None:
    large = Money(99_999_999_999, "EUR")
    lines = (SlipLine("CUP", "Cup", 9_999_999, 9_999_999, unit_price=large, amount=large),)
    done = printed(tmp_path, a_slip(lines=lines, show_prices=True, totals=SlipTotals(total=large)))
    assert text_of(done.file).count("€999,999,999.99") == 3
    assert text_of(done.file).count("9,999,999") >= 2


def test_ink_keeps_off_the_papers_edge_on_every_page(tmp_path: Path) -> None:
    lines = tuple(SlipLine("S" * 80, "W" * 300, 10**9, 10**9, 10**9) for _ in range(20))
    done = printed(tmp_path, a_slip(lines=lines, note="N" * 500, thanks="T " * 900, gift_message="G\n" * 90))
    for page in range(done.pages):
        marks = ink(picture(done.file, page, 150), 150)
        assert marks is not None
        assert marks.left > 15 and marks.top > 10 and marks.right < 195 and marks.bottom < 291


def test_long_facts_push_the_lines_down_instead_of_running_into_them(tmp_path: Path) -> None:
    slip = a_slip(delivery="Delivery to the flat " * 8, reference="R" * 120, tracking="T" * 60, shipment_number="SH-1")
    done = printed(tmp_path, slip)
    heading = ink(picture(done.file, 0, 150), 150, (18, 92, 100, 291))
    short = ink(picture(printed(tmp_path, a_slip()).file, 0, 150), 150, (18, 92, 100, 291))
    assert heading is not None and short is not None
    assert heading.top > short.top + 5


def test_a_recipient_abroad_is_written_as_the_post_there_does(tmp_path: Path) -> None:
    said = unwrapped(text_of(printed(tmp_path, a_slip(recipient=ABROAD[5])).file))
    assert unwrapped("Mountain View, CA 94043") in said or unwrapped("MOUNTAIN VIEW, CA 94043") in said


def test_the_same_slips_give_the_same_bytes(tmp_path: Path) -> None:
    first = printed(tmp_path, a_slip()).file.read_bytes()
    assert printed(tmp_path, a_slip()).file.read_bytes() == first


def test_every_faulty_slip_is_named_beforehand() -> None:
    lost = PostalAddress("Ana", "", "calle " * 900, "Madrid", "28014", "", "ES")
    slips = [
        a_slip(),
        a_slip(order_number="1002", note="\U0001f680"),
        a_slip(order_number="1003", recipient=lost),
        a_slip(order_number="№4"),
    ]
    faults = slip_faults(slips, letterhead=SHOP)
    assert [(number, reason.code) for number, reason in faults] == [
        ("1002", "shipping.unprintable"),
        ("1003", "shipping.too-long"),
        ("№4", "shipping.barcode-characters"),
    ]


def test_a_faulty_logo_is_refused_and_no_file_is_left(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="logo-unreadable"):
        printed(tmp_path, a_slip(), letterhead=Letterhead("Lumen", logo=b"not a picture"))
    assert list(tmp_path.iterdir()) == []
