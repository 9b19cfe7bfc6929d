"""Which clock runs in a conversation, and until when; and the counters that follow from its messages.

Clocks run in opening hours and pause only while we wait for the customer: snoozing hides, but stops nothing. The first
answer and the next have a standard of their own; what an acknowledgement promised counts if it is sooner; and where
we have answered but the matter is open, something is to be heard from us every 48 hours.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from backoffice.core.calendar import BusinessCalendar
from backoffice.core.text import one_line
from backoffice.mail.conversations.above import ANSWER, NEVER_LEFT
from backoffice.mail.conversations.queries import facts
from backoffice.mail.conversations.queries.facts import Head, Said, Standards
from backoffice.mail.model import Conversation, ConversationState, Direction, MailKind
from backoffice.settings import queries as settings
from backoffice.store import rows, search
from backoffice.store.unit_of_work import UnitOfWork

UPDATE_EVERY = timedelta(hours=48)
_ASKING = (MailKind.HUMAN, MailKind.BOUNCE)
_PREVIEW = 120


class Clocks(NamedTuple):
    """When somebody began to wait, when they were first answered, and when the running clock ends."""

    waiting_since: datetime | None
    first_answer_at: datetime | None
    due_at: datetime | None


def is_answer(one: Said) -> bool:
    """Whether a person of the shop answered with this: no note, no acknowledgement, no notice, nothing unsent."""
    if one.direction != Direction.OUTBOUND or one.kind == MailKind.AUTOMATIC:
        return False
    return one.purpose in (None, ANSWER) and one.outgoing_state not in NEVER_LEFT


def asks(one: Said) -> bool:
    """Whether somebody waits for a word of ours because of this."""
    return one.direction == Direction.INBOUND and one.kind in _ASKING and not one.thanks_only


def waits(messages: Sequence[Said]) -> bool:
    """Whether somebody waits for a word of ours, whatever the state of the conversation."""
    waiting = False
    for one in messages:
        waiting = asks(one) or (waiting and not is_answer(one))
    return waiting


def came_back(messages: Sequence[Said]) -> bool:
    """Whether somebody waits although we answered: what was to answer them was taken back or could not be sent."""
    back = False
    for one in messages:
        if asks(one) or is_answer(one):
            back = False
        elif one.purpose == ANSWER and one.outgoing_state in NEVER_LEFT:
            back = True
    return back and waits(messages)


def clocks(
    messages: Sequence[Said],
    *,
    state: ConversationState,
    promised_at: datetime | None,
    hours: BusinessCalendar,
    standards: Standards,
) -> Clocks:
    """The clocks of a conversation from its messages, the oldest first."""
    waiting: datetime | None = None
    first: datetime | None = None
    last_out: datetime | None = None
    for one in messages:
        if is_answer(one):
            waiting, first, last_out = None, first or one.at, one.at
        elif asks(one):
            waiting = waiting or one.at
    if state != ConversationState.OPEN:
        return Clocks(None, first, None)
    if waiting is None:
        return Clocks(None, first, last_out + UPDATE_EVERY if last_out else None)
    minutes = standards.next_minutes if first else standards.answer_minutes
    due = hours.add(waiting, timedelta(minutes=minutes))
    if promised_at is not None and promised_at > waiting:
        due = min(due, promised_at)
    return Clocks(waiting, first, due)


def values(head: Head, messages: Sequence[Said], *, hours: BusinessCalendar, standards: Standards) -> dict[str, Any]:
    """The columns of a conversation that follow from its messages."""
    spoken = [one for one in messages if one.direction != Direction.NOTE]
    came = [one for one in spoken if one.direction == Direction.INBOUND]
    went = [one for one in spoken if one.direction == Direction.OUTBOUND]
    found = clocks(messages, state=head.state, promised_at=head.promised_at, hours=hours, standards=standards)
    told = {"sender": came[-1].from_name or came[-1].from_address} if came else {}
    return (
        found._asdict()
        | told
        | {
            "preview": one_line(spoken[-1].new_text)[:_PREVIEW] if spoken else "",
            "last_at": max((one.at for one in spoken), default=head.last_at),
            "last_in_at": max((one.at for one in came), default=None),
            "last_out_at": max((one.at for one in went), default=None),
            "answers": sum(map(is_answer, messages)),
            "messages": len(spoken),
        }
    )


def reckon(work: UnitOfWork, conversation_id: int) -> None:
    """Brings counters, clocks and search up to what the messages say; to be called after any of them changed."""
    head = facts.head(work.session, conversation_id)
    messages = facts.said(work.session, conversation_id)
    if head.state == ConversationState.WAITING and came_back(messages):
        head = replace(head, state=ConversationState.OPEN)
    hours = settings.profile(work.session).hours
    found = values(head, messages, hours=hours, standards=facts.standards(work.session))
    rows.set_values(work, Conversation, conversation_id, state=head.state, **found)
    for message_id, subject, words in facts.unfiled(work.session, conversation_id):
        search.put(work.session, kind="mail", record_id=message_id, title=subject, text=words)
