"""What the printed documents say, in plain values; whoever prints fills these from the shop."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from backoffice.core.language import Language
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.shipping.documents.symbols import Symbology


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One page (from 1) of one document, or its cell on a sheet, with the barcodes on it as a scanner reads them."""

    kind: str
    number: str
    page: int
    barcodes: tuple[tuple[Symbology, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """A file that was written, whole and on the disk."""

    file: Path
    pages: int
    documents: tuple[DocumentPage, ...]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The shop as it shows itself on paper. `logo` is a PNG or JPEG file's bytes."""

    name: str
    address: PostalAddress = field(default_factory=PostalAddress)
    logo: bytes = b""
    email: str = ""
    phone: str = ""
    website: str = ""
    tax_number: str = ""


@dataclass(frozen=True, slots=True)
class LabelContent:
    """One parcel's address label."""

    number: str
    """The shipment's number: Code 128, and the QR code."""
    recipient: PostalAddress
    order_numbers: tuple[str, ...] = ()
    delivery: str = ""
    carrier: str = ""
    tracking: str = ""
    parcel: int = 1
    parcels: int = 1
    messages: tuple[str, ...] = ()
    """Up to three short lines of the shop's own, such as "Fragile"."""


@dataclass(frozen=True, slots=True)
class SlipPart:
    """A component of a kit, shown under the kit's line."""

    sku: str
    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One order line on a packing slip; the quantities are units of the line, `parts` those in this parcel."""

    sku: str
    name: str
    ordered: int
    in_parcel: int
    to_follow: int = 0
    options: str = ""
    unit_price: Money | None = None
    amount: Money | None = None
    parts: tuple[SlipPart, ...] = ()


@dataclass(frozen=True, slots=True)
class SlipTotals:
    """The order's money as the customer paid it; what is None is not shown."""

    goods: Money | None = None
    discount: Money | None = None
    shipping: Money | None = None
    tax: Money | None = None
    rounding: Money | None = None
    """Of the tax; part of what makes the total where prices come without tax, else of the tax shown."""
    tax_included: bool = True
    total: Money | None = None


@dataclass(frozen=True, slots=True)
class SlipContent:
    """The slip that lies in one parcel, in the customer's language."""

    order_number: str
    ordered_on: date
    recipient: PostalAddress
    lines: tuple[SlipLine, ...]
    language: Language
    shipment_number: str = ""
    reference: str = ""
    """The order's number in the shop or marketplace where it was placed, if it differs."""
    shipped_on: date | None = None
    delivery: str = ""
    carrier: str = ""
    tracking: str = ""
    gift_message: str = ""
    note: str = ""
    """A line to this customer."""
    which_order: int = 0
    """1, 2 or 3 adds a welcome line for the customer's first, second or third order; 0 adds none."""
    totals: SlipTotals = SlipTotals()
    show_prices: bool = False
    thanks: str = ""
    """The shop's own sentence under the lines."""
    returns: str = ""
    """The shop's own words on how something is sent back, beside the return code."""
    return_code: str = ""
    """What the return QR holds: a number or an address; "" leaves it out."""


@dataclass(frozen=True, slots=True)
class PickRow:
    """So many units of one product to take from one bin; `kit` names the kit they are a component of."""

    bin: str
    sku: str
    name: str
    quantity: int
    options: str = ""
    kit: str = ""


@dataclass(frozen=True, slots=True)
class PickOrder:
    """One order of a pick list."""

    number: str
    customer: str
    rows: tuple[PickRow, ...]
    delivery: str = ""
    ship_by: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PickContent:
    """What to fetch for some orders, in the language of whoever picks."""

    day: date
    orders: tuple[PickOrder, ...]
    language: Language
    number: str = ""


@dataclass(frozen=True, slots=True)
class ProductLabel:
    """A label on a product or its shelf: EAN-13, EAN-8 or UPC-A if it has one, else its SKU as Code 128."""

    sku: str
    name: str
    options: str = ""
    barcode: str = ""
    price: Money | None = None


@dataclass(frozen=True, slots=True)
class BinLabel:
    """A label on a bin of the shelf: its name, large, and as Code 128."""

    bin: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One parcel handed to the carrier. The weight is in grams, 0 if not known."""

    shipment_number: str
    order_number: str
    recipient: PostalAddress
    tracking: str = ""
    delivery: str = ""
    weight: int = 0


@dataclass(frozen=True, slots=True)
class ManifestContent:
    """All parcels handed to one carrier on one day."""

    carrier: str
    day: date
    rows: tuple[ManifestRow, ...]
    language: Language
    number: str = ""
