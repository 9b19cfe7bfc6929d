"""A backup holds what the shop held at one moment, is proven before it has a name, and says how it went."""

import os
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from backoffice.core.errors import Outage, Refused
from backoffice.settings import actions as settings
from backoffice.settings.model import Carrier
from backoffice.shop import Shop
from backoffice.store import backup, health, places, proof, shelf
from tests.store.killing import can_kill, ended, killed, passes
from tests.store.shops import a_clock, a_closed_shop, a_product, a_shop, content, fingerprint, skus


@pytest.fixture
def shop(tmp_path):
    opened = a_shop(tmp_path / "shops")
    with opened.work() as work:
        a_product(work, "CUP-0")
    yield opened
    opened.close(backup=False)


def test_a_backup_is_the_shop_at_that_moment(shop):
    file = shop.back_up()
    with shop.work() as work:
        a_product(work, "LATER")
    assert skus(file) == ["CUP-0"]
    with sqlite3.connect(file) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert [each.file for each in shop.backups()] == [file]
    assert shop.health().file == file.name


def test_copying_the_open_file_would_lose_what_was_saved_last(shop):
    """Why backups go through SQLite: the newest rows are in its log, not in the file."""
    naive = shutil.copy(shop.path, shop.path.with_name("naive"))
    assert content(shop.path, "product") != content(Path(naive), "product")
    assert content(shop.back_up(), "product") == content(shop.path, "product")


def test_work_goes_on_while_the_backup_is_made(shop):
    seen = []

    def write_between(done: int, _all: int) -> None:
        with shop.work() as work:
            seen.append(a_product(work, f"DURING-{len(seen)}-{done}"))

    file = shop.back_up(progress=write_between)
    assert len(seen) > 3
    assert skus(file) == ["CUP-0"]
    assert len(skus(shop.path)) == len(seen) + 1


def test_a_stopped_backup_leaves_nothing_and_is_no_failure(shop):
    with pytest.raises(Refused) as refused:
        shop.back_up(cancelled=lambda: True)
    assert refused.value.code == "store.backup-stopped"
    assert list(places.backups_of(shop.path).iterdir()) == []
    assert shop.health() == health.Health()


@pytest.mark.parametrize("harm", ["a page", "a row", "a reference"])
def test_a_copy_that_went_wrong_is_thrown_away_and_told(shop, monkeypatch, harm):
    honest = proof.prove

    def after_harm(copy: Path, counts: dict[str, int], *rest: object, **more: object) -> int:
        if harm == "a page":
            with open(copy, "r+b") as file:
                file.seek(4096 * 5)
                file.write(os.urandom(4096))
        else:
            written = sqlite3.connect(copy, isolation_level=None)
            written.execute("DELETE FROM product" if harm == "a row" else "UPDATE delivery_option SET carrier_id = 9")
            written.close()
        return honest(copy, counts, *rest, **more)

    monkeypatch.setattr(proof, "prove", after_harm)
    with pytest.raises(Outage) as outage:
        shop.back_up()
    assert outage.value.code == "store.backup-unproven"
    assert shop.backups() == []
    assert list(places.backups_of(shop.path).iterdir()) == []
    assert shop.health().failure == "store.backup-unproven"
    assert shop.health().needs_attention(shop.clock.now())


def test_a_shop_with_a_fault_is_still_backed_up_and_the_fault_is_told(shop):
    with shop.work() as work:
        work.session.connection().exec_driver_sql("INSERT INTO order_tally VALUES ('open', 'paid', 'packed', 3)")
    shop.back_up()
    assert shop.health().faults == 1
    assert len(shop.backups()) == 1


def test_health_goes_stale_after_a_day_and_well_again_with_the_next_success(shop):
    assert shop.health().needs_attention(shop.clock.now())
    assert shop.backup_due()
    shop.back_up()
    assert not shop.health().needs_attention(shop.clock.now())
    shop.clock.advance(timedelta(hours=25))
    assert shop.health().needs_attention(shop.clock.now())
    with shop.work() as work:
        a_product(work, "NEW")
    assert shop.backup_due()
    shop.back_up()
    assert not shop.health().needs_attention(shop.clock.now())
    assert not shop.backup_due()


@pytest.mark.parametrize("noise", ["", "[]", "{", '{"succeeded_at": 3}', '{"succeeded_at": "soon"}', "\0\xff"])
def test_a_health_file_that_makes_no_sense_is_no_health(shop, noise):
    places.health_of(shop.path).write_text(noise, encoding="utf-8")
    assert shop.health() == health.Health()
    shop.back_up()
    assert shop.health().succeeded_at


def test_closing_backs_up_what_was_written_and_nothing_twice(tmp_path):
    with a_shop(tmp_path) as shop, shop.work() as work:
        a_product(work, "CUP")
    (first,) = Shop.backups_of(shop.path)
    assert (first.reason, skus(first.file)) == ("closing", ["CUP"])
    with Shop.open(shop.path, clock=a_clock()) as again:
        assert not again.backup_due()
    assert Shop.backups_of(shop.path) == [first]


def test_a_backup_by_hand_before_closing_is_enough(tmp_path):
    with a_shop(tmp_path) as shop:
        with shop.work() as work:
            a_product(work, "CUP")
        shop.back_up()
    with Shop.open(shop.path, clock=a_clock()) as again:
        again.clock.advance(timedelta(days=3))
        assert not again.backup_due(), "nothing was written since"
    assert [each.reason for each in Shop.backups_of(shop.path)] == ["manual"]


