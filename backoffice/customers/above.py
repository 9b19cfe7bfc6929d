"""What customers may know of the floors above: which tables name a customer, by table and column, never by import.

Customers stand below orders and shipping, yet the customer's page shows orders, a merge moves them and an erased
person must go out of them. The names here are the whole of that knowledge; a test holds them against the models.
"""

from collections.abc import Mapping
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
    cleared: Mapping[str, str | int | bytes] | None
    versioned: bool = False


PSEUDONYM = "{pseudonym}"
_NOBODY = {"name": PSEUDONYM, "company": "", "street": "", "city": "", "postcode": "", "region": ""}


def _address(prefix: str) -> dict[str, str | int]:
    """An address that keeps its country only, which the tax needs."""
    return {f"{prefix}_{field}": value for field, value in _NOBODY.items()}


EMAILS_OF = "SELECT address FROM customer_email WHERE customer_id IN :customers"
CONVERSATIONS_OF = "SELECT id FROM conversation WHERE customer_id IN :customers"
BOUNCES_OF = f"SELECT message_id FROM bounced WHERE address IN ({EMAILS_OF})"
MAILS_OF = (
    f"SELECT id FROM message WHERE conversation_id IN ({CONVERSATIONS_OF})"
    f" UNION SELECT id FROM message WHERE from_address IN ({EMAILS_OF}) UNION {BOUNCES_OF}"
)
_SENT_TO = f"customer_id IN :customers OR conversation_id IN ({CONVERSATIONS_OF}) OR to_address IN ({EMAILS_OF})"
_OUTGOING_OF = f"SELECT id FROM outgoing_mail WHERE {_SENT_TO}"
_IN_DRAFTS = "SELECT json_extract(f.value, '$.sha256') FROM mail_draft AS d, json_each(d.attachments) AS f"

MAIL: list[Holding] = [
    Holding(
        "raw_mail",
        "mail",
        f"id IN (SELECT raw_id FROM message WHERE id IN ({MAILS_OF}))"
        f" OR id IN (SELECT raw_id FROM outgoing_mail WHERE {_SENT_TO})",
        {"packed": b""},  # the hash stays: the same mail that comes again is known, and brings nothing back
    ),
    Holding("search_document", "search", f"kind = 'mail' AND record_id IN ({MAILS_OF})", None),
    Holding("mail_draft", "mail", f"conversation_id IN ({CONVERSATIONS_OF})", None),
    Holding("attachment", "mail", f"message_id IN ({MAILS_OF})", None),
    Holding(
        "file_content",
        "mail",
        f"0 NOT IN :customers AND sha256 NOT IN (SELECT sha256 FROM attachment) AND sha256 NOT IN ({_IN_DRAFTS})",
        None,
    ),
    Holding(
        "mail_task",
        "mail",
        f"customer_id IN :customers OR conversation_id IN ({CONVERSATIONS_OF})"
        f" OR key IN (SELECT 'dead-address:' || address FROM ({EMAILS_OF}))",
        None,
    ),
    Holding("acknowledgement", "mail", f"conversation_id IN ({CONVERSATIONS_OF})", {"address": ""}),
    Holding("outgoing_receiver", "mail", f"outgoing_id IN ({_OUTGOING_OF})", None),
    Holding("outgoing_mail", "mail", f"state IN ('queued', 'retry') AND ({_SENT_TO})", {"state": "cancelled"}),
    Holding("outgoing_mail", "mail", _SENT_TO, {"to_address": "", "subject": "", "answer": "–", "error": ""}),
    Holding(
        "mail_arrival",
        "mail",
        f"message_id IN ({MAILS_OF}) OR EXISTS (SELECT 1 FROM ({EMAILS_OF}) AS e"
        " WHERE instr(lower(mail_arrival.sender), e.address))",
        {"subject": "", "sender": ""},
    ),
    Holding(
        "message",
        "mail",
        f"id IN ({MAILS_OF})",
        {
            **dict.fromkeys(("from_name", "from_address", "to", "subject", "rfc_id", "text", "html"), ""),
            **{"new_length": 0, "attachments": 0},
        },
    ),
    Holding(
        "bounced",
        "mail",
        f"address IN ({EMAILS_OF})"
        f" OR message_id IN (SELECT id FROM message WHERE conversation_id IN ({CONVERSATIONS_OF}))",
        None,
    ),
    Holding("conversation_move", "mail", f"kept_id IN ({CONVERSATIONS_OF}) OR gone_id IN ({CONVERSATIONS_OF})", None),
    Holding(
        "conversation",
        "mail",
        "customer_id IN :customers",
        {"sender": PSEUDONYM, "tags": "[]", **dict.fromkeys(("subject", "subject_key", "preview"), "")},
        versioned=True,
    ),
]
"""Mails in the order in which they can be taken out: which are the person's is found through the addresses in them."""

HOLDINGS: list[Holding] = [
    *MAIL,
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
