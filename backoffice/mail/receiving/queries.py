"""What receiving asks: accounts, how far a folder was read, what of it we have, and how healthy that is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from backoffice.core.errors import Refused
from backoffice.mail.model import Arrival, MailAccount, MailFolder, Message


@dataclass(frozen=True, slots=True)
class FolderRow:
    """One folder of an account, as fetching needs it."""

    id: int
    account_id: int
    name: str
    uidvalidity: int
    last_uid: int
    on_server: int
    history_uid: int
    known_uid: int
    missing: int
    tried_at: datetime | None
    succeeded_at: datetime | None
    listed_at: datetime | None
    error: str
    failures: int


@dataclass(frozen=True, slots=True)
class HealthRow:
    """How the mails of an account come in: the line below the inbox."""

    account_id: int
    address: str
    active: bool
    host: str
    checked_at: datetime | None
    """The last check that came to its end."""
    tried_at: datetime | None
    failures: int
    error: str
    """Code of what is wrong now; its sentence wants `host` and `address`."""
    on_server: int
    missing: int
    left: int
    """Mails left on the server because they are too large."""
    agree: bool
    """Every mail the server lists since the connection's history begins is here, or is named as left there."""


@dataclass(frozen=True, slots=True)
class Known:
    """A mail we have from a folder, as it was numbered before."""

    message_id: int | None
    size: int
    rfc_id: str
    dated: datetime | None
    subject: str
    sender: str


def accounts(session: Session, *, active_only: bool = False) -> list[MailAccount]:
    """All accounts, in the order they were added; detached from the session."""
    wanted = select(MailAccount).order_by(col(MailAccount.id))
    if active_only:
        wanted = wanted.where(col(MailAccount.active))
    found = list(session.exec(wanted))
    for one in found:
        session.expunge(one)
    return found


def account(session: Session, account_id: int) -> MailAccount:
    """One account, detached from the session. Refuses `mail.unknown`."""
    found = session.get(MailAccount, account_id)
    if found is None:
        raise Refused("mail.unknown", id=account_id)
    session.expunge(found)
    return found


def account_of_address(session: Session, address: object) -> int | None:
    """The account with this address."""
    return session.exec(select(MailAccount.id).where(MailAccount.address == address)).first()


def folder_of(session: Session, account_id: int, name: str) -> int | None:
    """The folder's row."""
    wanted = select(MailFolder.id).where(MailFolder.account_id == account_id, MailFolder.name == name)
    return session.exec(wanted).first()


def folders(session: Session, account_id: int) -> list[FolderRow]:
    """The folders of an account that are read."""
    found = session.exec(select(MailFolder).where(MailFolder.account_id == account_id).order_by(col(MailFolder.id)))
    return [_folder(one) for one in found]


def folder(session: Session, folder_id: int) -> FolderRow:
    """One folder as it stands now."""
    return _folder(session.exec(select(MailFolder).where(MailFolder.id == folder_id)).one())


def arrived(session: Session, folder_id: int, uidvalidity: int, after: int, upto: int) -> frozenset[int]:
    """The UIDs in (after, upto] that were dealt with."""
    wanted = select(Arrival.uid).where(
        Arrival.folder_id == folder_id, Arrival.uidvalidity == uidvalidity, Arrival.uid > after, Arrival.uid <= upto
    )
    return frozenset(session.exec(wanted))


def known_before(session: Session, folder_id: int, uidvalidity: int, sizes: Collection[int]) -> list[Known]:
    """The folder's mails of other numberings with one of these sizes that no mail of this numbering is yet."""
    again = select(Arrival.message_id).where(
        Arrival.folder_id == folder_id, Arrival.uidvalidity == uidvalidity, col(Arrival.message_id).is_not(None)
    )
    wanted = (
        select(Arrival, Message.rfc_id, Message.dated)
        .join(Message, col(Message.id) == Arrival.message_id, isouter=True)
        .where(Arrival.folder_id == folder_id, Arrival.uidvalidity != uidvalidity, col(Arrival.size).in_(sizes))
        .where(col(Arrival.message_id).is_(None) | col(Arrival.message_id).not_in(again))
    )
    found = {
        Known(one.message_id, one.size, rfc_id or "", dated, one.subject, one.sender)
        for one, rfc_id, dated in session.exec(wanted)
    }
    return list(found)


def health(session: Session) -> list[HealthRow]:
    """One row an account with a server."""
    left = (
        select(func.count())
        .select_from(Arrival)
        .where(Arrival.folder_id == MailFolder.id, Arrival.uidvalidity == MailFolder.uidvalidity)
        .where(col(Arrival.message_id).is_(None))
        .correlate(MailFolder)
        .scalar_subquery()
    )
    wanted = select(MailAccount, MailFolder, left).join(MailFolder, col(MailFolder.account_id) == MailAccount.id)
    return [
        HealthRow(
            account_id=one.id or 0,
            address=one.address,
            active=one.active,
            host=one.imap_host,
            checked_at=at.succeeded_at,
            tried_at=at.tried_at,
            failures=at.failures,
            error=at.error,
            on_server=at.on_server,
            missing=at.missing,
            left=int(count),
            agree=not at.error and not at.missing and at.succeeded_at is not None,
        )
        for one, at, count in session.exec(wanted.order_by(col(MailAccount.id)))
    ]


def _folder(one: MailFolder) -> FolderRow:
    return FolderRow(**{name: getattr(one, name) for name in FolderRow.__slots__})
