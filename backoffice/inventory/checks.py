"""What *Check my data* proves of stock."""

from sqlmodel import Session

from backoffice.core.language import mark
from backoffice.inventory import queries, verify
from backoffice.store.check import Check, Result, fault, findable, rows_wrong

_TOO_MUCH = """
SELECT sku, committed, sellable FROM product AS p WHERE committed > sellable AND backorder = 0
AND committed - sellable > (SELECT coalesce(sum(l.packed - l.shipped), 0) FROM allocation AS a
  JOIN order_line AS l ON l.id = a.order_line_id WHERE a.product_id = p.id) ORDER BY id
"""
_OTHER_LINES = """
SELECT a.reference AS number, a.quantity AS units, coalesce(l.allocated, 0) AS kept FROM allocation AS a
LEFT JOIN order_line AS l ON l.id = a.order_line_id
WHERE l.id IS NULL OR l.allocated != a.quantity OR l.product_id IS NOT a.product_id
UNION ALL SELECT o.number, l.packed - l.shipped, l.allocated FROM order_line AS l JOIN orders AS o ON o.id = l.order_id
WHERE l.product_id IS NOT NULL AND l.packed - l.shipped > l.allocated
UNION ALL SELECT o.number, 0, l.allocated FROM order_line AS l JOIN orders AS o ON o.id = l.order_id
LEFT JOIN allocation AS a ON a.order_line_id = l.id WHERE l.allocated > 0 AND a.id IS NULL
"""


def counters_match_the_ledger(session: Session) -> Result:
    """On hand per bucket is the sum of its moves; committed is the sum of open promises."""
    sentence = mark("Product {product}: {counter} is {kept}, its ledger proves {proven}")
    faults = [
        fault(sentence, product=found.product_id, counter=found.counter, kept=found.kept, proven=found.proven)
        for found in verify.differences(session)
    ]
    return len(queries.counters(session)), faults


CHECKS = (
    Check("stock-ledger", mark("Stock is the sum of its moves"), counters_match_the_ledger),
    Check(
        "stock-promised-once",
        mark("Nothing is promised twice"),
        rows_wrong("SELECT count(*) FROM product", _TOO_MUCH, mark("{sku}: {committed} promised, {sellable} there")),
    ),
    Check(
        "stock-promises",
        mark("Promises belong to order lines"),
        rows_wrong(
            "SELECT count(*) FROM allocation",
            _OTHER_LINES,
            mark("Order {number}: {units} units promised, its line says {kept}"),
        ),
    ),
    findable("product", "SELECT id FROM product", "product-search", mark("Products are found by the search")),
)
