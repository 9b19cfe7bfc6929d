"""Shopify's orders export: what each column becomes, and what the totals tell."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from backoffice.channels.candidates import CandidateTax
from backoffice.channels.evidence import includes_tax, note_attributes, tax_rate
from backoffice.channels.grouping import scattered
from backoffice.channels.reading import open_table
from backoffice.channels.shopify_orders import ShopifyOrders
from backoffice.core.postal import PostalAddress
from tests.channels.files import HEADER, SPAIN, an_item, an_order, bytes_of, read, saved, taken, text_of

HEADER_OF_2026 = """Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,\
Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,\
Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,\
Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,\
Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,\
Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,\
Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Id,Tags,\
Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,\
Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,\
Payment Terms Name,Next Payment Due At"""
COLUMNS = HEADER_OF_2026.split(",")
WHOLE = {
    "Name": "#1001", "Email": "ana@example.com", "Financial Status": "partially_refunded",
    "Paid at": "2026-09-22 09:13:00 +0200", "Fulfillment Status": "fulfilled",
    "Fulfilled at": "2026-09-23 10:00:00 +0200", "Accepts Marketing": "yes", "Currency": "EUR", "Subtotal": "47.50",
    "Shipping": "4.90", "Taxes": "9.09", "Total": "52.40", "Discount Code": "HELLO", "Discount Amount": "2.50",
    "Shipping Method": "Express", "Created at": "2026-09-22 09:12:44 +0200", "Lineitem quantity": "2",
    "Lineitem name": "Cup - Blue / L", "Lineitem price": "20.00", "Lineitem sku": "CUP-BL",
    "Lineitem requires shipping": "true", "Lineitem taxable": "true", "Lineitem fulfillment status": "fulfilled",
    "Billing Name": "Ana Núñez", "Billing Address1": "Calle Mayor 1", "Billing Address2": "3º B",
    "Billing Company": "Lumbre SL", "Billing City": "Madrid", "Billing Zip": "'28013", "Billing Province": "M",
    "Billing Country": "ES", "Billing Phone": "'+34600111222", "Shipping Name": "Luis Gil",
    "Shipping Address1": "Rua Nova 2", "Shipping City": "Lisboa", "Shipping Zip": "1100-001", "Shipping Country": "PT",
    "Notes": "Ring twice", "Note Attributes": "Gift message: For you!\nutm_source: spring\nfloor: 3",
    "Payment Method": "Shopify Payments", "Payment Reference": "c1.1", "Refunded Amount": "10.00",
    "Outstanding Balance": "0.00", "Id": "5512345678901", "Tags": "gift, vip", "Source": "web",
    "Tax 1 Name": "IVA 21%", "Tax 1 Value": "9.09", "Billing Province Name": "Madrid",
}  # fmt: skip
SECOND = {
    "Name": "#1001", "Created at": "2026-09-22 09:12:44 +0200", "Lineitem quantity": "1", "Lineitem name": "Gift card",
    "Lineitem price": "10.00", "Lineitem sku": "GIFT", "Lineitem requires shipping": "false",
    "Lineitem taxable": "false", "Lineitem fulfillment status": "pending", "Lineitem discount": "1.00",
}  # fmt: skip


def whole_order(folder: Path, **changes: str):
    head = WHOLE | {name.replace("_", " "): cell for name, cell in changes.items()}
    rows = [[told.get(name, "") for name in COLUMNS] for told in (head, SECOND)]
    (order,) = read(saved(folder, text_of(rows, header=COLUMNS)))
    return order


def test_every_cell_of_an_order_finds_its_place(tmp_path):
    order = whole_order(tmp_path)
    told = (order.line, order.rows, order.external_id, order.external_number, order.currency, order.email, order.name)
    assert told == (2, 2, "5512345678901", "#1001", "EUR", "ana@example.com", "Ana Núñez")
    assert order.placed_at == datetime(2026, 9, 22, 7, 12, 44, tzinfo=UTC)
    assert (order.paid_at, order.fulfilled_at, order.cancelled_at) == (
        datetime(2026, 9, 22, 7, 13, tzinfo=UTC), datetime(2026, 9, 23, 8, tzinfo=UTC), None,
    )  # fmt: skip
    assert order.bill_to == PostalAddress(
        "Ana Núñez", "Lumbre SL", "Calle Mayor 1\n3º B", "Madrid", "28013", "Madrid", "ES"
    )
    assert order.ship_to == PostalAddress("Luis Gil", "", "Rua Nova 2", "Lisboa", "1100-001", "", "PT")
    assert order.phone == "+34600111222"


def test_every_amount_of_an_order_is_in_cents(tmp_path):
    order = whole_order(tmp_path)
    assert (order.subtotal, order.shipping, order.discount, order.tax, order.total) == (4750, 490, 250, 909, 5240)
    assert (order.refunded, order.outstanding, order.duties) == (1000, 0, None)
    assert order.taxes == (CandidateTax("IVA 21%", Decimal("0.21"), 909),)
    assert order.prices_include_tax is True


def test_states_and_words_of_an_order(tmp_path):
    order = whole_order(tmp_path, Financial_Status="Partially Refunded")
    assert (order.financial_status, order.fulfilment_status) == ("partially_refunded", "fulfilled")
    assert (order.payment_method, order.payment_reference) == ("Shopify Payments", "c1.1")
    assert (order.delivery_option, order.discount_code, order.tags) == ("Express", "HELLO", ("gift", "vip"))
    assert (order.notes, order.gift_message) == ("Ring twice\nfloor: 3", "For you!")
    assert order.source == (("source", "web"), ("utm_source", "spring"))
    assert order.accepts_marketing is True


def test_every_line_of_an_order(tmp_path):
    cup, card = whole_order(tmp_path).lines
    assert (cup.line, cup.sku, cup.name, cup.quantity, cup.unit_price) == (2, "CUP-BL", "Cup - Blue / L", 2, 2000)
    assert (cup.tax_rates, cup.requires_shipping, cup.fulfilled) == ((Decimal("0.21"),), True, 2)
    assert (card.line, card.discount, card.tax_rates) == (5, 100, ())
    assert (card.requires_shipping, card.fulfilled) == (False, 0)


def test_an_equal_order_has_an_equal_fingerprint_and_a_changed_one_another(tmp_path):
    same = {whole_order(tmp_path).fingerprint for _ in range(2)}
    changed = [
        whole_order(tmp_path, **change).fingerprint
        for change in (
            {"Financial_Status": "refunded"}, {"Shipping_City": "Porto"}, {"Tax_1_Value": "9.08"}, {"Notes": ""},
            {"Lineitem_quantity": "3"}, {"Billing_Phone": ""}, {"Refunded_Amount": "11.00"},
        )
    ]  # fmt: skip
    assert len(same) == 1
    assert len({*same, *changed}) == 8


def test_the_platforms_word_for_an_order_taken_back_is_kept(tmp_path):
    order = whole_order(tmp_path, Financial_Status="voided", Cancelled_at="2026-09-22 12:00:00 +0000")
    assert order.financial_status == "voided"
    assert order.cancelled_at == datetime(2026, 9, 22, 12, tzinfo=UTC)


def test_several_currencies_in_one_file(tmp_path):
    yen = an_order("#2", Currency="JPY", Subtotal="2000", Shipping="490", Total="2490", Lineitem_price="1000")
    euro, japanese = read(saved(tmp_path, bytes_of(an_order("#1"), yen)))
    assert (euro.total, japanese.total, japanese.lines[0].unit_price) == (2490, 2490, 1000)


def test_a_file_without_currency_is_in_the_shops(tmp_path):
    header = [name for name in HEADER if name != "Currency"]
    row = [cell for name, cell in zip(HEADER, an_order("#1"), strict=True) if name != "Currency"]
    (order,) = read(saved(tmp_path, text_of([row], header=header)), replace(SPAIN, currency="GBP"))
    assert order.currency == "GBP"


def test_totals_that_do_not_add_up_stay_as_they_are(tmp_path):
    order = whole_order(tmp_path, Total="99.99")
    assert (order.total, order.prices_include_tax) == (9999, None)


@pytest.mark.parametrize(
    ("subtotal", "shipping", "tax", "total", "included"),
    [
        (4750, 490, 909, 5240, True),
        (4750, 490, 909, 6149, False),
        (4750, 490, 909, 7000, None),
        (4750, 490, 0, 5240, None),
        (None, 490, 909, 5240, None),
    ],
)
def test_totals_tell_whether_prices_include_tax(subtotal, shipping, tax, total, included):
    assert includes_tax(subtotal, shipping, tax, None, total) is included


def test_a_tax_name_tells_its_rate():
    assert [tax_rate(name) for name in ("IVA 21%", "MwSt 7,0 %", "VAT")] == [Decimal("0.21"), Decimal("0.07"), None]


def test_a_gift_that_is_only_ticked_is_no_message():
    assert note_attributes("gift: true\nreferrer: a friend") == ("", (("referrer", "a friend"),), "gift: true")


def test_a_rejected_order_keeps_all_its_rows_and_names_the_cell(tmp_path):
    rows = an_order("#1"), an_item("#1", Lineitem_price="dear"), an_order("#2")
    bad, good = read(saved(tmp_path, bytes_of(*rows)))
    assert (bad.line, bad.code, bad.facts) == (3, "not-an-amount", {"column": "Lineitem price", "value": "dear"})
    assert [row.line for row in bad.rows] == [2, 3]
    assert bad.cells == tuple(rows[1])
    assert good.external_number == "#2"


def test_scattered_orders_are_seen_before_reading(tmp_path):
    rows = an_order("#1"), an_order("#2", Notes='two\nlines, "quoted"'), an_item("#1"), an_order("#3")
    table = open_table(saved(tmp_path, bytes_of(*rows)))
    assert scattered(table, 0) == {"#1"}
    assert scattered(open_table(saved(tmp_path, bytes_of(*rows, encoding="utf-16"))), 0) == {"#1"}


def test_shopifys_header_is_known_whatever_its_age():
    reader = ShopifyOrders()
    assert reader.detect(tuple(COLUMNS)) == pytest.approx(1)
    assert reader.detect(tuple(COLUMNS[:47])) == pytest.approx(1)
    assert reader.detect(("Handle", "Title", "Variant Price")) == 0


def test_a_file_of_many_orders_streams(tmp_path):
    path = saved(tmp_path, bytes_of(*[an_order(f"#{n}") for n in range(3000)]))
    found = ShopifyOrders().read(open_table(path), SPAIN)
    assert next(found).external_number == "#0"
    assert len(taken(found)) == 2999
