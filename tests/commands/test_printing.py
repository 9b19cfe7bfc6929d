"""Printing and files for carriers and channels on the command line, as somebody outside would check them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from backoffice.shop import Shop
from tests.builders import ANA, a_product, a_shop, an_order
from tests.shipping.documents.reading import picture, scanned
from tests.shipping.parcels import CELESTIAL, parcels, remembered

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def shop(tmp_path):
    """A closed shop with two orders of cups, none packed."""
    with a_shop(tmp_path) as made:
        with made.work() as work:
            cup = a_product(work, on_hand=9, sku="CUP", name="Stoneware cup", bin="A-1", barcode="4006381333931")
            for units in (2, 1):
                an_order(work, (cup, units))
        made.close(backup=False)
        return made.path


def test_through_the_real_command_line_everything_for_two_orders_is_printed(shop, tmp_path):
    def main(*arguments):
        command = [sys.executable, "main.py", *map(str, arguments), "--json"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return json.loads(done.stdout)

    def printed(kind, *options):
        file = tmp_path / f"{kind}.pdf"
        answer = main("print", shop, kind, "00001", "00002", "-o", file, *options)
        assert answer["file"] == str(file)
        for page in range(answer["pages"]):
            codes = [
                (code["symbology"], code["text"])
                for document in answer["documents"]
                for code in document["barcodes"]
                if document["page"] == page + 1
            ]
            assert scanned(picture(file, page)) == sorted(codes)
        return [(document["kind"], document["number"], document["page"]) for document in answer["documents"]]

    assert printed("pick-list") == [("pick-list", "", 1)]
    main("pack", shop, "00001", "00002")
    assert printed("packing-slip") == [("packing-slip", "00001", 1), ("packing-slip", "00002", 2)]
    assert printed("label", "--stock", "100x150") == [("label", "S-0001", 1), ("label", "S-0002", 2)]
    assert printed("product-label", "--stock", "L7163", "--from-cell", "13")[-1] == ("product-label", "CUP", 2)
    assert printed("manifest") == [("manifest", "", 1)]
    assert main("ship", shop, "00001", "--tracking", "PQ1")["orders"][0]["done"]


def test_an_order_without_a_parcel_says_what_to_do(run, shop, tmp_path):
    said = run("print", shop, "label", "00001", "-o", tmp_path / "x.pdf", "--json")
    assert (said.code, said.err) == (1, "There is no parcel yet of order 00001. Pack it first, then print.\n")
    assert (said.answer["file"], said.answer["problems"][0]["code"]) == (None, "shipping.no-parcel")
    assert not (tmp_path / "x.pdf").exists()


def test_all_that_cannot_be_printed_is_said_and_the_rest_can_be(run, shop, tmp_path):
    with Shop.open(shop) as opened, opened.work() as work:
        parcels(work, 3, CELESTIAL, CELESTIAL, ANA, sku="VASE")
    wanted = ("print", shop, "label", "S-0001", "S-0002", "S-0003", "-o", tmp_path / "x.pdf", "--json")
    said = run(*wanted)
    assert said.code == 1
    assert [(each["number"], each["field"]) for each in said.answer["problems"]] == [
        ("S-0001", "recipient.name"),
        ("S-0002", "recipient.name"),
    ]
    assert len(said.err.splitlines()) == 3
    rest = run(*wanted, "--skip-problems")
    assert (rest.code, rest.answer["pages"], len(rest.answer["problems"])) == (1, 1, 2)


def test_labels_printed_twice_count_once_unless_they_are_wanted_again(run, shop, tmp_path):
    def times():
        with Shop.open(shop) as opened:
            return remembered(opened)

    run("pack", shop, "00001")
    wanted = ("print", shop, "label", "00001", "--stock", "L7163", "-o", tmp_path / "x.pdf")
    assert run(*wanted, "--json").answer["counted"]
    said = run(*wanted)
    assert (said.code, len(said.out.splitlines())) == (0, 2)
    assert "--again" in said.out
    assert times() == {("label", "shipment:1"): 1}
    assert run(*wanted, "--again", "--json").answer["counted"]
    assert times() == {("label", "shipment:1"): 2}


def test_wrong_usage_and_a_folder_that_is_not_there_end_with_their_codes(run, shop, tmp_path):
    assert run("print", shop, "postcard", "00001", "-o", tmp_path / "x.pdf").code == 2
    assert run("print", shop, "label", "00001").code == 2
    assert run("print", shop, "pick-list", "-o", tmp_path / "x.pdf").code == 1
    assert run("print", shop, "pick-list", "77", "-o", tmp_path / "x.pdf").code == 1
    nowhere = run("print", shop, "pick-list", "00001", "-o", tmp_path / "nowhere" / "x.pdf")
    assert (nowhere.code, nowhere.out, len(nowhere.err.splitlines())) == (3, "", 1)


def test_bins_and_the_calibration_page_are_printed_too(run, shop, tmp_path):
    file = tmp_path / "x.pdf"
    assert run("print", shop, "bin-label", "A-1", "-o", file).out == f"{file}: 1 page\n"
    assert run("print", shop, "calibration", "--stock", "L7163", "-o", file).code == 0
    assert run("print", shop, "product-label", "CUP", "-o", file, "--json").answer["documents"][0]["barcodes"] == [
        {"symbology": "ean13", "text": "4006381333931"}
    ]


def test_tracking_numbers_come_from_the_carriers_file_and_go_to_the_shop(run, shop, tmp_path):
    run("pack", shop, "00001", "00002")
    handed = run("hand-off", shop, "00001", "00002", "--as", "royal-mail", "-o", tmp_path / "out.csv", "--json")
    assert handed.answer["parcels"] == 2
    numbers = tmp_path / "carrier.csv"
    numbers.write_text("Order reference,Tracking number\nS-0001,PQ1\nS-0009,PQ9\n", encoding="utf-8")
    seen = run("tracking", shop, numbers, "--ship", "--dry-run", "--json")
    assert (seen.code, seen.answer["new"], seen.answer["rejected"][0]["line"]) == (1, 1, 3)
    assert run("tracking", shop, numbers, "--ship").code == 1
    order = run("orders", shop, "--number", "00001", "--json").answer
    assert (order["dispatch"], order["shipments"][0]["tracking"]) == ("shipped", "PQ1")
    nothing = run("write-back", shop, "-o", tmp_path / "back.csv", "--json")
    assert (nothing.code, nothing.answer["file"]) == (0, None)
    assert run("write-back", shop, "--channel", "manual", "-o", tmp_path / "back.csv", "--json").answer["rows"] == 1
    assert "PQ1" in (tmp_path / "back.csv").read_text(encoding="utf-8")
    assert run("write-back", shop, "--as", "ebay", "-o", tmp_path / "back.csv").code == 1


def test_a_named_batch_counts_once(run, shop, tmp_path):
    run("pack", shop, "00001")
    wanted = ("print", shop, "label", "00001", "--stock", "L7163", "--batch", "monday", "-o", tmp_path / "x.pdf")
    run(*wanted)
    first = (tmp_path / "x.pdf").read_bytes()
    run(*wanted)
    assert (tmp_path / "x.pdf").read_bytes() == first
    verbs = [line["verb"] for line in run("orders", shop, "--number", "00001", "--json").answer["timeline"]]
    assert verbs.count("shipment.label-printed") == 1
