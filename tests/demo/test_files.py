"""The demo shop's files are real in shape: exact headers, sums that add up, stories where shop.json says they are."""

import csv
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from backoffice.channels.fields import ORDER_FIELDS, lacking
from backoffice.channels.mapping import Mapping
from backoffice.core.barcodes import is_gtin
from backoffice.core.calendar import BusinessCalendar
from backoffice.core.money import Money, split, tax_from_gross
from backoffice.settings import delivery
from backoffice.settings.model import Carrier, DeliveryOption, ShopProfile

FOLDER = Path(__file__).parents[2] / "resources" / "demo"
Row = dict[str, str]

PRODUCTS = (
    "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,"
    "Option2 Value,Option3 Name,Option3 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,"
    "Variant Inventory Qty,Variant Inventory Policy,Variant Fulfillment Service,Variant Price,"
    "Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,Image Position,"
    "Image Alt Text,Gift Card,SEO Title,SEO Description,Google Shopping / Google Product Category,"
    "Google Shopping / Gender,Google Shopping / Age Group,Google Shopping / MPN,Google Shopping / AdWords Grouping,"
    "Google Shopping / AdWords Labels,Google Shopping / Condition,Google Shopping / Custom Product,"
    "Google Shopping / Custom Label 0,Google Shopping / Custom Label 1,Google Shopping / Custom Label 2,"
    "Google Shopping / Custom Label 3,Google Shopping / Custom Label 4,Variant Image,Variant Weight Unit,"
    "Variant Tax Code,Cost per item,Included / Spain,Price / Spain,Compare At Price / Spain,"
    "Included / International,Price / International,Compare At Price / International,Status"
)
INVENTORY = (
    "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,SKU,HS Code,COO,"
    "Location,Bin name,Incoming (not editable),Unavailable (not editable),Committed (not editable),"
    "Available (not editable),On hand (current),On hand (new)"
)
ORDERS = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,"
    "Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,"
    "Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,"
    "Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,"
    "Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,"
    "Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,"
    "Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,"
    "Payment Terms Name,Next Payment Due At,Payment References"
)
ON_EVERY_ROW = {"Name", "Email", "Vendor"}


def shop() -> dict[str, Any]:
    return dict(json.loads((FOLDER / "shop.json").read_text("utf-8")))


def text_of(name: str) -> str:
    return (FOLDER / name).read_bytes().decode("cp1252" if name == "orders-fair.csv" else "utf-8")


def rows(name: str) -> list[Row]:
    delimiter = ";" if name == "orders-fair.csv" else ","
    return list(csv.DictReader(io.StringIO(text_of(name), newline=""), delimiter=delimiter, strict=True))


def orders(name: str = "orders-shopify.csv", number: str = "Name") -> dict[str, list[Row]]:
    """Each order's rows, first row first; the file keeps them together."""
    found: dict[str, list[Row]] = {}
    last = ""
    for row in rows(name):
        assert row[number] == last or row[number] not in found
        last = row[number]
        found.setdefault(last, []).append(row)
    return found


def sales() -> dict[str, list[Row]]:
    return orders("orders-fair.csv", "Sale No.")


def euros(text: str) -> int:
    return Money.parse(text, "EUR").minor


def pounds(text: str) -> int:
    assert text.startswith("£")
    return Money.parse(text[1:].replace(",", ""), "GBP").minor


def line_total(row: Row) -> int:
    return euros(row["Lineitem price"]) * int(row["Lineitem quantity"]) - euros(row["Lineitem discount"])


def is_open(lines: list[Row]) -> bool:
    return lines[0]["Fulfillment Status"] != "fulfilled" and not lines[0]["Cancelled at"]


def waits(sale: Row) -> bool:
    return not sale["Dispatched on"] and not sale["Cancelled on"]


def still_to_send() -> Counter[str]:
    """Pieces per SKU that open orders of both channels wait for."""
    wanted: Counter[str] = Counter()
    for lines in orders().values():
        for row in lines:
            if is_open(lines) and row["Lineitem fulfillment status"] == "pending":
                wanted[row["Lineitem sku"]] += int(row["Lineitem quantity"])
    for row in rows("orders-fair.csv"):
        if waits(row):
            wanted[row["Item code"]] += int(row["Qty"])
    wanted.pop("", None)
    return wanted


def variants() -> dict[str, Row]:
    return {row["Variant SKU"]: row for row in rows("products-shopify.csv") if row["Variant SKU"]}


