"""What *Check my data* proves of orders."""

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.orders import axes

_HEADS = sa.text(
    "SELECT o.id, o.number, o.total, o.shipping, o.tax, o.shipping_tax, o.paid, o.refunded, o.payment, o.dispatch,"
    " o.returns, coalesce(p.charged, 0) AS charged, coalesce(p.given_back, 0) AS given_back FROM orders AS o"
    " LEFT JOIN (SELECT order_id, sum(CASE WHEN kind = 'charge' THEN amount ELSE 0 END) AS charged,"
    " sum(CASE WHEN kind IN ('refund', 'chargeback') THEN amount ELSE 0 END) AS given_back"
    " FROM payment WHERE kind != 'reversal' AND id NOT IN"
    " (SELECT reverses_id FROM payment WHERE reverses_id IS NOT NULL) GROUP BY order_id) AS p ON p.order_id = o.id"
)
_LINES = sa.text(
    "SELECT order_id, ordered, cancelled, packed, shipped, delivered, return_requested, returned, requires_shipping,"
    " gross, tax FROM order_line ORDER BY order_id"
)
_NUMBERS = sa.text("SELECT number, count(*) FROM orders GROUP BY number HAVING count(*) > 1 LIMIT 100")
_SERIES = sa.text(
    "SELECT o.number FROM orders AS o JOIN number_series AS s ON s.name = 'order' AND s.yearly = 0"
    " WHERE o.number = s.prefix || printf('%0' || s.width || 'd', s.next)"
)


def ledgers_match_the_heads(session: Session) -> tuple[int, list[str]]:
    """Paid and refunded are the ledger's sums, 0 ≤ refunded ≤ paid, Σ lines + delivery = total, axes derive."""
    lines: dict[int, list[sa.Row[tuple[int, ...]]]] = {}
    for line in session.connection().execute(_LINES):
        lines.setdefault(line.order_id, []).append(line)
    heads = session.connection().execute(_HEADS).all()
    return len(heads), [fault for head in heads for fault in _faults(head, lines.get(head.id, []))][:200]


def numbers_are_unique(session: Session) -> tuple[int, list[str]]:
    """No number was given twice, and the next one is free."""
    faults = [f"order number {number} given {times} times" for number, times in session.connection().execute(_NUMBERS)]
    faults += [f"order number {number} would be given again" for (number,) in session.connection().execute(_SERIES)]
    counted = session.connection().execute(sa.text("SELECT count(*) FROM orders")).scalar_one()
    return int(counted), faults


def _faults(head: sa.Row[tuple[int, ...]], lines: list[sa.Row[tuple[int, ...]]]) -> list[str]:
    found = []
    if head.paid != head.charged or head.refunded != head.given_back:
        found.append(f"paid {head.paid} and refunded {head.refunded}, the ledger {head.charged} and {head.given_back}")
    if not 0 <= head.refunded <= head.paid:
        found.append(f"refunded {head.refunded} of {head.paid} paid")
    gross = sum(line.gross for line in lines) + head.shipping
    if gross != head.total:
        found.append(f"lines and delivery make {gross}, the total says {head.total}")
    tax = sum(line.tax for line in lines) + head.shipping_tax
    if tax != head.tax:
        found.append(f"taxes make {tax}, the order says {head.tax}")
    counters = [
        axes.Counters(
            line.ordered,
            line.cancelled,
            line.packed,
            line.shipped,
            line.delivered,
            line.return_requested,
            line.returned,
            bool(line.requires_shipping),
        )
        for line in lines
    ]
    derived = (
        axes.payment_status(total=head.total, paid=head.paid, refunded=head.refunded),
        axes.dispatch_status(counters),
        axes.returns_status(counters),
    )
    if derived != (head.payment, head.dispatch, head.returns):
        found.append(f"states {head.payment}, {head.dispatch}, {head.returns}; derived {', '.join(derived)}")
    return [f"order {head.number}: {fault}" for fault in found]


CHECKS = (("orders", ledgers_match_the_heads), ("order numbers", numbers_are_unique))
