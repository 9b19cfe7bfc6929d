"""What can be done with products and their stock."""

from dataclasses import asdict

import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.core.text import fold, one_line
from backoffice.inventory import ledger, queries
from backoffice.inventory.drafts import ProductDraft
from backoffice.inventory.events import StockCameIn, StockFell
from backoffice.inventory.model import IN_HOUSE, Bucket, MoveKind, Product
from backoffice.store import rows, search
from backoffice.store.unit_of_work import UnitOfWork

_P = rows.table_of(Product).c
_PROMISING = ("safety_stock", "backorder", "backorder_limit")


def create(work: UnitOfWork, draft: ProductDraft, *, opening: int = 0, batch_id: int | None = None) -> int:
    """A new product with its opening stock; its id. Refuses the draft's faults and `inventory.sku-taken`."""
    _check(work, draft, but=None)
    product_id = rows.insert(work, Product, **_values(draft), created_at=work.now, batch_id=batch_id)
    file_for_search(work, product_id, draft)
    work.record("product.created", product_id=product_id, sku=draft.sku)
    if opening:
        ledger.move(
            work,
            product_id,
            opening,
            source=Bucket.ADJUSTMENT,
            target=Bucket.SELLABLE,
            kind=MoveKind.OPENING,
            batch_id=batch_id,
        )
    return product_id


def change(
    work: UnitOfWork, product_id: int, draft: ProductDraft, *, version: int, still_to_match: bool = False
) -> None:
    """Replaces what a person may write about a product; stock is not among it.

    An import's draft is a product of its own from then on, unless it is `still_to_match`. Its inverse is a change
    back to the values of before.

    Refuses the draft's faults, `inventory.sku-taken`, and `inventory.changed` where somebody saved in between.
    """
    product = work.get(Product, product_id)
    _check(work, draft, but=product_id)
    values = _values(draft)
    changed = sorted(name for name, value in values.items() if getattr(product, name) != value and name != "name_key")
    refusal = Refused("inventory.changed", sku=product.sku)
    statement = (
        sa.update(Product)
        .where(_P.id == product_id, _P.version == version)
        .values(**values, draft=still_to_match, version=version + 1)
    )
    rows.change_one(work, Product, statement, refusal)
    file_for_search(work, product_id, draft)
    if changed:
        work.record("product.changed", product_id=product_id, fields=changed)
    if set(changed) & set(_PROMISING):
        work.happened(StockFell(product_id))
        work.happened(StockCameIn(product_id))


def adjust(work: UnitOfWork, product_id: int, by: int, *, reason: str, bucket: Bucket = Bucket.SELLABLE) -> None:
    """Corrects a bucket by a signed number of units. Its inverse is the opposite adjustment.

    Refuses `inventory.no-reason`, `inventory.bad-quantity` and `inventory.not-enough`.
    """
    if by == 0 or bucket not in IN_HOUSE:
        raise Refused("inventory.bad-quantity", quantity=by)
    source, target = (Bucket.ADJUSTMENT, bucket) if by > 0 else (bucket, Bucket.ADJUSTMENT)
    ledger.move(work, product_id, abs(by), source=source, target=target, kind=MoveKind.ADJUST, reason=reason.strip())
    work.record("stock.adjusted", product_id=product_id, by=by, bucket=bucket, reason=reason.strip())


def set_on_hand(work: UnitOfWork, product_id: int, sellable: int, *, reason: str) -> int:
    """Makes the sellable stock what was counted or told; by how much it changed. Refusals as in `adjust`."""
    if sellable < 0:
        raise Refused("inventory.bad-quantity", quantity=sellable)
    by = sellable - work.get(Product, product_id).sellable
    if by:
        adjust(work, product_id, by, reason=reason)
    return by


