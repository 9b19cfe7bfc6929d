"""Pick lists: fetched in the order of the bins, told order by order, every order's barcode scans."""

from datetime import date
from pathlib import Path

import pytest

from backoffice.core.errors import Refused
from backoffice.shipping.documents.content import PickContent, PickOrder, PickRow, Printed
from backoffice.shipping.documents.pick_list import gathered, write_pick_list
from backoffice.shipping.documents.stock import A4, LETTER
from tests.shipping.documents.reading import ink, picture, scanned, text_of, told, unwrapped
from tests.shipping.documents.samples import DAY, EN, a_pick

CUP = PickRow("A-10", "CUP-1", "Stoneware cup", 2, "Blue")
TEA = PickRow("A-9", "TEA-1", "Sencha", 1, kit="Gift set")
LAMP = PickRow("", "LAMP-9", "Floor lamp", 1)


def printed(folder: Path, *orders: PickOrder, **more) -> Printed:
    return write_pick_list(folder / "pick.pdf", PickContent(DAY, orders, EN, "PK-7"), made_on=DAY, **more)


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("size", [A4, LETTER], ids=["A4", "Letter"])
def test_every_orders_barcode_reads_back(size: tuple[float, float], dpi: int, tmp_path: Path) -> None:
    done = printed(tmp_path, *(a_pick(f"WEB-{1000 + i}", CUP, TEA) for i in range(9)), size=size)
    found = [scanned(picture(done.file, page, dpi)) for page in range(done.pages)]
    assert found == [told(done, page) for page in range(done.pages)]
    assert sum(map(len, found)) == 9


def test_bins_come_in_walking_order_and_what_has_none_comes_last() -> None:
    rows = gathered([a_pick("1", CUP, LAMP), a_pick("2", TEA), a_pick("3", CUP)])
    assert [(row.bin, row.quantity) for row, _ in rows] == [("A-9", 1), ("A-10", 4), ("", 1)]
    assert rows[1][1] == [("1", 2), ("3", 2)]


def test_strange_bins_are_sorted_and_not_feared() -> None:
    names = ["b٣", "B2", "10", "9a", "ñ", "²", "", "A-1-2", "A-1-10"]
    rows = gathered([a_pick("1", *(PickRow(name, "S", "N", 1) for name in names))])
    assert [row.bin for row, _ in rows][-1] == ""
    assert sorted(row.bin for row, _ in rows) == sorted(names)


def test_the_list_says_how_many_orders_and_pieces_and_whose(tmp_path: Path) -> None:
    late = a_pick("1002", LAMP, delivery="Express", note="Gift box")
    said = text_of(printed(tmp_path, a_pick("1001", CUP, TEA), late).file)
    for expected in ("2 orders · 4 pieces", "PK-7", "Order 1001", "Express", "Gift box", "Part of Gift set", "no bin"):
        assert expected in said
    assert "Page 1 of 1" in said


def test_one_order_needs_no_gathering(tmp_path: Path) -> None:
    said = text_of(printed(tmp_path, a_pick("1001", CUP)).file)
    assert said.count("Stoneware cup") == 1


def test_an_order_stands_under_its_own_head(tmp_path: Path) -> None:
    done = printed(tmp_path, *(a_pick(str(1000 + i), CUP, TEA, LAMP) for i in range(25)))
    for page in range(1, done.pages):
        first_lines = text_of(done.file, page).split("\n")[:4]
        assert any(line.startswith(("Order", "Pick list")) for line in first_lines)


def test_two_hundred_orders_fit_whole(tmp_path: Path) -> None:
    rows = [PickRow(f"R{i}", f"SKU-{i}", f"Product number {i} " * 4, 1 + i % 3) for i in range(40)]
    orders = [a_pick(f"{5000 + i}", *(rows[(i + k) % 40] for k in range(3))) for i in range(200)]
    done = printed(tmp_path, *orders)
    said = unwrapped(text_of(done.file))
    assert all(f"Order{order.number}" in said for order in orders)
    assert len([code for document in done.documents for code in document.barcodes]) == 200
    marks = ink(picture(done.file, 0, 100), 100)
    assert marks is not None and marks.left > 15 and marks.right < 195 and marks.bottom < 291


def test_a_product_that_very_many_orders_want_begins_on_the_first_page(tmp_path: Path) -> None:
    orders = [a_pick(f"WEB-2026-{i:09d}", PickRow("A-1", "CUP-1", "Stoneware cup", 10)) for i in range(300)]
    done = printed(tmp_path, *orders)
    said = [text_of(done.file, page) for page in range(done.pages)]
    assert "Stoneware cup" in said[0] and "WEB-2026-000000000×10" in said[0]
    assert unwrapped("WEB-2026-000000299×10") in unwrapped("".join(said[:3]))
    assert not any(line.strip() == "," for page in said for line in page.splitlines())


def test_a_day_to_dispatch_is_shown(tmp_path: Path) -> None:
    order = PickOrder("1001", "Ana", (CUP,), ship_by=date(2026, 11, 24))
    assert "Dispatch by Nov 24, 2026" in text_of(printed(tmp_path, order).file)


def test_a_sign_without_a_picture_names_its_order(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        printed(tmp_path, a_pick("1001", CUP), a_pick("1002", PickRow("A", "S", "Mug \U0001f680", 1)))
    assert refusal.value.facts["number"] == "1002"
    assert list(tmp_path.iterdir()) == []
