"""The sums of an order that came in: the file's totals and taxes, spread to the last minor unit, never corrected."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from backoffice.channels.candidates import CandidateOrder
from backoffice.channels.importing import mixed_rates
from backoffice.core.money import Rounding, split, tax_from_gross, tax_from_net
from backoffice.store.rows import json_text


class LineSums(NamedTuple):
    """One line in minor units; `order_discount` is its share of the order's, `taxes` the JSON that the line keeps."""

    gross: int
    tax: int
    taxes: str
    order_discount: int


class OrderSums(NamedTuple):
    """The whole order in minor units; duties count with the delivery."""

    included: bool
    lines: list[LineSums]
    discount: int
    shipping: int
    shipping_tax: int
    tax: int
    total: int


def sums_of(
    order: CandidateOrder, *, included_by_default: bool, rounding: Rounding, rates: mixed_rates.Rates = ()
) -> OrderSums:
    """What we make of the file's own numbers.

    Where the file names taxes, they are spread over lines and delivery by largest remainder, where lines bear taxes of
    their own (`rates`: what is known of each line's product) over these; where only lines name rates, the tax is
    reckoned from these. Whether prices include tax is read off the totals if the file is silent.
    """
    own = [
        max(line.quantity * line.unit_price - line.discount, 0) if line.total is None else line.total
        for line in order.lines
    ]
    goods = sum(own)
    discount = goods - order.subtotal if order.subtotal is not None else order.discount or 0
    discount = min(max(discount, 0), max(goods, 0))
    shares, left = [0] * len(own), own
    if discount:
        shares = split(discount, [max(amount, 0) for amount in own])
        left = [amount - share for amount, share in zip(own, shares, strict=True)]
    goods -= discount
    delivery = _delivery(order, goods, discount)
    included = _includes_tax(order, goods + delivery, included_by_default)
    if order.taxes or order.tax:
        per_line, delivery_tax = _spread(order, left, delivery, included, rates)
    else:
        per_line, delivery_tax = (
            [_reckoned(order, place, amount, included, rounding) for place, amount in enumerate(left)],
            0,
        )
    lines = [
        LineSums(amount if included else amount + tax, tax, taxes, share)
        for amount, share, (tax, taxes) in zip(left, shares, per_line, strict=True)
    ]
    tax = delivery_tax + sum([one for one, _taxes in per_line])
    return OrderSums(
        included=included,
        lines=lines,
        discount=discount,
        shipping=delivery if included else delivery + delivery_tax,
        shipping_tax=delivery_tax,
        tax=tax,
        total=goods + delivery if included else goods + delivery + tax,
    )


def _delivery(order: CandidateOrder, goods: int, discount: int) -> int:
    """Shipping and duties; less a discount on shipping, which a file tells by the discount and the total alone."""
    full = (order.shipping or 0) + (order.duties or 0)
    told, tax = order.discount or 0, order.tax or 0
    if not told or not order.shipping or order.total is None or order.total in (goods + full, goods + full + tax):
        return full
    own = sum(line.discount for line in order.lines)
    for off in (told - discount, told - discount - own):
        if 0 < off <= order.shipping and order.total in (goods + full - off, goods + full - off + tax):
            return full - off
    return full


def _includes_tax(order: CandidateOrder, amount: int, default: bool) -> bool:
    if order.prices_include_tax is not None:
        return order.prices_include_tax
    tax = order.tax if order.tax is not None else sum(tax.amount for tax in order.taxes)
    if order.total is None or not tax:
        return default
    if amount == order.total:
        return True
    return False if amount + tax == order.total else default


Taxed = tuple[int, str]


def _spread(
    order: CandidateOrder, left: list[int], delivery: int, included: bool, rates: mixed_rates.Rates
) -> tuple[list[Taxed], int]:
    mixed = mixed_rates.shares(order, left, delivery, included, rates) if len(left) > 1 else None
    if mixed is not None:
        return [_taxed(one) for one in mixed[:-1]], _taxed(mixed[-1])[0]
    named = [(tax.name, tax.rate, tax.amount) for tax in order.taxes] or [("", None, order.tax or 0)]
    weights = [amount if amount > 0 else 0 for amount in (*left, delivery)]
    if delivery and _only_goods_taxed(order, sum(left), delivery, included):
        weights[-1] = 0
    if len(named) == 1:
        (name, rate, amount) = named[0]
        parts = split(amount, weights)
        opening = _opening(name, rate)
        return [(part, f"[{opening}{part}}}]") for part in parts[:-1]], parts[-1]
    shares = [split(amount, weights) for _name, _rate, amount in named]
    openings = [_opening(name, rate) for name, rate, _amount in named]
    by_place = list(zip(*shares, strict=True))
    return [(sum(parts), _written(openings, parts)) for parts in by_place[:-1]], sum(by_place[-1])


def _taxed(shares: list[mixed_rates.Share]) -> Taxed:
    taxes = [tax for _name, _rate, tax in shares]
    return sum(taxes), _written([_opening(name, rate) for name, rate, _tax in shares], taxes)


def _only_goods_taxed(order: CandidateOrder, goods: int, delivery: int, included: bool) -> bool:
    """Whether the file's tax is what its rates make of the goods alone, and not of goods and delivery.

    Many states of the US tax goods and not their delivery. A cent a line is left to the platform's rounding.
    """
    rates = tuple(tax.rate for tax in order.taxes if tax.rate is not None)
    if not goods or not rates or len(rates) < len(order.taxes):
        return False
    part, whole = _share(rates, included)
    told, doubt = sum(tax.amount for tax in order.taxes) * whole, len(order.lines) * len(rates) * whole
    return abs(told - goods * part) <= doubt < abs(told - (goods + delivery) * part)


@lru_cache(maxsize=1000)
def _share(rates: tuple[Decimal, ...], included: bool) -> tuple[int, int]:
    """How much of an amount is tax, as a fraction in whole numbers; a file has few rates and very many orders."""
    rate = sum(map(Fraction, rates), Fraction(0))
    return (rate / (1 + rate) if included else rate).as_integer_ratio()


def _reckoned(order: CandidateOrder, place: int, amount: int, included: bool, rounding: Rounding) -> Taxed:
    rates: tuple[Decimal, ...] = order.lines[place].tax_rates
    if not rates or not amount:
        return 0, "[]"
    taxes = (tax_from_gross if included else tax_from_net)(amount, rates, rounding)[1]
    return sum(taxes), _written([_opening("", rate) for rate in rates], taxes)


def _written(openings: Iterable[str], taxes: Iterable[int]) -> str:
    return f"[{','.join(f'{opening}{tax}}}' for opening, tax in zip(openings, taxes, strict=True))}]"


@lru_cache(maxsize=1000)
def _opening(name: str, rate: Decimal | None) -> str:
    """One tax as JSON up to its amount: a file has few taxes and very many lines."""
    return json_text({"name": name, "rate": str(rate) if rate is not None else "0"})[:-1] + ',"tax":'
