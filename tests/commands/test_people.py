"""export-person and erase-person: one person's data handed out, or taken away."""

from backoffice.shop import Shop
from tests.builders import a_customer, an_open_shop


def test_after_an_erasure_not_even_the_file_s_bytes_name_the_person(tmp_path, run):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            work.session.connection().exec_driver_sql("PRAGMA secure_delete=ON")
            person = a_customer(work, "Xquintana Zamboni")
        path = shop.path
    assert b"Xquintana" in path.read_bytes()
    assert run("erase-person", path, person).code == 0
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
