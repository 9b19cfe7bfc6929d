"""What is done with a conversation: close, reopen, snooze, assign, tag, attach, spam. Each has its inverse."""

from datetime import UTC, datetime
from typing import Any

from backoffice.core.errors import Refused
from backoffice.core.text import one_line
from backoffice.customers import queries as customers
from backoffice.mail.conversations import clocks
from backoffice.mail.conversations.queries import facts
from backoffice.mail.conversations.queries.facts import Head
from backoffice.mail.model import Conversation, ConversationState, Message, MessageState
from backoffice.orders.queries import facts as orders
from backoffice.store import rows, search
from backoffice.store.unit_of_work import UnitOfWork

UNTIL_SOMETHING_HAPPENS = datetime(9999, 1, 1, tzinfo=UTC)
"""Snoozed without a date: until a reply or something new of the order."""
LONGEST_TAG = 60
LONGEST_NAME = 100


def close(work: UnitOfWork, conversation_id: int) -> None:
    """Nothing is left to be said. Refuses `mail.unknown`, `mail.closed-already`."""
    head = _of(work, conversation_id)
    if head.state == ConversationState.CLOSED:
        raise Refused("mail.closed-already", number=head.number)
    _change(work, head, "mail.closed", state=ConversationState.CLOSED, closed_at=work.now, snoozed_until=None)


def reopen(work: UnitOfWork, conversation_id: int) -> None:
    """Somebody has to look at it again; who waits has waited all along. Refuses `mail.not-closed`."""
    head = _of(work, conversation_id)
    if head.state != ConversationState.CLOSED:
        raise Refused("mail.not-closed", number=head.number)
    _change(work, head, "mail.reopened", state=_open_or_waiting(work, head), closed_at=None)


def wait_for_customer(work: UnitOfWork, conversation_id: int) -> None:
    """The customer has the next word: the clocks pause."""
    head = _of(work, conversation_id)
    _change(work, head, "mail.waiting", state=ConversationState.WAITING, closed_at=None)


def keep_open(work: UnitOfWork, conversation_id: int) -> None:
    """We have the next word, although we have answered: something is to be heard from us every 48 hours."""
    head = _of(work, conversation_id)
    _change(work, head, "mail.kept-open", state=ConversationState.OPEN, closed_at=None)


def answered(work: UnitOfWork, conversation_id: int) -> None:
    """An answer was put on its way: the customer has the next word."""
    head = _of(work, conversation_id)
    values = {"state": ConversationState.WAITING, "closed_at": None, "snoozed_until": None}
    rows.set_values(work, Conversation, head.id, **values, version=head.version + 1)
    clocks.reckon(work, head.id)


def unanswered(work: UnitOfWork, conversation_id: int) -> None:
    """An answer was taken back or will never leave: who waited before waits again, since then."""
    head = _of(work, conversation_id)
    waits = clocks.waits(facts.said(work.session, head.id))
    if waits and head.state == ConversationState.WAITING:
        values = {"state": ConversationState.OPEN, "version": head.version + 1}
        rows.set_values(work, Conversation, head.id, **values)
    clocks.reckon(work, head.id)


def snooze(work: UnitOfWork, conversation_id: int, until: datetime | None) -> None:
    """Hides it until then, a reply or news of its order, whichever comes first; None: no date. No clock stops.

    Refuses `mail.past-time`.
    """
    head = _of(work, conversation_id)
    if until is not None and until <= work.now:
        raise Refused("mail.past-time")
    _change(work, head, "mail.snoozed", snoozed_until=until or UNTIL_SOMETHING_HAPPENS)


def wake(work: UnitOfWork, conversation_id: int) -> None:
    """It is in the lists again; nothing happens where it was."""
    head = _of(work, conversation_id)
    if head.snoozed_until is not None:
        _change(work, head, "mail.woken", snoozed_until=None)


def wake_for_order(work: UnitOfWork, order_id: int) -> None:
    """Something happened to an order: the conversations about it that were snoozed are in the lists again."""
    for conversation_id in facts.snoozed_of_order(work.session, order_id):
        wake(work, conversation_id)


def assign(work: UnitOfWork, conversation_id: int, who: str) -> None:
    """It is this person's; "" nobody's."""
    head = _of(work, conversation_id)
    name = one_line(who[: 4 * LONGEST_NAME])[:LONGEST_NAME]
    _change(work, head, "mail.assigned" if name else "mail.unassigned", {"to": name}, assigned_to=name)


