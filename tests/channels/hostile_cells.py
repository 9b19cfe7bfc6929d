"""Orders files whose cells and order of rows are hostile, each with what must come out of it."""

from decimal import Decimal

from tests.channels.files import HEADER, an_item, an_order, bytes_of, text_of
from tests.channels.hostile import Expect, Refusal

A, C = an_order("#1"), an_order("#3")


def _one(expected: Expect | Refusal | None = None, **cells: str) -> tuple[bytes, Expect | Refusal]:
    """A file of three orders, the second with these cells."""
    return bytes_of(A, an_order("#2", **cells), C), expected or Expect(("#1", "#2", "#3"))


def _rejected(code: str, **cells: str) -> tuple[bytes, Expect | Refusal]:
    return _one(Expect(("#1", "#3"), ((3, code),)), **cells)


def _total(minor: int, **cells: str) -> tuple[bytes, Expect | Refusal]:
    return _one(Expect(("#1", "#2", "#3"), check=lambda orders: orders[1].total == minor), **cells)


CELLS: dict[str, tuple[bytes, Expect | Refusal]] = {
    "thousands with a comma": _total(123450, Total="1,234.50"),
    "decimal comma beside points": _total(123450, Total="1.234,50"),
    "a currency sign before": _total(123450, Total="€1,234.50"),
    "a currency sign behind": _total(11699, Total="116,99 €"),
    "a code before": _total(2490, Total="EUR 24.90"),
    "a thin space": _total(123450, Total="1\u202f234,50 €"),
    "a minus sign of its own": _one(Expect(("#1", "#2", "#3")), Total="−5.00"),
    "parentheses": _total(-500, Total="(5.00)"),
    "another currency": _rejected("other-currency", Total="£24.90"),
    "no amount": _rejected("not-an-amount", Total="ask Eva"),
    "not a number": _rejected("not-an-amount", Total="NaN"),
    "a power of ten": _rejected("not-an-amount", Total="1e5"),
    "a number without end": _rejected("not-an-amount", Total="9" * 400),
    "half a cent": _rejected("amount-too-precise", Total="24.905"),
    "Arabic digits": _rejected("not-an-amount", Total="٢٤"),
    "yen have no decimals": _total(
        5000, Currency="JPY", Total="5,000", Subtotal="5000", Shipping="0", Lineitem_price="2500"
    ),
    "an unknown currency": _rejected("currency-unknown", Currency="EURO BLUE"),
    "a dollar of some country": _rejected("currency-unknown", Currency="$"),
    "not a date": _rejected("not-a-date", Created_at="not-a-date"),
    "the thirtieth of February": _rejected("not-a-date", Created_at="2026-02-30 09:00:00 +0100"),
    "the year 20026": _rejected("not-a-date", Created_at="20026-09-22"),
    "no date": _rejected("date-missing", Created_at=""),
    "a date that is two": _rejected("date-ambiguous", Created_at="03/04/26"),
    "a German date": _one(Created_at="10-Dez-25"),
    "an American date": _one(Created_at="09/22/26"),
    "no quantity": _rejected("quantity-missing", Lineitem_quantity=""),
    "half a piece": _rejected("quantity-fraction", Lineitem_quantity="0.5"),
    "one or a thousand": _rejected("quantity-ambiguous", Lineitem_quantity="1.000"),
    "fewer than none": _rejected("below-zero", Lineitem_quantity="-2"),
    "a price below zero": _rejected("below-zero", Lineitem_price="-2.00"),
    "no price": _rejected("price-missing", Lineitem_price=""),
    "a country nobody knows": _rejected("country-unknown", Shipping_Country="Atlantis"),
    "a country by name": _one(
        Expect(("#1", "#2", "#3"), check=lambda o: o[1].ship_to.country == "DE"), Shipping_Country="Deutschland"
    ),
    "a live formula": _one(
        Expect(("#1", "#2", "#3"), check=lambda o: o[1].lines[0].name == "=HYPERLINK(1)"), Lineitem_name="=HYPERLINK(1)"
    ),
    "a guarded formula": _one(
        Expect(("#1", "#2", "#3"), check=lambda o: o[1].lines[0].name == "=1+1" and o[1].ship_to.city == "@home"),
        Lineitem_name="'=1+1",
        Shipping_City="'@home",
    ),
    "apostrophes on postcode and phone": _one(
        Expect(("#1", "#2", "#3"), check=lambda o: (o[1].ship_to.postcode, o[1].phone) == ("01001", "+34600111222")),
        Shipping_Zip="'01001",
        Phone="'+34600111222",
    ),
    "an apostrophe that belongs there": _one(
        Expect(("#1", "#2", "#3"), check=lambda o: o[1].ship_to.city == "'s-Hertogenbosch"),
        Shipping_City="'s-Hertogenbosch",
    ),
    "an id shortened by a spreadsheet": _one(
        Expect(("#1", "#2", "#3"), check=lambda o: o[1].external_id == "#2"), Id="5.12346E+12"
    ),
    "direction overrides and invisible letters": _one(
        Expect(("#1", "#2", "#3"), check=lambda o: o[1].ship_to.name == "Ana evil"),
        Shipping_Name="Ana\u202e e\u200bvil\x07",
    ),
    "a name of two lines": _one(
        Expect(("#1", "#2", "#3"), check=lambda o: "\n" not in o[1].ship_to.city), Shipping_City="Ma\ndrid"
    ),
    "mark-up": _one(
        Expect(("#1", "#2", "#3"), check=lambda o: o[1].notes == "<script>alert(1)</script>"),
        Notes="<script>alert(1)</script>",
    ),
    "pictures for letters": _one(
        Expect(("#1", "#2", "#3"), check=lambda o: o[1].ship_to.name == "Ana 🌻"), Shipping_Name="Ana 🌻"
    ),
    "a template": _one(Expect(("#1", "#2", "#3"), check=lambda o: o[1].notes == "{0} %s ${x}"), Notes="{0} %s ${x}"),
    "a path": _one(
        Expect(("#1", "#2", "#3"), check=lambda o: o[1].lines[0].sku == "../../etc/passwd"),
        Lineitem_sku="../../etc/passwd",
    ),
}

