"""Real exports with everything that goes wrong in a shop's life, and what must be in the books afterwards."""

from typing import NamedTuple

from tests.channels.exports import ORDERS, export, item, order


class Books(NamedTuple):
    """What must be there: orders by number as "status payment dispatch total", or articles by SKU as "price units"."""

    records: dict[str, str]
    rejected: tuple[tuple[int, str], ...] = ()
    lines: tuple[str, ...] = ()
    """Lines of all orders as "article quantity gross tax", where a case is about them."""


class Case(NamedTuple):
    """A file, what must come of it, and a file to take in before."""

    file: str | bytes
    books: Books
    first: str = ""


PAID = "open paid unfulfilled 24.90"
UNPAID = "open unpaid unfulfilled 24.90"
GONE = "2026-09-23 09:00:00 +0200"


def _one(told: str = PAID, *lines: str, **cells: str) -> Case:
    return Case(export([order("#1", **cells)]), Books({"#1": told}, lines=lines))


def _rejected(code: str, **cells: str) -> Case:
    return Case(export([order("#1", **cells), order("#2")]), Books({"#2": PAID}, ((2, code),)))


def _money(financial: str, told: str, **cells: str) -> Case:
    return _one(told, Financial_Status=financial, **cells)


MONEY = {
    "refunded and never sent": _money("refunded", "cancelled refunded unfulfilled 24.90", Refunded_Amount="24.90"),
    "refunded after it was sent": _money(
        "refunded", "closed refunded shipped 24.90", Refunded_Amount="24.90", Fulfillment_Status="fulfilled"
    ),
    "refunded in part": _money(
        "partially_refunded", "open part_refunded unfulfilled 24.90", Refunded_Amount="10.00"
    ),
    "refunded, written below zero": _money(
        "partially_refunded", "open part_refunded unfulfilled 24.90", Refunded_Amount="-5.00"
    ),
    "refunded more than was paid": _money(
        "partially_refunded", "open refunded unfulfilled 24.90", Refunded_Amount="99.00"
    ),
    "voided": _money("voided", "cancelled unpaid unfulfilled 24.90"),
    "pending": _money("pending", UNPAID, Paid_at=""),
    "authorized": _money("authorized", UNPAID, Paid_at=""),
    "expired": _money("expired", UNPAID, Paid_at=""),
    "paid in part": _money("partially_paid", "open part_paid unfulfilled 24.90", Outstanding_Balance="14.90"),
    "cancelled and restocked": _money(
        "refunded", "cancelled refunded unfulfilled 24.90", Refunded_Amount="24.90", Cancelled_at=GONE,
        Fulfillment_Status="restocked",
    ),
    "cancelled after it was sent": _one(
        "cancelled paid shipped 24.90", Cancelled_at=GONE, Fulfillment_Status="fulfilled"
    ),
    "free of charge": _one(
        "open paid unfulfilled 0.00", Discount_Amount="20.00", Subtotal="0.00", Shipping="0.00", Total="0.00"
    ),
}  # fmt: skip

