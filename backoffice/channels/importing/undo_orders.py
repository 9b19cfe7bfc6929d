"""Takes an import's orders and customers away again, their stock and money with them."""

from collections.abc import Sequence
from typing import Any, Protocol

import sqlalchemy as sa

from backoffice.channels import queries
from backoffice.customers.counting import order_withdrawn
from backoffice.customers.model import Customer
from backoffice.inventory import ledger
from backoffice.orders import actions, counters, payments
from backoffice.orders.model import Order, OrderStatus
from backoffice.orders.queries import facts
from backoffice.store import ledgers, rows, search
from backoffice.store.unit_of_work import UnitOfWork

_O = rows.table_of(Order).c
_GOES_WITH_AN_ORDER = (
    "DELETE FROM payment WHERE order_id = ?",
    "DELETE FROM order_hold WHERE order_id = ?",
    "DELETE FROM order_line WHERE order_id = ?",
    "DELETE FROM orders WHERE id = ?",
)
_GOES_WITH_A_CUSTOMER = (
    "DELETE FROM consent WHERE customer_id = ?",
    "DELETE FROM customer_email WHERE customer_id = ?",
    "DELETE FROM customer_phone WHERE customer_id = ?",
    "DELETE FROM customer_address WHERE customer_id = ?",
    "DELETE FROM customer_identity WHERE customer_id = ?",
    "DELETE FROM customer WHERE id = ?",
)


class Tells(Protocol):
    """Where an undo notes what it did."""

    gone: int
    put_back: int
    kept: list[str]


def take_away(work: UnitOfWork, batch_id: int, order_ids: list[int], undone: Tells) -> None:
    """Orders this batch made go unless somebody touched them; those it changed get their old values back."""
    touched = queries.touched_orders(work.session, batch_id, order_ids)
    records = {record: (made, before) for record, made, before in queries.records_of(work.session, batch_id, "order")}
    for order_id in order_ids:
        if not queries.exists(work.session, Order, order_id):
            continue
        made, before = records[order_id]
        head = facts.head(work.session, order_id)
        if not made:
            _put_back(work, batch_id, order_id, before)
            undone.put_back += 1
        elif order_id in touched:
            undone.kept.append(head.number)
        else:
            _delete(work, batch_id, head)
            undone.gone += 1
    work.touch("orders")


def take_customers_away(work: UnitOfWork, batch_id: int, customer_ids: list[int], undone: Tells) -> None:
    """Customers this batch made go unless they ordered, called or were merged since."""
    busy = queries.touched_customers(work.session, customer_ids)
    with ledgers.undoing(work.session, batch_id):
        for customer_id in customer_ids:
            if not queries.exists(work.session, Customer, customer_id):
                continue
            if customer_id in busy:
                undone.kept.append(queries.customer_name(work.session, customer_id))
                continue
            _run(work, _GOES_WITH_A_CUSTOMER, customer_id)
            search.forget(work.session, kind="customer", record_id=customer_id)
            undone.gone += 1
    work.touch("customers")


def _delete(work: UnitOfWork, batch_id: int, head: facts.Head) -> None:
    for line in facts.lines(work.session, head.id):
        if line.allocated and line.product_id is not None:
            counters.count(work, line.id, "allocated", -line.allocated)
            ledger.release(work, line_id=line.id, product_id=line.product_id, quantity=line.allocated)
    with ledgers.undoing(work.session, batch_id):
        _run(work, _GOES_WITH_AN_ORDER, head.id)
    search.forget(work.session, kind="order", record_id=head.id)
    if head.customer_id is not None and head.status is not OrderStatus.CANCELLED:
        order_withdrawn(work, head.customer_id)


def _put_back(work: UnitOfWork, batch_id: int, order_id: int, before: dict[str, Any]) -> None:
    """Money that the import booked is reversed by counter-entries; its history stays."""
    for payment_id in queries.payments_of_batch(work.session, batch_id, order_id):
        payments.reverse_payment(work, payment_id)
    status = facts.head(work.session, order_id).status
    if before.get("status") and status is OrderStatus.CANCELLED:
        actions.uncancel(work, order_id)
    elif before.get("status") == OrderStatus.OPEN and status is OrderStatus.ON_HOLD:
        actions.release_hold(work, order_id)
    values = {name: value for name, value in before.items() if name != "status"}
    rows.change(work, Order, sa.update(Order).where(_O.id == order_id).values(**values))
    counters.refresh(work, order_id)
    work.record("order.update-undone", order_id=order_id)


def _run(work: UnitOfWork, statements: Sequence[str], record_id: int) -> None:
    connection = work.session.connection()
    for statement in statements:
        connection.exec_driver_sql(statement, (record_id,))
