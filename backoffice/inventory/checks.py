"""What *Check my data* proves of stock."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.inventory import queries, verify

_TOO_MUCH = sa.text(
    "SELECT sku, committed, sellable FROM product WHERE committed > sellable - safety_stock AND backorder = 0"
    " AND committed > sellable ORDER BY id LIMIT 100"
)
_OTHER_LINES = sa.text(
    "SELECT a.reference, a.quantity, coalesce(l.allocated, 0) FROM allocation AS a"
    " LEFT JOIN order_line AS l ON l.id = a.order_line_id"
    " WHERE l.id IS NULL OR l.allocated != a.quantity OR l.product_id != a.product_id LIMIT 100"
)
_NO_ALLOCATION = sa.text(
    "SELECT o.number, l.position, l.allocated FROM order_line AS l JOIN orders AS o ON o.id = l.order_id"
    " LEFT JOIN allocation AS a ON a.order_line_id = l.id WHERE l.allocated > 0 AND a.id IS NULL LIMIT 100"
)


def counters_match_the_ledger(session: Session) -> tuple[int, list[str]]:
    """On hand per bucket is the sum of its moves; committed is the sum of open promises."""
    faults = [
        f"product {found.product_id}: {found.counter} is {found.kept}, the ledger proves {found.proven}"
        for found in verify.differences(session)
    ]
    return len(queries.counters(session)), faults


def nothing_is_promised_twice(session: Session) -> tuple[int, list[str]]:
    """Without backorders no more is promised than is there."""
    found = session.connection().execute(_TOO_MUCH).all()
    counted = session.connection().execute(sa.text("SELECT count(*) FROM product")).scalar_one()
    return int(counted), [f"{sku}: {committed} promised, {sellable} there" for sku, committed, sellable in found]


def promises_belong_to_lines(session: Session) -> tuple[int, list[str]]:
    """Each promise stands on an order line that counts the same, and the other way round."""
    faults = [
        f"order {number}: {units} promised, its line says {kept}" for number, units, kept in _all(session, _OTHER_LINES)
    ]
    faults += [
        f"order {number}, line {place}: {units} promised to nobody"
        for number, place, units in _all(session, _NO_ALLOCATION)
    ]
    counted = session.connection().execute(sa.text("SELECT count(*) FROM allocation")).scalar_one()
    return int(counted), faults


def _all(session: Session, statement: sa.TextClause) -> list[Any]:
    return list(session.connection().execute(statement))


CHECKS = (
    ("stock counters", counters_match_the_ledger),
    ("stock promised once", nothing_is_promised_twice),
    ("stock promises", promises_belong_to_lines),
)
