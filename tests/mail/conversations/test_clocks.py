"""Clocks of a conversation, and the opening hours they run in."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from backoffice.core.calendar import BusinessCalendar
from backoffice.mail.conversations import clocks
from backoffice.mail.conversations.queries.facts import Said, Standards
from backoffice.mail.model import ConversationState, Direction, MailKind

MADRID = ZoneInfo("Europe/Madrid")
SPLIT = ((time(9), time(14)), (time(16), time(19)))
SHOP = BusinessCalendar("Europe/Madrid", (SPLIT,) * 5 + ((), ()), frozenset({date(2026, 4, 2), date(2026, 4, 3)}))
ALWAYS = BusinessCalendar("Europe/Madrid", (((time(0), time.max),),) * 7)
STANDARDS = Standards("", 240, 60)


def local(month, day, hour, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=MADRID).astimezone(UTC)


def said(at, direction=Direction.INBOUND, kind=MailKind.HUMAN, *, thanks=False, purpose=None, state=None):
    return Said(1, direction, kind, at, "", "", "", thanks, purpose, state)


def due(*messages, state=ConversationState.OPEN, promised=None, hours=SHOP):
    return clocks.clocks(messages, state=state, promised_at=promised, hours=hours, standards=STANDARDS)


@pytest.mark.parametrize(
    ("asked", "hours", "ends"),
    [
        (local(3, 27, 17, 30), 4, local(3, 30, 11, 30)),
        (local(4, 1, 18), 4, local(4, 6, 12)),
        (local(3, 30, 14, 30), 1, local(3, 30, 17)),
        (local(3, 30, 13, 59), 8, local(3, 31, 13, 59)),
    ],
)
def test_a_clock_runs_in_opening_hours(asked, hours, ends):
    standards = Standards("", hours * 60, 60)
    found = clocks.clocks(
        [said(asked)], state=ConversationState.OPEN, promised_at=None, hours=SHOP, standards=standards
    )
    assert found.due_at == ends


@pytest.mark.parametrize(
    ("asked", "ends"), [(local(3, 28, 22), local(3, 29, 7)), (local(10, 24, 22), local(10, 25, 5))]
)
def test_round_the_clock_eight_hours_are_eight_hours_when_the_clocks_change(asked, ends):
    standards = Standards("", 8 * 60, 60)
    found = clocks.clocks(
        [said(asked)], state=ConversationState.OPEN, promised_at=None, hours=ALWAYS, standards=standards
    )
    assert found.due_at == ends


MORNING = local(3, 30, 9)


def test_the_first_unanswered_mail_starts_the_clock():
    assert due(said(MORNING), said(MORNING + timedelta(hours=1))).due_at == MORNING + timedelta(hours=4)


def test_an_answer_stops_it_and_the_next_mail_has_the_next_standard():
    answer = said(MORNING + timedelta(minutes=30), Direction.OUTBOUND, purpose="answer", state="sent")
    again = said(MORNING + timedelta(hours=1))
    found = due(said(MORNING), answer, again)
    assert (found.due_at, found.first_answer_at) == (MORNING + timedelta(hours=2), answer.at)


@pytest.mark.parametrize(
    "what",
    [
        {"purpose": "acknowledgement", "state": "sent"}, {"purpose": "notice", "state": "sent"},
        {"purpose": "answer", "state": "cancelled"}, {"purpose": "answer", "state": "failed"},
        {"kind": MailKind.AUTOMATIC},
    ],
)  # fmt: skip
def test_what_is_no_persons_answer_stops_nothing(what):
    found = due(said(MORNING), said(MORNING + timedelta(minutes=1), Direction.OUTBOUND, **what))
    assert (found.due_at, found.first_answer_at) == (MORNING + timedelta(hours=4), None)


@pytest.mark.parametrize("what", [{"kind": MailKind.AUTOMATIC}, {"kind": MailKind.LIST}, {"thanks": True}])
def test_what_asks_nothing_starts_nothing(what):
    assert due(said(MORNING, **what)).due_at is None


def test_a_sooner_promise_counts_and_a_later_one_does_not():
    soon, late = MORNING + timedelta(hours=1), MORNING + timedelta(hours=9)
    assert due(said(MORNING), promised=soon).due_at == soon
    assert due(said(MORNING), promised=late).due_at == MORNING + timedelta(hours=4)


def test_answered_and_open_something_is_to_be_heard_every_two_days():
    answer = said(MORNING + timedelta(hours=1), Direction.OUTBOUND)
    assert due(said(MORNING), answer).due_at == answer.at + timedelta(hours=48)


@pytest.mark.parametrize("state", [ConversationState.WAITING, ConversationState.CLOSED])
def test_while_we_wait_for_the_customer_no_clock_runs(state):
    assert due(said(MORNING), state=state).due_at is None


@pytest.mark.parametrize("state", ["cancelled", "failed"])
def test_an_answer_that_never_left_comes_back(state):
    lost = said(MORNING + timedelta(hours=1), Direction.OUTBOUND, purpose="answer", state=state)
    assert clocks.came_back([said(MORNING), lost])
    assert not clocks.came_back([said(MORNING)])
    assert not clocks.came_back([said(MORNING), lost, said(MORNING + timedelta(hours=2), Direction.OUTBOUND)])
