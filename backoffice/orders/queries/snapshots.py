"""An order's editable values as plain JSON, and its amounts as the reckoning wants them."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from backoffice.core.money import Rounding, tax_from_gross
from backoffice.core.postal import PostalAddress
from backoffice.orders.model import Order, OrderChange, OrderLine
from backoffice.store.rows import table_of

_O = table_of(Order).c
_L = table_of(OrderLine).c
_HEAD = (
    "total", "tax", "tax_rounding", "discount", "shipping", "shipping_tax", "notes", "touched_by_hand",
    *(f"{prefix}_{name}" for prefix in ("ship", "bill")
      for name in ("name", "company", "street", "city", "postcode", "region", "country")),
)  # fmt: skip
_LINE = ("id", "ordered", "unit_price", "discount", "order_discount", "gross", "tax", "taxes")


@dataclass(frozen=True, slots=True)
class OrderAmounts:
    """`shipping` and `discount` in the price's terms, `shipping_gross` and `shipping_tax` as kept; minor units."""

    prices_include_tax: bool
    shipping: int
    shipping_gross: int
    shipping_tax: int
    discount: int
    line_rates: tuple[tuple[Decimal, ...], ...]

    def shipping_rates(self, usual: Decimal, rounding: Rounding) -> tuple[Decimal, ...]:
        """The rates delivery is taxed with: those that make its tax, the shop's usual one before the lines'.

        An order does not keep them. Where none fits (a file's own), the tax itself says the rate.
        """
        if not self.shipping_gross:
            return (usual,) if usual else ()
        if not self.shipping_tax:
            return ()
        known = [rates for rates in ((usual,), *self.line_rates) if rates]
        taxes = [sum(tax_from_gross(self.shipping_gross, rates, rounding)[1]) for rates in known]
        for off in (0, 1):  # one cent: where a document is rounded as a whole
            for rates, tax in zip(known, taxes, strict=True):
                if abs(tax - self.shipping_tax) == off:
                    return rates
        return (round(Decimal(self.shipping_tax) / Decimal(self.shipping_gross - self.shipping_tax), 6),)


@dataclass(frozen=True, slots=True)
class LineAmounts:
    """`amount` is the line's own total in the price's terms, before its share of the order's discount."""

    id: int
    amount: int
    unit_price: int
    discount: int
    follows_price: bool
    """Whether the amount is price × quantity − own discount."""
    rates: tuple[Decimal, ...]
    taxes: list[dict[str, Any]]
    gross: int
    tax: int
    share: int
    """Of the order's discount."""


def snapshot(session: Session, order_id: int) -> dict[str, Any]:
    """The editable values of an order: {"head": {…}, "lines": [{…}]}."""
    connection = session.connection()
    head = connection.execute(sa.select(*(_O[name] for name in _HEAD)).where(_O.id == order_id)).one()
    lines = connection.execute(
        sa.select(*(_L[name] for name in _LINE)).where(_L.order_id == order_id).order_by(_L.position)
    )
    return {
        "head": dict(zip(_HEAD, head, strict=True)),
        "lines": [dict(zip(_LINE, line, strict=True)) for line in lines],
    }


def same_but_for_notes(now: dict[str, Any], then: dict[str, Any]) -> bool:
    """Whether two snapshots agree in lines, amounts and addresses; a line with nothing in it is no difference."""
    free = ("notes", "touched_by_hand")
    heads = [{name: value for name, value in found["head"].items() if name not in free} for found in (now, then)]
    lines = [{line["id"]: line for line in found["lines"] if line["ordered"]} for found in (now, then)]
    return heads[0] == heads[1] and lines[0] == lines[1]


def ship_to(session: Session, order_id: int) -> PostalAddress:
    """Where the order goes."""
    columns = [_O[f"ship_{field.name}"] for field in fields(PostalAddress)]
    return PostalAddress(*session.connection().execute(sa.select(*columns).where(_O.id == order_id)).one())


def delivery_and_discount(session: Session, order_id: int) -> tuple[int, int]:
    """What delivery costs, as the order's prices are given, and the order's discount; without looking at lines."""
    included, shipping, shipping_tax, discount = session.connection().execute(_head(order_id)).one()
    return shipping if included else shipping - shipping_tax, discount


def _head(order_id: int) -> sa.Select[Any]:
    return sa.select(_O.prices_include_tax, _O.shipping, _O.shipping_tax, _O.discount).where(_O.id == order_id)


def amounts(
    session: Session, order_id: int, *, only: Collection[int] | None = None
) -> tuple[OrderAmounts, list[LineAmounts]]:
    """What the order is reckoned from, its lines by position; with `only` no other lines than these."""
    connection = session.connection()
    included, shipping, shipping_tax, discount = connection.execute(_head(order_id)).one()
    columns = (_L.id, _L.ordered, _L.unit_price, _L.discount, _L.order_discount, _L.gross, _L.tax, _L.taxes)
    lines = []
    row: Any
    for row in connection.execute(sa.select(*columns).where(_L.order_id == order_id).order_by(_L.position)):
        line_id, ordered, price, own, share, gross, tax, taxes = row
        if only is not None and line_id not in only:
            continue
        amount = (gross if included else gross - tax) + share
        rates = _rates(taxes, gross, tax)
        follows = amount == max(price * ordered - own, 0)
        lines.append(LineAmounts(line_id, amount, price, own, follows, rates, taxes, gross, tax, share))
    order = OrderAmounts(
        prices_include_tax=included,
        shipping=shipping if included else shipping - shipping_tax,
        shipping_gross=shipping,
        shipping_tax=shipping_tax,
        discount=discount,
        line_rates=tuple(dict.fromkeys(line.rates for line in lines)),
    )
    return order, lines


def _rates(taxes: list[dict[str, Any]], gross: int, tax: int) -> tuple[Decimal, ...]:
    """The rates that make the line's tax: its own, or where a file named none, what the tax itself says."""
    rates = tuple(Decimal(row["rate"]) for row in taxes)
    if gross <= tax or abs(sum(tax_from_gross(gross, rates)[1]) - tax) <= 1:
        return rates
    return tuple(round(Decimal(row["tax"]) / Decimal(gross - tax), 8) for row in taxes)


def newest_change(session: Session, order_id: int) -> int | None:
    """The newest change of an order that was not undone."""
    found = select(OrderChange.id).where(OrderChange.order_id == order_id, col(OrderChange.undone_at).is_(None))
    return session.exec(found.order_by(col(OrderChange.id).desc())).first()
