"""An import knows its customers again, and joins nobody on a guess."""

import pytest
import sqlalchemy as sa

from backoffice.customers import actions, merging, newcomers
from backoffice.customers.drafts import CustomerDraft
from backoffice.customers.matching import NOBODY, Match, Matcher
from backoffice.customers.newcomers import Newcomer
from tests.builders import a_shop
from tests.customers.people import HOME, a_customer, faults, rows_of, the_card


@pytest.fixture
def shop(tmp_path):
    with a_shop(tmp_path) as shop:
        yield shop


def test_the_address_decides_before_the_marketplaces_id(shop):
    with shop.work() as work:
        ana, eva = a_customer(work, "Ana", "ana@example.com"), a_customer(work, "Eva")
        actions.learn(work, eva, identity=("etsy", "eva-buys"))
        found = Matcher(work.session).match(
            ["ANA@example.com ", "new@example.com", "", ""],
            [("etsy", "eva-buys"), ("etsy", "eva-buys"), ("ebay", "eva-buys"), None],
        )
    assert found == [Match(ana, "email"), Match(eva, "buyer"), NOBODY, NOBODY]


def test_two_customers_of_the_same_name_are_never_joined_silently(shop):
    with shop.work() as work:
        first = a_customer(work, "Ana Núñez", "one@example.com", addresses=(HOME,))
        second = a_customer(work, "Ana Núñez", "two@example.com", addresses=(HOME,))
        matcher = Matcher(work.session)
        assert matcher.match(["three@example.com"], (), [("Ana Núñez", "28013")]) == [NOBODY]
        assert matcher.match([""], (), [("Ana Núñez", "28013")]) == [NOBODY]
        assert matcher.propose([("ANA NUNEZ", "28 013"), ("Ana Núñez", ""), ("Eva", "28013")]) == [
            [first, second],
            [],
            [],
        ]


def test_somebody_learnt_in_a_file_is_known_to_its_next_rows(shop):
    with shop.work() as work:
        matcher = Matcher(work.session)
        assert matcher.match(["ana@example.com"], [("etsy", "ana")]) == [NOBODY]
        (ana,) = newcomers.add(
            work, [Newcomer(CustomerDraft(name="Ana", emails=("ana@example.com",)), ("etsy", "ana"))]
        )
        matcher.learn(ana, email="ana@example.com", identity=("etsy", "ana"))
        assert matcher.match(["ana@example.com", ""], [None, ("etsy", "ana")]) == [
            Match(ana, "email"),
            Match(ana, "buyer"),
        ]


def test_a_merged_customers_addresses_lead_to_the_one_that_lives(shop):
    with shop.work() as work:
        ana, eva = a_customer(work, "Ana"), a_customer(work, "Eva", "eva@example.com")
        merging.merge(work, kept_id=ana, gone_id=eva)
        assert Matcher(work.session).match(["eva@example.com"]) == [Match(ana, "email")]


def test_a_thousand_candidates_take_a_handful_of_queries(shop):
    people = [
        Newcomer(CustomerDraft(name=f"N {n}", emails=(f"n{n}@example.com",)), ("etsy", f"n{n}")) for n in range(1000)
    ]
    with shop.work() as work:
        ids = newcomers.add(work, people)
        asked = []
        sa.event.listen(work.session.get_bind(), "before_cursor_execute", lambda *call: asked.append(call[2]))
        found = Matcher(work.session).match(
            [f"N{n}@example.com" if n % 2 else "" for n in range(1000)], [("etsy", f"n{n}") for n in range(1000)]
        )
    assert [match.customer_id for match in found] == ids
    assert len(asked) <= 4


def test_newcomers_are_customers_like_all_others(shop):
    drafts = [
        CustomerDraft(name="Ana", emails=("Ana@Example.com", "no address"), phones=("600", "none"), addresses=(HOME,)),
        CustomerDraft(name="x" * 200_000, emails=("ana@example.com",)),
        CustomerDraft(),
    ]
    with shop.work() as work:
        taken = a_customer(work, "Eva", "eva@example.com")
        ids = newcomers.add(work, [*map(Newcomer, drafts), Newcomer(CustomerDraft(emails=("eva@example.com",)))])
    page = the_card(shop, ids[0])
    assert ([email.address for email in page.emails], page.phones) == (["ana@example.com"], ("600",))
    assert (page.addresses, page.country) == ((HOME,), "ES")
    assert [len(the_card(shop, one).emails) for one in ids[1:]] == [0, 0, 0]
    assert the_card(shop, taken).emails[0].address == "eva@example.com"
    assert {line["customer_id"] for line in rows_of(shop, "journal")} >= set(ids)
    assert not faults(shop)


def test_lists_of_different_length_are_a_bug(shop):
    with shop.work() as work, pytest.raises(ValueError, match="one value for each"):
        Matcher(work.session).match(["a@example.com", "b@example.com"], [None])
