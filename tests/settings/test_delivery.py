"""What delivery costs: rules in order, the first that fits wins."""

import pytest

from backoffice.core.money import Money
from backoffice.settings.delivery import check_rules, price
from tests.builders import refused

RULES = [
    {"countries": ["ES"], "min_value": "50.00", "price": "0"},
    {"countries": ["ES"], "max_weight_g": 2000, "price": "4.90"},
    {"countries": ["ES"], "price": "8.90"},
    {"countries": ["FR", "PT"], "max_weight_g": 2000, "price": "9.50"},
]


@pytest.mark.parametrize(
    ("country", "grams", "value", "cents"),
    [
        ("ES", 500, "20.00", 490),
        ("ES", 500, "49.99", 490),
        ("ES", 500, "50.00", 0),
        ("ES", 2000, "20.00", 490),
        ("ES", 2001, "20.00", 890),
        ("PT", 2000, "99.00", 950),
    ],
)
def test_the_first_rule_that_fits_gives_the_price(country, grams, value, cents):
    found = price(RULES, country=country, weight_g=grams, value=Money.parse(value, "EUR"))
    assert found == Money(cents, "EUR")


@pytest.mark.parametrize(("country", "grams"), [("PT", 2001), ("US", 1), ("", 1)])
def test_where_no_rule_fits_a_person_decides(country, grams):
    assert price(RULES, country=country, weight_g=grams, value=Money(1, "EUR")) is None


def test_a_rule_without_conditions_fits_everybody():
    assert price([{"price": "3.00"}], country="JP", weight_g=10**6, value=Money(1, "EUR")) == Money(300, "EUR")


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"countries": ["ES"]},
        {"price": "free"},
        {"price": "4.905"},
        {"price": "-1.00"},
        {"price": "1.00", "min_value": "-5"},
        {"price": "1.00", "max_weight_g": -1},
        {"price": "1.00", "max_weight_g": "heavy"},
        {"price": "1.00", "countries": ["Spain"]},
        {"price": "1.00", "countries": ["es"]},
        {"price": "1.00", "colour": "red"},
    ],
)
def test_a_rule_that_cannot_be_reckoned_with_is_refused_by_its_place(rule):
    with refused("settings.bad-price-rule", rule=2):
        check_rules([{"price": "1.00"}, rule], currency="EUR")
