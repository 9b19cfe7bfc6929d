"""What is not a mail: notes among ourselves, calls and chats, in the same list of conversations."""

from backoffice.core.errors import Refused
from backoffice.customers import queries as customers
from backoffice.mail.conversations import clocks, tongue
from backoffice.mail.conversations.beginning import begin as begin_conversation
from backoffice.mail.conversations.queries import facts
from backoffice.mail.model import (
    Conversation,
    ConversationState,
    Direction,
    Medium,
    Message,
    MessageState,
    ThreadReason,
)
from backoffice.store import rows, search
from backoffice.store.unit_of_work import UnitOfWork

LONGEST = 20_000


def note(work: UnitOfWork, conversation_id: int, text: str) -> int:
    """A note that only the shop sees; the message's id. Refuses `mail.no-text`, `mail.too-long`, `mail.unknown`."""
    return _write(work, conversation_id, text, direction=Direction.NOTE, medium=Medium.MAIL)


def take_note_back(work: UnitOfWork, message_id: int) -> None:
    """Deletes a note of our own; nothing else can be deleted. Refuses `mail.not-a-note`."""
    found = work.get(Message, message_id)
    if found.direction != Direction.NOTE or found.raw_id is not None:
        raise Refused("mail.not-a-note")
    work.session.delete(found)
    work.session.flush()
    search.forget(work.session, kind="mail", record_id=message_id)
    clocks.reckon(work, found.conversation_id or 0)


def say(work: UnitOfWork, conversation_id: int, medium: Medium, text: str, *, inbound: bool) -> int:
    """What was said by phone or chat, in a conversation that is there; the message's id. Refuses as `note`.

    What a customer said and nobody answered starts the clock, what we said stops it.
    """
    direction = Direction.INBOUND if inbound else Direction.OUTBOUND
    message_id = _write(work, conversation_id, text, direction=direction, medium=medium)
    state = ConversationState.OPEN if inbound else ConversationState.WAITING
    rows.set_values(work, Conversation, conversation_id, state=state, closed_at=None, snoozed_until=None)
    clocks.reckon(work, conversation_id)
    return message_id


def begin(
    work: UnitOfWork, medium: Medium, *, customer_id: int | None, subject: str, text: str, inbound: bool = True
) -> int:
    """A conversation by phone or chat; its id. Refuses as `note`, and `customers.unknown`."""
    if customer_id is not None:
        customer_id = customers.living(work.session, customer_id)
    known = facts.language_of(work.session, customer_id) if customer_id is not None else ""
    language = known or tongue.guess(f"{subject} {text}")
    conversation_id = begin_conversation(work, subject, at=work.now, customer_id=customer_id, language=language)
    say(work, conversation_id, medium, text, inbound=inbound)
    work.record(f"mail.noted-{medium.value}", customer_id=customer_id, conversation=str(conversation_id))
    return conversation_id


def _write(work: UnitOfWork, conversation_id: int, text: str, *, direction: Direction, medium: Medium) -> int:
    text = text.strip()
    if not text:
        raise Refused("mail.no-text")
    if len(text) > LONGEST:
        raise Refused("mail.too-long", longest=LONGEST)
    head = facts.head(work.session, conversation_id)
    if head.merged_into is not None:
        raise Refused("mail.merged", number=head.number)
    message_id = rows.insert(
        work,
        Message,
        conversation_id=conversation_id,
        direction=direction,
        medium=medium,
        state=MessageState.THREADED,
        at=work.now,
        who="" if direction == Direction.INBOUND else work.who,
        subject=head.subject,
        text=text,
        new_length=len(text),
        reason=ThreadReason.WRITTEN,
    )
    if direction == Direction.NOTE:
        work.record("mail.noted", customer_id=head.customer_id, order_id=head.order_id, conversation=head.number)
    clocks.reckon(work, conversation_id)
    return message_id
