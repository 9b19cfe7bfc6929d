"""Text on paper: nothing is cut, scripts from the right stand and read right."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.core import fonts
from backoffice.core.typesetting import fit, line, paragraphs, tidy, width, wrap

KNOWN = sorted(fonts.face().characters)
LATIN = st.text(st.sampled_from([sign for sign in KNOWN if sign.isalnum() and ord(sign) < 0x500] + [" ", "-", "/"]))


@settings(max_examples=150, deadline=None)
@given(LATIN, st.floats(8, 90), st.sampled_from([6.0, 9.0, 14.0]), st.booleans())
def test_wrapping_keeps_every_sign_and_no_line_is_wider_than_its_room(said, room, size, bold) -> None:
    text = tidy(said)
    lines = wrap(text, room, size, bold=bold)
    assert "".join(each.text for each in lines).replace(" ", "") == text.replace(" ", "")
    for each in lines:
        assert width(each.text, size, bold=bold) <= room + 1e-6 or len(each.text) == 1


@settings(max_examples=80, deadline=None)
@given(st.lists(LATIN.map(tidy).filter(bool), min_size=1, max_size=7), st.floats(30, 95), st.floats(8, 70))
def test_what_fits_is_whole_and_inside_its_box(texts, wide, high) -> None:
    found = fit(tuple(texts), (wide, high), (16, 6), bold=(0,))
    if found is None:
        return
    assert found.height <= high + 1e-6
    assert "".join(each.text for each in found.lines).replace(" ", "") == "".join(texts).replace(" ", "")
    for each, heavy in zip(found.lines, found.bold, strict=True):
        assert width(each.text, found.size, bold=heavy) <= wide + 1e-6


def test_a_short_address_is_set_large_and_a_long_one_smaller() -> None:
    short = fit(("Ana", "Calle 1"), (80, 40), (20, 6))
    long = fit(("Ana",) * 12, (80, 40), (20, 6))
    assert short and long
    assert short.size == 20 > long.size


def test_what_needs_smaller_type_than_can_be_read_does_not_fit() -> None:
    assert fit(("palabra " * 400,), (60, 20), (16, 6)) is None


def test_a_name_wider_than_the_label_breaks_at_its_hyphen_first() -> None:
    assert [each.text for each in wrap("Maximiliane-Wilhelmine", 30, 11)] == ["Maximiliane-", "Wilhelmine"]


def test_arabic_letters_join_and_run_from_the_right() -> None:
    shown = line("سلام")
    assert shown.from_right
    # Seen from the left: final meem, lam-alef as one sign, initial seen.
    assert [unicodedata.name(sign) for sign in shown.text] == [
        "ARABIC LETTER MEEM ISOLATED FORM",
        "ARABIC LIGATURE LAM WITH ALEF FINAL FORM",
        "ARABIC LETTER SEEN INITIAL FORM",
    ]


def test_hebrew_turns_but_its_numbers_do_not() -> None:
    assert line("רחוב הרצל 10").text == "10 לצרה בוחר"


def test_brackets_in_a_hebrew_line_face_what_they_enclose() -> None:
    assert line("הרצל (קומה 2)").text == "(2 המוק) לצרה"


def test_a_latin_word_in_an_arabic_line_stays_readable() -> None:
    shown = line("شركة Lumen")
    assert shown.from_right
    assert shown.text.startswith("Lumen ")


def test_a_long_arabic_line_wraps_from_its_beginning() -> None:
    first, *rest = wrap("شارع التحرير شارع الجمهورية شارع النيل", 40, 14)
    assert rest
    assert first.text.endswith(line("شارع").text)


def test_every_arabic_and_hebrew_letter_has_a_picture_once_joined() -> None:
    letters = [chr(code) for code in (*range(0x5D0, 0x5EB), *range(0x621, 0x63B), *range(0x641, 0x64B))]
    for letter in letters:
        for word in (letter, letter * 2, letter * 3, f"ب{letter}ب"):
            assert fonts.unprintable(line(word).text) == []


def test_tidying_composes_accents_and_leaves_out_what_has_no_picture() -> None:
    assert tidy("A\u200bn\u0303a \u202e  x\ty\u00a0z") == "Aña x y z"
    assert paragraphs("\n uno \r\n\n dos\u2028tres\n") == ["uno", "dos", "tres"]
