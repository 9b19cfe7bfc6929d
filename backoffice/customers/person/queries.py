"""Everything the shop keeps of one person, gathered from every table that names them."""

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.customers.above import CONVERSATIONS_OF, ORDERS_OF, REJECTION, SHIPMENTS_OF, UNFINISHED, of_people
from backoffice.customers.card import queries as card
from backoffice.customers.card.rows import ConsentRow, ContactRow
from backoffice.customers.keys import name_key, postcode_key
from backoffice.customers.model import Customer, CustomerAddress, Merge
from backoffice.customers.queries import group, living

INTERNAL = {"fingerprint", "version", "touched_by_hand", "batch_id", "customer_id", "order_id", "order_line_id"}
"""The program's own bookkeeping: it tells nothing of the person."""

AMOUNTS = {
    "orders": (
        "total",
        "tax",
        "tax_rounding",
        "discount",
        "shipping",
        "shipping_tax",
        "paid",
        "refunded",
        "imported_total",
    ),
    "order_line": ("unit_price", "discount", "gross", "tax", "refunded"),
    "payment": ("amount",),
}
"""Columns in minor units of the order's currency."""

Plain = dict[str, Any]


def everything(session: Session, customer_id: int) -> Plain:
    """All of one person as JSON holds it: times in UTC with Z, amounts as decimal text beside their currency.

    Somebody merged into another customer is that customer. Refuses `customers.unknown`.
    """
    person = living(session, customer_id)
    members = group(session, person)
    found = {
        "customer": _customer(session, person),
        "emails": [{"address": row.address, "state": row.state} for row in card.emails(session, person)],
        "phones": card.phones(session, person),
        "addresses": [_fields(address, PostalAddress) for address in card.addresses(session, person)],
        "identities": [{"channel": name, "id": known} for name, known in card.identities(session, person)],
        "consents": [_fields(row, ConsentRow) for row in card.consents(session, person)],
        "contacts": [_fields(row, ContactRow) for row in card.contacts(session, person)],
        "merged": [_customer(session, member) for member in members[1:]],
        "orders": _orders(session, members),
        "shipments": _rows(session, "shipment", f"id IN ({SHIPMENTS_OF})", members),
        "conversations": _conversations(session, members),
        "not_imported": [
            {"header": row.header, "cells": row.cells}
            for row in rejections_naming(session, addresses_of(session, members))
        ],
        "timeline": [
            {"at": line.at, "verb": line.verb, "facts": line.facts}
            for line in card.timeline(session, person, limit=100_000)
        ],
    }
    return {name: plain(part) for name, part in found.items()}


def addresses_of(session: Session, members: list[int]) -> list[str]:
    """Every e-mail address the shop knows of the person: the customer's, and those only their orders have."""
    found = session.connection().execute(_EMAILS, {"customers": members})
    return [row[0] for row in found]


def places_of(session: Session, members: list[int]) -> list[tuple[str, str]]:
    """(name key, postcode key) of the person wherever they have an address; not of those they send presents to."""
    people = [_customer(session, member)["name"] for member in members]
    found = select(CustomerAddress.name, CustomerAddress.postcode).where(col(CustomerAddress.customer_id).in_(members))
    keys = {(name_key(name), postcode_key(postcode)) for name, postcode in session.exec(found)}
    keys |= set(session.exec(select(Customer.name_key, Customer.postcode_key).where(col(Customer.id).in_(members))))
    own = {name_key(name) for name in people}
    return sorted(key for key in keys if all(key) and key[0] in own)


def identities_of(session: Session, members: list[int]) -> list[tuple[str, str]]:
    """(channel, buyer id) under which marketplaces know the person."""
    return [identity for member in members for identity in card.identities(session, member)]


def unfinished_orders(session: Session, members: list[int]) -> list[str]:
    """Numbers of the orders that still need the person's address."""
    return [row[0] for row in session.connection().execute(_UNFINISHED, {"customers": members})]


def journal_lines(session: Session, members: list[int]) -> list[tuple[int, Any]]:
    """(id, facts) of every line about the person, their orders or their parcels."""
    return [(row.id, row.facts) for row in session.connection().execute(_JOURNAL, {"customers": members})]


def merges_of(session: Session, members: list[int]) -> list[int]:
    """The merges that any of these customers took part in, undone ones too."""
    found = select(Merge.id).where(col(Merge.kept_id).in_(members) | col(Merge.gone_id).in_(members))
    return [one for one in session.exec(found) if one is not None]


