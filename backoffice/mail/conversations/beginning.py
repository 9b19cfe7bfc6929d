"""A conversation begins: its number, and the line in the list."""

from datetime import datetime
from typing import Any

from backoffice.mail.conversations import subjects
from backoffice.mail.model import Conversation, ConversationState
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork


def begin(
    work: UnitOfWork, subject: str, *, at: datetime, state: ConversationState = ConversationState.OPEN, **more: Any
) -> int:
    """A conversation without messages; its id, which is its number too and never given again."""
    conversation_id = rows.next_id(work, Conversation)
    return rows.insert(
        work,
        Conversation,
        id=conversation_id,
        number=str(conversation_id),
        subject=subjects.bare(subject),
        subject_key=subjects.key(subject),
        state=state,
        opened_at=at,
        last_at=at,
        closed_at=at if state == ConversationState.CLOSED else None,
        **more,
    )
