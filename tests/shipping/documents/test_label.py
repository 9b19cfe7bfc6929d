"""Address labels: readable by people and scanners on every stock, nothing cut, hostile text is text."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.core.errors import Refused
from backoffice.core.postal import PostalAddress
from backoffice.shipping.documents.content import LabelContent, Letterhead, Printed
from backoffice.shipping.documents.label import label_faults, write_labels
from backoffice.shipping.documents.label_layout import Setting, head, plan
from backoffice.shipping.documents.stock import STOCKS, Offset, stock_of
from tests.shipping.documents.reading import ink, picture, scanned, text_of, told, unwrapped
from tests.shipping.documents.samples import ABROAD, DAY, EN, SHOP, a_label, a_logo

FOR_ADDRESSES = [stock.code for stock in STOCKS.values() if stock.for_addresses]


def printed(folder: Path, labels: list[LabelContent], stock: str = "100x150", **more) -> Printed:
    values = {"letterhead": SHOP, "language": EN, "made_on": DAY} | more
    return write_labels(folder / "labels.pdf", labels, stock=stock_of(stock), **values)


def lines_of(label: LabelContent) -> list[str]:
    return label.recipient.lines(sender_country="ES")


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("code", FOR_ADDRESSES)
def test_every_barcode_reads_back_from_every_stock(code: str, dpi: int, tmp_path: Path) -> None:
    done = printed(tmp_path, [a_label(i) for i in range(min(4, stock_of(code).per_page + 1))], code)
    for page in range(done.pages):
        assert scanned(picture(done.file, page, dpi)) == told(done, page) != []


@pytest.mark.parametrize("code", FOR_ADDRESSES)
def test_all_ink_of_a_label_stays_inside_its_cell(code: str, tmp_path: Path) -> None:
    stock = stock_of(code)
    number = stock.per_page - 1
    done = printed(tmp_path, [a_label(5)], code, start=number, letterhead=Letterhead("Lumen", SHOP.address, a_logo()))
    cell, marks = stock.cell(number), ink(picture(done.file, dpi=300), 300)
    assert marks is not None
    assert cell.left + 1 <= marks.left < marks.right <= cell.left + cell.width - 1
    assert cell.top + 1 <= marks.top < marks.bottom <= cell.top + cell.height - 1


def test_addresses_of_fourteen_countries_stand_as_their_post_writes_them(tmp_path: Path) -> None:
    labels = [a_label(i) for i in range(len(ABROAD))]
    done = printed(tmp_path, labels)
    for page, label in enumerate(labels):
        said = text_of(done.file, page)
        for line in lines_of(label):
            # A viewer copies a comma beside a number of an Arabic line to its other side; the words are what counts.
            assert all(unwrapped(word) in unwrapped(said) for word in line.replace("،", " ").split()), line


def test_an_arabic_address_stands_at_the_right(tmp_path: Path) -> None:
    label = a_label(2, order_numbers=(), delivery="", carrier="", tracking="")
    done = printed(tmp_path, [label], with_qr=False)
    marks = ink(picture(done.file), 203, (1, 26, 99, 100))
    assert marks is not None
    assert marks.right == pytest.approx(95, abs=1)
    assert marks.left > 15


def test_what_is_printed_is_told_label_by_label(tmp_path: Path) -> None:
    done = printed(tmp_path, [a_label(i) for i in range(3)], "8126")
    assert (done.pages, [(d.kind, d.number, d.page) for d in done.documents]) == (
        2,
        [("label", "SH-000000", 1), ("label", "SH-000001", 1), ("label", "SH-000002", 2)],
    )


def test_labels_begin_at_the_next_free_cell_moved_by_the_printers_offset(tmp_path: Path) -> None:
    stock, offset = stock_of("L7163"), Offset(1.0, -0.8)
    plain = printed(tmp_path, [a_label(0)], "L7163", start=9)
    before = ink(picture(plain.file, dpi=508), 508)
    moved = ink(picture(printed(tmp_path, [a_label(0)], "L7163", start=9, offset=offset).file, dpi=508), 508)
    assert before is not None and moved is not None
    assert before.top > stock.cell(9).top
    # Barcodes move by whole printer dots, the sender's line and all text by the offset itself.
    assert (moved.right - before.right, moved.top - before.top) == pytest.approx((1.0, -0.8), abs=0.13)


def test_a_cell_that_the_sheet_has_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cell-unknown"):
        printed(tmp_path, [a_label()], "L7163", start=14)


def test_the_same_labels_give_the_same_bytes(tmp_path: Path) -> None:
    letterhead = Letterhead("Lumen", SHOP.address, a_logo())
    first = printed(tmp_path, [a_label(i) for i in range(5)], letterhead=letterhead).file.read_bytes()
    assert printed(tmp_path, [a_label(i) for i in range(5)], letterhead=letterhead).file.read_bytes() == first
    assert b"D:20261122000000Z" in first


def test_a_label_of_a_batch_is_small(tmp_path: Path) -> None:
    done = printed(tmp_path, [a_label(i) for i in range(100)], letterhead=Letterhead("L", SHOP.address, a_logo()))
    assert done.file.stat().st_size / 100 < 20_000


def test_a_long_address_shrinks_and_wraps_and_every_word_is_there(tmp_path: Path) -> None:
    street = " ".join(f"Urbanización{i}" for i in range(40))
    to = PostalAddress(
        "Maximiliane-Wilhelmine Prinzessin zu Sayn-Wittgenstein", "", street, "Madrid", "28014", "", "ES"
    )
    said = unwrapped(text_of(printed(tmp_path, [a_label(recipient=to)]).file))
    assert all(unwrapped(line) in said for line in to.lines(sender_country="ES"))


@pytest.mark.parametrize("code", ["100x150", "62mm", "L7165"])
def test_fourteen_orders_in_one_parcel_are_all_named(code: str, tmp_path: Path) -> None:
    numbers = tuple(str(1000 + i) for i in range(14))
    messages = ("Fragile: ceramics", "Do not bend", "Keep cool")
    label = a_label(0, order_numbers=numbers, messages=messages, parcel=2, parcels=3)
    said = text_of(printed(tmp_path, [label], code).file)
    assert all(told in said.replace("\n", " ") for told in (*numbers, *messages, "Parcel 2 of 3"))


def test_an_address_longer_than_can_be_read_is_refused_by_its_longest_field(tmp_path: Path) -> None:
    to = PostalAddress("Ana", "", "calle " * 600, "Madrid", "28014", "", "ES")
    with pytest.raises(Refused) as refusal:
        printed(tmp_path, [a_label(0), a_label(1, recipient=to)])
    assert refusal.value.code == "shipping.too-long"
    assert refusal.value.facts["field"] == "recipient.street"
    assert refusal.value.facts["number"] == "SH-000001"
    assert list(tmp_path.iterdir()) == []


def test_a_sign_without_a_picture_is_named_with_its_field_before_printing(tmp_path: Path) -> None:
    rocket = a_label(3, recipient=PostalAddress("Ana \U0001f680", "", "Calle 1", "Madrid", "28014", "", "ES"))
    with pytest.raises(Refused) as refusal:
        printed(tmp_path, [a_label(0), rocket])
    assert refusal.value.facts == {
        "characters": "\U0001f680",
        "text": "Ana \U0001f680",
        "field": "recipient.name",
        "number": "SH-000003",
    }
    assert list(tmp_path.iterdir()) == []


def test_the_faulty_labels_of_a_batch_are_all_found_beforehand() -> None:
    labels = [a_label(0), a_label(1, number="Ñ-1"), a_label(2), a_label(3, delivery="\U0001f680")]
    faults = label_faults(labels, stock=stock_of("L7163"), letterhead=SHOP, language=EN)
    assert [(number, reason.code) for number, reason in faults] == [
        ("Ñ-1", "shipping.barcode-characters"),
        ("SH-000003", "shipping.unprintable"),
    ]


def test_a_shipment_number_too_long_to_scan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="barcode-too-wide"):
        printed(tmp_path, [a_label(number="SHIPMENT-NUMBER-WITHOUT-AN-END-" * 2)])


def test_labels_for_products_are_too_small_for_addresses(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="stock-too-small"):
        printed(tmp_path, [a_label()], "L7651")


HOSTILE = [
    '<img src="file:///etc/passwd"/>',
    "<b>bold</b> & <i>",
    "%s {0} \\ ) ( << >> /F1 Tj",
    "' or 1=1 -- \"",
    "]]>&#60;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_it_stands(text: str, tmp_path: Path) -> None:
    to = PostalAddress(text, "", "Calle 1", "Madrid", "28014", "", "ES")
    done = printed(tmp_path, [a_label(recipient=to, delivery=text, order_numbers=(text,))])
    assert unwrapped(text_of(done.file)).count(unwrapped(text)) == 3
    assert b"passwd" not in done.file.read_bytes()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(st.characters(codec="latin-1", categories=("L", "Nd", "Zs", "Pd", "Po")), min_size=1, max_size=60),
    street=st.text(st.characters(codec="latin-1", categories=("L", "Nd", "Zs", "Po")), min_size=1, max_size=120),
    code=st.sampled_from(["100x150", "62mm", "L7163", "L7165", "5163"]),
)
def test_whatever_is_accepted_is_whole_and_inside_its_cell(name, street, code, tmp_path) -> None:
    label = a_label(recipient=PostalAddress(name, "", street, "Madrid", "28014", "", "ES"))
    try:
        done = printed(tmp_path, [label], code)
    except Refused as refusal:
        assert refusal.code == "shipping.too-long"
        return
    said, cell = unwrapped(text_of(done.file)), stock_of(code).cell(0)
    # A viewer takes a hyphen at a line's end for a break inside a word.
    bare = str.maketrans("", "", "-\u00ad\ufffe\x02")
    assert all(unwrapped(line).translate(bare) in said.translate(bare) for line in lines_of(label))
    marks = ink(picture(done.file, dpi=203), 203)
    assert marks is not None
    assert cell.left < marks.left < marks.right < cell.left + cell.width
    assert cell.top < marks.top < marks.bottom < cell.top + cell.height


@pytest.mark.parametrize(
    ("country", "loud"),
    [("JP", ["山田 太郎", "JAPAN"]), ("ES", ["山田 太郎"])],
)
def test_the_name_is_bold_wherever_the_country_writes_it(country: str, loud: list[str]) -> None:
    to = PostalAddress("山田 太郎", "", "千代田1-1", "千代田区", "100-0001", "東京都", country)
    setting = Setting(100, 150, SHOP, EN)
    *_, fitted = plan(a_label(recipient=to), setting, head(setting)).blocks[-1]
    assert [line.text for line, bold in zip(fitted.lines, fitted.bold, strict=True) if bold] == loud
