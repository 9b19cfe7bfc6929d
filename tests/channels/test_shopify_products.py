"""Shopify's products and inventory exports."""

from dataclasses import replace
from pathlib import Path

from backoffice.channels.candidates import rows_of
from backoffice.channels.readers import detect
from tests.channels.files import SPAIN, read, rejections, saved, taken, text_of

HEADER = (
    "Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published", "Option1 Name", "Option1 Value",
    "Option2 Name", "Option2 Value", "Variant SKU", "Variant Grams", "Variant Inventory Tracker",
    "Variant Inventory Qty", "Variant Inventory Policy", "Variant Price", "Variant Requires Shipping",
    "Variant Barcode", "Image Src", "Variant Image", "Cost per item", "Status",
)  # fmt: skip


def a_row(handle: str, **cells: str) -> list[str]:
    told = {"Handle": handle} | {name.replace("_", " "): cell for name, cell in cells.items()}
    assert told.keys() <= set(HEADER)
    return [told.get(name, "") for name in HEADER]


CUP = a_row(
    "cup", Title="Cup", Vendor="Lumbre", Type="Kitchen", Tags="blue, gift", Published="TRUE", Option1_Name="Colour",
    Option1_Value="Blue", Option2_Name="Size", Option2_Value="L", Variant_SKU="CUP-BL", Variant_Grams="350.0",
    Variant_Inventory_Tracker="shopify", Variant_Inventory_Qty="12", Variant_Inventory_Policy="continue",
    Variant_Price="12.50", Variant_Requires_Shipping="true", Variant_Barcode="'4006381333931",
    Image_Src="https://cdn/cup.jpg", Cost_per_item="4.20", Status="active",
)  # fmt: skip
RED = a_row(
    "cup", Option1_Value="Red", Option2_Value="S", Variant_SKU="CUP-RS", Variant_Price="11.00",
    Variant_Inventory_Qty="-2", Variant_Inventory_Policy="deny", Variant_Image="https://cdn/red.jpg",
)  # fmt: skip
PICTURE = a_row("cup", Image_Src="https://cdn/cup2.jpg")
LAMP = a_row(
    "lamp", Title="Lamp", Option1_Name="Title", Option1_Value="Default Title", Variant_Price="69.99", Status="draft"
)


def products(folder: Path, *rows: list[str]):
    return read(saved(folder, text_of(rows, header=HEADER)))


def test_a_variant_is_a_product_of_its_own(tmp_path):
    blue, red, lamp = products(tmp_path, CUP, RED, PICTURE, LAMP)
    assert (blue.external_id, blue.parent, blue.name, blue.sku) == ("cup/Blue/L", "cup", "Cup", "CUP-BL")
    assert blue.options == (("Colour", "Blue"), ("Size", "L"))
    assert red.options == (("Colour", "Red"), ("Size", "S"))
    assert (lamp.external_id, lamp.options, lamp.sku) == ("lamp", (), "")


def test_every_cell_of_a_product_finds_its_place(tmp_path):
    blue, red, lamp = products(tmp_path, CUP, RED, PICTURE, LAMP)
    assert (blue.price, blue.cost, blue.weight_g, blue.quantity) == (1250, 420, 350, 12)
    assert (blue.barcode, blue.barcode_doubtful) == ("4006381333931", False)
    assert (blue.supplier, blue.category, blue.tags) == ("Lumbre", "Kitchen", ("blue", "gift"))
    assert (blue.backorder, blue.tracked, blue.active, blue.requires_shipping) == (True, True, True, True)
    assert (red.backorder, red.quantity, red.active) == (False, -2, True)
    assert (red.picture, blue.picture) == ("https://cdn/red.jpg", "https://cdn/cup.jpg")
    assert (lamp.active, lamp.quantity, lamp.tracked) == (False, None, False)


def test_rows_with_a_picture_only_belong_to_the_first_variant(tmp_path):
    found = products(tmp_path, CUP, RED, PICTURE, LAMP)
    assert [each.rows for each in found] == [2, 1, 1]


def test_a_bad_variant_costs_itself_only(tmp_path):
    dear = a_row("cup", Option1_Value="Green", Option2_Value="S", Variant_Price="dear")
    found = products(tmp_path, CUP, dear, RED)
    assert rejections(found) == [(3, "not-an-amount")]
    assert [each.sku for each in taken(found)] == ["CUP-BL", "CUP-RS"]


def test_a_variant_that_stands_twice_is_taken_once(tmp_path):
    changed = [cell.replace("12.50", "13.50") for cell in CUP]
    assert rejections(products(tmp_path, CUP, RED, RED)) == [(4, "product-repeated")]
    found = products(tmp_path, CUP, RED, changed)
    assert rejections(found) == [(2, "product-replaced")]
    assert sorted(each.price for each in taken(found)) == [1100, 1350]


