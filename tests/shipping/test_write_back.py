"""Write-back files: what left is told once, to the right channel, in cells no spreadsheet runs."""

import csv
import io

import pytest

from backoffice.core.guard import unguarded
from backoffice.core.postal import PostalAddress
from backoffice.orders import writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.settings import actions as settings
from backoffice.shipping import actions, packing, write_back
from backoffice.shipping.tracking_files import apply, preview
from tests.builders import ANA, a_customer, a_product, an_open_shop, history, refused


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


@pytest.fixture
def file(tmp_path):
    return tmp_path / "tracking.csv"


def ordered(work, *lines, channel="shopify", external="", **more):
    """An order that came in through a channel, with its number there."""
    wanted = tuple(LineDraft(product_id=product, quantity=units) for product, units in lines)
    order = writing.create(work, OrderDraft(lines=wanted, ship_to=ANA, **more), channel=channel)
    if external:
        found = work.session.connection().exec_driver_sql
        found(
            "UPDATE orders SET external_number = ?, external_id = ? WHERE id = ?", (external, f"id-{external}", order)
        )
    return order


def sent(work, order, tracking=""):
    parcel = packing.pack(work, order)
    actions.ship(work, parcel, tracking=tracking)
    return parcel


def rows_of(file):
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


def test_what_left_is_told_with_number_carrier_tracking_day_and_items(shop, file):
    with shop.work() as work:
        carrier = settings.save_carrier(work, name="Correos", tracking_url="https://c.example/?n={tracking}")
        cup, lamp = a_product(work, on_hand=9, sku="CUP"), a_product(work, on_hand=9, sku="LAMP")
        parcel = packing.pack(work, ordered(work, (cup, 2), (lamp, 1), external="#1001"))
        actions.ship(work, parcel, tracking="PQ1", carrier_id=carrier)
    written = write_back.write(shop.store, file)
    assert (written.file, written.rows, written.shipment_ids) == (file, 1, (parcel,))
    assert rows_of(file) == [
        {
            "order_number": "00001",
            "external_number": "#1001",
            "channel": "shopify",
            "carrier": "Correos",
            "tracking": "PQ1",
            "tracking_link": "https://c.example/?n=PQ1",
            "shipped_on": "2026-03-02",
            "items": "CUP x 2; LAMP x 1",
            "units": "3",
        }
    ]


def test_asked_again_only_what_is_new_is_told_unless_all_is_wanted(shop, file):
    with shop.work() as work:
        cup = a_product(work, on_hand=9)
        order = ordered(work, (cup, 1))
        sent(work, order)
    write_back.write(shop.store, file)
    assert write_back.write(shop.store, file) == write_back.Written(None, 0, ())
    with shop.work() as work:
        second = sent(work, ordered(work, (cup, 1)))
    assert write_back.write(shop.store, file).shipment_ids == (second,)
    assert write_back.write(shop.store, file, again=True).rows == 2
    assert history(shop, order)[-1] == ("shipment.written-back", {"number": "S-0001", "channel": ""})


def test_each_channel_has_its_own_file_and_nobody_is_told_of_orders_typed_in(shop, file):
    with shop.work() as work:
        cup = a_product(work, on_hand=9)
        for channel in ("shopify", "csv", "manual"):
            sent(work, ordered(work, (cup, 1), channel=channel))
    assert [row["channel"] for row in _told(shop, file, channel="csv")] == ["csv"]
    assert [row["channel"] for row in _told(shop, file)] == ["shopify"]
    assert write_back.write(shop.store, file).rows == 0


def test_a_parcel_of_two_channels_is_told_to_both(shop, file):
    with shop.work() as work:
        cup, ana = a_product(work, on_hand=9), a_customer(work)
        orders = [ordered(work, (cup, 1), channel=channel, customer_id=ana) for channel in ("shopify", "csv")]
        actions.ship(work, packing.pack_together(work, orders))
    assert len(_told(shop, file, channel="csv")) == 1
    assert len(_told(shop, file, channel="shopify")) == 1
    assert len(_told(shop, file)) == 2
    assert write_back.write(shop.store, file, channel="csv").rows == 0


