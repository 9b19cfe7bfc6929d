"""A mail that was kept is read and joins its conversation: the second transaction.

Reading happens outside of any transaction; whatever a mail holds, it ends in exactly one state and blocks no other.
Nothing is sent from here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from backoffice.core.crash import crash
from backoffice.core.errors import Outage
from backoffice.customers import queries as customers
from backoffice.mail import queries
from backoffice.mail.conversations import bouncing, clocks, courtesy, subjects, threading, tongue
from backoffice.mail.conversations.attaching import attach
from backoffice.mail.conversations.beginning import begin
from backoffice.mail.conversations.queries import facts
from backoffice.mail.conversations.queries.facts import Head, Kept
from backoffice.mail.conversations.threading import Place
from backoffice.mail.events import CustomerWrote
from backoffice.mail.model import (
    Conversation,
    ConversationState,
    Direction,
    MailKind,
    Message,
    MessageState,
    ThreadReason,
)
from backoffice.mail.opened import OpenShop
from backoffice.mail.reading.message import Unreadable
from backoffice.mail.reading.read import Mail, read
from backoffice.store import rows
from backoffice.store.jobs import Cancelled, Progress, never, nobody_watches
from backoffice.store.unit_of_work import UnitOfWork

AT_ONCE = 50
BYTES_AT_ONCE = 8_000_000
"""Mails of one transaction, and from how many bytes of them on no more are added."""
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
Seen = Callable[[int, Mail | Unreadable], None]


@dataclass(frozen=True, slots=True)
class Read:
    """How a round of reading went."""

    read: int
    unreadable: int
    left: int


def read_waiting(
    shop: OpenShop,
    *,
    progress: Progress = nobody_watches,
    cancelled: Cancelled = never,
    seen: Seen | None = None,
) -> Read:
    """Reads every mail that waits to be read, in the order they came; `seen` is told each after its transaction."""
    own = shop.ask(queries.own_addresses)
    whole = shop.ask(queries.unread_mails)
    done = bad = last = 0
    many = {"most": AT_ONCE, "most_bytes": BYTES_AT_ONCE}
    while not cancelled() and (raws := shop.ask(queries.next_to_read, after=last, **many)):
        some = [(message_id, _read(raw, own)) for message_id, raw in raws]
        _join_all(shop, some, own)
        for message_id, mail in some:
            done, bad = done + 1, bad + isinstance(mail, Unreadable)
            if seen is not None:
                seen(message_id, mail)
        last = some[-1][0]
        progress(done, max(whole, done))
    return Read(done - bad, bad, shop.ask(queries.unread_mails))


def _read(raw: bytes, own: frozenset[str]) -> Mail | Unreadable:
    try:
        return read(raw, own=own)
    except Unreadable as unreadable:
        return unreadable


def _join_all(shop: OpenShop, some: Sequence[tuple[int, Mail | Unreadable]], own: frozenset[str]) -> None:
    """Some mails in one transaction. If one of them meets a fault of ours, each in its own, and that one is shown as
    unreadable: it blocks no other.
    """
    try:
        with shop.work() as work:
            for message_id, mail in some:
                join(work, message_id, mail, own=own)
                crash("mail.read")
    except Outage:
        raise
    except Exception:
        for message_id, mail in some if len(some) > 1 else ():
            _join_all(shop, [(message_id, mail)], own)
        if len(some) == 1:
            with shop.work() as work:
                join(work, some[0][0], Unreadable("mail.unreadable-fault"), own=own)


def retry(work: UnitOfWork, message_id: int) -> None:
    """An unreadable mail waits to be read again. Refuses `mail.unknown`."""
    if facts.kept(work.session, message_id).state == MessageState.UNREADABLE:
        rows.set_values(work, Message, message_id, state=MessageState.TO_READ, fault="")


def join(work: UnitOfWork, message_id: int, mail: Mail | Unreadable, *, own: frozenset[str] = frozenset()) -> int:
    """Puts a mail that was read into its conversation, or into one that says it could not be; the conversation's id."""
    kept = facts.kept(work.session, message_id)
    if isinstance(mail, Unreadable):
        return _unreadable(work, kept, mail)
    mail = _by_form(mail, own)
    at = mail.dated if kept.history and mail.dated and OLDEST < mail.dated <= work.now else kept.at
    twin = _twin(work, kept, mail)
    if twin is not None:
        return _duplicate(work, kept, mail, at, twin)
    return _Joining(work, kept, mail, at).join()


