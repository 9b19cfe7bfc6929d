"""Money is exact: no float, no lost cent, no mixed currencies."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.core.money import (
    Money,
    Rounding,
    exponent,
    round_fraction,
    split,
    spread,
    tax_from_gross,
    tax_from_net,
)

AMOUNTS = st.integers(-(10**12), 10**12)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=30)
RATES = st.lists(st.decimals(0, 1, places=4), max_size=4)
ROUNDINGS = st.sampled_from(Rounding)


@pytest.mark.parametrize(
    ("currency", "decimals"), [("EUR", 2), ("USD", 2), ("JPY", 0), ("CLP", 0), ("KWD", 3), ("RSD", 2), ("ISK", 0)]
)
def test_a_currency_has_its_iso_decimals(currency, decimals):
    assert exponent(currency) == decimals


@pytest.mark.parametrize("nonsense", ["", "eur", "EURO", "€", "E R", "XQQ", "EUR\n"])
def test_what_is_no_currency_is_refused(nonsense):
    with pytest.raises(ValueError, match="no currency"):
        Money(1, nonsense)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12.34", "EUR", 1234),
        ("-0.05", "EUR", -5),
        ("7", "EUR", 700),
        ("7.1", "EUR", 710),
        ("7.100", "EUR", 710),
        ("500.00", "JPY", 500),
        ("1.234", "KWD", 1234),
        ("-0", "EUR", 0),
    ],
)
def test_a_plain_number_is_read_exactly(text, currency, minor):
    assert Money.parse(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "currency"),
    [("12.345", "EUR"), ("1.5", "JPY"), ("1.2345", "KWD"), ("0.001", "EUR")],
)
def test_more_decimals_than_the_currency_has_are_refused(text, currency):
    with pytest.raises(ValueError, match="more decimals"):
        Money.parse(text, currency)


@pytest.mark.parametrize(
    "text", ["", "-", ".", "1.", ".5", "+1", " 1", "1 ", "1,5", "1e3", "NaN", "Infinity", "1_000", "٣", "--1", "9" * 19]
)
def test_what_is_no_plain_number_is_refused(text):
    with pytest.raises(ValueError, match="no amount"):
        Money.parse(text, "EUR")


def test_a_number_of_200_kilobytes_is_refused_at_once():
    with pytest.raises(ValueError, match="no amount"):
        Money.parse("9" * 200_000, "EUR")


@given(AMOUNTS, st.sampled_from(["EUR", "JPY", "KWD"]))
def test_money_survives_being_written_and_read(minor, currency):
    amount = Money(minor, currency)
    assert Money.parse(str(amount), currency) == amount
    assert Money.from_decimal(amount.decimal, currency) == amount


@pytest.mark.parametrize(
    ("amount", "text"),
    [(Money(-5, "EUR"), "-0.05"), (Money(100, "JPY"), "100"), (Money(10**15, "KWD"), "1000000000000.000")],
)
def test_money_is_written_with_all_its_decimals(amount, text):
    assert str(amount) == text


@pytest.mark.parametrize("odd", [Decimal("NaN"), Decimal("Infinity"), Decimal("1E+400000"), Decimal("0.001")])
def test_a_decimal_the_currency_cannot_hold_is_refused(odd):
    with pytest.raises(ValueError, match=r"no amount|more decimals"):
        Money.from_decimal(odd, "EUR")


def test_a_decimal_in_any_notation_is_read_exactly():
    assert Money.from_decimal(Decimal("1E+2"), "EUR") == Money(10_000, "EUR")


@pytest.mark.parametrize("odd", [1.0, "1", True, None])
def test_minor_units_are_whole_numbers(odd):
    with pytest.raises(TypeError):
        Money(odd, "EUR")


def test_money_adds_subtracts_and_multiplies():
    price = Money(2390, "EUR")
    assert 3 * price - price + -price == price
    assert sum([price, price], Money.zero("EUR")) == price * 2
    assert abs(-price) == price
    assert bool(price) and not Money.zero("EUR")


def test_money_compares_within_its_currency():
    small, large = Money(1, "EUR"), Money(2, "EUR")
    assert small < large and small <= large and large > small and large >= small
    assert max(small, large) == large


@pytest.mark.parametrize("operation", ["__add__", "__sub__", "__lt__", "__le__", "__gt__", "__ge__"])
def test_currencies_do_not_mix(operation):
    with pytest.raises(ValueError, match="do not mix"):
        getattr(Money(1, "EUR"), operation)(Money(1, "USD"))
    assert Money(1, "EUR") != Money(1, "USD")


@pytest.mark.parametrize("other", [1.5, Decimal(2), Fraction(1, 2)])
def test_money_times_a_fraction_is_refused(other):
    with pytest.raises(TypeError):
        Money(1, "EUR") * other


def test_money_meets_money_only():
    with pytest.raises(TypeError):
        Money(1, "EUR") + 1


@pytest.mark.parametrize(
    ("half", "up", "even"),
    [(Fraction(1, 2), 1, 0), (Fraction(3, 2), 2, 2), (Fraction(-1, 2), -1, 0), (Fraction(5, 2), 3, 2)],
)
def test_exactly_half_goes_by_the_rule(half, up, even):
    assert round_fraction(half) == up
    assert round_fraction(half, Rounding.HALF_EVEN) == even


@given(st.fractions(), ROUNDINGS)
def test_rounding_mirrors_at_zero_and_is_near(value, rounding):
    assert round_fraction(-value, rounding) == -round_fraction(value, rounding)
    assert abs(round_fraction(value, rounding) - value) <= Fraction(1, 2)


@given(AMOUNTS, WEIGHTS)
def test_shares_sum_to_the_whole_and_are_fair(total, weights):
    shares = split(total, weights)
    assert sum(shares) == total
    assert split(-total, weights) == [-share for share in shares]
    if sum(weights):
        assert all(
            abs(share - Fraction(total * weight, sum(weights))) < 1
            for share, weight in zip(shares, weights, strict=True)
        )
        assert all(share == 0 for share, weight in zip(shares, weights, strict=True) if weight == 0)


def test_weights_of_zero_share_alike():
    assert split(10, [0, 0, 0]) == [4, 3, 3]


def test_nobody_shares_nothing_only():
    assert split(0, []) == []
    with pytest.raises(ValueError, match="nobody"):
        split(1, [])
    with pytest.raises(ValueError, match="negative"):
        split(1, [2, -1])


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=20), st.fractions(0, 1))
def test_a_discount_spread_over_lines_never_exceeds_a_line(lines, share):
    discount = int(sum(lines) * share)
    shares = spread(Money(discount, "EUR"), [Money(line, "EUR") for line in lines])
    assert sum(part.minor for part in shares) == discount
    assert all(0 <= part.minor <= line for part, line in zip(shares, lines, strict=True))


def test_shipping_spread_over_free_lines_is_shared_alike():
    assert spread(Money(5, "EUR"), [Money.zero("EUR")] * 2) == [Money(3, "EUR"), Money(2, "EUR")]


def test_a_discount_in_another_currency_is_refused():
    with pytest.raises(ValueError, match="do not mix"):
        spread(Money(5, "EUR"), [Money(5, "USD")])


@pytest.mark.parametrize(
    ("gross", "rates", "net", "taxes"),
    [
        (17925, ["0.20"], 14937, [2988]),
        (2490000, ["0.14", "0.14"], 1945313, [272344, 272343]),
        (50000, ["0.10"], 45455, [4545]),
        (100, ["0.13"], 88, [12]),
        (100, [], 100, []),
        (100, ["0"], 100, [0]),
        (17925, ["0.20", "0"], 14937, [2988, 0]),
        (-17925, ["0.20"], -14937, [-2988]),
    ],
)
def test_the_tax_in_a_price(gross, rates, net, taxes):
    assert tax_from_gross(gross, [Decimal(rate) for rate in rates]) == (net, taxes)


def test_ten_cups_at_a_quarter_off():
    gross = 10 * 2390
    discounted = gross - round_fraction(Fraction(gross) * Fraction(25, 100))
    assert discounted == 17925
    net, (tax,) = tax_from_gross(discounted, [Decimal("0.20")])
    assert (net, tax, net + tax) == (14937, 2988, 17925)


@given(AMOUNTS, RATES, ROUNDINGS)
def test_net_and_taxes_sum_to_the_price(gross, rates, rounding):
    net, taxes = tax_from_gross(gross, rates, rounding)
    assert net + sum(taxes) == gross
    assert abs(net - Fraction(gross) / (1 + sum(map(Fraction, rates)))) <= Fraction(1, 2)
    assert tax_from_gross(-gross, rates, rounding) == (-net, [-tax for tax in taxes])


@given(AMOUNTS, RATES, ROUNDINGS)
def test_tax_on_a_net_price_sums_to_the_gross(net, rates, rounding):
    gross, taxes = tax_from_net(net, rates, rounding)
    assert net + sum(taxes) == gross
    assert abs(sum(taxes) - net * sum(map(Fraction, rates))) <= Fraction(1, 2)


@pytest.mark.parametrize("tax", [tax_from_gross, tax_from_net])
def test_odd_tax_rates_are_refused(tax):
    with pytest.raises(TypeError):
        tax(100, [0.2])
    with pytest.raises(ValueError, match="no tax rates"):
        tax(100, [Decimal("-0.2")])
    with pytest.raises(ValueError, match="no tax rates"):
        tax(100, [Decimal("NaN")])


@given(st.integers(0, 10**8), st.lists(st.integers(1, 99), max_size=5))
def test_refunds_in_parts_sum_to_what_was_paid(paid, percents):
    left, refunds = paid, []
    for percent in percents:
        refunds.append(round_fraction(Fraction(left * percent, 100)))
        left -= refunds[-1]
    assert left >= 0
    assert sum([*refunds, left]) == paid
