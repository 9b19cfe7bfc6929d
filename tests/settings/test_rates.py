"""What a tax rate looks like."""

import pytest

from backoffice.settings.rates import is_tax_rate


@pytest.mark.parametrize("rate", ["0", "0.21", "0.055", "1", "1.0", "10", "0.20000000"])
def test_a_fraction_in_plain_decimals_is_a_rate(rate):
    assert is_tax_rate(rate)


@pytest.mark.parametrize(
    "text", ["", "21%", "-0.1", "NaN", "Infinity", "1e-3", "10.1", "0,21", "0.000000001", "٠.٢", " 1"]
)
def test_anything_else_is_none(text):
    assert not is_tax_rate(text)