def stock() -> dict[str, Row]:
    return {row["SKU"]: row for row in rows("inventory-shopify.csv")}


def differences() -> Iterator[tuple[str, int]]:
    for number, lines in orders().items():
        first = lines[0]
        ours = sum(map(line_total, lines)) - euros(first["Discount Amount"]) + euros(first["Shipping"])
        yield number, euros(first["Total"]) - ours


@pytest.mark.parametrize(
    ("name", "header"),
    [("products-shopify.csv", PRODUCTS), ("inventory-shopify.csv", INVENTORY), ("orders-shopify.csv", ORDERS)],
)
def test_the_web_shops_files_have_the_platforms_exact_header(name: str, header: str) -> None:
    assert text_of(name).split("\n", 1)[0] == header


def test_files_are_utf8_without_a_mark_and_the_fairs_is_not_utf8_at_all() -> None:
    for name in ("products-shopify.csv", "inventory-shopify.csv", "orders-shopify.csv"):
        assert not (FOLDER / name).read_bytes().startswith(b"\xef\xbb\xbf")
    with pytest.raises(UnicodeDecodeError):
        (FOLDER / "orders-fair.csv").read_bytes().decode("utf-8")


def test_there_are_enough_products_and_each_has_its_own_number() -> None:
    numbers = [row["Variant SKU"] for row in rows("products-shopify.csv") if row["Variant SKU"]]
    assert len(numbers) == len(set(numbers)) >= 60
    assert {row["Status"] for row in rows("products-shopify.csv")} == {"", "active", "draft", "archived"}


def test_barcodes_are_in_store_numbers_with_a_right_check_digit() -> None:
    barcodes = [row["Variant Barcode"] for row in variants().values() if row["Variant Barcode"]]
    assert len(barcodes) == len(set(barcodes)) >= 60
    assert all(is_gtin(code) and re.fullmatch(r"2\d{12}", code) for code in barcodes)


def test_the_stock_file_counts_the_same_variants_and_its_numbers_agree() -> None:
    assert set(stock()) == set(variants())
    for sku, row in stock().items():
        parts = [int(row[f"{word} (not editable)"]) for word in ("Available", "Committed", "Unavailable")]
        assert sum(parts) == int(row["On hand (current)"]), sku
        assert parts[0] == int(variants()[sku]["Variant Inventory Qty"]), sku


def test_what_the_stock_file_calls_committed_is_what_open_orders_wait_for() -> None:
    fair = Counter({row["Item code"]: 0 for row in rows("orders-fair.csv")})
    for row in rows("orders-fair.csv"):
        fair[row["Item code"]] += int(row["Qty"]) if waits(row) else 0
    wanted = still_to_send()
    for sku, row in stock().items():
        assert int(row["Committed (not editable)"]) == wanted[sku] - fair[sku], sku


def test_only_the_backorder_wants_more_than_there_is() -> None:
    here = {sku: int(row["On hand (current)"]) - int(row["Unavailable (not editable)"]) for sku, row in stock().items()}
    short = {sku for sku, wanted in still_to_send().items() if wanted > here[sku]}
    (sku,) = short
    assert sku in {row["Lineitem sku"] for row in orders()[shop()["examples"]["backorder"]]}
    assert variants()[sku]["Variant Inventory Policy"] == "continue"


def test_there_are_enough_orders_of_two_months_and_two_currencies() -> None:
    assert len(orders()) >= 120
    assert len(sales()) >= 40
    assert 30 <= sum(map(is_open, orders().values())) <= 40
    placed = [datetime.fromisoformat(lines[0]["Created at"]).date() for lines in orders().values()]
    assert max(placed) == date.fromisoformat(shop()["newest"])
    assert timedelta(days=55) <= max(placed) - min(placed) <= timedelta(days=62)
    assert {lines[0]["Currency"] for lines in orders().values()} == {"EUR"}
    assert {row["Currency"] for row in rows("orders-fair.csv")} == {"GBP"}


def test_an_orders_own_cells_stand_on_its_first_row_only() -> None:
    for number, lines in orders().items():
        for row in lines[1:]:
            filled = {name for name, value in row.items() if value and not name.startswith("Lineitem")}
            assert filled == ON_EVERY_ROW, number


