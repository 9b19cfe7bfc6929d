"""A shop is opened only when it is ours, whole and ours alone to use; whatever else it is stays as it is."""

import os
import shutil
import signal
import sqlite3
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from backoffice.core.errors import Outage, Refused
from backoffice.shop import Shop
from backoffice.store import look, places, schema
from tests.store.killing import can_kill, ended
from tests.store.shops import a_clock, a_closed_shop, a_product, a_shop, fingerprint, skus

NOBODY = 65534


def overwrite(file: Path, at: int, content: bytes) -> None:
    with open(file, "r+b") as opened:
        opened.seek(at)
        opened.write(content)


def cut(file: Path, share: float) -> None:
    os.truncate(file, int(file.stat().st_size * share))


def sql(file: Path, *statements: str) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def foreign_database(file: Path) -> None:
    file.unlink()
    sql(file, "CREATE TABLE places (url TEXT)", "PRAGMA application_id=252006675")


def database_without_a_name(file: Path) -> None:
    file.unlink()
    sql(file, "CREATE TABLE orders (number TEXT)")


def swap_pages(file: Path) -> None:
    content = file.read_bytes()
    one, other = (4096 * (rootpage_of(file, name) - 1) for name in ("product", "ix_product_list"))
    overwrite(file, one, content[other : other + 4096])
    overwrite(file, other, content[one : one + 4096])


def rootpage_of(file: Path, name: str) -> int:
    connection = sqlite3.connect(file)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
    connection.close()
    return int(page)


def tear_the_products(file: Path) -> None:
    overwrite(file, 4096 * (rootpage_of(file, "product") - 1), b"\xff" * 4096)


def index_that_lies(file: Path) -> None:
    sql(
        file,
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'ix_product_list')"
        " WHERE name = 'ix_product_sku_list'",
    )


HARM: dict[str, tuple[str, Callable[[Path], object]]] = {
    "no content": ("shop.empty", lambda file: os.truncate(file, 0)),
    "one byte": ("shop.not-a-database", lambda file: file.write_bytes(b"S")),
    "a letter": ("shop.not-a-database", lambda file: file.write_text("Dear customer, …" * 400)),
    "a spreadsheet": ("shop.not-a-database", lambda file: file.write_bytes(b"PK\x03\x04" + bytes(9000))),
    "zeros": ("shop.not-a-database", lambda file: file.write_bytes(bytes(file.stat().st_size))),
    "noise": ("shop.not-a-database", lambda file: file.write_bytes(os.urandom(20_000))),
    "encrypted first page": ("shop.not-a-database", lambda file: overwrite(file, 0, os.urandom(4096))),
    "only half a header": ("shop.truncated", lambda file: os.truncate(file, 60)),
    "only a header": ("shop.truncated", lambda file: os.truncate(file, 100)),
    "half": ("shop.truncated", lambda file: cut(file, 0.5)),
    "all but the last bytes": ("shop.truncated", lambda file: os.truncate(file, file.stat().st_size - 7)),
    "a browser's database": ("shop.foreign", foreign_database),
    "a database without a name": ("shop.foreign", database_without_a_name),
    "an older, unknown schema": ("shop.foreign", lambda file: sql(file, "PRAGMA user_version=-3")),
    "schema 0": ("shop.foreign", lambda file: sql(file, "PRAGMA user_version=0")),
    "a newer schema": ("shop.newer", lambda file: sql(file, f"PRAGMA user_version={schema.SCHEMA + 1}")),
    "the products' page torn": ("shop.damaged", tear_the_products),
    "the schema's page torn": ("shop.damaged", lambda file: overwrite(file, 100, b"\xff" * 900)),
    "two pages swapped": ("shop.damaged", swap_pages),
    "a page of zeros": ("shop.damaged", lambda file: overwrite(file, 4096 * 6, bytes(4096))),
    "an index that lies": ("shop.damaged", index_that_lies),
    "a page size that is none": ("shop.damaged", lambda file: overwrite(file, 16, b"\x12\x34")),
    "a guard taken away": ("shop.altered", lambda file: sql(file, "DROP TRIGGER payment_refuses_delete")),
    "a spy": (
        "shop.altered",
        lambda file: sql(file, "CREATE TRIGGER spy AFTER INSERT ON orders BEGIN UPDATE product SET price = 0; END"),
    ),
    "a guard that guards no more": (
        "shop.altered",
        lambda file: sql(
            file,
            "DROP TRIGGER payment_refuses_delete",
            "CREATE TRIGGER payment_refuses_delete BEFORE DELETE ON payment BEGIN SELECT 1; END",
        ),
    ),
    "a table missing": ("shop.altered", lambda file: sql(file, "PRAGMA foreign_keys=OFF", "DROP TABLE scan")),
    "a view in a table's place": (
        "shop.altered",
        lambda file: sql(file, "DROP TABLE scan", "CREATE VIEW scan AS SELECT 1 AS id"),
    ),
    "an index more": ("shop.altered", lambda file: sql(file, "CREATE INDEX mine ON orders (abs(total))")),
}


