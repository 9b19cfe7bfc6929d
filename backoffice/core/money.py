"""Exact money: integer minor units with their currency, rounding, tax, splitting without a lost cent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Self

from babel.core import get_global

# ISO 4217, table A.1. Not Babel's own digits: CLDR gives RSD, ALL, IQD … the decimals people use, not the code's.
_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_PLAIN = re.compile(r"(-?)(\d{1,18})(?:\.(\d{1,12}))?", re.ASCII)


@lru_cache(maxsize=512)
def exponent(currency: str) -> int:
    """How many decimals a currency has: 0, 2 or 3 (ISO 4217). ValueError for what is no currency code."""
    if currency not in get_global("all_currencies"):
        raise ValueError(f"no currency: {currency[:10]!r}")
    if currency in _NO_DECIMALS:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


def is_currency(code: str) -> bool:
    """Whether this is a currency's code (ISO 4217)."""
    try:
        exponent(code)
    except ValueError:
        return False
    return True


def decimal_text(minor: int, places: int) -> str:
    """Minor units as whole ones with `places` decimals: (1230, 2) is "12.30"."""
    if places == 2 and minor >= 0:
        return f"{minor // 100}.{minor % 100:02}"
    if not places:
        return str(minor)
    whole, fine = divmod(abs(minor), 10**places)
    return f"{'-' if minor < 0 else ''}{whole}.{fine:0{places}}"


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in whole minor units (cents) of one currency.

    `==` between currencies is False; `+`, `-`, `<` between currencies raise ValueError.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are whole numbers: {self.minor!r}")
        exponent(self.currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> Self:
        """The exact amount of "12.34", "-5" or "12.340": plain digits and a point, as JSON and our tables hold.

        ValueError for anything else, and for more decimals than the currency has (zeros at the end are none).
        """
        found = _PLAIN.fullmatch(text)
        if found is None:
            raise ValueError(f"no amount: {text[:40]!r}")
        sign, whole, decimals = found[1], found[2], (found[3] or "").rstrip("0")
        places = exponent(currency)
        if len(decimals) > places:
            raise ValueError(f"more decimals than {currency} has: {text!r}")
        return cls(int(f"{sign}{whole}{decimals:0<{places}}"), currency)

    @classmethod
    def from_decimal(cls, amount: Decimal, currency: str) -> Self:
        """The exact amount of a Decimal in whole units; ValueError if the currency cannot hold it exactly."""
        if not amount.is_finite() or amount.adjusted() > 18:
            raise ValueError(f"no amount: {str(amount)[:40]}")
        return cls.parse(f"{amount:f}", currency)

    @classmethod
    def zero(cls, currency: str) -> Self:
        """Nothing, in this currency."""
        return cls(0, currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in whole units with all decimals of its currency: Decimal("12.30")."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def __str__(self) -> str:
        return decimal_text(self.minor, exponent(self.currency))

    def __bool__(self) -> bool:
        return self.minor != 0

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.minor), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._same(other)

    def _same(self, other: "Money") -> int:
        if not isinstance(other, Money):
            raise TypeError(f"money meets money only, not {type(other).__name__}")
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not mix")
        return other.minor


class Rounding(StrEnum):
    """What happens to exactly half a minor unit."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


def round_fraction(value: Fraction, rounding: Rounding = Rounding.HALF_UP) -> int:
    """The nearest whole number. HALF_UP goes away from zero, so that a refund mirrors its charge."""
    if rounding is Rounding.HALF_EVEN:
        return round(value)
    up = int(abs(value) + Fraction(1, 2))
    return up if value >= 0 else -up


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Shares of `total` minor units by weight, by largest remainder; they sum to `total` exactly.

    Equal remainders go to the earlier share. All weights zero: equal shares. ValueError for a negative weight,
    and for no weights at all unless there is nothing to split.
    """
    if not weights:
        if total:
            raise ValueError("nobody to split among")
        return []
    if min(weights) < 0:
        raise ValueError("a weight is not negative")
    whole = sum(weights)
    if whole == 0:
        return split(total, [1] * len(weights))
    size, sign = abs(total), (1 if total >= 0 else -1)
    shares = [size * weight // whole for weight in weights]
    if lacking := size - sum(shares):
        left = [-(size * weight % whole) for weight in weights]
        for at in sorted(range(len(weights)), key=left.__getitem__)[:lacking]:
            shares[at] += 1
    return shares if sign > 0 else [-share for share in shares]


def spread(amount: Money, over: Sequence[Money]) -> list[Money]:
    """An order's discount, shipping or fee laid on its lines by their value; Σ shares = amount.

    No share of a discount exceeds its line as long as the discount does not exceed the order. Lines below
    zero carry nothing. ValueError where currencies differ.
    """
    if any(line.currency != amount.currency for line in over):
        raise ValueError("currencies do not mix")
    weights = [max(0, line.minor) for line in over]
    return [Money(share, amount.currency) for share in split(amount.minor, weights)]


def _weights(rates: Sequence[Decimal]) -> tuple[list[int], int]:
    """Rates as whole numbers over one common denominator: (0.20, 0.055) -> ([40, 11], 200)."""
    if not all(isinstance(rate, Decimal) for rate in rates):
        raise TypeError("a tax rate is a Decimal")
    if not all(rate.is_finite() and rate >= 0 for rate in rates):
        raise ValueError(f"no tax rates: {rates!r}")
    fractions = [Fraction(rate) for rate in rates]
    whole = lcm(*(fraction.denominator for fraction in fractions))
    return [int(fraction * whole) for fraction in fractions], whole


def tax_from_gross(
    gross: int, rates: Sequence[Decimal], rounding: Rounding = Rounding.HALF_UP
) -> tuple[int, list[int]]:
    """(net, tax per rate) of a price that includes tax; net + Σ tax = gross. Rates as Decimal("0.20").

    One rate: the tax is rounded, the net is the rest. Several: the net is rounded, the rest is split by
    largest remainder. ValueError for a negative rate, TypeError for a float.
    """
    parts, whole = _weights(rates)
    if sum(1 for part in parts if part) <= 1:
        tax = round_fraction(Fraction(gross * sum(parts), whole + sum(parts)), rounding)
    else:
        tax = gross - round_fraction(Fraction(gross * whole, whole + sum(parts)), rounding)
    return gross - tax, split(tax, parts)


def tax_from_net(net: int, rates: Sequence[Decimal], rounding: Rounding = Rounding.HALF_UP) -> tuple[int, list[int]]:
    """(gross, tax per rate) of a price without tax; gross = net + Σ tax. Rates and refusals as tax_from_gross."""
    parts, whole = _weights(rates)
    tax = round_fraction(Fraction(net * sum(parts), whole), rounding)
    return net + tax, split(tax, parts)
