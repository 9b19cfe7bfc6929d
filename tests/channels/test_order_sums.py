"""The file's tax is laid on what it was reckoned from: goods and delivery, or the goods alone."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from backoffice.channels.candidates import CandidateLine, CandidateOrder, CandidateTax
from backoffice.channels.importing.amounts import sums_of
from backoffice.core.money import Rounding
from backoffice.core.postal import PostalAddress

STATE, CITY = ("New York State Tax 4%", "0.04"), ("New York City Tax 4.88%", "0.0488")
IVA = ("IVA 21%", "0.21")


def an_order(total, tax, *taxes, shipping):
    lines = (CandidateLine(2, "", "CUP", "Cup", 4, 2500),)
    told = tuple(CandidateTax(name, Decimal(rate), amount) for (name, rate), amount in taxes)
    who = ("ana@example.com", "Ana", "", "", PostalAddress(), PostalAddress())
    placed = datetime(2026, 9, 22, tzinfo=UTC)
    return CandidateOrder(
        2, 1, "", "1", "#1", placed, "USD", *who, lines, 10000, shipping, 0, tax, total, taxes=told
    )  # fmt: skip


@pytest.mark.parametrize(
    ("order", "goods", "delivery", "tax"),
    [
        (an_order(11638, 888, (STATE, 400), (CITY, 488), shipping=750), 10888, 750, 888),  # delivery is not taxed
        (an_order(11705, 955, (STATE, 430), (CITY, 525), shipping=750), 10888, 817, 888),  # delivery is taxed
        (an_order(10750, 1736, (IVA, 1736), shipping=750), 10000, 750, 1736),  # included, delivery untaxed
        (an_order(10750, 1866, (IVA, 1866), shipping=750), 10000, 750, 1736),  # included, delivery taxed
    ],
)
def test_tax_lies_where_the_file_s_rates_put_it(order, goods, delivery, tax):
    sums = sums_of(order, included_by_default=True, rounding=Rounding.HALF_UP)
    assert (sums.lines[0].gross, sums.shipping, sums.lines[0].tax) == (goods, delivery, tax)
    assert (sums.total, sums.tax) == (order.total, order.tax)
