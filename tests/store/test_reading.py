"""A shop that somebody else has open can be looked at as it is now, and is not touched by it."""

import os
import stat

import pytest

from backoffice.core.errors import Refused
from backoffice.core.paths import data_folder
from backoffice.inventory import queries
from backoffice.shop import Shop
from backoffice.store import reading
from tests.builders import a_product, an_open_shop


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("BACKOFFICE_HOME", str(tmp_path / "home"))
    return data_folder()


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as opened:
        with opened.work() as work:
            a_product(work, sku="CUP")
        yield opened


def skus(shop):
    return [row.sku for row in shop.ask(queries.page).rows]


def beside(shop):
    return {file.name: (file.stat().st_size, file.stat().st_mtime_ns) for file in shop.path.parent.glob("shop*")}


def test_what_is_in_the_log_is_seen_and_the_shop_is_not_touched(shop, home):
    before = beside(shop)
    with Shop.read(shop.path) as reader:
        assert skus(reader) == ["CUP"]
        assert (reader.path, reader.only_read, beside(shop)) == (shop.path, True, before)
        with shop.work() as work:
            a_product(work, sku="POT")
        assert skus(reader) == ["CUP"]
    with Shop.read(shop.path) as reader:
        assert skus(reader) == ["CUP", "POT"]


def test_nothing_can_be_written(shop, home):
    with Shop.read(shop.path) as reader:
        for write in (reader.work().__enter__, reader.back_up):
            with pytest.raises(Refused, match=r"shop\.only-read"):
                write()
        assert not reader.backup_due() and reader.begin_day() == 0
    assert not list(shop.path.parent.glob("*-backups"))


def test_the_copy_is_private_and_goes_with_its_reader(shop, home):
    with Shop.read(shop.path):
        (folder,) = home.glob("reading-*")
        if os.name != "nt":
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
            assert {stat.S_IMODE(file.stat().st_mode) for file in folder.glob("shop")} == {0o600}
    assert list(home.glob("reading-*")) == []


def test_what_a_killed_reader_left_goes_at_the_next_look_and_a_living_ones_stays(shop, home):
    (home / "reading-dead").mkdir()
    (home / "reading-dead" / "shop").write_bytes(b"left")
    with Shop.read(shop.path) as first, Shop.read(shop.path) as second:
        assert skus(first) == skus(second) == ["CUP"]
        assert len(list(home.glob("reading-*"))) == 2 and not (home / "reading-dead").exists()


def test_a_shop_that_never_holds_still_is_refused_and_leaves_nothing(shop, home, monkeypatch):
    moving = iter(range(100))
    monkeypatch.setattr(reading, "_state", lambda *_files: next(moving))
    with pytest.raises(Refused, match=r"shop\.no-still"):
        Shop.read(shop.path)
    assert list(home.glob("reading-*")) == []


def test_a_checkpoint_in_the_middle_is_copied_again(shop, home, monkeypatch):
    copies, plain = [], reading.shutil.copyfile

    def copy(source, target):
        plain(source, target)
        copies.append(source)
        if len(copies) == 1:
            with shop.work() as work:
                a_product(work, sku="POT")
            with shop.store.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA query_only=OFF")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    monkeypatch.setattr(reading.shutil, "copyfile", copy)
    with Shop.read(shop.path) as reader:
        assert skus(reader) == ["CUP", "POT"]
    assert len(copies) > 2
