"""Real exports of products and counts with everything that goes wrong, and what must be on the shelves afterwards."""

from tests.channels.exports import INVENTORY, PRODUCTS, WOO, counted, export, product, variant, woo
from tests.channels.nasty import Books, Case


def _products(*rows: list[str], **dialect: str) -> str:
    return export(rows, PRODUCTS, **dialect)


TWO = _products(product("tee", Variant_SKU="T1"), product("mug", Variant_SKU="M1", Variant_Inventory_Qty="0"))
ARTICLES = {
    "three options": Case(
        _products(
            product("tee", Option1_Name="Size", Option1_Value="S", Option2_Name="Colour", Option2_Value="Red",
                    Option3_Name="Fit", Option3_Value="Slim", Variant_SKU="T1"),
            variant("tee", Option1_Value="M", Option2_Value="Red", Option3_Value="Slim", Variant_SKU="T2"),
            variant("tee", Option1_Value="M", Option2_Value="Blue", Option3_Value="Wide"),
        ),
        Books({"T1": "19.90 5", "T2": "19.90 5", "tee/M/Blue/Wide": "19.90 5"}),
    ),
    "rows of pictures": Case(
        _products(
            product("tee", Variant_SKU="T1", Image_Src="https://x.test/a.jpg", Image_Position="1"),
            [cell if name in ("Handle", "Image Src", "Image Position") else "" for name, cell in zip(
                PRODUCTS, product("tee", Image_Src="https://x.test/b.jpg", Image_Position="2"), strict=True)],
            product("mug", Variant_SKU="M1"),
        ),
        Books({"T1": "19.90 5", "M1": "19.90 5"}),
    ),
    "handles in other letters": Case(
        _products(product("tasse-à-thé", Variant_SKU="Ñ-1"), product("茶碗")),
        Books({"Ñ-1": "19.90 5", "茶碗": "19.90 5"}),
    ),
    "apostrophes before digits": Case(
        _products(product("tee", Variant_SKU="'0012", Variant_Barcode="'8412345678905")), Books({"0012": "19.90 5"})
    ),
    "a SKU shortened": Case(
        _products(product("tee", Variant_SKU="8,41235E+12")), Books({}, ((2, "number-shortened"),))
    ),
    "a SKU twice": Case(
        _products(product("a", Variant_SKU="S"), product("b", Variant_SKU="S")),
        Books({"S": "19.90 5"}, ((3, "sku-repeated"),)),
    ),
    "a gift card": Case(
        _products(product("gift", Gift_Card="true", Option1_Name="Denominations", Option1_Value="10.00 €",
                          Variant_Price="10.00", Variant_Requires_Shipping="false", Variant_Inventory_Tracker="")),
        Books({"gift/10.00 €": "10.00 0"}),
    ),
    "decimal commas, semicolons, cp1252": Case(
        _products(product("ñ", Variant_SKU="S", Variant_Price="1.234,50", Variant_Grams="1.500,0"), delimiter=";")
        .encode("cp1252"),
        Books({"S": "1234.50 5"}),
    ),
    "fewer than none": Case(
        _products(product("c", Variant_SKU="C", Variant_Inventory_Qty="-3")), Books({"C": "19.90 0"})
    ),
    "no title": Case(_products(variant("tee", Variant_SKU="T1")), Books({}, ((2, "title-missing"),))),
    "rows apart": Case(
        _products(product("a", Variant_SKU="A1", Option1_Name="Size", Option1_Value="S"), product("b", Variant_SKU="B"),
                  variant("a", Variant_SKU="A2", Option1_Value="M")),
        Books({"A1": "19.90 5", "A2": "19.90 5", "B": "19.90 5"}),
    ),
    "two places, one never stocked": Case(
        export(
            [counted("tee", "T1", "Madrid", "0", "0", "1", "6", "7"),
             counted("tee", "T1", "Toledo", "0", "0", "0", "2", "2"),
             counted("mug", "M1", "Madrid", *["not stocked"] * 5)],
            (*INVENTORY, "Incoming", "Unavailable", "Committed", "Available", "On hand"),
        ),
        Books({"T1": "19.90 9", "M1": "19.90 0"}), TWO,
    ),
    "the new columns of counts": Case(
        export(
            [counted("tee", "T1", "Madrid", "A-3", "0", "0", "1", "6", "7", ""),
             counted("mug", "M1", "Madrid", "", "0", "0", "0", "0", "0", "4")],
            (*INVENTORY, "Bin name", "Incoming (not editable)", "Unavailable (not editable)",
             "Committed (not editable)", "Available (not editable)", "On hand (current)", "On hand (new)"),
        ),
        Books({"T1": "19.90 7", "M1": "19.90 4"}), TWO,
    ),
    "the old columns, a place each": Case(
        export([counted("tee", "T1", "9", "not stocked"), counted("mug", "M1", "not stocked", "3")],
               (*INVENTORY[:-1], "Madrid", "Toledo")),
        Books({"T1": "19.90 9", "M1": "19.90 3"}), TWO,
    ),
    "a count below zero": Case(
        export([counted("tee", "T1", "Madrid", "-2")], (*INVENTORY, "On hand")),
        Books({"T1": "19.90 5", "M1": "19.90 0"}, ((2, "stock-negative"),)), TWO,
    ),
    "a count without SKU": Case(
        export([counted("tee", "", "Madrid", "4")], (*INVENTORY, "On hand")),
        Books({"T1": "19.90 4", "M1": "19.90 0"}), TWO,
    ),
}  # fmt: skip


def _woo(*rows: list[str], **dialect: str) -> str:
    return export(rows, WOO, **dialect)


WOO_ARTICLES = {
    "variations by their parent's SKU": Case(
        _woo(woo(1, "variable", SKU="TEE", Stock="", Regular_price=""),
             woo(2, "variation", SKU="TEE-S", Parent="TEE", options="S"),
             woo(3, "variation", SKU="TEE-M", Parent="TEE", options="M")),
        Books({"TEE-S": "12.00 5", "TEE-M": "12.00 5"}),
    ),
    "variations by their parent's id, without SKUs": Case(
        _woo(woo(11, "variable", Stock="", Regular_price=""), woo(12, "variation", Parent="id:11", options="S"),
             woo(13, "variation", Parent="id:11", options="M")),
        Books({"12": "12.00 5", "13": "12.00 5"}),
    ),
    "a variation before its parent": Case(
        _woo(woo(12, "variation", SKU="X", Parent="id:11", options="S"), woo(11, "variable", Stock="")),
        Books({"X": "12.00 5"}),
    ),
    "groups, other shops' and childless products": Case(
        _woo(woo(1, "simple, downloadable, virtual", SKU="A"), woo(2, "grouped", SKU="B"), woo(3, "external", SKU="C"),
             woo(4, "variable", SKU="D"), woo(5, "bundle", SKU="E")),
        Books(
            {"A": "12.00 5", "E": "12.00 5"},
            ((3, "grouped-product"), (4, "external-product"), (5, "no-variations")),
        ),
    ),
    "sale prices with commas": Case(
        _woo(woo(1, SKU="A", Regular_price="1.234,50", Sale_price="999,00"), woo(2, SKU="B", Regular_price="12,5")),
        Books({"A": "999.00 5", "B": "12.50 5"}),
    ),
    "half a piece in stock": Case(
        _woo(woo(1, SKU="A", Stock="2.5"), woo(2, SKU="C", Stock="-2")),
        Books({"C": "12.00 0"}, ((2, "quantity-fraction"),)),
    ),
}  # fmt: skip
