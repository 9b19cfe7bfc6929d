"""Orders: what was bought, at what price, what was promised, and the ledger of what was paid."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from backoffice.store.types import NEVER_REUSED, STRICT, value_enum


class OrderStatus(StrEnum):
    """The one axis a person decides."""

    DRAFT = "draft"
    OPEN = "open"
    ON_HOLD = "on_hold"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class PaymentStatus(StrEnum):
    """Derived from the payment ledger."""

    UNPAID = "unpaid"
    PART_PAID = "part_paid"
    PAID = "paid"
    OVERPAID = "overpaid"
    PART_REFUNDED = "part_refunded"
    REFUNDED = "refunded"


class DispatchStatus(StrEnum):
    """Derived from the lines' counters."""

    UNFULFILLED = "unfulfilled"
    PART_PACKED = "part_packed"
    PACKED = "packed"
    PART_SHIPPED = "part_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"


class ReturnsStatus(StrEnum):
    """Derived from the lines' counters."""

    NONE = "none"
    REQUESTED = "requested"
    IN_PROGRESS = "in_progress"
    PART_RETURNED = "part_returned"
    RETURNED = "returned"


class PaymentKind(StrEnum):
    """What a row of the payment ledger is."""

    CHARGE = "charge"
    REFUND = "refund"
    FEE = "fee"
    CHARGEBACK = "chargeback"
    REVERSAL = "reversal"


TO_SHIP = "status = 'open' AND dispatch IN ('unfulfilled', 'part_packed', 'packed', 'part_shipped')"
"""The partial index of the ship-by queue and of the late view."""


UNPAID = "status IN ('open', 'on_hold') AND payment IN ('unpaid', 'part_paid')"
"""The partial index of orders whose money is still to come."""


SHORT = "requires_shipping = 1 AND ordered - cancelled - shipped - allocated > 0"
"""The partial index of lines that still want stock."""


class Order(SQLModel, table=True):
    """One customer's order. Amounts are minor units of `currency`; the addresses are copies as written then."""

    __tablename__ = "orders"
    __table_args__ = (
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("channel", "external_id"),
        sa.Index("ix_orders_placed", "placed_at", "id"),
        sa.Index("ix_orders_status", "status", "placed_at", "id"),
        sa.Index("ix_orders_payment", "payment", "placed_at", "id"),
        sa.Index("ix_orders_dispatch", "dispatch", "placed_at", "id"),
        sa.Index("ix_orders_total", "total", "id"),
        sa.Index("ix_orders_customer", "customer_id", "placed_at"),
        sa.Index("ix_orders_external_number", "external_number"),
        sa.Index("ix_orders_to_ship", "promised_dispatch", "id", sqlite_where=sa.text(TO_SHIP)),
        sa.Index("ix_orders_unpaid", "placed_at", "id", sqlite_where=sa.text(UNPAID)),
        sa.Index("ix_orders_batch", "batch_id", sqlite_where=sa.text("batch_id IS NOT NULL")),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str
    channel: str = ""
    external_id: str | None = None
    external_number: str = ""
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    placed_at: datetime
    status: OrderStatus = Field(default=OrderStatus.OPEN, sa_type=value_enum(OrderStatus))
    payment: PaymentStatus = Field(default=PaymentStatus.UNPAID, sa_type=value_enum(PaymentStatus))
    dispatch: DispatchStatus = Field(default=DispatchStatus.UNFULFILLED, sa_type=value_enum(DispatchStatus))
    returns: ReturnsStatus = Field(default=ReturnsStatus.NONE, sa_type=value_enum(ReturnsStatus))
    currency: str
    prices_include_tax: bool = True
    total: int = 0
    """Σ lines' gross + shipping (+ `tax_rounding`, where prices come without tax), as we compute it."""
    tax: int = 0
    """Σ lines' tax + shipping_tax + `tax_rounding`."""
    tax_rounding: int = 0
    """What rounding tax once per document did to it, against rounding each line."""
    discount: int = 0
    shipping: int = 0
    shipping_tax: int = 0
    paid: int = 0
    refunded: int = 0
    imported_total: int | None = None
    imported: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    """The totals and states exactly as the file had them: evidence."""
    ship_name: str = ""
    ship_company: str = ""
    ship_street: str = ""
    ship_city: str = ""
    ship_postcode: str = ""
    ship_region: str = ""
    ship_country: str = ""
    ship_phone: str = ""
    bill_name: str = ""
    bill_company: str = ""
    bill_street: str = ""
    bill_city: str = ""
    bill_postcode: str = ""
    bill_region: str = ""
    bill_country: str = ""
    email: str = ""
    delivery_option_id: int | None = Field(default=None, foreign_key="delivery_option.id")
    delivery_name: str = ""
    promised_dispatch: date | None = None
    promised_delivery: date | None = None
    ship_by_fixed: bool = False
    """The marketplace named the date: it wins over the shop's own reckoning."""
    notes: str = ""
    gift_message: str = ""
    tags: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    source: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)
    replaces_id: int | None = None
    reordered_from: int | None = None
    batch_id: int | None = None
    fingerprint: str = ""
    """Hash of the file's rows at the last import: equal means unchanged."""
    touched_by_hand: bool = False
    closed_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancel_reason: str = ""
    version: int = 1


