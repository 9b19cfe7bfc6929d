"""A letter is queued: frozen as bytes with its Message-ID, and taken back or called off as long as nothing was said."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from backoffice.core.crash import crash
from backoffice.core.errors import Refused
from backoffice.core.paths import safe_file_name
from backoffice.mail import raw as raw_mails
from backoffice.mail.model import (
    Attachment,
    Direction,
    FileContent,
    MailAccount,
    MailKind,
    Message,
    MessageState,
    ThreadReason,
)
from backoffice.mail.outbox import keys, marking, queries
from backoffice.mail.outbox.model import OutboxState, OutgoingMail, OutgoingReceiver, Purpose
from backoffice.mail.writing import ids
from backoffice.mail.writing.composing import Letter, OutFile, compose, receivers
from backoffice.store import rows
from backoffice.store.prepared import Prepared
from backoffice.store.unit_of_work import UnitOfWork

_O = rows.table_of(OutgoingMail).c
_CANCEL = Prepared(
    sa.update(OutgoingMail).where(_O.id == sa.bindparam("mail"), queries.IS_WAITING).values(state=OutboxState.CANCELLED)
)
_CALL_OFF = Prepared(
    sa.update(OutgoingMail)
    .where(
        _O.conversation_id == sa.bindparam("conversation"),
        _O.state == OutboxState.QUEUED,
        _O.send_later == sa.true(),
    )
    .values(state=OutboxState.CANCELLED)
)
_PURPOSE_OF_ID = {
    Purpose.ANSWER: "answer",
    Purpose.ACKNOWLEDGEMENT: "ack",
    Purpose.NOTICE: "notice",
    Purpose.OFFER: "offer",
}


def queue(
    work: UnitOfWork,
    letter: Letter,
    *,
    key: str,
    account_id: int,
    purpose: Purpose,
    conversation_id: int | None = None,
    customer_id: int | None = None,
    order_id: int | None = None,
    not_before: datetime | None = None,
    later: bool = False,
) -> int:
    """Freezes the letter and puts it into the outbox; its id there.

    `key` is what may be sent once: where it is known already, that mail's id is the answer and nothing is written,
    whatever became of it. `later` says that a person chose `not_before`: it is called off when the customer writes
    first. What a person wrote waits its seconds to be taken back. With a conversation the mail stands in it as a
    message. Refuses as `compose` does, and `mail.unknown` for an account that is not there.
    """
    known = queries.known(work.session, key)
    if known is not None:
        return known
    account = work.get(MailAccount, account_id)
    everybody = receivers(letter)
    message_id = _message(work, letter, account, conversation_id) if conversation_id is not None else None
    rfc_id = letter.rfc_id or _own_id(work, account, purpose, conversation_id, message_id)
    raw_id = _freeze(work, letter, rfc_id, message_id)
    mail_id = rows.insert(
        work,
        OutgoingMail,
        key=key,
        account_id=account_id,
        conversation_id=conversation_id,
        message_id=message_id,
        raw_id=raw_id,
        customer_id=customer_id,
        order_id=order_id,
        purpose=purpose,
        rfc_id=rfc_id,
        to_address=everybody[0].lower(),
        subject=letter.subject,
        created_at=work.now,
        due_at=not_before or work.now + _undo(work, purpose),
        send_later=later,
    )
    rows.insert_many(work, OutgoingReceiver, [{"outgoing_id": mail_id, "address": each} for each in everybody])
    marking.reckon(work, conversation_id)
    crash("mail.queued")
    return mail_id


def take_back(work: UnitOfWork, outgoing_id: int) -> None:
    """Calls off a mail nothing of which was said to a server yet. Refuses `mail.too-late` and `mail.unknown`."""
    mail = work.get(OutgoingMail, outgoing_id)
    rows.change_one(work, OutgoingMail, _CANCEL, Refused("mail.too-late", subject=mail.subject), mail=outgoing_id)
    marking.reckon(work, mail.conversation_id)
    work.record("mail.taken-back", order_id=mail.order_id, customer_id=mail.customer_id, subject=mail.subject)


def cancel_later_ones(work: UnitOfWork, conversation_id: int) -> int:
    """The customer wrote first: what was to be sent later in this conversation is called off; how many there were."""
    called_off = rows.change(work, OutgoingMail, _CALL_OFF, conversation=conversation_id)
    if called_off:
        marking.reckon(work, conversation_id)
    return called_off


def _undo(work: UnitOfWork, purpose: Purpose) -> timedelta:
    return timedelta(seconds=keys.undo_seconds(work)) if purpose is Purpose.ANSWER else timedelta()


def _freeze(work: UnitOfWork, letter: Letter, rfc_id: str, message_id: int | None) -> int:
    """The row of the mail's bytes, which never change from here on."""
    raw_id, _ = raw_mails.keep(work, compose(replace(letter, rfc_id=rfc_id)))
    if message_id is not None:
        rows.set_values(work, Message, message_id, raw_id=raw_id, rfc_id=rfc_id)
    return raw_id


def _own_id(
    work: UnitOfWork, account: MailAccount, purpose: Purpose, conversation_id: int | None, message_id: int | None
) -> str:
    domain = account.address.rpartition("@")[2] or "localhost"
    key = keys.thread_key(work)
    return ids.make(_PURPOSE_OF_ID[purpose], conversation_id or 0, message_id or 0, key=key, domain=domain)


def _message(work: UnitOfWork, letter: Letter, account: MailAccount, conversation_id: int) -> int:
    message_id = rows.insert(
        work,
        Message,
        conversation_id=conversation_id,
        account_id=account.id,
        direction=Direction.OUTBOUND,
        state=MessageState.THREADED,
        kind=MailKind.AUTOMATIC if letter.auto else MailKind.HUMAN,
        at=work.now,
        who=work.who,
        from_name=letter.from_name,
        from_address=letter.from_address.lower(),
        to=", ".join((*letter.to, *letter.cc)),
        subject=letter.subject,
        text=letter.text,
        new_length=len(letter.text),
        reason=ThreadReason.WRITTEN,
        attachments=len(letter.files),
    )
    _files(work, message_id, letter.files)
    return message_id


def _files(work: UnitOfWork, message_id: int, files: Iterable[OutFile]) -> None:
    for file in files:
        digest = hashlib.sha256(file.content).hexdigest()
        if not queries.has_content(work.session, digest):
            rows.insert(work, FileContent, sha256=digest, size=len(file.content), content=file.content)
        name = safe_file_name(file.name)
        rows.insert(work, Attachment, message_id=message_id, sha256=digest, name=name, media_type=file.media_type)
