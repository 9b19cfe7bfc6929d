"""What *Check my data* proves of orders."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlmodel import Session

from backoffice.core.language import mark
from backoffice.core.money import is_currency
from backoffice.orders import axes
from backoffice.store.check import Check, Fault, Result, fault, findable, rows_wrong
from backoffice.store.prepared import driver_of

_HEADS = """
SELECT id, number, currency, total, shipping, tax, shipping_tax, tax_rounding, prices_include_tax, discount,
  paid, refunded, payment, dispatch, returns
FROM orders ORDER BY id
"""
_LINES = """
SELECT order_id, sum(gross), sum(tax), sum(requires_shipping * (ordered - cancelled)), sum(requires_shipping * packed),
  sum(requires_shipping * shipped), sum(requires_shipping * delivered),
  sum((1 - requires_shipping) * (ordered - cancelled)), sum(return_requested), sum(returned), sum(shipped),
  sum(order_discount)
FROM order_line GROUP BY order_id ORDER BY order_id
"""
_PAYMENTS = """
SELECT order_id, sum(CASE WHEN kind = 'charge' THEN amount ELSE 0 END),
  sum(CASE WHEN kind IN ('refund', 'chargeback') THEN amount ELSE 0 END), min(currency), max(currency)
FROM payment AS p WHERE kind != 'reversal' AND NOT EXISTS (SELECT 1 FROM payment AS r WHERE r.reverses_id = p.id)
GROUP BY order_id ORDER BY order_id
"""
_NUMBERS = "SELECT number FROM orders GROUP BY number HAVING count(*) > 1"
_OTHER_TAXES = """
SELECT number, position, tax, taxes FROM (
  SELECT o.number, l.position, l.tax, CASE WHEN json_valid(l.taxes)
    THEN coalesce((SELECT sum(t.value ->> '$.tax') FROM json_each(l.taxes) AS t), 0) END AS taxes
  FROM order_line AS l JOIN orders AS o ON o.id = l.order_id
) WHERE tax != taxes
"""
_STILL_PROMISED = """
SELECT o.number, o.status, sum(a.quantity) AS units FROM allocation AS a JOIN order_line AS l ON l.id = a.order_line_id
JOIN orders AS o ON o.id = l.order_id WHERE o.status NOT IN ('open', 'on_hold') GROUP BY o.id
"""
_OTHER_HOLDS = """
SELECT number FROM orders AS o WHERE status = 'on_hold'
AND (SELECT count(*) FROM order_hold AS h WHERE h.order_id = o.id AND h.released_at IS NULL) != 1
UNION ALL SELECT o.number FROM order_hold AS h JOIN orders AS o ON o.id = h.order_id
WHERE h.released_at IS NULL AND o.status != 'on_hold'
"""


class Head(NamedTuple):
    """What an order says of itself."""

    id: int
    number: str
    currency: str
    total: int
    shipping: int
    tax: int
    shipping_tax: int
    tax_rounding: int
    prices_include_tax: int
    discount: int
    paid: int
    refunded: int
    payment: str
    dispatch: str
    returns: str


class Sums(NamedTuple):
    """What its lines come to; units of what travels, then of what does not."""

    gross: int = 0
    tax: int = 0
    wanted: int = 0
    packed: int = 0
    shipped: int = 0
    delivered: int = 0
    elsewise: int = 0
    requested: int = 0
    returned: int = 0
    all_shipped: int = 0
    discount: int = 0


class Booked(NamedTuple):
    """What its ledger comes to."""

    charged: int = 0
    back: int = 0
    least: str = ""
    most: str = ""
    """The first and the last of its rows' currencies by the alphabet: the same where there is one."""


class _Walk:
    """Rows that begin with an order's id, in that order, handed out one order after the other: nothing is kept."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, order_id: int) -> tuple[Any, ...]:
        """What stands behind the id in this order's row; nothing where it has none."""
        while self._next is not None and self._next[0] < order_id:
            self._next = next(self._rows, None)
        return self._next[1:] if self._next is not None and self._next[0] == order_id else ()


