"""What is read of imports: known records, remembered matches and mappings, batches and their rejected rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from backoffice.channels.model import (
    BatchState,
    ColumnMapping,
    ImportBatch,
    ImportedRecord,
    ProductMatch,
    Rejection,
    RejectionState,
)
from backoffice.core.errors import Refused
from backoffice.customers.model import Customer
from backoffice.inventory.model import MoveKind, Product, StockMove, StockSource
from backoffice.inventory.queries import MoveRow
from backoffice.orders.model import Order
from backoffice.store.prepared import Prepared, among
from backoffice.store.rows import table_of

_O = table_of(Order).c
_P = table_of(Product).c
_M = table_of(ProductMatch).c
TAKEN_BACK = "undo "
"""Begins the reference of a move that takes another one back; its id follows."""


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """An order that came in before, as a file may change it."""

    id: int
    external_id: str
    external_number: str
    number: str
    fingerprint: str
    touched_by_hand: bool


@dataclass(frozen=True, slots=True)
class KnownProduct:
    """A product a file names."""

    product_id: int
    fingerprint: str
    imported: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import."""

    id: int
    at: datetime
    who: str
    reader: str
    channel: str
    file_name: str
    state: BatchState
    new: int
    changed: int
    unchanged: int
    rejected: int
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class RejectionRow:
    """One row kept aside."""

    id: int
    batch_id: int
    line: int
    code: str
    facts: dict[str, Any]
    header: list[str]
    cells: list[list[str]]
    state: RejectionState


def _by(column: sa.ColumnElement[Any]) -> Prepared:
    """The listed products whose value in this column no other has, for the parameter `values`."""
    found = sa.select(column, sa.func.min(_P.id)).where(among(column, "values"), column != sa.text("''"), _P.listed)
    return Prepared(found.group_by(column).having(sa.func.count() == 1))


_KNOWN_ORDERS = Prepared(
    sa.select(*(_O[name] for name in KnownOrder.__slots__)).where(
        _O.channel == sa.bindparam("channel"), among(_O.external_id, "ids")
    )
)
_OF_CHANNEL = sa.and_(_M.channel == sa.bindparam("channel"), among(_M.external, "keys"))
_MATCHES = Prepared(sa.select(_M.external, _M.product_id).where(_OF_CHANNEL))
_KNOWN_PRODUCTS = Prepared(sa.select(_M.external, _M.product_id, _M.fingerprint, _M.imported).where(_OF_CHANNEL))
_IDS_BY_SKU = Prepared(sa.select(_P.sku, _P.id).where(among(_P.sku, "skus")))
_BY_BARCODE, _BY_NAME = _by(_P.barcode), _by(_P.name_key)
_FREE = _P.sellable - _P.committed - _P.safety_stock
_SHELVES = Prepared(sa.select(_P.id, _FREE, _P.backorder, _P.backorder_limit).where(among(_P.id, "ids")))


def known_orders(session: Session, channel: str, external_ids: Sequence[str]) -> dict[str, KnownOrder]:
    """Orders of a channel by their external ids."""
    rows = _KNOWN_ORDERS.all(session, channel=channel, ids=list(external_ids))
    return {row[1]: KnownOrder(*row) for row in rows}


def matches(session: Session, channel: str, keys: Sequence[str]) -> dict[str, int]:
    """Remembered products of a channel's names for them."""
    return dict(_MATCHES.all(session, channel=channel, keys=list(keys)))


def known_products(session: Session, channel: str, keys: Sequence[str]) -> dict[str, KnownProduct]:
    """As `matches`, with what the last product file said."""
    rows = _KNOWN_PRODUCTS.all(session, channel=channel, keys=list(keys))
    return {key: KnownProduct(*known) for key, *known in rows}


def ids_by_sku(session: Session, skus: Sequence[str]) -> dict[str, int]:
    """Products by SKU, archived ones too."""
    return dict(_IDS_BY_SKU.all(session, skus=list(skus)))


def ids_by_barcode(session: Session, barcodes: Sequence[str]) -> dict[str, int]:
    """Listed products by barcode; a barcode that two share finds none."""
    return dict(_BY_BARCODE.all(session, values=list(barcodes))) if barcodes else {}


def ids_by_name(session: Session, keys: Sequence[str]) -> dict[str, int]:
    """Listed products by folded name; a name that two share finds none."""
    return dict(_BY_NAME.all(session, values=list(keys))) if keys else {}


def free_skus(session: Session, wanted: Sequence[str]) -> list[str]:
    """The wanted SKUs, each with a number behind where it is taken already or wanted twice."""
    taken = set(ids_by_sku(session, list(dict.fromkeys(wanted))))
    given = []
    for sku in wanted:
        free, turn = sku, 1
        while free in taken or (turn > 1 and ids_by_sku(session, [free])):
            turn += 1
            free = f"{sku}-{turn}"
        taken.add(free)
        given.append(free)
    return given


