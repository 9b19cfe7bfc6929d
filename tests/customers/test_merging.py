"""Two customers become one, and two again, with everything that was theirs."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.core.errors import Refused
from backoffice.core.postal import PostalAddress
from backoffice.customers import actions, contacts, merging, newcomers
from backoffice.customers.card import queries as card
from backoffice.customers.drafts import CustomerDraft
from backoffice.customers.model import ContactKind, EmailState
from backoffice.orders import actions as orders
from tests.builders import a_shop
from tests.customers.people import HOME, a_customer, a_parcel, an_order, faults, moment, rows_of, the_card

OFFICE = PostalAddress(name="Ana", street="Rua 2", city="Lisboa", postcode="1100", country="PT")
TABLES = (
    *("customer", "customer_email", "customer_phone", "customer_address", "customer_identity", "consent", "contact"),
    *("orders", "shipment"),
)


@pytest.fixture
def shop(tmp_path):
    with a_shop(tmp_path) as shop:
        yield shop


@pytest.fixture(scope="module")
def lasting(tmp_path_factory):
    with a_shop(tmp_path_factory.mktemp("lasting")) as shop:
        yield shop


def test_everything_of_the_second_becomes_the_firsts(shop):
    with shop.work() as work:
        ana = a_customer(work, "Ana", "ana@example.com", phones=("600",), addresses=(HOME,), tags=("vip",))
        eva = a_customer(
            work,
            "Eva",
            "eva@example.com",
            phones=("600", "700"),
            addresses=(HOME, OFFICE),
            company="Eva SL",
            notes="Blue",
        )
        for customer in (ana, eva, eva):
            an_order(work, customer, placed_at=moment(3))
        actions.consent(work, eva, granted=True, source="form")
        merging.merge(work, kept_id=ana, gone_id=eva)
    page = the_card(shop, ana)
    assert (page.name, page.company, page.notes, page.tags) == ("Ana", "Eva SL", "Blue", ("vip",))
    assert [email.address for email in page.emails] == ["ana@example.com", "eva@example.com"]
    assert (page.phones, len(page.addresses)) == (("600", "700"), 2)
    assert (page.facts.count, page.allowed) == (3, {"marketing": True})
    assert the_card(shop, eva).merged_into == ana
    assert not faults(shop)


def test_parcels_follow_into_a_merge_and_back(shop):
    with shop.work() as work:
        ana, eva = a_customer(work, "Ana"), a_customer(work, "Eva")
        a_parcel(work, eva)
        merged = merging.merge(work, kept_id=ana, gone_id=eva)
        assert rows_in(work, "shipment")[0]["customer_id"] == ana
        merging.undo(work, merged)
        assert rows_in(work, "shipment")[0]["customer_id"] == eva


POOL = {
    "name": st.sampled_from(("", "Ana", "Eva Núñez")),
    "company": st.sampled_from(("", "SL")),
    "language": st.sampled_from(("", "es", "en")),
    "notes": st.sampled_from(("", "Likes blue", "Calls late")),
    "tags": st.lists(st.sampled_from(("vip", "press")), unique=True).map(tuple),
    "phones": st.lists(st.sampled_from(("600", "700", "800")), unique=True).map(tuple),
    "addresses": st.lists(st.sampled_from((HOME, OFFICE)), unique=True).map(tuple),
}
PEOPLE = st.fixed_dictionaries(
    {
        "draft": st.fixed_dictionaries(POOL),
        "emails": st.integers(0, 2),
        "identities": st.integers(0, 2),
        "orders": st.lists(st.tuples(st.integers(1, 9), st.sampled_from(("open", "draft", "cancelled"))), max_size=3),
        "consents": st.integers(0, 2),
        "contacts": st.integers(0, 2),
    }
)


def somebody(work: Any, place: int, person: dict[str, Any]) -> int:
    emails = tuple(f"p{place}.{n}@example.com" for n in range(person["emails"]))
    (one,) = newcomers.add(work, [newcomers.Newcomer(CustomerDraft(emails=emails, **person["draft"]))])
    for n in range(person["identities"]):
        actions.learn(work, one, identity=("etsy", f"p{place}.{n}"))
    for n in range(person["consents"]):
        actions.consent(work, one, granted=n == 0, source="form")
    for n in range(person["contacts"]):
        contacts.note(work, one, ContactKind.CALL, f"Call {n}")
    for day, status in person["orders"]:
        order = an_order(work, one, placed_at=moment(day), as_draft=status == "draft")
        if status == "cancelled":
            orders.cancel(work, order, reason="changed her mind")
    return one


def as_it_stands(work: Any) -> dict[str, Any]:
    """All a merge may touch, but for versions, the journal and the merge itself."""

    tables = {table: rows_in(work, table) for table in TABLES}
    for one in tables["customer"]:
        del one["version"]
    found = ({**row, "id": 0} for row in rows_in(work, "search_document"))
    tables["search"] = sorted(found, key=lambda row: (row["kind"], row["record_id"]))
    return tables


def rows_in(work: Any, table: str) -> list[dict[str, Any]]:
    """A table as this unit of work sees it."""
    found = work.session.connection().exec_driver_sql(f"SELECT * FROM {table} ORDER BY id")
    return [dict(row) for row in found.mappings()]


class AsIfNothingHappened(Exception):
    """Ends a unit of work without keeping anything."""


@given(people=st.lists(PEOPLE, min_size=3, max_size=3))
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_a_merge_undone_leaves_everything_as_before(lasting, people):
    with suppress(AsIfNothingHappened), lasting.work() as work:
        ana, eva, leo = (somebody(work, place, person) for place, person in enumerate(people))
        at_first = as_it_stands(work)
        inner = merging.merge(work, kept_id=eva, gone_id=leo)
        between = as_it_stands(work)
        outer = merging.merge(work, kept_id=ana, gone_id=eva)
        assert as_it_stands(work) != between
        merging.undo(work, outer)
        assert as_it_stands(work) == between
        merging.undo(work, inner)
        assert as_it_stands(work) == at_first
        raise AsIfNothingHappened


def test_what_came_since_stays_with_the_first(shop):
    with shop.work() as work:
        ana, eva = a_customer(work, "Ana"), a_customer(work, "Eva", "eva@example.com")
        old = an_order(work, eva, placed_at=moment(1))
        merged = merging.merge(work, kept_id=ana, gone_id=eva)
        new = an_order(work, ana, placed_at=moment(2))
        actions.learn(work, ana, email="new@example.com")
        actions.set_email_state(work, ana, "eva@example.com", EmailState.DEAD)
        merging.undo(work, merged)
    assert {row["id"]: row["customer_id"] for row in rows_of(shop, "orders")} == {old: eva, new: ana}
    assert [email.address for email in the_card(shop, ana).emails] == ["new@example.com"]
    assert [(email.address, email.state) for email in the_card(shop, eva).emails] == [("eva@example.com", "dead")]
    assert [the_card(shop, one).facts.count for one in (ana, eva)] == [1, 1]
    assert not faults(shop)


def test_what_the_owner_changed_since_is_not_overwritten(shop):
    with shop.work() as work:
        ana, eva = a_customer(work, "Ana"), a_customer(work, "Eva", company="SL", notes="Blue")
        merged = merging.merge(work, kept_id=ana, gone_id=eva)
        page = card.card(work.session, ana)
        actions.change(work, ana, CustomerDraft(name="Anna", company=page.company, notes="Red"), version=page.version)
        merging.undo(work, merged)
    page = the_card(shop, ana)
    assert (page.name, page.company, page.notes) == ("Anna", "", "Red")


def test_a_row_that_took_the_number_of_a_deleted_one_does_not_move_back(shop):
    with shop.work() as work:
        ana, eva = a_customer(work, "Ana"), a_customer(work, "Eva", "eva@example.com")
        merged = merging.merge(work, kept_id=ana, gone_id=eva)
        version = card.card(work.session, ana).version
        actions.change(work, ana, CustomerDraft(name="Ana"), version=version)
        actions.learn(work, ana, email="ana@example.com")
        merging.undo(work, merged)
    assert [email.address for email in the_card(shop, ana).emails] == ["ana@example.com"]
    assert the_card(shop, eva).emails == ()


def test_merges_are_undone_in_turn_the_last_first(shop):
    with shop.work() as work:
        ana, eva, leo = (a_customer(work, name) for name in ("Ana", "Eva", "Leo"))
        inner = merging.merge(work, kept_id=eva, gone_id=leo)
        merging.merge(work, kept_id=ana, gone_id=eva)
        with pytest.raises(Refused, match=r"customers\.merge-later"):
            merging.undo(work, inner)


def test_a_merge_is_undone_once(shop):
    with shop.work() as work:
        ana, eva = a_customer(work, "Ana"), a_customer(work, "Eva")
        merged = merging.merge(work, kept_id=ana, gone_id=eva)
        merging.undo(work, merged)
        with pytest.raises(Refused, match=r"customers\.merge-undone"):
            merging.undo(work, merged)


def test_nobody_is_merged_with_themselves_or_with_somebody_gone(shop):
    with shop.work() as work:
        ana, eva, leo = (a_customer(work, name) for name in ("Ana", "Eva", "Leo"))
        with pytest.raises(Refused, match=r"customers\.merge-self"):
            merging.merge(work, kept_id=ana, gone_id=ana)
        merging.merge(work, kept_id=ana, gone_id=eva)
        with pytest.raises(Refused, match=r"customers\.not-listed"):
            merging.merge(work, kept_id=leo, gone_id=eva)


def test_a_merge_that_fails_half_way_leaves_two_customers(shop, monkeypatch):
    with shop.work() as work:
        ana, eva = a_customer(work, "Ana"), a_customer(work, "Eva", "eva@example.com")

    def fails(*_args):
        raise Refused("customers.unknown")

    monkeypatch.setattr(merging, "file_for_search", fails)
    with pytest.raises(Refused), shop.work() as work:
        merging.merge(work, kept_id=ana, gone_id=eva)
    assert [email.address for email in the_card(shop, eva).emails] == ["eva@example.com"]
    assert not faults(shop)
