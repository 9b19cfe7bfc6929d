"""What is asked while answering: templates, drafts, macros, rules, and what was confirmed or is to be looked at."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.mail.answering.model import (
    Draft,
    KeywordRule,
    Macro,
    MailSettings,
    MailTemplate,
)
from backoffice.mail.model import (
    Attachment,
    Conversation,
    Direction,
    FileContent,
    MailAccount,
    MailKind,
    Message,
    MessageState,
)
from backoffice.mail.outbox.model import OutboxState, OutgoingMail, Purpose
from backoffice.store.prepared import Prepared
from backoffice.store.rows import table_of

_T = table_of(MailTemplate).c
_D = table_of(Draft).c
_M = table_of(Message).c
_S = table_of(MailSettings).c
_A = table_of(MailAccount).c
_C = table_of(Conversation).c
_O = table_of(OutgoingMail).c
_AT = table_of(Attachment).c
_FC = table_of(FileContent).c
_RULE = table_of(KeywordRule).c
_MACRO = table_of(Macro).c


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


@dataclass(frozen=True, slots=True)
class AccountRow:
    """From whom an answer goes."""

    id: int
    address: str
    from_name: str
    signature: str


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A keyword rule as the shop wrote it."""

    id: int
    topic: str
    language: str
    phrases: list[dict[str, Any]]
    template: str
    automatic: bool
    bar: int
    active: bool
    version: int


@dataclass(frozen=True, slots=True)
class MacroRow:
    """A template and what is done with the conversation."""

    id: int
    name: str
    template: str
    actions: list[dict[str, Any]]
    archived: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wrote, without what they quoted."""

    message_id: int
    conversation_id: int
    from_address: str
    subject: str
    new_text: str
    acknowledge: bool
    third_party: bool


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
_ACCOUNTS = Prepared(
    sa.select(*(_A[field.name] for field in fields(AccountRow))).where(_A.active == sa.true()).order_by(_A.id)
)
_CONTENT = Prepared(sa.select(_FC.content).where(_FC.sha256 == sa.bindparam("digest")))
_FILES = Prepared(
    sa.select(_AT.sha256, _AT.name, _AT.media_type).where(_AT.message_id == sa.bindparam("message")).order_by(_AT.id)
)
_OVERTAKEN = Prepared(
    sa.select(_M.id)
    .where(
        _M.conversation_id == sa.bindparam("conversation"),
        _M.id > sa.bindparam("seen"),
        _M.state == MessageState.THREADED,
        sa.or_(
            _M.direction == Direction.INBOUND,
            sa.and_(_M.who != sa.bindparam("who", type_=sa.String), _M.kind != MailKind.AUTOMATIC),
        ),
    )
    .limit(1)
)
_ANSWERS = (
    sa.select(_M.text, _M.new_length)
    .join_from(OutgoingMail, Message, _M.id == _O.message_id)
    .where(_O.purpose == Purpose.ANSWER, _O.state != OutboxState.CANCELLED, _O.state != OutboxState.FAILED)
    .order_by(_O.id.desc())
    .limit(1)
)
_LAST_HERE = Prepared(_ANSWERS.where(_O.conversation_id == sa.bindparam("conversation")))
_LAST_TO = Prepared(
    _ANSWERS.where(_O.conversation_id.in_(sa.select(_C.id).where(_C.customer_id == sa.bindparam("customer"))))
)
_LATER = Prepared(
    sa.select(_O.id, _O.message_id, _M.who)
    .join_from(OutgoingMail, Message, _M.id == _O.message_id)
    .where(
        _O.conversation_id == sa.bindparam("conversation"),
        _O.state == OutboxState.QUEUED,
        _O.send_later == sa.true(),
    )
    .order_by(_O.id)
)
_RULES = Prepared(sa.select(*(_RULE[field.name] for field in fields(OwnRule))).order_by(_RULE.topic, _RULE.language))
_ASKED = (
    sa.select(
        _M.id,
        _M.conversation_id,
        _M.from_address,
        _M.subject,
        sa.func.substr(_M.text, 1, _M.new_length),
        _M.acknowledge,
        _M.third_party,
    )
    .where(_M.state == MessageState.THREADED, _M.direction == Direction.INBOUND, _M.kind == MailKind.HUMAN)
    .order_by(_M.id.desc())
)
_NEWEST_ASKED = Prepared(_ASKED.where(_M.conversation_id == sa.bindparam("conversation")).limit(1))
_ASKED_LAST = Prepared(_ASKED.limit(sa.bindparam("limit")))
_MACROS = Prepared(sa.select(*(_MACRO[field.name] for field in fields(MacroRow))).order_by(_MACRO.name))
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


def account_for(session: Session, *wanted: int | None) -> AccountRow | None:
    """The first of these accounts that is in use, else the oldest in use."""
    active = {row[0]: AccountRow(*row) for row in _ACCOUNTS.all(session)}
    known = [active[each] for each in wanted if each in active]
    return next(iter([*known, *active.values()]), None)


def content(session: Session, sha256: str) -> bytes | None:
    """A file's bytes."""
    found = _CONTENT.one(session, digest=sha256)
    return bytes(found[0]) if found else None


def files_of(session: Session, message_id: int) -> list[tuple[str, str, str]]:
    """(sha256, name, media type) of a message's files."""
    return [(row[0], row[1], row[2]) for row in _FILES.all(session, message=message_id)]


def overtaken_by(session: Session, conversation_id: int, seen: int, who: str) -> int | None:
    """A message that came in, or that somebody else wrote, after the one this person saw last."""
    found = _OVERTAKEN.one(session, conversation=conversation_id, seen=seen, who=who)
    return int(found[0]) if found else None


def last_answer(session: Session, conversation_id: int, customer_id: int | None) -> str:
    """What this customer was last answered, in whatever conversation; "" where they never were."""
    found = (
        _LAST_HERE.one(session, conversation=conversation_id)
        if customer_id is None
        else _LAST_TO.one(session, customer=customer_id)
    )
    return str(found[0])[: found[1]] if found else ""


def later_ones(session: Session, conversation_id: int) -> list[tuple[int, int, str]]:
    """(outbox id, message, who wrote it) of what is to be sent later in a conversation."""
    return [(int(row[0]), int(row[1]), str(row[2])) for row in _LATER.all(session, conversation=conversation_id)]


def own_rules(session: Session) -> list[OwnRule]:
    """The keyword rules the shop changed or wrote."""
    return [OwnRule(*row) for row in _RULES.all(session)]


def newest_asked(session: Session, conversation_id: int) -> Asked | None:
    """The newest mail a person wrote in a conversation."""
    found = _NEWEST_ASKED.one(session, conversation=conversation_id)
    return Asked(*found) if found else None


def asked_last(session: Session, *, limit: int) -> list[Asked]:
    """The last mails that people wrote, the newest first."""
    return [Asked(*row) for row in _ASKED_LAST.all(session, limit=limit)]


def macros(session: Session) -> list[MacroRow]:
    """Every macro by name, archived ones too."""
    return [MacroRow(*row) for row in _MACROS.all(session)]
