"""A file is taken whole or refused before its first record; whatever is done to it, no row gets lost."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.channels.candidates import rows_of
from backoffice.channels.mapping import Mapping
from backoffice.channels.readers import MAPPED, detect, reader_called
from backoffice.channels.reading import open_table
from backoffice.core.errors import Refused
from tests.channels import test_mapped_articles, test_mapped_orders, test_shopify_products, test_woo_products
from tests.channels.files import SPAIN, an_item, an_order, bytes_of, saved, text_of

WOO = text_of([test_woo_products.CUP], header=test_woo_products.ENGLISH)
MAPPINGS = {
    "orders": Mapping("list", "orders", test_mapped_orders.COLUMNS),
    "products": Mapping("list", "products", test_mapped_articles.PRODUCTS),
    "stock": Mapping("list", "stock", test_mapped_articles.COUNTS),
}
LONG = {
    "shopify-orders": (bytes_of().decode(), lambda n: ",".join(an_order(f"#{n}")), None),
    "shopify-products": (
        text_of([], header=test_shopify_products.HEADER), lambda n: f"cup-{n},Cup" + "," * 21, None,
    ),
    "shopify-inventory": (test_shopify_products.NEW, lambda n: f"cup-{n},Cup,,,,,,Madrid,,0,0,0,1,1,", None),
    "woo-products": (WOO, lambda n: f"{n + 100},simple,,,Cup" + "," * 23, None),
    "mapped-orders": (test_mapped_orders.HEADER, lambda n: f"{n},2026-09-22,,,A,Cup,1,1,", MAPPINGS["orders"]),
    "mapped-products": (test_mapped_articles.HEADER, lambda n: f"SKU-{n};Taza" + ";" * 13, MAPPINGS["products"]),
    "mapped-stock": ("Ref,Cantidad,Almacén,Nota\n", lambda n: f"SKU-{n},1,Madrid,", MAPPINGS["stock"]),
}  # fmt: skip


@pytest.mark.parametrize("key", LONG)
def test_an_unclosed_quote_at_the_end_is_seen_before_the_first_record(key, tmp_path):
    header, row, mapping = LONG[key]
    path = saved(tmp_path, header + "".join(row(n) + "\n" for n in range(1500)) + row(1500) + '"open\n' + row(1501))
    table = open_table(path)
    reader = reader_called(key)
    found = reader.read(table, replace(SPAIN, mapping=mapping))
    with pytest.raises(Refused, match=r"channels\.unclosed-quote") as refused:
        next(iter(found))
    assert refused.value.facts["line"] == table.lines - 1


@pytest.mark.parametrize("key", LONG)
def test_a_long_file_is_read_to_its_end(key, tmp_path):
    header, row, mapping = LONG[key]
    table = open_table(saved(tmp_path, header + "".join(row(n) + "\n" for n in range(1500))))
    found = list(reader_called(key).read(table, replace(SPAIN, mapping=mapping)))
    assert sum(map(rows_of, found)) == len(list(table.rows())) >= 1500


WHOLE = bytes_of(
    an_order("#1", Notes='two\nlines, "quoted"'), an_item("#1"), an_order("#2", Shipping_City="Cádiz"), an_order("#3")
)
_edit = st.tuples(
    st.integers(0, len(WHOLE) - 1),
    st.integers(0, 30),
    st.binary(max_size=6) | st.sampled_from([b'"', b"\n", b",", b";"]),
)


@given(st.lists(_edit, min_size=1, max_size=6))
def test_a_file_damaged_anyhow_loses_no_row(tmp_path_factory, edits):
    content = WHOLE
    for at, gone, put in edits:
        content = content[:at] + put + content[at + gone :]
    assert_no_row_is_lost(saved(tmp_path_factory.mktemp("damaged"), content))


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_are_a_table_or_refused(tmp_path_factory, content):
    assert_no_row_is_lost(saved(tmp_path_factory.mktemp("any"), content))


def assert_no_row_is_lost(path: Path) -> None:
    try:
        table = open_table(path)
        known = detect(table.header)
        mapping = Mapping("any", "products", {"name": table.header[0]})
        reader = known[0][1] if known else MAPPED["products"]
        found = list(reader.read(table, replace(SPAIN, mapping=mapping)))
    except Refused as refused:
        assert refused.code.startswith("channels.")
        return
    assert sum(map(rows_of, found)) == len(list(table.rows()))
