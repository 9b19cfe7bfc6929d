"""What a column mapped by hand can mean, for orders, products and stock, with what each is called."""

from typing import NamedTuple

from backoffice.core.language import mark


class Field(NamedTuple):
    """A meaning a column can have. `of_line`: it may differ between the rows of one order."""

    key: str
    label: str
    of_line: bool = False


ORDER_FIELDS = (
    Field("number", mark("Order number")),
    Field("external_id", mark("The channel's own id")),
    Field("placed_at", mark("Date of the order")),
    Field("placed_time", mark("Time of the order")),
    Field("currency", mark("Currency")),
    Field("email", mark("Customer's e-mail")),
    Field("name", mark("Customer's name")),
    Field("first_name", mark("Customer's first name")),
    Field("last_name", mark("Customer's last name")),
    Field("phone", mark("Phone")),
    Field("buyer_id", mark("Customer's number or buyer name")),
    Field("ship_name", mark("Delivery: name")),
    Field("ship_company", mark("Delivery: company")),
    Field("ship_street", mark("Delivery: street")),
    Field("ship_street2", mark("Delivery: second line")),
    Field("ship_city", mark("Delivery: city")),
    Field("ship_postcode", mark("Delivery: postcode")),
    Field("ship_region", mark("Delivery: province or state")),
    Field("ship_country", mark("Delivery: country")),
    Field("bill_name", mark("Billing: name")),
    Field("bill_company", mark("Billing: company")),
    Field("bill_street", mark("Billing: street")),
    Field("bill_street2", mark("Billing: second line")),
    Field("bill_city", mark("Billing: city")),
    Field("bill_postcode", mark("Billing: postcode")),
    Field("bill_region", mark("Billing: province or state")),
    Field("bill_country", mark("Billing: country")),
    Field("line_id", mark("Line: the channel's own id"), True),
    Field("sku", mark("Line: SKU"), True),
    Field("barcode", mark("Line: barcode"), True),
    Field("line_name", mark("Line: article"), True),
    Field("options", mark("Line: variation"), True),
    Field("quantity", mark("Line: quantity"), True),
    Field("unit_price", mark("Line: unit price"), True),
    Field("line_discount", mark("Line: discount"), True),
    Field("line_total", mark("Line: total"), True),
    Field("tax_rate", mark("Line: tax rate"), True),
    Field("fulfilled", mark("Line: quantity dispatched"), True),
    Field("subtotal", mark("Subtotal")),
    Field("shipping", mark("Shipping cost")),
    Field("discount", mark("Discount of the order")),
    Field("discount_code", mark("Discount code")),
    Field("tax", mark("Tax of the order")),
    Field("total", mark("Total of the order")),
    Field("financial_status", mark("Payment status")),
    Field("paid_at", mark("Paid on")),
    Field("payment_method", mark("Payment method")),
    Field("payment_reference", mark("Payment reference")),
    Field("refunded", mark("Refunded amount")),
    Field("fulfilment_status", mark("Dispatch status")),
    Field("fulfilled_at", mark("Dispatched on")),
    Field("cancelled_at", mark("Cancelled on")),
    Field("delivery_option", mark("Delivery option")),
    Field("ship_by", mark("To be dispatched by")),
    Field("notes", mark("Notes")),
    Field("gift_message", mark("Gift message")),
    Field("tags", mark("Tags")),
    Field("source", mark("Where the order came from")),
    Field("accepts_marketing", mark("Accepts marketing")),
)

PRODUCT_FIELDS = (
    Field("sku", mark("SKU")),
    Field("external_id", mark("The channel's own id")),
    Field("name", mark("Name")),
    Field("parent", mark("What holds variants together")),
    Field("option1_name", mark("First option: name")),
    Field("option1_value", mark("First option: value")),
    Field("option2_name", mark("Second option: name")),
    Field("option2_value", mark("Second option: value")),
    Field("option3_name", mark("Third option: name")),
    Field("option3_value", mark("Third option: value")),
    Field("barcode", mark("Barcode")),
    Field("price", mark("Price")),
    Field("sale_price", mark("Sale price")),
    Field("cost", mark("Cost")),
    Field("tax_class", mark("Tax class")),
    Field("taxable", mark("Taxable")),
    Field("weight_kg", mark("Weight in kg")),
    Field("weight_g", mark("Weight in g")),
    Field("weight_lb", mark("Weight in lb")),
    Field("weight_oz", mark("Weight in oz")),
    Field("length_cm", mark("Length in cm")),
    Field("width_cm", mark("Width in cm")),
    Field("height_cm", mark("Height in cm")),
    Field("length_mm", mark("Length in mm")),
    Field("width_mm", mark("Width in mm")),
    Field("height_mm", mark("Height in mm")),
    Field("hs_code", mark("Customs tariff number")),
    Field("origin", mark("Country of origin")),
    Field("supplier", mark("Supplier")),
    Field("bin", mark("Bin")),
    Field("reorder_point", mark("Reorder point")),
    Field("reorder_quantity", mark("Reorder quantity")),
    Field("safety_stock", mark("Safety stock")),
    Field("backorder", mark("Backorders allowed")),
    Field("quantity", mark("Quantity on hand")),
    Field("location", mark("Place")),
    Field("requires_shipping", mark("Has to be shipped")),
    Field("active", mark("Active")),
    Field("picture", mark("Picture")),
    Field("description", mark("Description")),
    Field("notes", mark("Know-how notes")),
    Field("tags", mark("Tags")),
    Field("category", mark("Category")),
)

STOCK_FIELDS = (
    Field("sku", mark("SKU")),
    Field("external_id", mark("The channel's own id")),
    Field("barcode", mark("Barcode")),
    Field("name", mark("Name")),
    Field("quantity", mark("Quantity on hand")),
    Field("available", mark("Quantity available")),
    Field("location", mark("Place")),
    Field("bin", mark("Bin")),
)

FIELDS: dict[str, tuple[Field, ...]] = {"orders": ORDER_FIELDS, "products": PRODUCT_FIELDS, "stock": STOCK_FIELDS}
"""The fields of each kind of file."""

REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "orders": (
        ("number",),
        ("placed_at",),
        ("sku", "line_name", "barcode"),
        ("quantity",),
        ("unit_price", "line_total"),
    ),
    "products": (("sku", "external_id", "name"),),
    "stock": (("sku", "external_id", "barcode"), ("quantity", "available")),
}
"""Of each group one field at least must have a column."""


def lacking(kind: str, columns: dict[str, str]) -> list[str]:
    """The labels of what a mapping still needs, one of each group that has no column."""
    labels = {field.key: field.label for field in FIELDS[kind]}
    return [labels[group[0]] for group in REQUIRED[kind] if not any(columns.get(key) for key in group)]
