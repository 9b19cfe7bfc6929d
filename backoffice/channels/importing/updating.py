"""Brings an order that came in before up to date with a file, and remembers what it was, to be put back."""

from typing import Any

from backoffice.channels.candidates import CandidateOrder
from backoffice.channels.importing import mixed_rates, new_orders, order_lines, queries
from backoffice.channels.importing.amounts import OrderSums, sums_of
from backoffice.channels.importing.differences import LINE_FIELDS, SUM_FIELDS, TEXTS, texts_of
from backoffice.channels.importing.states import is_done, states_of
from backoffice.channels.importing.taking import Taking
from backoffice.channels.importing.verdicts import Change, Verdict
from backoffice.channels.model import ImportedRecord
from backoffice.core.money import Money
from backoffice.orders import actions, counters, payments
from backoffice.orders.model import Order, OrderStatus, PaymentKind
from backoffice.orders.queries import facts
from backoffice.orders.writing import address_columns
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

_O = rows.table_of(Order).c
_MONEY = ("paid", "refunded", "payment")


def bring_up_to_date(work: UnitOfWork, taking: Taking, verdict: Verdict) -> None:
    """Applies what the verdict's changes say and nobody keeps."""
    order, order_id = verdict.found, verdict.known
    assert isinstance(order, CandidateOrder) and order_id is not None
    applied = {change.field: change for change in verdict.changes if not change.kept}
    sums = _sums(work, taking, order, lines_too=bool(applied.keys() & (LINE_FIELDS | SUM_FIELDS)))
    values = _columns(order, applied)
    before = _before(work, order_id, [*values, *_MONEY, *order_lines.SUMS])
    rows.set_values(work, Order, order_id, **values)
    if applied.keys() & (LINE_FIELDS | SUM_FIELDS):
        before["lines"] = order_lines.bring_up_to_date(work, taking, order_id, order, sums)
    _book(work, taking, order, order_id, sums)
    _bring_state_up_to_date(work, taking, order, order_id, applied)
    shown = sorted({change.field for change in verdict.changes if change.field != "evidence"})
    work.record("order.updated", order_id=order_id, fields=shown, channel=taking.channel)
    before["marks"] = list(queries.marks(work.session, [order_id])[order_id])
    record = {"kind": "order", "record_id": order_id, "made": False, "before": before}
    rows.insert(work, ImportedRecord, batch_id=taking.batch_id, **record)


def _sums(work: UnitOfWork, taking: Taking, order: CandidateOrder, *, lines_too: bool) -> OrderSums:
    rates: mixed_rates.Rates = ()
    if lines_too:
        taking.finder.find(work, order.lines)
        rates = next(iter(mixed_rates.known_rates(work.session, taking, [order])))
    shop = taking.shop
    return sums_of(order, included_by_default=shop.prices_include_tax, rounding=shop.rounding_mode, rates=rates)


def _columns(order: CandidateOrder, applied: dict[str, Change]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "fingerprint": order.fingerprint,
        "imported": new_orders.evidence(order),
        "imported_total": order.total,
    }
    if "external_id" in applied:
        values["external_id"] = order.external_id
    for prefix, address in (("ship", order.ship_to), ("bill", order.bill_to)):
        if f"{prefix}_to" in applied:
            values |= address_columns(prefix, address)
    return values | {name: said for name, said in texts_of(order).items() if name in TEXTS and name in applied}


def _before(work: UnitOfWork, order_id: int, names: list[str]) -> dict[str, Any]:
    """{"version", "status", "columns": {…}} as they are before anything is changed."""
    wanted = list(dict.fromkeys(["version", "status", *names]))
    found = dict(zip(wanted, facts.columns(work.session, order_id, wanted), strict=True))
    return {"version": found.pop("version"), "status": found.pop("status"), "columns": found}


def _book(work: UnitOfWork, taking: Taking, order: CandidateOrder, order_id: int, sums: OrderSums) -> None:
    """Payments and refunds that happened since: only what is more than the ledger holds."""
    head = facts.head(work.session, order_id)
    states = states_of(order, sums.total)
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


def _bring_state_up_to_date(
    work: UnitOfWork, taking: Taking, order: CandidateOrder, order_id: int, applied: dict[str, Change]
) -> None:
    head = counters.refresh(work, order_id)
    if "status" in applied:
        actions.cancel(work, order_id, reason=taking.channel)
    elif "dispatch" in applied:  # sent from elsewhere: held, so that nobody sends it a second time before looking
        actions.hold(work, order_id, reason=f"{taking.channel}: {order.fulfilment_status}")
    elif head.status is OrderStatus.OPEN and _nothing_travels(order) and is_done(head.dispatch, head.payment):
        actions.close(work, order_id)


def _nothing_travels(order: CandidateOrder) -> bool:
    return not any(line.requires_shipping for line in order.lines)
