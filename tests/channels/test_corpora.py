"""Real exports written by others: every row is in one finding, and what goes in is what was sold."""

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from backoffice.channels.candidates import Rejected, rows_of
from backoffice.channels.mapping import Mapping
from backoffice.channels.proposing import propose_mapping
from backoffice.channels.readers import detect
from backoffice.channels.reading import open_table
from tests.channels.files import SPAIN, read, rejections, taken

HERE = Path(__file__).resolve().parents[2]
CORPORA = Path(os.environ.get("BACKOFFICE_CORPORA") or HERE.parent / "shared" / "data") / "orders"
pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="The folder of real exports is not on this machine.")
RETAIL = Mapping(
    "wholesaler",
    "orders",
    {
        "number": "InvoiceNo", "sku": "StockCode", "line_name": "Description", "quantity": "Quantity",
        "placed_at": "InvoiceDate", "unit_price": "UnitPrice", "buyer_id": "CustomerID", "ship_country": "Country",
    },
    currency="GBP",
    zone="UTC",
)  # fmt: skip
MEDUSA = sorted(CORPORA.glob("medusa_csv/**/*.csv")) if CORPORA.is_dir() else []


@pytest.mark.parametrize(
    ("day", "rows", "orders", "told"),
    [
        ("2010-12-01", 3108, 136, {"cancellation": 6, "stock-correction": 1}),
        ("2010-12-02", 2109, 143, {"cancellation": 23, "stock-correction": 1}),
        ("2010-12-03", 2202, 73, {"cancellation": 7, "stock-correction": 28}),
    ],
)
def test_a_wholesalers_day(day, rows, orders, told):
    found = read(CORPORA / "online_retail" / f"{day}.csv", replace(SPAIN, mapping=RETAIL))
    assert sum(map(rows_of, found)) == rows
    assert len(taken(found)) == orders
    assert Counter(code for _, code in rejections(found)) == told
    assert all(order.currency == "GBP" and order.ship_to.country for order in taken(found))
    assert all(line.quantity > 0 and line.unit_price >= 0 for order in taken(found) for line in order.lines)


def test_a_wholesalers_columns_are_proposed_as_they_are():
    table = open_table(CORPORA / "online_retail" / "2010-12-01.csv")
    assert propose_mapping(table.header, table.sample()).columns == RETAIL.columns


def test_a_shops_products():
    path = CORPORA / "packt" / "Product-data.csv"
    found = read(path)
    assert detect(open_table(path).header)[0][1].key == "shopify-products"
    assert (len(found), rejections(found), sum(map(rows_of, found))) == (21, [], 21)
    assert (found[0].name, found[0].price, found[0].quantity) == ("Floor Lamp", 6999, 1)
    assert len({each.external_id for each in found}) == 21


@pytest.mark.parametrize("path", MEDUSA, ids=lambda path: path.name)
def test_another_platforms_products_by_their_columns_names(path):
    table = open_table(path)
    found = read(path, replace(SPAIN, mapping=propose_mapping(table.header, table.sample(), currency="EUR")))
    assert not any(isinstance(each, Rejected) for each in found)
    assert sum(map(rows_of, found)) == len(list(table.rows()))
    assert all(each.name and each.external_id and each.options for each in found)
    priced = any("EUR" in name for name in table.header)
    assert all((each.price in (4500, 6500, 3000)) == priced for each in found)
