"""Opening hours add up, over holidays, split shifts and changes of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.core.calendar import (
    BusinessCalendar,
    FixedClock,
    SystemClock,
    as_utc,
    local_day,
    moment_of,
    zone_named,
)

MADRID = "Europe/Madrid"
SPLIT = ((time(9), time(14)), (time(16), time(19)))
SHOP = BusinessCalendar(MADRID, (SPLIT,) * 5 + ((), ()), frozenset({date(2026, 4, 2), date(2026, 4, 3)}))
ALWAYS = BusinessCalendar.round_the_clock(MADRID)


def madrid(month, day, hour, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(MADRID))


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        (madrid(3, 27, 17, 30), 4, madrid(3, 30, 11, 30)),
        (madrid(4, 1, 18), 4, madrid(4, 6, 12)),
        (madrid(3, 30, 14, 30), 1, madrid(3, 30, 17)),
        (madrid(3, 30, 13, 59), 8, madrid(3, 31, 13, 59)),
    ],
)
def test_hours_pass_while_the_shop_is_open(start, amount, end):
    assert SHOP.add(start, timedelta(hours=amount)) == end
    assert SHOP.between(start, end) == timedelta(hours=amount)


@pytest.mark.parametrize(
    ("start", "end"), [(madrid(3, 28, 22), madrid(3, 29, 7)), (madrid(10, 24, 22), madrid(10, 25, 5))]
)
def test_round_the_clock_eight_hours_are_eight_hours(start, end):
    assert ALWAYS.add(start, timedelta(hours=8)) == end
    assert as_utc(end) - as_utc(start) == timedelta(hours=8)


def test_the_day_ends_with_the_last_shift():
    assert SHOP.add(madrid(3, 30, 17), timedelta(hours=2)) == madrid(3, 30, 19)
    assert SHOP.closes(date(2026, 3, 30)) == madrid(3, 30, 19)
    assert SHOP.opens(date(2026, 3, 30)) == madrid(3, 30, 9)
    assert SHOP.closes(date(2026, 3, 29)) is None
    assert SHOP.opens(date(2026, 4, 2)) is None


def test_moments_come_back_in_utc():
    assert SHOP.add(madrid(3, 30, 17), timedelta(hours=1)).tzinfo is UTC
    assert SHOP.closes(date(2026, 3, 30)).tzinfo is UTC
    assert SHOP.add(madrid(3, 29, 3), timedelta(0)) == madrid(3, 29, 3)


def test_business_days_skip_weekends_and_holidays():
    assert SHOP.is_business_day(date(2026, 4, 1))
    assert not SHOP.is_business_day(date(2026, 4, 2))
    assert SHOP.add_days(date(2026, 4, 1), 1) == date(2026, 4, 6)
    assert SHOP.add_days(date(2026, 4, 4), 0) == date(2026, 4, 6)
    assert SHOP.add_days(date(2026, 4, 1), 0) == date(2026, 4, 1)
    assert SHOP.add_days(date(2026, 4, 6), -1) == date(2026, 4, 1)
    assert SHOP.add_days(date(2026, 3, 27), 6) == date(2026, 4, 8)


def test_time_backwards_is_negative():
    late, early = madrid(3, 30, 12), madrid(3, 27, 18)
    assert SHOP.between(late, early) == -SHOP.between(early, late) == -timedelta(hours=4)


def test_hours_are_not_taken_away():
    with pytest.raises(ValueError, match="taken away"):
        SHOP.add(madrid(3, 30, 12), timedelta(hours=-1))


def test_hours_beyond_the_end_of_time_are_refused():
    with pytest.raises(ValueError, match="no opening hours left"):
        SHOP.add(datetime(9999, 12, 20, tzinfo=UTC), timedelta(days=300))


@pytest.mark.parametrize("ask", [SHOP.add, SHOP.between])
def test_a_moment_without_a_zone_is_refused(ask):
    naive = datetime(2026, 3, 30, 12)
    with pytest.raises(ValueError, match="without a zone"):
        ask(naive, timedelta(1) if ask == SHOP.add else naive)


# Opening hours that meet every kind of change: Madrid skips and repeats 02:00-03:00, São Paulo skipped and
# repeated midnight, Apia skipped the whole 30 December 2011.
ZONES = {
    "Europe/Madrid": date(2026, 3, 25),
    "America/Sao_Paulo": date(2018, 10, 30),
    "Pacific/Apia": date(2011, 12, 26),
}
EDGES = st.lists(st.integers(0, 1440), min_size=2, max_size=6, unique=True).map(sorted)


def _time(minute):
    return time.max if minute == 1440 else time(minute // 60, minute % 60)


def _shifts(edges):
    return tuple((_time(opens), _time(closes)) for opens, closes in list(pairwise(edges))[::2])


@st.composite
def calendars(draw):
    zone = draw(st.sampled_from(sorted(ZONES)))
    day = draw(st.one_of(st.just(((time(0), time.max),)), EDGES.map(_shifts)))
    week = draw(st.lists(st.sampled_from([day, SPLIT, ()]), min_size=6, max_size=6))
    holidays = draw(st.sets(st.dates(ZONES[zone], ZONES[zone] + timedelta(days=20)), max_size=4))
    return BusinessCalendar(zone, (*week, day), frozenset(holidays))


@st.composite
def starts(draw, zone):
    first = datetime.combine(ZONES[zone], time(0), UTC)
    season = draw(st.sampled_from([0, 0, 110 if zone == "America/Sao_Paulo" else 212]))
    return first + timedelta(days=season) + draw(st.timedeltas(timedelta(0), timedelta(days=14)))


@given(st.data())
def test_what_was_added_lies_between(data):
    shop = data.draw(calendars())
    start = data.draw(starts(shop.zone))
    amount = data.draw(st.timedeltas(timedelta(0), timedelta(hours=60)))
    end = shop.add(start, amount)
    assert shop.between(start, end) == amount
    assert amount == timedelta(0) or shop.between(start, end - timedelta(microseconds=1)) < amount


@given(st.data())
def test_hours_between_add_up_in_any_order(data):
    shop = data.draw(calendars())
    first, middle, last = sorted(data.draw(starts(shop.zone)) for _ in range(3))
    assert shop.between(first, middle) + shop.between(middle, last) == shop.between(first, last)
    assert timedelta(0) <= shop.between(first, last) <= last - first


@given(st.sampled_from(sorted(ZONES)), st.data())
def test_round_the_clock_is_plain_time(zone, data):
    always = BusinessCalendar.round_the_clock(zone)
    start, end = sorted(data.draw(starts(zone)) for _ in range(2))
    assert always.between(start, end) == end - start
    assert always.add(start, end - start) == end


def test_a_day_that_never_was_is_no_business_day():
    apia = BusinessCalendar.round_the_clock("Pacific/Apia")
    assert not apia.is_business_day(date(2011, 12, 30))
    assert apia.add_days(date(2011, 12, 29), 1) == date(2011, 12, 31)
    nine_to_five = BusinessCalendar.office_hours("Pacific/Apia")
    start = datetime(2011, 12, 30, 2, tzinfo=UTC)  # Thursday 29 December, 16:00 there
    assert nine_to_five.add(start, timedelta(hours=2)) == moment_of(date(2012, 1, 2), time(10), "Pacific/Apia")


def test_a_skipped_hour_is_the_moment_of_the_skip():
    skip = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert moment_of(date(2026, 3, 29), time(2), MADRID) == skip
    assert moment_of(date(2026, 3, 29), time(2, 30, 15, 7), MADRID) == skip
    assert moment_of(date(2026, 3, 29), time(3), MADRID) == skip
    assert moment_of(date(2011, 12, 30), time(17), "Pacific/Apia") == datetime(2011, 12, 30, 10, tzinfo=UTC)


def test_a_repeated_hour_is_its_first():
    assert moment_of(date(2026, 10, 25), time(2, 30), MADRID) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_day_begins_where_the_shop_is():
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert local_day(late, MADRID) == date(2026, 11, 23)
    assert local_day(late, "America/Sao_Paulo") == date(2026, 11, 22)


@pytest.mark.parametrize("name", ["", "Madrid", "../../etc/passwd", "/etc/localtime", "Europe/\x00", "x" * 200_000])
def test_what_is_no_zone_is_refused(name):
    with pytest.raises(ValueError, match="no time zone"):
        zone_named(name)


@pytest.mark.parametrize(
    "week",
    [
        (),
        ((),) * 7,
        (SPLIT,) * 6,
        (((time(14), time(9)),),) * 7,
        (((time(9), time(9)),),) * 7,
        (((time(9), time(14)), (time(13), time(19))),) * 7,
        (((time(16), time(19)), (time(9), time(14))),) * 7,
    ],
)
def test_a_week_that_cannot_be_is_refused(week):
    with pytest.raises(ValueError, match=r"week|shifts"):
        BusinessCalendar(MADRID, week)


def test_a_calendar_is_kept_as_text():
    assert BusinessCalendar.from_json(SHOP.to_json()) == SHOP
    assert BusinessCalendar.from_json(ALWAYS.to_json()) == ALWAYS
    assert '"24:00"' in ALWAYS.to_json()
    assert BusinessCalendar(MADRID, (((time(8), time(0)),),) * 7).add(madrid(3, 30, 23), timedelta(hours=2)) == madrid(
        3, 31, 9
    )


@given(calendars())
def test_any_calendar_survives_being_kept(shop):
    assert BusinessCalendar.from_json(shop.to_json()) == shop


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "5",
        '{"zone": 5, "week": [], "holidays": []}',
        '{"zone": "UTC", "week": [[["9", 5]]], "holidays": []}',
        '{"zone": "UTC", "week": [[[9, 17]], [], [], [], [], [], []], "holidays": []}',
        '{"zone": "UTC", "week": [[["09:00", "17:00"]], [], [], [], [], [], []], "holidays": ["soon"]}',
        '{"zone": ["UTC"], "week": [[["09:00", "17:00"]], [], [], [], [], [], []], "holidays": []}',
        '{"zone": "UTC", "week": [[["09:00+02:00", "17:00"]], [], [], [], [], [], []], "holidays": []}',
        "[" * 100_000,
    ],
)
def test_what_is_no_calendar_is_refused(text):
    with pytest.raises(ValueError):
        BusinessCalendar.from_json(text)


def test_a_fixed_clock_moves_only_by_hand():
    clock = FixedClock(madrid(3, 30, 12))
    assert clock.now() == clock.now() == datetime(2026, 3, 30, 10, tzinfo=UTC)
    clock.advance(timedelta(hours=1))
    assert clock.now() == datetime(2026, 3, 30, 11, tzinfo=UTC)


def test_the_system_clock_tells_utc():
    assert SystemClock().now().tzinfo is UTC
