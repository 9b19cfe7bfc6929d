"""Mappings: proposed by the columns' names, kept as JSON, found again by the header, refused when they do not fit."""

import json
from dataclasses import replace

import pytest

from backoffice.channels.column_words import PART_WORDS, SIDE_WORDS, WORDS
from backoffice.channels.fields import FIELDS, REQUIRED, lacking
from backoffice.channels.mapping import Mapping, signature
from backoffice.channels.proposing import guess_kind, plain, propose_mapping
from backoffice.core.errors import Refused
from tests.channels.files import SPAIN, read, saved

RETAIL = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")
SPANISH = (
    "Nº de pedido", "Fecha del pedido", "Correo electrónico", "Nombre del cliente", "Teléfono", "Dirección", "Ciudad",
    "Código postal", "Provincia", "País", "Referencia", "Producto", "Cantidad", "Precio unitario", "Gastos de envío",
    "Total pedido", "Forma de pago", "Observaciones",
)  # fmt: skip
GERMAN = (
    "Bestellnummer", "Bestelldatum", "E-Mail", "Kundenname", "Lieferadresse Straße", "Lieferadresse Ort",
    "Lieferadresse PLZ", "Lieferadresse Land", "Rechnungsadresse Straße", "Rechnungsadresse Ort", "Artikelnummer",
    "Artikelbezeichnung", "Menge", "Einzelpreis", "Versandkosten", "Gesamtbetrag", "Zahlungsart",
)  # fmt: skip
MAPPING = Mapping("Eva's list", "orders", {"number": "Nº", "sku": "Ref"}, currency="EUR", date_order="day", decimal=",")


def test_a_mapping_survives_being_kept():
    assert Mapping.from_json(MAPPING.to_json()) == MAPPING
    assert Mapping.from_facts(json.loads(json.dumps(MAPPING.to_facts()))) == MAPPING


@pytest.mark.parametrize(
    "facts",
    [
        "[]", "{}", "null", "not json", '{"kind": "orders"}', '{"version": 99, "kind": "orders"}',
        MAPPING.to_json().replace('"day"', '"year"'), MAPPING.to_json().replace('"Ref"', "7"),
        MAPPING.to_json().replace('"orders"', '"gossip"'), MAPPING.to_json().replace("null", '"perhaps"'),
    ],
)  # fmt: skip
def test_a_damaged_mapping_is_refused(facts):
    with pytest.raises(Refused, match=r"channels\.bad-mapping"):
        Mapping.from_json(facts)


def test_a_header_is_known_again_in_any_order():
    assert signature(("Total", "Nº Pedido")) == signature((" nº pedido", "TOTAL"))
    assert signature(("Total", "Nº Pedido")) != signature(("Total", "Pedido"))


@pytest.mark.parametrize(
    ("name", "words"), [("InvoiceNo", "invoice no"), ("unit_price", "unit price"), ("¿País?", "pais")]
)
def test_a_columns_name_is_its_words(name, words):
    assert plain(name) == words


def test_a_wholesalers_columns_are_understood():
    found = propose_mapping(RETAIL, [])
    assert found.kind == "orders"
    assert found.columns == {
        "number": "InvoiceNo", "sku": "StockCode", "line_name": "Description", "quantity": "Quantity",
        "placed_at": "InvoiceDate", "unit_price": "UnitPrice", "buyer_id": "CustomerID", "ship_country": "Country",
    }  # fmt: skip


def test_spanish_columns_are_understood():
    assert propose_mapping(SPANISH, []).columns == dict(
        zip(
            (
                "number", "placed_at", "email", "name", "phone", "ship_street", "ship_city", "ship_postcode",
                "ship_region", "ship_country", "sku", "line_name", "quantity", "unit_price", "shipping", "total",
                "payment_method", "notes",
            ),
            SPANISH,
            strict=True,
        )
    )  # fmt: skip


def test_german_columns_are_understood_with_both_addresses():
    assert propose_mapping(GERMAN, []).columns == dict(
        zip(
            (
                "number", "placed_at", "email", "name", "ship_street", "ship_city", "ship_postcode", "ship_country",
                "bill_street", "bill_city", "sku", "line_name", "quantity", "unit_price", "shipping", "total",
                "payment_method",
            ),
            GERMAN,
            strict=True,
        )
    )  # fmt: skip


def test_a_column_whose_cells_do_not_fit_is_not_proposed():
    rows = [["1", "soon", "2"], ["2", "later", "3"]]
    assert "placed_at" not in propose_mapping(("Order number", "Date", "Quantity"), rows, kind="orders").columns


def test_of_several_prices_the_shops_currency_is_taken():
    header = ("SKU", "Price USD", "Price EUR", "Price DKK")
    assert propose_mapping(header, [], currency="EUR").columns["price"] == "Price EUR"
    assert "price" not in propose_mapping(header, [], currency="GBP").columns


def test_dates_with_two_readings_get_the_countrys_order_to_be_looked_over():
    header, rows = ("Order number", "Date", "SKU", "Quantity", "Price"), [["1", "03/04/26", "A", "1", "2"]]
    assert propose_mapping(header, rows, country="ES").date_order == "day"
    assert propose_mapping(header, rows, country="US").date_order == "month"
    assert propose_mapping(header, rows).date_order == ""
    rows.append(["2", "04/25/26", "A", "1", "2"])
    assert propose_mapping(header, rows, country="ES").date_order == "month"


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (RETAIL, "orders"),
        (SPANISH, "orders"),
        (("SKU", "Quantity", "Location"), "stock"),
        (("Referencia", "Existencias"), "stock"),
        (("SKU", "Name", "Price", "Stock"), "products"),
        (("Foo", "Bar"), "products"),
        (("Sale No.", "Buyer's e-mail", "Address line 1", "Town", "Item code", "Qty", "Price each"), "orders"),
        (("Name", "Email", "Phone"), "orders"),
        (("Item code", "Qty", "Price each"), "orders"),
    ],
)
def test_what_a_file_holds_is_guessed(header, kind):
    assert guess_kind(header) == kind


def test_what_a_mapping_lacks_is_named():
    assert lacking("orders", {"number": "a", "placed_at": "b", "line_name": "c", "quantity": "d"}) == [
        "Line: unit price"
    ]
    assert lacking("products", {"name": "a"}) == []


def test_a_mapping_that_lacks_or_does_not_fit_is_refused(tmp_path):
    path = saved(tmp_path, "Ref,Cantidad\nA,1\n")
    for mapping, code in (
        (None, "channels.no-mapping"),
        (Mapping("x", "stock", {"sku": "Ref"}), "channels.mapping-lacks"),
        (Mapping("x", "stock", {"sku": "Ref", "quantity": "Menge"}), "channels.mapping-does-not-fit"),
    ):
        with pytest.raises(Refused, match=code.replace(".", r"\.")):
            read(path, replace(SPAIN, mapping=mapping), reader="mapped-stock")


def test_every_field_has_names_and_every_name_a_field():
    for kind, words in WORDS.items():
        keys = {field.key for field in FIELDS[kind]}
        sided = {f"{side}_{part}" for side in SIDE_WORDS for part in PART_WORDS}
        assert keys - set(words) <= sided
        assert set(words) <= keys
        assert {key for group in REQUIRED[kind] for key in group} <= keys
        assert all(plain(name) == name for names in words.values() for name in names)
