"""Hebrew and Arabic lines are drawn in the right order, their brackets facing what they enclose."""

import pytest

from backoffice.core.direction import as_drawn

FIRST, SECOND = "\u05d0\u05d1", "\u05d2\u05d3"  # two Hebrew words; drawn from the left each stands reversed
DRAWN_FIRST, DRAWN_SECOND = FIRST[::-1], SECOND[::-1]


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        (f"{FIRST} ({SECOND} 2)", f"(2 {DRAWN_SECOND}) {DRAWN_FIRST}"),
        (f"{FIRST} [{SECOND}] «{FIRST}»", f"«{DRAWN_FIRST}» [{DRAWN_SECOND}] {DRAWN_FIRST}"),
        (f"{FIRST} 10/3", f"10/3 {DRAWN_FIRST}"),
        (f"{FIRST} 2)", f"(2 {DRAWN_FIRST}"),
    ],
)
def test_brackets_among_letters_from_the_right_face_what_they_enclose(said: str, drawn: str) -> None:
    assert as_drawn(said, from_right=True) == drawn


def test_a_latin_word_and_its_brackets_keep_their_shape_within_hebrew() -> None:
    assert as_drawn(f"{FIRST} ACME (UK)", from_right=True) == f"ACME (UK) {DRAWN_FIRST}"


def test_a_hebrew_word_in_brackets_within_a_latin_line() -> None:
    assert as_drawn(f"John ({FIRST}) Smith", from_right=False) == f"John ({DRAWN_FIRST}) Smith"


def test_the_first_letter_says_the_side_where_nobody_does() -> None:
    assert as_drawn(f"{FIRST} Ana") == f"Ana {DRAWN_FIRST}"
    assert as_drawn(f"Ana {FIRST}") == f"Ana {DRAWN_FIRST}"


def test_marks_like_our_own_in_foreign_text_do_no_harm() -> None:
    assert as_drawn(f"({FIRST})\ufe01\ufe00x\ufe00", from_right=True) == f"x({DRAWN_FIRST})"
