"""The power is cut while the shop's tracking file is written: asked again, the same file is finished, not a second."""

import shutil
from pathlib import Path

import pytest

from backoffice.core.calendar import FixedClock
from backoffice.shipping import write_back
from backoffice.shop import Shop
from tests.builders import MONDAY, a_product, a_shop, faults, journal_of
from tests.shipping.test_write_back import ordered, rows_of, sent
from tests.store.killing import can_kill, killed, passes

pytestmark = can_kill
COUNT = 4


@pytest.fixture
def gone(tmp_path):
    """A closed shop whose parcels left and of which nobody was told."""
    with a_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=COUNT)
            for _each in range(COUNT):
                sent(work, ordered(work, (cup, 1)), "PQ1")
        shop.close(backup=False)
        return shop.path


def opened(path: Path) -> Shop:
    return Shop.open(path, clock=FixedClock(MONDAY), who="Eva")


def writing(path: Path, name: str = "tracking.csv"):
    """The action that is killed; its file lies beside the shop."""

    def action() -> write_back.Written:
        shop = opened(path)
        written = write_back.write(shop.store, path.parent / name, channel="shopify")
        shop.close(backup=False)
        return written

    return action


def copied(path: Path, folder: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copy(path, folder / path.name))


def test_killed_at_any_point_the_next_try_leaves_one_file_that_tells_each_parcel_once(gone, tmp_path):
    points = passes(writing(copied(gone, tmp_path / "calm")), "write-back", tmp_path / "log")
    assert points >= 5
    for point in range(1, points + 1):
        path = copied(gone, tmp_path / f"killed-{point}")
        killed(writing(path), f"write-back:{point}")
        again = writing(path, "another.csv")()  # even asked for under another name
        written = sorted(each.name for each in path.parent.glob("*.csv"))
        assert len(written) == 1, (point, written)
        assert len(rows_of(path.parent / written[0])) == COUNT
        assert again.file is None or again.file.name == written[0]
        assert not list(path.parent.glob(".*.partial")) or point == 2, point
        shop = opened(path)
        assert len(journal_of(shop, "shipment.written-back")) == COUNT
        assert write_back.write(shop.store, path.parent / "third.csv", channel="shopify").file is None
        assert faults(shop) == []
        shop.close(backup=False)


def test_where_the_unnamed_file_was_thrown_away_its_parcels_are_told_again(gone, tmp_path):
    path = copied(gone, tmp_path / "cleaned")
    killed(writing(path), "write-back:3")
    for partial in path.parent.glob(".*.partial"):
        partial.unlink()
    (path.parent / "tracking.csv").write_text("last week's", encoding="utf-8")
    assert writing(path)().rows == COUNT
    assert len(rows_of(path.parent / "tracking.csv")) == COUNT


def test_another_channel_s_file_is_not_taken_for_this_one_s(gone, tmp_path):
    path = copied(gone, tmp_path / "channels")
    killed(writing(path), "write-back:3")
    shop = opened(path)
    assert write_back.write(shop.store, path.parent / "csv.csv", channel="csv").file is None
    shop.close(backup=False)
    assert writing(path)().rows == COUNT