def _by_form(mail: Mail, own: frozenset[str]) -> Mail:
    """A shop's contact form writes from the shop to the shop: who filled it in stands in Reply-To."""
    if mail.kind == MailKind.OWN and mail.reply_to and mail.reply_to not in own:
        receivers = {one.address.lower() for one in (*mail.to, *mail.cc)}
        if receivers and receivers <= own:
            return replace(mail, kind=MailKind.HUMAN, from_address=mail.reply_to, reply_to="")
    return mail


def _twin(work: UnitOfWork, kept: Kept, mail: Mail) -> int | None:
    """The conversation that has this mail already: by another way it came, or as it went out."""
    if not mail.rfc_id:
        return None
    for one in facts.known(work.session, [mail.rfc_id]).get(mail.rfc_id, ()):
        if one.id == kept.id:
            continue
        went_out = one.direction == Direction.OUTBOUND and mail.kind == MailKind.OWN
        if went_out or _body(work, one.raw_id) == _body(work, kept.raw_id):
            return one.conversation_id
    return None


def _body(work: UnitOfWork, raw_id: int | None) -> bytes:
    """The bytes behind the header, which servers on the way add lines to."""
    raw = queries.raw_bytes(work.session, raw_id) if raw_id is not None else b""
    return raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2].strip()


def _duplicate(work: UnitOfWork, kept: Kept, mail: Mail, at: datetime, conversation_id: int) -> int:
    state = {"state": MessageState.DUPLICATE, "conversation_id": conversation_id}
    rows.set_values(work, Message, kept.id, **_as_read(mail, at), **state)
    return conversation_id


def _unreadable(work: UnitOfWork, kept: Kept, why: Unreadable) -> int:
    conversation_id = kept.conversation_id or begin(work, "", at=kept.at, account_id=kept.account_id)
    state = {"state": MessageState.UNREADABLE, "fault": why.code, "conversation_id": conversation_id}
    rows.set_values(work, Message, kept.id, **state)
    return conversation_id


def _as_read(mail: Mail, at: datetime) -> dict[str, Any]:
    """What a message's columns say once it was read."""
    return {
        "at": at,
        "dated": mail.dated,
        "kind": mail.kind,
        "direction": Direction.OUTBOUND if mail.kind == MailKind.OWN else Direction.INBOUND,
        "from_name": mail.from_name,
        "from_address": mail.from_address,
        "to": ", ".join(one.address for one in (*mail.to, *mail.cc))[:2000],
        "subject": mail.subject,
        "rfc_id": mail.rfc_id,
        "text": mail.text,
        "new_length": mail.new_length,
        "html": mail.html,
        "attachments": len(mail.files),
        "acknowledge": mail.acknowledge,
        "why_not": mail.why_not,
    }