def test_closing_backs_up_what_was_written_after_a_backup_by_hand(tmp_path):
    path = a_closed_shop(tmp_path)
    with Shop.open(path, clock=a_clock()) as shop:
        with shop.work() as work:
            a_product(work, "CUP")
        shop.back_up()
        with shop.work() as work:
            a_product(work, "MUG")
    assert [skus(each.file)[-1] for each in Shop.backups_of(path)] == ["MUG", "CUP-2"]


def test_a_shop_closes_although_its_backup_fails(tmp_path, monkeypatch):
    def fail(*_args: object, **_more: object) -> int:
        raise Outage("store.backup-unproven", file="x")

    shop = a_shop(tmp_path)
    with shop.work() as work:
        a_product(work, "CUP")
    monkeypatch.setattr(proof, "prove", fail)
    outage = shop.close()
    assert outage is not None and outage.code == "store.backup-unproven"
    Shop.open(shop.path, clock=a_clock()).close()


def test_a_large_shop_closes_without_waiting_for_a_backup(tmp_path, monkeypatch):
    monkeypatch.setattr(backup, "SMALL", 1000)
    shop = a_shop(tmp_path)
    with shop.work() as work:
        a_product(work, "CUP")
    assert shop.is_large
    assert shop.close() is None
    assert Shop.backups_of(shop.path) == []


def test_the_second_folder_gets_the_same_backup(shop, tmp_path):
    second = tmp_path / "stick"
    with shop.work() as work:
        settings.change_profile(work, backup_folder=str(second))
    file = shop.back_up()
    assert (second / "shop.backoffice-backups" / file.name).read_bytes() == file.read_bytes()
    shutil.rmtree(places.backups_of(shop.path))
    assert [each.file.parent.parent for each in shop.backups()] == [second]


def test_a_second_folder_that_is_gone_fails_no_backup_but_is_told(shop, tmp_path):
    (tmp_path / "stick").write_text("no folder")
    with shop.work() as work:
        settings.change_profile(work, backup_folder=str(tmp_path / "stick"))
    shop.back_up()
    assert len(shop.backups()) == 1
    assert shop.health().second_failure
    assert shop.health().needs_attention(shop.clock.now())


def test_old_backups_are_thinned_out(shop):
    for _half_day in range(8):
        shop.clock.advance(timedelta(hours=12))
        shop.back_up()
    kept = [each.at.strftime("%d %H") for each in shop.backups()]
    assert kept == ["06 09", "05 21", "05 09", "04 21", "04 09", "03 21", "02 21"]


def test_the_newest_good_backup_outlives_broken_newer_ones(shop):
    good = shop.back_up()
    shop.clock.advance(timedelta(days=400))
    broken = good.with_name("20270601T000000.000000Z-daily.backoffice-backup")
    broken.write_bytes(good.read_bytes()[:-4096])
    assert [each.file for each in shop.backups()] == [good]
    backup._thin_folder(good.parent, shop.clock.now())
    assert good.exists() and broken.exists()


def test_two_backups_of_one_moment_have_two_names(shop):
    assert len({shop.back_up(), shop.back_up(), shop.back_up()}) == 3
    assert len(shop.backups()) == 3


@pytest.mark.parametrize(
    "name", ["notes.txt", "20260302T090000Z-manual.backoffice-backup", "20260302T090000.000000Z-why.backoffice-backup"]
)
def test_other_files_in_the_folder_are_no_backups(shop, name):
    file = shop.back_up()
    shutil.copy(file, file.with_name(name))
    assert [each.file for each in shop.backups()] == [file]


def test_a_copy_goes_where_the_user_says_and_over_nothing(shop, tmp_path):
    target = tmp_path / "copy.backoffice"
    assert shop.back_up(target) == target
    assert skus(target) == ["CUP-0"]
    assert shop.backups() == []
    with pytest.raises(Refused) as refused:
        shop.back_up(target)
    assert refused.value.code == "store.file-exists"


def test_an_unknown_reason_is_a_bug(shop):
    with pytest.raises(ValueError, match="whim"):
        shop.back_up(reason="whim")
    assert set(shelf.REASONS) >= {"closing", "daily"}


def back_up_and_close(path: Path) -> None:
    with Shop.open(path, clock=a_clock()) as shop:
        shop.back_up()


@can_kill
def test_a_backup_killed_anywhere_leaves_only_good_ones_and_the_shop_as_it_was(tmp_path):
    (tmp_path / "undisturbed").mkdir()
    undisturbed = a_closed_shop(tmp_path / "undisturbed")
    before = fingerprint(undisturbed.parent)
    count = passes(lambda: back_up_and_close(undisturbed), "backup", tmp_path / "log")
    assert count >= 6
    (whole,) = Shop.backups_of(undisturbed)
    for place in range(1, count + 1):
        path = a_closed_shop(tmp_path / f"killed at {place}")
        killed(lambda path=path: back_up_and_close(path), f"backup:{place}")
        assert fingerprint(path.parent)["shop.backoffice"] == before["shop.backoffice"]
        assert all(content(each.file) == content(whole.file) for each in Shop.backups_of(path))
        assert ended(lambda path=path: back_up_and_close(path)) == 0
        newest, *_older = Shop.backups_of(path)
        assert content(newest.file) == content(whole.file)
        assert not list(path.parent.rglob("*.partial*"))
        assert health.read(path).file == newest.file.name


def test_tables_are_counted_whatever_they_are_called(tmp_path):
    connection = sqlite3.connect(tmp_path / "x")
    connection.execute('CREATE TABLE "a ""b" (n)')
    connection.execute('INSERT INTO "a ""b" VALUES (1)')
    assert proof.count_rows(connection) == {'a "b': 1}
    connection.close()


def test_carriers_are_in_the_copy_too(shop):
    with shop.work() as work:
        work.add(Carrier(name="Correos"))
    assert content(shop.back_up(), "carrier")["carrier"][0][1] == "Correos"