def test_what_is_packed_or_taken_back_is_not_told(shop, file):
    with shop.work() as work:
        cup = a_product(work, on_hand=9)
        packing.pack(work, ordered(work, (cup, 1)))
        actions.void(work, sent(work, ordered(work, (cup, 1))))
    assert write_back.write(shop.store, file).file is None
    assert not file.exists()


def test_shopifys_columns_have_a_row_for_each_line(shop, file):
    with shop.work() as work:
        cup, lamp = a_product(work, on_hand=9, sku="CUP"), a_product(work, on_hand=9, sku="LAMP")
        sent(work, ordered(work, (cup, 2), (lamp, 1), external="#1001"), "PQ1")
    write_back.write(shop.store, file, shape=write_back.layout(like="shopify"))
    told = [
        (row["Name"], row["Lineitem sku"], row["Lineitem quantity"], row["Tracking Number"]) for row in rows_of(file)
    ]
    assert told == [("#1001", "CUP", "2", "PQ1"), ("#1001", "LAMP", "1", "PQ1")]
    assert rows_of(file)[0]["Fulfilled at"] == "2026-03-02 10:00:00 +0100"


def test_columns_are_chosen_by_code(shop, file):
    with shop.work() as work:
        sent(work, ordered(work, (a_product(work, on_hand=9, sku="CUP"), 2), external="#1"), "PQ1")
    shape = write_back.layout(["their_number", "tracking", "item_sku", "item_quantity"])
    write_back.write(shop.store, file, shape=shape)
    assert file.read_bytes() == b"their_number,tracking,item_sku,item_quantity\r\n#1,PQ1,CUP,2\r\n"
    with refused("shipping.unknown-column", column="colour"):
        write_back.layout(["colour"])
    with refused("shipping.unknown-layout", layout="amazon"):
        write_back.layout(like="amazon")


def test_no_cell_is_a_live_formula_and_our_own_reader_gives_it_back(shop, file):
    evil = '=HYPERLINK("http://x";"y")'
    with shop.work() as work:
        cup = a_product(work, on_hand=9, sku="@cup")
        line = (LineDraft(product_id=cup, quantity=1),)
        to = PostalAddress(name=evil, street="Calle\nMayor 1", city="Madrid", postcode="28013", country="ES")
        order = writing.create(work, OrderDraft(lines=line, ship_to=to), channel="shopify")
        work.session.connection().exec_driver_sql("UPDATE orders SET external_number = '-12' WHERE id = ?", (order,))
        sent(work, order, "+1+cmd")
    write_back.write(shop.store, file, shape=write_back.layout(["name", "items", "tracking", "external_number"]))
    _header, cells = csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline=""))
    assert cells == [f"'{evil}", "'@cup x 1", "'+1+cmd", "-12"]
    assert unguarded(cells) == [evil, "@cup x 1", "+1+cmd", "-12"]


def test_a_number_that_comes_later_is_told_later(shop, file, tmp_path):
    with shop.work() as work:
        sent(work, ordered(work, (a_product(work, on_hand=9), 1)))
    write_back.write(shop.store, file)
    numbers = tmp_path / "carrier.csv"
    numbers.write_text("Order number,Tracking number\n00001,PQ1\n", encoding="utf-8")
    apply(shop.store, shop.ask(preview, numbers))
    assert [row["tracking"] for row in _told(shop, file)] == ["PQ1"]


def test_a_folder_that_is_not_there_leaves_all_to_be_told(shop, tmp_path):
    with shop.work() as work:
        sent(work, ordered(work, (a_product(work, on_hand=9), 1)))
    with pytest.raises(Exception, match=r"shipping\.file-not-written"):
        write_back.write(shop.store, tmp_path / "nowhere" / "tracking.csv")
    assert write_back.write(shop.store, tmp_path / "tracking.csv").rows == 1


def _told(shop, file, **wanted):
    write_back.write(shop.store, file, **wanted)
    return rows_of(file)
