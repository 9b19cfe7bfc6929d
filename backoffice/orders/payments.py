"""The payment ledger: charges, refunds, fees and chargebacks are written once and only ever reversed."""

from datetime import datetime

import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.orders import counters
from backoffice.orders.drafts import LARGEST_AMOUNT
from backoffice.orders.model import Order, Payment, PaymentKind
from backoffice.orders.queries import facts
from backoffice.store import rows
from backoffice.store.prepared import Prepared
from backoffice.store.unit_of_work import UnitOfWork

_O = rows.table_of(Order).c
_AMOUNT = sa.bindparam("amount", type_=sa.BigInteger)
_THIS = _O.id == sa.bindparam("order")
_PAID = Prepared(sa.update(Order).where(_THIS, _O.paid + _AMOUNT >= _O.refunded).values(paid=_O.paid + _AMOUNT))
_REFUNDED = Prepared(
    sa.update(Order)
    .where(_THIS, _O.refunded + _AMOUNT <= _O.paid, _O.refunded + _AMOUNT >= 0)
    .values(refunded=_O.refunded + _AMOUNT)
)
_CHANGES = {
    PaymentKind.CHARGE: (_PAID, "orders.refunded-already"),
    PaymentKind.REFUND: (_REFUNDED, "orders.refund-too-high"),
    PaymentKind.CHARGEBACK: (_REFUNDED, "orders.refund-too-high"),
}


def record_payment(
    work: UnitOfWork,
    order_id: int,
    amount: Money,
    *,
    kind: PaymentKind = PaymentKind.CHARGE,
    at: datetime | None = None,
    method: str = "",
    reference: str = "",
    batch_id: int | None = None,
) -> int:
    """Writes one row of the ledger and derives the payment axis; the row's id. A fee changes no balance.

    Refuses `orders.bad-amount`, `orders.amount-too-large`, `orders.other-currency`, and `orders.refund-too-high` for
    more than is left of what was paid.
    """
    head = facts.head(work.session, order_id)
    if amount.minor <= 0 or kind is PaymentKind.REVERSAL:
        raise Refused("orders.bad-amount")
    if amount.minor > LARGEST_AMOUNT:
        raise Refused("orders.amount-too-large")
    if amount.currency != head.currency:
        raise Refused("orders.other-currency", currency=amount.currency, order=head.currency)
    _book(work, head, kind, amount.minor)
    payment_id = rows.insert(
        work,
        Payment,
        order_id=order_id,
        at=at or work.now,
        kind=kind,
        amount=amount.minor,
        currency=amount.currency,
        method=method,
        reference=reference,
        batch_id=batch_id,
    )
    counters.refresh(work, order_id)
    work.record(f"order.{kind}", order_id=order_id, customer_id=head.customer_id, amount=amount, method=method)
    return payment_id


def reverse_payment(work: UnitOfWork, payment_id: int) -> int:
    """The counter-entry of a wrong row; its id. Refuses `orders.reversed-already` and what the balance forbids."""
    wrong = work.get(Payment, payment_id)
    if wrong.kind is PaymentKind.REVERSAL or facts.is_reversed(work.session, payment_id):
        raise Refused("orders.reversed-already")
    head = facts.head(work.session, wrong.order_id)
    _book(work, head, wrong.kind, -wrong.amount)
    reversal = rows.insert(
        work,
        Payment,
        order_id=wrong.order_id,
        at=work.now,
        kind=PaymentKind.REVERSAL,
        amount=wrong.amount,
        currency=wrong.currency,
        method=wrong.method,
        reference=wrong.reference,
        reverses_id=payment_id,
    )
    counters.refresh(work, wrong.order_id)
    work.record(
        "order.payment-reversed",
        order_id=wrong.order_id,
        customer_id=head.customer_id,
        amount=Money(wrong.amount, wrong.currency),
    )
    return reversal


def _book(work: UnitOfWork, head: facts.Head, kind: PaymentKind, amount: int) -> None:
    if kind not in _CHANGES:
        return
    statement, code = _CHANGES[kind]
    left = Money(head.paid - head.refunded, head.currency)
    refusal = Refused(code, number=head.number, left=left)
    rows.change_one(work, Order, statement, refusal, order=head.id, amount=amount)
