"""What a pick list says of its orders beside what is to be fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.orders.model import Order
from backoffice.shipping.printing.queries.parcels import pieces
from backoffice.store.rows import table_of

_O = table_of(Order).c


@dataclass(frozen=True, slots=True)
class PickHead:
    """An order on a pick list."""

    id: int
    number: str
    name: str
    company: str
    delivery_name: str
    promised_dispatch: date | None
    notes: str
    customer_id: int | None


def heads(session: Session, order_ids: Sequence[int]) -> list[PickHead]:
    """The orders in the order they are named; unknown ids are absent."""
    names = (_O.id, _O.number, _O.ship_name, _O.ship_company, _O.delivery_name, _O.promised_dispatch, _O.notes)
    found: dict[int, PickHead] = {}
    for ids in pieces(order_ids):
        statement = sa.select(*names, _O.customer_id).where(_O.id.in_(ids))
        found |= {row[0]: PickHead(*row) for row in session.connection().execute(statement)}
    return [found[each] for each in dict.fromkeys(order_ids) if each in found]
