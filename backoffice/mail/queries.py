"""What every room of the mail desk asks: the bytes, the shop's own addresses, what is to be read."""

import zlib

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.mail.model import Arrival, MailAccount, Message, MessageState, RawMail
from backoffice.store.prepared import Prepared
from backoffice.store.rows import table_of

NOT_THREADED = "message.state <> 'threaded'"
"""As the partial index of the few says it: a value bound to a parameter would not lead SQLite there."""

_R = table_of(RawMail).c
_M = table_of(Message).c
_A = table_of(Arrival).c
_RAW = Prepared(sa.select(_R.id).where(_R.sha256 == sa.bindparam("digest")))
_OF_RAW = Prepared(sa.select(_M.id).where(_M.raw_id == sa.bindparam("raw")).order_by(_M.id).limit(1))
_ARRIVAL = Prepared(
    sa.select(_A.id).where(
        _A.folder_id == sa.bindparam("folder"),
        _A.uidvalidity == sa.bindparam("validity"),
        _A.uid == sa.bindparam("uid"),
    )
)
_BYTES = Prepared(sa.select(_R.packed).where(_R.id == sa.bindparam("raw")))
_TO_READ = Prepared(
    sa.select(_M.id, _M.raw_id)
    .where(_M.state == MessageState.TO_READ, sa.text(NOT_THREADED), _M.id > sa.bindparam("after"))
    .order_by(_M.id)
    .limit(sa.bindparam("limit"))
)
_UNREAD = Prepared(
    sa.select(sa.func.count()).select_from(Message).where(_M.state == MessageState.TO_READ, sa.text(NOT_THREADED))
)
_OWN = Prepared(sa.select(table_of(MailAccount).c.address))


def raw_known(session: Session, sha256: str) -> int | None:
    """The row that has the bytes of this hash."""
    found = _RAW.one(session, digest=sha256)
    return int(found[0]) if found else None


def message_of_raw(session: Session, raw_id: int) -> int | None:
    """The message these bytes are."""
    found = _OF_RAW.one(session, raw=raw_id)
    return int(found[0]) if found else None


def arrival_known(session: Session, folder_id: int, uidvalidity: int, uid: int) -> bool:
    """Whether this mail of a server was dealt with."""
    return _ARRIVAL.one(session, folder=folder_id, validity=uidvalidity, uid=uid) is not None


def raw_bytes(session: Session, raw_id: int) -> bytes:
    """The mail as it came or went; nothing where it was erased. Refuses `mail.unknown`."""
    found = _BYTES.one(session, raw=raw_id)
    if found is None:
        raise Refused("mail.unknown", id=raw_id)
    return zlib.decompress(found[0]) if found[0] else b""


def to_read(session: Session, *, after: int = 0, limit: int = 200) -> list[tuple[int, int]]:
    """(message, its bytes' row) of the mails nobody has read yet, in the order they came."""
    return [(int(row[0]), int(row[1])) for row in _TO_READ.all(session, after=after, limit=limit)]


def next_to_read(session: Session, *, after: int, most: int, most_bytes: int) -> list[tuple[int, bytes]]:
    """(message, its bytes) of the next mails to be read: some, but at least one where there is any."""
    found: list[tuple[int, bytes]] = []
    size = 0
    for message_id, raw_id in to_read(session, after=after, limit=most):
        found.append((message_id, raw_bytes(session, raw_id)))
        size += len(found[-1][1])
        if size >= most_bytes:
            break
    return found


def unread_mails(session: Session) -> int:
    """How many mails are to be read."""
    found = _UNREAD.one(session)
    return int(found[0]) if found else 0


def own_addresses(session: Session) -> frozenset[str]:
    """The addresses of the shop's mailboxes, in lower case."""
    return frozenset(str(row[0]) for row in _OWN.all(session))