@pytest.mark.parametrize(("code", "harm"), HARM.values(), ids=HARM)
def test_a_file_that_is_no_whole_shop_of_ours_is_refused_and_left_as_it_is(tmp_path, code, harm):
    path = a_closed_shop(tmp_path)
    harm(path)
    before = fingerprint(tmp_path)
    with pytest.raises(Refused) as refused:
        Shop.open(path, clock=a_clock())
    assert refused.value.code == code
    assert refused.value.facts["file"] == "shop.backoffice"
    assert fingerprint(tmp_path) == before


@pytest.mark.parametrize(
    "kind", ["no content", "a letter", "half", "a newer schema", "noise", "a page of zeros", "a spy"]
)
def test_its_good_backups_are_offered(tmp_path, kind):
    code, harm = HARM[kind]
    path = a_closed_shop(tmp_path)
    with Shop.open(path, clock=a_clock()) as shop:
        shop.back_up()
    harm(path)
    with pytest.raises(Refused) as refused:
        Shop.open(path, clock=a_clock())
    assert refused.value.code == code
    assert refused.value.facts["backups"] == len(Shop.backups_of(path)) == 1


def test_what_is_no_file_is_refused(tmp_path):
    (tmp_path / "folder.backoffice").mkdir()
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    os.mkfifo(tmp_path / "pipe")
    for name, code in (
        ("folder.backoffice", "shop.folder"),
        ("gone.backoffice", "shop.missing"),
        ("gone/too.backoffice", "shop.missing"),
        ("circle", "shop.missing"),
        ("pipe", "shop.not-a-database"),
    ):
        with pytest.raises(Refused) as refused:
            Shop.open(tmp_path / name, clock=a_clock())
        assert refused.value.code == code
    assert sorted(each.name for each in tmp_path.iterdir()) == ["circle", "folder.backoffice", "pipe"]


def refusal_elsewhere(path: Path, *, as_nobody: bool = False) -> str:
    """The code with which another process is refused the shop."""
    reading, writing = os.pipe()

    def open_it() -> None:
        if as_nobody and os.getuid() == 0:  # root may read and write whatever the modes say
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        try:
            Shop.open(path, clock=a_clock())
        except (Refused, Outage) as error:
            os.write(writing, error.code.encode())

    assert ended(open_it) == 0
    os.close(writing)
    with open(reading, encoding="ascii") as told:
        return told.read()


@can_kill
@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "code"),
    [
        (0o000, 0o777, "shop.no-permission"),
        (0o600, 0o000, "shop.no-permission"),
        (0o444, 0o777, "store.read-only"),
        (0o644, 0o555, "store.read-only"),
    ],
)
def test_what_may_not_be_read_or_written_is_refused(tmp_path, file_mode, folder_mode, code):
    folder = tmp_path / "shop"
    path = a_closed_shop(folder)
    shutil.copy(path, tmp_path / "before")
    for above in (tmp_path, *list(tmp_path.parents)[:3]):  # as deep as a test's folder lies with several workers
        if above.stat().st_uid == os.getuid() and above != Path(tempfile.gettempdir()):
            above.chmod(above.stat().st_mode | 0o755)
    path.chmod(file_mode)
    folder.chmod(folder_mode)
    try:
        told = refusal_elsewhere(path, as_nobody=True)
    finally:
        folder.chmod(0o755)
        path.chmod(0o600)
    assert told == code
    assert path.read_bytes() == (tmp_path / "before").read_bytes()


@can_kill
def test_a_second_window_is_refused_and_disturbs_nothing(tmp_path):
    with a_shop(tmp_path) as shop:
        with pytest.raises(Refused) as refused:
            Shop.open(shop.path, clock=a_clock())
        assert refused.value.code == "shop.in-use"
        assert refusal_elsewhere(shop.path) == "shop.in-use"
        with shop.work() as work:
            a_product(work, "CUP")
    with Shop.open(shop.path, clock=a_clock()) as again:
        assert skus(again.path) == ["CUP"]


def test_a_shop_is_found_in_use_under_another_name_too(tmp_path):
    with a_shop(tmp_path) as shop:
        (tmp_path / "link").symlink_to(shop.path)
        with pytest.raises(Refused) as refused:
            Shop.open(tmp_path / "link", clock=a_clock())
    assert refused.value.code == "shop.in-use"


def test_a_file_with_two_names_is_not_opened_under_either(tmp_path):
    path, twin = a_closed_shop(tmp_path), tmp_path / "twin"
    with Shop.open(path, clock=a_clock()):
        os.link(path, twin)
        for way in (Shop.open, Shop.read):
            with pytest.raises(Refused) as refused:
                way(twin, clock=a_clock())
            assert refused.value.code == "shop.linked"
    twin.unlink()
    Shop.open(path, clock=a_clock()).close()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@can_kill
def test_a_killed_program_leaves_no_lock_behind(tmp_path):
    path = a_closed_shop(tmp_path)
    assert ended(lambda: [Shop.open(path, clock=a_clock()), die()]) == -signal.SIGKILL
    Shop.open(path, clock=a_clock()).close()


