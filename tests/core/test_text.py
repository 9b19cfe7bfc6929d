"""Foreign text is shown on one line, without what nobody sees; and compared without case and accents."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.core.text import fold, fold_letters, lines_of, normal, one_line


@given(st.text())
def test_one_line_is_one_visible_line(text):
    line = one_line(text)
    assert line == one_line(line)
    assert not line.splitlines()[1:]
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in line)
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff")


def test_joiners_of_persian_and_hindi_stay():
    assert one_line("می\u200cخواهم क्\u200dष") == "می\u200cخواهم क्\u200dष"


def test_accents_piled_up_are_cut_down():
    assert one_line("a" + "\u0301" * 50) == "a" + "\u0301" * 8
    assert one_line("Phở Việt") == "Phở Việt"


def test_every_kind_of_break_parts_lines():
    assert lines_of("a\r\nb\rc\nd\x0be\x0cf\x85g\u2028h\u2029i\n\n") == list("abcdefghi")


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ÁRBOL Ñandú", "arbol nandu"), ("Straße", "strasse"), ("Łódź", "lodz"), ("ﬁn", "fin"), ("İ", "i")],
)
def test_case_and_accents_fold(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert fold_letters(fold_letters(text)) == fold_letters(text)


@given(st.text(max_size=40))
def test_normal_text_is_pythons_own(text):
    assert normal(text, "NFKD") == unicodedata.normalize("NFKD", text) or len(text) > 30


@pytest.mark.parametrize("bomb", ["\u0301\u0323", "a\u0301\u0323", "\u05b4\u0e38", "\n", "\u202e", "ﷺ", "é"])
def test_200_kilobytes_are_not_slow(bomb):
    begun = time.process_time()
    for work in (one_line, lines_of, fold, fold_letters, normal):
        work((bomb * 200_000)[:200_000])
    assert time.process_time() - begun < 3
