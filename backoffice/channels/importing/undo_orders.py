"""Takes an import's orders and customers away again, their stock and money with them."""

from collections.abc import Sequence
from typing import Any, Protocol

import sqlalchemy as sa

from backoffice.channels import queries
from backoffice.channels.importing import learning, order_lines
from backoffice.channels.importing import queries as reads
from backoffice.channels.importing.queries import Reason
from backoffice.channels.model import ImportedRecord
from backoffice.customers.counting import order_withdrawn
from backoffice.customers.model import Customer
from backoffice.inventory import ledger
from backoffice.orders import actions, counters
from backoffice.orders.model import Order, OrderStatus
from backoffice.orders.queries import facts
from backoffice.store import ledgers, rows, search
from backoffice.store.unit_of_work import UnitOfWork

_O = rows.table_of(Order).c
_R = rows.table_of(ImportedRecord).c
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

    def keep(self, name: str, why: Reason) -> None:
        """A record stays."""


def take_away(work: UnitOfWork, batch_id: int, order_ids: list[int], undone: Tells) -> None:
    """Orders this batch made go, those it changed get their old values back, unless somebody touched them since."""
    records = reads.mine(work.session, batch_id, "order", order_ids)
    stays = _stays(work, batch_id, records)
    for order_id in order_ids:
        if not queries.exists(work.session, Order, order_id):
            continue
        made, before = records[order_id]
        head = facts.head(work.session, order_id)
        if order_id in stays:
            undone.keep(head.number, stays[order_id])
            continue
        if made:
            _delete(work, batch_id, head)
            undone.gone += 1
        else:
            _put_back(work, batch_id, order_id, before)
            undone.put_back += 1
        forget_record(work, batch_id, "order", order_id)
    work.touch("orders")


def _stays(work: UnitOfWork, batch_id: int, records: dict[int, tuple[bool, dict[str, Any]]]) -> dict[int, Reason]:
    """Of these orders of the batch those that stay as they are, and why."""
    made = [order_id for order_id, (is_made, _before) in records.items() if is_made]
    now = reads.marks(work.session, list(records))
    changed = {
        order_id: Reason("worked-on", {})
        for order_id, (is_made, before) in records.items()
        if not is_made and order_id in now and list(now[order_id]) != before.get("marks")
    }
    later = reads.later_imports(work.session, batch_id, list(records))
    return changed | reads.worked_on(work.session, batch_id, made) | later


def forget_record(work: UnitOfWork, batch_id: int, kind: str, record_id: int) -> None:
    """What the batch did to this record is undone: going on after a cut does not do it again."""
    this = sa.and_(_R.batch_id == batch_id, _R.kind == kind, _R.record_id == record_id)
    rows.change(work, ImportedRecord, sa.delete(ImportedRecord).where(this))


def take_customers_away(work: UnitOfWork, batch_id: int, customer_ids: list[int], undone: Tells) -> None:
    """Customers this batch made go unless they ordered, called or were merged since."""
    busy = queries.touched_customers(work.session, customer_ids)
    with ledgers.undoing(work.session, batch_id):
        for customer_id in customer_ids:
            if not queries.exists(work.session, Customer, customer_id):
                continue
            if customer_id in busy:
                undone.keep(queries.customer_name(work.session, customer_id), Reason("customer-in-use", {}))
                continue
            _run(work, _GOES_WITH_A_CUSTOMER, customer_id)
            search.forget(work.session, kind="customer", record_id=customer_id)
            forget_record(work, batch_id, "customer", customer_id)
            undone.gone += 1
    work.touch("customers")


def forget_what_was_learnt(work: UnitOfWork, batch_id: int, customer_ids: list[int], undone: Tells) -> None:
    """Phones and addresses that the file added to customers known before go again."""
    records = reads.mine(work.session, batch_id, "learnt", customer_ids)
    for customer_id in customer_ids:
        if queries.exists(work.session, Customer, customer_id) and records[customer_id][1]:
            learning.forget(work, customer_id, records[customer_id][1])
        forget_record(work, batch_id, "learnt", customer_id)
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
    """The order as it was before the batch: nobody touched it since, so its payments of the batch simply go."""
    columns, status = before["columns"], facts.head(work.session, order_id).status
    with ledgers.undoing(work.session, batch_id):
        _run(work, ("DELETE FROM payment WHERE order_id = ? AND batch_id = ?",), order_id, batch_id)
    if status is not OrderStatus(before["status"]):
        back = {OrderStatus.CANCELLED: actions.uncancel, OrderStatus.ON_HOLD: actions.release_hold}
        back.get(status, actions.reopen)(work, order_id)
    if "lines" in before:
        order_lines.put_back(work, order_id, before["lines"], {name: columns[name] for name in order_lines.SUMS})
    rows.set_values(work, Order, order_id, **columns)
    counters.refresh(work, order_id)
    work.record("order.update-undone", order_id=order_id)
    _tell_the_record_before(work, batch_id, order_id, before["version"])


def _tell_the_record_before(work: UnitOfWork, batch_id: int, order_id: int, version: int) -> None:
    """Versions only grow: the import before this one learns which one is its own now, if nobody came between."""
    found = reads.record_before(work.session, batch_id, order_id)
    if found is None:
        return
    record_id, kept = found
    now = facts.head(work.session, order_id).version
    marks = kept.get("marks")
    if (marks[0] if marks else kept.get("version", 1)) != version:
        return
    told = kept | ({"marks": [now, *marks[1:]]} if marks else {"version": now})
    rows.change(work, ImportedRecord, sa.update(ImportedRecord).where(_R.id == record_id).values(before=told))


def _run(work: UnitOfWork, statements: Sequence[str], *parameters: int) -> None:
    connection = work.session.connection()
    for statement in statements:
        connection.exec_driver_sql(statement, parameters)
