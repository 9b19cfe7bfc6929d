"""Takes a person's words out of the history and out of the search, and leaves what happened and when."""

import re
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.customers.above import ORDERS_OF, SHIPMENTS_OF, of_people
from backoffice.customers.person import queries
from backoffice.store import ledgers

_DAY_OR_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?([+-]\d\d:\d\d|Z)?)?")


def without_words(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts of a journal line that name nobody: numbers, amounts, days and moments stay, all other text goes."""
    return {name: fact for name, fact in facts.items() if _is_harmless(fact)}


def scrub_journal(session: Session, members: list[int]) -> int:
    """Takes the words out of every line about these customers, their orders and parcels; how many lines had some."""
    changed = [
        {"line": line, "kept": without_words(facts)}
        for line, facts in queries.journal_lines(session, members)
        if without_words(facts) != facts
    ]
    if changed:
        with ledgers.erasing(session):
            session.connection().execute(_REWRITE, changed)
    return len(changed)


def scrub_search(session: Session, members: list[int]) -> None:
    """Orders and parcels are found by their numbers and goods from now on, no longer by the person."""
    for statement in (_ORDERS, _SHIPMENTS):
        session.connection().execute(statement, {"customers": members})


def _is_harmless(fact: object) -> bool:
    if isinstance(fact, str):
        return bool(_DAY_OR_MOMENT.fullmatch(fact)) and _is_day(fact)
    if isinstance(fact, dict):
        return fact.keys() == {"amount", "currency"} and bool(re.fullmatch(r"-?\d+(\.\d+)?", str(fact["amount"])))
    if isinstance(fact, list):
        return all(_is_harmless(part) for part in fact)
    return True


def _is_day(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


_REWRITE = sa.text("UPDATE journal SET facts = :kept WHERE id = :line").bindparams(sa.bindparam("kept", type_=sa.JSON))
_ORDERS = of_people(
    "UPDATE search_document SET text = searchable('', (SELECT o.number || ' ' || o.external_number || ' ' || coalesce("
    "(SELECT group_concat(l.sku || ' ' || l.name, ' ') FROM order_line AS l WHERE l.order_id = o.id), '')"
    " FROM orders AS o WHERE o.id = search_document.record_id))"
    f" WHERE kind = 'order' AND record_id IN ({ORDERS_OF})"
)
_SHIPMENTS = of_people(
    "UPDATE search_document SET text = (SELECT s.number || ' ' || coalesce((SELECT group_concat(number, ' ') FROM"
    " (SELECT DISTINCT o.number FROM shipment_line AS l JOIN orders AS o ON o.id = l.order_id"
    " WHERE l.shipment_id = s.id)), '') FROM shipment AS s WHERE s.id = search_document.record_id)"
    f" WHERE kind = 'shipment' AND record_id IN ({SHIPMENTS_OF})"
)
