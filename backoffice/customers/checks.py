"""What *Check my data* proves of customers."""

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.language import mark
from backoffice.customers import queries, tombstones
from backoffice.customers.above import COUNTED, FOLLOWERS
from backoffice.customers.merging import OWN
from backoffice.settings import queries as settings
from backoffice.store.check import Check, Fault, Result, fault, findable, rows_wrong

_EMAILS = "SELECT count(*) FROM customer_email"
_STRAYS = """
SELECT e.address AS email, e.customer_id AS customer FROM customer_email AS e
LEFT JOIN customer AS c ON c.id = e.customer_id WHERE c.id IS NULL OR c.listed = 0
"""
_CUSTOMERS = "SELECT count(*) FROM customer"
_COUNTS = f"""
SELECT c.id AS customer, c.order_count AS kept, coalesce(o.placed, 0) AS placed,
  coalesce(c.last_order_at, '–') AS kept_last, coalesce(o.last, '–') AS last FROM customer AS c LEFT JOIN
(SELECT customer_id, count(*) AS placed, max(placed_at) AS last FROM orders WHERE {COUNTED} GROUP BY customer_id) AS o
ON o.customer_id = c.id WHERE c.order_count != coalesce(o.placed, 0) OR c.last_order_at IS NOT o.last
"""
_UNLISTED = "SELECT count(*) FROM customer WHERE listed = 0"
_UNSURE = """
SELECT id AS customer FROM customer WHERE listed = 1 AND (merged_into IS NOT NULL OR erased_at IS NOT NULL)
OR listed = 0 AND merged_into IS NULL AND erased_at IS NULL
"""


def _nothing_left_over(session: Session) -> Result:
    """A merged customer keeps nothing; an erased one keeps orders, parcels and the bare consents."""
    faults: list[Fault] = []
    for follower in (*OWN, *FOLLOWERS):
        kept_by_erased = follower in FOLLOWERS or follower.table == "consent"
        left = f"""
        SELECT c.id AS customer, count(*) AS rows FROM {follower.table} AS t
        JOIN customer AS c ON c.id = t.{follower.column}
        WHERE c.listed = 0 AND {"c.erased_at IS NULL" if kept_by_erased else "1 = 1"} GROUP BY c.id
        """
        sentence = mark("Customer {customer}, merged or erased, still has {rows} rows of {table}")
        for row in session.connection().exec_driver_sql(left).mappings():
            faults.append(Fault(sentence, {**row, "table": follower.table}))
    return int(session.connection().exec_driver_sql(_UNLISTED).scalar_one()), faults


def _the_erased_stay_away(session: Session) -> Result:
    """No address or marketplace's id of a customer is one that was erased."""
    erased = queries.tombstones(session)
    if not erased:
        return 0, []
    salt = settings.profile(session).identity
    emails = session.connection().execute(sa.text("SELECT address FROM customer_email")).scalars()
    buyers = session.connection().execute(sa.text("SELECT channel, external_id FROM customer_identity"))
    values = [("email", str(address)) for address in emails]
    values += [tombstones.buyer(str(channel), str(external_id)) for channel, external_id in buyers]
    back = [value for kind, value in values if tombstones.fingerprint(salt, kind, value) in erased]
    return len(erased), [fault(mark("{value} was erased and is here again"), value=value) for value in back]


CHECKS: tuple[Check, ...] = (
    Check(
        "customer-emails",
        mark("Each e-mail address belongs to one listed customer"),
        rows_wrong(_EMAILS, _STRAYS, mark("{email} belongs to customer {customer}, who is not listed")),
    ),
    Check(
        "customer-lists",
        mark("Customers are off the list when they were merged or erased, and only then"),
        rows_wrong(_CUSTOMERS, _UNSURE, mark("Customer {customer} is on the list, or off it, by mistake")),
    ),
    Check("customer-leftovers", mark("Nothing is left with merged or erased customers"), _nothing_left_over),
    Check(
        "customer-orders",
        mark("Each customer's number of orders and last order are true"),
        rows_wrong(
            _CUSTOMERS,
            _COUNTS,
            mark("Customer {customer} says {kept} orders, the last {kept_last}; has {placed}, the last {last}"),
        ),
    ),
    Check("customer-erased", mark("Nobody who was erased has come back"), _the_erased_stay_away),
    findable(
        "customer",
        "SELECT id FROM customer WHERE listed = 1",
        "customer-search",
        mark("The search finds exactly the listed customers"),
    ),
)
