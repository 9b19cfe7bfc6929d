"""The shop's own settings: who it is, when it works, how it delivers, how it counts and what it prints."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from backoffice.store.types import STRICT


class ShopProfile(SQLModel, table=True):
    """The shop itself: exactly one row. Money rules and stationery stand here, secrets never do."""

    __tablename__ = "shop_profile"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"), STRICT)

    id: int | None = Field(default=1, primary_key=True)
    name: str
    legal_name: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    tax_id: str = ""
    street: str = ""
    city: str = ""
    postcode: str = ""
    region: str = ""
    country: str
    currency: str
    zone: str
    language: str = "en"
    logo: bytes | None = Field(default=None, sa_type=sa.LargeBinary)
    calendar: str = ""
    """BusinessCalendar as JSON; empty means Monday to Friday, nine to five."""
    cut_off: str = "14:00"
    """Orders paid before this local time (HH:MM) count as of the same business day."""
    prices_include_tax: bool = True
    default_tax_rate: str = "0"
    """As a fraction in decimal text: "0.21"."""
    rounding: str = "half_up"
    rounding_scope: str = "line"
    label_stock: str = "100x150"
    paper: str = "A4"
    slip_shows_prices: bool = True
    slip_message: str = ""
    return_note: str = ""
    customs_small: int | None = None
    """Up to this value, in minor units, a parcel goes with the short customs form; None: about 300 drawing rights."""
    backup_folder: str = ""
    purge_after_months: int = 0
    """Each day people are erased whom nobody has dealt with for so many months; 0: nobody is."""
    identity: str = ""
    """Random hex, made once: salts tombstones of erased people and names this shop's backups."""


class DeliveryOption(SQLModel, table=True):
    """One way to deliver: how many business days it takes and what it costs."""

    __tablename__ = "delivery_option"
    __table_args__ = (
        sa.UniqueConstraint("code"),
        sa.CheckConstraint(
            "lead_days >= 0 AND transit_days_min >= 0 AND transit_days_max >= transit_days_min", name="days"
        ),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str
    name: str
    lead_days: int = 1
    """Business days from the order to its dispatch."""
    transit_days_min: int = 2
    transit_days_max: int = 4
    carrier_id: int | None = Field(default=None, foreign_key="carrier.id")
    price_rules: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    """First match wins: {"countries": [...], "max_weight_g": n, "min_value": "…", "price": "4.90"}."""
    aliases: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    """Names under which channels know this option."""
    active: bool = True


class Carrier(SQLModel, table=True):
    """Who carries parcels; `tracking_url` holds {tracking} once."""

    __tablename__ = "carrier"
    __table_args__ = (sa.UniqueConstraint("name"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    tracking_url: str = ""
    handoff: str = "generic"
    active: bool = True


class NumberSeries(SQLModel, table=True):
    """A series of numbers that are given once and never again: orders, shipments, later invoices."""

    __tablename__ = "number_series"
    __table_args__ = (
        sa.UniqueConstraint("name"),
        sa.CheckConstraint("next >= 1 AND width BETWEEN 1 AND 12", name="next"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    prefix: str = ""
    next: int = 1
    width: int = 5
    yearly: bool = False
    year: int | None = None
