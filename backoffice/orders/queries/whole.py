"""One order whole: head, amounts, lines, payments, holds, and who bought."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.customers.model import Customer, CustomerEmail
from backoffice.orders import axes
from backoffice.orders.model import Hold, Order, OrderLine, OrderStatus, Payment, PaymentKind
from backoffice.orders.queries import lists
from backoffice.orders.queries.facts import address
from backoffice.store import rows
from backoffice.store.prepared import Prepared


@dataclass(frozen=True, slots=True)
class WholeLine:
    """A line with its counters; amounts in the order's currency."""

    id: int
    product_id: int | None
    sku: str
    name: str
    options: str
    ordered: int
    unit_price: Money
    discount: Money
    gross: Money
    tax: Money
    taxes: list[dict[str, Any]]
    requires_shipping: bool
    allocated: int
    packed: int
    shipped: int
    delivered: int
    cancelled: int
    returned: int

    @property
    def short(self) -> int:
        """Units for which there is no stock."""
        if not self.requires_shipping or self.product_id is None:
            return 0
        return self.ordered - self.cancelled - self.shipped - self.allocated


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A row of the payment ledger."""

    id: int
    at: datetime
    kind: PaymentKind
    amount: Money
    method: str
    reference: str
    reverses_id: int | None


@dataclass(frozen=True, slots=True)
class HoldRow:
    """Why and until when an order waits or waited."""

    reason: str
    since: datetime
    until: date | None
    released_at: datetime | None


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who bought."""

    id: int
    name: str
    emails: list[str]
    language: str
    orders_before: int


@dataclass(frozen=True, slots=True)
class WholeOrder:
    """Everything about one order but its parcels and its history."""

    row: lists.OrderRow
    external_id: str | None
    version: int
    tax: Money
    tax_rounding: Money
    """What rounding tax once per document did to it, against rounding each line."""
    shipping: Money
    discount: Money
    total: Money
    paid: Money
    refunded: Money
    imported_total: Money | None
    prices_include_tax: bool
    buyer: Buyer | None
    email: str
    phone: str
    ship_to: PostalAddress
    bill_to: PostalAddress
    delivery_option_id: int | None
    delivery_name: str
    promised_delivery: date | None
    notes: str
    gift_message: str
    tags: list[str]
    source: dict[str, str]
    imported: dict[str, Any]
    cancel_reason: str
    lines: list[WholeLine]
    """By position; lines that an edit took away are not among them."""
    payments: list[PaymentRow]
    holds: list[HoldRow]

    @property
    def rounding(self) -> Money:
        """The rounding line of the total: lines' gross + shipping + this = total; 0 where prices include tax."""
        return Money.zero(self.total.currency) if self.prices_include_tax else self.tax_rounding

    @property
    def difference(self) -> Money | None:
        """What the file's total has more than our own sum; none where no file named one."""
        return None if self.imported_total is None else self.imported_total - self.total

    @property
    def to_pay(self) -> Money:
        """What is still to be paid; below zero: to be given back."""
        cancelled = self.row.status is OrderStatus.CANCELLED
        amounts = {"total": self.total.minor, "paid": self.paid.minor, "refunded": self.refunded.minor}
        return Money(axes.to_pay(**amounts, cancelled=cancelled), self.total.currency)


def order(session: Session, order_id: int) -> WholeOrder:
    """One order whole. Refuses `orders.unknown`."""
    found = session.get(Order, order_id)
    if found is None:
        raise Refused("orders.unknown", number=order_id)
    row = lists.rows_of(session, [order_id])[0]

    def money(minor: int) -> Money:
        return Money(minor, found.currency)

    return WholeOrder(
        row=row,
        tax=money(found.tax),
        tax_rounding=money(found.tax_rounding),
        shipping=money(found.shipping),
        discount=money(found.discount),
        total=money(found.total),
        paid=money(found.paid),
        refunded=money(found.refunded),
        imported_total=None if found.imported_total is None else money(found.imported_total),
        buyer=_buyer(session, row),
        phone=found.ship_phone,
        ship_to=address(found, "ship"),
        bill_to=address(found, "bill"),
        lines=_lines(session, found),
        payments=_payments(session, found),
        holds=_holds(session, order_id),
        **{name: getattr(found, name) for name in _AS_THEY_ARE},
    )


_AS_THEY_ARE = (
    "external_id",
    "version",
    "prices_include_tax",
    "email",
    "delivery_option_id",
    "delivery_name",
    "promised_delivery",
    "notes",
    "gift_message",
    "tags",
    "source",
    "imported",
    "cancel_reason",
)
_AMOUNTS = ("unit_price", "discount", "gross", "tax")
_PLAIN = (
    "id",
    "product_id",
    "sku",
    "name",
    "options",
    "ordered",
    "taxes",
    "requires_shipping",
    "allocated",
    "packed",
    "shipped",
    "delivered",
    "cancelled",
    "returned",
)

_L = rows.table_of(OrderLine).c
_LINES = Prepared(
    sa.select(*(_L[name] for name in (*_AMOUNTS, *_PLAIN)))
    .where(_L.order_id == sa.bindparam("order"), _L.ordered > 0)
    .order_by(_L.position)
)


def _lines(session: Session, order: Order) -> list[WholeLine]:
    made = []
    for row in _LINES.all(session, order=order.id):
        values: dict[str, Any] = dict(zip(_PLAIN, row[len(_AMOUNTS) :], strict=True))
        values |= {name: Money(minor, order.currency) for name, minor in zip(_AMOUNTS, row, strict=False)}
        made.append(WholeLine(**values))
    return made


def _payments(session: Session, order: Order) -> list[PaymentRow]:
    found = select(Payment).where(Payment.order_id == order.id).order_by(col(Payment.id))
    return [
        PaymentRow(
            id=row.id or 0,
            at=row.at,
            kind=row.kind,
            amount=Money(row.amount, row.currency),
            method=row.method,
            reference=row.reference,
            reverses_id=row.reverses_id,
        )
        for row in session.exec(found)
    ]


def _holds(session: Session, order_id: int) -> list[HoldRow]:
    found = select(Hold).where(Hold.order_id == order_id).order_by(col(Hold.id))
    return [HoldRow(hold.reason, hold.since, hold.until, hold.released_at) for hold in session.exec(found)]


def _buyer(session: Session, row: lists.OrderRow) -> Buyer | None:
    if row.customer_id is None:
        return None
    customer = session.get(Customer, row.customer_id)
    assert customer is not None
    emails = session.exec(select(CustomerEmail.address).where(CustomerEmail.customer_id == row.customer_id)).all()
    return Buyer(row.customer_id, customer.name, list(emails), customer.language, row.earlier)
