"""Which of an order's lines bears which tax, where they do not all bear the same: by products' rates and by the sums.

A file names an order's taxes ("VAT 20%" 4.00, "VAT 5%" 0.50) and not whose they are. A line whose product's rate is
known bears the tax of that rate; what then is open is tried out, and taken only where one answer alone makes the
file's sums to the cent a line. In all other cases nothing is said, and taxes are spread by amount as before.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product, repeat
from typing import NamedTuple

from sqlmodel import Session

from backoffice.channels.candidates import CandidateOrder
from backoffice.channels.importing import queries
from backoffice.channels.importing.taking import Taking
from backoffice.core.money import split

MOST_TRIED = 5000
NO_TAX, IN_PROPORTION = -1, -2
"""Instead of a tax's place: the line bears none; the delivery bears each tax as the goods do."""
Share = tuple[str, Decimal | None, int]
"""A tax's name, its rate, and its amount on one line."""
Rates = Sequence[Decimal | None]


class _Case(NamedTuple):
    """Amounts of the lines and of the delivery; each tax's amount, and its part of an amount that bears it."""

    left: list[int]
    delivery: int
    told: list[int]
    parts: list[Fraction]


def known_rates(session: Session, taking: Taking, orders: Sequence[CandidateOrder]) -> Iterable[Rates]:
    """The tax rate of each line's product, order by order; nothing where the shop knows one rate only."""
    if not orders or not queries.sells_at_several_rates(session):
        return repeat(())
    found = {taking.finder.product_of(line) for order in orders for line in order.lines}
    rates = queries.rates_of(session, sorted(found), taking.shop.default_tax_rate)
    return ([rates.get(taking.finder.product_of(line)) for line in order.lines] for order in orders)


def shares(
    order: CandidateOrder, left: list[int], delivery: int, included: bool, rates: Rates
) -> list[list[Share]] | None:
    """The taxes of each line and, last, of the delivery; None where all bear the same, or nobody can tell.

    Each of the order's taxes comes out to its last minor unit.
    """
    taxes = order.taxes
    if len(taxes) == 1 and not rates and all(line.tax_rates for line in order.lines):
        return None  # as in nearly all orders
    if taxes and all(tax.rate for tax in taxes):
        return _by_name(order, left, delivery, included, rates)
    told = sum(tax.amount for tax in taxes) if taxes else order.tax or 0
    if not taxes and all(len(line.tax_rates) == 1 for line in order.lines):
        rates = [line.tax_rates[0] for line in order.lines]
    return _by_product(left, delivery, included, rates, ("" if len(taxes) != 1 else taxes[0].name, told))


def _by_name(
    order: CandidateOrder, left: list[int], delivery: int, included: bool, rates: Rates
) -> list[list[Share]] | None:
    taxes = order.taxes
    choices = list(_choices(order, rates))
    if len(taxes) == 1 and all(one == (0,) for one in choices):
        return None
    parts = [_part(tax.rate, included) for tax in taxes]
    case = _Case(left, delivery, [tax.amount for tax in taxes], parts)
    if len(taxes) > 1 and _stacked(case, [tax.rate for tax in taxes], included):
        return None
    borne = _tried(case, choices)
    if borne is None:
        return None
    found: list[list[Share]] = [[] for _place in (*left, delivery)]
    for at, tax in enumerate(taxes):
        for place, amount in enumerate(split(tax.amount, _weights(case, borne, at))):
            if amount or borne[place] == at:
                found[place].append((tax.name, tax.rate, amount))
    return found


def _choices(order: CandidateOrder, rates: Rates) -> Iterator[tuple[int, ...]]:
    """Which taxes each line may bear."""
    named = [tax.rate for tax in order.taxes]
    anything = (*range(len(named)), NO_TAX) if len(named) > 1 else (0,)
    for place, line in enumerate(order.lines):
        known = rates[place] if rates else None
        if not line.tax_rates or known == 0:
            yield (NO_TAX,)
        elif known is not None and named.count(known) == 1:
            yield (named.index(known),)
        else:
            yield anything


