"""A mail comes in: its bytes are kept before anybody tries to understand them.

Bytes, message and watermark are written in one transaction; reading is another one (see conversations/joining.py).
"""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from backoffice.core.crash import crash
from backoffice.mail import raw as raw_mails
from backoffice.mail.model import Arrival, MailFolder, Message
from backoffice.mail.queries import arrival_known, message_of_raw
from backoffice.store import rows
from backoffice.store.prepared import Prepared
from backoffice.store.unit_of_work import UnitOfWork

LARGEST = 25_000_000
"""Bytes of a mail; a larger one stays where it is and is listed."""

_F = rows.table_of(MailFolder).c
_REACHED = Prepared(
    sa.update(MailFolder)
    .where(_F.id == sa.bindparam("folder"), _F.uidvalidity == sa.bindparam("validity"), _F.last_uid < sa.bindparam("u"))
    .values(last_uid=sa.bindparam("u"))
)


class Taken(NamedTuple):
    """The message a mail is kept as; `new` is False where the same bytes were here already."""

    message_id: int
    new: bool


class Place(NamedTuple):
    """Where on a server a mail lies."""

    folder_id: int
    uidvalidity: int
    uid: int


def take_in(
    work: UnitOfWork,
    raw: bytes,
    *,
    account_id: int | None = None,
    place: Place | None = None,
    at: datetime | None = None,
    history: bool = False,
) -> Taken:
    """Keeps a mail's bytes, to be read later; the same bytes twice are one message, wherever they came from.

    `at` is when it came in (now), `place` where the server has it: then the folder's watermark moves to it.
    """
    taken = _kept(work, raw, account_id=account_id, at=at or work.now, history=history)
    if place is not None:
        reached(work, place, size=len(raw), message_id=taken.message_id)
    crash("mail.took-in")
    return taken


def reached(
    work: UnitOfWork, place: Place, *, size: int, message_id: int | None, subject: str = "", sender: str = ""
) -> None:
    """Writes down that this mail of a server was dealt with; without a message it was too large and stays there."""
    if not arrival_known(work.session, *place):
        rows.insert(work, Arrival, **place._asdict(), size=size, message_id=message_id, subject=subject, sender=sender)
    rows.change(work, MailFolder, _REACHED, folder=place.folder_id, validity=place.uidvalidity, u=place.uid)


def _kept(work: UnitOfWork, raw: bytes, *, account_id: int | None, at: datetime, history: bool) -> Taken:
    raw_id, new = raw_mails.keep(work, raw)
    if not new and (known := message_of_raw(work.session, raw_id)) is not None:
        return Taken(known, False)
    message_id = rows.insert(work, Message, account_id=account_id, raw_id=raw_id, at=at, history=history)
    return Taken(message_id, True)
