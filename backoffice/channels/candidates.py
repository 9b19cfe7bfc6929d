"""What readers find in a file: orders, products and counts to be taken in, and rows that cannot be.

Named tuples, because they are as fixed as a frozen dataclass and cost a seventh of one, and a file holds 250,000 of
them. All amounts are whole minor units of the record's currency; moments are aware and in UTC; `None` means that the
file does not say.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from backoffice.core.postal import PostalAddress

NO_ADDRESS = PostalAddress()


class CandidateTax(NamedTuple):
    """One tax of an order: its name as the file has it, its rate as a fraction (Decimal("0.21")), its amount."""

    name: str
    rate: Decimal | None
    amount: int


class CandidateLine(NamedTuple):
    """One line of an order as the file has it. `discount` is that of the whole line, not of a piece."""

    line: int
    external_id: str
    sku: str
    name: str
    quantity: int
    unit_price: int
    discount: int = 0
    total: int | None = None
    """The line's total where the file has one, or where quantity × price needs more decimals than the currency has."""
    tax_rates: tuple[Decimal, ...] = ()
    requires_shipping: bool = True
    fulfilled: int = 0
    barcode: str = ""
    options: str = ""


class CandidateOrder(NamedTuple):
    """One order as the file has it, evidence included: nothing is corrected, our own sums are made elsewhere."""

    line: int
    """The physical line of its first row, from 1."""
    rows: int
    """How many rows of the file it is made of."""
    fingerprint: str
    """Hash of the cells read: equal means that nothing we look at has changed."""
    external_id: str
    external_number: str
    placed_at: datetime
    currency: str
    email: str
    name: str
    phone: str
    buyer_id: str
    ship_to: PostalAddress
    bill_to: PostalAddress
    lines: tuple[CandidateLine, ...]
    subtotal: int | None
    shipping: int | None
    discount: int | None
    tax: int | None
    total: int | None
    duties: int | None = None
    taxes: tuple[CandidateTax, ...] = ()
    prices_include_tax: bool | None = None
    discount_code: str = ""
    financial_status: str = ""
    """The platform's word in lower case with underscores: paid, pending, partially_refunded, voided …"""
    paid_at: datetime | None = None
    payment_method: str = ""
    payment_reference: str = ""
    refunded: int | None = None
    outstanding: int | None = None
    fulfilment_status: str = ""
    """The platform's word in lower case: fulfilled, partial, unfulfilled, restocked …"""
    fulfilled_at: datetime | None = None
    cancelled_at: datetime | None = None
    delivery_option: str = ""
    ship_by: datetime | None = None
    notes: str = ""
    gift_message: str = ""
    tags: tuple[str, ...] = ()
    source: tuple[tuple[str, str], ...] = ()
    """Where the order came from, as (what, value): ("source", "web"), ("utm_campaign", "spring")."""
    accepts_marketing: bool | None = None


class CandidateProduct(NamedTuple):
    """One sellable article (a variant is one of its own). Amounts are in the shop's currency."""

    line: int
    rows: int
    fingerprint: str
    external_id: str
    """The channel's own id; where it has none, its handle with the options: "cup/blue/L"."""
    sku: str
    name: str
    parent: str = ""
    """The channel's name for what holds variants together: a handle, or the parent's id."""
    options: tuple[tuple[str, str], ...] = ()
    barcode: str = ""
    barcode_doubtful: bool = False
    """Eight, twelve, thirteen or fourteen digits whose check digit is wrong."""
    price: int | None = None
    sale_price: int | None = None
    cost: int | None = None
    tax_class: str = ""
    taxable: bool | None = None
    weight_g: int | None = None
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    hs_code: str = ""
    origin: str = ""
    supplier: str = ""
    bin: str = ""
    reorder_point: int | None = None
    reorder_quantity: int | None = None
    safety_stock: int | None = None
    backorder: bool | None = None
    tracked: bool | None = None
    """Whether the channel counts this article's stock; the quantity of one it does not count is an old number."""
    quantity: int | None = None
    """On hand; may be below zero where the channel oversold. None: the file does not say."""
    location: str = ""
    requires_shipping: bool | None = None
    active: bool | None = None
    picture: str = ""
    """The first picture's address in the web, as text; nothing is fetched."""
    description: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()
    category: str = ""


class CandidateStock(NamedTuple):
    """What a file says of one article at one place."""

    line: int
    rows: int
    """1, or 0 for the further places of a row that counts several."""
    sku: str
    external_id: str
    name: str
    location: str
    quantity: int | None
    """None: never stocked there, or left empty."""
    counts: str = "on_hand"
    """"on_hand", or "available" in files that know only what can be sold."""
    bin: str = ""
    hs_code: str = ""
    origin: str = ""
    barcode: str = ""


class RawRow(NamedTuple):
    """A row as it stands in the file: its first physical line and its cells."""

    line: int
    cells: tuple[str, ...]


class Rejected(NamedTuple):
    """A record that cannot go in: why, in which line, and all rows that belong to it, to be mended and tried again.

    `code` is a key of words.REJECTIONS; `facts` fill its sentence ("column" and "value" where a cell is to blame).
    """

    line: int
    code: str
    facts: dict[str, Any]
    rows: tuple[RawRow, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of the row to blame."""
        return next((row.cells for row in self.rows if row.line == self.line), ())


Candidate = CandidateOrder | CandidateProduct | CandidateStock


def rows_of(found: Candidate | Rejected) -> int:
    """How many rows of the file a finding accounts for: over a whole file they sum to the rows read."""
    return len(found.rows) if isinstance(found, Rejected) else found.rows
