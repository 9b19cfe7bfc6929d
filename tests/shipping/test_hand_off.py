"""Files for carriers' programs: a plain one, and Click & Drop's field names, lengths and formats."""

import csv
import io

import pytest

from backoffice.core.postal import PostalAddress
from backoffice.settings import actions as settings
from backoffice.shipping import actions, packing
from backoffice.shipping.hand_off import hand_off
from tests.builders import ANA, a_product, an_open_shop, an_order, line_ids, refused

LEEDS = PostalAddress(
    name="Jane Doe",
    street="Flat 2\nRose House\n5 High Street\nHorsforth",
    city="Leeds",
    postcode="LS1 4AP",
    country="GB",
)


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


@pytest.fixture
def file(tmp_path):
    return tmp_path / "parcels.csv"


def packed(shop, *addresses, units=2, **more):
    """A parcel of cups (350 g, 12.10, from Portugal) to each address."""
    with shop.work() as work:
        facts = {"weight_g": 350, "hs_code": "691200", "origin": "PT"}
        cup = a_product(work, on_hand=99, sku="CUP", name="Stoneware cup", **facts)
        return [packing.pack(work, an_order(work, (cup, units), ship_to=each, **more)) for each in addresses]


def rows_of(file):
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


def test_a_plain_file_has_a_row_for_each_parcel(shop, file):
    ids = packed(shop, ANA, LEEDS, email="ana@example.com", phone="+34 600 000 000")
    assert hand_off(shop.store, ids, file) == []
    ana, jane = rows_of(file)
    assert (ana["reference"], ana["order_numbers"], ana["city"], ana["country"]) == ("S-0001", "00001", "Madrid", "ES")
    assert (ana["weight_kg"], ana["contents"], ana["value"], ana["currency"]) == (
        "0.700",
        "Stoneware cup x 2",
        "24.20",
        "EUR",
    )
    assert (ana["email"], ana["phone"]) == ("ana@example.com", "'+34 600 000 000")
    assert [jane[f"address_{line}"] for line in (1, 2, 3)] == ["Flat 2", "Rose House", "5 High Street, Horsforth"]


def test_click_and_drop_gets_its_own_fields(shop, file):
    ids = packed(shop, LEEDS, ANA, shipping=490, phone="+44 (0)20 7946")
    hand_off(shop.store, ids, file, like="royal-mail")
    jane, ana = rows_of(file)
    wanted = {
        "Order reference": "S-0001",
        "Date": "02/03/26",
        "Weight": "0.700",
        "Package Size": "small parcel",
        "Sub-total": "24.20",
        "Shipping Cost": "4.90",
        "Total": "29.10",
        "Currency Code": "EUR",
        "Full name": "Jane Doe",
        "Country": "GBR",
        "Phone": "00440207946",
        "Product SKU": "CUP",
        "Quantity": "2",
        "Unit price": "12.10",
        "Unit weight": "0.350",
        "Customs code": "691200",
        "Country of origin": "PRT",
    }
    assert {name: jane[name] for name in wanted} == wanted
    assert (ana["Package Size"], ana["Country"]) == ("parcel", "ESP")


def test_only_the_first_parcel_tells_what_delivery_cost(shop, file):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=2), 2), shipping=490)
        line = line_ids(work, order)[0]
        ids = [packing.pack(work, order, only={line: 1}) for _ in range(2)]
    hand_off(shop.store, ids, file, like="royal-mail")
    assert [(row["Sub-total"], row["Shipping Cost"]) for row in rows_of(file)] == [("12.10", "4.90"), ("12.10", "0.00")]


def test_a_weight_nobody_knows_is_left_open(shop, file):
    with shop.work() as work:
        known, unknown = a_product(work, on_hand=1, weight_g=100), a_product(work, on_hand=1)
        parcel = packing.pack(work, an_order(work, (known, 1), (unknown, 1), ship_to=LEEDS))
    hand_off(shop.store, [parcel], file, like="royal-mail")
    assert {(row["Weight"], row["Package Size"]) for row in rows_of(file)} == {("", "")}


def test_what_the_carrier_cannot_take_is_named_and_nothing_is_written(shop, file):
    long = PostalAddress(name="Ana", street="x" * 101, city="Leeds", postcode="LS1 4AP", country="GB")
    greek = PostalAddress(name="Αλέξανδρος", street="Κηφισίας 1", city="Αθήνα", postcode="115 26", country="GR")
    ids = packed(shop, LEEDS, long, greek)
    with refused("shipping.cannot-print", count=2, numbers="S-0002, S-0003"):
        hand_off(shop.store, ids, file, like="royal-mail")
    assert not file.exists()
    with refused("shipping.field-too-long", field="Address Line 1", most=100):
        hand_off(shop.store, ids[1:2], file, like="royal-mail")
    with refused("shipping.not-latin", number="S-0003"):
        hand_off(shop.store, ids[2:], file, like="royal-mail")
    left_out = hand_off(shop.store, ids, file, like="royal-mail", skip_problems=True)
    assert ([each.number for each in left_out], len(rows_of(file))) == (["S-0002", "S-0003"], 1)
    assert hand_off(shop.store, ids, file) == []


def test_a_service_is_named_only_where_it_is_a_code(shop, file):
    with shop.work() as work:
        cup, coded = a_product(work, on_hand=2), settings.save_delivery_option(work, name="TPN24")
        for option in (None, coded):
            packing.pack(work, an_order(work, (cup, 1), delivery_option_id=option))
    hand_off(shop.store, [1, 2], file, like="royal-mail")
    assert [row["Service code"] for row in rows_of(file)] == ["", "TPN24"]


def test_parcels_taken_back_and_unknown_layouts_are_refused(shop, file):
    ids = packed(shop, ANA)
    with refused("shipping.unknown-layout", layout="dhl"):
        hand_off(shop.store, ids, file, like="dhl")
    with shop.work() as work:
        actions.void(work, ids[0])
    with refused("shipping.taken-back", number="S-0001"):
        hand_off(shop.store, ids, file)
    with refused("shipping.nothing-to-print"):
        hand_off(shop.store, [], file)