def test_a_sku_stands_for_one_product(tmp_path):
    lamp = [cell if name != "Variant SKU" else "CUP-BL" for name, cell in zip(HEADER, LAMP, strict=True)]
    assert rejections(products(tmp_path, CUP, lamp)) == [(3, "sku-repeated")]


def test_variants_sorted_away_from_their_title_find_it(tmp_path):
    found = products(tmp_path, RED, LAMP, CUP)
    assert {each.sku: each.name for each in taken(found)} == {"CUP-RS": "Cup", "CUP-BL": "Cup", "": "Lamp"}


def test_variants_without_title_or_choice_are_told(tmp_path):
    assert rejections(products(tmp_path, RED)) == [(2, "title-missing")]
    nameless = a_row("cup", Variant_SKU="CUP-X", Variant_Price="1.00")
    assert rejections(products(tmp_path, CUP, nameless)) == [(3, "option-missing")]


def test_a_barcode_that_a_spreadsheet_shortened_is_told(tmp_path):
    cup = [cell.replace("'4006381333931", "4.00638E+12") for cell in CUP]
    (bad,) = products(tmp_path, cup)
    assert (bad.code, bad.facts["column"]) == ("number-shortened", "Variant Barcode")


def test_the_names_of_2025_are_known(tmp_path):
    header = ["Title", "URL handle", "SKU", "Option1 name", "Option1 value", "Price", "Inventory quantity", "Status"]
    (cup,) = read(saved(tmp_path, text_of([["Cup", "cup", "CUP", "", "", "12.50", "3", "Active"]], header=header)))
    assert (cup.external_id, cup.price, cup.quantity, cup.active) == ("cup", 1250, 3, True)


NEW = (
    "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Location,Bin name,Incoming (not editable),"
    "Unavailable (not editable),Committed (not editable),Available (not editable),On hand (current),On hand (new)\n"
)
OLD = "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,SKU,HS Code,COO"


def test_counts_with_a_row_for_each_place(tmp_path):
    content = (
        NEW + "cup,Cup,Colour,Blue,CUP-B,691200,ES,Madrid,A-1,0,0,1,8,9,\ncup,Cup,,Blue,CUP-B,,,Lugo,,0,0,0,2,2,5\n"
    )
    madrid, lugo = read(saved(tmp_path, content))
    assert (madrid.sku, madrid.external_id, madrid.location, madrid.quantity) == ("CUP-B", "cup/Blue", "Madrid", 9)
    assert (madrid.bin, madrid.hs_code, madrid.origin, madrid.counts) == ("A-1", "691200", "ES", "on_hand")
    assert (lugo.location, lugo.quantity) == ("Lugo", 5)


def test_counts_of_what_can_be_sold_say_so(tmp_path):
    content = "Handle,Title,Option1 Value,SKU,HS Code,COO,Location,Available\ncup,Cup,Blue,CUP-B,,,Madrid,7\n"
    (count,) = read(saved(tmp_path, content))
    assert (count.quantity, count.counts) == (7, "available")


def test_counts_with_a_column_for_each_place(tmp_path):
    content = f'{OLD},Madrid,"Lugo, annex"\ncup,Cup,,Blue,,,,,CUP-B,,,7,not stocked\ncup,Cup,,Red,,,,,,,,,3\n'
    found = read(saved(tmp_path, content))
    assert [(each.sku or each.external_id, each.location, each.quantity) for each in found] == [
        ("CUP-B", "Madrid", 7), ("CUP-B", "Lugo, annex", None),
        ("cup/Red", "Madrid", None), ("cup/Red", "Lugo, annex", 3),
    ]  # fmt: skip
    assert {each.counts for each in found} == {"available"}
    assert sum(map(rows_of, found)) == 2


def test_only_the_shops_own_place_counts(tmp_path):
    content = NEW + "cup,Cup,,Blue,CUP-B,,,Madrid,,0,0,1,8,9,\ncup,Cup,,Blue,CUP-B,,,Lugo,,0,0,0,2,2,\n"
    found = read(saved(tmp_path, content), replace(SPAIN, location="madrid"))
    assert [each.quantity for each in found] == [9, None]


def test_a_count_without_article_or_number_is_told(tmp_path):
    content = NEW + ",,,,,,,Madrid,,0,0,1,8,9,\ncup,Cup,,Blue,CUP-B,,,Lugo,,0,0,0,2,many,\n"
    assert rejections(read(saved(tmp_path, content))) == [(2, "sku-missing"), (3, "not-a-quantity")]


def test_shopifys_three_exports_are_told_apart():
    assert detect(HEADER)[0][1].key == "shopify-products"
    assert detect(tuple(NEW.strip().split(",")))[0][1].key == "shopify-inventory"
    assert detect(tuple([*OLD.split(","), "Madrid"]))[0][1].key == "shopify-inventory"
