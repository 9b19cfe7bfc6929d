"""Macros: a template filled into the draft and what is done with the conversation, in one step that can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from backoffice.core.errors import Refused
from backoffice.core.text import one_line
from backoffice.mail.answering import drafts, library, queries
from backoffice.mail.answering.model import Macro
from backoffice.mail.answering.queries import DraftRow, MacroRow
from backoffice.mail.conversations import states
from backoffice.mail.conversations.queries import facts
from backoffice.mail.conversations.queries.facts import Head
from backoffice.mail.model import ConversationState
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

MOST_ACTIONS, LONGEST_NAME, MOST_DAYS = 10, 80, 365


@dataclass(frozen=True, slots=True)
class Applied:
    """What a macro changed, as it was before: `undo` takes it."""

    before: Head
    draft: DraftRow | None


def save(
    work: UnitOfWork, *, name: str, template: str, actions: Sequence[dict[str, Any]], macro_id: int | None = None
) -> int:
    """Keeps a macro; its id. `actions` are done in their order:

    {"do": "close"} · {"do": "snooze", "days": 3} · {"do": "tag", "tag": "…"} · {"do": "assign", "to": "…"}.
    Refuses `mail.bad-macro`, `mail.macro-known` (facts: name), and `mail.unknown` for a template that is not there.
    """
    name = one_line(name)
    if not 0 < len(name) <= LONGEST_NAME or len(actions) > MOST_ACTIONS or not all(map(_can_be_done, actions)):
        raise Refused("mail.bad-macro")
    library.template(work.session, template, "")
    if any(each.name == name and each.id != macro_id for each in queries.macros(work.session)):
        raise Refused("mail.macro-known", name=name)
    values = {"name": name, "template": template, "actions": list(actions), "archived": False}
    work.record("mail.macro-saved", name=name)
    if macro_id is None:
        return rows.insert(work, Macro, **values)
    work.get(Macro, macro_id)
    rows.set_values(work, Macro, macro_id, **values)
    return macro_id


def put_away(work: UnitOfWork, macro_id: int) -> None:
    """The macro is no longer offered; `bring_back` is its inverse. Refuses `mail.unknown`."""
    work.get(Macro, macro_id)
    rows.set_values(work, Macro, macro_id, archived=True)


def bring_back(work: UnitOfWork, macro_id: int) -> None:
    """The macro is offered again. Refuses `mail.unknown`."""
    work.get(Macro, macro_id)
    rows.set_values(work, Macro, macro_id, archived=False)


def apply(work: UnitOfWork, macro_id: int, conversation_id: int) -> Applied:
    """Writes the draft of the person at work and does the macro's actions; what `undo` needs.

    Receivers a draft already has stay, else whoever asked last is answered. Refuses `mail.unknown`.
    """
    macro = _macro(work, macro_id)
    before = facts.head(work.session, conversation_id)
    draft = queries.current(work.session, conversation_id, work.who)
    filled = library.fill(work.session, macro.template, conversation_id, now=work.now, who=work.who)
    asked = queries.newest_asked(work.session, conversation_id)
    drafts.keep(
        work,
        conversation_id,
        to=draft.to if draft and draft.to else asked.from_address if asked else "",
        cc=draft.cc if draft else "",
        subject=filled.subject,
        text=filled.text,
        template=macro.template,
        attachments=draft.attachments if draft else (),
        account_id=draft.account_id if draft else None,
    )
    for action in macro.actions:
        _do(work, conversation_id, action)
    return Applied(before, draft)


def undo(work: UnitOfWork, applied: Applied) -> None:
    """Conversation and draft are as they were before the macro."""
    was, now = applied.before, facts.head(work.session, applied.before.id)
    for word in now.tags:
        if word not in was.tags:
            states.untag(work, was.id, word)
    if now.assigned_to != was.assigned_to:
        states.assign(work, was.id, was.assigned_to)
    if now.state == ConversationState.CLOSED != was.state:
        states.reopen(work, was.id)
    if now.snoozed_until != was.snoozed_until:
        if was.snoozed_until is not None and was.snoozed_until > work.now:
            states.snooze(work, was.id, was.snoozed_until)
        else:
            states.wake(work, was.id)
    _draft_as_it_was(work, was.id, applied.draft)


def _draft_as_it_was(work: UnitOfWork, conversation_id: int, draft: DraftRow | None) -> None:
    if draft is None:
        drafts.drop(work, conversation_id)
        return
    drafts.keep(
        work,
        conversation_id,
        to=draft.to,
        cc=draft.cc,
        subject=draft.subject,
        text=draft.text,
        template=draft.template,
        attachments=draft.attachments,
        account_id=draft.account_id,
    )


def _macro(work: UnitOfWork, macro_id: int) -> MacroRow:
    found = next((each for each in queries.macros(work.session) if each.id == macro_id), None)
    if found is None:
        raise Refused("mail.unknown", id=macro_id)
    return found


def _can_be_done(action: dict[str, Any]) -> bool:
    match action:
        case {"do": "close", **rest}:
            return not rest
        case {"do": "snooze", "days": int(days)}:
            return 1 <= days <= MOST_DAYS
        case {"do": "tag", "tag": str(tag)}:
            return 0 < len(one_line(tag)) <= states.LONGEST_TAG
        case {"do": "assign", "to": str(who)}:
            return len(one_line(who)) <= states.LONGEST_NAME
    return False


def _do(work: UnitOfWork, conversation_id: int, action: dict[str, Any]) -> None:
    match action:
        case {"do": "close"}:
            if facts.head(work.session, conversation_id).state != ConversationState.CLOSED:
                states.close(work, conversation_id)
        case {"do": "snooze", "days": int(days)}:
            states.snooze(work, conversation_id, work.now + timedelta(days=days))
        case {"do": "tag", "tag": str(tag)}:
            states.tag(work, conversation_id, tag)
        case {"do": "assign", "to": str(who)}:
            states.assign(work, conversation_id, who)
