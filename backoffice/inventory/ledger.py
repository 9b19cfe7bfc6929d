"""The stock ledger's only writers: every change of a counter is a conditional UPDATE beside its ledger row."""

import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.inventory.events import StockCameIn, StockFell
from backoffice.inventory.model import IN_HOUSE, Allocation, Bucket, MoveKind, Product, StockMove
from backoffice.store import rows
from backoffice.store.prepared import Prepared
from backoffice.store.unit_of_work import UnitOfWork

MOST_UNITS = 1_000_000_000

_P = rows.table_of(Product).c
_A = rows.table_of(Allocation).c
_QUANTITY = sa.bindparam("quantity", type_=sa.BigInteger)
_THIS_PRODUCT = _P.id == sa.bindparam("product")
_FREE = _P.sellable - _P.committed - _P.safety_stock

_COMMIT = Prepared(
    sa.update(Product)
    .where(
        _THIS_PRODUCT,
        sa.or_(
            _FREE >= _QUANTITY,
            sa.and_(_P.backorder, sa.or_(_P.backorder_limit.is_(None), -_P.backorder_limit <= _FREE - _QUANTITY)),
        ),
    )
    .values(committed=_P.committed + _QUANTITY)
)
_UNCOMMIT = Prepared(
    sa.update(Product).where(_THIS_PRODUCT, _P.committed >= _QUANTITY).values(committed=_P.committed - _QUANTITY)
)
_RECOMMIT = Prepared(sa.update(Product).where(_THIS_PRODUCT).values(committed=_P.committed + _QUANTITY))
_STEP = {
    bucket: Prepared(
        sa.update(Product)
        .where(_THIS_PRODUCT, _P[bucket.value] + _QUANTITY >= 0)
        .values({_P[bucket.value]: _P[bucket.value] + _QUANTITY})
    )
    for bucket in IN_HOUSE
}
_SHIP = Prepared(
    sa.update(Product)
    .where(_THIS_PRODUCT, _P.sellable >= _QUANTITY, _P.committed >= _QUANTITY)
    .values(sellable=_P.sellable - _QUANTITY, committed=_P.committed - _QUANTITY)
)
_THIS_ALLOCATION = sa.and_(_A.order_line_id == sa.bindparam("line"), _A.product_id == sa.bindparam("product"))
_GROW = Prepared(sa.update(Allocation).where(_THIS_ALLOCATION).values(quantity=_A.quantity + _QUANTITY))
_SHRINK = Prepared(
    sa.update(Allocation).where(_THIS_ALLOCATION, _A.quantity > _QUANTITY).values(quantity=_A.quantity - _QUANTITY)
)
_EMPTY = Prepared(sa.delete(Allocation).where(_THIS_ALLOCATION, _A.quantity == _QUANTITY))


def move(
    work: UnitOfWork,
    product_id: int,
    quantity: int,
    *,
    source: Bucket,
    target: Bucket,
    kind: MoveKind,
    reason: str = "",
    reference: str = "",
    batch_id: int | None = None,
) -> None:
    """Moves `quantity` units between two buckets.

    Refuses `inventory.bad-quantity`, `inventory.same-bucket`, `inventory.no-reason` for an adjustment without one,
    and `inventory.not-enough` where a bucket of the house holds less.
    """
    if not 0 < quantity <= MOST_UNITS:
        raise Refused("inventory.bad-quantity", quantity=quantity)
    if source is target:
        raise Refused("inventory.same-bucket")
    if kind is MoveKind.ADJUST and not reason.strip():
        raise Refused("inventory.no-reason")
    _count(work, product_id, -quantity, source)
    _count(work, product_id, quantity, target)
    _write(
        work,
        product_id,
        quantity,
        source=source,
        target=target,
        kind=kind,
        reason=reason,
        reference=reference,
        batch_id=batch_id,
    )
    if target is Bucket.SELLABLE:
        work.happened(StockCameIn(product_id))
    elif source is Bucket.SELLABLE:
        work.happened(StockFell(product_id))


