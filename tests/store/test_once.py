"""What must happen once happens once, and a second try knows what came of the first."""

import pytest

from backoffice.core.errors import Refused
from backoffice.store import once
from tests.store.shops import a_shop


@pytest.fixture
def shop(tmp_path):
    with a_shop(tmp_path) as opened:
        yield opened


def test_only_the_first_is_told_to_go_on(shop):
    with shop.work() as work:
        assert once.once(work, "label:1")
        assert not once.once(work, "label:1")
    with shop.work() as work:
        assert not once.once(work, "label:1")
        assert once.once(work, "label:2")


def test_a_beginning_that_was_undone_never_was(shop):
    with pytest.raises(Refused), shop.work() as work:
        once.once(work, "label:1")
        raise Refused("settings.no-name")
    with shop.work() as work:
        assert once.once(work, "label:1")


def test_the_result_is_kept_from_the_first_finish(shop):
    with shop.work() as work:
        once.once(work, "refund:7")
        once.finish(work, "refund:7", reference="R-1")
        once.finish(work, "refund:7", reference="R-2")
    done = shop.ask(once.known, "refund:7")
    assert (done.result, done.done_at is not None) == ({"reference": "R-1"}, True)
    assert shop.ask(once.known, "refund:8") is None


def test_a_batch_finds_what_it_began_and_did_not_finish(shop):
    with shop.work() as work:
        for key in ("label:1", "label:2", "label:3", "slip_1", "labelX1"):
            once.once(work, key)
        once.finish(work, "label:2")
    assert shop.ask(once.unfinished, "label:") == ["label:1", "label:3"]
    assert shop.ask(once.unfinished, "slip%") == []


def test_who_goes_on_after_a_power_cut_knows_the_plan_and_later_the_result(shop):
    with shop.work() as work:
        once.once(work, "label:1", cell=4)
    assert shop.ask(once.known, "label:1").result == {"cell": 4}
    with shop.work() as work:
        once.finish(work, "label:1", pages=1)
    assert shop.ask(once.known, "label:1").result == {"pages": 1}


def test_what_was_given_up_can_begin_again_and_what_is_done_stays(shop):
    with shop.work() as work:
        for key in ("label:1", "label:2"):
            once.once(work, key)
        once.finish(work, "label:2")
        for key in ("label:1", "label:2"):
            once.give_up(work, key)
    with shop.work() as work:
        assert once.once(work, "label:1")
        assert not once.once(work, "label:2")


def test_whoever_goes_on_after_a_power_cut_knows_the_plan(shop):
    with shop.work() as work:
        once.once(work, "print:run", orders=[1, 2])
    begun = shop.ask(once.known, "print:run")
    assert (begun.done_at, begun.result) == (None, {"orders": [1, 2]})


def test_what_did_not_happen_can_be_given_up_and_what_did_cannot(shop):
    with shop.work() as work:
        for key in ("label:1", "label:2"):
            once.once(work, key)
        once.finish(work, "label:2")
        once.give_up(work, "label:1")
        once.give_up(work, "label:2")
        assert once.once(work, "label:1")
        assert not once.once(work, "label:2")
