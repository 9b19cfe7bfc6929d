"""Quantities, yes and no, countries, codes, measures: read as meant, or named as what they are not."""

from decimal import Decimal

import pytest

from backoffice.channels import parsing
from backoffice.channels.cells import BadCell, Memo, shown


@pytest.mark.parametrize(
    ("text", "pieces"),
    [("2", 2), (" 12 ", 12), ("-3", -3), ("2.0", 2), ("2,00", 2), ("1,234,567", 1234567), ("", None)],
)
def test_a_quantity_is_whole_pieces(text, pieces):
    assert parsing.quantity(text) == pieces


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.000", "quantity-ambiguous"),
        ("2,500", "quantity-ambiguous"),
        ("0.5", "quantity-fraction"),
        ("two", "not-a-quantity"),
        ("99999999999", "not-a-quantity"),
    ],
)
def test_what_is_no_quantity_is_named(text, code):
    with pytest.raises(BadCell, match=code):
        parsing.quantity(text)


def test_a_column_tells_whether_a_point_groups():
    assert parsing.quantity("1.000", ".") == 1
    assert parsing.quantity("1.000", ",") == 1000


@pytest.mark.parametrize("text", ["yes", "TRUE", "1", "Sí", "ja", "oui", "sim", "continue", "notify", "wahr"])
def test_yes_in_many_words(text):
    assert parsing.yes_no(text) is True


@pytest.mark.parametrize("text", ["no", "FALSE", "0", "nein", "non", "não", "deny", "falsch"])
def test_no_in_many_words(text):
    assert parsing.yes_no(text) is False


def test_neither_yes_nor_no():
    assert parsing.yes_no(" ") is None
    with pytest.raises(BadCell, match="not-yes-or-no"):
        parsing.yes_no("perhaps")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ES", "ES"), ("es", "ES"), ("Spain", "ES"), ("España", "ES"), ("Spanien", "ES"), ("Espagne", "ES"),
        ("Deutschland", "DE"), ("United Kingdom", "GB"), ("UK", "GB"), ("EIRE", "IE"), ("USA", "US"), ("GBR", "GB"),
        ("DEU", "DE"), ("Estados Unidos", "US"), ("", ""),
    ],
)  # fmt: skip
def test_a_country_by_code_or_name(text, code):
    assert parsing.country(text) == code


@pytest.mark.parametrize("text", ["Atlantis", "XX", "European Community", "Unspecified"])
def test_a_country_nobody_knows(text):
    with pytest.raises(BadCell, match="country-unknown"):
        parsing.country(text)


def test_apostrophes_come_off_phones_and_postcodes():
    assert parsing.phone("'+34 600 111 222") == "+34 600 111 222"
    assert parsing.postcode("'01001") == "01001"


@pytest.mark.parametrize(("text", "name"), [("17850.0", "17850"), ("'00123", "00123"), ("AB-1.0", "AB-1.0")])
def test_a_code_loses_what_a_spreadsheet_added(text, name):
    assert parsing.identifier(text) == name


def test_a_code_that_a_spreadsheet_shortened_is_lost():
    with pytest.raises(BadCell, match="number-shortened"):
        parsing.identifier("4,00638E+12")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("4006381333931", ("4006381333931", False)),
        ("400 6381 33393-1", ("4006381333931", False)),
        ("4006381333932", ("4006381333932", True)),
        ("shelf-7", ("shelf-7", False)),
        ("", ("", False)),
    ],
)
def test_a_barcode_with_a_wrong_check_digit_is_doubtful(text, told):
    assert parsing.barcode(text) == told


@pytest.mark.parametrize(
    ("text", "unit", "grams"),
    [
        ("0.5", "kg", 500),
        ("0,5", "kg", 500),
        ("500.0", "g", 500),
        ("1 lb", "kg", 454),
        ("2oz", "g", 57),
        ("0.0", "g", None),
    ],
)
def test_weights_in_grams(text, unit, grams):
    assert parsing.grams(text, unit) == grams


def test_lengths_in_millimetres():
    assert parsing.millimetres("12,5", "cm") == 125
    assert parsing.millimetres("2 in", "cm") == 51
    with pytest.raises(BadCell, match="not-a-measure"):
        parsing.millimetres("12 feet tall", "cm")


@pytest.mark.parametrize("text", ["21", "21%", "21,0 %", "0.21", "0,21"])
def test_a_tax_rate_is_a_fraction(text):
    assert parsing.rate(text) == Decimal("0.21")


@pytest.mark.parametrize("text", ["-5", "121", "half"])
def test_what_is_no_tax_rate(text):
    with pytest.raises(BadCell, match="not-a-rate"):
        parsing.rate(text)


def test_an_email_or_none():
    assert parsing.email(" <ana@example.com> ") == "ana@example.com"
    assert parsing.email("n/a") == ""
    with pytest.raises(BadCell, match="not-an-email"):
        parsing.email("ana at home")


def test_lists_of_words():
    assert parsing.word_list("gift, summer ,gift,") == ("gift", "summer")
    assert parsing.word_list("steel\\, brushed, blue") == ("steel, brushed", "blue")
    assert parsing.word_list("a; b") == ("a", "b")


def test_texts_lose_what_cannot_be_seen():
    assert parsing.line_text(" Ana\u202e\n Núñez\x07 ") == "Ana Núñez"
    assert parsing.lines_text("ring\x00 twice\r\n\r\nthen wait") == "ring twice\nthen wait"


def test_a_memory_works_each_text_out_once():
    asked = []
    memo = Memo(lambda text: asked.append(text) or len(text))
    assert [memo["ab"], memo["ab"], memo["c"]] == [2, 2, 1]
    assert asked == ["ab", "c"]


def test_a_memory_forgets_before_it_grows_too_large(monkeypatch):
    monkeypatch.setattr("backoffice.channels.cells._KEPT", 10)
    memo = Memo(len)
    assert all(memo[str(n)] for n in range(100))
    assert len(memo) <= 10


def test_a_quoted_cell_is_one_short_line():
    assert shown("a\nb  c") == "a b c"
    assert len(shown("x" * 500)) == 80
