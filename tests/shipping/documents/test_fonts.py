"""Only embedded fonts, and a character without a picture is named before anything is printed."""

import re
import shutil
from datetime import date
from pathlib import Path

import pypdfium2

from backoffice.core.paths import resource
from backoffice.shipping.documents import fonts
from backoffice.shipping.documents.paper import pdf


def fonts_in(file: Path) -> set[bytes]:
    """The names of the fonts that a PDF uses."""
    return set(re.findall(rb"/BaseFont\s*/(\S+)", file.read_bytes()))


def a_page(file: Path, *said: str) -> Path:
    with pdf(file, (100, 100), title="Test", made_on=date(2026, 11, 22), language="en") as printing:
        for i, text in enumerate(said):
            printing.paper.text(10, 5 + 4 * i, text, size=9, bold=bool(i % 2))
        printing.paper.next_page()
    return file


def test_no_font_is_left_for_the_reader_to_find(tmp_path: Path) -> None:
    file = a_page(tmp_path / "page.pdf", "Łódź señor", "Ωμέγα")
    raw = file.read_bytes()
    assert fonts_in(file) == {b"AAAAAA+DejaVuSans", b"AAAAAA+DejaVuSans-Bold"}
    assert b"/Type1" not in raw
    assert raw.count(b"/FontFile2") == 2


def test_characters_without_a_picture_are_named_once_each_in_order() -> None:
    assert fonts.unprintable("Ñandú, Łódź, Ωμέγα, Привет, שלום, مرحبا, ½ €") == []
    assert fonts.unprintable("a\U0001f6d2b\U0001f680c\U0001f6d2") == ["\U0001f6d2", "\U0001f680"]


def test_line_ends_and_direction_marks_need_no_picture() -> None:
    assert fonts.unprintable("Calle 1\r\nPiso\t2\u200f\u202d\u200b\ufeff") == []


def test_chinese_is_unprintable_on_a_computer_without_such_a_font(monkeypatch) -> None:
    monkeypatch.setattr(fonts, "east_asian_faces", tuple)
    assert fonts.unprintable("東京 Tokyo") == ["東", "京"]


def test_chinese_is_printed_with_the_first_font_of_the_computer_that_has_it(monkeypatch, tmp_path: Path) -> None:
    stand_in = fonts.Face("stand-in", fonts.face(bold=True).font, frozenset("東"), fonts.face(bold=True).widths)
    monkeypatch.setattr(fonts, "east_asian_faces", lambda: (stand_in,))
    assert fonts.unprintable("東京") == ["京"]
    assert [(found.name, piece) for found, piece in fonts.runs("東 Tokyo", bold=False)] == [
        ("stand-in", "東"),
        (fonts.REGULAR, " Tokyo"),
    ]


def test_more_than_256_different_characters_stay_what_they_are(tmp_path: Path) -> None:

    wide = "".join(map(chr, range(0x0410, 0x04F0))) + "".join(map(chr, range(0x0391, 0x03CF)))
    file = a_page(tmp_path / "many.pdf", *(wide[i : i + 20] for i in range(0, len(wide), 20)))
    text = pypdfium2.PdfDocument(file)[0].get_textpage().get_text_bounded()
    assert set(fonts.face().characters.intersection(wide)) <= set(text)


def test_two_font_files_of_one_name_and_a_broken_one_do_no_harm(monkeypatch, tmp_path: Path) -> None:
    for name in ("ipag.ttf", "NanumGothic.ttf"):
        shutil.copy(resource("fonts/DejaVuSans.ttf"), tmp_path / name)
    (tmp_path / "msyh.ttc").write_bytes(b"no font")
    monkeypatch.setattr(fonts, "_font_folders", lambda: [tmp_path])
    found = fonts.east_asian_faces.__wrapped__()
    assert [face.name for face in found] == ["system-ipag", "system-NanumGothic"]
    assert len({face.font.face.name for face in found}) == 2