def tag(work: UnitOfWork, conversation_id: int, text: str) -> None:
    """One tag more. Refuses `mail.bad-tag`."""
    head = _of(work, conversation_id)
    word = one_line(text[: 4 * LONGEST_TAG])
    if not word or len(word) > LONGEST_TAG:
        raise Refused("mail.bad-tag")
    if word not in head.tags:
        _change(work, head, "mail.tagged", {"tag": word}, tags=[*head.tags, word])


def untag(work: UnitOfWork, conversation_id: int, text: str) -> None:
    """One tag less; nothing happens where it was not."""
    head = _of(work, conversation_id)
    if text in head.tags:
        _change(work, head, "mail.untagged", {"tag": text}, tags=[one for one in head.tags if one != text])


def set_topic(work: UnitOfWork, conversation_id: int, topic: str) -> None:
    """What it is about, for the figures; "" nothing known."""
    _change(work, _of(work, conversation_id), "mail.topic-set", {"topic": topic}, topic=topic)


def look_away(work: UnitOfWork, conversation_id: int) -> None:
    """What was flagged has been looked at."""
    _change(work, _of(work, conversation_id), "", flagged="")


def attach_order(work: UnitOfWork, conversation_id: int, order_id: int | None) -> None:
    """It is about this order, or about none; an order's customer becomes the conversation's where it has none.

    Refuses `orders.unknown`, `mail.other-customer` where the order is somebody else's.
    """
    head = _of(work, conversation_id)
    values: dict[str, Any] = {"order_id": order_id}
    if order_id is not None:
        owner = orders.head(work.session, order_id).customer_id
        if owner is not None and head.customer_id not in (None, owner):
            raise Refused("mail.other-customer", number=head.number)
        values["customer_id"] = head.customer_id or owner
    _change(work, head, "mail.order-attached" if order_id else "mail.order-detached", **values)


def attach_customer(work: UnitOfWork, conversation_id: int, customer_id: int | None) -> None:
    """It is this customer's, or nobody's; an order that is not theirs goes. Refuses `customers.unknown`."""
    head = _of(work, conversation_id)
    values: dict[str, Any] = {"customer_id": None, "order_id": None}
    if customer_id is not None:
        values["customer_id"] = customer_id = customers.living(work.session, customer_id)
        owner = orders.head(work.session, head.order_id).customer_id if head.order_id else None
        values["order_id"] = head.order_id if owner == customer_id else None
    _change(work, head, "mail.customer-attached" if customer_id else "mail.customer-detached", **values)


def spam(work: UnitOfWork, message_id: int) -> None:
    """Sets a mail aside; a conversation of nothing else is closed and off the lists. Refuses `mail.not-a-mail`."""
    kept = facts.kept(work.session, message_id)
    if kept.state != MessageState.THREADED or kept.raw_id is None or kept.conversation_id is None:
        raise Refused("mail.not-a-mail")
    rows.set_values(work, Message, message_id, state=MessageState.SPAM)
    search.forget(work.session, kind="mail", record_id=message_id)
    head = _of(work, kept.conversation_id)
    if facts.said(work.session, head.id):
        _change(work, head, "mail.spam")
    else:
        _change(work, head, "mail.spam", state=ConversationState.CLOSED, closed_at=work.now, listed=False)


def not_spam(work: UnitOfWork, message_id: int) -> None:
    """Puts it back among the others, and its conversation on the lists. Refuses `mail.not-spam`."""
    kept = facts.kept(work.session, message_id)
    if kept.state != MessageState.SPAM or kept.conversation_id is None:
        raise Refused("mail.not-spam")
    rows.set_values(work, Message, message_id, state=MessageState.THREADED)
    head = _of(work, kept.conversation_id)
    if head.listed:
        _change(work, head, "mail.not-spam")
    else:
        _change(work, head, "mail.not-spam", listed=True, closed_at=None, state=_open_or_waiting(work, head))


def _of(work: UnitOfWork, conversation_id: int) -> Head:
    head = facts.head(work.session, conversation_id)
    if head.merged_into is not None:
        raise Refused("mail.merged", number=head.number)
    return head


def _open_or_waiting(work: UnitOfWork, head: Head) -> ConversationState:
    waits = clocks.waits(facts.said(work.session, head.id))
    return ConversationState.OPEN if waits else ConversationState.WAITING


def _change(work: UnitOfWork, head: Head, verb: str, told: dict[str, Any] | None = None, **values: Any) -> None:
    """Writes the columns, counts the change, brings the clocks up to it and tells the history."""
    rows.set_values(work, Conversation, head.id, **values, version=head.version + 1)
    clocks.reckon(work, head.id)
    if verb:
        about = {
            "customer_id": values.get("customer_id", head.customer_id),
            "order_id": values.get("order_id", head.order_id),
        }
        work.record(verb, **about, conversation=head.number, **(told or {}))
