"""A restore puts one whole shop in the place of another, trusts no file before it was looked at, and loses nothing."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from backoffice.core.errors import Refused
from backoffice.shop import Shop
from backoffice.store import places
from tests.builders import refused
from tests.store.killing import can_kill, ended, killed, passes
from tests.store.shops import a_clock, a_closed_shop, a_product, content, fingerprint, skus
from tests.store.test_opening import HARM
from tests.store.tomorrow import tomorrow


def a_shop_and_its_backup(folder: Path) -> tuple[Path, Path]:
    """A shop that sold on after its backup: the backup has CUP-0 to CUP-2, the shop LATER too."""
    path = a_closed_shop(folder)
    with Shop.open(path, clock=a_clock()) as shop:
        kept = shop.back_up()
        with shop.work() as work:
            a_product(work, "LATER")
        shop.close(backup=False)
    return path, kept


def restore(file: Path, path: Path, **more: object) -> Path | None:
    return Shop.restore(file, path, clock=a_clock(), **more)  # type: ignore[arg-type]


def test_the_shop_is_as_it_was_and_what_was_there_before_is_kept(tmp_path):
    path, kept = a_shop_and_its_backup(tmp_path)
    before = content(path)
    saved = restore(kept, path)
    assert content(path) == content(kept)
    assert saved is not None and content(saved) == before
    with Shop.open(path, clock=a_clock()) as shop:
        assert [each for each in shop.check() if each.faults] == []
        with shop.work() as work:
            a_product(work, "AFTER")


def test_a_restore_can_be_undone_by_another(tmp_path):
    path, kept = a_shop_and_its_backup(tmp_path)
    before = content(path)
    saved = restore(kept, path)
    assert saved is not None
    restore(saved, path)
    assert content(path) == before


def write_and_die(path: Path) -> None:
    shop = Shop.open(path, clock=a_clock())
    with shop.work() as work:
        a_product(work, "IN THE LOG")
    os.kill(os.getpid(), 9)


@can_kill
def test_the_old_log_does_not_undo_the_restore(tmp_path):
    path, kept = a_shop_and_its_backup(tmp_path)
    assert ended(lambda: write_and_die(path)) == -9
    naive = tmp_path / "naive"
    naive.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{path}{ending}", naive / f"shop{ending}")
    shutil.copy(kept, naive / "shop")
    assert "IN THE LOG" in skus(naive / "shop"), "the naive way works now: this guard may go"
    saved = restore(kept, path)
    assert skus(path) == ["CUP-0", "CUP-1", "CUP-2"]
    assert saved is not None and "IN THE LOG" in skus(saved)


def test_a_shop_that_is_gone_is_restored(tmp_path):
    path, kept = a_shop_and_its_backup(tmp_path)
    path.unlink()
    assert restore(kept, path) is None
    assert content(path) == content(kept)


@pytest.mark.parametrize("kind", ["no content", "a letter", "half", "the products' page torn", "a spy"])
def test_a_damaged_shop_is_set_aside_byte_for_byte(tmp_path, kind):
    path, kept = a_shop_and_its_backup(tmp_path)
    HARM[kind][1](path)
    damaged = path.read_bytes()
    aside = restore(kept, path)
    assert content(path) == content(kept)
    assert aside is not None and aside.read_bytes() == damaged
    assert aside.parent == path.parent


@pytest.mark.parametrize(("code", "harm"), HARM.values(), ids=HARM)
def test_a_file_that_is_no_whole_shop_is_not_restored(tmp_path, code, harm: Callable[[Path], object]):
    path, kept = a_shop_and_its_backup(tmp_path / "shop")
    offered = tmp_path / "offered"
    shutil.copy(kept, offered)
    harm(offered)
    before = fingerprint(tmp_path)
    with pytest.raises(Refused) as caught:
        restore(offered, path)
    assert (caught.value.code, caught.value.facts["file"]) == (code, "offered")
    assert fingerprint(tmp_path) == before


HOSTILE = {
    "a trigger that erases": "CREATE TRIGGER evil AFTER INSERT ON journal BEGIN DELETE FROM product; END",
    "a view that lies": "CREATE VIEW evil AS SELECT load_extension('evil')",
    "an index that calls": "CREATE INDEX evil ON product (lower(name))",
    "a table with a default that calls": "CREATE TABLE evil (x DEFAULT (load_extension('evil')))",
    "a generated column": "ALTER TABLE carrier ADD COLUMN evil TEXT AS (upper(name))",
    "a virtual table": "CREATE VIRTUAL TABLE evil USING fts5 (x)",
    "a view that poses as the index's": "CREATE VIEW search_index_config2 AS SELECT 1",
    "a table that poses as the index's": "CREATE TABLE search_index_content (id, c0)",
}


@pytest.mark.parametrize("statement", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_before_any_of_it_runs(tmp_path, statement):
    path, kept = a_shop_and_its_backup(tmp_path / "shop")
    offered = tmp_path / "offered"
    shutil.copy(kept, offered)
    with sqlite3.connect(offered) as written:
        written.execute(statement)
    written.close()
    with pytest.raises(Refused) as caught:
        restore(offered, path)
    assert caught.value.code == "shop.altered"
    assert "LATER" in skus(path)


def test_what_poses_as_sqlites_own_is_found_out(tmp_path):
    path, kept = a_shop_and_its_backup(tmp_path / "shop")
    offered = tmp_path / "offered"
    shutil.copy(kept, offered)
    with sqlite3.connect(offered) as written:
        written.execute("PRAGMA writable_schema=ON")
        evil = "CREATE TRIGGER sqlite_evil AFTER INSERT ON journal BEGIN DELETE FROM product; END"
        written.execute(
            "INSERT INTO sqlite_schema VALUES ('trigger', 'sqlite_evil', 'journal', 0, ?)",
            (evil,),
        )
    written.close()
    with pytest.raises(Refused) as caught:
        restore(offered, path)
    assert (caught.value.code, caught.value.facts["parts"]) == ("shop.altered", "trigger sqlite_evil")


def test_a_view_with_the_name_of_a_guard_is_found_out_by_its_words(tmp_path):
    path, kept = a_shop_and_its_backup(tmp_path / "shop")
    offered = tmp_path / "offered"
    shutil.copy(kept, offered)
    with sqlite3.connect(offered) as written:
        (honest,) = written.execute("SELECT sql FROM sqlite_schema WHERE name = 'order_tally_insert'").fetchone()
        written.execute("DROP TRIGGER order_tally_insert")
        written.execute(honest.replace("END", "DELETE FROM journal; END"))
    written.close()
    with pytest.raises(Refused) as caught:
        restore(offered, path)
    assert caught.value.facts["parts"] == "trigger order_tally_insert"


def test_a_shop_that_is_open_is_not_restored_over(tmp_path):
    path, kept = a_shop_and_its_backup(tmp_path)
    with Shop.open(path, clock=a_clock()), pytest.raises(Refused) as caught:
        restore(kept, path)
    assert caught.value.code == "shop.in-use"


def test_a_shop_that_is_open_is_no_source(tmp_path):
    path, _kept = a_shop_and_its_backup(tmp_path / "one")
    with Shop.open(path, clock=a_clock()) as shop:
        with pytest.raises(Refused) as caught:
            restore(path, tmp_path / "two" / "shop.backoffice", from_shop=True)
        with shop.work() as work:
            a_product(work, "STILL OPEN")
    assert (caught.value.code, caught.value.facts["file"]) == ("shop.in-use", "shop.backoffice")
    assert not (tmp_path / "two" / "shop.backoffice").exists()


def test_a_shop_is_not_restored_from_itself(tmp_path):
    path, _kept = a_shop_and_its_backup(tmp_path)
    os.link(path, tmp_path / "twin")
    for source in (path, tmp_path / "twin"):
        with pytest.raises(Refused) as caught:
            restore(source, path)
        assert caught.value.code == "store.same-file"


def test_a_shop_is_no_source_unless_that_is_said(tmp_path):
    path, _kept = a_shop_and_its_backup(tmp_path / "one")
    target = tmp_path / "two" / "new.backoffice"
    with refused("store.restore-from-shop", file="shop.backoffice", shop="new.backoffice"):
        restore(path, target)
    assert not target.parent.exists()
    restore(path, target, from_shop=True)
    assert content(target) == content(path)


@pytest.mark.parametrize("named", ["shelf", "among", "copy"])
def test_a_backup_is_never_restored_over(tmp_path, named):
    path, kept = a_shop_and_its_backup(tmp_path)
    with Shop.open(path, clock=a_clock()) as shop:
        copy = shop.back_up(tmp_path / "copy.backoffice")
    target = {"shelf": kept, "among": kept.with_name("new.backoffice"), "copy": copy}[named]
    before = fingerprint(tmp_path)
    for source in (path, kept if target != kept else copy):
        with refused("store.restore-onto-backup", shop=target.name):
            restore(source, target, from_shop=True)
    assert fingerprint(tmp_path) == before


def test_a_backup_carried_to_another_folder_is_restored_beside_itself(tmp_path):
    _path, kept = a_shop_and_its_backup(tmp_path / "one")
    carried = tmp_path / "stick" / kept.name
    carried.parent.mkdir()
    shutil.copy(kept, carried)
    target = carried.with_name("shop.backoffice")
    restore(carried, target)
    assert content(target) == content(kept)


@pytest.mark.parametrize("kind", ["a letter", "nothing", "another program's", "a folder"])
def test_a_file_that_never_was_a_shop_is_never_replaced(tmp_path, kind):
    _path, kept = a_shop_and_its_backup(tmp_path)
    target = tmp_path / "other" / "notes"
    target.parent.mkdir()
    if kind == "a folder":
        target.mkdir()
    elif kind == "another program's":
        sqlite3.connect(target).execute("CREATE TABLE theirs (x)").connection.close()
    else:
        target.write_text("Dear Ana" if kind == "a letter" else "")
    before = fingerprint(target.parent)
    with refused("shop.folder" if kind == "a folder" else "store.restore-onto-other"):
        restore(kept, target)
    assert fingerprint(target.parent) == before


def test_a_stopped_restore_changes_nothing(tmp_path):
    path, kept = a_shop_and_its_backup(tmp_path)
    before = content(path)
    for after in range(3):
        asked = iter([False] * after + [True] * 100)
        with pytest.raises(Refused) as caught:
            restore(kept, path, cancelled=lambda asked=asked: next(asked))
        assert caught.value.code == "store.restore-stopped"
        assert content(path) == before
        assert not list(tmp_path.glob("*.partial*"))


@can_kill
def test_a_shop_copied_by_hand_with_its_log_is_restored_whole(tmp_path):
    path, _kept = a_shop_and_its_backup(tmp_path / "one")
    assert ended(lambda: write_and_die(path)) == -9
    assert places.hot(path, "-wal")
    target = tmp_path / "two" / "shop.backoffice"
    places.lock_of(path).unlink()
    before = fingerprint(path.parent)
    restore(path, target, from_shop=True)
    assert "IN THE LOG" in skus(target)
    assert fingerprint(path.parent) == before


def test_a_backup_of_an_older_schema_is_brought_up_when_it_is_opened(tmp_path, monkeypatch):
    path, kept = a_shop_and_its_backup(tmp_path / "shop")
    tomorrow(tmp_path, monkeypatch)
    Shop.open(path, clock=a_clock()).close()
    restore(kept, path)
    with Shop.open(path, clock=a_clock()) as shop:
        assert skus(path) == ["CUP-0", "CUP-1", "CUP-2"]
        assert [each for each in shop.check() if each.faults] == []


@can_kill
def test_a_restore_killed_anywhere_leaves_the_one_shop_or_the_other(tmp_path):
    def prepared(name: str) -> tuple[Path, Path]:
        folder = tmp_path / name
        shutil.copytree(tmp_path / "ready", folder)
        return folder / "shop.backoffice", places.backups_of(folder / "shop.backoffice") / kept.name

    path, kept = a_shop_and_its_backup(tmp_path / "ready")
    before, wanted = content(path), content(kept)
    path, file = prepared("undisturbed")
    count = passes(lambda: restore(file, path), "restore", tmp_path / "log")
    assert count >= 5
    assert content(path) == wanted
    for place in range(1, count + 1):
        path, file = prepared(f"killed at {place}")
        killed(lambda path=path, file=file: restore(file, path), f"restore:{place}")
        Shop.open(path, clock=a_clock()).close()
        assert content(path) in (before, wanted)
        saved = [content(each.file) for each in Shop.backups_of(path)]
        assert before in saved or content(path) == before
        restore(file, path)
        assert content(path) == wanted
        assert not list(path.parent.glob("*.partial*"))
