"""When the disk fails, what was saved is safe, what was not is said, and the next try works."""

import errno
import os
import signal
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from backoffice.core.errors import Outage
from backoffice.core.language import Language
from backoffice.sentences import sentence_for
from backoffice.settings.model import Carrier
from backoffice.shop import Shop
from backoffice.store.engine import connect, raw
from backoffice.store.outages import outage_of, told_also_of_the_disk
from backoffice.store.words import OUTAGES
from tests.store.killing import can_kill, ended
from tests.store.shops import a_clock, a_closed_shop, a_shop, content

MUCH = "x" * 3_000_000


def carriers(session: Session) -> list[str]:
    return list(session.exec(select(Carrier.name).order_by(Carrier.name)))


def add(shop: Shop, name: str, url: str = "") -> None:
    with shop.work() as work:
        work.add(Carrier(name=name, tracking_url=url))


def test_a_full_disk_loses_nothing_that_was_saved(tmp_path):
    with a_shop(tmp_path) as shop:
        add(shop, "Correos")
        with shop.work() as work:
            driver = raw(work.session.connection())
            (pages,) = driver.execute("PRAGMA page_count").fetchone()
            driver.execute(f"PRAGMA max_page_count={pages + 4}")
        with pytest.raises(Outage) as outage:
            add(shop, "Seur", MUCH)
        assert outage.value.code == "store.disk-full"
        assert shop.ask(carriers) == ["Correos"]
        add(shop, "Seur")  # after the outage the writer is a fresh one: there is room again
        assert shop.ask(carriers) == ["Correos", "Seur"]
        assert [each for each in shop.check() if each.faults] == []


def test_an_action_that_swallows_the_full_disk_saves_no_half(tmp_path):
    with a_shop(tmp_path) as shop:
        with pytest.raises(Outage) as outage, shop.work() as work:
            driver = raw(work.session.connection())
            (pages,) = driver.execute("PRAGMA page_count").fetchone()
            driver.execute(f"PRAGMA max_page_count={pages + 4}")
            work.add(Carrier(name="Correos"))
            with suppress(sqlite3.OperationalError):
                driver.execute("INSERT INTO carrier VALUES (2, 'Seur', ?, '', 1)", (MUCH,))
            if driver.in_transaction:  # newer versions of SQLite leave that to us
                raise Outage("store.not-saved")
            driver.execute("INSERT INTO carrier VALUES (3, 'MRW', '', '', 1)")
        assert outage.value.code == "store.not-saved"


def limited(path: Path, report: Path) -> None:
    """Runs in a fork: no file may grow beyond the shop's present size and a bit."""
    import resource  # noqa: PLC0415  # Unix only, as the fork is

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    shop = Shop.open(path, clock=a_clock())
    limit = path.stat().st_size + 40_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    told = []
    for act in (lambda: add(shop, "Seur", MUCH), lambda: add(shop, "MRW"), shop.back_up):
        try:
            act()
            told.append("done")
        except Outage as outage:
            told.append(outage.code)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    add(shop, "DHL")
    report.write_text(" ".join(told), encoding="utf-8")
    shop.close(backup=False)


@can_kill
def test_a_file_that_may_not_grow_is_a_full_disk(tmp_path):
    path = a_closed_shop(tmp_path / "shop")
    with Shop.open(path, clock=a_clock()) as shop:
        add(shop, "Correos")
        shop.close(backup=False)
    assert ended(lambda: limited(path, tmp_path / "report")) == 0
    assert (tmp_path / "report").read_text(encoding="utf-8").split()[:2] == ["store.disk-full", "done"]
    assert [row[1] for row in content(path, "carrier")["carrier"]] == ["Correos", "MRW", "DHL"]


def backup_without_room(path: Path, report: Path) -> None:
    import resource  # noqa: PLC0415

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with Shop.open(path, clock=a_clock()) as shop:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
        with pytest.raises(Outage) as outage:
            shop.back_up()
        health = shop.health()
        report.write_text(f"{outage.value.code} {health.failure} {len(shop.backups())}", encoding="utf-8")


