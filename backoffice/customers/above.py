"""What customers may know of the floors above: which tables name a customer, by table and column, never by import.

Customers stand below orders and shipping, yet the customer's page shows orders, a merge moves them and an erased
person must go out of them. The names here are the whole of that knowledge; a test holds them against the models.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel.sql.sqltypes import UTCDateTime

ORDERS = sa.table(
    "orders",
    sa.column("id", sa.BigInteger),
    sa.column("number", sa.String),
    sa.column("channel", sa.String),
    sa.column("external_number", sa.String),
    sa.column("customer_id", sa.BigInteger),
    sa.column("placed_at", UTCDateTime()),
    sa.column("status", sa.String),
    sa.column("payment", sa.String),
    sa.column("dispatch", sa.String),
    sa.column("returns", sa.String),
    sa.column("currency", sa.String),
    sa.column("total", sa.BigInteger),
    sa.column("promised_dispatch", sa.Date),
    sa.column("email", sa.String),
)

REJECTION = sa.table(
    "rejection", sa.column("id", sa.BigInteger), sa.column("header", sa.JSON), sa.column("cells", sa.JSON)
)

COUNTED = "status NOT IN ('draft', 'cancelled')"
"""Orders that count as bought."""

UNFINISHED = "(status = 'draft' OR status IN ('open', 'on_hold') AND dispatch NOT IN ('shipped', 'delivered'))"
"""Orders for which the shop still needs the person's address."""


@dataclass(frozen=True, slots=True)
class Follower:
    """Rows above that belong to a customer and follow them into a merge; `check` tells one row from another."""

    table: str
    column: str
    check: str
    feature: str


FOLLOWERS: list[Follower] = [
    Follower("orders", "customer_id", "number", "orders"),
    Follower("shipment", "customer_id", "number", "shipping"),
    Follower("conversation", "customer_id", "number", "mail"),
    Follower("outgoing_mail", "customer_id", "key", "mail"),
    Follower("mail_task", "customer_id", "key", "mail"),
]
"""A feature with a customer's rows of its own adds a line."""


ORDERS_OF = "SELECT id FROM orders WHERE customer_id IN :customers"
SHIPMENTS_OF = (
    "SELECT id FROM shipment WHERE customer_id IN :customers"
    f" UNION SELECT shipment_id FROM shipment_line WHERE order_id IN ({ORDERS_OF})"
)


def of_people(sql: str) -> sa.TextClause:
    """SQL whose :customers takes a list of ids."""
    return sa.text(sql).bindparams(sa.bindparam("customers", expanding=True))


@dataclass(frozen=True, slots=True)
class Holding:
    """Where a floor above keeps a person's words: which rows, and what stands there after an erasure.

    `where` is SQL over the table alone, with :customers, a list of ids. `cleared` maps columns to their new values,
    PSEUDONYM standing for the person's; without it the rows are deleted. `versioned` rows count the change, so that
    a form opened before cannot bring the words back.
    """

    table: str
    feature: str
    where: str
    cleared: dict[str, str | int] | None
    versioned: bool = False


PSEUDONYM = "{pseudonym}"
_NOBODY = {"name": PSEUDONYM, "company": "", "street": "", "city": "", "postcode": "", "region": ""}


def _address(prefix: str) -> dict[str, str | int]:
    """An address that keeps its country only, which the tax needs."""
    return {f"{prefix}_{field}": value for field, value in _NOBODY.items()}


HOLDINGS: list[Holding] = [
    Holding(
        "orders",
        "orders",
        "customer_id IN :customers",
        {
            **_address("ship"),
            **_address("bill"),
            "ship_phone": "",
            "email": "",
            "notes": "",
            "gift_message": "",
            "cancel_reason": "",
            "touched_by_hand": 1,  # so that a file that comes again does not write address and notes back
        },
        versioned=True,
    ),
    Holding("order_hold", "orders", f"order_id IN ({ORDERS_OF})", {"reason": ""}),
    Holding("order_change", "orders", f"order_id IN ({ORDERS_OF})", None),
    Holding("shipment", "shipping", f"id IN ({SHIPMENTS_OF})", {**_address("ship"), "tracking": ""}, versioned=True),
    Holding(
        "printed_document",
        "shipping",
        f"subject IN (SELECT 'order:' || id FROM ({ORDERS_OF}) UNION SELECT 'shipment:' || id FROM ({SHIPMENTS_OF}))",
        {"facts": "{}"},
    ),
    Holding(
        "imported_record",
        "channels",
        "(kind IN ('customer', 'learnt') AND record_id IN :customers)"
        f" OR (kind = 'order' AND record_id IN ({ORDERS_OF}))",
        {"before": "{}"},
    ),
]
"""A feature that keeps a person's words adds a line; what it keeps as evidence for the tax it leaves out."""
