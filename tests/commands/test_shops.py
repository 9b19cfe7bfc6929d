"""A shop is made, checked, backed up and restored from the command line."""

from backoffice.commands import answers
from backoffice.settings import actions as settings
from backoffice.shop import Shop
from tests.builders import a_product, a_shop


def new(run, shop, *more):
    words = ["--name", "Casa Lumbre", "--currency", "EUR", "--country", "ES", "--timezone", "Europe/Madrid"]
    return run("new", shop, *words, *more)


def test_a_new_shop_is_whole(run, tmp_path):
    shop = tmp_path / "casa.backoffice"
    assert new(run, shop).code == 0
    found = run("check", shop, "--json")
    assert found.code == 0
    assert found.answer["ok"]
    assert all(check["ok"] and not check["faults"] for check in found.answer["checks"])


def test_an_existing_shop_is_never_replaced(run, tmp_path):
    shop = tmp_path / "casa.backoffice"
    new(run, shop)
    before = shop.read_bytes()
    again = new(run, shop)
    assert again.code == 1
    assert again.out == ""
    assert again.err.count("\n") == 1
    assert shop.read_bytes() == before


def test_an_unknown_currency_is_one_plain_sentence(run, tmp_path):
    said = run(
        "new",
        tmp_path / "x.shop",
        "--name",
        "X",
        "--currency",
        "EURO",
        "--country",
        "ES",
        "--timezone",
        "Europe/Madrid",
    )
    assert (said.code, said.out) == (1, "")
    assert "EURO" in said.err and "Traceback" not in said.err
    assert not (tmp_path / "x.shop").exists()


def test_a_missing_option_is_wrong_usage(run, tmp_path):
    assert run("new", tmp_path / "x.shop").code == 2
    assert run("no-such-command").code == 2


def test_a_shop_that_is_not_there_is_refused(run, tmp_path):
    said = run("orders", tmp_path / "nowhere.backoffice", "--json")
    assert said.code in (1, 3)
    assert said.answer["error"]["reason"] == "shop.missing"
    assert len(said.err.strip().splitlines()) == 1


def test_a_backup_brings_the_shop_back(run, tmp_path):
    shop, copy = tmp_path / "casa.backoffice", tmp_path / "copy.backoffice"
    new(run, shop)
    assert run("backup", shop, "-o", copy).code == 0
    shop.unlink()
    assert run("restore", copy, shop, "--json").code == 0
    assert run("check", shop).code == 0


def test_swapped_arguments_of_a_restore_harm_nothing(run, tmp_path):
    shop, copy = tmp_path / "casa.backoffice", tmp_path / "copy.backoffice"
    new(run, shop)
    run("backup", shop, "-o", copy)
    before = shop.read_bytes(), copy.read_bytes()
    for target in (copy, tmp_path / "nix"):
        said = run("restore", shop, target)
        assert (said.code, said.out) == (1, "")
        assert "restore BACKUP SHOP" in said.err
    assert (shop.read_bytes(), copy.read_bytes()) == before
    assert not (tmp_path / "nix").exists()
    assert run("restore", shop, tmp_path / "nix", "--from-shop").code == 0


def test_what_only_reads_works_while_the_shop_is_open(run, tmp_path):
    with a_shop(tmp_path) as shop:
        with shop.work() as work:
            a_product(work, sku="CUP-1", on_hand=3)
        assert "CUP-1" in run("stock", shop.path).out
        for command in ("orders", "check"):
            said = run(command, shop.path)
            assert (said.code, said.err) == (0, "")
        assert run("backup", shop.path, "-o", tmp_path / "copy.backoffice").code == 0
    assert "CUP-1" in run("stock", tmp_path / "copy.backoffice").out


def test_what_writes_waits_for_another_command_but_not_for_ever(run, tmp_path, monkeypatch):
    with a_shop(tmp_path) as shop:
        monkeypatch.setattr(answers, "PATIENCE", 0)
        for line in (("backup", shop.path), ("export-person", shop.path, "1", "-o", tmp_path)):
            said = run(*line)
            assert (said.code, "Go on there, or close it" in said.err, said.err.count("\n")) == (1, True, 1)
        monkeypatch.setattr(answers, "PATIENCE", 60)
        monkeypatch.setattr(answers.time, "sleep", lambda _seconds: shop.close())
        assert run("backup", shop.path).code == 0


def test_a_check_says_what_it_proves_in_the_shops_language(run, tmp_path):
    shop = tmp_path / "casa.backoffice"
    new(run, shop, "--language", "es")
    assert "ok  Las existencias" in run("check", shop).out


def test_a_second_folder_that_takes_no_copy_is_told(run, tmp_path):
    with a_shop(tmp_path) as shop, shop.work() as work:
        settings.change_profile(work, backup_folder=str(tmp_path / "stick"))
    assert run("backup", shop.path).code == 0
    assert [file.suffix for file in (tmp_path / "stick").glob("*/*")] == [".backoffice-backup"] * 2
    with Shop.open(shop.path) as again, again.work() as work:
        (tmp_path / "file").touch()
        settings.change_profile(work, backup_folder=str(tmp_path / "file"))
    said = run("backup", shop.path, "--json")
    assert (said.code, "second folder" in said.err) == (3, True)
    assert said.answer["file"].endswith(".backoffice-backup")
