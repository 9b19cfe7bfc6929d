"""A file of orders: which are new, which changed since last time, and how a changed one is brought up to date."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.channels import queries
from backoffice.channels.candidates import Candidate, CandidateOrder
from backoffice.channels.importing import new_orders
from backoffice.channels.importing.amounts import sums_of
from backoffice.channels.importing.states import left_elsewhere, paid_in, states_of
from backoffice.channels.importing.taking import Taking
from backoffice.channels.importing.verdicts import Change, Verdict, What
from backoffice.channels.model import ImportedRecord
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.orders import actions, payments
from backoffice.orders.model import DispatchStatus, Order, OrderStatus, PaymentKind
from backoffice.orders.queries import facts
from backoffice.orders.writing import address_columns
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

_O = rows.table_of(Order).c


def name_of(found: Candidate) -> str:
    """What an order is called in a preview."""
    assert isinstance(found, CandidateOrder)
    return found.external_number or found.external_id


def classify(session: Session, channel: str, orders: Sequence[CandidateOrder]) -> list[Verdict]:
    """New, changed or unchanged, a query for a thousand; a changed one with its differences."""
    known = queries.known_orders(session, channel, [new_orders.external_id(order) for order in orders])
    verdicts = []
    for order in orders:
        before = known.get(new_orders.external_id(order))
        if before is None:
            verdicts.append(Verdict(What.NEW, order))
        elif before.fingerprint == order.fingerprint:
            verdicts.append(Verdict(What.UNCHANGED, order, before.id))
        else:
            changes = tuple(_differences(session, before, order))
            verdicts.append(Verdict(What.CHANGED, order, before.id, changes))
    return verdicts


def apply(work: UnitOfWork, taking: Taking, verdicts: Sequence[Verdict]) -> None:
    """Writes the new ones and brings the changed ones up to date."""
    new = [verdict.found for verdict in verdicts if verdict.what is What.NEW]
    new_orders.write(work, taking, [order for order in new if isinstance(order, CandidateOrder)])
    for verdict in verdicts:
        if verdict.what is What.CHANGED:
            _update(work, taking, verdict)


def _differences(session: Session, before: queries.KnownOrder, order: CandidateOrder) -> list[Change]:
    """What the file has otherwise. Where the owner edited the order by hand, address and notes stay the owner's."""
    kept = session.get(Order, before.id)
    assert kept is not None
    changes = []
    address = facts.address(kept, "ship")
    if order.ship_to != address:
        changes.append(Change("ship_to", address, order.ship_to, kept=before.touched_by_hand))
    if order.notes != kept.notes:
        changes.append(Change("notes", kept.notes, order.notes, kept=before.touched_by_hand))
    total = order.total if order.total is not None else kept.total
    if total != kept.imported_total:
        changes.append(Change("total", kept.imported_total, total))
    paid = paid_in(order, kept.total)
    if paid > kept.paid:
        changes.append(Change("paid", kept.paid, paid))
    if order.refunded is not None and order.refunded > kept.refunded:
        changes.append(Change("refunded", kept.refunded, order.refunded))
    if order.cancelled_at is not None and kept.status is not OrderStatus.CANCELLED:
        changes.append(Change("status", kept.status, OrderStatus.CANCELLED, kept=kept.dispatch != "unfulfilled"))
    elif left_elsewhere(order) and kept.imported.get("fulfilment_status") != order.fulfilment_status:
        here = kept.status is not OrderStatus.OPEN or kept.dispatch is not DispatchStatus.UNFULFILLED
        changes.append(Change("dispatch", kept.dispatch, order.fulfilment_status, kept=here))
    if new_orders.evidence(order) != kept.imported:
        changes.append(Change("evidence", kept.imported, new_orders.evidence(order)))
    return changes


def _update(work: UnitOfWork, taking: Taking, verdict: Verdict) -> None:
    order, order_id = verdict.found, verdict.known
    assert isinstance(order, CandidateOrder) and order_id is not None
    applied = {change.field: change for change in verdict.changes if not change.kept}
    values = _columns(order, applied)
    moved = bool({"status", "dispatch"} & applied.keys())
    before = _values_before(work, order_id, [*values, "status"] if moved else list(values))
    rows.change(work, Order, sa.update(Order).where(_O.id == order_id).values(**values))
    record = {"kind": "order", "record_id": order_id, "made": False, "before": before}
    rows.insert(work, ImportedRecord, batch_id=taking.batch_id, **record)
    _book(work, taking, order, order_id)
    if "status" in applied:
        actions.cancel(work, order_id, reason=taking.channel)
    if "dispatch" in applied:  # sent from elsewhere: held, so that nobody sends it a second time before looking
        actions.hold(work, order_id, reason=f"{taking.channel}: {order.fulfilment_status}")
    shown = sorted(change.field for change in verdict.changes if change.field != "evidence")
    work.record("order.updated", order_id=order_id, fields=shown, channel=taking.channel)


def _columns(order: CandidateOrder, applied: dict[str, Change]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "fingerprint": order.fingerprint,
        "imported": new_orders.evidence(order),
        "imported_total": order.total,
    }
    if "ship_to" in applied and isinstance(order.ship_to, PostalAddress):
        values |= address_columns("ship", order.ship_to)
    if "notes" in applied:
        values["notes"] = order.notes
    return values


def _values_before(work: UnitOfWork, order_id: int, names: list[str]) -> dict[str, Any]:
    found = facts.columns(work.session, order_id, names)
    return dict(zip(names, found, strict=True))


def _book(work: UnitOfWork, taking: Taking, order: CandidateOrder, order_id: int) -> None:
    """Payments and refunds that happened since: only what is more than the ledger holds."""
    head = facts.head(work.session, order_id)
    shop = taking.shop
    total = sums_of(order, included_by_default=shop.prices_include_tax, rounding=shop.rounding_mode).total
    states = states_of(order, total)
    if states.paid > head.paid:
        more = Money(states.paid - head.paid, head.currency)
        _pay(work, taking, order, order_id, more, PaymentKind.CHARGE)
    if states.refunded > head.refunded:
        more = Money(states.refunded - head.refunded, head.currency)
        _pay(work, taking, order, order_id, more, PaymentKind.REFUND)


def _pay(
    work: UnitOfWork, taking: Taking, order: CandidateOrder, order_id: int, amount: Money, kind: PaymentKind
) -> None:
    """One row of the ledger, as the file tells it."""
    payments.record_payment(
        work,
        order_id,
        amount,
        kind=kind,
        at=order.paid_at if kind is PaymentKind.CHARGE else None,
        method=order.payment_method,
        reference=order.payment_reference,
        batch_id=taking.batch_id,
    )
