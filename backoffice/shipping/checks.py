"""What *Check my data* proves of parcels."""

import sqlalchemy as sa
from sqlmodel import Session

_COUNTS = sa.text(
    "SELECT o.number, l.position, l.packed, l.shipped, l.delivered, coalesce(s.packed, 0), coalesce(s.shipped, 0),"
    " coalesce(s.delivered, 0) FROM order_line AS l JOIN orders AS o ON o.id = l.order_id LEFT JOIN ("
    " SELECT sl.order_line_id,"
    " sum(CASE WHEN s.state IN ('packed', 'shipped', 'delivered', 'lost', 'returned_to_sender')"
    " THEN sl.quantity ELSE 0 END) AS packed,"
    " sum(CASE WHEN s.state IN ('shipped', 'delivered', 'lost', 'returned_to_sender')"
    " THEN sl.quantity ELSE 0 END) AS shipped,"
    " sum(CASE WHEN s.state = 'delivered' THEN sl.quantity ELSE 0 END) AS delivered"
    " FROM shipment_line AS sl JOIN shipment AS s ON s.id = sl.shipment_id GROUP BY sl.order_line_id"
    ") AS s ON s.order_line_id = l.id"
    " WHERE l.shipped != coalesce(s.shipped, 0) + l.shipped_elsewhere OR"
    " l.packed != coalesce(s.packed, 0) + l.shipped_elsewhere LIMIT 100"
)


def parcels_match_the_lines(session: Session) -> tuple[int, list[str]]:
    """What lines count as packed and shipped is in parcels, or left before this shop file began."""
    faults = [
        f"order {number}, line {place}: packed {packed}, shipped {shipped}; in parcels {in_packed}, {in_shipped}"
        for number, place, packed, shipped, _d, in_packed, in_shipped, _pd in session.connection().execute(_COUNTS)
    ]
    counted = session.connection().execute(sa.text("SELECT count(*) FROM shipment")).scalar_one()
    return int(counted), faults


CHECKS = (("parcels", parcels_match_the_lines),)
