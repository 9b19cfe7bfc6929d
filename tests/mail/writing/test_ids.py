"""Our Message-IDs prove themselves; nobody else can make one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.mail.writing import ids

KEY = "5f" * 32
NUMBERS = st.integers(0, 10**18 - 1)


@given(st.from_regex(r"[a-z]{1,20}", fullmatch=True), NUMBERS, NUMBERS)
def test_an_id_of_ours_says_what_it_is_about(kind, conversation, message):
    made = ids.make(kind, conversation, message, key=KEY, domain="casa-lumbre.example")
    assert ids.recognise(made, key=KEY) == (kind, conversation, message)


def test_an_id_survives_a_relay_that_changes_its_letters():
    made = ids.make("answer", 12, 7, key=KEY, domain="casa.example")
    assert ids.recognise(f" {made.upper()} ", key=KEY) == ("answer", 12, 7)


@pytest.mark.parametrize("place", range(len("answer.12.7.") + 40))
def test_a_changed_id_is_nobodys(place):
    made = ids.make("answer", 12, 7, key=KEY, domain="casa.example")
    at = place + 1
    other = "1" if made[at] != "1" else "2"
    assert ids.recognise(made[:at] + other + made[at + 1 :], key=KEY) is None


@pytest.mark.parametrize("foreign", ["", "<>", "<a.b.c@d>", "<answer.1.2.ffff@x>", "x" * 5000, "<answer.1.2.é@x>"])
def test_a_foreign_id_is_not_ours(foreign):
    assert ids.recognise(foreign, key=KEY) is None


def test_another_shops_key_or_none_proves_nothing():
    made = ids.make("answer", 12, 7, key=KEY, domain="casa.example")
    assert ids.recognise(made, key="00" * 32) is None
    assert ids.recognise(made, key="") is None


def test_the_same_numbers_never_make_the_same_id_twice():
    assert len({ids.make("notice", 0, 1, key=KEY, domain="x.example") for _ in range(100)}) == 100


def test_what_is_no_id_is_not_made():
    for kind, domain in (("Answer", "x.example"), ("", "x.example"), ("answer", "x>.example"), ("answer", "")):
        with pytest.raises(ValueError):
            ids.make(kind, 1, 1, key=KEY, domain=domain)


def test_proofs_are_compared_in_constant_time(monkeypatch):
    asked = []
    monkeypatch.setattr(ids.hmac, "compare_digest", lambda one, two: asked.append((one, two)) or one == two)
    ids.recognise(ids.make("answer", 1, 2, key=KEY, domain="x.example"), key=KEY)
    assert len(asked) == 1