SUMS = {
    "a discount on shipping": _one("open paid unfulfilled 20.00", Discount_Amount="4.90", Total="20.00"),
    "a discount on shipping, tax included": _one(
        "open paid unfulfilled 20.00", "CUP 2 20.00 3.47",
        Discount_Amount="4.90", Total="20.00", Taxes="3.47", Tax_1_Name="IVA 21%", Tax_1_Value="3.47",
    ),
    "a discount on shipping and on goods": _one(
        "open paid unfulfilled 18.00", "CUP 2 18.00 0.00", Discount_Amount="6.90", Subtotal="18.00", Total="18.00"
    ),
    "free shipping that the file knows nothing else of": _one(
        "open paid unfulfilled 20.00", Discount_Amount="4.90", Shipping="0.00", Total="20.00"
    ),
    "a line's discount and the order's": _one(
        "open paid unfulfilled 21.10", "CUP 2 16.20 0.00",
        Lineitem_discount="2.00", Discount_Amount="3.80", Subtotal="16.20", Total="21.10",
    ),
    "a discount above the price": _one(
        "open paid unfulfilled 4.90", "CUP 2 0.00 0.00", Lineitem_discount="50.00", Subtotal="0.00", Total="4.90"
    ),
    "a discount above the goods": _one(
        "open unpaid unfulfilled 4.90", "CUP 2 0.00 0.00", Discount_Amount="50.00", Subtotal="-5.00", Total="0.00"
    ),
    "duties": _one("open paid unfulfilled 27.90", Duties="3.00", Total="27.90"),
    "a tip as a line": Case(
        export([
            order("#1", Subtotal="23.00", Total="27.90"),
            item("#1", Lineitem_name="Tip", Lineitem_price="3.00", Lineitem_quantity="1", Lineitem_sku="",
                 Lineitem_requires_shipping="false", Lineitem_taxable="false"),
        ]),
        Books({"#1": "open paid unfulfilled 27.90"}, lines=("CUP 2 20.00 0.00", "Tip 1 3.00 0.00")),
    ),
    "a line below zero": Case(
        export([order("#1", Subtotal="17.00", Total="21.90"), item("#1", Lineitem_price="-3.00"), order("#2")]),
        Books({"#2": PAID}, ((3, "below-zero"),)),
    ),
    "a line taken off again": Case(
        export([order("#1"), item("#1", Lineitem_quantity="0", Lineitem_sku="JUG")]),
        Books({"#1": PAID}, lines=("CUP 2 20.00 0.00",)),
    ),
    "sent in part": Case(
        export([
            order("#1", Fulfillment_Status="partial", Lineitem_fulfillment_status="fulfilled", Subtotal="30.00",
                  Total="34.90"),
            item("#1", Lineitem_quantity="1", Lineitem_sku="JUG"),
        ]),
        Books({"#1": "open paid part_shipped 34.90"}),
    ),
    "several currencies": Case(
        export([
            order("#1"), order("#2", Currency="USD"), order("#3", Currency="gbp"),
            order("#4", Currency="JPY", Subtotal="2000", Shipping="490", Total="2490", Lineitem_price="1000",
                  Taxes="0"),
            order("#5", Currency="KWD", Subtotal="20.000", Shipping="4.900", Total="24.900", Lineitem_price="10.000"),
        ]),
        Books({"#1": PAID, "#2": PAID, "#3": PAID, "#4": "open paid unfulfilled 2490",
               "#5": "open paid unfulfilled 24.900"}),
    ),
    "a total below zero": _one("open unpaid unfulfilled 24.90", Total="-24.90"),
    "no items": _rejected("no-lines", Lineitem_quantity="", Lineitem_name="", Lineitem_price="", Lineitem_sku=""),
    "too many": _rejected("not-a-quantity", Lineitem_quantity="99999999999"),
    "too dear": _rejected("not-an-amount", Lineitem_price="99999999999999999.00"),
    "too precise": _rejected("amount-too-precise", Lineitem_price="10.0050"),
}  # fmt: skip

