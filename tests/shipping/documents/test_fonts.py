"""Only embedded fonts, and every sign stays what it is."""

import re
from datetime import date
from pathlib import Path

import pypdfium2

from backoffice.core import fonts
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


def test_more_than_256_different_characters_stay_what_they_are(tmp_path: Path) -> None:

    wide = "".join(map(chr, range(0x0410, 0x04F0))) + "".join(map(chr, range(0x0391, 0x03CF)))
    file = a_page(tmp_path / "many.pdf", *(wide[i : i + 20] for i in range(0, len(wide), 20)))
    text = pypdfium2.PdfDocument(file)[0].get_textpage().get_text_bounded()
    assert set(fonts.face().characters.intersection(wide)) <= set(text)
