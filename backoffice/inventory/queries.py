"""What is read of products and stock: lists, one product whole, why a number is what it is."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from backoffice.core.errors import Refused
from backoffice.inventory.model import LOW, Allocation, Bucket, MoveKind, Product, StockMove
from backoffice.store.paging import Cursor, Order, Page, count_up_to
from backoffice.store.paging import marks as keyset_marks
from backoffice.store.paging import page as keyset_page
from backoffice.store.rows import table_of
from backoffice.store.search import ids_found

_P = table_of(Product).c
_AVAILABLE = _P.sellable - _P.committed - _P.safety_stock

VIEWS = ("all", "low", "oversold", "drafts", "archived")
COUNTED_QUICKLY = 10_000
"""So many entries of an index are counted in a millisecond."""
SORTS = {"name": (_P.name_key,), "sku": (_P.sku,), "available": (_AVAILABLE,), "price": (_P.price,), "bin": (_P.bin,)}


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One product in a list. `price` in minor units of the shop's currency."""

    id: int
    sku: str
    name: str
    options: dict[str, str]
    barcode: str
    picture: str
    bin: str
    price: int
    cost: int
    sellable: int
    quarantine: int
    damaged: int
    committed: int
    incoming: int
    safety_stock: int
    reorder_point: int
    backorder: bool
    active: bool
    draft: bool
    listed: bool
    missing: int = 0
    """Units sold twice; asked for in the view of the oversold only."""

    @property
    def on_hand(self) -> int:
        """All that is physically there."""
        return self.sellable + self.quarantine + self.damaged

    @property
    def available(self) -> int:
        """What can still be promised."""
        return self.sellable - self.committed - self.safety_stock

    @property
    def full_name(self) -> str:
        """The name with its options: "Mug, blue"."""
        return ", ".join((self.name, *self.options.values()))


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One row of the ledger."""

    id: int
    at: datetime
    quantity: int
    bucket_from: Bucket
    bucket_to: Bucket
    kind: MoveKind
    reason: str
    reference: str
    who: str


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """Units promised to one order."""

    order_line_id: int
    quantity: int
    reference: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Why:
    """Why available is what it is: the sums of the ledger by kind, the promises, the reserve, and what they make."""

    moved: dict[str, int]
    """Net change of sellable stock by kind of move."""
    sellable: int
    committed: int
    safety_stock: int
    available: int
    allocations: list[AllocationRow]
    moves: list[MoveRow]


_ROW = tuple(_P[name] for name in ProductRow.__slots__ if name != "missing")


def page(
    session: Session,
    *,
    view: str = "all",
    sort: str = "name",
    descending: bool = False,
    text: str = "",
    after: Cursor | None = None,
    before: Cursor | None = None,
    limit: int = 100,
) -> Page[ProductRow]:
    """One page of a view's products. Refuses `inventory.unknown-view`."""
    base = _filtered(session, sa.select(*_ROW), view, text)
    found = keyset_page(session, base, _order(sort, descending), make=_made, after=after, before=before, limit=limit)
    if view != "oversold":
        return found
    units = oversold_units(session, [row.id for row in found.rows])
    return replace(found, rows=[replace(row, missing=units.get(row.id, 0)) for row in found.rows])


def marks(
    session: Session,
    *,
    view: str = "all",
    sort: str = "name",
    descending: bool = False,
    text: str = "",
    every: int = 100,
) -> list[Cursor]:
    """The cursors of every so many rows of a view, for a scroll bar; to be called from a job."""
    base = _filtered(session, sa.select(_P.id), view, text)
    return keyset_marks(session, base, _order(sort, descending), every=every)


def count(session: Session, *, view: str = "all", text: str = "") -> int | None:
    """How many products a view has; None where to count them all would take too long."""
    cap = 1000 if text.strip() else COUNTED_QUICKLY
    return count_up_to(session, _filtered(session, sa.select(_P.id), view, text), cap)


def exact_count(session: Session, *, view: str = "all") -> int:
    """How many products a view has, counted one by one."""
    listed = _filtered(session, sa.select(_P.id), view, "").subquery()
    return int(session.connection().execute(sa.select(sa.func.count()).select_from(listed)).scalar_one())


def product_row(session: Session, product_id: int) -> ProductRow:
    """One product. Refuses `inventory.unknown`."""
    found = session.connection().execute(sa.select(*_ROW).where(_P.id == product_id)).one_or_none()
    if found is None:
        raise Refused("inventory.unknown", id=product_id)
    return ProductRow(*found)


def details(session: Session, product_id: int) -> dict[str, Any]:
    """Every column of one product by name, for its form. Refuses `inventory.unknown`."""
    found = session.get(Product, product_id)
    if found is None:
        raise Refused("inventory.unknown", id=product_id)
    return found.model_dump()


def id_of_sku(session: Session, sku: str) -> int | None:
    """The product with this SKU, archived ones too."""
    return session.exec(select(Product.id).where(Product.sku == sku)).one_or_none()


def id_of_code(session: Session, code: str) -> int | None:
    """The product a scanner means: by barcode, else by SKU; none where two share the barcode.

    Many scanners read a UPC-A as the EAN-13 it is, with a zero before it, and some the other way round.
    """
    codes = {code, code.zfill(13), code[1:] if len(code) == 13 and code[0] == "0" else code} - {""}
    by_barcode = session.exec(
        select(Product.id).where(col(Product.barcode).in_(codes), Product.barcode != "", col(Product.listed)).limit(2)
    ).all()
    return by_barcode[0] if len(by_barcode) == 1 else id_of_sku(session, code)


