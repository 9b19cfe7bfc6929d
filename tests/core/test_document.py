"""The lines of a document sum to the document, however tax is rounded."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.core.document import RoundingPer, rounding_difference, tax_lines
from backoffice.core.money import Money, Rounding, spread, tax_from_gross, tax_from_net

SETS_OF_RATES = st.sampled_from([(), (Decimal("0.21"),), (Decimal("0.10"),), (Decimal("0.05"), Decimal("0.09975"))])
CARTS = st.lists(st.tuples(st.integers(0, 10**6), SETS_OF_RATES), min_size=1, max_size=12)


@given(CARTS, st.booleans(), st.sampled_from(RoundingPer), st.sampled_from(Rounding))
def test_each_line_sums_and_keeps_its_amount(cart, included, per, rounding):
    lines = tax_lines(cart, included=included, per=per, rounding=rounding)
    for (amount, rates), line in zip(cart, lines, strict=True):
        assert line.gross == line.net + sum(line.taxes)
        assert (line.gross if included else line.net) == amount
        assert len(line.taxes) == len(rates)


@given(CARTS, st.booleans(), st.sampled_from(Rounding))
def test_per_document_the_tax_of_each_rate_is_that_of_the_sum(cart, included, rounding):
    lines = tax_lines(cart, included=included, per=RoundingPer.DOCUMENT, rounding=rounding)
    for rates in {rates for _, rates in cart}:
        amount = sum(amount for amount, own in cart if own == rates)
        taxes = [line.taxes for line, (_, own) in zip(lines, cart, strict=True) if own == rates]
        expected = (tax_from_gross if included else tax_from_net)(amount, rates, rounding)[1]
        assert [sum(column) for column in zip(*taxes, strict=True)] == expected


@given(CARTS, st.sampled_from(Rounding))
def test_per_document_no_line_is_off_by_a_whole_cent_and_more(cart, rounding):
    lines = tax_lines(cart, included=True, per=RoundingPer.DOCUMENT, rounding=rounding)
    for (amount, rates), line in zip(cart, lines, strict=True):
        for rate, tax in zip(rates, line.taxes, strict=True):
            assert abs(tax - amount * Fraction(rate) / (1 + sum(map(Fraction, rates)))) <= Fraction(3, 2)


@given(CARTS, st.fractions(0, 1), st.integers(0, 5000), st.sampled_from(RoundingPer), st.sampled_from(Rounding))
def test_lines_with_discount_and_shipping_sum_to_the_order(cart, share, shipping, per, rounding):
    prices = [Money(amount, "EUR") for amount, _ in cart]
    total = sum(prices, Money.zero("EUR"))
    discount = Money(int(total.minor * share), "EUR")
    off, freight = spread(discount, prices), spread(Money(shipping, "EUR"), prices)
    paid = [price - less + more for price, less, more in zip(prices, off, freight, strict=True)]
    rates = [rates for _, rates in cart]
    lines = tax_lines(
        list(zip((amount.minor for amount in paid), rates, strict=True)), included=True, per=per, rounding=rounding
    )
    assert sum(line.gross for line in lines) == (total - discount).minor + shipping
    assert sum(line.net + sum(line.taxes) for line in lines) == sum(line.gross for line in lines)


def test_the_rounding_line_shows_what_the_rule_did():
    three_stickers = [(10, (Decimal("0.21"),))] * 3
    assert [line.taxes for line in tax_lines(three_stickers, included=True)] == [(2,)] * 3
    by_document = tax_lines(three_stickers, included=True, per=RoundingPer.DOCUMENT)
    assert sorted(line.taxes for line in by_document) == [(1,), (2,), (2,)]
    assert rounding_difference(three_stickers, included=True) == -1


def test_an_empty_document_has_no_tax():
    assert tax_lines([], included=True) == []


@pytest.mark.parametrize("included", [True, False])
def test_a_credit_mirrors_its_charge(included):
    cart = [(17925, (Decimal("0.20"),)), (333, (Decimal("0.20"),))]
    back = [(-amount, rates) for amount, rates in cart]
    for per in RoundingPer:
        charge = tax_lines(cart, included=included, per=per)
        credit = tax_lines(back, included=included, per=per)
        assert sum(line.gross for line in charge) == -sum(line.gross for line in credit)
        assert sum(sum(line.taxes) for line in charge) == -sum(sum(line.taxes) for line in credit)