def rejections_naming(session: Session, emails: list[str]) -> list[Any]:
    """Rows of files that were kept aside and whose cells hold one of the addresses: id, header, cells."""
    if not emails:
        return []
    cells = sa.func.lower(sa.cast(REJECTION.c.cells, sa.String))
    near = sa.or_(*(cells.contains(json.dumps(email)[1:-1], autoescape=True) for email in emails))
    found = sa.select(REJECTION).where(near).order_by(REJECTION.c.id)
    exactly = re.compile(r"(?<![\w.+-])(" + "|".join(map(re.escape, emails)) + r")(?![\w-]|\.\w)", re.IGNORECASE)
    rows = session.connection().execute(found).all()
    return [row for row in rows if any(exactly.search(cell) for cells in row.cells for cell in cells)]


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value


def _fields(row: object, kind: type[Any]) -> Plain:
    return {name: getattr(row, name) for name in kind.__slots__}


def _customer(session: Session, customer_id: int) -> Plain:
    one = session.get(Customer, customer_id)
    if one is None:
        raise Refused("customers.unknown", id=customer_id)
    names = ("id", "name", "company", "language", "country", "notes", "tags", "created_at", "erased_at")
    return {name: getattr(one, name) for name in names}


def _orders(session: Session, members: list[int]) -> list[Plain]:
    orders = _rows(session, "orders", "customer_id IN :customers ORDER BY placed_at, id", members)
    currencies = {order["id"]: order["currency"] for order in orders}
    for order in orders:
        _write_amounts("orders", order, order["currency"])
    for table, name in (("order_line", "lines"), ("payment", "payments"), ("order_hold", "holds")):
        of_order: dict[int, list[Plain]] = {}
        for row in _rows(session, table, f"order_id IN ({ORDERS_OF}) ORDER BY id", members, keep="order_id"):
            owner = row.pop("order_id")
            _write_amounts(table, row, currencies[owner])
            of_order.setdefault(owner, []).append(row)
        for order in orders:
            order[name] = of_order.get(order["id"], [])
    return orders


def _conversations(session: Session, members: list[int]) -> list[Plain]:
    """Each with what was said in it, the shop's own notes too, and the names of the files that came."""
    found = _rows(session, "conversation", "customer_id IN :customers ORDER BY id", members)
    in_these = f"conversation_id IN ({CONVERSATIONS_OF}) AND state != 'duplicate' ORDER BY at, id"
    messages = _rows(session, "message", in_these, members)
    files: dict[int, list[str]] = {}
    in_those = f"message_id IN (SELECT id FROM message WHERE conversation_id IN ({CONVERSATIONS_OF})) ORDER BY id"
    for row in _rows(session, "attachment", in_those, members):
        files.setdefault(row["message_id"], []).append(row["name"])
    names = ("at", "direction", "medium", "who", "from_name", "from_address", "to", "subject", "text")
    for one in found:
        said = (row for row in messages if row["conversation_id"] == one["id"])
        one["messages"] = [{name: row[name] for name in names} | {"files": files.get(row["id"], [])} for row in said]
    return [
        {name: one[name] for name in ("number", "subject", "opened_at", "state", "tags", "messages")} for one in found
    ]


def _write_amounts(table: str, row: Plain, currency: str) -> None:
    for name in AMOUNTS.get(table, ()):
        if row[name] is not None:
            row[name] = str(Money(row[name], currency))
    if table == "order_line":
        row["taxes"] = [{**tax, "tax": str(Money(tax["tax"], currency))} for tax in row["taxes"]]


def _rows(session: Session, name: str, where: str, members: list[int], *, keep: str = "") -> list[Plain]:
    """Rows of a table above by its name, as the models there describe its columns."""
    table = SQLModel.metadata.tables[name]
    columns = [column for column in table.columns if column.name not in INTERNAL or column.name == keep]
    wanted = sa.text(where).bindparams(sa.bindparam("customers", expanding=True))
    found = session.connection().execute(sa.select(*columns).where(wanted), {"customers": members})
    return [dict(row) for row in found.mappings()]


_EMAILS = of_people(
    "SELECT address FROM customer_email WHERE customer_id IN :customers"
    " UNION SELECT lower(email) FROM orders WHERE customer_id IN :customers AND email != '' ORDER BY 1"
)
_UNFINISHED = of_people(f"SELECT number FROM orders WHERE customer_id IN :customers AND {UNFINISHED} ORDER BY id")
_JOURNAL = of_people(
    "SELECT id, facts FROM journal WHERE customer_id IN :customers"
    f" UNION SELECT j.id, j.facts FROM ({ORDERS_OF}) AS o JOIN journal AS j ON j.order_id = o.id"
    f" UNION SELECT j.id, j.facts FROM ({SHIPMENTS_OF}) AS s JOIN journal AS j ON j.shipment_id = s.id"
).columns(sa.column("id", sa.BigInteger), sa.column("facts", sa.JSON))
