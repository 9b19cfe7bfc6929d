"""The hits of the search over everything, each with the line that tells people which record it is."""

import json
from collections.abc import Sequence

from sqlmodel import Session

from backoffice.store import search
from backoffice.store.search import Found

_OF = {
    "order": "SELECT id, ship_name, email, ship_city FROM orders",
    "customer": (
        "SELECT id, iif(name = '', '', company), (SELECT min(address) FROM customer_email WHERE customer_id = c.id"
        " AND state = 'active'), (SELECT city FROM customer_address WHERE customer_id = c.id ORDER BY id DESC LIMIT 1)"
        " FROM customer AS c"
    ),
    "product": "SELECT id, sku, barcode, bin FROM product",
    "shipment": "SELECT id, ship_name, ship_city, tracking FROM shipment",
}
"""For each kind its records' ids and what is told of each, the empty left out."""


def hits(session: Session, text: str, *, kinds: Sequence[str], limit: int) -> list[tuple[Found, str]]:
    """What `search.find` finds for the text, and for each a line in people's words: name, e-mail, city, SKU."""
    found = search.find(session, text, kinds=kinds, limit=limit)
    told = {kind: _told(session, kind, found) for kind in {each.kind for each in found}}
    return [(each, told[each.kind].get(each.record_id, "")) for each in found]


def _told(session: Session, kind: str, found: Sequence[Found]) -> dict[int, str]:
    if kind not in _OF:
        return {}
    ids = json.dumps([each.record_id for each in found if each.kind == kind])
    statement = f"{_OF[kind]} WHERE id IN (SELECT value FROM json_each(?))"
    rows = session.connection().exec_driver_sql(statement, (ids,)).all()
    return {row[0]: " · ".join(part for part in row[1:] if part) for row in rows}
