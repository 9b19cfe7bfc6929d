"""Labels out of the shop: every barcode reads back, printing twice is counted once, sheets are used up cell by cell."""

import pytest
from sqlalchemy import event

from backoffice.core.errors import Refused
from backoffice.settings import actions as settings
from backoffice.shipping import actions, label_sheets, packing
from backoffice.shipping.printing.labels import label_problems, print_labels
from backoffice.shipping.printing.problems import problems_in
from backoffice.shipping.printing.queries.parcels import parcels_for
from backoffice.shipping.queries import sheets
from backoffice.shipping.queries.printed import printed_for
from tests.builders import ANA, a_product, an_open_shop, an_order, history, line_ids, refused
from tests.shipping.documents.reading import picture, scanned, text_of, told, unwrapped
from tests.shipping.parcels import CELESTIAL, effects, parcels, remembered


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


@pytest.fixture
def file(tmp_path):
    return tmp_path / "labels.pdf"


def packed(shop, count, *addresses):
    with shop.work() as work:
        return parcels(work, count, *addresses)


def next_cell(shop, stock="L7163", printer=""):
    return shop.ask(sheets.sheet, stock, printer).next_cell


def test_each_of_two_hundred_labels_reads_back(shop, file):
    printed = print_labels(shop.store, packed(shop, 200), file=file, stock="L7163")
    assert [document.number for document in printed.documents] == [f"S-{number:04d}" for number in range(1, 201)]
    assert printed.pages == 15
    for page in range(printed.pages):
        assert scanned(picture(file, page)) == told(printed, page)


def test_a_label_names_carrier_service_and_order(shop, file):
    ids = packed(shop, 1, ANA)
    with shop.work() as work:
        carrier = settings.save_carrier(work, name="Correos Exprés")
        actions.ship(work, ids[0], tracking="PQ4F", carrier_id=carrier)
    print_labels(shop.store, ids, file=file)
    said = unwrapped(text_of(file))
    wanted = ("Ana Núñez", "28013 MADRID", "Correos Exprés", "Standard", "Order 00001", "PQ4F")
    assert [words for words in wanted if unwrapped(words) not in said] == []


def test_printing_twice_gives_the_same_file_and_one_record_that_counts(shop, file, tmp_path):
    ids = packed(shop, 3)
    print_labels(shop.store, ids, file=file)
    print_labels(shop.store, ids, file=tmp_path / "again.pdf")
    assert file.read_bytes() == (tmp_path / "again.pdf").read_bytes()
    assert remembered(shop) == {("label", f"shipment:{each}"): 2 for each in ids}
    assert shop.ask(printed_for, "label", ids)[ids[0]].times == 2
    assert effects(shop) == []


def test_a_named_batch_counts_once_however_often_it_is_asked_for(shop, file):
    ids = packed(shop, 3)
    first = print_labels(shop.store, ids, file=file, stock="L7163", run="monday")
    bytes_then = file.read_bytes()
    file.unlink()
    assert print_labels(shop.store, ids, file=file, stock="L7163", run="monday").documents == first.documents
    assert file.read_bytes() == bytes_then
    assert (set(remembered(shop).values()), next_cell(shop)) == ({1}, 3)


def test_the_order_tells_that_its_label_was_printed(shop, file):
    with shop.work() as work:
        cup = a_product(work, on_hand=1)
        order = an_order(work, (cup, 1))
        parcel = packing.pack(work, order)
    print_labels(shop.store, [parcel], file=file)
    assert history(shop, order)[-1] == ("shipment.label-printed", {"number": "S-0001"})


def test_all_problems_are_named_at_once_and_nothing_is_printed(shop, file):
    ids = packed(shop, 4, ANA, CELESTIAL, ANA, CELESTIAL)
    with pytest.raises(Refused) as caught:
        print_labels(shop.store, ids, file=file, stock="L7163")
    problems = problems_in(caught.value)
    assert [(each.number, each.orders, each.field) for each in problems] == [
        ("S-0002", ("00002",), "recipient.name"),
        ("S-0004", ("00004",), "recipient.name"),
    ]
    assert (file.exists(), remembered(shop), next_cell(shop), effects(shop)) == (False, {}, 0, [])
    assert [each.number for each in shop.ask(label_problems, ids)] == ["S-0002", "S-0004"]


def test_a_single_problem_speaks_for_itself(shop, file):
    with refused("shipping.unprintable", number="S-0001", field="recipient.name"):
        print_labels(shop.store, packed(shop, 1, CELESTIAL), file=file)


def test_the_rest_can_be_printed_and_only_the_rest_is_remembered(shop, file):
    ids = packed(shop, 3, ANA, CELESTIAL, ANA)
    printed = print_labels(shop.store, ids, file=file, stock="L7163", skip_problems=True)
    assert [document.number for document in printed.documents] == ["S-0001", "S-0003"]
    assert [problem.number for problem in printed.left_out] == ["S-0002"]
    assert (len(remembered(shop)), next_cell(shop)) == (2, 2)


