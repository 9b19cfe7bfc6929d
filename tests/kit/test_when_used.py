"""A module that waits: it is imported by its first use, and whole for whoever uses it at the same moment."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from ui.kit.when_used import WhenUsed


@pytest.fixture
def heavy(tmp_path, monkeypatch):
    """The name of a module nobody has imported."""
    (tmp_path / "heavy_for_test.py").write_text("done = 'whole'\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield "heavy_for_test"
    sys.modules.pop("heavy_for_test", None)


def test_naming_a_module_does_not_import_it(heavy):
    WhenUsed(heavy)
    assert heavy not in sys.modules


def test_two_jobs_that_use_it_at_once_both_get_all_of_it(heavy):
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _job: WhenUsed(heavy).done, range(2)))
    assert found == ["whole", "whole"]


def test_it_can_be_fetched_before_anybody_waits_for_it(heavy):
    WhenUsed(heavy).fetch()
    assert sys.modules[heavy].done == "whole"
