"""What is asked while answering: templates, drafts, macros, rules, and what was confirmed or is to be looked at."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.mail.answering.model import Draft, MailSettings, MailTemplate
from backoffice.mail.model import Message, MessageState
from backoffice.store.prepared import Prepared
from backoffice.store.rows import table_of

_T = table_of(MailTemplate).c
_D = table_of(Draft).c
_M = table_of(Message).c
_S = table_of(MailSettings).c


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A template as the shop wrote it."""

    id: int
    code: str
    language: str
    name: str
    subject: str
    text: str
    topic: str
    archived: bool
    version: int


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What somebody has begun to write."""

    id: int
    conversation_id: int | None
    who: str
    account_id: int | None
    to: str
    cc: str
    subject: str
    text: str
    template: str
    attachments: list[dict[str, Any]]
    seen_message_id: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Setup:
    """How the desk works; what it begins with where nobody set anything."""

    acknowledge: bool = False
    stopped_at: datetime | None = None
    notices: tuple[str, ...] = ()
    answer_minutes: int = 240
    next_minutes: int = 240
    undo_seconds: int = 15


_OWN = Prepared(sa.select(*(_T[field.name] for field in fields(OwnTemplate))).order_by(_T.code, _T.language))
_ONE_OWN = Prepared(
    sa.select(*(_T[field.name] for field in fields(OwnTemplate))).where(
        _T.code == sa.bindparam("code"), _T.language == sa.bindparam("language")
    )
)
_DRAFT = Prepared(
    sa.select(*(_D[field.name] for field in fields(DraftRow))).where(
        _D.conversation_id == sa.bindparam("conversation"), _D.who == sa.bindparam("who")
    )
)
_NEWEST = Prepared(
    sa.select(sa.func.coalesce(sa.func.max(_M.id), 0)).where(
        _M.conversation_id == sa.bindparam("conversation"), _M.state == MessageState.THREADED
    )
)
_SETUP = Prepared(sa.select(*(_S[field.name] for field in fields(Setup))))


def own_templates(session: Session) -> list[OwnTemplate]:
    """Every template the shop wrote or reworded, archived ones too."""
    return [OwnTemplate(*row) for row in _OWN.all(session)]


def own_template(session: Session, code: str, language: str) -> OwnTemplate | None:
    """The shop's own wording of one template."""
    found = _ONE_OWN.one(session, code=code, language=language)
    return OwnTemplate(*found) if found else None


def current(session: Session, conversation_id: int, who: str) -> DraftRow | None:
    """What this person has begun to write in this conversation."""
    found = _DRAFT.one(session, conversation=conversation_id, who=who)
    return DraftRow(*found) if found else None


def newest_message(session: Session, conversation_id: int) -> int:
    """The id of the newest message in a conversation; 0 in an empty one."""
    found = _NEWEST.one(session, conversation=conversation_id)
    return int(found[0]) if found else 0


def setup(session: Session) -> Setup:
    """How the desk works."""
    found = _SETUP.one(session)
    if found is None:
        return Setup()
    acknowledge, stopped_at, notices, *standards = found
    return Setup(acknowledge, stopped_at, tuple(notices), *standards)
