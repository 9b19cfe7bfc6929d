"""When a mail is tried again."""

from datetime import timedelta

from backoffice.mail.outbox.retrying import pause


def minutes(attempts: int, **named: bool) -> float:
    found = pause(attempts, **named)
    assert found is not None
    return found / timedelta(minutes=1)


def test_the_pauses_grow():
    assert [minutes(attempts) for attempts in range(1, 8)] == [1, 5, 15, 60, 120, 240, 240]


def test_a_server_that_is_not_reached_is_asked_every_quarter_of_an_hour():
    assert [minutes(attempts, reached=False) for attempts in range(1, 6)] == [1, 5, 15, 15, 15]


def test_it_is_given_up_after_five_days():
    for reached in (True, False):
        waited, attempts = timedelta(), 1
        while (following := pause(attempts, reached=reached)) is not None:
            waited, attempts = waited + following, attempts + 1
        assert timedelta(days=4, hours=18) < waited <= timedelta(days=5)
