"""WooCommerce's product export, in the languages it is written in."""

from pathlib import Path

import pytest

from backoffice.channels.candidates import rows_of
from backoffice.channels.readers import detect
from tests.channels.files import read, rejections, saved, taken, text_of

ENGLISH = (
    "ID", "Type", "SKU", "GTIN, UPC, EAN, or ISBN", "Name", "Published", "Short description", "Description",
    "Date sale price starts", "Date sale price ends", "Tax status", "Tax class", "In stock?", "Stock",
    "Low stock amount", "Backorders allowed?", "Weight (kg)", "Length (cm)", "Width (cm)", "Height (cm)", "Sale price",
    "Regular price", "Categories", "Tags", "Images", "Parent", "Attribute 1 name", "Attribute 1 value(s)",
)  # fmt: skip
SPANISH = (
    "ID", "Tipo", "SKU", "GTIN, UPC, EAN o ISBN", "Nombre", "Publicado", "Descripción corta", "Descripción",
    "Día en que empieza el precio rebajado", "Día en que termina el precio rebajado", "Estado del impuesto",
    "Clase de impuesto", "¿Existencias?", "Inventario", "Cantidad de bajo inventario",
    "¿Permitir reservas de productos agotados?", "Peso (kg)", "Longitud (cm)", "Anchura (cm)", "Altura (cm)",
    "Precio rebajado", "Precio normal", "Categorías", "Etiquetas", "Imágenes", "Superior", "Nombre del atributo 1",
    "Valor(es) del atributo 1",
)  # fmt: skip
GERMAN = (
    "ID", "Typ", "Artikelnummer", "GTIN, UPC, EAN oder ISBN", "Name", "Veröffentlicht", "Kurzbeschreibung",
    "Beschreibung", "Datum, an dem der Angebotspreis beginnt", "Datum, an dem der Angebotspreis endet", "Steuerstatus",
    "Steuerklasse", "Vorrätig?", "Bestand", "Geringe Lagermenge", "Lieferrückstände erlaubt?", "Gewicht (kg)",
    "Länge (cm)", "Breite (cm)", "Höhe (cm)", "Angebotspreis", "Regulärer Preis", "Kategorien", "Schlagwörter",
    "Bilder", "Übergeordnetes Produkt", "Attribut 1 Name", "Attribut 1 Wert(e)",
)  # fmt: skip
FRENCH = (
    "ID", "Type", "UGS", "GTIN, UPC, EAN ou ISBN", "Nom", "Publié", "Description courte", "Description",
    "Date de début de promo", "Date de fin de promo", "État de la TVA", "Classe de TVA", "En stock ?", "Stock",
    "Montant de stock faible", "Autoriser les commandes de produits en rupture ?", "Poids (kg)", "Longueur (cm)",
    "Largeur (cm)", "Hauteur (cm)", "Tarif promo", "Tarif régulier", "Catégories", "Étiquettes", "Images", "Parent",
    "Nom de l’attribut 1", "Valeur(s) de l’attribut 1",
)  # fmt: skip


def a_row(number: str, kind: str, **cells: str) -> list[str]:
    told = {"ID": number, "Type": kind} | {name.replace("_", " "): cell for name, cell in cells.items()}
    sizes = {
        "Weight": "Weight (kg)", "Length": "Length (cm)", "Backorders": "Backorders allowed?", "Barcode": ENGLISH[3],
        "Colour": "Attribute 1 value(s)",
    }  # fmt: skip
    told = {sizes.get(name, name): cell for name, cell in told.items()}
    if "Attribute 1 value(s)" in told:
        told["Attribute 1 name"] = "Colour"
    assert told.keys() <= set(ENGLISH)
    return [told.get(name, "") for name in ENGLISH]


CUP = a_row(
    "7", "simple", SKU="CUP", Name="Cup", Published="1", Regular_price="12,50", Sale_price="9,90", Stock="4",
    Weight="0,35", Length="12,5", Backorders="notify", Low_stock_amount="2", Tax_status="taxable",
    Images="https://x/a.jpg, https://x/b.jpg", Categories="Kitchen > Cups", Barcode="4006381333931",
)  # fmt: skip
HOODIE = a_row("20", "variable", SKU="HOOD", Name="Hoodie", Weight="0,5", Categories="Clothes", Published="1")
BLUE = a_row(
    "21", "variation", SKU="HOOD-B", Name="Hoodie - Blue", Parent="HOOD", Regular_price="40", Colour="Blue", Stock="3"
)
RED = a_row(
    "22", "variation", SKU="HOOD-R", Name="Hoodie - Red", Parent="id:20", Regular_price="42", Colour="Red", Weight="0,6"
)


