"""Which parcels a carrier's file means: by their own number, or by the number of an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.orders.model import Order
from backoffice.shipping.model import Shipment, ShipmentLine, ShipmentState
from backoffice.store.rows import table_of

_S = table_of(Shipment).c
_SL = table_of(ShipmentLine).c
_O = table_of(Order).c
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Tracked:
    """A parcel that was not taken back, and its tracking number so far."""

    id: int
    number: str
    state: ShipmentState
    tracking: str


_COLUMNS = tuple(_S[name] for name in Tracked.__slots__)


def by_number(session: Session, numbers: Sequence[str]) -> dict[str, list[Tracked]]:
    """Per number the parcels it means: a parcel's own, else those of our order, else those of a channel's orders."""
    own = _found(session, numbers, _S.number, (Shipment,))
    ours = _found(session, numbers, _O.number, (Shipment, Order))
    theirs = _found(session, numbers, _O.external_number, (Shipment, Order))
    return theirs | ours | own


def _found(
    session: Session, numbers: Sequence[str], column: sa.ColumnElement[str], tables: tuple[type, ...]
) -> dict[str, list[Tracked]]:
    found: dict[str, list[Tracked]] = {}
    for start in range(0, len(numbers), AT_ONCE):
        statement = sa.select(column, *_COLUMNS).distinct()
        if Order in tables:
            statement = statement.join_from(Shipment, ShipmentLine, _SL.shipment_id == _S.id)
            statement = statement.join(Order, _O.id == _SL.order_id)
        wanted = column.in_(numbers[start : start + AT_ONCE])
        rows: Any = session.connection().execute(
            statement.where(wanted, _S.state != ShipmentState.VOID).order_by(_S.id)
        )
        for row in rows:
            found.setdefault(row[0], []).append(Tracked(*row[1:]))
    return found
