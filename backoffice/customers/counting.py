"""Keeps each customer's number of orders beside the customer, in the transaction that places or withdraws one."""

from datetime import datetime

import sqlalchemy as sa

from backoffice.customers.model import Customer
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

_C = rows.table_of(Customer).c
_THIS = _C.id == sa.bindparam("customer")
_AT = sa.bindparam("placed", type_=_C.last_order_at.type)
_ONE_MORE = (
    sa.update(Customer)
    .where(_THIS)
    .values(
        order_count=_C.order_count + 1, last_order_at=sa.case((_C.last_order_at > _AT, _C.last_order_at), else_=_AT)
    )
)
_ONE_LESS = sa.update(Customer).where(_THIS, _C.order_count > 0).values(order_count=_C.order_count - 1)


def order_placed(work: UnitOfWork, customer_id: int, placed_at: datetime) -> None:
    """Counts one more order of this customer."""
    rows.change(work, Customer, _ONE_MORE, customer=customer_id, placed=placed_at)


def orders_placed(work: UnitOfWork, placed: list[tuple[int, datetime]]) -> None:
    """Counts many new orders at once: (customer, moment) of each."""
    if placed:
        work.touch("customers")
        values = [{"customer": customer_id, "placed": at} for customer_id, at in placed]
        work.session.connection().execute(_ONE_MORE, values)


def order_withdrawn(work: UnitOfWork, customer_id: int) -> None:
    """Counts one order less: it was cancelled or its import undone."""
    rows.change(work, Customer, _ONE_LESS, customer=customer_id)
