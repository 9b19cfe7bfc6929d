"""The power is cut while labels are printed, at every point: printing them again ends as if nothing had happened."""

import shutil
from pathlib import Path

import pytest

from backoffice.core.calendar import FixedClock
from backoffice.shipping.printing.labels import print_labels
from backoffice.shipping.printing.runs import forget, unfinished
from backoffice.shipping.queries import sheets
from backoffice.shop import Shop
from tests.builders import MONDAY, a_shop
from tests.shipping.parcels import effects, parcels, remembered
from tests.store.killing import can_kill, killed, passes
from tests.store.shops import content

pytestmark = can_kill
COUNT = 45


@pytest.fixture
def packed(tmp_path):
    """A closed shop with packed parcels, one label sheet begun."""
    with a_shop(tmp_path) as shop:
        with shop.work() as work:
            ids = parcels(work, COUNT)
        print_labels(shop.store, ids[:5], file=tmp_path / "before.pdf", stock="L7163")
        shop.close(backup=False)
        return shop.path, ids


def opened(path: Path) -> Shop:
    return Shop.open(path, clock=FixedClock(MONDAY), who="Eva")


def printing(path: Path, ids: list[int], *, run: str = ""):
    """The action that is killed; its file lies beside the shop."""

    def action() -> None:
        shop = opened(path)
        print_labels(shop.store, ids, file=path.parent / "labels.pdf", stock="L7163", run=run)
        shop.close(backup=False)

    return action


def copied(path: Path, folder: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copy(path, folder / path.name))


def end_state(path: Path) -> tuple[object, bytes]:
    """All that is remembered, but for the name of the file; and the file."""
    rows = content(path)
    rows["effect"] = [(row[0], bool(row[2])) for row in rows["effect"]]
    return rows, (path.parent / "labels.pdf").read_bytes()


def test_killed_at_any_point_and_asked_again_a_batch_ends_as_if_undisturbed(packed, tmp_path):
    path, ids = packed
    calm = copied(path, tmp_path / "calm")
    points = passes(printing(calm, ids, run="monday"), "label-batch", tmp_path / "log")
    wanted = end_state(calm)
    assert points >= 7
    for point in range(1, points + 1):
        shop = copied(path, tmp_path / f"killed-{point}")
        again = printing(shop, ids, run="monday")
        killed(again, f"label-batch:{point}")
        again()
        assert end_state(shop) == wanted, point
        again()
        assert end_state(shop) == wanted, point


def test_without_a_name_it_goes_on_on_the_same_cells_until_it_is_recorded(packed, tmp_path):
    path, ids = packed
    calm = copied(path, tmp_path / "calm")
    points = passes(printing(calm, ids), "label-batch", tmp_path / "log")
    wanted = end_state(calm)
    for point in range(1, points):
        shop = copied(path, tmp_path / f"killed-{point}")
        killed(printing(shop, ids), f"label-batch:{point}")
        printing(shop, ids)()
        assert end_state(shop) == wanted, point


def test_what_was_cut_off_can_be_listed_and_gone_on_with_and_an_older_file_stays_whole(packed, tmp_path):
    path, ids = packed
    (tmp_path / "labels.pdf").write_bytes(b"older")
    killed(printing(path, ids), "label-batch:4")
    assert (tmp_path / "labels.pdf").read_bytes() == b"older"
    with opened(path) as shop:
        (cut_off,) = shop.ask(unfinished)
        assert (cut_off.run, cut_off.request.kind, cut_off.start) == ("", "label", 5)
        assert set(remembered(shop).values()) == {1}
        asked = cut_off.request
        print_labels(shop.store, cut_off.shipment_ids, file=Path(asked.file), stock=asked.stock, start_cell=asked.start)
        assert (shop.ask(unfinished), effects(shop)) == ([], [])
        assert len(remembered(shop)) == COUNT
        shop.close(backup=False)


@pytest.mark.parametrize("run", ["", "monday"])
def test_what_was_cut_off_can_be_forgotten_and_its_cells_are_free_again(packed, run):
    path, ids = packed
    killed(printing(path, ids, run=run), "label-batch:4")
    with opened(path) as shop:
        assert shop.ask(sheets.sheet, "L7163").next_cell == (5 + COUNT) % 14
        (cut_off,) = shop.ask(unfinished)
        with shop.work() as work:
            forget(work, cut_off)
        assert (shop.ask(unfinished), shop.ask(sheets.sheet, "L7163").next_cell) == ([], 5)
        shop.close(backup=False)
