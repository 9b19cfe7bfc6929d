"""Orders out of any CSV: rows of a number are one order; postage, discounts and what was taken back are told apart."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from backoffice.channels.candidates import rows_of
from backoffice.channels.interface import ReadSettings
from backoffice.channels.mapped_rows import settled
from backoffice.channels.mapping import Mapping
from backoffice.channels.reading import open_table
from tests.channels.files import read, rejections, saved, taken

COLUMNS = {
    "number": "No", "placed_at": "Date", "email": "Mail", "ship_country": "Country", "sku": "SKU", "line_name": "Item",
    "quantity": "Qty", "unit_price": "Price", "total": "Total",
}  # fmt: skip
HEADER = "No,Date,Mail,Country,SKU,Item,Qty,Price,Total\n"


def orders(folder, content, *, header=HEADER, columns=COLUMNS, **more):
    settings = ReadSettings("EUR", "Europe/Madrid", "ES", mapping=Mapping("list", "orders", columns, **more))
    return read(saved(folder, header + content), settings)


def test_rows_of_one_number_are_one_order(tmp_path):
    found = orders(
        tmp_path,
        "7,2026-09-22,ana@x.es,España,A,Cup,2,10.00,35.00\n7,2026-09-22,ana@x.es,España,B,Jug,1,15.00,35.00\n"
        "8,2026-09-23,,,A,Cup,1,10.00,10.00\n",
    )
    first, second = found
    assert [(line.sku, line.quantity, line.unit_price) for line in first.lines] == [("A", 2, 1000), ("B", 1, 1500)]
    assert (first.total, first.email, first.ship_to.country, first.rows) == (3500, "ana@x.es", "ES", 2)
    assert first.placed_at == datetime(2026, 9, 21, 22, tzinfo=UTC)
    assert (second.external_id, second.email, second.ship_to.country) == ("8", "", "")


def test_blank_repeats_belong_to_the_order_above(tmp_path):
    found = orders(
        tmp_path, "7,2026-09-22,a@x.es,ES,A,Cup,2,10.00,35.00\n,,,,B,Jug,1,15.00,\n,2026-09-23,,,C,Pot,1,1,\n"
    )
    assert len(taken(found)[0].lines) == 2
    assert rejections(found) == [(4, "order-number-missing")]


def test_rows_standing_apart_are_brought_together(tmp_path):
    found = orders(tmp_path, "7,2026-09-22,,,A,Cup,2,1,\n8,2026-09-22,,,A,Cup,1,1,\n7,2026-09-22,,,B,Jug,1,1,\n")
    assert {order.external_number: len(order.lines) for order in found} == {"7": 2, "8": 1}


def test_an_order_that_stands_twice_is_taken_once(tmp_path):
    row = "7,2026-09-22,,,A,Cup,2,1,\n"
    found = orders(tmp_path, f"{row}8,2026-09-22,,,A,Cup,1,1,\n{row}")
    assert rejections(found) == [(4, "order-repeated")]
    assert [len(order.lines) for order in taken(found)] == [1, 1]


def test_two_writings_of_one_number_are_no_two_orders(tmp_path):
    found = orders(tmp_path, "7,2026-09-22,,,A,Cup,2,1,\n7.0,2026-09-22,,,B,Jug,1,1,\n")
    assert rejections(found) == [(3, "id-repeated")]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("C7,2026-09-22,a@x.es,,A,Cup,-2,10.00,\nC7,2026-09-22,a@x.es,,B,Jug,-1,15.00,\n", "cancellation"),
        ("C7,2026-09-22,,,D,Discount,-1,27.50,\n", "cancellation"),
        ("7,2026-09-22,,,A,,-10,0.0,\n", "stock-correction"),
        ("7,2026-09-22,,,A,Cup,2,10.00,\n7,2026-09-22,,,B,Jug,-1,15.00,\n", "mixed-signs"),
        ("7,2026-09-22,,,A,Cup,0,10.00,\n", "quantity-zero"),
        ("7,2026-09-22,,,A,Cup,,10.00,\n", "quantity-missing"),
        ("7,2026-09-22,,,A,Cup,1,,\n", "price-missing"),
        ("7,,,,A,Cup,1,1,\n", "date-missing"),
        ("7,22/13/26,,,A,Cup,1,1,\n", "not-a-date"),
        ("7,2026-09-22,not an address,,A,Cup,1,1,\n", "not-an-email"),
        ("7,2026-09-22,a@x.es,,A,Cup,1,1,\n7,2026-09-22,b@x.es,,A,Cup,1,1,\n", "cells-differ"),
        ("7,2026-09-22,,,A,Cup,1,1,5\n7,2026-09-22,,,A,Cup,1,1,6\n", "cells-differ"),
    ],
)
def test_what_is_no_order_is_told_and_keeps_its_rows(tmp_path, rows, code):
    (bad,) = orders(tmp_path, rows)
    assert bad.code == code
    assert rows_of(bad) == rows.count("\n")


def test_postage_among_the_lines_is_shipping(tmp_path):
    (order,) = orders(tmp_path, "7,2026-09-22,,,A,Cup,1,10.00,\n7,2026-09-22,,,POST,POSTAGE,3,18.00,\n")
    assert (len(order.lines), order.shipping, order.rows) == (1, 5400, 2)


def test_an_order_of_postage_only_is_an_order(tmp_path):
    (order,) = orders(tmp_path, "7,2026-09-22,,,POST,Postage,1,18.00,\n")
    assert (order.lines[0].unit_price, order.shipping) == (1800, None)


def test_a_discount_among_the_lines_is_a_discount(tmp_path):
    for price, pieces in (("-2.50", "1"), ("2.50", "-1")):
        (order,) = orders(tmp_path, f"7,2026-09-22,,,A,Cup,1,10.00,\n7,2026-09-22,,,D,Discount,{pieces},{price},\n")
        assert (len(order.lines), order.discount, order.discount_code) == (1, 250, "Discount")


def test_a_gift_costs_nothing(tmp_path):
    (order,) = orders(tmp_path, "7,2026-09-22,,,A,Cup,56,0.0,\n")
    assert order.lines[0].unit_price == 0


def test_a_price_finer_than_a_cent_makes_an_exact_line(tmp_path):
    (order,) = orders(tmp_path, "7,2026-09-22,,,A,Screw,1000,0.0345,\n")
    assert (order.lines[0].unit_price, order.lines[0].total) == (3, 3450)


def test_a_line_total_alone_tells_the_price(tmp_path):
    columns = {**COLUMNS, "line_total": "Price"}
    del columns["unit_price"]
    (order,) = orders(tmp_path, "7,2026-09-22,,,A,Cup,3,10.00,\n", columns=columns)
    assert (order.lines[0].unit_price, order.lines[0].total) == (333, 1000)


def test_the_column_decides_between_day_and_month(tmp_path):
    found = orders(tmp_path, "7,03/04/26,,,A,Cup,1,1,\n8,25/04/26,,,A,Cup,1,1,\n")
    assert [order.placed_at.month for order in found] == [4, 4]
    found = orders(tmp_path, "7,03/04/26,,,A,Cup,1,1,\n8,04/25/26,,,A,Cup,1,1,\n")
    assert [order.placed_at.month for order in found] == [3, 4]


def test_evidence_far_down_a_column_counts(tmp_path):
    rows = "".join(f"{n},03/04/26,,,A,Cup,1,1,\n" for n in range(700)) + "700,04/25/26,,,A,Cup,1,1,\n"
    assert {order.placed_at.month for order in taken(orders(tmp_path, rows, zone="UTC"))} == {3, 4}


def test_without_evidence_the_mapping_says_day_or_month(tmp_path):
    row = "7,03/04/26,,,A,Cup,1,1,\n"
    assert rejections(orders(tmp_path, row)) == [(2, "date-ambiguous")]
    assert orders(tmp_path, row, date_order="month", zone="UTC")[0].placed_at == datetime(2026, 3, 4, tzinfo=UTC)


def test_what_the_file_showed_can_be_kept_for_its_single_rows(tmp_path):
    rows = '7,03/04/26,,,A,Cup,1,"1,50",\n8,25/04/26,,,A,Cup,1,"2,50",\n'
    path = saved(tmp_path, HEADER + rows)
    kept = settled(open_table(path), ReadSettings("EUR", mapping=Mapping("list", "orders", COLUMNS)))
    assert (kept.date_order, kept.decimal) == ("day", ",")
    (order,) = read(saved(tmp_path, HEADER + rows.splitlines()[0]), ReadSettings("EUR", "UTC", mapping=kept))
    assert order.placed_at == datetime(2026, 4, 3, tzinfo=UTC)


def test_a_date_and_a_time_in_two_columns(tmp_path):
    columns = {**COLUMNS, "placed_time": "Mail"}
    del columns["email"]
    (order,) = orders(tmp_path, "7,2026-09-22,09:12,,A,Cup,1,1,\n", columns=columns)
    assert order.placed_at == datetime(2026, 9, 22, 7, 12, tzinfo=UTC)


def test_states_in_other_languages_get_the_common_word(tmp_path):
    columns = COLUMNS | {"financial_status": "Pago", "fulfilment_status": "Envío", "tax_rate": "IVA"}
    header = HEADER.replace("Total", "Total,Pago,Envío,IVA")
    row = "7,2026-09-22,,,A,Cup,2,1,,Pagado,Enviado,21 %\n"
    (order,) = orders(tmp_path, row, header=header, columns=columns)
    assert (order.financial_status, order.fulfilment_status) == ("paid", "fulfilled")
    assert (order.lines[0].fulfilled, order.lines[0].tax_rates) == (2, (Decimal("0.21"),))


def test_one_address_serves_for_both(tmp_path):
    columns = COLUMNS | {
        "bill_street": "Calle",
        "bill_city": "Ciudad",
        "first_name": "Nombre",
        "last_name": "Apellidos",
    }
    header = HEADER.replace("Total", "Total,Calle,Ciudad,Nombre,Apellidos")
    del columns["ship_country"]
    (order,) = orders(tmp_path, "7,2026-09-22,,,A,Cup,2,1,,Mayor 1,Lugo,Ana,Núñez\n", header=header, columns=columns)
    assert order.ship_to == order.bill_to
    assert (order.name, order.ship_to.name, order.ship_to.city) == ("Ana Núñez", "Ana Núñez", "Lugo")


def test_a_mappings_currency_and_tax_rule_count(tmp_path):
    (order,) = orders(tmp_path, "7,2026-09-22,,,A,Cup,2,1,\n", currency="GBP", prices_include_tax=False)
    assert (order.currency, order.prices_include_tax) == ("GBP", False)


def test_a_rejection_names_the_column_of_the_file(tmp_path):
    (bad,) = orders(tmp_path, "7,2026-09-22,,,A,Cup,2,dear,\n")
    assert bad.facts == {"column": "Price", "value": "dear", "number": "7"}


def test_a_spreadsheets_numbers_are_put_right(tmp_path):
    columns = COLUMNS | {"buyer_id": "Mail"}
    del columns["email"]
    (order,) = orders(tmp_path, "536365.0,2010-12-01 08:26:00,17850.0,EIRE,A,Cup,6,2.1,\n", columns=columns, zone="UTC")
    assert (order.external_number, order.buyer_id, order.ship_to.country) == ("536365", "17850", "IE")


def test_settings_of_the_shop_serve_where_the_mapping_is_silent(tmp_path):
    mapping = Mapping("list", "orders", COLUMNS)
    settings = replace(ReadSettings("SEK", "Europe/Stockholm"), mapping=mapping)
    (order,) = read(saved(tmp_path, HEADER + "7,2026-09-22,,,A,Cup,2,1,\n"), settings)
    assert (order.currency, order.placed_at) == ("SEK", datetime(2026, 9, 21, 22, tzinfo=UTC))
