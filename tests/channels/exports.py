"""Builders of whole exports as the platforms write them: Shopify's orders, products, inventory; WooCommerce."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

_PLACE = ("Name", "Street", "Address1", "Address2", "Company", "City", "Zip", "Province", "Country", "Phone")
ORDERS = (
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing",
    "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method",
    "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem compare at price", "Lineitem sku",
    "Lineitem requires shipping", "Lineitem taxable", "Lineitem fulfillment status",
    *(f"Billing {part}" for part in _PLACE), *(f"Shipping {part}" for part in _PLACE),
    "Notes", "Note Attributes", "Cancelled at", "Payment Method", "Payment Reference", "Refunded Amount", "Vendor",
    "Outstanding Balance", "Employee", "Location", "Device ID", "Id", "Tags", "Risk Level", "Source",
    "Lineitem discount", *(f"Tax {n} {what}" for n in range(1, 6) for what in ("Name", "Value")), "Phone",
    "Receipt Number", "Duties", "Billing Province Name", "Shipping Province Name", "Payment ID", "Payment Terms Name",
    "Next Payment Due At", "Payment References",
)  # fmt: skip
PRODUCTS = (
    "Handle", "Title", "Body (HTML)", "Vendor", "Product Category", "Type", "Tags", "Published", "Option1 Name",
    "Option1 Value", "Option1 Linked To", "Option2 Name", "Option2 Value", "Option3 Name", "Option3 Value",
    "Variant SKU", "Variant Grams", "Variant Inventory Tracker", "Variant Inventory Qty", "Variant Inventory Policy",
    "Variant Fulfillment Service", "Variant Price", "Variant Compare At Price", "Variant Requires Shipping",
    "Variant Taxable", "Variant Barcode", "Image Src", "Image Position", "Gift Card", "Variant Weight Unit",
    "Cost per item", "Included / Spain", "Price / Spain", "Status",
)  # fmt: skip
INVENTORY = (
    "Handle", "Title", "Option1 Name", "Option1 Value", "Option2 Name", "Option2 Value", "Option3 Name",
    "Option3 Value", "SKU", "HS Code", "COO", "Location",
)  # fmt: skip
WOO = (
    "ID", "Type", "SKU", "GTIN, UPC, EAN, or ISBN", "Name", "Published", "Tax status", "In stock?", "Stock",
    "Backorders allowed?", "Weight (kg)", "Sale price", "Regular price", "Categories", "Images", "Parent",
    "Attribute 1 name", "Attribute 1 value(s)",
)  # fmt: skip
_ORDER = {
    "Email": "ana@example.com", "Financial Status": "paid", "Paid at": "2026-09-22 09:13:00 +0200",
    "Fulfillment Status": "unfulfilled", "Accepts Marketing": "no", "Currency": "EUR", "Subtotal": "20.00",
    "Shipping": "4.90", "Taxes": "0.00", "Total": "24.90", "Discount Amount": "0.00", "Shipping Method": "Standard",
    "Created at": "2026-09-22 09:12:44 +0200", "Lineitem quantity": "2", "Lineitem name": "Blue cup",
    "Lineitem price": "10.00", "Lineitem sku": "CUP", "Lineitem requires shipping": "true",
    "Lineitem taxable": "true", "Lineitem fulfillment status": "pending", "Billing Name": "Ana Núñez",
    "Billing Street": "Calle Mayor 1", "Billing City": "Madrid", "Billing Zip": "'28013", "Billing Country": "ES",
    "Shipping Name": "Ana Núñez", "Shipping Street": "Calle Mayor 1", "Shipping City": "Madrid",
    "Shipping Zip": "'28013", "Shipping Province": "M", "Shipping Country": "ES",
    "Payment Method": "Shopify Payments", "Refunded Amount": "0.00", "Outstanding Balance": "0.00",
    "Vendor": "Lumbre", "Risk Level": "Low", "Source": "web", "Lineitem discount": "0.00",
}  # fmt: skip
_PRODUCT = {
    "Title": "Tee", "Published": "true", "Option1 Name": "Title", "Option1 Value": "Default Title",
    "Variant Grams": "200", "Variant Inventory Tracker": "shopify", "Variant Inventory Qty": "5",
    "Variant Inventory Policy": "deny", "Variant Fulfillment Service": "manual", "Variant Price": "19.90",
    "Variant Requires Shipping": "true", "Variant Taxable": "true", "Variant Weight Unit": "kg",
    "Gift Card": "false", "Status": "active",
}  # fmt: skip
_WOO = {
    "Type": "simple", "Published": "1", "Tax status": "taxable", "In stock?": "1", "Stock": "5",
    "Backorders allowed?": "0", "Regular price": "12.00", "Name": "Cup",
}  # fmt: skip


def _row(header: Sequence[str], told: dict[str, str], cells: dict[str, str]) -> list[str]:
    named = {name.replace("_", " "): cell for name, cell in cells.items()}
    assert named.keys() <= set(header), named.keys() - set(header)
    return [(told | named).get(name, "") for name in header]


def order(number: str, **cells: str) -> list[str]:
    """An order's first row in Shopify's export."""
    own = "".join(filter(str.isdigit, number))
    return _row(ORDERS, _ORDER | {"Name": number, "Id": f"55{own:0>11}"}, cells)


def item(number: str, **cells: str) -> list[str]:
    """A further line item."""
    kept = {name: cell for name, cell in _ORDER.items() if name.startswith("Lineitem") or name in ("Email", "Vendor")}
    return _row(ORDERS, kept | {"Name": number, "Created at": _ORDER["Created at"]}, cells)


def product(handle: str, **cells: str) -> list[str]:
    """A product's first row in Shopify's export."""
    return _row(PRODUCTS, _PRODUCT | {"Handle": handle}, cells)


def variant(handle: str, **cells: str) -> list[str]:
    """A further variant."""
    return _row(PRODUCTS, {n: c for n, c in _PRODUCT.items() if n.startswith("Variant")} | {"Handle": handle}, cells)


def woo(number: int, kind: str = "simple", **cells: str) -> list[str]:
    """A row of WooCommerce's product export; "options" fills its first attribute's value, of the name Size."""
    size = cells.pop("options", "")
    told = _WOO | {"ID": str(number), "Type": kind, "Attribute 1 name": "Size" if size else ""}
    return _row(WOO, told | {"Attribute 1 value(s)": size}, cells)


def counted(handle: str, sku: str, *cells: str) -> list[str]:
    """A row of Shopify's inventory export up to the SKU, with the rest as it is."""
    return [handle, handle.title(), "Title", "Default Title", "", "", "", "", sku, "", "", *cells]


def export(rows: Iterable[Sequence[str]], header: Sequence[str] = ORDERS, **dialect: Any) -> str:
    """A whole file."""
    stream = io.StringIO(newline="")
    csv.writer(stream, **dialect).writerows([header, *rows])
    return stream.getvalue()
