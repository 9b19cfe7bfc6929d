"""What a person or a channel says about a new order, before it is one."""

from dataclasses import dataclass, field
from datetime import date, datetime

from backoffice.core.faults import Fault
from backoffice.core.money import is_currency
from backoffice.core.postal import PostalAddress
from backoffice.settings.rates import is_tax_rate

MOST_UNITS = 1_000_000
LARGEST_AMOUNT = 10**12
"""Minor units; what a database and a sum of a thousand lines hold with ease."""
YEARS = range(1900, 2101)
"""In which an order may have been placed: what lies outside is a slip, and no calendar reaches it."""


@dataclass(frozen=True, slots=True)
class LineDraft:
    """One line to be: `product_id`, or a free text with its own price. Amounts in minor units of the order's currency.

    `amount` is the line's total and wins over price × quantity where a file names it. `rates` are fractions in
    decimal text with their names; None means the product's own or the shop's usual rate.
    """

    quantity: int
    product_id: int | None = None
    sku: str = ""
    name: str = ""
    unit_price: int | None = None
    discount: int = 0
    amount: int | None = None
    rates: tuple[tuple[str, str], ...] | None = None
    requires_shipping: bool = True
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order to be. Amounts in minor units of `currency` (empty: the shop's)."""

    lines: tuple[LineDraft, ...]
    customer_id: int | None = None
    currency: str = ""
    placed_at: datetime | None = None
    ship_to: PostalAddress = field(default_factory=PostalAddress)
    bill_to: PostalAddress | None = None
    email: str = ""
    phone: str = ""
    delivery_option_id: int | None = None
    shipping: int | None = None
    """None: by the delivery option's price rules."""
    discount: int = 0
    prices_include_tax: bool | None = None
    promised_dispatch: date | None = None
    notes: str = ""
    gift_message: str = ""
    tags: tuple[str, ...] = ()
    source: dict[str, str] = field(default_factory=dict)
    as_draft: bool = False

    def faults(self) -> list[Fault]:
        """What keeps this from being an order, field by field; empty when nothing does."""
        found = [] if self.lines else [Fault("lines", "orders.no-lines")]
        for place, line in enumerate(self.lines, start=1):
            found.extend(_line_faults(place, line))
        for name, amount in (("discount", self.discount), ("shipping", self.shipping or 0)):
            if amount < 0:
                found.append(Fault(name, "orders.negative-amount"))
            elif amount > LARGEST_AMOUNT:
                found.append(Fault(name, "orders.amount-too-large"))
        if self.currency and not is_currency(self.currency):
            found.append(Fault("currency", "orders.unknown-currency", {"currency": self.currency[:10]}))
        if self.placed_at is not None and self.placed_at.year not in YEARS:
            found.append(Fault("placed_at", "orders.bad-day", {"day": self.placed_at.date()}))
        return found


def _line_faults(place: int, line: LineDraft) -> list[Fault]:
    where = f"lines.{place}"
    found = []
    if not 0 < line.quantity <= MOST_UNITS:
        found.append(Fault(where, "orders.bad-quantity", {"line": place, "quantity": line.quantity}))
    if line.product_id is None and not (line.name.strip() or line.sku.strip()):
        found.append(Fault(where, "orders.nameless-line", {"line": place}))
    if min(line.unit_price or 0, line.discount, line.amount or 0) < 0:
        found.append(Fault(where, "orders.negative-amount", {"line": place}))
    if max(line.discount, line.amount or 0, (line.unit_price or 0) * max(line.quantity, 1)) > LARGEST_AMOUNT:
        found.append(Fault(where, "orders.amount-too-large", {"line": place}))
    if not all(is_tax_rate(rate) for _name, rate in line.rates or ()):
        found.append(Fault(where, "orders.bad-rate", {"line": place}))
    return found
