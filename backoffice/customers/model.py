"""Customers: one person with many addresses, what they allowed us, and what was said on the phone."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from backoffice.store.types import NEVER_REUSED, STRICT, value_enum


class EmailState(StrEnum):
    """Whether mail reaches the address."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEAD = "dead"


class ContactKind(StrEnum):
    """How somebody reached us, or we them."""

    NOTE = "note"
    CALL = "call"
    CHAT = "chat"
    FAX = "fax"
    LETTER = "letter"
    VISIT = "visit"


TAGGED = "tags != '[]'"
"""The partial index of the few customers who have a tag."""


class Customer(SQLModel, table=True):
    """One person or firm who buys."""

    __tablename__ = "customer"
    __table_args__ = (
        sa.Index("ix_customer_list", "listed", "name_key", "id"),
        sa.Index("ix_customer_last_order", "listed", "last_order_at", "id"),
        sa.Index("ix_customer_orders", "listed", "order_count", "id"),
        sa.Index("ix_customer_country", "listed", "country", "name_key", "id"),
        sa.Index("ix_customer_place", "postcode_key", "name_key"),
        sa.Index("ix_customer_tagged", "listed", "name_key", "id", sqlite_where=sa.text(TAGGED)),
        sa.Index("ix_customer_merged", "merged_into", sqlite_where=sa.text("merged_into IS NOT NULL")),
        sa.CheckConstraint("order_count >= 0", name="order_count"),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = ""
    name_key: str = ""
    """Folded name, for sorting and for proposing the same person."""
    company: str = ""
    language: str = ""
    country: str = ""
    postcode: str = ""
    """As written, of the address last used; `postcode_key` is the same folded, for proposing the same person."""
    postcode_key: str = ""
    notes: str = ""
    tags: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    created_at: datetime
    listed: bool = True
    """False once merged into another or erased."""
    merged_into: int | None = Field(default=None, foreign_key="customer.id")
    erased_at: datetime | None = None
    batch_id: int | None = None
    """The import that made this customer."""
    order_count: int = 0
    """Orders that are neither drafts nor cancelled; kept with the orders, proven by Check my data."""
    last_order_at: datetime | None = None
    version: int = 1


class CustomerEmail(SQLModel, table=True):
    """One e-mail address; it belongs to one customer only."""

    __tablename__ = "customer_email"
    __table_args__ = (sa.UniqueConstraint("address"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    address: str
    """Lower case."""
    state: EmailState = Field(default=EmailState.ACTIVE, sa_type=value_enum(EmailState))


class CustomerPhone(SQLModel, table=True):
    """One phone number, as written."""

    __tablename__ = "customer_phone"
    __table_args__ = (sa.UniqueConstraint("customer_id", "number"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    number: str


class CustomerAddress(SQLModel, table=True):
    """One postal address of a customer; orders keep their own copies."""

    __tablename__ = "customer_address"
    __table_args__ = (sa.UniqueConstraint("customer_id", "key"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    key: str
    name: str = ""
    company: str = ""
    street: str = ""
    city: str = ""
    postcode: str = ""
    region: str = ""
    country: str = ""


class CustomerIdentity(SQLModel, table=True):
    """Under which id a marketplace knows a customer."""

    __tablename__ = "customer_identity"
    __table_args__ = (sa.UniqueConstraint("channel", "external_id"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    channel: str
    external_id: str


class Consent(SQLModel, table=True):
    """The consent ledger: what somebody allowed or withdrew, when, where and in which words. Append-only."""

    __tablename__ = "consent"
    __table_args__ = STRICT

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    at: datetime
    purpose: str = "marketing"
    granted: bool
    source: str
    text: str = ""


class Contact(SQLModel, table=True):
    """A call, chat, fax, letter or note; with `due_at` it is a call-back that waits until `done_at`."""

    __tablename__ = "contact"
    __table_args__ = (
        sa.Index("ix_contact_due", "due_at", sqlite_where=sa.text("due_at IS NOT NULL AND done_at IS NULL")),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    order_id: int | None = None
    at: datetime
    kind: ContactKind = Field(sa_type=value_enum(ContactKind))
    inbound: bool = True
    text: str
    phone: str = ""
    due_at: datetime | None = None
    done_at: datetime | None = None


class Merge(SQLModel, table=True):
    """Two customers made one, with everything needed to take them apart again."""

    __tablename__ = "customer_merge"
    __table_args__ = STRICT

    id: int | None = Field(default=None, primary_key=True)
    kept_id: int = Field(foreign_key="customer.id")
    gone_id: int = Field(foreign_key="customer.id")
    at: datetime
    moved: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    """What `backoffice.customers.merging` needs to undo it; emptied when one of the two is erased."""
    undone_at: datetime | None = None


class Tombstone(SQLModel, table=True):
    """The salted hash of an erased person's address or id, so that no import brings them back."""

    __tablename__ = "tombstone"
    __table_args__ = (sa.UniqueConstraint("hash"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    hash: str
    """HMAC-SHA-256 of "kind:value", keyed with the shop's identity."""
    at: datetime
