"""What a carrier's file says of parcels beside their addresses: order heads and who to call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.orders.model import Order
from backoffice.store.rows import table_of

_O = table_of(Order).c
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class HandOffOrder:
    """An order's head; delivery in minor units of `currency`, with its tax."""

    id: int
    placed_at: datetime
    email: str
    ship_phone: str
    currency: str
    shipping: int


_COLUMNS = tuple(_O[name] for name in HandOffOrder.__slots__)


def orders(session: Session, order_ids: Sequence[int]) -> dict[int, HandOffOrder]:
    """The orders by id."""
    found: dict[int, HandOffOrder] = {}
    for start in range(0, len(order_ids), AT_ONCE):
        rows: Any = session.connection().execute(
            sa.select(*_COLUMNS).where(_O.id.in_(order_ids[start : start + AT_ONCE]))
        )
        found |= {row[0]: HandOffOrder(*row) for row in rows}
    return found
