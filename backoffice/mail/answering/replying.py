"""A draft becomes an answer: gate, collision, then the outbox, where it can be taken back for some seconds."""

import re
import secrets
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import parseaddr

from sqlmodel import Session

from backoffice.core.calendar import local_day
from backoffice.core.errors import Refused
from backoffice.core.faults import Fault
from backoffice.core.language import Language
from backoffice.core.text import fold, fold_letters, one_line
from backoffice.mail import queries as mails
from backoffice.mail.answering import drafts, fields, library, queries
from backoffice.mail.answering.fields import About
from backoffice.mail.answering.model import Draft
from backoffice.mail.answering.queries import AccountRow, DraftRow
from backoffice.mail.answering.words import QUOTED
from backoffice.mail.conversations import states
from backoffice.mail.conversations.queries import facts, whole
from backoffice.mail.conversations.queries.whole import MessageRow
from backoffice.mail.events import CustomerWrote
from backoffice.mail.model import Direction, MailKind, Medium, Message, MessageState
from backoffice.mail.outbox import queueing
from backoffice.mail.outbox.model import OutgoingMail, Purpose
from backoffice.mail.writing import gate
from backoffice.mail.writing.composing import Letter, OutFile
from backoffice.settings import queries as settings
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

_MOST_QUOTED = 20_000
_PARTED = re.compile(r"[,;\n]+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")
_FACTS = ("customer.first_name", "customer.name", "order.number", "order.total", "order.tracking", "order.placed_on")


def send(work: UnitOfWork, conversation_id: int, *, at: datetime | None = None) -> int:
    """Sends what the person at work has written here, in some seconds or at the hour they chose; its outbox id.

    Refuses `mail.no-draft`, `mail.no-account`, `mail.past-time`, `mail.gate` (facts: what, the codes of what is to be
    mended first, as `faults` tells them) and `mail.collision` where something came in since the draft was begun.
    """
    draft = queries.current(work.session, conversation_id, work.who)
    if draft is None:
        raise Refused("mail.no-draft")
    if at is not None and at <= work.now:
        raise Refused("mail.past-time")
    conversation = whole.conversation(work.session, conversation_id)
    account = queries.account_for(work.session, draft.account_id, conversation.account_id)
    if account is None:
        raise Refused("mail.no-account")
    found = _faults(draft)
    if found:
        raise Refused("mail.gate", what=[fault.code for fault in found])
    if queries.overtaken_by(work.session, conversation_id, draft.seen_message_id, work.who):
        raise Refused("mail.collision")
    letter = _letter(work, draft, account, conversation)
    outgoing_id = queueing.queue(
        work,
        letter,
        key=f"answer:{conversation_id}:{secrets.token_hex(8)}",
        account_id=account.id,
        purpose=Purpose.ANSWER,
        conversation_id=conversation_id,
        customer_id=conversation.customer_id,
        order_id=conversation.order_id,
        not_before=at,
        later=at is not None,
    )
    message_id = work.get(OutgoingMail, outgoing_id).message_id
    assert message_id is not None
    rows.set_values(work, Message, message_id, new_length=len(_own_text(draft)))
    drafts.drop(work, conversation_id)
    states.answered(work, conversation_id)
    about = {"customer_id": conversation.customer_id, "order_id": conversation.order_id}
    work.record("mail.answered", **about, conversation=conversation.number)
    return outgoing_id


def take_back(work: UnitOfWork, outgoing_id: int) -> None:
    """The answer does not leave, and its draft is back with whoever takes it back. Refuses `mail.too-late`."""
    queueing.take_back(work, outgoing_id)
    conversation_id = _draft_again(work, outgoing_id, who=work.who)
    if conversation_id is not None:
        drafts.look_again(work, conversation_id)
        states.unanswered(work, conversation_id)


def overtaken(work: UnitOfWork, news: CustomerWrote) -> None:
    """The customer wrote first: what was to be sent later is a draft again with who wrote it, to be looked at anew."""
    waiting = queries.later_ones(work.session, news.conversation_id)
    if not queueing.cancel_later_ones(work, news.conversation_id):
        return
    for outgoing_id, message_id, who in waiting:
        _draft_again(work, outgoing_id, who=who)
        draft = queries.current(work.session, news.conversation_id, who)
        assert draft is not None
        rows.set_values(work, Draft, draft.id, seen_message_id=min(message_id, news.message_id - 1))
    states.unanswered(work, news.conversation_id)


def _draft_again(work: UnitOfWork, outgoing_id: int, *, who: str) -> int | None:
    """What was to be sent, in front of what this person has begun since; its conversation."""
    mail = work.get(OutgoingMail, outgoing_id)
    if mail.conversation_id is None or mail.message_id is None or mail.purpose is not Purpose.ANSWER:
        return None
    conversation = whole.conversation(work.session, mail.conversation_id)
    message = next(each for each in conversation.messages if each.id == mail.message_id)
    now = queries.current(work.session, mail.conversation_id, who)
    head = message_from_bytes(mails.raw_bytes(work.session, mail.raw_id), policy=policy.default)
    drafts.keep(
        work,
        mail.conversation_id,
        to=str(head["To"] or ""),
        cc=str(head["Cc"] or ""),
        subject=mail.subject,
        text="\n\n".join(filter(None, (message.text[: message.new_length].rstrip(), now.text if now else ""))),
        attachments=[
            {"sha256": digest, "name": name, "media_type": kind}
            for digest, name, kind in queries.files_of(work.session, message.id)
        ],
        account_id=mail.account_id,
        who=who,
    )
    return mail.conversation_id


