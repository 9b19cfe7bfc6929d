"""What somebody has begun to write: kept with every pause of the typing, so that no crash takes it."""

import hashlib
from collections.abc import Sequence
from typing import Any

from backoffice.core.errors import Refused
from backoffice.core.paths import safe_file_name
from backoffice.mail.answering import queries
from backoffice.mail.answering.model import Draft
from backoffice.mail.conversations.queries import facts
from backoffice.mail.model import FileContent
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

LONGEST = 200_000
"""Characters of a text."""
LARGEST_FILES = 20_000_000
"""Bytes of all files together: more do not go through most servers once they are written as mail."""
_LONGEST_LINE = 2000


def keep(
    work: UnitOfWork,
    conversation_id: int,
    *,
    to: str,
    cc: str = "",
    subject: str,
    text: str,
    template: str = "",
    attachments: Sequence[dict[str, Any]] = (),
    account_id: int | None = None,
    who: str | None = None,
) -> int:
    """Keeps what the person at work, or `who`, has begun to write in this conversation; the draft's id.

    Receivers as typed, parted by commas; `attachments` as `attach` answers them. What is new in the conversation from
    now on is a collision. Refuses `mail.unknown` and `mail.too-long`.
    """
    head = facts.head(work.session, conversation_id)
    if len(text) > LONGEST or max(len(to), len(cc), len(subject)) > _LONGEST_LINE:
        raise Refused("mail.too-long", longest=LONGEST if len(text) > LONGEST else _LONGEST_LINE)
    values = {"to": to, "cc": cc, "subject": subject, "text": text, "template": template, "updated_at": work.now}
    values |= {"attachments": list(attachments), "account_id": account_id}
    who = work.who if who is None else who
    known = queries.current(work.session, head.id, who)
    if known is not None:
        rows.set_values(work, Draft, known.id, **values)
        return known.id
    newest = queries.newest_message(work.session, head.id)
    return rows.insert(work, Draft, conversation_id=head.id, who=who, seen_message_id=newest, **values)


def attach(work: UnitOfWork, name: str, media_type: str, content: bytes) -> dict[str, str]:
    """Keeps a file's bytes once; what stands for it in a draft. Refuses `mail.files-too-large`."""
    if len(content) > LARGEST_FILES:
        raise Refused("mail.files-too-large", most=LARGEST_FILES // 1_000_000)
    digest = hashlib.sha256(content).hexdigest()
    if queries.content(work.session, digest) is None:
        rows.insert(work, FileContent, sha256=digest, size=len(content), content=content)
    return {"sha256": digest, "name": safe_file_name(name), "media_type": media_type}


def drop(work: UnitOfWork, conversation_id: int) -> None:
    """Forgets what the person at work has begun here; nothing happens where there is nothing."""
    known = queries.current(work.session, conversation_id, work.who)
    if known is not None:
        work.session.delete(work.get(Draft, known.id))
        work.session.flush()


def look_again(work: UnitOfWork, conversation_id: int) -> None:
    """The person has seen what is new: it stands in nobody's way any more. Refuses `mail.no-draft`."""
    known = queries.current(work.session, conversation_id, work.who)
    if known is None:
        raise Refused("mail.no-draft")
    newest = queries.newest_message(work.session, conversation_id)
    rows.set_values(work, Draft, known.id, seen_message_id=newest)