class OrderLine(SQLModel, table=True):
    """One line of an order with its counters, each proven from the ledgers.

    The line total is primary, the unit price informational.
    """

    __tablename__ = "order_line"
    __table_args__ = (
        sa.CheckConstraint(
            "0 <= cancelled AND cancelled <= ordered AND 0 <= packed AND packed <= ordered - cancelled"
            " AND 0 <= shipped AND shipped <= packed AND 0 <= delivered AND delivered <= shipped"
            " AND 0 <= returned AND returned <= shipped AND return_requested >= 0",
            name="counters",
        ),
        sa.CheckConstraint("0 <= allocated AND allocated <= ordered - cancelled - shipped", name="allocated"),
        sa.Index("ix_order_line_order", "order_id", "position"),
        sa.Index("ix_order_line_product", "product_id", "id"),
        sa.Index("ix_order_line_short", "product_id", "order_id", sqlite_where=sa.text(SHORT)),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id")
    position: int
    product_id: int | None = Field(default=None, foreign_key="product.id")
    external_id: str = ""
    sku: str = ""
    name: str
    options: str = ""
    ordered: int
    unit_price: int = 0
    discount: int = 0
    """The line's own discount, in the price's terms (with or without tax)."""
    order_discount: int = 0
    """Its share of the order's discount."""
    gross: int = 0
    """What the customer pays for the line, tax included, after both discounts."""
    tax: int = 0
    taxes: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    """[{"name": "IVA", "rate": "0.21", "tax": 31.10 as minor units}]"""
    requires_shipping: bool = True
    allocated: int = 0
    packed: int = 0
    shipped: int = 0
    delivered: int = 0
    shipped_elsewhere: int = 0
    """Units of `shipped` that left before this shop file knew the order: an import said so."""
    cancelled: int = 0
    return_requested: int = 0
    returned: int = 0
    refunded: int = 0
    """Minor units refunded on this line: written with the refund of a return's items, 0 until returns can be made."""


class Payment(SQLModel, table=True):
    """A row of the payment ledger: never edited, only reversed. `amount` is positive; the kind says the direction."""

    __tablename__ = "payment"
    __table_args__ = (
        sa.CheckConstraint("amount > 0", name="amount"),
        sa.Index("ix_payment_order", "order_id", "id"),
        sa.UniqueConstraint("reverses_id"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id")
    at: datetime
    kind: PaymentKind = Field(sa_type=value_enum(PaymentKind))
    amount: int
    currency: str
    method: str = ""
    reference: str = ""
    reverses_id: int | None = Field(default=None, foreign_key="payment.id")
    batch_id: int | None = None


class Hold(SQLModel, table=True):
    """Why an order waits and until when; it ends by itself on that day."""

    __tablename__ = "order_hold"
    __table_args__ = (
        sa.Index("ix_order_hold_open", "until", sqlite_where=sa.text("released_at IS NULL")),
        sa.Index("ix_order_hold_order", "order_id"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id")
    reason: str
    since: datetime
    until: date | None = None
    released_at: datetime | None = None


class OrderChange(SQLModel, table=True):
    """An applied change set, before and after, so that it can be undone while nothing has shipped."""

    __tablename__ = "order_change"
    __table_args__ = (sa.Index("ix_order_change_order", "order_id", "id"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id")
    at: datetime
    before: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    undone_at: datetime | None = None


class OrderTally(SQLModel, table=True):
    """How many orders stand in each combination of states; triggers keep it with every insert, update and delete."""

    __tablename__ = "order_tally"
    __table_args__ = STRICT

    status: str = Field(primary_key=True)
    payment: str = Field(primary_key=True)
    dispatch: str = Field(primary_key=True)
    orders: int = 0