def set_aside(work: UnitOfWork, product_id: int, quantity: int, *, source: Bucket, target: Bucket) -> None:
    """Moves units between the house's own buckets: found damaged, put in quarantine, good after all.

    Refuses `inventory.bad-quantity`, `inventory.same-bucket` and `inventory.not-enough`.
    """
    if source not in IN_HOUSE or target not in IN_HOUSE:
        raise Refused("inventory.bad-quantity", quantity=quantity)
    kind = MoveKind.INSPECT_OK if target is Bucket.SELLABLE else MoveKind.INSPECT_DAMAGED
    ledger.move(work, product_id, quantity, source=source, target=target, kind=kind)
    work.record("stock.set-aside", product_id=product_id, quantity=quantity, source=source, target=target)


def write_off(work: UnitOfWork, product_id: int, quantity: int, *, bucket: Bucket, reason: str) -> None:
    """Units that are lost or thrown away. Inverse: `find_again`.

    Refuses `inventory.no-reason`, `inventory.bad-quantity` and `inventory.not-enough`.
    """
    if not reason.strip():
        raise Refused("inventory.no-reason")
    if bucket not in IN_HOUSE:
        raise Refused("inventory.bad-quantity", quantity=quantity)
    ledger.move(
        work, product_id, quantity, source=bucket, target=Bucket.LOST, kind=MoveKind.WRITE_OFF, reason=reason.strip()
    )
    work.record("stock.written-off", product_id=product_id, quantity=quantity, reason=reason.strip())


def find_again(work: UnitOfWork, product_id: int, quantity: int, *, bucket: Bucket, reason: str) -> None:
    """The exact counter-entry of `write_off`: the units are there after all.

    Refuses `inventory.no-reason` and `inventory.bad-quantity`.
    """
    if not reason.strip():
        raise Refused("inventory.no-reason")
    if bucket not in IN_HOUSE:
        raise Refused("inventory.bad-quantity", quantity=quantity)
    ledger.move(
        work, product_id, quantity, source=Bucket.LOST, target=bucket, kind=MoveKind.WRITE_OFF, reason=reason.strip()
    )
    work.record("stock.found-again", product_id=product_id, quantity=quantity, reason=reason.strip())


def archive(work: UnitOfWork, product_id: int) -> None:
    """Takes a product off the lists; nothing is deleted. Refuses `inventory.still-committed`. Inverse: `unarchive`."""
    product = work.get(Product, product_id)
    if product.committed:
        raise Refused("inventory.still-committed", sku=product.sku, quantity=product.committed)
    _list(work, product_id, listed=False)
    work.record("product.archived", product_id=product_id, sku=product.sku)


def unarchive(work: UnitOfWork, product_id: int) -> None:
    """Puts an archived product back on the lists."""
    _list(work, product_id, listed=True)
    work.record("product.unarchived", product_id=product_id)


def file_for_search(work: UnitOfWork, product_id: int, draft: ProductDraft) -> None:
    """Makes the product findable by SKU, name, options, barcode and bin."""
    words = (draft.sku, draft.name, " ".join(draft.options.values()), draft.barcode, draft.bin)
    search.put(work.session, kind="product", record_id=product_id, title=draft.name, text=" ".join(words))


def _list(work: UnitOfWork, product_id: int, *, listed: bool) -> None:
    work.get(Product, product_id)
    rows.change(work, Product, sa.update(Product).where(_P.id == product_id).values(listed=listed))


def _check(work: UnitOfWork, draft: ProductDraft, *, but: int | None) -> None:
    for fault in draft.faults():
        raise Refused(fault.code, field=fault.name, **fault.facts)
    other = queries.id_of_sku(work.session, one_line(draft.sku))
    if other is not None and other != but:
        raise Refused("inventory.sku-taken", field="sku", sku=one_line(draft.sku))


def _values(draft: ProductDraft) -> dict[str, object]:
    values = asdict(draft)
    name = one_line(draft.name)
    return values | {"sku": one_line(draft.sku), "name": name, "name_key": fold(name)[:80], "tags": list(draft.tags)}
