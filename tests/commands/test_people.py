"""export-person and erase-person: one person's data handed out, or taken away."""

from datetime import UTC, datetime

from backoffice.core.paths import write_private
from backoffice.shop import Shop
from backoffice.store.places import typed_of
from tests.builders import a_customer, a_shop, an_open_shop


def test_after_an_erasure_not_even_the_file_s_bytes_name_the_person(tmp_path, run):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            work.session.connection().exec_driver_sql("PRAGMA secure_delete=ON")
            person = a_customer(work, "Xquintana Zamboni")
        path = shop.path
    assert b"Xquintana" in path.read_bytes()
    write_private(typed_of(path), b'{"note": {"told": "", "facts": {"name": "Xquintana Zamboni"}, "typed": "x"}}')
    assert run("erase-person", path, person).code == 0
    assert b"Xquintana" not in typed_of(path).read_bytes()
    assert b"xquintana" not in path.read_bytes().lower()
    Shop.open(path).close(backup=False)


def test_a_dry_run_says_what_would_go_and_changes_nothing(tmp_path, run):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            person = a_customer(work, "Ana Núñez")
        path = shop.path
    said = run("erase-person", path, person, "--dry-run", "--json")
    assert (said.code, said.answer["name"], said.answer["done"]) == (0, "Ana Núñez", False)
    assert "Ana Núñez".encode() in path.read_bytes()


def test_people_of_long_ago_are_told_then_erased_then_each_day(run, tmp_path):
    with a_shop(tmp_path, at=datetime(2019, 3, 2, tzinfo=UTC)) as made, made.work() as work:
        a_customer(work)
    line = ("purge-people", made.path, "--months", "24", "--json")
    planned = run(*line, "--dry-run").answer
    assert ([one["last_seen"] for one in planned["people"]], planned["done"]) == (["2019-03-02"], False)
    done = run(*line, "--daily").answer
    assert (done["people"], done["daily"]) == (planned["people"], 24)
    assert run(*line).answer["people"] == []
    assert run("purge-people", made.path, "--months", "0", "--daily", "--json").answer["daily"] == 0
    assert run("purge-people", made.path, "--months", "3").code == 1