def test_totals_add_up_but_for_one_order_by_one_cent() -> None:
    off = {number: by for number, by in differences() if by}
    assert {number: abs(by) for number, by in off.items()} == {shop()["examples"]["one_cent"]: 1}
    for number, (first, *_) in orders().items():
        parts = euros(first["Subtotal"]) + euros(first["Shipping"])
        assert euros(first["Total"]) - parts == off.get(number, 0), number


def test_taxes_are_what_is_in_the_prices_at_each_lines_rate() -> None:
    goods = shop()["goods"]
    for number, lines in orders().items():
        first = lines[0]
        taxed = first["Tax 1 Name"] != ""
        usual = [Decimal(goods.get(row["Lineitem sku"], {}).get("tax_rate", "0.21")) for row in lines]
        rates = usual if taxed else [Decimal(0)] * len(lines)
        shares = split(euros(first["Discount Amount"]), [line_total(row) for row in lines])
        parts = [(line_total(row) - share, rate) for row, share, rate in zip(lines, shares, rates, strict=True)]
        found: defaultdict[Decimal, int] = defaultdict(int)
        for gross, rate in [*parts, (euros(first["Shipping"]), max(rates))]:
            found[rate] += sum(tax_from_gross(gross, [rate])[1]) if rate else 0
        told = {first[f"Tax {n} Name"]: euros(first[f"Tax {n} Value"]) for n in (1, 2) if first[f"Tax {n} Name"]}
        assert told == {f"IVA {int(rate * 100)}%": tax for rate, tax in found.items() if rate}, number
        assert euros(first["Taxes"]) == sum(told.values()), number


def test_delivery_costs_what_the_shops_price_rules_say() -> None:
    options = {alias: option for option in shop()["delivery_options"] for alias in option["aliases"]}
    for number, lines in orders().items():
        first = lines[0]
        grams = sum(
            int(variants()[row["Lineitem sku"]]["Variant Grams"]) * int(row["Lineitem quantity"])
            for row in lines
            if row["Lineitem sku"]
        )
        goods = sum(map(line_total, lines)) - euros(first["Discount Amount"])
        asked = delivery.price(
            options[first["Shipping Method"]]["price_rules"],
            country=first["Shipping Country"] or first["Billing Country"],
            weight_g=grams,
            value=Money(goods, "EUR"),
        )
        assert asked == Money(euros(first["Shipping"]), "EUR"), number


def test_payments_say_what_the_status_says() -> None:
    for number, (first, *_) in orders().items():
        total, refunded, owed = (euros(first[name]) for name in ("Total", "Refunded Amount", "Outstanding Balance"))
        status = first["Financial Status"]
        assert (status in {"paid", "partially_refunded", "refunded"}) == bool(first["Paid at"]), number
        assert (refunded == total) == (status == "refunded"), number
        assert (0 < refunded < total) == (status == "partially_refunded"), number
        assert (owed == total) == (status == "pending"), number
        assert (0 < owed < total) == (status == "partially_paid"), number


def test_the_fairs_sales_add_up_and_never_change_their_mind_between_rows() -> None:
    of_line = {"Item code", "Item", "Qty", "Price each"}
    for number, lines in sales().items():
        goods = sum(pounds(row["Price each"]) * int(row["Qty"]) for row in lines)
        assert goods + pounds(lines[0]["Postage"]) == pounds(lines[0]["Sale total"]), number
        for name in lines[0].keys() - of_line:
            assert len({row[name] for row in lines}) == 1, (number, name)


def test_the_fairs_days_come_first() -> None:
    placed = [datetime.strptime(row["Date of sale"], "%d/%m/%Y %H:%M") for row in rows("orders-fair.csv")]
    assert max(placed).date() == date.fromisoformat(shop()["newest"])
    assert any(moment.day > 12 for moment in placed)


def test_every_picture_is_there_small_square_and_used() -> None:
    named = {row[name] for row in rows("products-shopify.csv") for name in ("Image Src", "Variant Image")} - {""}
    there = {f"pictures/{path.name}" for path in (FOLDER / "pictures").iterdir()}
    assert named == there
    assert len(there) >= 60
    for path in (FOLDER / "pictures").iterdir():
        assert path.stat().st_size <= 6 * 1024, path.name
        with Image.open(path) as picture:
            assert (picture.format, picture.size) == ("PNG", (256, 256)), path.name


def test_the_whole_shop_stays_below_a_megabyte() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 1_000_000


