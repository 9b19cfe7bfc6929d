"""Tax of a whole document: rounded line by line, or once for the document and laid back on its lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from backoffice.core.money import Rounding, tax_from_gross, tax_from_net


class RoundingPer(StrEnum):
    """Where tax is rounded."""

    LINE = "line"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class TaxedLine:
    """One line in minor units; gross = net + sum(taxes), one tax for each of its rates, in their order."""

    net: int
    taxes: tuple[int, ...]
    gross: int


Rates = tuple[Decimal, ...]


def tax_lines(
    lines: Sequence[tuple[int, Rates]],
    *,
    included: bool,
    per: RoundingPer = RoundingPer.LINE,
    rounding: Rounding = Rounding.HALF_UP,
) -> list[TaxedLine]:
    """Each (amount, rates) with its tax; `included` says whether the amounts hold the tax already.

    Per DOCUMENT all amounts of the same rates are taxed as one sum, and that tax is laid back on the lines,
    each within one minor unit of its exact share: the lines still sum to the document.
    """
    if per is RoundingPer.LINE:
        return [_line(amount, _tax(amount, rates, included, rounding), included) for amount, rates in lines]
    groups: dict[Rates, list[int]] = {}
    for at, (_, rates) in enumerate(lines):
        groups.setdefault(rates, []).append(at)
    done: dict[int, TaxedLine] = {}
    for rates, places in groups.items():
        amounts = [lines[at][0] for at in places]
        taxes = _tax(sum(amounts), rates, included, rounding)
        base = 1 + sum(map(Fraction, rates)) if included else Fraction(1)
        by_rate = [
            _fit([amount * Fraction(rate) / base for amount in amounts], tax)
            for rate, tax in zip(rates, taxes, strict=True)
        ]
        for row, at in enumerate(places):
            done[at] = _line(lines[at][0], [column[row] for column in by_rate], included)
    return [done[at] for at in range(len(lines))]


def rounding_difference(
    lines: Sequence[tuple[int, Rates]], *, included: bool, rounding: Rounding = Rounding.HALF_UP
) -> int:
    """Tax per document minus tax per line, in minor units: what the rounding line of a document shows."""
    by_document, by_line = (
        tax_lines(lines, included=included, per=per, rounding=rounding)
        for per in (RoundingPer.DOCUMENT, RoundingPer.LINE)
    )
    return sum(sum(line.taxes) for line in by_document) - sum(sum(line.taxes) for line in by_line)


def _tax(amount: int, rates: Rates, included: bool, rounding: Rounding) -> list[int]:
    return (tax_from_gross if included else tax_from_net)(amount, rates, rounding)[1]


def _line(amount: int, taxes: Sequence[int], included: bool) -> TaxedLine:
    tax = sum(taxes)
    net = amount - tax if included else amount
    return TaxedLine(net, tuple(taxes), net + tax)


def _fit(exact: Sequence[Fraction], total: int) -> list[int]:
    """Whole numbers near `exact` that sum to `total`, which is near the sum of `exact`."""
    shares = [floor(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: shares[at] - exact[at])
    lacking = total - sum(shares)
    for turn in range(abs(lacking)):
        if lacking > 0:
            shares[by_remainder[turn % len(shares)]] += 1
        else:
            shares[by_remainder[-1 - turn % len(shares)]] -= 1
    return shares
