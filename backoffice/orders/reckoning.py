"""Reckons an order: line totals first, discounts spread to the last cent, taxes out of or on top of the prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from backoffice.core.money import Rounding, round_fraction, split, tax_from_gross, tax_from_net


@dataclass(frozen=True, slots=True)
class Terms:
    """How an order is reckoned."""

    prices_include_tax: bool = True
    rounding: Rounding = Rounding.HALF_UP
    per_document: bool = False
    """Round taxes once for the whole document and spread them, in place of once a line."""


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
    """A whole document: Σ lines + shipping = gross, to the last minor unit."""

    lines: tuple[Sum, ...]
    shipping: Sum
    gross: int
    tax: int
    net: int
    rounding: int
    """What rounding once per document did to the tax, against rounding each line."""


def line_amount(unit_price: Fraction | int, quantity: int, percent_off: Decimal, rounding: Rounding) -> int:
    """The line's total in minor units: price × quantity × (1 − discount), rounded once (23.90 × 10 × 0.75 = 179.25)."""
    return round_fraction(Fraction(unit_price) * quantity * (1 - Fraction(percent_off)), rounding)


def reckon(positions: Sequence[Position], *, shipping: Position, discount: int, terms: Terms) -> Reckoned:
    """Reckons a document of lines, delivery and one discount on the order, all amounts in minor units of one currency.

    The discount is spread over the lines in proportion to their amounts by largest remainder; it never takes a line
    below zero, since it is capped at what the lines come to.
    """
    amounts = [position.amount for position in positions]
    shares = split(min(discount, max(sum(amounts), 0)), [max(amount, 0) for amount in amounts])
    sums = [
        _sum(Position(position.amount - share, position.rates), share, terms)
        for position, share in zip(positions, shares, strict=True)
    ]
    delivery = _sum(shipping, 0, terms)
    by_line = sum(item.tax for item in (*sums, delivery))
    if terms.per_document:
        *sums, delivery = _rounded_once([*positions, shipping], [*sums, delivery], terms)
    tax = sum(item.tax for item in (*sums, delivery))
    gross = sum(item.gross for item in (*sums, delivery))
    return Reckoned(tuple(sums), delivery, gross=gross, tax=tax, net=gross - tax, rounding=tax - by_line)


def _sum(position: Position, discount: int, terms: Terms) -> Sum:
    if terms.prices_include_tax:
        net, taxes = tax_from_gross(position.amount, position.rates, terms.rounding)
        gross = position.amount
    else:
        net = position.amount
        gross, taxes = tax_from_net(position.amount, position.rates, terms.rounding)
    return Sum(net=net, gross=gross, tax=gross - net, taxes=tuple(taxes), discount=discount)


def _rounded_once(positions: Sequence[Position], sums: Sequence[Sum], terms: Terms) -> list[Sum]:
    """Per set of rates the tax of the whole document is rounded once, then spread over its positions."""
    mended = list(sums)
    for rates in {position.rates for position in positions}:
        places = [place for place, position in enumerate(positions) if position.rates == rates]
        bases = [sums[place].gross if terms.prices_include_tax else sums[place].net for place in places]
        whole = _sum(Position(sum(bases), rates), 0, terms)
        shares = [split(tax, [abs(base) for base in bases]) for tax in whole.taxes]
        for turn, place in enumerate(places):
            taxes = tuple(share[turn] for share in shares)
            tax, old = sum(taxes), sums[place]
            gross = old.gross if terms.prices_include_tax else old.net + tax
            mended[place] = Sum(net=gross - tax, gross=gross, tax=tax, taxes=taxes, discount=old.discount)
    return mended
