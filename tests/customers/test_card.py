"""The customer's page: one point of contact, with facts, orders and one timeline."""

import pytest

from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.customers import contacts, merging
from backoffice.customers.card import queries as card
from backoffice.customers.model import ContactKind
from backoffice.orders import actions as orders
from tests.builders import a_shop
from tests.customers.people import a_customer, an_order, moment, the_card


@pytest.fixture
def shop(tmp_path):
    with a_shop(tmp_path) as shop:
        yield shop


def test_facts_count_what_was_bought_by_currency(shop):
    with shop.work() as work:
        ana = a_customer(work)
        an_order(work, ana, price=1000, placed_at=moment(1))
        an_order(work, ana, price=2000, placed_at=moment(3))
        an_order(work, ana, price=500, placed_at=moment(2), currency="USD")
        orders.cancel(work, an_order(work, ana, placed_at=moment(9)), reason="changed her mind")
    facts = the_card(shop, ana).facts
    assert (facts.count, facts.unfinished) == (3, 3)
    assert (facts.first_at, facts.last_at) == (moment(1), moment(3))
    assert facts.spent == (Money(3000, "EUR"), Money(500, "USD"))


def test_orders_come_newest_first_page_by_page(shop):
    with shop.work() as work:
        ana = a_customer(work)
        made = [an_order(work, ana, placed_at=moment(day)) for day in (2, 4, 3)]
        an_order(work, a_customer(work, "Eva"))
    page = shop.ask(card.orders, ana, limit=2)
    rest = shop.ask(card.orders, ana, limit=2, after=page.next)
    assert [row.id for row in (*page.rows, *rest.rows)] == [made[1], made[2], made[0]]
    assert page.rows[0].total == Money(1000, "EUR")


def test_the_timeline_tells_of_orders_calls_and_changes_newest_first(shop):
    with shop.work() as work:
        ana = a_customer(work)
        order = an_order(work, ana)
        contacts.note(work, ana, ContactKind.CALL, "Where is it?")
        work.record("shipment.shipped", order_id=order)
    verbs = [line.verb for line in shop.ask(card.timeline, ana)]
    assert verbs[0] == "shipment.shipped"
    assert verbs.index("customer.noted-call") < verbs.index("order.placed") < verbs.index("customer.added")
    assert len({line.id for line in shop.ask(card.timeline, ana)}) == len(verbs)


def test_the_timeline_goes_on_where_it_stopped(shop):
    with shop.work() as work:
        ana = a_customer(work)
        for number in range(5):
            contacts.note(work, ana, ContactKind.NOTE, f"Note {number}")
    whole = shop.ask(card.timeline, ana)
    first = shop.ask(card.timeline, ana, limit=2)
    assert first + shop.ask(card.timeline, ana, before=first[-1].id) == whole


def test_a_merged_customers_past_is_told_with_the_other(shop):
    with shop.work() as work:
        ana, eva = a_customer(work, "Ana"), a_customer(work, "Eva")
        contacts.note(work, eva, ContactKind.NOTE, "Likes blue")
        merging.merge(work, kept_id=ana, gone_id=eva)
    assert "Likes blue" in [line.facts.get("text") for line in shop.ask(card.timeline, ana)]
    assert [row.name for row in the_card(shop, ana).merges] == ["Eva"]


def test_a_customer_who_is_not_there_is_refused(shop):
    with pytest.raises(Refused, match=r"customers\.unknown"):
        shop.ask(card.card, 99)
