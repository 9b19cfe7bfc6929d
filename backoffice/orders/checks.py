"""What *Check my data* proves of orders."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.language import mark
from backoffice.orders import axes
from backoffice.store.check import Check, Fault, Result, fault, findable, rows_wrong

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
_NUMBERS = """
SELECT number FROM orders GROUP BY number HAVING count(*) > 1
UNION ALL SELECT o.number FROM orders AS o JOIN number_series AS s ON s.name = 'order' AND s.yearly = 0
WHERE o.number = s.prefix || printf('%0' || s.width || 'd', s.next)
"""


def ledgers_match_the_heads(session: Session) -> Result:
    """Paid and refunded are the ledger's sums, 0 ≤ refunded ≤ paid, Σ lines + delivery = total, axes derive."""
    lines: dict[int, list[Any]] = {}
    for line in session.connection().execute(_LINES):
        lines.setdefault(line.order_id, []).append(line)
    heads = session.connection().execute(_HEADS).all()
    return len(heads), [found for head in heads for found in _faults(head, lines.get(head.id, []))]


def _faults(head: Any, lines: list[Any]) -> list[Fault]:
    found = []
    if head.paid != head.charged or head.refunded != head.given_back or not 0 <= head.refunded <= head.paid:
        sentence = mark("Order {number}: paid {paid}, refunded {refunded}; its ledger proves {charged} and {back}")
        facts = {"paid": head.paid, "refunded": head.refunded, "charged": head.charged, "back": head.given_back}
        found.append(fault(sentence, number=head.number, **facts))
    gross, tax = sum(line.gross for line in lines) + head.shipping, sum(line.tax for line in lines) + head.shipping_tax
    if (gross, tax) != (head.total, head.tax):
        sentence = mark(
            "Order {number}: lines and delivery make {gross} with {tax} tax, the order says {total} with {kept}"
        )
        found.append(fault(sentence, number=head.number, gross=gross, tax=tax, total=head.total, kept=head.tax))
    derived = _derived(head, lines)
    if derived != (head.payment, head.dispatch, head.returns):
        sentence = mark("Order {number}: stands as {kept}, its ledgers say {derived}")
        kept = ", ".join((head.payment, head.dispatch, head.returns))
        found.append(fault(sentence, number=head.number, kept=kept, derived=", ".join(derived)))
    return found


def _derived(head: Any, lines: list[Any]) -> tuple[str, str, str]:
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
    return (
        axes.payment_status(total=head.total, paid=head.paid, refunded=head.refunded).value,
        axes.dispatch_status(counters).value,
        axes.returns_status(counters).value,
    )


CHECKS = (
    Check("orders", mark("Orders agree with their lines and payments"), ledgers_match_the_heads),
    Check(
        "order-numbers",
        mark("No order number is given twice"),
        rows_wrong("SELECT count(*) FROM orders", _NUMBERS, mark("Order number {number} is given twice")),
    ),
    findable("order", "SELECT id FROM orders", "order-search", mark("Orders are found by the search")),
)
