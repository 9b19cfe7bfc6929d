"""How quickly people were answered, with how many were counted."""

from datetime import timedelta

import pytest

from backoffice.mail.conversations import states
from backoffice.mail.conversations.queries import standards
from backoffice.mail.conversations.queries.standards import Share
from tests.builders import MONDAY, an_open_shop
from tests.mail.letters import SHOP, a_mail, a_mailbox, comes_in

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_mailbox(work)
        yield shop


def asked_and_answered(shop, *after):
    """One conversation for each span, all asked now; None is never answered."""
    begun = shop.clock.now()
    ids = comes_in(shop, *(a_mail(f"Question {place}?", rfc_id=f"<q{place}@x>") for place in range(len(after))))
    for place, span in sorted(enumerate(after), key=lambda one: one[1] or timedelta.max):
        if span is not None:
            shop.clock.advance(begun + span - shop.clock.now())
            comes_in(shop, a_mail("So.", sender=SHOP, to="ana@example.com", answers=f"<q{place}@x>"))
    return ids


def figures(shop):
    return shop.ask(standards.figures, first=MONDAY, until=MONDAY + timedelta(days=7), now=shop.clock.now())


def test_shares_say_of_how_many(shop):
    asked_and_answered(shop, 30 * MINUTE, 3 * HOUR, 23 * HOUR, 50 * HOUR, None)
    found = figures(shop).whole
    assert (found.asked, found.answered) == (5, 4)
    assert (found.within_hour, found.same_day, found.within_day) == (Share(1, 5), Share(2, 5), Share(3, 5))
    assert found.within_hour.percent == 20


def test_who_still_waits_in_time_is_counted_nowhere(shop):
    asked_and_answered(shop, 30 * MINUTE, None)
    assert (figures(shop).whole.within_hour, figures(shop).whole.within_day) == (Share(1, 1), Share(1, 1))
    shop.clock.advance(HOUR)
    assert (figures(shop).whole.within_hour, figures(shop).whole.within_day) == (Share(1, 2), Share(1, 1))


def test_median_and_ninth_decile_in_both_times(shop):
    asked_and_answered(shop, *(minutes * MINUTE for minutes in range(10, 110, 10)))
    found = figures(shop).whole
    assert (found.elapsed.median, found.elapsed.p90, found.elapsed.n) == (50 * MINUTE, 90 * MINUTE, 10)


def test_a_day_on_the_wall_is_eight_hours_of_the_shop(shop):
    asked_and_answered(shop, 24 * HOUR)
    found = figures(shop).whole
    assert (found.elapsed.median, found.business.median) == (24 * HOUR, 8 * HOUR)


def test_promises_are_kept_or_not(shop):
    one, two, _ = asked_and_answered(shop, HOUR, 5 * HOUR, None)
    with shop.work() as work:
        for each in (one, two):
            work.session.connection().exec_driver_sql(
                "UPDATE conversation SET promised_at = '2026-03-02 12:00:00.000000' WHERE id = ?", (each,)
            )
    assert figures(shop).whole.promises == Share(1, 2)


def test_answers_a_solution_takes_and_topics_and_weekdays(shop):
    one, _ = asked_and_answered(shop, HOUR, 2 * HOUR)
    with shop.work() as work:
        states.set_topic(work, one, "where")
        states.close(work, one)
    found = figures(shop)
    assert (found.whole.solved, found.whole.answers) == (1, 1)
    assert {topic: part.asked for topic, part in found.by_topic.items()} == {"": 1, "where": 1}
    assert {day: part.asked for day, part in found.by_weekday.items()} == {0: 2}


def test_nothing_asked_is_no_share_at_all(shop):
    comes_in(shop, a_mail("Thank you!"))
    found = figures(shop).whole
    assert (found.asked, found.within_hour.percent, found.elapsed.median) == (0, None, None)