def write_and_die(path: Path) -> None:
    shop = Shop.open(path, clock=a_clock())
    with shop.work() as work:
        a_product(work, "LATE")
    die()


@can_kill
def test_what_was_saved_before_the_program_was_killed_is_there(tmp_path):
    path = a_closed_shop(tmp_path, products=0)
    assert ended(lambda: write_and_die(path)) == -signal.SIGKILL
    assert places.hot(path, "-wal")
    with Shop.open(path, clock=a_clock()) as shop:
        assert shop.was_cut_off
        assert skus(path) == ["LATE"]
        assert [each for each in shop.check() if each.faults] == []
    with Shop.open(path, clock=a_clock()) as shop:
        assert not shop.was_cut_off


@can_kill
def test_a_newer_schema_that_is_still_in_the_log_is_seen(tmp_path):
    path = a_closed_shop(tmp_path)
    newer = f"PRAGMA user_version={schema.SCHEMA + 1}"
    assert ended(lambda: [sqlite3.connect(path).execute(newer), die()]) == -signal.SIGKILL
    assert places.hot(path, "-wal")
    places.backups_of(path).mkdir()
    (path.parent / f"{path.name}-shm").unlink()
    before = fingerprint(tmp_path)
    with pytest.raises(Refused) as refused:
        Shop.open(path, clock=a_clock())
    assert refused.value.code == "shop.newer"
    assert fingerprint(tmp_path) == before


def test_a_log_full_of_noise_hides_nothing(tmp_path):
    path = a_closed_shop(tmp_path)
    path.with_name(path.name + "-wal").write_bytes(os.urandom(50_000))
    with Shop.open(path, clock=a_clock()) as shop:
        assert len(skus(shop.path)) == 3


def test_a_large_shop_is_read_through_only_after_it_was_cut_off(tmp_path, monkeypatch):
    path = a_closed_shop(tmp_path)
    monkeypatch.setattr(look, "QUICK_BYTES", 1000)
    tear_the_products(path)
    assert not look.look(path).unclean
    with pytest.raises(Refused):
        look.look(path, thorough=True)
    path.with_name(path.name + "-wal").write_bytes(b"x")
    with pytest.raises(Refused) as refused:
        Shop.open(path, clock=a_clock())
    assert refused.value.code == "shop.damaged"


def test_only_new_shop_makes_a_file_and_it_is_the_owners_alone(tmp_path):
    folder = tmp_path / "shops"
    with a_shop(folder) as shop, shop.work() as work:
        a_product(work, "CUP")
        for file in folder.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(places.backups_of(shop.path).stat().st_mode) == 0o700
    for file in (path for path in folder.rglob("*") if path.is_file()):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_opening_makes_an_open_file_private_again(tmp_path):
    path = a_closed_shop(tmp_path)
    path.chmod(0o644)
    Shop.open(path, clock=a_clock()).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_new_shop_takes_nobodys_place(tmp_path):
    (tmp_path / "shop.backoffice").write_text("a letter")
    with pytest.raises(Refused) as refused:
        a_shop(tmp_path)
    assert refused.value.code == "shop.exists"
    assert (tmp_path / "shop.backoffice").read_text() == "a letter"


def test_a_refused_new_shop_leaves_nothing(tmp_path):
    with pytest.raises(Refused) as refused:
        Shop.create(tmp_path / "x.backoffice", name="X", currency="EUR", country="ES", zone="Nowhere/Land")
    assert refused.value.code == "settings.unknown-zone"
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_room_for_a_new_shop_leaves_nothing(tmp_path, monkeypatch):
    def full(_connection: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(schema, "make", full)
    with pytest.raises(Outage) as outage:
        a_shop(tmp_path)
    assert outage.value.code == "store.disk-full"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["Tienda de Iñaki.shop", "50% & more?.shop", "#1;--'\".shop", "店.shop", "\udcff.shop"]
)
def test_a_shop_may_be_called_anything_the_disk_allows(tmp_path, name):
    with a_shop(tmp_path, name) as shop:
        with shop.work() as work:
            a_product(work, "CUP")
        assert skus(shop.back_up()) == ["CUP"]
    with Shop.open(tmp_path / name, clock=a_clock()) as again:
        assert len(again.backups()) == 1


def test_a_new_shop_is_made_over_the_remains_of_one_that_was_cut_off(tmp_path):
    (tmp_path / "shop.backoffice.partial").write_bytes(b"half")
    (tmp_path / "shop.backoffice.partial-wal").write_bytes(b"half")
    a_shop(tmp_path).close()
    assert [each.name for each in tmp_path.iterdir()] == ["shop.backoffice"]


def test_opening_and_closing_leave_only_the_shop(tmp_path):
    path = a_closed_shop(tmp_path)
    before = fingerprint(tmp_path)
    Shop.open(path, clock=a_clock()).close()
    assert fingerprint(tmp_path) == before
    assert list(before) == ["shop.backoffice"]