def suggestions(session: Session, text: str, *, limit: int = 8) -> list[ProductRow]:
    """Products for a type-ahead box: every word of `text` begins a word of name, SKU, barcode or bin."""
    ids = ids_found(session, text, kind="product", limit=limit)
    found = session.connection().execute(sa.select(*_ROW).where(_P.id.in_(ids), _P.listed))
    return sorted((ProductRow(*row) for row in found), key=lambda product: ids.index(product.id))


def moves(session: Session, product_id: int, *, limit: int = 200) -> list[MoveRow]:
    """The ledger of one product, newest first."""
    columns = [table_of(StockMove).c[name] for name in MoveRow.__slots__]
    found = sa.select(*columns).where(col(StockMove.product_id) == product_id).order_by(col(StockMove.id).desc())
    return [MoveRow(*row) for row in session.connection().execute(found.limit(limit))]


def allocations(session: Session, product_id: int) -> list[AllocationRow]:
    """The promises on one product, oldest first."""
    columns = [table_of(Allocation).c[name] for name in AllocationRow.__slots__]
    found = sa.select(*columns).where(col(Allocation.product_id) == product_id).order_by(col(Allocation.id))
    return [AllocationRow(*row) for row in session.connection().execute(found)]


def why_available(session: Session, product_id: int) -> Why:
    """Every move and promise behind the number "available". Refuses `inventory.unknown`."""
    product = product_row(session, product_id)
    moved: dict[str, int] = {}
    kinds = sa.text(
        "SELECT kind, sum(CASE WHEN bucket_to = 'sellable' THEN quantity WHEN bucket_from = 'sellable'"
        " THEN -quantity ELSE 0 END) FROM stock_move WHERE product_id = :product GROUP BY kind ORDER BY min(id)"
    )
    for kind, net in session.connection().execute(kinds, {"product": product_id}):
        moved[kind] = int(net)
    return Why(
        moved=moved,
        sellable=product.sellable,
        committed=product.committed,
        safety_stock=product.safety_stock,
        available=product.available,
        allocations=allocations(session, product_id),
        moves=moves(session, product_id),
    )


def ledger_sums(session: Session) -> dict[int, dict[str, int]]:
    """Per product what the ledger and the open promises say its counters are."""
    sums: dict[int, dict[str, int]] = {}
    by_bucket = sa.text(
        "SELECT product_id, bucket, sum(units) FROM ("
        " SELECT product_id, bucket_to AS bucket, quantity AS units FROM stock_move"
        " UNION ALL SELECT product_id, bucket_from, -quantity FROM stock_move"
        ") WHERE bucket IN ('sellable', 'quarantine', 'damaged') GROUP BY product_id, bucket"
    )
    for product_id, bucket, units in session.connection().execute(by_bucket):
        sums.setdefault(product_id, {})[bucket] = int(units)
    promised = sa.text("SELECT product_id, sum(quantity) FROM allocation GROUP BY product_id")
    for product_id, units in session.connection().execute(promised):
        sums.setdefault(product_id, {})["committed"] = int(units)
    return sums


def counters(session: Session) -> dict[int, dict[str, int]]:
    """Per product the counters as they are kept."""
    names = ("sellable", "quarantine", "damaged", "committed")
    found = session.connection().execute(sa.select(_P.id, *(_P[name] for name in names)))
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in found}


def _order(sort: str, descending: bool) -> Order:
    return Order(SORTS.get(sort, SORTS["name"]), _P.id, descending)


def _filtered(session: Session, base: sa.Select[Any], view: str, text: str) -> sa.Select[Any]:
    if view not in VIEWS:
        raise Refused("inventory.unknown-view", view=view)
    base = base.where(_P.listed == (view != "archived"))
    if view == "low":
        base = base.where(sa.text(LOW))
    elif view == "drafts":
        base = base.where(_P.draft)
    elif view == "oversold":
        base = base.where(_P.id.in_(sa.text(OVERSOLD)))
    if text.strip():
        base = base.where(_P.id.in_(ids_found(session, text, kind="product", limit=1000)))
    return base


_WANTED = (
    " FROM order_line AS l JOIN orders AS o ON o.id = l.order_id"
    " JOIN product AS p ON p.id = l.product_id"
    " WHERE l.requires_shipping = 1 AND l.ordered - l.cancelled - l.shipped - l.allocated > 0"
    " AND l.product_id IS NOT NULL AND o.status || '' = 'open' AND p.backorder = 0"
)
OVERSOLD = "SELECT l.product_id" + _WANTED
"""Products that open orders want and that may not be promised: sold twice.

"|| ''" keeps SQLite from reading all open orders: the index of the few lines that want stock is shorter.
"""


_LACKING = (
    "SELECT l.product_id, sum(l.ordered - l.cancelled - l.shipped - l.allocated)"
    + _WANTED
    + " AND l.product_id IN (SELECT value FROM json_each(:ids)) GROUP BY l.product_id"
)


def oversold_units(session: Session, product_ids: Sequence[int]) -> dict[int, int]:
    """How many units of each of these products were sold twice; those with none are absent."""
    found = session.connection().execute(sa.text(_LACKING), {"ids": json.dumps(list(product_ids))})
    return {product: int(units) for product, units in found}


def _made(row: sa.Row[Any]) -> ProductRow:
    return ProductRow(*row[: len(_ROW)])
