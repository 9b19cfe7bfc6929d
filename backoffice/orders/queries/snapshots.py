"""An order's editable values as plain JSON, and its amounts as the reckoning wants them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from backoffice.orders.model import Order, OrderChange, OrderLine
from backoffice.store.rows import table_of

_O = table_of(Order).c
_L = table_of(OrderLine).c
_HEAD = (
    "total", "tax", "discount", "shipping", "shipping_tax", "notes", "touched_by_hand",
    *(f"{prefix}_{name}" for prefix in ("ship", "bill")
      for name in ("name", "company", "street", "city", "postcode", "region", "country")),
)  # fmt: skip
_LINE = ("id", "ordered", "unit_price", "discount", "order_discount", "gross", "tax", "taxes")


@dataclass(frozen=True, slots=True)
class OrderAmounts:
    """`shipping` and `discount` in the price's terms, minor units."""

    prices_include_tax: bool
    shipping: int
    shipping_rates: tuple[Decimal, ...]
    discount: int


@dataclass(frozen=True, slots=True)
class LineAmounts:
    """`amount` is the line's own total in the price's terms, before its share of the order's discount."""

    id: int
    amount: int
    rates: tuple[Decimal, ...]
    taxes: list[dict[str, Any]]


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


def amounts(session: Session, order_id: int) -> tuple[OrderAmounts, list[LineAmounts]]:
    """What the order is reckoned from. A line marked by a gross of −1 is taken at price × quantity − own discount."""
    head = (
        session.connection()
        .execute(sa.select(_O.prices_include_tax, _O.shipping, _O.shipping_tax, _O.discount).where(_O.id == order_id))
        .one()
    )
    included, shipping, shipping_tax, discount = head
    columns = (_L.id, _L.ordered, _L.unit_price, _L.discount, _L.order_discount, _L.gross, _L.tax, _L.taxes)
    lines = []
    row: Any
    for row in session.connection().execute(sa.select(*columns).where(_L.order_id == order_id).order_by(_L.position)):
        line_id, ordered, price, own, share, gross, tax, taxes = row
        kept = (gross if included else gross - tax) + share
        amount = max(price * ordered - own, 0) if gross < 0 else kept
        lines.append(LineAmounts(line_id, amount, tuple(Decimal(tax["rate"]) for tax in taxes), taxes))
    rate = Decimal(shipping_tax) / Decimal(shipping - shipping_tax) if shipping_tax else Decimal(0)
    rates = (round(rate, 3),) if rate else ()
    return OrderAmounts(included, shipping if included else shipping - shipping_tax, rates, discount), lines


def newest_change(session: Session, order_id: int) -> int | None:
    """The newest change of an order that was not undone."""
    found = select(OrderChange.id).where(OrderChange.order_id == order_id, col(OrderChange.undone_at).is_(None))
    return session.exec(found.order_by(col(OrderChange.id).desc())).first()
