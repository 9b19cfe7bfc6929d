"""A shop that takes long to make is made once and handed out as copies."""

import pytest

from benchmarks import kept, shopify_file
from benchmarks.__main__ import main


@pytest.fixture
def made(monkeypatch, tmp_path):
    """How often something was made; it is kept in tmp_path/shelf."""
    monkeypatch.setenv(kept.FOLDER, str(tmp_path / "shelf"))
    times = []

    def make(folder):
        times.append(folder)
        (folder / "shop.backoffice").write_bytes(b"a shop")
        return folder / "shop.backoffice"

    make.times = times
    return make


def test_two_workloads_get_a_copy_each_of_a_shop_made_once(made, tmp_path):
    first = kept.copy_of("orders", 10, made, shopify_file, into=tmp_path / "one")
    first.write_bytes(b"written to")
    second = kept.copy_of("orders", 10, made, shopify_file, into=tmp_path / "two")
    assert second.read_bytes() == b"a shop"
    assert len(made.times) == 1


def test_another_scale_and_another_maker_are_other_shops(made, tmp_path):
    kept.copy_of("orders", 10, made, shopify_file, into=tmp_path / "one")
    kept.copy_of("orders", 20, made, shopify_file, into=tmp_path / "two")
    kept.copy_of("orders", 10, made, kept, into=tmp_path / "three")
    assert len(made.times) == 3


def test_a_shop_of_an_older_schema_makes_room_for_the_new_one(made, tmp_path):
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "orders-10-0ld0ld0l.backoffice").write_bytes(b"old")
    (shelf / "orders-100-0ld0ld0l.backoffice").write_bytes(b"another scale's")
    kept.copy_of("orders", 10, made, shopify_file, into=tmp_path / "one")
    assert len(list(shelf.iterdir())) == 2
    assert not (shelf / "orders-10-0ld0ld0l.backoffice").exists()


def test_a_shop_half_made_is_not_taken_for_one(made, tmp_path):
    def broken(folder):
        (folder / "shop.backoffice").write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept.copy_of("orders", 10, broken, shopify_file, into=tmp_path / "one")
    assert kept.copy_of("orders", 10, made, shopify_file, into=tmp_path / "two").read_bytes() == b"a shop"


def test_a_run_hands_its_workloads_the_folder_to_keep_shops_in(monkeypatch, tmp_path):
    told = []
    monkeypatch.setattr("subprocess.call", lambda asked, env: told.append((asked[-1], env[kept.FOLDER])) or 0)
    assert main(["search", "one_order", "--keep", str(tmp_path)]) == 0
    assert told == [("search", str(tmp_path)), ("one_order", str(tmp_path))]


def test_without_a_folder_to_keep_them_in_shops_live_as_long_as_the_run(monkeypatch):
    told = []
    monkeypatch.setattr("subprocess.call", lambda asked, env: told.append(env[kept.FOLDER]) or 0)
    assert main(["search", "one_order"]) == 0
    assert told[0] == told[1]
    assert not kept.Path(told[0]).exists()
