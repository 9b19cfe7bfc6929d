"""Scan-to-verify: each scan at the packing table is matched against the parcel and written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.inventory import queries as inventory
from backoffice.shipping import packing
from backoffice.shipping.model import Scan, ShipmentLine, ShipmentState
from backoffice.shipping.queries import facts
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

_SL = rows.table_of(ShipmentLine).c
_COUNT = (
    sa.update(ShipmentLine)
    .where(_SL.id == sa.bindparam("line"), _SL.scanned + sa.bindparam("units") <= _SL.quantity)
    .values(scanned=_SL.scanned + sa.bindparam("units", type_=sa.BigInteger))
)


class Scanned(StrEnum):
    """What came of a scan."""

    MATCH = "match"
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

    Refuses `shipping.not-picking` for a parcel that is not being packed, `shipping.bad-scan` for no quantity.
    """
    head = facts.head(work.session, shipment_id)
    if head.state is not ShipmentState.PICKING:
        raise Refused("shipping.not-picking", number=head.number, state=head.state)
    if not 0 < quantity <= 10_000:
        raise Refused("shipping.bad-scan", quantity=quantity)
    product_id = inventory.id_of_code(work.session, code.strip())
    result = _match(work, shipment_id, product_id, quantity)
    rows.insert(
        work,
        Scan,
        shipment_id=shipment_id,
        at=work.now,
        who=work.who,
        code=code[:200],
        quantity=quantity,
        result=result.value,
    )
    left = sum(line.quantity - line.scanned for line in facts.lines(work.session, shipment_id))
    return ScanResult(result, product_id, left)


def finish_short(work: UnitOfWork, shipment_id: int) -> Mapping[int, int]:
    """Packs what was scanned only; the rest is taken out and free to be packed later: {order line: units left out}.

    Refuses `shipping.nothing-scanned`.
    """
    left_out: dict[int, int] = {}
    lines = facts.lines(work.session, shipment_id)
    if not any(line.scanned for line in lines):
        raise Refused("shipping.nothing-scanned")
    for line in lines:
        if line.scanned == line.quantity:
            continue
        left_out[line.order_line_id] = line.quantity - line.scanned
        this = _SL.id == line.id
        if line.scanned:
            stocked = line.scanned if line.product_id is not None else 0
            rows.change(
                work,
                ShipmentLine,
                sa.update(ShipmentLine).where(this).values(quantity=line.scanned, from_stock=stocked),
            )
        else:
            rows.change(work, ShipmentLine, sa.delete(ShipmentLine).where(this))
    packing.finish(work, shipment_id)
    return left_out


def _match(work: UnitOfWork, shipment_id: int, product_id: int | None, quantity: int) -> Scanned:
    if product_id is None:
        return Scanned.UNKNOWN
    lines = [line for line in facts.lines(work.session, shipment_id) if line.product_id == product_id]
    if not lines:
        return Scanned.EXTRA
    room = sum(line.quantity - line.scanned for line in lines)
    if quantity > room:
        return Scanned.OVER
    for line in lines:
        units = min(quantity, line.quantity - line.scanned)
        if units:
            rows.change(work, ShipmentLine, _COUNT, line=line.id, units=units)
            quantity -= units
    return Scanned.MATCH
