"""A shop of an older schema is brought up whole, with a proven backup before, or stays as it was."""

import gzip
import sys
from pathlib import Path

import pytest

from backoffice.core.errors import Outage
from backoffice.core.paths import private_folder
from backoffice.settings.model import Carrier
from backoffice.shop import Shop
from backoffice.store import schema
from tests.store.killing import can_kill, ended, killed, passes
from tests.store.shops import a_clock, a_shop, content, fingerprint, skus
from tests.store.tomorrow import tomorrow

OLD = Path(__file__).parent / "old"


def a_shop_of_today(folder: Path) -> Path:
    with a_shop(folder) as shop:
        with shop.work() as work:
            work.add(Carrier(name="Correos"))
            work.add(Carrier(name="Seur"))
        shop.close(backup=False)
    return shop.path


def phones(path: Path) -> list[object]:
    return [row[-1] for row in content(path)["carrier"]]


def open_and_close(path: Path) -> None:
    Shop.open(path, clock=a_clock()).close()


def test_an_older_shop_is_brought_up_after_a_backup(tmp_path, monkeypatch):
    path = a_shop_of_today(tmp_path / "shop")
    before = content(path)
    tomorrow(tmp_path, monkeypatch)
    open_and_close(path)
    assert phones(path) == ["+34 900", ""]
    assert content(path)["alembic_version"] == [(schema.revision(schema.SCHEMA),)]
    assert {name: rows for name, rows in content(path).items() if name not in ("carrier", "alembic_version")} == {
        name: rows for name, rows in before.items() if name not in ("carrier", "alembic_version")
    }
    (kept,) = Shop.backups_of(path)
    assert (kept.reason, kept.schema, content(kept.file)) == ("migration", schema.SCHEMA - 1, before)


@can_kill
def test_a_shop_of_today_opens_without_alembic(tmp_path):
    path = a_shop_of_today(tmp_path)

    def without() -> None:
        for name in [name for name in sys.modules if name.startswith("alembic") or name.endswith(".migrating")]:
            sys.modules[name] = None  # type: ignore[assignment]  # importing it fails
        a_shop(tmp_path / "new").close()
        open_and_close(path)

    assert ended(without) == 0


def test_it_is_done_once(tmp_path, monkeypatch):
    path = a_shop_of_today(tmp_path / "shop")
    tomorrow(tmp_path, monkeypatch)
    open_and_close(path)
    before = fingerprint(path.parent)
    open_and_close(path)
    assert fingerprint(path.parent) == before


def test_foreign_keys_are_kept_after_a_migration(tmp_path, monkeypatch):
    path = a_shop_of_today(tmp_path / "shop")
    tomorrow(tmp_path, monkeypatch)
    with Shop.open(path, clock=a_clock()) as shop, pytest.raises(Exception, match="FOREIGN KEY"), shop.work() as work:
        work.session.connection().exec_driver_sql("UPDATE delivery_option SET carrier_id = 99")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("raise ZeroDivisionError", "pass"),
        ('op.get_bind().exec_driver_sql("UPDATE delivery_option SET carrier_id = 99")', "pass"),
        ('op.get_bind().exec_driver_sql("DROP TRIGGER payment_refuses_delete")', "pass"),
        ("pass", 'op.get_bind().exec_driver_sql("DROP TRIGGER payment_refuses_delete")'),
        ("op.get_bind().exec_driver_sql(\"INSERT INTO ledger_exception VALUES (1, 'undo', 1)\")", "pass"),
        ('op.get_bind().exec_driver_sql("no sql at all")', "pass"),
    ],
    ids=["a bug", "a broken reference", "a lost guard", "a guard too many", "a broken invariant", "bad SQL"],
)
def test_a_migration_that_goes_wrong_leaves_the_shop_as_it_was(tmp_path, more, expected):
    path = a_shop_of_today(tmp_path / "shop")
    before = content(path)
    with pytest.MonkeyPatch.context() as patch, pytest.raises(Outage) as outage:
        tomorrow(tmp_path, patch, more=more, expected=expected)
        Shop.open(path, clock=a_clock())
    assert outage.value.code == "store.migration-failed"
    assert content(path) == before
    assert [each.file.name for each in Shop.backups_of(path)] == [outage.value.facts["backup"]]
    open_and_close(path)  # today's program still opens it


def test_a_fault_that_was_there_before_stops_no_migration(tmp_path, monkeypatch):
    path = a_shop_of_today(tmp_path / "shop")
    with Shop.open(path, clock=a_clock()) as shop, shop.work() as work:
        work.session.connection().exec_driver_sql("INSERT INTO order_tally VALUES ('open', 'paid', 'packed', 3)")
    tomorrow(tmp_path, monkeypatch)
    with Shop.open(path, clock=a_clock()) as shop:
        assert [each.name for each in shop.check() if each.faults] == ["order-tally"]


@can_kill
def test_a_migration_killed_anywhere_is_done_at_the_next_opening(tmp_path, monkeypatch):
    today = a_shop_of_today(tmp_path / "today").read_bytes()
    tomorrow(tmp_path, monkeypatch)

    def a_copy(name: str) -> Path:
        path = private_folder(tmp_path / name) / "shop.backoffice"
        path.write_bytes(today)
        return path

    before = content(a_copy("before"))
    undisturbed = a_copy("undisturbed")
    count = passes(lambda: open_and_close(undisturbed), "migration", tmp_path / "log")
    assert count >= 5
    for place in range(1, count + 1):
        path = a_copy(f"killed at {place}")
        killed(lambda path=path: open_and_close(path), f"migration:{place}")
        assert content(path) in (before, content(undisturbed))
        open_and_close(path)
        assert content(path) == content(undisturbed)
        assert all(skus(each.file) == [] for each in Shop.backups_of(path))


@pytest.mark.parametrize("number", range(1, schema.SCHEMA + 1))
def test_a_shop_of_every_released_schema_opens(tmp_path, number, monkeypatch):
    path = tmp_path / "shop.backoffice"
    path.write_bytes(gzip.decompress((OLD / f"{schema.revision(number)}.db.gz").read_bytes()))
    with Shop.open(path, clock=a_clock()) as shop:
        assert [each for each in shop.check() if each.faults] == []
        assert skus(path) == ["CUP-1"]
    tomorrow(tmp_path, monkeypatch)
    open_and_close(path)
    assert skus(path) == ["CUP-1"]