ORDERS: dict[str, tuple[bytes, Expect | Refusal]] = {
    "an order over several rows": (
        bytes_of(A, an_item("#1", Lineitem_sku="CUP-2"), an_item("#1", Lineitem_sku="CUP-3"), C),
        Expect(
            ("#1", "#3"), check=lambda o: [x.sku for x in o[0].lines] == ["CUP-1", "CUP-2", "CUP-3"] and o[0].rows == 3
        ),
    ),
    "blank repeats": (
        bytes_of(A, an_item("", Lineitem_sku="CUP-2"), C),
        Expect(("#1", "#3"), check=lambda o: len(o[0].lines) == 2),
    ),
    "a blank number, and an id": (
        bytes_of(A, an_order("", Id="771"), C),
        Expect(("#1", "771", "#3")),
    ),
    "a blank number and nothing else": (
        bytes_of(A, an_order(""), C),
        Expect(("#1", "#3"), ((3, "order-number-missing"),)),
    ),
    "two orders of one id": (
        bytes_of(an_order("#1", Id="771"), an_order("#2", Id="771"), C),
        Expect(("#1", "#3"), ((3, "id-repeated"),)),
    ),
    "a number with what cannot be seen": (
        bytes_of(A, an_order("#2\u202e\u200b"), an_order("\u202a#1"), C),
        Expect(("#1", "#2", "#3"), ((4, "id-repeated"),)),
    ),
    "items without their order": (
        bytes_of(A, an_item("#2"), C),
        Expect(("#1", "#3"), ((3, "order-cells-missing"),)),
    ),
    "an order without items": (
        bytes_of(A, an_order("#2", Lineitem_quantity="", Lineitem_name="", Lineitem_price="", Lineitem_sku=""), C),
        Expect(("#1", "#3"), ((3, "no-lines"),)),
    ),
    "the same order twice": (
        bytes_of(A, an_item("#1"), C, A, an_item("#1")),
        Expect(("#1", "#3"), ((5, "order-repeated"),), lambda o: all(len(x.lines) < 3 for x in o)),
    ),
    "the same order again, changed": (
        bytes_of(A, C, an_order("#1", Financial_Status="refunded")),
        Expect(("#1", "#3"), ((2, "order-replaced"),), lambda o: o[-1].financial_status == "refunded"),
    ),
    "the same order again, next to it": (
        bytes_of(A, an_item("#1"), A, an_item("#1"), C),
        Expect(("#1", "#3"), ((4, "order-repeated"),)),
    ),
    "the same row twice": (bytes_of(A, A, C), Expect(("#1", "#3"), ((3, "row-repeated"),))),
    "order cells filled down": (
        bytes_of(A, an_order("#1", Lineitem_sku="CUP-2"), C),
        Expect(("#1", "#3"), check=lambda o: [x.sku for x in o[0].lines] == ["CUP-1", "CUP-2"]),
    ),
    "rows sorted by article": (
        bytes_of(an_item("#3", Lineitem_sku="A"), A, C, an_item("#1", Lineitem_sku="Z")),
        Expect(("#1", "#3"), check=lambda o: sorted(len(x.lines) for x in o) == [2, 2]),
    ),
    "scattered beyond memory": (
        bytes_of(*[an_order(f"#{n}") for n in range(5001)], *[an_item(f"#{n}") for n in range(5001)]),
        Refusal("channels.rows-scattered", 10002),
    ),
    "one order without end": (
        bytes_of(A, *[an_item("#1") for _ in range(10_001)], C),
        Refusal("channels.record-too-long", 2),
    ),
    "the oldest columns": (
        text_of([A[:15], C[:15]], header=HEADER[:15]).encode(),
        Expect(("#1", "#3")),
    ),
    "an item taken off again": (
        bytes_of(A, an_item("#1", Lineitem_quantity="0"), C),
        Expect(("#1", "#3"), check=lambda o: len(o[0].lines) == 1),
    ),
    "taxes by name": (
        text_of(
            [[*A, "IVA 21%", "4.32", "RE 5,2 %", "1.07"]],
            header=[*HEADER, "Tax 1 Name", "Tax 1 Value", "Tax 2 Name", "Tax 2 Value"],
        ).encode(),
        Expect(("#1",), check=lambda o: o[0].lines[0].tax_rates == (Decimal("0.21"), Decimal("0.052"))),
    ),
}
