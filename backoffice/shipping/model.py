"""Shipments: what goes into which parcel, who carries it, and what was printed for it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from backoffice.store.types import NEVER_REUSED, STRICT, value_enum


class ShipmentState(StrEnum):
    """A parcel's way."""

    DRAFT = "draft"
    PICKING = "picking"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    LOST = "lost"
    RETURNED_TO_SENDER = "returned_to_sender"
    VOID = "void"


class Shipment(SQLModel, table=True):
    """One parcel to one address; its lines may come from several orders of one customer."""

    __tablename__ = "shipment"
    __table_args__ = (
        sa.UniqueConstraint("number"),
        sa.Index("ix_shipment_state", "state", "id"),
        sa.Index("ix_shipment_shipped", "shipped_at", sqlite_where=sa.text("shipped_at IS NOT NULL")),
        sa.Index("ix_shipment_tracking", "tracking", sqlite_where=sa.text("tracking != ''")),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    state: ShipmentState = Field(default=ShipmentState.DRAFT, sa_type=value_enum(ShipmentState))
    ship_name: str = ""
    ship_company: str = ""
    ship_street: str = ""
    ship_city: str = ""
    ship_postcode: str = ""
    ship_region: str = ""
    ship_country: str = ""
    carrier_id: int | None = Field(default=None, foreign_key="carrier.id")
    service: str = ""
    tracking: str = ""
    weight_g: int = 0
    label_cost: int | None = None
    created_at: datetime
    packed_at: datetime | None = None
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    voided_at: datetime | None = None
    written_back_at: datetime | None = None
    version: int = 1


class ShipmentLine(SQLModel, table=True):
    """So many units of one order line in this parcel."""

    __tablename__ = "shipment_line"
    __table_args__ = (
        sa.UniqueConstraint("shipment_id", "order_line_id"),
        sa.CheckConstraint("quantity > 0 AND 0 <= scanned AND scanned <= quantity", name="quantity"),
        sa.Index("ix_shipment_line_order_line", "order_line_id"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    shipment_id: int = Field(foreign_key="shipment.id")
    order_id: int = Field(foreign_key="orders.id", index=True)
    order_line_id: int = Field(foreign_key="order_line.id")
    product_id: int | None = Field(default=None, foreign_key="product.id")
    quantity: int
    from_stock: int = 0
    """Units that came out of an allocation, so that voiding gives exactly these back."""
    scanned: int = 0


class Scan(SQLModel, table=True):
    """One scan at the packing table and what came of it."""

    __tablename__ = "scan"
    __table_args__ = (sa.Index("ix_scan_shipment", "shipment_id", "id"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    shipment_id: int = Field(foreign_key="shipment.id")
    at: datetime
    who: str = ""
    code: str
    quantity: int = 1
    result: str


class PrintedDocument(SQLModel, table=True):
    """A document made for a shipment or an order: printing it again finds this row and makes no second."""

    __tablename__ = "printed_document"
    __table_args__ = (sa.UniqueConstraint("kind", "subject"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    subject: str
    """What it is about: "shipment:12", "order:7", "pick:<run>"."""
    first_at: datetime
    last_at: datetime
    times: int = 1
    stock: str = ""
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


class LabelSheet(SQLModel, table=True):
    """Where the next label goes on a sheet of this stock, and how far this printer is off."""

    __tablename__ = "label_sheet"
    __table_args__ = (sa.UniqueConstraint("stock", "printer"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    stock: str
    printer: str = ""
    next_cell: int = 0
    offset_x_um: int = 0
    """Micrometres to the right."""
    offset_y_um: int = 0
