"""Money of a document: the vectors, and Σ lines = document for any cart, rates, discounts and roundings."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.core.money import Rounding
from backoffice.orders.reckoning import Position, Terms, line_amount, reckon

NO_SHIPPING = Position(0)
VAT = (Decimal("0.20"),)

rates = st.lists(st.sampled_from(["0", "0.04", "0.055", "0.10", "0.14", "0.20", "0.21"]), max_size=2).map(
    lambda texts: tuple(Decimal(text) for text in texts)
)
positions = st.builds(Position, st.integers(0, 10**7), rates)
terms = st.builds(Terms, st.booleans(), st.sampled_from(Rounding), st.booleans())


def one(amount, *texts, **wish):
    return reckon([Position(amount, tuple(map(Decimal, texts)))], shipping=NO_SHIPPING, discount=0, terms=Terms(**wish))


def test_ten_at_23_90_with_20_percent_inside_less_25_percent():
    amount = line_amount(2390, 10, Decimal("0.25"), Rounding.HALF_UP)
    done = one(amount, "0.20")
    assert (done.gross, done.tax, done.net) == (17925, 2988, 14937)


def test_24_900_with_two_taxes_of_14_percent_inside():
    done = one(2_490_000, "0.14", "0.14")
    assert (done.net, done.lines[0].taxes) == (1_945_313, (272_344, 272_343))


def test_50_000_of_a_currency_without_decimals():
    done = one(50_000, "0.10")
    assert (done.net, done.tax) == (45_455, 4_545)


def test_one_euro_with_13_percent_inside():
    done = one(100, "0.13")
    assert (done.gross, done.net, done.tax) == (100, 88, 12)


def test_tax_on_top_of_the_price():
    done = one(1000, "0.21", prices_include_tax=False)
    assert (done.net, done.tax, done.gross) == (1000, 210, 1210)


def test_half_a_cent_goes_up_or_to_the_even_neighbour():
    assert one(250, "0.05", prices_include_tax=False).tax == 13
    assert one(250, "0.05", prices_include_tax=False, rounding=Rounding.HALF_EVEN).tax == 12


def test_a_discount_is_spread_to_the_last_cent():
    done = reckon([Position(100)] * 3, shipping=NO_SHIPPING, discount=100, terms=Terms())
    assert [line.discount for line in done.lines] == [34, 33, 33]
    assert [line.gross for line in done.lines] == [66, 67, 67]


def test_a_discount_above_the_goods_leaves_the_delivery_to_pay():
    done = reckon([Position(500, VAT)], shipping=Position(490, VAT), discount=9999, terms=Terms())
    assert (done.lines[0].gross, done.lines[0].discount, done.gross) == (0, 500, 490)


def test_a_discount_on_nothing_takes_nothing():
    assert reckon([Position(0)], shipping=NO_SHIPPING, discount=100, terms=Terms()).gross == 0


def test_rounding_once_per_document_says_what_it_did():
    lines = [Position(10, VAT)] * 3
    by_line = reckon(lines, shipping=NO_SHIPPING, discount=0, terms=Terms())
    by_document = reckon(lines, shipping=NO_SHIPPING, discount=0, terms=Terms(per_document=True))
    assert (by_line.tax, by_line.rounding) == (6, 0)
    assert (by_document.tax, by_document.rounding) == (5, -1)
    assert [line.tax for line in by_document.lines] == [2, 2, 2]
    assert by_document.gross == by_line.gross == 30


def test_rounding_once_per_document_is_part_of_the_total_where_tax_comes_on_top():
    lines = [Position(8, VAT)] * 3
    done = reckon(lines, shipping=NO_SHIPPING, discount=0, terms=Terms(False, per_document=True))
    assert [line.gross for line in done.lines] == [10, 10, 10]
    assert (done.rounding, done.tax, done.gross) == (-1, 5, 29)


@pytest.mark.parametrize(("percent", "cents"), [("0", 23900), ("0.25", 17925), ("1", 0), ("0.333", 15941)])
def test_a_line_is_rounded_once_and_not_unit_by_unit(percent, cents):
    assert line_amount(2390, 10, Decimal(percent), Rounding.HALF_UP) == cents


@given(st.lists(positions, min_size=1, max_size=8), positions, st.integers(0, 10**7), terms)
def test_lines_and_delivery_make_the_document_whatever_is_bought(lines, shipping, discount, terms):
    done = reckon(lines, shipping=shipping, discount=discount, terms=terms)
    sums = [*done.lines, done.shipping]
    assert sum(each.gross for each in sums) + (0 if terms.prices_include_tax else done.rounding) == done.gross
    assert sum(each.tax for each in sums) + done.rounding == done.tax == done.gross - done.net
    assert terms.per_document or not done.rounding
    for each in sums:
        assert each.net + each.tax == each.gross and sum(each.taxes) == each.tax


@given(st.lists(positions, min_size=1, max_size=8), st.integers(0, 10**7), terms)
def test_the_discounts_of_the_lines_make_the_orders_and_no_line_pays_back(lines, discount, terms):
    done = reckon(lines, shipping=NO_SHIPPING, discount=discount, terms=terms)
    assert sum(line.discount for line in done.lines) == min(discount, sum(line.amount for line in lines))
    assert all(0 <= line.discount <= position.amount for line, position in zip(done.lines, lines, strict=True))


@given(st.lists(positions, min_size=1, max_size=8), positions, st.integers(0, 10**7), st.sampled_from(Rounding))
def test_prices_with_tax_inside_are_what_the_customer_pays(lines, shipping, discount, rounding):
    goods = sum(line.amount for line in lines)
    for per_document in (False, True):
        done = reckon(lines, shipping=shipping, discount=discount, terms=Terms(True, rounding, per_document))
        assert done.gross == goods - min(discount, goods) + shipping.amount


@given(st.lists(positions, min_size=1, max_size=8), positions, st.integers(0, 10**7), st.booleans())
def test_both_ways_of_rounding_agree_within_a_cent_a_tax(lines, shipping, discount, included):
    found = [
        reckon(lines, shipping=shipping, discount=discount, terms=Terms(included, Rounding.HALF_UP, per_document))
        for per_document in (False, True)
    ]
    taxes = sum(len(each.rates) for each in (*lines, shipping))
    assert abs(found[0].tax - found[1].tax) <= taxes
    assert found[1].rounding == found[1].tax - found[0].tax
