"""Pick lists, manifests, labels for products and bins, calibration pages out of the shop."""

from datetime import date

import pytest

from backoffice.orders import actions as orders
from backoffice.settings import actions as settings
from backoffice.shipping import actions, packing
from backoffice.shipping.printing.goods import print_bin_labels, print_calibration, print_product_labels
from backoffice.shipping.printing.manifests import print_manifest
from backoffice.shipping.printing.pick_lists import print_pick_list
from backoffice.shipping.printing.queries.goods import bins, ordered
from tests.builders import ANA, a_product, an_open_shop, an_order, history, refused
from tests.shipping.documents.reading import picture, scanned, text_of, told
from tests.shipping.parcels import parcels, remembered


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


@pytest.fixture
def file(tmp_path):
    return tmp_path / "printed.pdf"


def test_a_pick_list_names_bins_units_and_orders_and_reads_back(shop, file):
    with shop.work() as work:
        cup = a_product(work, on_hand=5, sku="CUP", name="Stoneware cup", bin="A-1")
        lamp = a_product(work, on_hand=1, sku="LAMP", name="Floor lamp", bin="B-7")
        ids = [an_order(work, (cup, 2), notes="Wrap twice"), an_order(work, (cup, 3), (lamp, 1))]
    printed = print_pick_list(shop.store, ids, file=file)
    said = text_of(file)
    assert all(word in said for word in ("A-1", "B-7", "Stoneware cup", "Floor lamp", "Wrap twice", "00001", "00002"))
    assert scanned(picture(file)) == told(printed, 0)
    assert remembered(shop) == {("pick-list", f"order:{each}"): 1 for each in ids}
    assert history(shop, ids[0])[-1][0] == "order.pick-listed"


def test_orders_of_which_nothing_can_be_fetched_are_left_out_and_named(shop, file):
    with shop.work() as work:
        cup = a_product(work, on_hand=2)
        ready, held, short = (an_order(work, (cup, 1)) for _ in range(3))
        orders.hold(work, held, reason="Asks for another colour")
    printed = print_pick_list(shop.store, [held, ready, short], file=file)
    assert [problem.number for problem in printed.left_out] == ["00002", "00003"]
    with refused("shipping.nothing-to-pick", numbers="00002, 00003"):
        print_pick_list(shop.store, [held, short], file=file)


def test_a_manifest_lists_one_carriers_parcels_with_their_weight(shop, file):
    with shop.work() as work:
        carrier = settings.save_carrier(work, name="Correos")
        cup = a_product(work, on_hand=9, weight_g=350)
        ids = [packing.pack(work, an_order(work, (cup, units))) for units in (1, 3)]
        for number, parcel in enumerate(ids):
            actions.ship(work, parcel, tracking=f"PQ{number}", carrier_id=carrier)
    printed = print_manifest(shop.store, ids, file=file)
    said = text_of(file)
    assert all(word in said for word in ("Correos", "S-0001", "PQ1", "350 g", "1.4 kg"))
    assert [each.kind for each in printed.documents] == ["manifest"]
    first = file.read_bytes()
    print_manifest(shop.store, ids, file=file, day=date(2026, 3, 3))
    assert file.read_bytes() != first


def test_a_manifest_is_for_one_carrier_and_for_packed_parcels(shop, file):
    with shop.work() as work:
        ids = parcels(work, 2, ANA)
        actions.ship(work, ids[0], tracking="PQ1", carrier_id=settings.save_carrier(work, name="Correos"))
        begun = packing.start(work, [an_order(work, (a_product(work, on_hand=1), 1))])
    with refused("shipping.several-carriers", carriers="Correos, –"):
        print_manifest(shop.store, ids, file=file)
    with refused("shipping.not-handed-over", number="S-0003"):
        print_manifest(shop.store, [begun], file=file)


def test_a_product_gets_as_many_labels_as_asked_for(shop, file):
    with shop.work() as work:
        cup = a_product(work, sku="CUP", name="Stoneware cup", barcode="4006381333931", price=1450)
        lamp = a_product(work, sku="LAMP-9", name="Floor lamp")
    printed = print_product_labels(shop.store, {cup: 2, lamp: 1}, file=file, stock="L7651", with_price=True)
    assert [each.number for each in printed.documents] == ["CUP", "CUP", "LAMP-9"]
    assert scanned(picture(file)) == told(printed, 0)
    assert "€14.50" in text_of(file)
    with refused("shipping.too-many-labels", count=10_001):
        print_product_labels(shop.store, {cup: 10_001}, file=file)
    with refused("inventory.unknown", id=999):
        print_product_labels(shop.store, {999: 1}, file=file)


def test_an_orders_products_are_counted_for_their_labels(shop):
    with shop.work() as work:
        cup, lamp = a_product(work), a_product(work)
        ids = [an_order(work, (cup, 2)), an_order(work, (cup, 1), (lamp, 1))]
    assert shop.ask(ordered, ids) == {cup: 3, lamp: 1}


def test_a_bins_label_says_what_lies_there_where_that_is_one_product(shop, file):
    with shop.work() as work:
        for sku, place in (("CUP", "A-1"), ("LAMP", "B-2"), ("VASE", "B-2")):
            a_product(work, sku=sku, name=sku.title(), bin=place)
    assert shop.ask(bins) == ["A-1", "B-2"]
    printed = print_bin_labels(shop.store, ["A-1", "B-2", "A-1"], file=file, stock="L7163")
    assert [each.number for each in printed.documents] == ["A-1", "B-2"]
    said = text_of(file)
    assert ("Cup" in said, "Lamp" in said) == (True, False)
    with refused("shipping.nothing-to-print"):
        print_bin_labels(shop.store, [" "], file=file)


def test_the_calibration_page_is_of_the_printers_stock_and_remembered_nowhere(shop, file):
    printed = print_calibration(shop.store, file=file, stock="L7163", printer="Desk")
    assert (printed.pages, remembered(shop)) == (1, {})
    assert "L7163" in text_of(file)
