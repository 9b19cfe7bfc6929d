"""Reckons an order: line totals first, discounts spread to the last cent, taxes out of or on top of the prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from backoffice.core.document import rounding_difference, tax_lines
from backoffice.core.money import Rounding, round_fraction, split


@dataclass(frozen=True, slots=True)
class Terms:
    """How an order is reckoned."""

    prices_include_tax: bool = True
    rounding: Rounding = Rounding.HALF_UP
    per_document: bool = False
    """Round the tax of each rate once for the whole document; what that does stands in a line of its own."""


@dataclass(frozen=True, slots=True)
class Position:
    """One thing to be reckoned: its own total in minor units, before its share of the order's discount."""

    amount: int
    rates: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """A position reckoned: gross = net + tax, the taxes in the order of the rates; `discount` is its share."""

    net: int
    gross: int
    tax: int
    taxes: tuple[int, ...]
    discount: int


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A whole document, to the last minor unit: each line is rounded by itself, `rounding` is the line that makes the
    document's tax of theirs, and where prices come without tax, its gross too.
    """

    lines: tuple[Sum, ...]
    shipping: Sum
    gross: int
    tax: int
    net: int
    rounding: int
    """What rounding once per document did to the tax, against rounding each line; 0 where lines are rounded."""


def line_amount(unit_price: Fraction | int, quantity: int, percent_off: Decimal, rounding: Rounding) -> int:
    """The line's total in minor units: price × quantity × (1 − discount), rounded once (23.90 × 10 × 0.75 = 179.25)."""
    return round_fraction(Fraction(unit_price) * quantity * (1 - Fraction(percent_off)), rounding)


def reckon(positions: Sequence[Position], *, shipping: Position, discount: int, terms: Terms) -> Reckoned:
    """Reckons a document of lines, delivery and one discount on the order, all amounts in minor units of one currency.

    The discount is spread over the lines in proportion to their amounts by largest remainder; it never takes a line
    below zero, since it is capped at what the lines come to. Tax is rounded line by line; where the terms want it
    rounded once, the difference stands beside the lines and not on one of them.
    """
    amounts = [position.amount for position in positions]
    shares = split(min(discount, max(sum(amounts), 0)), [max(amount, 0) for amount in amounts])
    taxed = [
        (amount - share, position.rates) for amount, share, position in zip(amounts, shares, positions, strict=True)
    ]
    taxed.append((shipping.amount, shipping.rates))
    done = tax_lines(taxed, included=terms.prices_include_tax, rounding=terms.rounding)
    rounding = 0
    if terms.per_document:
        rounding = rounding_difference(taxed, included=terms.prices_include_tax, rounding=terms.rounding)
    tax = sum(sum(line.taxes) for line in done) + rounding
    sums = [
        Sum(net=line.net, gross=line.gross, tax=line.gross - line.net, taxes=line.taxes, discount=share)
        for line, share in zip(done, [*shares, 0], strict=True)
    ]
    gross = sum(line.gross for line in done) + (0 if terms.prices_include_tax else rounding)
    return Reckoned(tuple(sums[:-1]), sums[-1], gross=gross, tax=tax, net=gross - tax, rounding=rounding)
