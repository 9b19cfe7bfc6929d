"""What is read of products: lists, views, a scanner's code, and why available is what it is."""

import pytest

from backoffice.inventory import actions, queries
from backoffice.inventory.model import Bucket
from backoffice.shipping import actions as parcels
from backoffice.shipping import packing
from tests.builders import a_product, an_open_shop, an_order, refused


def skus(shop, **wish):
    return [row.sku for row in shop.ask(queries.page, **wish).rows]


def test_why_available_opens_every_move_and_promise_behind_the_number(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=20, safety_stock=2)
            actions.adjust(work, cup, -3, reason="broken")
            actions.set_aside(work, cup, 4, source=Bucket.SELLABLE, target=Bucket.QUARANTINE)
            gone = an_order(work, (cup, 5))
            parcels.ship(work, packing.pack(work, gone))
            an_order(work, (cup, 2))
            an_order(work, (cup, 1))
        why = shop.ask(queries.why_available, cup)
        assert why.moved == {"opening": 20, "adjust": -3, "inspect_damaged": -4, "ship": -5}
        assert sum(why.moved.values()) == why.sellable == 8
        assert sum(row.quantity for row in why.allocations) == why.committed == 3
        assert why.available == why.sellable - why.committed - why.safety_stock == 3
        assert [row.reference for row in why.allocations] == ["00002", "00003"]
        assert [move.kind for move in why.moves] == ["ship", "inspect_damaged", "adjust", "opening"]


def test_the_views_show_what_is_low_oversold_and_archived(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_product(work, sku="A", on_hand=9)
            a_product(work, sku="LOW", on_hand=2, reorder_point=2)
            sold = a_product(work, sku="SOLD", on_hand=1)
            an_order(work, (sold, 2))
            late = a_product(work, sku="LATER", backorder=True)
            an_order(work, (late, 2))
            actions.archive(work, a_product(work, sku="OLD"))
        assert skus(shop) == ["A", "LATER", "LOW", "SOLD"]
        assert skus(shop, view="low") == ["LOW"]
        assert skus(shop, view="oversold") == ["SOLD"]
        assert skus(shop, view="archived") == ["OLD"]
        assert skus(shop, view="drafts") == []
        assert (shop.ask(queries.count), shop.ask(queries.exact_count, view="archived")) == (4, 1)
        with refused("inventory.unknown-view", view="lost"):
            shop.ask(queries.page, view="lost")


@pytest.mark.parametrize(
    ("sort", "expected"), [("name", "ABC"), ("sku", "CBA"), ("price", "BCA"), ("available", "CAB"), ("bin", "BAC")]
)
def test_lists_are_sorted_both_ways(tmp_path, sort, expected):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_product(work, name="A", sku="3", price=300, on_hand=2, bin="K-2")
            a_product(work, name="B", sku="2", price=100, on_hand=3, bin="K-1")
            a_product(work, name="C", sku="1", price=200, on_hand=1, bin="K-3")
        names = [row.name for row in shop.ask(queries.page, sort=sort).rows]
        assert "".join(names) == expected
        turned = [row.name for row in shop.ask(queries.page, sort=sort, descending=True).rows]
        assert turned == names[::-1]


def test_products_are_found_by_name_without_accents_by_sku_barcode_and_bin(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_product(work, sku="T-9", name="Tetera Ñandú", barcode="4006381333931", bin="Q-17")
        for typed in ("nandu", "T-9", "400638", "q-17", "tet ñan"):
            assert skus(shop, text=typed) == ["T-9"]
        assert skus(shop, text="cafetera") == [] and shop.ask(queries.count, text="tetera") == 1


@pytest.mark.parametrize(
    ("barcode", "scanned"),
    [
        ("4006381333931", "4006381333931"),
        ("036000291452", "0036000291452"),
        ("0036000291452", "036000291452"),
    ],
)
def test_a_scanner_names_a_product_by_its_barcode_upc_or_ean(tmp_path, barcode, scanned):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, barcode=barcode)
        assert shop.ask(queries.id_of_code, scanned) == cup


def test_a_code_that_two_products_share_is_nobodys_but_a_sku_still_is(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            for sku in ("A", "B"):
                last = a_product(work, sku=sku, barcode="4006381333931")
        assert shop.ask(queries.id_of_code, "4006381333931") is None
        assert shop.ask(queries.id_of_code, "B") == last
        assert shop.ask(queries.id_of_code, "") is None


def test_what_is_not_there_is_refused(tmp_path):
    with an_open_shop(tmp_path) as shop:
        for query in (queries.product_row, queries.details, queries.why_available):
            with refused("inventory.unknown"):
                shop.ask(query, 99)


def test_a_form_gets_every_column_of_its_product(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, sku="CUP", name="Mug", options={"Colour": "blue"}, origin="ES")
        found = shop.ask(queries.details, cup)
        assert (found["sku"], found["origin"], found["version"]) == ("CUP", "ES", 1)
        row = shop.ask(queries.product_row, cup)
        assert (row.full_name, row.on_hand, row.available) == ("Mug, blue", 0, 0)


def test_marks_are_the_places_a_scroll_bar_jumps_to(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            for sku in "ABCDE":
                a_product(work, sku=sku)
        second, fourth = shop.ask(queries.marks, sort="sku", every=2)
        assert skus(shop, sort="sku", after=second, limit=2) == ["C", "D"]
        assert skus(shop, sort="sku", after=fourth, limit=2) == ["E"]
