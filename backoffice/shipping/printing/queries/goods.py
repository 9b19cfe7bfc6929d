"""What labels on products and bins say."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.inventory.model import Product
from backoffice.orders.model import OrderLine
from backoffice.shipping.printing.queries.parcels import pieces
from backoffice.store.rows import table_of

_P = table_of(Product).c
_L = table_of(OrderLine).c


@dataclass(frozen=True, slots=True)
class LabelledProduct:
    """A product as its label shows it; the price in minor units of the shop's currency."""

    id: int
    sku: str
    name: str
    options: dict[str, str]
    barcode: str
    price: int
    bin: str


_COLUMNS = tuple(_P[name] for name in LabelledProduct.__slots__)


def products(session: Session, product_ids: Sequence[int]) -> dict[int, LabelledProduct]:
    """The products by id; unknown ids are absent."""
    found: dict[int, LabelledProduct] = {}
    for ids in pieces(product_ids):
        statement = sa.select(*_COLUMNS).where(_P.id.in_(ids))
        found |= {row[0]: LabelledProduct(*row) for row in session.connection().execute(statement)}
    return found


def ordered(session: Session, order_ids: Sequence[int]) -> dict[int, int]:
    """Per product the units that these orders want, by product."""
    statement = (
        sa.select(_L.product_id, sa.func.sum(_L.ordered - _L.cancelled))
        .where(_L.order_id.in_(order_ids), _L.product_id.is_not(None))
        .group_by(_L.product_id)
        .order_by(_L.product_id)
    )
    return {row[0]: int(row[1]) for row in session.connection().execute(statement) if row[1]}


def in_bins(session: Session, bins: Sequence[str]) -> dict[str, list[str]]:
    """Per bin the names of the products that lie there, by name."""
    found: dict[str, list[str]] = {}
    statement = sa.select(_P.bin, _P.name).where(_P.bin.in_(bins), _P.listed).order_by(_P.bin, _P.name_key)
    for name, product in session.connection().execute(statement):
        found.setdefault(name, []).append(product)
    return found


def bins(session: Session) -> list[str]:
    """All bins that hold a listed product."""
    statement = sa.select(_P.bin).distinct().where(_P.bin != "", _P.listed).order_by(_P.bin)
    return [row[0] for row in session.connection().execute(statement)]
