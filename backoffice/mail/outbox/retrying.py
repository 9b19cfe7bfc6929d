"""When a mail that could not be handed over is tried again, and when it is given up."""

from datetime import timedelta

FIRST = (1, 5, 15, 60, 120)
"""Minutes before the second try, the third, …"""
THEN = 240
UNREACHED = 15
"""Minutes at most while no server is reached at all: the line may be back any moment."""
GIVEN_UP_AFTER = timedelta(days=5)


def pause(attempts: int, *, reached: bool = True) -> timedelta | None:
    """How long to wait after so many tries (1 …), or None where five days of pauses are over."""
    most = THEN if reached else UNREACHED
    waited = sum((_minutes(attempt, most) for attempt in range(1, attempts)), start=0)
    following = _minutes(attempts, most)
    if timedelta(minutes=waited + following) > GIVEN_UP_AFTER:
        return None
    return timedelta(minutes=following)


def _minutes(attempt: int, most: int) -> int:
    return min(FIRST[attempt - 1] if attempt <= len(FIRST) else THEN, most)