def shelves(session: Session, ids: list[int]) -> dict[int, tuple[int, bool, int | None]]:
    """Per product: what can still be promised, whether backorders are allowed, and down to which limit."""
    return {product: (free, backorder, limit) for product, free, backorder, limit in _SHELVES.all(session, ids=ids)}


def batches(session: Session, *, limit: int = 50) -> list[BatchRow]:
    """The newest imports first."""
    found = session.exec(select(ImportBatch).order_by(col(ImportBatch.id).desc()).limit(limit))
    return [BatchRow(**{name: getattr(batch, name) for name in BatchRow.__slots__}) for batch in found]


def batch(session: Session, batch_id: int) -> BatchRow:
    """One import. Refuses `channels.unknown-batch`."""
    found = session.get(ImportBatch, batch_id)
    if found is None:
        raise Refused("channels.unknown-batch", batch=batch_id)
    return BatchRow(**{name: getattr(found, name) for name in BatchRow.__slots__})


def begun(session: Session, *, file_hash: str, reader: str) -> ImportBatch | None:
    """The newest import of this very file that is not undone."""
    found = select(ImportBatch).where(ImportBatch.file_hash == file_hash, ImportBatch.reader == reader)
    found = found.where(ImportBatch.state != BatchState.UNDONE).order_by(col(ImportBatch.id).desc())
    return session.exec(found).first()


def rejections(session: Session, batch_id: int, *, open_only: bool = True, limit: int = 1000) -> list[RejectionRow]:
    """The rows of an import that were kept aside, by line."""
    found = select(Rejection).where(Rejection.batch_id == batch_id).order_by(col(Rejection.line)).limit(limit)
    if open_only:
        found = found.where(Rejection.state == RejectionState.OPEN)
    return [
        RejectionRow(**{name: getattr(row, name) for name in RejectionRow.__slots__}) for row in session.exec(found)
    ]


def last_rejection(session: Session) -> int:
    """The id of the row kept aside last; 0 where there is none."""
    return session.exec(select(sa.func.max(Rejection.id))).one() or 0


def kept_aside(session: Session) -> dict[int, int]:
    """Per import how many of its rows still wait to be mended; those with none are absent."""
    waiting = select(Rejection.batch_id, sa.func.count()).where(Rejection.state == RejectionState.OPEN)
    return dict(session.exec(waiting.group_by(col(Rejection.batch_id))).all())


def records_of(session: Session, batch_id: int, kind: str) -> list[tuple[int, bool, dict[str, Any]]]:
    """What a batch made or changed of one kind: (record id, made, values before)."""
    found = select(ImportedRecord).where(ImportedRecord.batch_id == batch_id, ImportedRecord.kind == kind)
    return [
        (row.record_id, row.made, row.before) for row in session.exec(found.order_by(col(ImportedRecord.id).desc()))
    ]


def mappings(session: Session) -> dict[str, dict[str, Any]]:
    """The remembered column mappings by name."""
    return {row.name: row.mapping for row in session.exec(select(ColumnMapping).order_by(col(ColumnMapping.name)))}


def mapping_named(session: Session, name: str) -> ColumnMapping | None:
    """One remembered mapping."""
    return session.exec(select(ColumnMapping).where(ColumnMapping.name == name)).one_or_none()


def mapping_for(session: Session, signature: str) -> ColumnMapping | None:
    """The mapping remembered for files with this header."""
    found = select(ColumnMapping).where(ColumnMapping.signature == signature).order_by(col(ColumnMapping.id).desc())
    return session.exec(found).first()


def last_count(session: Session, channel: str, product_id: int, location: str) -> int | None:
    """What a channel's file last said of a product at one place."""
    return session.exec(
        select(StockSource.quantity).where(
            StockSource.channel == channel, StockSource.product_id == product_id, StockSource.location == location
        )
    ).one_or_none()


def counted_elsewhere(session: Session, channel: str, product_id: int) -> bool:
    """Whether a file of the channel named another place of this product before."""
    found = select(StockSource.id).where(StockSource.channel == channel, StockSource.product_id == product_id)
    return session.exec(found).first() is not None


@dataclass(frozen=True, slots=True)
class CountBefore:
    """What a file's count was before a batch; None: there was none."""

    product_id: int
    channel: str
    location: str
    before: int | None


def exists(session: Session, kind: type[SQLModel], record_id: int) -> bool:
    """Whether the record is still there."""
    found = session.connection().execute(sa.select(table_of(kind).c.id).where(table_of(kind).c.id == record_id))
    return found.first() is not None