def ledgers_match_the_heads(session: Session) -> Result:
    """Paid and refunded are the ledger's sums, 0 ≤ refunded ≤ paid, Σ lines + delivery (+ rounding) = total,
    axes derive, …

    Three statements are read side by side, an order at a time: a million orders need no more memory than one.
    """
    driver = driver_of(session)
    lines, payments = _Walk(driver.execute(_LINES)), _Walk(driver.execute(_PAYMENTS))
    looked_at, found = 0, []
    for row in driver.execute(_HEADS):
        head = Head(*row)
        found += _faults(head, Sums(*lines.of(head.id)), Booked(*payments.of(head.id)))
        looked_at += 1
    return looked_at, found


def _faults(head: Head, lines: Sums, booked: Booked) -> list[Fault]:
    found = []
    if (head.paid, head.refunded) != booked[:2] or not 0 <= head.refunded <= head.paid:
        sentence = mark("Order {number}: paid {paid}, refunded {refunded}; its ledger proves {charged} and {back}")
        facts = {"paid": head.paid, "refunded": head.refunded, "charged": booked.charged, "back": booked.back}
        found.append(fault(sentence, number=head.number, **facts))
    gross = lines.gross + head.shipping + (0 if head.prices_include_tax else head.tax_rounding)
    tax = lines.tax + head.shipping_tax + head.tax_rounding
    if (gross, tax) != (head.total, head.tax):
        sentence = mark(
            "Order {number}: lines and delivery make {gross} with {tax} tax, the order says {total} with {kept}"
        )
        found.append(fault(sentence, number=head.number, gross=gross, tax=tax, total=head.total, kept=head.tax))
    if lines.discount != head.discount:
        sentence = mark("Order {number}: its lines carry {shares} of discount, the order says {kept}")
        found.append(fault(sentence, number=head.number, shares=lines.discount, kept=head.discount))
    if not is_currency(head.currency) or {booked.least, booked.most} - {head.currency, ""}:
        sentence = mark("Order {number}: {currency} is no currency, or its payments are in another")
        found.append(fault(sentence, number=head.number, currency=head.currency))
    derived = _derived(head.total, head.paid, head.refunded, lines)
    if derived != (head.payment, head.dispatch, head.returns):
        sentence = mark("Order {number}: stands as {kept}, its ledgers say {derived}")
        kept = ", ".join((head.payment, head.dispatch, head.returns))
        found.append(fault(sentence, number=head.number, kept=kept, derived=", ".join(derived)))
    return found


def _derived(total: int, paid: int, refunded: int, lines: Sums) -> tuple[str, str, str]:
    """The axes ask for sums over lines only, so two lines stand for all: what travels, and what does not."""
    travels = axes.Counters(lines.wanted, 0, lines.packed, lines.shipped, lines.delivered, 0, 0)
    elsewise = axes.Counters(lines.elsewise, 0, 0, 0, 0, 0, 0, requires_shipping=False)
    back = axes.Counters(0, 0, 0, lines.all_shipped, 0, lines.requested, lines.returned)
    return (
        axes.payment_status(total=total, paid=paid, refunded=refunded).value,
        axes.dispatch_status((travels, elsewise)).value,
        axes.returns_status((back,)).value,
    )


CHECKS = (
    Check("orders", mark("Orders agree with their lines and payments"), ledgers_match_the_heads),
    Check(
        "order-numbers",
        mark("No order number is given twice"),
        rows_wrong("SELECT count(*) FROM orders", _NUMBERS, mark("Order number {number} is given twice")),
    ),
    Check(
        "order-taxes",
        mark("The taxes of each line make its tax"),
        rows_wrong(
            "SELECT count(*) FROM order_line",
            _OTHER_TAXES,
            mark("Order {number}, line {position}: its taxes make {taxes}, the line says {tax}"),
        ),
    ),
    Check(
        "order-promises",
        mark("Only open and held orders have units promised"),
        rows_wrong(
            "SELECT count(*) FROM allocation",
            _STILL_PROMISED,
            mark("Order {number} is {status} and still has {units} units promised"),
        ),
    ),
    Check(
        "order-holds",
        mark("Held orders have one open hold, and only they"),
        rows_wrong(
            "SELECT count(*) FROM order_hold", _OTHER_HOLDS, mark("Order {number}: its state and its hold do not agree")
        ),
    ),
    findable("order", "SELECT id FROM orders", "order-search", mark("Orders are found by the search")),
)