def _stacked(case: _Case, rates: Sequence[Decimal | None], included: bool) -> bool:
    """Whether all goods bear all taxes, as a state's and a city's."""
    whole = sum((Fraction(rate) for rate in rates if rate), Fraction(0))
    parts = [Fraction(rate or 0) / (1 + whole if included else 1) for rate in rates]
    doubt = len(case.left) + 1
    return any(
        all(abs(told - base * part) <= doubt for told, part in zip(case.told, parts, strict=True))
        for base in {sum(case.left), sum(case.left) + case.delivery}
    )


def _tried(case: _Case, choices: list[tuple[int, ...]]) -> list[int] | None:
    """The one way of bearing the taxes that makes the file's sums; None for none, or for several."""
    on_delivery: tuple[int, ...] = (NO_TAX,)
    if case.delivery:
        on_delivery = (*range(len(case.told)), NO_TAX, *((IN_PROPORTION,) if len(case.told) > 1 else ()))
    open_ways = 1
    for some in (*choices, on_delivery):
        open_ways *= len(some)
        if open_ways > MOST_TRIED:
            return None
    best: dict[tuple[int, ...], tuple[Fraction, list[int]]] = {}
    for borne in product(*choices, on_delivery):
        off = _off(case, borne)
        if off is not None and (borne[:-1] not in best or off < best[borne[:-1]][0]):
            best[borne[:-1]] = off, list(borne)
    return next(iter(best.values()))[1] if len(best) == 1 else None


def _off(case: _Case, borne: Sequence[int]) -> Fraction | None:
    """How far this way is from the file's sums; None for further than rounding explains."""
    off = Fraction(0)
    for at, (told, part) in enumerate(zip(case.told, case.parts, strict=True)):
        mine = [amount for amount, tax in zip(case.left, borne, strict=False) if tax == at]
        goods = sum(mine)
        base = Fraction(goods)
        if borne[-1] == at:
            base += case.delivery
        elif borne[-1] == IN_PROPORTION:
            base += Fraction(case.delivery * goods, sum(case.left) or 1)
        missed = abs(told - base * part)
        if missed > len(mine) + 1 or (told and not base):
            return None
        off += missed
    return off


def _weights(case: _Case, borne: Sequence[int], at: int) -> list[int]:
    goods = [max(amount, 0) if tax == at else 0 for amount, tax in zip(case.left, borne, strict=False)]
    if borne[-1] == at:
        return [*goods, case.delivery]
    if borne[-1] == IN_PROPORTION and sum(case.left) > 0:
        return [*goods, case.delivery * sum(goods) // sum(case.left)]
    return [*goods, 0]


def _by_product(
    left: list[int], delivery: int, included: bool, rates: Rates, told: tuple[str, int]
) -> list[list[Share]] | None:
    """A tax without a rate, laid on the lines as their products' rates want it, if these explain it."""
    name, amount = told
    known = [rate for rate in rates if rate is not None]
    if len(known) < len(left) or len(set(known)) < 2:
        return None
    wanted: list[Fraction] = [max(one, 0) * _part(rate, included) for one, rate in zip(left, known, strict=True)]
    rest, doubt = amount - sum(wanted, Fraction(0)), len(left) + 1
    if not -doubt <= rest <= delivery * _part(max(known), included) + doubt:
        return None
    weights = [round(one * 1000) for one in wanted]
    parts = split(amount, [*weights, round(rest * 1000) if rest > doubt else 0])
    found: list[list[Share]] = [[(name, rate, part)] for rate, part in zip(known, parts, strict=False)]
    return [*found, [(name, None, parts[-1])] if parts[-1] else []]


def _part(rate: Decimal | None, included: bool) -> Fraction:
    exact = Fraction(rate or 0)
    return exact / (1 + exact) if included else exact
