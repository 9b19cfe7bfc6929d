"""What may be promised: cut-off, lead time, transit, weekends, holidays, the shop's own zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from backoffice.core.calendar import BusinessCalendar
from backoffice.settings import actions
from backoffice.settings.queries import Promise, delivery_options, profile, promise
from tests.builders import an_open_shop

MONDAY, TUESDAY, WEDNESDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 6)


@pytest.fixture
def shop_and_option(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop.ask(profile), shop.ask(delivery_options)[0]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of winter in Madrid, in UTC."""
    return datetime(day.year, day.month, day.day, hour - 1, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("placed", "dispatch"),
    [
        (at(MONDAY, 13, 59), TUESDAY),
        (at(MONDAY, 14, 0), WEDNESDAY),
        (at(FRIDAY, 13, 59), date(2026, 3, 9)),
        (at(FRIDAY, 14, 0), date(2026, 3, 10)),
        (at(date(2026, 3, 7), 8), date(2026, 3, 10)),
    ],
)
def test_an_order_after_the_cut_off_or_at_the_weekend_counts_as_of_the_next_business_day(
    shop_and_option, placed, dispatch
):
    assert promise(*shop_and_option, placed).dispatch == dispatch


def test_the_day_is_the_shops_and_not_greenwichs(shop_and_option):
    shop, option = shop_and_option
    almost_tuesday = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert promise(shop, option, almost_tuesday).dispatch == WEDNESDAY
    in_mexico = replace(shop, zone="America/Mexico_City")
    assert promise(in_mexico, option, datetime(2026, 3, 3, 2, 0, tzinfo=UTC)).dispatch == WEDNESDAY


def test_a_holiday_moves_dispatch_and_delivery(shop_and_option):
    shop, option = shop_and_option
    week = BusinessCalendar.office_hours("Europe/Madrid").week
    closed = BusinessCalendar("Europe/Madrid", week, frozenset({TUESDAY, date(2026, 3, 5)}))
    on_holiday = replace(shop, calendar=closed.to_json())
    assert promise(shop, option, at(MONDAY, 9)) == Promise(TUESDAY, date(2026, 3, 9))
    assert promise(on_holiday, option, at(MONDAY, 9)) == Promise(WEDNESDAY, date(2026, 3, 11))


def test_the_options_own_times_count_in_business_days(shop_and_option):
    shop, option = shop_and_option
    slow = replace(option, lead_days=3, transit_days_min=1, transit_days_max=1)
    assert promise(shop, slow, at(MONDAY, 9)) == Promise(date(2026, 3, 5), FRIDAY)
    at_once = replace(option, lead_days=0)
    assert promise(shop, at_once, at(MONDAY, 9)).dispatch == MONDAY
    assert promise(shop, at_once, at(MONDAY, 9), extra_days=2).dispatch == WEDNESDAY


def test_a_marketplaces_own_date_wins_and_delivery_follows_from_it(shop_and_option):
    found = promise(*shop_and_option, at(MONDAY, 9), ship_by=date(2026, 3, 10))
    assert found == Promise(date(2026, 3, 10), date(2026, 3, 16))


def test_a_shop_that_works_on_saturday_dispatches_on_saturday(shop_and_option):
    shop, option = shop_and_option
    day = ((time(9), time(13)), (time(16), time(20)))
    hours = BusinessCalendar("Europe/Madrid", (day, day, day, day, day, day, ()))
    assert promise(replace(shop, calendar=hours.to_json()), option, at(FRIDAY, 9)).dispatch == date(2026, 3, 7)


def test_the_hours_move_with_the_shop_to_another_zone(tmp_path):
    with an_open_shop(tmp_path) as shop:
        hours = BusinessCalendar.office_hours("Europe/Madrid")
        with shop.work() as work:
            actions.change_profile(work, calendar=hours.to_json(), zone="Atlantic/Canary")
        assert shop.ask(profile).hours.zone == "Atlantic/Canary"
