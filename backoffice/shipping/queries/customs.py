"""What customs asks of the goods in orders and parcels: tariff number, origin, weight, value."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.customs_areas import needs_declaration
from backoffice.inventory.model import Product
from backoffice.orders.model import Order, OrderLine
from backoffice.settings import queries as settings
from backoffice.shipping.model import Shipment, ShipmentLine
from backoffice.shipping.queries.printed import printed_for
from backoffice.store.rows import table_of

_O = table_of(Order).c
_L = table_of(OrderLine).c
_P = table_of(Product).c
_S = table_of(Shipment).c
_SL = table_of(ShipmentLine).c
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Goods:
    """Units of an order's line as customs looks at them.

    `gross` is what is paid for all `ordered` units, in minor units of `currency`; the weight is grams a unit.
    """

    order_id: int
    sku: str
    name: str
    quantity: int
    ordered: int
    gross: int
    currency: str
    hs_code: str
    origin: str
    weight_g: int

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is not known: hs_code, origin, weight, value."""
        known = {"hs_code": self.hs_code, "origin": self.origin, "weight": self.weight_g, "value": self.gross}
        return tuple(name for name, value in known.items() if not value)


_GOODS = (
    _L.order_id,
    _L.sku,
    _L.name,
)
_FACTS = (
    _L.ordered,
    _L.gross,
    _O.currency,
    sa.func.coalesce(_P.hs_code, ""),
    sa.func.coalesce(_P.origin, ""),
    sa.func.coalesce(_P.weight_g, 0),
)


def abroad(session: Session, order_ids: Sequence[int]) -> set[int]:
    """Those of the orders whose goods cross a customs border."""
    home = home_of(session)
    found: set[int] = set()
    for start in range(0, len(order_ids), AT_ONCE):
        these = _O.id.in_(order_ids[start : start + AT_ONCE])
        rows = session.connection().execute(sa.select(_O.id, _O.ship_country, _O.ship_postcode).where(these))
        found |= {order_id for order_id, *to in rows if needs_declaration(home, (to[0], to[1]))}
    return found


def home_of(session: Session) -> tuple[str, str]:
    """The shop's (country, postcode), where its parcels begin."""
    shop = settings.profile(session)
    return shop.country, shop.postcode


def crossing(session: Session, shipment_ids: Sequence[int]) -> list[int]:
    """Those of the parcels that go across a customs border, in the order named."""
    home = home_of(session)
    found: set[int] = set()
    for start in range(0, len(shipment_ids), AT_ONCE):
        these = _S.id.in_(shipment_ids[start : start + AT_ONCE])
        rows = session.connection().execute(sa.select(_S.id, _S.ship_country, _S.ship_postcode).where(these))
        found |= {shipment_id for shipment_id, *to in rows if needs_declaration(home, (to[0], to[1]))}
    return [each for each in shipment_ids if each in found]


def declared_to_carrier(session: Session, shipment_id: int) -> bool:
    """Whether a parcel across a customs border stands on a printed manifest: its papers went to the carrier with it."""
    return bool(crossing(session, [shipment_id]) and printed_for(session, "manifest", [shipment_id]))


def of_orders(session: Session, order_ids: Sequence[int]) -> list[Goods]:
    """What of these orders is still to leave, by order and line."""
    left = _L.ordered - _L.cancelled - _L.shipped
    found: list[Goods] = []
    for start in range(0, len(order_ids), AT_ONCE):
        statement = (
            sa.select(*_GOODS, left, *_FACTS)
            .join_from(OrderLine, Order, _O.id == _L.order_id)
            .join(Product, _P.id == _L.product_id, isouter=True)
            .where(_L.order_id.in_(order_ids[start : start + AT_ONCE]), _L.requires_shipping, left > 0)
            .order_by(_L.order_id, _L.position)
        )
        rows: Any = session.connection().execute(statement)
        found += [Goods(*row) for row in rows]
    return found


def of_parcels(session: Session, shipment_ids: Sequence[int]) -> dict[int, list[Goods]]:
    """What is in each parcel, line by line."""
    found: dict[int, list[Goods]] = {}
    for start in range(0, len(shipment_ids), AT_ONCE):
        statement = (
            sa.select(_SL.shipment_id, *_GOODS, _SL.quantity, *_FACTS)
            .join_from(ShipmentLine, OrderLine, _L.id == _SL.order_line_id)
            .join(Order, _O.id == _L.order_id)
            .join(Product, _P.id == _L.product_id, isouter=True)
            .where(_SL.shipment_id.in_(shipment_ids[start : start + AT_ONCE]))
            .order_by(_SL.id)
        )
        row: Any
        for row in session.connection().execute(statement):
            found.setdefault(row[0], []).append(Goods(*row[1:]))
    return found