def touched_customers(session: Session, customer_ids: Sequence[int]) -> set[int]:
    """Of these customers those with orders, contacts, notes or a merge."""
    touched = sa.text(
        "SELECT id FROM customer AS c WHERE id IN :ids AND (merged_into IS NOT NULL OR erased_at IS NOT NULL"
        " OR notes != '' OR EXISTS (SELECT 1 FROM orders AS o WHERE o.customer_id = c.id)"
        " OR EXISTS (SELECT 1 FROM contact AS t WHERE t.customer_id = c.id)"
        " OR EXISTS (SELECT 1 FROM customer AS m WHERE m.merged_into = c.id)"
        " OR EXISTS (SELECT 1 FROM customer_merge AS m WHERE c.id IN (m.kept_id, m.gone_id)))"
    )
    return _ids(session, touched, customer_ids)


def touched_products(session: Session, batch_id: int, product_ids: Sequence[int]) -> set[int]:
    """Of these products those that were ordered, moved by hand or edited."""
    touched = sa.text(
        "SELECT id FROM product AS p WHERE id IN :ids"
        " AND (version > coalesce((SELECT json_extract(r.before, '$.left_at') FROM imported_record AS r"
        " WHERE r.batch_id = :batch AND r.kind = 'product' AND r.record_id = p.id), 1)"
        " OR EXISTS (SELECT 1 FROM order_line AS l WHERE l.product_id = p.id)"
        " OR EXISTS (SELECT 1 FROM stock_move AS m LEFT JOIN import_batch AS b ON b.id = m.batch_id"
        " WHERE m.product_id = p.id AND m.batch_id IS NOT :batch AND b.state IS NOT 'undone')"
        " OR EXISTS (SELECT 1 FROM imported_record AS i JOIN import_batch AS b ON b.id = i.batch_id"
        " WHERE i.kind IN ('product', 'stock') AND i.record_id = p.id AND i.batch_id != :batch"
        " AND b.state != 'undone'))"
    )
    return _ids(session, touched, product_ids, batch=batch_id)


def moves_of_batch(session: Session, batch_id: int, product_id: int) -> list[MoveRow]:
    """Adjustments a batch made of a product and that were not taken back, newest first."""
    columns = [table_of(StockMove).c[name] for name in MoveRow.__slots__]
    moves = table_of(StockMove).c
    statement = sa.select(*columns).where(
        moves.batch_id == batch_id, moves.product_id == product_id, moves.kind == MoveKind.ADJUST
    )
    rows: Any = session.connection().execute(statement.order_by(moves.id.desc()))
    found = [MoveRow(*row) for row in rows]
    back = {move.reference for move in found if move.reference.startswith(TAKEN_BACK)}
    return [move for move in found if move.reference not in back and f"{TAKEN_BACK}{move.id}" not in back]


def counts_of_batch(session: Session, batch_id: int, product_ids: Sequence[int]) -> list[CountBefore]:
    """The counts a batch noted of these products, with what was noted before, newest first."""
    found = select(ImportedRecord).where(ImportedRecord.batch_id == batch_id, ImportedRecord.kind == "stock")
    found = found.where(col(ImportedRecord.record_id).in_(product_ids)).order_by(col(ImportedRecord.id).desc())
    return [
        CountBefore(row.record_id, row.before["channel"], row.before["location"], row.before["quantity"])
        for row in session.exec(found)
    ]


def batches_that_moved(session: Session, product_id: int) -> list[int]:
    """The imports that moved a product's stock."""
    found = select(StockMove.batch_id).where(StockMove.product_id == product_id, col(StockMove.batch_id).is_not(None))
    return [batch for batch in session.exec(found.distinct()) if batch is not None]


def customer_name(session: Session, customer_id: int) -> str:
    """A customer's name for a list of what stays."""
    return session.exec(select(Customer.name).where(Customer.id == customer_id)).one()


def _ids(session: Session, statement: sa.TextClause, ids: Sequence[int], **more: object) -> set[int]:
    wanted = statement.bindparams(sa.bindparam("ids", expanding=True))
    return {row[0] for row in session.connection().execute(wanted, {"ids": list(ids), **more})}


def orders_with(session: Session, product_id: int) -> list[int]:
    """Open orders with a line of this product, the earliest promise first."""
    found = sa.text(
        "SELECT DISTINCT o.id FROM order_line AS l JOIN orders AS o ON o.id = l.order_id"
        " WHERE l.product_id = :product AND o.status = 'open' ORDER BY o.promised_dispatch, o.placed_at, o.id"
    )
    return [row[0] for row in session.connection().execute(found, {"product": product_id})]
