"""Takes an import's products away again and brings counts back by counter-entries."""

from typing import Any

import sqlalchemy as sa

from backoffice.channels import queries
from backoffice.channels.importing import queries as reads
from backoffice.channels.importing.queries import Reason
from backoffice.channels.importing.undo_orders import Tells, forget_record
from backoffice.channels.model import ImportedRecord
from backoffice.inventory import actions as inventory
from backoffice.inventory import ledger
from backoffice.inventory import queries as stock
from backoffice.inventory.drafts import ProductDraft
from backoffice.inventory.model import Bucket, MoveKind, Product, StockSource
from backoffice.store import ledgers, rows, search
from backoffice.store.unit_of_work import UnitOfWork

_R = rows.table_of(ImportedRecord).c
_S = rows.table_of(StockSource).c
_GOES_WITH_A_PRODUCT = (
    "DELETE FROM stock_source WHERE product_id = ?",
    "DELETE FROM product_match WHERE product_id = ?",
    "DELETE FROM product WHERE id = ?",
)
_MOVES = "DELETE FROM stock_move WHERE product_id = ? AND batch_id = ?"


def take_away(work: UnitOfWork, batch_id: int, product_ids: list[int], undone: Tells) -> None:
    """Products this batch made go unless they were sold, moved or edited since; changed ones get their values back."""
    touched = queries.touched_products(work.session, batch_id, product_ids)
    records = {record: (made, before) for record, made, before in queries.records_of(work.session, batch_id, "product")}
    for product_id in product_ids:
        if not queries.exists(work.session, Product, product_id):
            continue
        made, before = records[product_id]
        now = stock.details(work.session, product_id)
        if not made and now["version"] != before["left_at"]:
            undone.keep(now["sku"], Reason("product-in-use", {}))
            continue
        if not made:
            _put_back(work, product_id, now, before)
            _tell_the_record_before(work, batch_id, product_id, before["left_at"] - 1)
            undone.put_back += 1
        elif product_id in touched:
            undone.keep(now["sku"], Reason("product-in-use", {}))
            continue
        else:
            _delete(work, product_id)
            forget_record(work, batch_id, "stock", product_id)
            undone.gone += 1
        forget_record(work, batch_id, "product", product_id)
    work.session.expire_all()
    work.touch("inventory")


def put_stock_back(work: UnitOfWork, batch_id: int, product_ids: list[int], undone: Tells) -> None:
    """Each adjustment of the batch gets its opposite, as far as the units are still there."""
    for product_id in product_ids:
        for move in queries.moves_of_batch(work.session, batch_id, product_id):
            room = stock.product_row(work.session, product_id).sellable
            units = min(move.quantity, room) if move.bucket_to is Bucket.SELLABLE else move.quantity
            if units:
                ledger.move(
                    work,
                    product_id,
                    units,
                    source=move.bucket_to,
                    target=move.bucket_from,
                    kind=MoveKind.ADJUST,
                    reason=move.reason,
                    reference=f"{queries.TAKEN_BACK}{move.id}",
                    batch_id=batch_id,
                )
        undone.put_back += 1
    for source in queries.counts_of_batch(work.session, batch_id, product_ids):
        this = sa.and_(_S.product_id == source.product_id, _S.channel == source.channel, _S.location == source.location)
        if source.before is None:
            rows.change(work, StockSource, sa.delete(StockSource).where(this))
        else:
            rows.change(work, StockSource, sa.update(StockSource).where(this).values(quantity=source.before))


def _delete(work: UnitOfWork, product_id: int) -> None:
    """All its moves are of this import or of others that are undone: nothing of the shop's own work goes."""
    connection = work.session.connection()
    for batch_id in queries.batches_that_moved(work.session, product_id):
        with ledgers.undoing(work.session, batch_id):
            connection.exec_driver_sql(_MOVES, (product_id, batch_id))
    for statement in _GOES_WITH_A_PRODUCT:
        connection.exec_driver_sql(statement, (product_id,))
    search.forget(work.session, kind="product", record_id=product_id)


def _put_back(work: UnitOfWork, product_id: int, now: dict[str, Any], before: dict[str, Any]) -> None:
    merged = {name: value for name, value in (now | before).items() if name in ProductDraft.__slots__}
    draft = ProductDraft(**{**merged, "tags": tuple(merged["tags"])})
    inventory.change(work, product_id, draft, version=now["version"])


def _tell_the_record_before(work: UnitOfWork, batch_id: int, product_id: int, version: int) -> None:
    """Versions only grow: the import before this one learns which one is its own now, if nobody came between."""
    found = reads.product_record_before(work.session, batch_id, product_id)
    if found is None or found[1].get("left_at", 1) != version:
        return
    record_id, kept = found
    told = kept | {"left_at": stock.details(work.session, product_id)["version"]}
    rows.change(work, ImportedRecord, sa.update(ImportedRecord).where(_R.id == record_id).values(before=told))