SPREADSHEETS = {
    "saved by Excel in Spain": Case(
        export(
            [
                order("#1", Created_at="22/09/2026 9:12", Paid_at="22/09/2026 9:13", Subtotal="20", Shipping="4,9",
                      Total="24,9", Lineitem_price="10", Shipping_Zip="8013", Id="5,50E+12"),
                order("#2", Created_at="03/10/2026 9:12", Paid_at="", Lineitem_price="10,00", Id="5,50E+12"),
            ],
            delimiter=";",
        ).encode("cp1252"),
        Books({"#1": PAID, "#2": PAID}),
    ),
    "saved by Excel in the US": _one(Created_at="9/22/26 9:12", Paid_at="9/22/26 9:13", Id="5.50E+12"),
    "dates that can be two, all of them": _rejected("date-ambiguous", Created_at="9/10/26 9:12", Paid_at=""),
    "a SKU shortened with a comma": _rejected("number-shortened", Lineitem_sku="1,23E+12"),
    "a SKU shortened with a point": _rejected("number-shortened", Lineitem_sku="8.41235E+12"),
    "a SKU that only looks shortened": _one(PAID, "1E10 2 20.00 0.00", Lineitem_sku="1E10"),
    "a SKU of thirteen digits": _one(PAID, "8412345678905 2 20.00 0.00", Lineitem_sku="8412345678905"),
    "a SKU with an apostrophe": _one(PAID, "0841234567890 2 20.00 0.00", Lineitem_sku="'0841234567890"),
    "a SKU with zeros": _one(PAID, "0012 2 20.00 0.00", Lineitem_sku="0012"),
    "ids that are 0": Case(export([order("#1", Id="0"), order("#2", Id="0")]), Books({"#1": PAID, "#2": PAID})),
    "a shortened phone": _one(Phone="3.46E+10"),
    "old Mac's line ends and a quoted one": Case(
        export([order("#1", Notes="a\nb"), order("#2")]).replace("\r\n", "\r").encode(),
        Books({"#1": PAID, "#2": PAID}),
    ),
    "a mark and a sep line": Case(
        ("\ufeffsep=;\r\n" + export([order("#1")], delimiter=";")).encode(), Books({"#1": PAID})
    ),
    "LibreOffice, everything in quotes": Case(export([order("#1")], quoting=1), Books({"#1": PAID})),
    "Excel's Unicode text": Case(export([order("#1")], delimiter="\t").encode("utf-16"), Books({"#1": PAID})),
    "the header in the middle": Case(
        export([order("#1"), list(ORDERS), order("#2")]), Books({"#1": PAID, "#2": PAID})
    ),
    "a line of sums at the end": Case(
        export([order("#1"), ["Total", *[""] * 10, "24.90", *[""] * (len(ORDERS) - 12)]]),
        Books({"#1": PAID}, ((3, "date-missing"),)),
    ),
    "a nameless line of sums at the end": Case(
        export([order("#1"), [*[""] * 8, "20.00", "4.90", "0.00", "24.90", *[""] * (len(ORDERS) - 12)]]),
        Books({"#1": PAID}, ((3, "order-number-missing"),)),
    ),
    "three hundred columns": Case(
        export([[*order("#1"), *["x"] * 217]], header=[*ORDERS, *(f"Extra {n}" for n in range(217))]),
        Books({"#1": PAID}),
    ),
    "an export of years ago": Case(export([order("#1")[:47]], header=ORDERS[:47]), Books({"#1": PAID})),
    "letters of everywhere": _one(Shipping_Name="🦊 שלום", Lineitem_name="Tasse \u200fx\u00a0y", Notes="👍🏽"),
    "the same order later, refunded": Case(
        export([order("#1"), order("#2"), order("#1", Financial_Status="refunded")]),
        Books({"#1": "cancelled refunded unfulfilled 24.90", "#2": PAID}, ((2, "order-replaced"),)),
    ),
    "a date in a hundred years": _rejected("not-a-date", Created_at="2126-09-22 09:12:44 +0200"),
    "a country that is a star": _rejected("country-unknown", Shipping_Country="*"),
}  # fmt: skip


ETSY = (
    "Sale Date", "Item Name", "Buyer", "Quantity", "Price", "Coupon Code", "Coupon Details", "Discount Amount",
    "Shipping Discount", "Order Shipping", "Order Sales Tax", "Item Total", "Currency", "Transaction ID", "Listing ID",
    "Date Paid", "Date Shipped", "Ship Name", "Ship Address1", "Ship Address2", "Ship City", "Ship State",
    "Ship Zipcode", "Ship Country", "Order ID", "Variations", "Order Type", "Listings Type", "Payment Type",
    "InPerson Discount", "InPerson Location", "VAT Paid by Buyer", "SKU",
)  # fmt: skip
EBAY = (
    "Sales Record Number", "Order Number", "Buyer Username", "Buyer Name", "Buyer Email", "Buyer Address 1",
    "Buyer City", "Buyer Zip", "Buyer Country", "Ship To Name", "Ship To Phone", "Ship To Address 1", "Ship To City",
    "Ship To Zip", "Ship To Country", "Item Number", "Item Title", "Custom Label", "Quantity", "Sold For",
    "Shipping And Handling", "Seller Collected Tax", "Total Price", "Payment Method", "Sale Date", "Paid On Date",
    "Ship By Date", "Transaction ID",
)  # fmt: skip
PLAIN = ("Order number", "Order date", "Email", "SKU", "Item", "Quantity", "Unit price", "Shipping cost", "Total")


