"""Refused and Outage carry a code and facts, also across processes."""

import pickle

import pytest

from backoffice.core.errors import Outage, Refused


@pytest.mark.parametrize("kind", [Refused, Outage])
def test_an_error_carries_its_code_and_facts(kind):
    error = kind("returns.not-open", number="R-7", status="closed")
    assert error.code == "returns.not-open"
    assert error.facts == {"number": "R-7", "status": "closed"}
    assert str(error) == "returns.not-open(number='R-7', status='closed')"


@pytest.mark.parametrize("kind", [Refused, Outage])
def test_an_error_survives_the_way_home_from_another_process(kind):
    home = pickle.loads(pickle.dumps(kind("orders.unknown", id=7)))
    assert (type(home), home.code, home.facts) == (kind, "orders.unknown", {"id": 7})


def test_a_rule_and_the_world_are_not_caught_together():
    with pytest.raises(Outage):
        try:
            raise Outage("store.disk-full")
        except Refused:
            pytest.fail("an outage is no refusal")
