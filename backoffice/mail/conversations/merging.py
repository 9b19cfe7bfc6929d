"""Two conversations made one, and one parted; both can be taken back, each moved message by its id."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.mail.conversations import clocks, subjects
from backoffice.mail.conversations.above import OUTGOING
from backoffice.mail.conversations.beginning import begin
from backoffice.mail.conversations.queries import facts
from backoffice.mail.conversations.queries.facts import Head
from backoffice.mail.model import Conversation, ConversationMove, ConversationState, Message, ThreadReason
from backoffice.store import rows
from backoffice.store.prepared import Prepared, among
from backoffice.store.unit_of_work import UnitOfWork

_M = rows.table_of(Message).c
_REMEMBERED = (
    "state",
    "customer_id",
    "order_id",
    "flagged",
    "closed_at",
    "snoozed_until",
    "promised_at",
    "subject_key",
)


def merge(work: UnitOfWork, kept_id: int, gone_id: int) -> int:
    """Everything said in the second stands in the first from now on; the move's id, for the record.

    Refuses `mail.merge-self`, `mail.merged` for one that was merged already, and `mail.merge-customers` where the
    two are two customers': a conversation has one customer at most.
    """
    if kept_id == gone_id:
        raise Refused("mail.merge-self")
    kept, gone = (_standing(work, one) for one in (kept_id, gone_id))
    if None not in (kept.customer_id, gone.customer_id) and kept.customer_id != gone.customer_id:
        raise Refused("mail.merge-customers", number=kept.number, other=gone.number)
    messages = facts.messages_in(work.session, gone_id)
    moved = {"messages": messages, "kept": _before(kept), "gone": _before(gone)}
    move = work.add(ConversationMove(what="merge", kept_id=kept_id, gone_id=gone_id, at=work.now, moved=moved))
    _move(work, messages, kept_id)
    values: dict[str, Any] = {
        "customer_id": kept.customer_id if kept.customer_id is not None else gone.customer_id,
        "order_id": kept.order_id if kept.order_id is not None else gone.order_id,
        "version": kept.version + 1,
        "promised_at": min(filter(None, (kept.promised_at, gone.promised_at)), default=None),
    }
    if ConversationState.OPEN in (kept.state, gone.state):
        values |= {"state": ConversationState.OPEN, "closed_at": None}
    rows.set_values(work, Conversation, kept_id, **values)
    rows.set_values(work, Conversation, gone_id, listed=False, merged_into=kept_id, version=gone.version + 1)
    _reckon(work, kept_id, gone_id)
    _tell(work, "mail.merged", kept, gone)
    return int(move.id or 0)


def unmerge(work: UnitOfWork, gone_id: int) -> None:
    """Takes the two apart again: what was moved goes back, what came since stays with the first.

    Refuses `mail.not-merged`, and `mail.merge-later` where the first was merged on since.
    """
    move = _last(work, "merge", gone_id=gone_id)
    kept, gone = facts.head(work.session, move.kept_id), facts.head(work.session, gone_id)
    if not kept.listed:
        raise Refused("mail.merge-later", number=kept.number)
    _move_back(work, move.moved["messages"], move.kept_id, gone_id)
    _put_back(work, gone, move.moved["gone"], listed=True, merged_into=None)
    _put_back_unless_changed(work, kept, move.moved["kept"])
    move.undone_at = work.now
    work.session.flush()
    _reckon(work, move.kept_id, gone_id)
    _tell(work, "mail.unmerged", kept, gone)


def split(work: UnitOfWork, message_id: int) -> int:
    """A message, and those after it under the same subject, become a conversation of their own; its id.

    Refuses `mail.unknown`, and `mail.nothing-left` where nothing would stay behind.
    """
    kept = facts.kept(work.session, message_id)
    if kept.conversation_id is None:
        raise Refused("mail.unknown", id=message_id)
    old = _standing(work, kept.conversation_id)
    messages = _under_same_subject(work, old.id, message_id, kept.subject)
    if len(messages) == len(facts.messages_in(work.session, old.id)):
        raise Refused("mail.nothing-left", number=old.number)
    customer_id = None if facts.is_third_party(work.session, message_id) else old.customer_id
    new_id = begin(
        work,
        kept.subject,
        at=kept.at,
        account_id=old.account_id,
        customer_id=customer_id,
        language=old.language,
    )
    moved = {
        "messages": messages,
        "kept": _before(old),
        "gone": {},
        "reason": facts.reason_of(work.session, message_id),
    }
    work.add(ConversationMove(what="split", kept_id=old.id, gone_id=new_id, at=work.now, moved=moved))
    _move(work, messages, new_id)
    rows.set_values(work, Message, message_id, reason=ThreadReason.SPLIT)
    rows.set_values(work, Conversation, old.id, flagged="", version=old.version + 1)
    if not clocks.waits(facts.said(work.session, old.id)) and old.state == ConversationState.OPEN:
        rows.set_values(work, Conversation, old.id, state=ConversationState.WAITING)
    if not clocks.waits(facts.said(work.session, new_id)):
        rows.set_values(work, Conversation, new_id, state=ConversationState.WAITING)
    _reckon(work, old.id, new_id)
    _tell(work, "mail.split", old, facts.head(work.session, new_id))
    return new_id


def unsplit(work: UnitOfWork, new_id: int) -> None:
    """Puts together again what was parted, with all that came since. Refuses `mail.not-split`, `mail.merge-later`."""
    move = _last(work, "split", gone_id=new_id)
    old, new = facts.head(work.session, move.kept_id), facts.head(work.session, new_id)
    if not old.listed or not new.listed:
        raise Refused("mail.merge-later", number=old.number)
    _move(work, facts.messages_in(work.session, new_id), old.id)
    rows.set_values(work, Message, move.moved["messages"][0], reason=ThreadReason(move.moved["reason"]))
    rows.set_values(work, Conversation, new_id, listed=False, merged_into=old.id, version=new.version + 1)
    _put_back_unless_changed(work, old, move.moved["kept"])
    move.undone_at = work.now
    work.session.flush()
    _reckon(work, old.id, new_id)
    _tell(work, "mail.unsplit", old, new)


def _standing(work: UnitOfWork, conversation_id: int) -> Head:
    head = facts.head(work.session, conversation_id)
    if not head.listed:
        raise Refused("mail.merged", number=head.number)
    return head


def _last(work: UnitOfWork, what: str, *, gone_id: int) -> ConversationMove:
    move_id = facts.open_move(work.session, what, gone_id)
    found = work.session.get(ConversationMove, move_id) if move_id is not None else None
    if found is None:
        raise Refused("mail.not-merged" if what == "merge" else "mail.not-split")
    return found


def _under_same_subject(work: UnitOfWork, conversation_id: int, message_id: int, subject: str) -> list[int]:
    found, begun = [], False
    for one_id, one_subject in facts.subjects_in(work.session, conversation_id):
        begun = begun or one_id == message_id
        if one_id == message_id or (begun and subjects.key(one_subject) == subjects.key(subject)):
            found.append(one_id)
    return found


def _before(head: Head) -> dict[str, Any]:
    return {name: _plain(getattr(head, name)) for name in _REMEMBERED}


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _put_back(work: UnitOfWork, head: Head, before: dict[str, Any], **more: Any) -> None:
    values: dict[str, Any] = {
        name: datetime.fromisoformat(value) if name.endswith(("_at", "_until")) and value else value
        for name, value in before.items()
    }
    values["state"] = ConversationState(values["state"])
    rows.set_values(work, Conversation, head.id, **values, **more, version=head.version + 1)


def _put_back_unless_changed(work: UnitOfWork, head: Head, before: dict[str, Any]) -> None:
    """Customer and order go back to what they were where they came with the other; the state is what is still asked."""
    waits = clocks.waits(facts.said(work.session, head.id))
    state = head.state
    if state != ConversationState.CLOSED:
        state = ConversationState.OPEN if waits else ConversationState(before["state"])
    values = {"customer_id": before["customer_id"], "order_id": before["order_id"], "flagged": before["flagged"]}
    closed_at = datetime.fromisoformat(before["closed_at"]) if before["closed_at"] else head.closed_at
    values["closed_at"] = closed_at if state == ConversationState.CLOSED else None
    rows.set_values(work, Conversation, head.id, **values, state=state, version=head.version + 1)


def _move(work: UnitOfWork, messages: Sequence[int], to: int) -> None:
    """Moves messages, and what the outbox knows of them."""
    rows.change(work, Message, _MOVE, ids=list(messages), target=to)
    work.session.connection().execute(_MOVE_OUTGOING, {"ids": rows.json_text(list(messages)), "to": to})


def _move_back(work: UnitOfWork, messages: Sequence[int], kept_id: int, gone_id: int) -> None:
    still = [one for one in messages if one in set(facts.messages_in(work.session, kept_id))]
    _move(work, still, gone_id)


def _reckon(work: UnitOfWork, *conversations: int) -> None:
    for one in conversations:
        clocks.reckon(work, one)


def _tell(work: UnitOfWork, verb: str, kept: Head, other: Head) -> None:
    about = {"customer_id": kept.customer_id, "order_id": kept.order_id}
    work.record(verb, **about, conversation=kept.number, other=other.number)


_MOVE = Prepared(sa.update(Message).where(among(_M.id, "ids")).values(conversation_id=sa.bindparam("target")))
_MOVE_OUTGOING = sa.text(
    f"UPDATE {OUTGOING.name} SET conversation_id = :to WHERE message_id IN (SELECT value FROM json_each(:ids))"
)
