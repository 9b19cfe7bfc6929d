"""Customers' text made calm for a label."""

import pytest

from ui.shared.foreign import BREAK, calm, calm_line


def test_line_breaks_stay_and_tricks_go():
    assert calm("Calle\u202e Mayor\r\n\r\n1\x00") == "Calle Mayor\n1"


def test_a_word_without_end_can_be_broken_and_is_the_same_word():
    shown = calm("W" * 100)
    assert max(len(part) for part in shown.split(BREAK)) == 20
    assert shown.replace(BREAK, "") == "W" * 100


def test_words_of_usual_length_are_left_whole():
    assert BREAK not in calm("Rechtsschutzversiche und Donaudampf")


@pytest.mark.parametrize("write", [calm, calm_line])
def test_what_is_too_long_ends_in_three_dots(write):
    assert write("word " * 300, most=20).replace(BREAK, "") == "word word word word…"


def test_a_line_is_one_line():
    assert calm_line("Ana\n\n  Núñez\u2066") == "Ana Núñez"


def test_a_novel_takes_no_time():
    assert len(calm("x\n" * 2_000_000, most=50)) <= 60