@can_kill
def test_a_backup_without_room_fails_whole_and_says_so(tmp_path):
    path = a_closed_shop(tmp_path / "shop")
    before = path.read_bytes()
    assert ended(lambda: backup_without_room(path, tmp_path / "report")) == 0
    assert (tmp_path / "report").read_text(encoding="utf-8") == "store.disk-full store.disk-full 0"
    assert path.read_bytes() == before
    assert list((tmp_path / "shop" / "shop.backoffice-backups").iterdir()) == []


def test_another_program_that_keeps_writing_is_waited_for_and_then_named(tmp_path, monkeypatch):
    monkeypatch.setattr("backoffice.store.engine._PRAGMAS", ("foreign_keys=ON", "busy_timeout=50"))
    with a_shop(tmp_path) as shop:
        other = connect(shop.path)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Outage) as outage:
            add(shop, "Correos")
        assert outage.value.code == "store.busy"
        other.execute("ROLLBACK")
        other.close()
        add(shop, "Correos")
        assert shop.ask(carriers) == ["Correos"]


def test_damage_under_an_open_shop_is_told_as_damage(tmp_path):
    path = a_closed_shop(tmp_path)
    shop = Shop.open(path, clock=a_clock())
    size = path.stat().st_size
    with open(path, "r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    with pytest.raises(Outage) as outage:
        add(shop, "Correos")
    assert outage.value.code == "store.damaged"
    shop.close(backup=False)


@pytest.mark.parametrize(
    ("symbol", "code"),
    [
        ("SQLITE_FULL", "store.disk-full"),
        ("SQLITE_IOERR_WRITE", "store.disk-full"),
        ("SQLITE_IOERR_READ", "store.disk-failed"),
        ("SQLITE_IOERR_FSYNC", "store.disk-failed"),
        ("SQLITE_READONLY_DBMOVED", "store.read-only"),
        ("SQLITE_BUSY_SNAPSHOT", "store.busy"),
        ("SQLITE_CORRUPT_VTAB", "store.damaged"),
        ("SQLITE_NOTADB", "store.damaged"),
        ("SQLITE_CANTOPEN_ISDIR", "store.cannot-open"),
        ("SQLITE_NOMEM", "store.no-memory"),
        ("SQLITE_CONSTRAINT_CHECK", None),
        ("SQLITE_ERROR", None),
    ],
)
def test_every_failure_of_sqlite_has_its_meaning_and_a_bug_has_none(symbol, code):
    error = sqlite3.OperationalError(symbol)
    error.sqlite_errorcode = getattr(sqlite3, symbol)
    for raised in (error, OperationalError("INSERT", {}, error)):
        outage = outage_of(raised, Path("shop.backoffice"))
        assert (outage and outage.code) == code


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "store.disk-full"),
        (errno.EDQUOT, "store.disk-full"),
        (errno.EFBIG, "store.disk-full"),
        (errno.EROFS, "store.read-only"),
        (errno.EACCES, "store.read-only"),
        (errno.EIO, "store.disk-failed"),
    ],
)
def test_every_failure_of_the_disk_has_its_meaning(number, code):
    with pytest.raises(Outage) as outage, told_also_of_the_disk(Path("shop.backoffice")):
        raise OSError(number, os.strerror(number))
    assert outage.value.code == code


@pytest.mark.parametrize("code", OUTAGES)
def test_every_outage_says_what_is_safe_and_what_to_do(code):
    sentence = sentence_for(Outage(code, file="shop.backoffice", backup="b"), Language("en"))
    assert "{" not in sentence and "–" not in sentence
    assert any(word in sentence for word in ("safe", "not saved", "still there", "exactly as it was"))
    assert any(word in sentence for word in ("try again", "Try again", "open it again", "earlier version"))
