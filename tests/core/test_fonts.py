"""A character without a picture is named before anything is printed; the computer's own fonts help out."""

import shutil
from pathlib import Path

from backoffice.core import fonts
from backoffice.core.paths import resource


def test_characters_without_a_picture_are_named_once_each_in_order() -> None:
    assert fonts.unprintable("Ñandú, Łódź, Ωμέγα, Привет, שלום, مرحبا, ½ €") == []
    assert fonts.unprintable("a\U0001f6d2b\U0001f680c\U0001f6d2") == ["\U0001f6d2", "\U0001f680"]


def test_line_ends_and_direction_marks_need_no_picture() -> None:
    assert fonts.unprintable("Calle 1\r\nPiso\t2\u200f\u202d\u200b\ufeff") == []


def test_chinese_is_unprintable_on_a_computer_without_such_a_font(monkeypatch) -> None:
    monkeypatch.setattr(fonts, "east_asian_faces", tuple)
    assert fonts.unprintable("東京 Tokyo") == ["東", "京"]


def test_chinese_is_printed_with_the_first_font_of_the_computer_that_has_it(monkeypatch) -> None:
    stand_in = fonts.Face("stand-in", fonts.face(bold=True).font, frozenset("東"), fonts.face(bold=True).widths)
    monkeypatch.setattr(fonts, "east_asian_faces", lambda: (stand_in,))
    assert fonts.unprintable("東京") == ["京"]
    assert [(found.name, piece) for found, piece in fonts.runs("東 Tokyo", bold=False)] == [
        ("stand-in", "東"),
        (fonts.REGULAR, " Tokyo"),
    ]


def test_two_font_files_of_one_name_and_a_broken_one_do_no_harm(monkeypatch, tmp_path: Path) -> None:
    for name in ("ipag.ttf", "NanumGothic.ttf"):
        shutil.copy(resource("fonts/DejaVuSans.ttf"), tmp_path / name)
    (tmp_path / "msyh.ttc").write_bytes(b"no font")
    monkeypatch.setattr(fonts, "_font_folders", lambda: [tmp_path])
    found = fonts.east_asian_faces.__wrapped__()
    assert [face.name for face in found] == ["system-ipag", "system-NanumGothic"]
    assert len({face.font.face.name for face in found}) == 2
