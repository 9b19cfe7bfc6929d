"""Keeps each customer's number of orders beside the customer, in the transaction that places or withdraws one."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from backoffice.customers.above import COUNTED
from backoffice.customers.model import Customer
from backoffice.store import rows
from backoffice.store.prepared import Prepared
from backoffice.store.unit_of_work import UnitOfWork

_C = rows.table_of(Customer).c
_THIS = _C.id == sa.bindparam("customer")
_AT = sa.bindparam("placed", type_=_C.last_order_at.type)
_ONE_MORE = Prepared(
    sa.update(Customer)
    .where(_THIS)
    .values(
        order_count=_C.order_count + 1, last_order_at=sa.case((_C.last_order_at > _AT, _C.last_order_at), else_=_AT)
    )
)
_MORE = """
UPDATE customer SET order_count = order_count + ?1,
  last_order_at = iif(last_order_at > ?2, last_order_at, ?2) WHERE id = ?3
"""
_LAST = f"(SELECT max(placed_at) FROM orders WHERE customer_id = customer.id AND {COUNTED})"
_ONE_LESS = Prepared(
    sa.update(Customer)
    .where(_THIS, _C.order_count > 0)
    .values(order_count=_C.order_count - 1, last_order_at=sa.text(_LAST))
)


def order_placed(work: UnitOfWork, customer_id: int, placed_at: datetime) -> None:
    """Counts one more order of this customer."""
    rows.change(work, Customer, _ONE_MORE, customer=customer_id, placed=placed_at)


def orders_placed(work: UnitOfWork, placed: Iterable[tuple[int, datetime]]) -> None:
    """Counts many new orders at once: (customer, moment) of each."""
    counted: dict[int, tuple[int, datetime]] = {}
    for customer_id, at in placed:
        orders, last = counted.get(customer_id, (0, at))
        counted[customer_id] = (orders + 1, max(last, at))
    if counted:
        work.touch("customers")
        values = [(orders, rows.moment_text(last), one) for one, (orders, last) in sorted(counted.items())]
        work.session.connection().exec_driver_sql(_MORE, values)


def order_withdrawn(work: UnitOfWork, customer_id: int) -> None:
    """Counts one order less, which does not count (any more): it was cancelled, or its import undone."""
    rows.change(work, Customer, _ONE_LESS, customer=customer_id)