def products(folder: Path, *rows: list[str], header: tuple[str, ...] = ENGLISH):
    return read(saved(folder, text_of(rows, header=header)))


@pytest.mark.parametrize("header", [ENGLISH, SPANISH, GERMAN, FRENCH], ids=["en", "es", "de", "fr"])
def test_a_simple_product_in_four_languages(tmp_path, header):
    assert detect(header)[0][1].key == "woo-products"
    (cup,) = products(tmp_path, CUP, header=header)
    assert (cup.external_id, cup.sku, cup.name, cup.barcode) == ("7", "CUP", "Cup", "4006381333931")
    assert (cup.price, cup.sale_price, cup.quantity, cup.reorder_point) == (1250, 990, 4, 2)
    assert (cup.weight_g, cup.length_mm, cup.backorder, cup.active, cup.taxable) == (350, 125, True, True, True)
    assert (cup.picture, cup.category) == ("https://x/a.jpg", "Kitchen > Cups")


@pytest.mark.parametrize("header", [ENGLISH, SPANISH, GERMAN, FRENCH], ids=["en", "es", "de", "fr"])
def test_variations_inherit_from_their_parent(tmp_path, header):
    blue, red = products(tmp_path, HOODIE, BLUE, RED, header=header)
    assert (blue.name, blue.options, blue.weight_g, blue.quantity) == ("Hoodie", (("Colour", "Blue"),), 500, 3)
    assert (red.name, red.options, red.weight_g, red.quantity) == ("Hoodie", (("Colour", "Red"),), 600, None)
    assert blue.category == red.category == "Clothes"


@pytest.mark.parametrize("rows", [(HOODIE, BLUE, RED), (BLUE, HOODIE, RED), (BLUE, RED, HOODIE)])
def test_a_parents_row_is_counted_once_wherever_it_stands(tmp_path, rows):
    found = products(tmp_path, *rows)
    assert rejections(found) == []
    assert [each.name for each in found] == ["Hoodie", "Hoodie"]
    assert sum(map(rows_of, found)) == 3


def test_a_parent_whose_variations_are_bad_is_told_too(tmp_path):
    dear = [cell.replace("40", "dear") for cell in BLUE]
    found = products(tmp_path, HOODIE, dear)
    assert rejections(found) == [(3, "not-an-amount"), (2, "no-variations")]


def test_products_without_stock_of_their_own_are_told(tmp_path):
    rows = (
        a_row("1", "grouped", Name="Set"),
        a_row("2", "external", Name="Book"),
        a_row("3", "variable", Name="Coat"),
        CUP,
    )
    found = products(tmp_path, *rows)
    assert rejections(found) == [(2, "grouped-product"), (3, "external-product"), (4, "no-variations")]
    assert len(taken(found)) == 1


def test_a_sale_for_some_days_is_not_the_price(tmp_path):
    cup = [cell if name != "Date sale price ends" else "2026-10-01" for name, cell in zip(ENGLISH, CUP, strict=True)]
    (found,) = products(tmp_path, cup)
    assert (found.price, found.sale_price) == (1250, None)


def test_a_virtual_product_is_not_shipped(tmp_path):
    (card,) = products(tmp_path, a_row("9", "simple, virtual", Name="Gift card", Regular_price="10"))
    assert card.requires_shipping is False
    assert (card.sku, card.external_id, card.tracked) == ("", "9", False)


def test_ids_and_skus_stand_once(tmp_path):
    other = [cell.replace("7", "8", 1) if name == "ID" else cell for name, cell in zip(ENGLISH, CUP, strict=True)]
    assert rejections(products(tmp_path, CUP, CUP)) == [(3, "product-repeated")]
    assert rejections(products(tmp_path, CUP, other)) == [(3, "sku-repeated")]


def test_a_variation_without_its_parent_keeps_its_own_name(tmp_path):
    (blue,) = products(tmp_path, BLUE)
    assert (blue.name, blue.parent) == ("Hoodie - Blue", "HOOD")


def test_units_stand_in_the_header(tmp_path):
    header = tuple(name.replace("(kg)", "(lbs)").replace("(cm)", "(in)") for name in ENGLISH)
    (cup,) = products(tmp_path, CUP, header=header)
    assert (cup.weight_g, cup.length_mm) == (159, 318)