def test_a_parcel_taken_back_has_no_label(shop, file):
    ids = packed(shop, 2)
    with shop.work() as work:
        actions.void(work, ids[0])
    with refused("shipping.taken-back", number="S-0001"):
        print_labels(shop.store, ids, file=file)
    assert print_labels(shop.store, ids, file=file, skip_problems=True).pages == 1


def test_an_order_means_its_parcels_in_the_house_or_else_the_newest(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=9)
        order, none_yet = an_order(work, (cup, 4)), an_order(work, (cup, 1))
        line = line_ids(work, order)[0]
        first, second, third = (packing.pack(work, order, only={line: 1}) for _ in range(3))
        actions.ship(work, first)
        actions.void(work, third)
    assert shop.ask(parcels_for, [order]) == [second]
    with shop.work() as work:
        actions.ship(work, second)
    assert shop.ask(parcels_for, [order]) == [second]
    with refused("shipping.no-parcel", numbers="00002"):
        shop.ask(parcels_for, [order, none_yet])


def test_parcels_of_one_order_say_which_of_how_many_they_are(shop, file):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=2), 2))
        line = line_ids(work, order)[0]
        ids = [packing.pack(work, order, only={line: 1}) for _ in range(2)]
    print_labels(shop.store, ids, file=file)
    assert "Parcel 2 of 2" in text_of(file, 1)


def test_a_sheet_goes_on_where_it_was_left_and_a_used_up_one_begins_anew(shop, file):
    ids = packed(shop, 10)
    print_labels(shop.store, ids, file=file, stock="L7163")
    assert next_cell(shop) == 10
    assert print_labels(shop.store, ids, file=file, stock="L7163").pages == 2
    assert next_cell(shop) == 6
    print_labels(shop.store, ids[:8], file=file, stock="L7163")
    assert next_cell(shop) == 0


def test_each_printer_has_its_own_sheet_and_a_cell_can_be_set_by_hand(shop, file):
    ids = packed(shop, 2)
    print_labels(shop.store, ids, file=file, stock="L7163", printer="Office")
    with shop.work() as work:
        label_sheets.set_next_cell(work, "L7163", 12, printer="Desk")
    assert print_labels(shop.store, ids, file=file, stock="L7163", printer="Desk").pages == 1
    assert [next_cell(shop, printer=name) for name in ("Office", "Desk", "")] == [2, 0, 0]
    print_labels(shop.store, ids, file=file, stock="L7163", printer="Office", start_cell=4)
    assert next_cell(shop, printer="Office") == 6
    with refused("shipping.cell-unknown", cell=15, cells=14), shop.work() as work:
        label_sheets.set_next_cell(work, "L7163", 14)


def test_a_printer_that_is_off_is_pushed_by_its_offset(shop, file, tmp_path):
    ids = packed(shop, 1)
    print_labels(shop.store, ids, file=file, stock="100x150")
    with shop.work() as work:
        label_sheets.set_offset(work, "100x150", printer="Desk", right=1500, down=-500)
    moved = tmp_path / "moved.pdf"
    print_labels(shop.store, ids, file=moved, stock="100x150", printer="Desk")
    assert moved.read_bytes() != file.read_bytes()
    with refused("shipping.bad-offset", most=20), shop.work() as work:
        label_sheets.set_offset(work, "100x150", printer="Desk", right=20_001, down=0)


def test_a_stopped_batch_leaves_no_file_and_gives_its_cells_back(shop, file):
    ids = packed(shop, 40)
    seen = []
    with refused("shipping.printing-stopped"):
        print_labels(
            shop.store,
            ids,
            file=file,
            stock="L7163",
            progress=lambda done, _all: seen.append(done),
            cancelled=lambda: bool(seen),
        )
    assert (file.exists(), remembered(shop), next_cell(shop), effects(shop)) == (False, {}, 0, [])


def test_an_unknown_stock_or_parcel_is_refused_before_anything_is_remembered(shop, file):
    ids = packed(shop, 1)
    with refused("shipping.stock-unknown", stock="L0"):
        print_labels(shop.store, ids, file=file, stock="L0")
    with refused("shipping.unknown"):
        print_labels(shop.store, [999], file=file)
    with refused("shipping.nothing-to-print"):
        print_labels(shop.store, [], file=file)
    assert effects(shop) == []


def test_many_labels_cost_no_more_questions_than_one(shop, file):
    ids = packed(shop, 60)
    asked = []
    event.listen(shop.store.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    print_labels(shop.store, ids[:1], file=file)
    one = len(asked)
    print_labels(shop.store, ids[1:], file=file)
    assert len(asked) - one == one


def test_a_button_pressed_twice_counts_once_and_takes_its_cells_once(shop, file):
    ids, pressed = packed(shop, 3), []

    def press_again(_done, _all):
        if not pressed:
            pressed.append(True)
            print_labels(shop.store, ids, file=file, stock="L7163")

    print_labels(shop.store, ids, file=file, stock="L7163", progress=press_again)
    assert (set(remembered(shop).values()), next_cell(shop)) == ({1}, 3)