def _etsy(name: str, pieces: str, price: str, shipping: str, sku: str) -> list[str]:
    paid = ["EUR", f"77{sku}", "55", "09/22/26", "", "Ana", "Calle 1", "", "Madrid", "", "28013", "Spain", "3001"]
    sums = [pieces, price, "", "", "0.00", "0.00", shipping, "0.00", str(int(pieces) * float(price))]
    return ["09/22/26", name, "ana1", *sums, *paid, "", "online", "listing", "online_cc", "", "", "0", sku]


def _plain(number: str, day: str = "2026-09-22", pieces: str = "2", price: str = "10.00", **more: str) -> list[str]:
    total = more.get("total", "20.00")
    return [number, day, more.get("email", "a@example.com"), "CUP", "Cup", pieces, price, "0.00", total]


_EBAY_ROW = [
    "83", "11-1", "ana_b", "Ana", "x@members.example.com", "Calle 1", "Madrid", "28013", "Spain", "Ana", "600",
    "Calle 1", "Madrid", "28013", "Spain", "4455", "Cup", "CUP", "2", "€10,00", "€4,90", "€0,00", "€24,90", "PayPal",
    "22-Sep-26", "22-Sep-26", "25-Sep-26", "0",
]  # fmt: skip
OTHERS = {
    "Etsy's shipping on the first row, 0.00 on the next": Case(
        export([_etsy("Cup", "2", "10.00", "4.90", "CUP"), _etsy("Jug", "1", "5.00", "0.00", "JUG")], ETSY),
        Books({"3001": "open paid unfulfilled 29.90"}, lines=("CUP 2 20.00 0.00", "JUG 1 5.00 0.00")),
    ),
    "eBay's own label, preamble and footer": Case(
        '"sep=,"\n\n' + export([_EBAY_ROW], EBAY) + "\n1 record(s) downloaded\nSeller ID: lumbre\n",
        Books({"11-1": PAID}, lines=("CUP 2 20.00 0.00",)),
    ),
    "a foreign currency's sign": Case(
        export([_plain("1", price="10,00 €"), _plain("2", price="$10.00")], PLAIN),
        Books({"1": "open unpaid unfulfilled 20.00"}, ((3, "other-currency"),)),
    ),
    "what came back": Case(
        export([_plain("1"), _plain("2", pieces="-2", total="-20.00")], PLAIN),
        Books({"1": "open unpaid unfulfilled 20.00"}, ((3, "cancellation"),)),
    ),
    "dates as Numbers writes them": Case(
        export([_plain("1", "22 sept 2026 10:00"), _plain("2", "22 de septiembre de 2026")], PLAIN),
        Books({"1": "open unpaid unfulfilled 20.00", "2": "open unpaid unfulfilled 20.00"}),
    ),
    "no e-mail addresses": Case(
        export([_plain("1", email="ana at x"), _plain("2", email="a@x.es; b@x.es"), _plain("3")], PLAIN),
        Books({"3": "open unpaid unfulfilled 20.00"}, ((2, "not-an-email"), (3, "not-an-email"))),
    ),
    "ragged rows": Case(
        export([_plain("1"), _plain("2")[:3], [*_plain("3"), "more"]], PLAIN),
        Books({"1": "open unpaid unfulfilled 20.00"}, ((3, "quantity-missing"), (4, "row-too-long"))),
    ),
    "two orders of one number": Case(
        export([_plain("1"), _plain("1", "2026-09-23", total="40.00")], PLAIN), Books({}, ((3, "cells-differ"),))
    ),
    "numbers with and without zeros": Case(
        export([_plain("0001"), _plain("1")], PLAIN),
        Books({"0001": "open unpaid unfulfilled 20.00", "1": "open unpaid unfulfilled 20.00"}),
    ),
}
