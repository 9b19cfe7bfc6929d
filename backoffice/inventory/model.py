"""Products and the stock ledger: every unit's way is written down, the numbers shown are its sums."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from backoffice.store.types import NEVER_REUSED, STRICT, value_enum


class Bucket(StrEnum):
    """Where a unit is: the first three are in the house, the rest outside it."""

    SELLABLE = "sellable"
    QUARANTINE = "quarantine"
    DAMAGED = "damaged"
    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    ADJUSTMENT = "adjustment"
    LOST = "lost"


IN_HOUSE = (Bucket.SELLABLE, Bucket.QUARANTINE, Bucket.DAMAGED)


class MoveKind(StrEnum):
    """Why a unit moved."""

    OPENING = "opening"
    RECEIPT = "receipt"
    ADJUST = "adjust"
    COUNT = "count"
    SHIP = "ship"
    UNSHIP = "unship"
    RETURN_IN = "return_in"
    INSPECT_OK = "inspect_ok"
    INSPECT_DAMAGED = "inspect_damaged"
    WRITE_OFF = "write_off"
    SUPPLIER_RETURN = "supplier_return"
    KIT_BUILD = "kit_build"
    KIT_BREAK = "kit_break"


LOW = "listed = 1 AND reorder_point > 0 AND sellable - committed - safety_stock <= reorder_point"
"""The partial index of products to be ordered again."""


class Product(SQLModel, table=True):
    """One thing the shop sells, a variant being a product of its own. Amounts in minor units of the shop's currency."""

    __tablename__ = "product"
    __table_args__ = (
        sa.UniqueConstraint("sku"),
        sa.Index("ix_product_list", "listed", "name_key", "id"),
        sa.Index("ix_product_sku_list", "listed", "sku"),
        sa.Index("ix_product_barcode", "barcode", sqlite_where=sa.text("barcode != ''")),
        sa.Index("ix_product_low", "id", sqlite_where=sa.text(LOW)),
        sa.CheckConstraint(
            "sellable >= 0 AND quarantine >= 0 AND damaged >= 0 AND committed >= 0 AND incoming >= 0", name="counters"
        ),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True)
    sku: str
    name: str
    name_key: str = ""
    options: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)
    """A variant's options: {"Colour": "blue"}."""
    parent: str = ""
    """The channel's handle that holds variants of one article together."""
    barcode: str = ""
    picture: str = ""
    """File name inside the shop's picture folder, never a path."""
    bin: str = ""
    weight_g: int = 0
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    hs_code: str = ""
    origin: str = ""
    price: int = 0
    cost: int = 0
    tax_class: str = ""
    tax_rate: str | None = None
    """A fraction in decimal text; none means the shop's usual rate."""
    supplier: str = ""
    reorder_point: int = 0
    reorder_quantity: int = 0
    safety_stock: int = 0
    backorder: bool = False
    backorder_limit: int | None = None
    notes: str = ""
    description: str = ""
    tags: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    active: bool = True
    draft: bool = False
    """Made by an import for a line whose product nobody knew; to be matched once."""
    listed: bool = True
    created_at: datetime
    batch_id: int | None = None
    sellable: int = 0
    quarantine: int = 0
    damaged: int = 0
    committed: int = 0
    incoming: int = 0
    version: int = 1

    @property
    def on_hand(self) -> int:
        """All that is physically there."""
        return self.sellable + self.quarantine + self.damaged

    @property
    def available(self) -> int:
        """What can still be promised; below zero when oversold or backordered."""
        return self.sellable - self.committed - self.safety_stock


class StockMove(SQLModel, table=True):
    """Units that moved from one bucket to another. Append-only: a trigger refuses update and delete."""

    __tablename__ = "stock_move"
    __table_args__ = (
        sa.CheckConstraint("quantity > 0", name="quantity"),
        sa.CheckConstraint("bucket_from != bucket_to", name="buckets"),
        sa.CheckConstraint("kind != 'adjust' OR reason != ''", name="reason"),
        sa.Index("ix_stock_move_product", "product_id", "id"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    product_id: int = Field(foreign_key="product.id")
    quantity: int
    bucket_from: Bucket = Field(sa_type=value_enum(Bucket))
    bucket_to: Bucket = Field(sa_type=value_enum(Bucket))
    kind: MoveKind = Field(sa_type=value_enum(MoveKind))
    reason: str = ""
    reference: str = ""
    who: str = ""
    batch_id: int | None = None


class Allocation(SQLModel, table=True):
    """Units promised to one order line and not yet shipped. Rows at zero are deleted: what stands here is open."""

    __tablename__ = "allocation"
    __table_args__ = (
        sa.UniqueConstraint("order_line_id", "product_id"),
        sa.CheckConstraint("quantity > 0", name="quantity"),
        sa.Index("ix_allocation_product", "product_id"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    order_line_id: int = Field(foreign_key="order_line.id")
    product_id: int = Field(foreign_key="product.id")
    quantity: int
    reference: str
    """The order's number, for people."""
    at: datetime


class StockSource(SQLModel, table=True):
    """What a channel's inventory file last said of a product at one location: evidence, and the base of differences."""

    __tablename__ = "stock_source"
    __table_args__ = (sa.UniqueConstraint("channel", "product_id", "location"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    product_id: int = Field(foreign_key="product.id")
    location: str = ""
    quantity: int
    at: datetime
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
