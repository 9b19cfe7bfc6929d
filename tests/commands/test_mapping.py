"""A file that no reader knows goes in with a mapping from a file of its own."""

from pathlib import Path

from tests.builders import a_shop

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"


def test_the_demos_fair_goes_in_by_its_mapping_file(run, tmp_path):
    with a_shop(tmp_path) as shop:
        path = shop.path
    said = run("import", path, DEMO / "orders-fair.csv", "--map", DEMO / "orders-fair.mapping.json", "--json")
    assert said.code == 0
    assert said.answer["files"][0]["new"] == 46


def test_a_mapping_that_is_nowhere_is_refused(run, tmp_path):
    with a_shop(tmp_path) as shop:
        path = shop.path
    said = run("import", path, DEMO / "orders-fair.csv", "--map", "nowhere.json")
    assert said.code == 1
    assert "nowhere.json" in said.err
