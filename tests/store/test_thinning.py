"""Backups thin out with age: all of two days, one a day for two weeks, one a week for a year."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backoffice.store.thinning import superfluous

NOW = datetime(2026, 6, 17, 12, 0, tzinfo=UTC)
MOMENTS = st.lists(st.datetimes(datetime(2024, 1, 1), datetime(2026, 6, 20), timezones=st.just(UTC)), unique=True)


def kept(moments: list[datetime], now: datetime = NOW) -> list[datetime]:
    return sorted(set(moments) - superfluous(moments, now))


def hourly(days: int) -> list[datetime]:
    return [NOW - timedelta(hours=hour) for hour in range(24 * days)]


def test_all_of_two_days_stay():
    assert kept(hourly(2)) == sorted(hourly(2))


def test_of_older_days_the_newest_stays():
    stay = kept(hourly(10))
    older = [moment for moment in stay if NOW - moment > timedelta(days=2)]
    assert len({moment.date() for moment in older}) == len(older) == 9
    assert all(moment.hour == 23 for moment in older[:-1])


def test_of_older_weeks_the_newest_stays_for_a_year():
    stay = kept(hourly(500))
    older = [moment for moment in stay if NOW - moment > timedelta(days=14)]
    assert len({moment.isocalendar()[:2] for moment in older}) == len(older)
    assert 50 <= len(older) <= 53
    assert min(older) > NOW - timedelta(days=366)


def test_the_newest_stays_however_old():
    old = [NOW - timedelta(days=900), NOW - timedelta(days=901)]
    assert kept(old) == old[:1]


def test_a_clock_put_back_deletes_nothing_new():
    ahead = [NOW + timedelta(days=days) for days in range(40)]
    assert superfluous(ahead, NOW) == set()


def test_nothing_to_thin():
    assert superfluous([], NOW) == set()


@given(MOMENTS)
def test_thinning_again_takes_nothing_more(moments):
    assert superfluous(kept(moments), NOW) == set()


@given(MOMENTS)
def test_the_newest_is_never_superfluous(moments):
    assert not moments or max(moments) not in superfluous(moments, NOW)


@given(MOMENTS, st.integers(0, 800))
def test_thinning_day_by_day_never_leaves_less_than_the_rule_asks(moments, days):
    """What stays after thinning every day still has one backup of each week that had one."""
    stay = set(moments)
    for day in range(0, days, 30):
        stay -= superfluous(sorted(stay), NOW + timedelta(days=day))
    assert not moments or max(moments) in stay
