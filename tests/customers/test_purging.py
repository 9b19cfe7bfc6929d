"""People nobody has dealt with for long are erased: never whom something is open with, and a dry run says who."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backoffice.customers import actions, contacts
from backoffice.customers.model import ContactKind
from backoffice.customers.person import purging
from backoffice.orders.queries import facts
from backoffice.settings import actions as settings
from backoffice.shipping import actions as parcels
from backoffice.shipping import packing
from tests.builders import MONDAY, a_customer, a_product, an_open_shop, an_order, faults, pay, refused, the_order

YEARS = timedelta(days=3 * 366)


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def a_buyer(work, name, *, paid=True, ship=True):
    person = a_customer(work, name)
    order = an_order(work, (a_product(work, on_hand=1, price=100), 1), customer_id=person)
    if paid:
        pay(work, order, facts.head(work.session, order).total)
    if ship:
        parcels.ship(work, packing.pack(work, order))
    return person


def names(shop, months=24):
    return [one.name for one in shop.ask(purging.due, now=shop.clock.now(), months=months)]


def test_whoever_was_not_seen_for_long_goes_and_their_orders_stay(shop):
    with shop.work() as work:
        ana = a_buyer(work, "Ana")
    shop.clock.advance(YEARS)
    with shop.work() as work:
        a_buyer(work, "Bea")
    assert shop.ask(purging.due, now=shop.clock.now(), months=24) == [purging.Due(ana, "Ana", date(2026, 3, 2))]
    with shop.work() as work:
        gone, more = purging.purge(work, months=24)
    assert ([one.name for one in gone], more, names(shop)) == (["Ana"], 0, [])
    assert the_order(shop, 1).ship_to.name == f"#{ana}"
    assert faults(shop) == []


def test_whoever_something_is_open_with_stays(shop):
    with shop.work() as work:
        a_buyer(work, "not sent", ship=False)
        a_buyer(work, "not paid", paid=False)
        called = a_buyer(work, "to be called back")
        contacts.promise_call_back(work, called, MONDAY + timedelta(hours=2), phone="600 11 22 33")
        a_buyer(work, "done")
    shop.clock.advance(YEARS)
    assert names(shop) == ["done"]


def test_whoever_spoke_with_us_or_allowed_something_since_stays(shop):
    with shop.work() as work:
        wrote, allowed = a_buyer(work, "wrote"), a_buyer(work, "allowed")
    shop.clock.advance(YEARS)
    with shop.work() as work:
        contacts.note(work, wrote, ContactKind.LETTER, "Where is the cup?")
        actions.consent(work, allowed, granted=True, source="form")
    assert names(shop) == []


def test_many_go_in_pieces(shop, monkeypatch):
    monkeypatch.setattr(purging, "MOST", 2)
    with shop.work() as work:
        for name in ("Ana", "Bea", "Eva"):
            a_customer(work, name)
    shop.clock.advance(YEARS)
    with shop.work() as work:
        first, after = purging.purge(work, months=24)
        last, end = purging.purge(work, months=24, after=after)
    assert ([one.name for one in (*first, *last)], end) == (["Ana", "Bea", "Eva"], 0)


@pytest.mark.parametrize(
    ("months", "day"), [(6, (2025, 9, 2)), (24, (2024, 3, 2)), (26, (2024, 1, 2)), (27, (2023, 12, 2))]
)
def test_months_are_counted_by_the_calendar(months, day):
    assert purging.limit_of(date(2026, 3, 2), months, "UTC") == datetime(*day, tzinfo=UTC)


def test_the_last_of_a_month_is_the_last_of_a_shorter_one():
    assert purging.limit_of(date(2026, 8, 31), 6, "Europe/Madrid") == datetime(2026, 2, 27, 23, tzinfo=UTC)


@pytest.mark.parametrize("months", [0, 1, 5, 601])
def test_nobody_is_erased_after_a_few_months(shop, months):
    with refused("customers.bad-age", months=months), shop.work() as work:
        purging.purge(work, months=months)


def test_a_shop_that_wishes_it_does_so_each_day_and_no_other(shop):
    with shop.work() as work:
        a_buyer(work, "Ana")
    shop.clock.advance(YEARS)
    shop.begin_day()
    assert names(shop) == ["Ana"]
    with shop.work() as work:
        settings.change_profile(work, purge_after_months=24)
    shop.begin_day()
    assert names(shop) == []
    with refused("settings.bad-age", months=2), shop.work() as work:
        settings.change_profile(work, purge_after_months=2)


def test_a_dry_run_says_who_and_what_would_go_and_changes_nothing(shop):
    with shop.work() as work:
        ana = a_buyer(work, "Ana")
        a_buyer(work, "not sent", ship=False)
    shop.clock.advance(YEARS)
    told = shop.ask(purging.forecast, now=shop.clock.now(), months=24)
    assert [one.id for one in told.people] == [ana]
    assert (told.erased["name"], told.erased["emails"], told.erased["orders"]) == (1, 1, 1)
    assert names(shop) == ["Ana"]
