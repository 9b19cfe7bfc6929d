"""Customers are added, changed, tagged; what they allowed is kept."""

import pytest

from backoffice.core.errors import Refused
from backoffice.core.postal import PostalAddress
from backoffice.customers import actions, queries
from backoffice.customers.drafts import CustomerDraft
from backoffice.customers.model import EmailState
from tests.builders import a_shop
from tests.customers.people import HOME, a_customer, faults, the_card


@pytest.fixture
def shop(tmp_path):
    with a_shop(tmp_path) as shop:
        yield shop


def test_a_customer_has_many_addresses_of_every_kind(shop):
    with shop.work() as work:
        ana = a_customer(
            work,
            "Ana Núñez",
            "Ana@Example.com",
            "ana@work.example",
            phones=("+34 600 11 22 33",),
            addresses=(HOME, PostalAddress(name="Ana Núñez", street="Rua 2", city="Lisboa", country="PT")),
            tags=("VIP", "vip", "Press"),
        )
    page = the_card(shop, ana)
    assert [email.address for email in page.emails] == ["ana@example.com", "ana@work.example"]
    assert page.addresses[0] == HOME
    assert page.country == "ES"
    assert page.tags == ("VIP", "Press")
    assert not faults(shop)


def test_an_address_belongs_to_one_customer_only(shop):
    with shop.work() as work:
        a_customer(work, "Ana", "ana@example.com")
    with shop.work() as work, pytest.raises(Refused, match=r"customers\.email-taken") as refused:
        a_customer(work, "Eva", "ANA@example.com")
    assert refused.value.facts["name"] == "Ana"


def test_a_change_keeps_what_stays_and_drops_what_goes(shop):
    with shop.work() as work:
        ana = a_customer(work, "Ana", "a@example.com", "b@example.com", phones=("600", "700"), addresses=(HOME,))
        actions.set_email_state(work, ana, "a@example.com", EmailState.DEAD)
    before = the_card(shop, ana)
    draft = CustomerDraft(name="Ana María", emails=("a@example.com", "c@example.com"), phones=("700",))
    with shop.work() as work:
        actions.change(work, ana, draft, version=before.version)
    after = the_card(shop, ana)
    assert [(email.address, email.state) for email in after.emails] == [
        ("a@example.com", "dead"),
        ("c@example.com", "active"),
    ]
    assert (after.phones, after.addresses) == (("700",), ())


def test_a_change_is_undone_by_the_draft_of_before(shop):
    with shop.work() as work:
        ana = a_customer(work, "Ana", "a@example.com", phones=("600",), addresses=(HOME,), tags=("vip",))
    before = the_card(shop, ana)
    with shop.work() as work:
        actions.change(work, ana, CustomerDraft(name="Eva"), version=before.version)
        actions.change(work, ana, before.draft, version=before.version + 1)
    assert the_card(shop, ana).draft == before.draft


def test_two_people_editing_the_same_customer_do_not_overwrite_each_other(shop):
    with shop.work() as work:
        ana = a_customer(work, "Ana")
        actions.change(work, ana, CustomerDraft(name="Ana Núñez"), version=1)
    with shop.work() as work, pytest.raises(Refused, match=r"customers\.changed"):
        actions.change(work, ana, CustomerDraft(name="Anna"), version=1)
    assert the_card(shop, ana).name == "Ana Núñez"


def test_a_saved_form_without_a_change_leaves_no_trace_in_the_history(shop):
    with shop.work() as work:
        ana = a_customer(work, "Ana", "a@example.com", addresses=(HOME,))
        actions.change(work, ana, CustomerDraft(name="Ana", emails=("a@example.com",), addresses=(HOME,)), version=1)
    verbs = shop.ask(lambda session: session.connection().exec_driver_sql("SELECT verb FROM journal").scalars().all())
    assert "customer.changed" not in verbs


def test_tags_go_on_and_off_many_customers(shop):
    with shop.work() as work:
        people = [a_customer(work, name) for name in ("Ana", "Eva", "Leo")]
        assert actions.tag(work, people, "VIP") == 3
        assert actions.tag(work, people[:1], " vip ") == 0
        assert actions.untag(work, people[1:], "VIP") == 2
    assert [the_card(shop, one).tags for one in people] == [("VIP",), (), ()]


def test_what_an_order_tells_is_learnt_once(shop):
    with shop.work() as work:
        ana = a_customer(work, "Ana", "ana@example.com")
        for _ in range(2):
            actions.learn(work, ana, email="Ana@example.com", phone="600", address=HOME, identity=("etsy", "ana-shops"))
    page = the_card(shop, ana)
    assert (len(page.emails), page.phones, page.addresses) == (1, ("600",), (HOME,))
    assert page.identities == (("etsy", "ana-shops"),)
    assert not faults(shop)


def test_an_address_of_somebody_else_stays_with_them(shop):
    with shop.work() as work:
        ana, eva = a_customer(work, "Ana", "ana@example.com"), a_customer(work, "Eva")
        actions.learn(work, eva, email="ana@example.com")
        assert queries.id_of_email(work.session, "ana@example.com") == ana


def test_the_last_word_of_a_consent_counts_and_all_are_kept(shop):
    with shop.work() as work:
        ana = a_customer(work, "Ana")
        actions.consent(work, ana, granted=True, source="order form", text="Yes, send me news")
        actions.consent(work, ana, granted=False, source="call")
    page = the_card(shop, ana)
    assert page.allowed == {"marketing": False}
    assert [row.source for row in page.consents] == ["call", "order form"]


def test_a_consent_without_a_source_is_refused(shop):
    with shop.work() as work:
        ana = a_customer(work, "Ana")
        with pytest.raises(Refused, match=r"customers\.no-source"):
            actions.consent(work, ana, granted=True, source=" ")


def test_an_address_mail_does_not_reach_says_so_and_can_be_taken_back(shop):
    with shop.work() as work:
        ana = a_customer(work, "Ana", "ana@example.com")
        before = actions.set_email_state(work, ana, "ana@example.com", EmailState.DEAD)
    assert the_card(shop, ana).emails[0].state is EmailState.DEAD
    with shop.work() as work:
        actions.set_email_state(work, ana, "ana@example.com", before)
    assert the_card(shop, ana).emails[0].state is EmailState.ACTIVE


def test_an_address_nobody_has_is_refused(shop):
    with shop.work() as work:
        ana = a_customer(work, "Ana")
        with pytest.raises(Refused, match=r"customers\.email-unknown"):
            actions.set_email_state(work, ana, "x@example.com", EmailState.DEAD)
