"""Amounts as people write them become exact minor units, or are named as what they are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.channels.amounts import amount, currency_code, decimal_sign
from backoffice.channels.cells import BadCell

GOOD = [
    ("12.34", "EUR", 1234),
    ("12,34", "EUR", 1234),
    ("1,234.50", "EUR", 123450),
    ("1.234,50", "EUR", 123450),
    ("1'234.50", "CHF", 123450),
    ("CHF 1'234.50", "CHF", 123450),
    ("1\u202f234,50\u00a0€", "EUR", 123450),
    ("1\u2009234.5", "EUR", 123450),
    ("$5", "USD", 500),
    ("US$ 5.10", "USD", 510),
    ("5 €", "EUR", 500),
    ("EUR 5", "EUR", 500),
    ("116,99 €", "EUR", 11699),
    ("R$ 1.234,50", "BRL", 123450),
    ("12,50 kr.", "DKK", 1250),
    ("₹1,23,456.00", "INR", 12345600),
    ("-5", "EUR", -500),
    ("−5,10", "EUR", -510),
    ("5,10-", "EUR", -510),
    ("(5.10)", "EUR", -510),
    ("+5", "EUR", 500),
    (".5", "EUR", 50),
    ("12.", "EUR", 1200),
    ("12.3400", "EUR", 1234),
    ("0.100", "EUR", 10),
    ("1.234.567", "EUR", 123456700),
    ("5000", "JPY", 5000),
    ("5,000", "JPY", 5000),
    ("5000.00", "JPY", 5000),
    ("1.234", "KWD", 1234),
    ("", "EUR", None),
    (" - ", "EUR", None),
]


@pytest.mark.parametrize(("text", "currency", "minor"), GOOD)
def test_an_amount_is_read_exactly(text, currency, minor):
    assert amount(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("abc", "not-an-amount"),
        ("1.2.3", "not-an-amount"),
        ("1.234.56", "not-an-amount"),
        ("1,5.0", "not-an-amount"),
        ("5 5", "not-an-amount"),
        ("--5", "not-an-amount"),
        ("(-5)", "not-an-amount"),
        ("(5", "not-an-amount"),
        ("1e5", "not-an-amount"),
        ("0x10", "not-an-amount"),
        ("Infinity", "not-an-amount"),
        ("1_000", "not-an-amount"),
        ("٢٤", "not-an-amount"),
        ("9" * 17, "not-an-amount"),
        ("12.345 6", "not-an-amount"),
        ("0.125", "amount-too-precise"),
        ("12.3456", "amount-too-precise"),
        ("£5", "other-currency"),
        ("USD 5", "other-currency"),
        ("5 kr", "other-currency"),
    ],
)
def test_what_is_no_amount_is_named(text, code):
    with pytest.raises(BadCell) as bad:
        amount(text, "EUR")
    assert bad.value.code == code


def test_a_lone_group_of_three_is_thousands_where_no_price_has_three_decimals():
    assert amount("1.234", "EUR") == 123400
    assert amount("1.234", "JPY") == 1234
    assert amount("1.234", "BHD") == 1234


def test_a_lone_group_of_three_follows_what_its_column_shows():
    assert amount("1.234", "EUR", ",") == 123400
    with pytest.raises(BadCell, match="amount-too-precise"):
        amount("1.234", "EUR", ".")


@pytest.mark.parametrize(
    ("column", "sign"),
    [
        (["1.234", "12.50"], "."),
        (["1.234", "12,50"], ","),
        (["1.234.567"], ","),
        (["1,234.50"], "."),
        (["0.500"], "."),
        (["$ 12.50", ""], "."),
        (["1.234", "5"], ""),
        (["1,50", "1.50"], ""),
        ([], ""),
    ],
)
def test_a_column_shows_its_decimal_sign(column, sign):
    assert decimal_sign(column) == sign


@given(st.integers(-(10**12), 10**12), st.sampled_from([(",", "."), (".", ","), ("\u202f", ","), ("'", ".")]))
def test_an_amount_written_with_groups_is_read_back(minor, signs):
    group, decimal = signs
    whole, cents = divmod(abs(minor), 100)
    text = f"{'-' if minor < 0 else ''}{whole:,}".replace(",", group) + f"{decimal}{cents:02} €"
    assert amount(text, "EUR") == minor


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_bad_cell(text):
    try:
        assert amount(text, "EUR") is None or isinstance(amount(text, "EUR"), int)
    except BadCell as bad:
        assert bad.code in ("not-an-amount", "amount-too-precise", "other-currency")


@pytest.mark.parametrize(("text", "code"), [("eur", "EUR"), (" GBP ", "GBP"), ("€", "EUR"), ("zł", "PLN"), ("", "")])
def test_a_currency_cell_is_a_code_or_a_sign_of_one_currency(text, code):
    assert currency_code(text) == code


@pytest.mark.parametrize("text", ["$", "£", "EURO BLUE", "XXY"])
def test_a_sign_of_several_currencies_is_not_enough(text):
    with pytest.raises(BadCell, match="currency-unknown"):
        currency_code(text)