def allocate(work: UnitOfWork, *, line_id: int, product_id: int, quantity: int, reference: str) -> bool:
    """Promises units to an order line; False, and nothing done, where so many are not available.

    Available is sellable − committed − safety stock, or down to the backorder limit where the product allows it.
    """
    if not rows.change(work, Product, _COMMIT, product=product_id, quantity=quantity):
        return False
    _allocated(work, line_id=line_id, product_id=product_id, quantity=quantity, reference=reference)
    return True


def release(work: UnitOfWork, *, line_id: int, product_id: int, quantity: int) -> None:
    """Gives promised units free again. Refuses `inventory.not-allocated` where fewer are promised."""
    _deallocated(work, line_id=line_id, product_id=product_id, quantity=quantity)
    refusal = Refused("inventory.not-allocated", quantity=quantity)
    rows.change_one(work, Product, _UNCOMMIT, refusal, product=product_id, quantity=quantity)
    work.happened(StockCameIn(product_id))


def ship(work: UnitOfWork, *, line_id: int, product_id: int, quantity: int, reference: str) -> None:
    """Promised units leave the house: allocation and stock go down together.

    Refuses `inventory.not-allocated`, and `inventory.not-enough` where the shelf holds fewer than were promised.
    """
    _deallocated(work, line_id=line_id, product_id=product_id, quantity=quantity)
    refusal = Refused("inventory.not-enough", quantity=quantity, product=product_id)
    rows.change_one(work, Product, _SHIP, refusal, product=product_id, quantity=quantity)
    _write(
        work,
        product_id,
        quantity,
        source=Bucket.SELLABLE,
        target=Bucket.CUSTOMER,
        kind=MoveKind.SHIP,
        reference=reference,
    )


def unship(work: UnitOfWork, *, line_id: int, product_id: int, quantity: int, reference: str, order: str) -> None:
    """The exact counter-entry of `ship`: stock and allocation as before."""
    _count(work, product_id, quantity, Bucket.SELLABLE)
    rows.change(work, Product, _RECOMMIT, product=product_id, quantity=quantity)
    _allocated(work, line_id=line_id, product_id=product_id, quantity=quantity, reference=order)
    _write(
        work,
        product_id,
        quantity,
        source=Bucket.CUSTOMER,
        target=Bucket.SELLABLE,
        kind=MoveKind.UNSHIP,
        reference=reference,
    )


def _count(work: UnitOfWork, product_id: int, by: int, bucket: Bucket) -> None:
    if bucket not in IN_HOUSE:
        return
    refusal = Refused("inventory.not-enough", quantity=abs(by), product=product_id)
    rows.change_one(work, Product, _STEP[bucket], refusal, product=product_id, quantity=by)


def _allocated(work: UnitOfWork, *, line_id: int, product_id: int, quantity: int, reference: str) -> None:
    if not rows.change(work, Allocation, _GROW, line=line_id, product=product_id, quantity=quantity):
        rows.insert(
            work,
            Allocation,
            order_line_id=line_id,
            product_id=product_id,
            quantity=quantity,
            reference=reference,
            at=work.now,
        )


def _deallocated(work: UnitOfWork, *, line_id: int, product_id: int, quantity: int) -> None:
    values = {"line": line_id, "product": product_id, "quantity": quantity}
    if not (rows.change(work, Allocation, _EMPTY, **values) or rows.change(work, Allocation, _SHRINK, **values)):
        raise Refused("inventory.not-allocated", quantity=quantity)


def _write(
    work: UnitOfWork,
    product_id: int,
    quantity: int,
    *,
    source: Bucket,
    target: Bucket,
    kind: MoveKind,
    reason: str = "",
    reference: str = "",
    batch_id: int | None = None,
) -> None:
    rows.insert(
        work,
        StockMove,
        at=work.now,
        product_id=product_id,
        quantity=quantity,
        bucket_from=source,
        bucket_to=target,
        kind=kind,
        reason=reason,
        reference=reference,
        who=work.who,
        batch_id=batch_id,
    )