def test_the_shop_file_speaks_the_settings_own_words() -> None:
    told = shop()
    assert set(told["profile"]) <= set(ShopProfile.model_fields)
    assert (FOLDER / told["logo"]).is_file()
    assert BusinessCalendar.from_json(json.dumps(told["calendar"])).zone == told["profile"]["zone"]
    carriers = {carrier["name"] for carrier in told["carriers"]} | {""}
    for carrier in told["carriers"]:
        assert set(carrier) <= set(Carrier.model_fields)
        assert re.fullmatch(r"https://[\w.-]+\.example/\S*\{tracking\}\S*", carrier["tracking_url"])
    for option in told["delivery_options"]:
        assert set(option) - {"carrier"} <= set(DeliveryOption.model_fields)
        assert option["carrier"] in carriers
        delivery.check_rules(option["price_rules"], currency="EUR")
    assert set(told["goods"]) <= set(variants())
    assert all((FOLDER / file["file"]).is_file() for file in told["files"])


def test_each_story_is_in_the_order_that_the_shop_file_names() -> None:
    told, web = shop()["examples"], orders()
    newest = date.fromisoformat(shop()["newest"])
    for number in told["late"]:
        if number in web:
            assert is_open(web[number])
            assert newest - datetime.fromisoformat(web[number][0]["Created at"]).date() >= timedelta(days=8)
        else:
            assert all(map(waits, sales()[number]))
    repeat = [web[number][0] for number in told["repeat_customer"]]
    assert len(repeat) == 4
    assert len({row["Email"] for row in repeat}) == 1
    assert is_open(web[told["repeat_customer"][-1]])
    assert {web[number][0]["Shipping Name"] for number in told["same_name"]} == {"María García López"}
    assert len({web[number][0]["Email"] for number in told["same_name"]}) == 2
    assert all(is_open(web[number]) for number in told["combine"])
    assert len({web[number][0]["Shipping Street"] for number in told["combine"]}) == 1
    assert is_open(web[told["hold"]])
    assert web[told["hold"]][0]["Notes"] != ""
    assert is_open(web[told["no_postcode"]])
    assert web[told["no_postcode"]][0]["Shipping Zip"] == ""
    assert web[told["part_shipped"]][0]["Fulfillment Status"] == "partial"
    lacking = {row["Lineitem sku"] for row in web[told["customs_missing"]]}
    assert any(stock()[sku]["HS Code"] == "" for sku in lacking)
    assert all(web[number][0]["Financial Status"] == "pending" for number in told["unpaid"])
    assert sales()[told["unknown_item"]][0]["Item code"] not in variants()
    assert sales()[told["no_item_code"]][0]["Item code"] == ""


def test_the_reader_names_the_orders_that_the_shop_file_names() -> None:
    text = (FOLDER / "reader.md").read_text("utf-8")
    told = shop()["examples"]
    for story in ("late", "hold", "backorder", "repeat_customer", "two_parcels", "one_cent", "no_postcode", "combine"):
        for number in told[story] if isinstance(told[story], list) else [told[story]]:
            assert number in text, story


def test_addresses_come_in_several_scripts_and_zips_with_their_apostrophe() -> None:
    names = " ".join(lines[0]["Shipping Name"] + lines[0]["Shipping Street"] for lines in orders().values())
    for script in ("[áéíóúñ]", "[\u0370-\u03ff]", "[\u0400-\u04ff]", "[\u0600-\u06ff]", "[łżřőøåþ]"):
        assert re.search(script, names), script
    zips = [lines[0]["Shipping Zip"] for lines in orders().values()]
    assert sum(code.startswith("'") for code in zips) > 50
    assert len({lines[0]["Shipping Country"] for lines in orders().values()}) >= 20


def test_nobody_can_be_written_to() -> None:
    mails = {row["Email"] for row in rows("orders-shopify.csv")} | {
        row["Buyer's e-mail"] for row in rows("orders-fair.csv")
    }
    everything = {*mails, shop()["profile"]["email"]}
    assert all(re.search(r"@(example\.(com|org|net)|[\w-]+\.example)$", mail) for mail in everything)


def test_the_fairs_mapping_gives_every_column_it_names_a_meaning() -> None:
    mapping = Mapping.from_json((FOLDER / "orders-fair.mapping.json").read_text("utf-8"))
    header = text_of("orders-fair.csv").split("\r\n", 1)[0].split(";")
    assert set(mapping.columns.values()) == set(header)
    assert set(mapping.columns) <= {field.key for field in ORDER_FIELDS}
    assert lacking(mapping.kind, mapping.columns) == []
