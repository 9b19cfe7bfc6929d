"""Scan-to-verify: each scan at the packing table is matched against the parcel and written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.inventory import queries as inventory
from backoffice.orders import stock
from backoffice.orders.queries import facts as orders
from backoffice.shipping import packing
from backoffice.shipping.model import Scan, ShipmentLine, ShipmentState
from backoffice.shipping.queries import facts
from backoffice.store import rows
from backoffice.store.prepared import Prepared
from backoffice.store.unit_of_work import UnitOfWork

_SL = rows.table_of(ShipmentLine).c
_COUNT = Prepared(
    sa.update(ShipmentLine)
    .where(_SL.id == sa.bindparam("line"), _SL.scanned + sa.bindparam("units") <= _SL.quantity)
    .values(scanned=_SL.scanned + sa.bindparam("units", type_=sa.BigInteger))
)


class Scanned(StrEnum):
    """What came of a scan."""

    MATCH = "match"
    UNDER = "under"
    OVER = "over"
    EXTRA = "extra"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ScanResult:
    """The result, the product it named, and how many units of the parcel are still to be scanned."""

    result: Scanned
    product_id: int | None
    left: int


def scan(work: UnitOfWork, shipment_id: int, code: str, *, quantity: int = 1) -> ScanResult:
    """Counts one scan: match; over (all of it is in already); extra (not in this parcel); unknown code.

    A line without a product is scanned by its SKU. Refuses `shipping.not-picking` for a parcel that is not being
    packed, `shipping.bad-scan` for no quantity.
    """
    head = facts.head(work.session, shipment_id)
    if head.state is not ShipmentState.PICKING:
        raise Refused("shipping.not-picking", number=head.number, state=head.state)
    if not 0 < quantity <= 10_000:
        raise Refused("shipping.bad-scan", quantity=quantity)
    product_id = inventory.id_of_code(work.session, code.strip())
    result = _match(work, shipment_id, product_id, code.strip(), quantity)
    _log(work, shipment_id, code[:200], quantity, result)
    left = sum(line.quantity - line.scanned for line in facts.lines(work.session, shipment_id))
    return ScanResult(result, product_id, left)


def finish_short(work: UnitOfWork, shipment_id: int) -> Mapping[int, int]:
    """Packs what was scanned only; the rest is logged as under and taken out: {order line: units left out}.

    The units left out are released: whoever waits for them with the earliest promise gets them, else this order
    keeps them for a later parcel. Refuses `shipping.nothing-scanned` and what `packing.finish` refuses.
    """
    head = facts.head(work.session, shipment_id)
    if head.state is not ShipmentState.PICKING:
        raise Refused("shipping.not-picking", number=head.number, state=head.state)
    lines = facts.lines(work.session, shipment_id)
    if not any(line.scanned for line in lines):
        raise Refused("shipping.nothing-scanned")
    short = [line for line in lines if line.scanned < line.quantity]
    for line in short:
        _take_out(work, line)
        _log(work, shipment_id, f"line {line.order_line_id}", line.quantity - line.scanned, Scanned.UNDER)
    packing.finish(work, shipment_id)
    for line in short:
        if line.product_id is not None:
            _release(work, line.order_line_id, line.product_id, line.quantity - line.scanned)
    return {line.order_line_id: line.quantity - line.scanned for line in short}


def _take_out(work: UnitOfWork, line: facts.ParcelLine) -> None:
    this = _SL.id == line.id
    if not line.scanned:
        rows.change(work, ShipmentLine, sa.delete(ShipmentLine).where(this))
        return
    stocked = line.scanned if line.product_id is not None else 0
    values = {"quantity": line.scanned, "from_stock": stocked}
    rows.set_values(work, ShipmentLine, line.id, **values)


def _release(work: UnitOfWork, line_id: int, product_id: int, units: int) -> None:
    """No more than is still promised: a breakage noted meanwhile may have taken it back already."""
    promised = orders.line(work.session, line_id)
    units = min(units, promised.allocated - (promised.packed - promised.shipped))
    if units > 0:
        stock.release_units(work, line_id, product_id, units)


def _match(work: UnitOfWork, shipment_id: int, product_id: int | None, code: str, quantity: int) -> Scanned:
    lines = facts.lines(work.session, shipment_id)
    if product_id is None:
        named = facts.lines_without_product(work.session, shipment_id, code)
        lines = [line for line in lines if line.id in named]
    else:
        lines = [line for line in lines if line.product_id == product_id]
    if not lines:
        return Scanned.UNKNOWN if product_id is None else Scanned.EXTRA
    if quantity > sum(line.quantity - line.scanned for line in lines):
        return Scanned.OVER
    for line in lines:
        units = min(quantity, line.quantity - line.scanned)
        if units:
            rows.change(work, ShipmentLine, _COUNT, line=line.id, units=units)
            quantity -= units
    return Scanned.MATCH


def _log(work: UnitOfWork, shipment_id: int, code: str, quantity: int, result: Scanned) -> None:
    values = {"at": work.now, "who": work.who, "code": code, "quantity": quantity, "result": result.value}
    rows.insert(work, Scan, shipment_id=shipment_id, **values)
