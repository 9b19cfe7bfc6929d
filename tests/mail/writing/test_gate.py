"""What may not leave the shop does not."""

import pytest

from backoffice.mail.writing import gate

GOOD = {"to": ["ana.perez@x.example"], "subject": "Your order", "text": "Hello Ana, it left today."}


def codes(**changes):
    return [fault.code for fault in gate.faults(**{**GOOD, **changes})]


def test_a_whole_letter_may_go():
    values = {"customer.first_name": "Ana", "order.number": "1001"}
    assert codes(values=values, required=["order.number"]) == []


@pytest.mark.parametrize("place", ["{{order.number}}", "{{#order.url}}", "{{/}}", "{{order.numb", "}}"])
def test_something_unresolved_stays_here(place):
    assert codes(text=f"Hello {place} Ana") == ["mail.gate-unresolved"]
    assert codes(subject=f"Order {place}") == ["mail.gate-unresolved"]


def test_each_unresolved_place_is_named_once():
    found = gate.faults(**{**GOOD, "text": "{{a}} {{b}} {{a}}"})
    assert [fault.facts["place"] for fault in found] == ["{{a}}", "{{b}}"]


def test_an_empty_field_that_is_needed_stays_here():
    assert codes(values={"order.number": " "}, required=["order.number", "order.date"]) == ["mail.gate-empty"] * 2


@pytest.mark.parametrize(
    "name", ["ana.perez", "anaperez", "ana_p", "ana77", "ana@x.example", "ANA", "MARÍA JOSÉ", "Ana2"]
)
def test_a_name_nobody_has_stays_here(name):
    assert len(codes(values={"customer.first_name": name})) == 1


@pytest.mark.parametrize("name", ["Ana", "ana", "J", "María José", "O'Neil", "李", "Jean-Luc", "McArthur", ""])
def test_a_persons_name_may_go(name):
    assert codes(values={"customer.first_name": name}) == []


def test_a_first_name_may_be_the_whole_address_when_it_is_written_as_one():
    assert codes(to=["ana@x.example"], values={"customer.first_name": "Ana"}) == []
    assert codes(to=["Ana <ana@x.example>"], values={"customer.first_name": "ana"}) == ["mail.gate-no-name"]


def test_nothing_empty_leaves():
    assert codes(to=[], subject=" ", text="\n") == ["mail.no-receiver", "mail.gate-no-subject", "mail.gate-no-text"]
    assert codes(to=["ana"], subject="a\nb") == ["mail.bad-address", "mail.bad-header"]