class _Joining:
    """One mail on its way into a conversation."""

    def __init__(self, work: UnitOfWork, kept: Kept, mail: Mail, at: datetime) -> None:
        self.work, self.kept, self.mail, self.at = work, kept, mail, at
        self.new_text = mail.text[: mail.new_length]
        self.outbound = mail.kind == MailKind.OWN
        self.thanks = mail.kind == MailKind.HUMAN and courtesy.thanks_only(self.new_text, files=len(mail.files))
        self.customer_id = self._customer()

    def join(self) -> int:
        place = self._place()
        head = place.head
        third = head is not None and self._is_stranger(head)
        order = None if third else self._order(head)
        if order is not None and self.customer_id is None:
            self.customer_id = order.customer_id
        order_id = order.order_id if order else None
        if head is None:
            conversation_id = self._begin(place, order_id)
        else:
            conversation_id = head.id
            self._go_on(head, order_id, third=third)
        self._keep(conversation_id, place.reason, third=third)
        if self.mail.bounce is not None:
            about = facts.head(self.work.session, conversation_id)
            bouncing.take(self.work, self.kept.id, self.mail.bounce, about if head is not None else None)
        clocks.reckon(self.work, conversation_id)
        self._tell(conversation_id)
        return conversation_id

    def _customer(self) -> int | None:
        """Whose mail it is: by any of their addresses, for a mail of ours by those it went to."""
        mail = self.mail
        if mail.kind == MailKind.BOUNCE:
            return None
        wanted = [one.address for one in (*mail.to, *mail.cc)] if self.outbound else [mail.from_address, mail.reply_to]
        wanted = [address.lower() for address in wanted if address][:50]
        owners = customers.owners_of_emails(self.work.session, wanted) if wanted else {}
        return next((owners[address] for address in wanted if address in owners), None)

    def _place(self) -> Place:
        mail = self.mail
        named = [*mail.in_reply_to, *reversed(mail.references)]
        if mail.bounce is not None and mail.bounce.original:
            named.insert(0, mail.bounce.original)
        return threading.place(
            self.work.session,
            ids_named=list(dict.fromkeys(named)),
            subject=mail.subject,
            sender=mail.from_address,
            customer_id=self.customer_id,
            at=self.at,
        )

    def _is_stranger(self, head: Head) -> bool:
        """Whether somebody writes who has no part in the conversation."""
        if self.outbound or self.mail.kind in (MailKind.BOUNCE, MailKind.AUTOMATIC):
            return False
        if self.customer_id is not None and self.customer_id == head.customer_id:
            return False
        known = facts.people(self.work.session, head.id)
        return bool(known) and self.mail.from_address not in known

    def _order(self, head: Head | None) -> threading.OrderFound | None:
        if self.mail.kind not in (MailKind.HUMAN, MailKind.OWN) or (head is not None and head.order_id is not None):
            return None
        sender = "" if self.outbound else self.mail.from_address
        return threading.order_named(
            self.work.session,
            customer_id=self.customer_id,
            sender=sender,
            subject=self.mail.subject,
            text=self.new_text,
        )

    def _begin(self, place: Place, order_id: int | None) -> int:
        """A new conversation: open where a person waits for us, waiting where nothing is asked, else closed."""
        if self.mail.kind == MailKind.HUMAN:
            state = ConversationState.WAITING if self.thanks else ConversationState.OPEN
        elif self.outbound:
            state = ConversationState.WAITING
        else:
            state = ConversationState.OPEN if self._is_hard() else ConversationState.CLOSED
        values = {
            "account_id": self.kept.account_id,
            "customer_id": self.customer_id,
            "order_id": order_id,
            "language": self._language(),
            "continues": place.continues,
        }
        if self.kept.conversation_id is None:
            return begin(self.work, self.mail.subject, at=self.at, state=state, **values)
        subject = {"subject": subjects.bare(self.mail.subject), "subject_key": subjects.key(self.mail.subject)}
        rows.set_values(
            self.work, Conversation, self.kept.conversation_id, state=state, opened_at=self.at, **subject, **values
        )
        return self.kept.conversation_id

    def _go_on(self, head: Head, order_id: int | None, *, third: bool) -> None:
        changes: dict[str, Any] = {"version": head.version + 1}
        if self.kept.conversation_id not in (None, head.id):  # it could not be read before, and stood alone
            rows.set_values(self.work, Conversation, self.kept.conversation_id or 0, listed=False, merged_into=head.id)
        if third:
            changes["flagged"] = "third-party"
        elif self.mail.kind == MailKind.HUMAN and subjects.other_topic(
            head.subject_key, subjects.key(self.mail.subject)
        ):
            changes["flagged"] = "other-topic"
        if not third and head.customer_id is None and self.customer_id is not None:
            changes["customer_id"] = self.customer_id
        if order_id is not None:
            changes["order_id"] = order_id
        if self.outbound:
            changes["state"] = ConversationState.WAITING
        elif (self.mail.kind == MailKind.HUMAN and not self.thanks) or self._is_hard():
            changes |= {"state": ConversationState.OPEN, "closed_at": None}
        if self.mail.kind == MailKind.HUMAN:
            changes["snoozed_until"] = None
        if not head.language:
            changes["language"] = self._language()
        rows.set_values(self.work, Conversation, head.id, **changes)

    def _is_hard(self) -> bool:
        """Whether a mail of ours will never arrive: somebody has to find another way."""
        return self.mail.bounce is not None and any(one.hard for one in self.mail.bounce.receivers)

    def _keep(self, conversation_id: int, reason: ThreadReason, *, third: bool) -> None:
        rows.set_values(
            self.work,
            Message,
            self.kept.id,
            **_as_read(self.mail, self.at),
            state=MessageState.THREADED,
            conversation_id=conversation_id,
            reason=reason,
            third_party=third,
            thanks_only=self.thanks,
            who=self.mail.from_name if self.outbound else "",
        )
        for part in self.mail.files:
            attach(self.work, self.kept.id, part)

    def _language(self) -> str:
        known = facts.language_of(self.work.session, self.customer_id) if self.customer_id else ""
        return known or tongue.guess(f"{self.mail.subject} {self.new_text}")

    def _tell(self, conversation_id: int) -> None:
        if self.mail.kind != MailKind.HUMAN:
            return
        head = facts.head(self.work.session, conversation_id)
        if head.customer_id is not None:
            subject = {"customer_id": head.customer_id, "order_id": head.order_id}
            self.work.record("mail.received", **subject, conversation=head.number)
        if not self.thanks:
            self.work.happened(CustomerWrote(conversation_id, self.kept.id))
