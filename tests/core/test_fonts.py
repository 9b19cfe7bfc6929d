"""Lines for paper: wrapped to their room, drawn in the order they are read, in a font that has the signs."""

from reportlab.pdfbase import pdfmetrics

from backoffice.core import fonts


def test_the_bundled_font_has_what_customers_are_called():
    face = pdfmetrics.getFont(fonts.font()).face
    assert all(ord(sign) in face.charToGlyph for sign in "ñÑçŁóΩЖآنا€×–")
    assert fonts.font(bold=True) != fonts.font()


def test_lines_keep_to_their_room_and_lose_no_sign():
    text = "Likes the blue cup, " * 20 + "x" * 300
    lines = fonts.wrapped(text, 200, 9)
    assert all(fonts.width(line, 9) <= 200 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_breaks_stay_and_nothing_is_one_empty_line():
    assert fonts.wrapped("a\n\nb", 200, 9) == ["a", "", "b"]
    assert fonts.wrapped("", 200, 9) == [""]


def test_what_runs_from_the_right_is_turned_and_joined():
    assert fonts.as_drawn("Ana 12") == "Ana 12"
    drawn = fonts.as_drawn("سلام")
    assert drawn != "سلام"
    assert all("\ufb50" <= sign <= "\ufeff" for sign in drawn)