def faults(session: Session, conversation_id: int, who: str) -> list[Fault]:
    """What keeps this person's draft from being sent: the red bar above it. Refuses `mail.no-draft`."""
    draft = queries.current(session, conversation_id, who)
    if draft is None:
        raise Refused("mail.no-draft")
    return _faults(draft)


def warnings(session: Session, conversation_id: int, who: str, *, now: datetime) -> list[Fault]:
    """What should be looked at before sending, although it may be sent. Refuses `mail.no-draft`.

    `mail.warn-same`: word for word what this customer got last. `mail.warn-robotic`: nothing in it is about them.
    """
    draft = queries.current(session, conversation_id, who)
    if draft is None:
        raise Refused("mail.no-draft")
    head = facts.head(session, conversation_id)
    found = []
    own = _own_text(draft)
    last = queries.last_answer(session, conversation_id, head.customer_id)
    if last and fold_letters(last) == fold_letters(own):
        found.append(Fault("text", "mail.warn-same"))
    about = About(library.language_for(session, head), customer_id=head.customer_id, order_id=head.order_id)
    if own.strip() and not holds_a_fact(own, fields.values(session, about, now=now)):
        found.append(Fault("text", "mail.warn-robotic"))
    return found


def holds_a_fact(text: str, values: dict[str, str]) -> bool:
    """Whether a text says anything of this customer or their order; True where nothing is known that could be said."""
    told = [values.get(name, "") for name in _FACTS]
    told += [line.partition(" × ")[2].partition(",")[0] for line in values.get("order.items", "").splitlines()]
    known = [fold(each) for each in told if len(each) > 1]
    folded = fold(text)
    return not known or any(each in folded for each in known)


def mailboxes(text: str) -> tuple[str, ...]:
    """The receivers in a line as somebody typed it."""
    return tuple(each.strip() for each in _PARTED.split(text) if each.strip())


def _faults(draft: DraftRow) -> list[Fault]:
    to = mailboxes(draft.to)
    found = gate.faults(to=(*to, *mailboxes(draft.cc)), subject=draft.subject, text=draft.text)
    return found if to else [Fault("to", "mail.no-receiver"), *(each for each in found if each.name != "to")]


def _own_text(draft: DraftRow) -> str:
    return draft.text.rstrip() + "\n"


def _letter(work: UnitOfWork, draft: DraftRow, account: AccountRow, conversation: whole.WholeConversation) -> Letter:
    written = [each for each in conversation.messages if each.medium is Medium.MAIL and each.rfc_id]
    came = [
        each
        for each in conversation.messages
        if each.direction is Direction.INBOUND and each.kind is MailKind.HUMAN and each.state is MessageState.THREADED
    ]
    to, cc = mailboxes(draft.to), mailboxes(draft.cc)
    asked = next((each for each in reversed(came) if each.from_address in _addresses((*to, *cc))), None)
    return Letter(
        from_address=account.address,
        from_name=account.from_name or settings.profile(work.session).name,
        to=to,
        cc=cc,
        subject=one_line(draft.subject),
        text=_own_text(draft) + (_quoted(work, asked, conversation) if asked else ""),
        at=work.now,
        in_reply_to=asked.rfc_id if asked else "",
        references=tuple(each.rfc_id for each in written),
        files=_files(work, draft),
    )


def _addresses(receivers: tuple[str, ...]) -> set[str]:
    return {parseaddr(each)[1].lower() for each in receivers}


def _quoted(work: UnitOfWork, asked: MessageRow, conversation: whole.WholeConversation) -> str:
    """What is answered, below the answer, as mail has it; only to somebody who wrote it."""
    said = asked.text[: asked.new_length or len(asked.text)].strip()[:_MOST_QUOTED]
    if not said:
        return ""
    language = Language(library.language_for(work.session, facts.head(work.session, conversation.id)))
    day = language.day(local_day(asked.at, settings.profile(work.session).zone), "long")
    name = one_line(asked.from_name or asked.from_address)
    above = language.words(QUOTED).format(day=day, name=name)
    return "\n" + "\n".join([above, *(f"> {line}".rstrip() for line in said.splitlines())]) + "\n"


def _files(work: UnitOfWork, draft: DraftRow) -> tuple[OutFile, ...]:
    found = []
    for each in draft.attachments:
        content = queries.content(work.session, each["sha256"])
        if content is None:
            raise Refused("mail.unknown", id=each["name"])
        found.append(OutFile(each["name"], each["media_type"], content))
    if sum(len(file.content) for file in found) > drafts.LARGEST_FILES:
        raise Refused("mail.files-too-large", most=drafts.LARGEST_FILES // 1_000_000)
    return tuple(found)
