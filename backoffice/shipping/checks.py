"""What *Check my data* proves of parcels."""

from backoffice.core.language import mark
from backoffice.store.check import Check, findable, rows_wrong

_OTHER_COUNTS = """
SELECT o.number, l.position, l.packed, l.shipped, coalesce(s.packed, 0) AS in_packed,
  coalesce(s.shipped, 0) AS in_shipped
FROM order_line AS l JOIN orders AS o ON o.id = l.order_id LEFT JOIN (
  SELECT sl.order_line_id,
    sum(CASE WHEN s.state IN ('packed', 'shipped', 'delivered', 'lost', 'returned_to_sender')
      THEN sl.quantity ELSE 0 END) AS packed,
    sum(CASE WHEN s.state IN ('shipped', 'delivered', 'lost', 'returned_to_sender')
      THEN sl.quantity ELSE 0 END) AS shipped,
    sum(CASE WHEN s.state = 'delivered' THEN sl.quantity ELSE 0 END) AS delivered
  FROM shipment_line AS sl JOIN shipment AS s ON s.id = sl.shipment_id GROUP BY sl.order_line_id
) AS s ON s.order_line_id = l.id
WHERE l.shipped != coalesce(s.shipped, 0) + l.shipped_elsewhere
  OR l.packed != coalesce(s.packed, 0) + l.shipped_elsewhere OR l.delivered != coalesce(s.delivered, 0)
"""

CHECKS = (
    Check(
        "parcels",
        mark("What orders count as packed and dispatched is in parcels"),
        rows_wrong(
            "SELECT count(*) FROM shipment",
            _OTHER_COUNTS,
            mark(
                "Order {number}, line {position}: {packed} packed and {shipped} dispatched,"
                " in parcels {in_packed} and {in_shipped}"
            ),
        ),
    ),
    findable("shipment", "SELECT id FROM shipment", "parcel-search", mark("Parcels are found by the search")),
)
