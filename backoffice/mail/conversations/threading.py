"""To which conversation a mail belongs, and why: the first rule that hits wins, and its reason is kept.

1 our own id, proven by the shop's secret · 2 any known Message-ID · 3 the subject's tag [#12], if it is that customer's
· 4 an order's number that belongs to the sender attaches the order · 5 a conversation of its own.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session

from backoffice.mail.conversations import subjects
from backoffice.mail.conversations.queries import facts
from backoffice.mail.conversations.queries.facts import Head
from backoffice.mail.model import ConversationState, ThreadReason
from backoffice.mail.writing import ids

STALE = timedelta(days=14)
"""A reply to what was closed longer ago begins a new conversation, linked to the old one."""
MOST_IDS = 100
_NUMBER = re.compile(r"[A-Za-z]{0,6}[-#/]?\d[\w/-]{0,28}")
_SHORT = 4
"""A bare number of fewer digits is taken for an order's only behind "#" or a word for order."""
_ORDER_WORD = r"(?:#|n[ºo°.]{1,2}|no\.?|order|pedido|commande|bestellung|ordine|encomenda)\s*[:#nºo°.]*\s*"
_MOST_TOKENS = 60


class Place(NamedTuple):
    """Where a mail belongs. Without `head` it begins a conversation; `continues` names the closed one it follows."""

    head: Head | None
    reason: ThreadReason
    continues: int | None = None


class OrderFound(NamedTuple):
    """An order of the sender that a mail names, and whose it is."""

    order_id: int
    customer_id: int | None


def place(
    session: Session, *, ids_named: Sequence[str], subject: str, sender: str, customer_id: int | None, at: datetime
) -> Place:
    """By rules 1, 2 and 3. `ids_named` are In-Reply-To first, then References from the newest; `sender` an address."""
    head, reason = _referred(session, ids_named[:MOST_IDS])
    if head is None:
        head, reason = _tagged(session, subject, sender, customer_id), ThreadReason.SUBJECT_TAG
    if head is None:
        return Place(None, ThreadReason.NEW)
    if is_stale(head, at):
        return Place(None, ThreadReason.NEW, continues=head.id)
    return Place(head, reason)


def is_stale(head: Head, at: datetime) -> bool:
    """Whether a conversation has been closed too long to be gone on with at that moment."""
    return head.state == ConversationState.CLOSED and head.closed_at is not None and at - head.closed_at > STALE


def _referred(session: Session, ids_named: Sequence[str]) -> tuple[Head | None, ThreadReason]:
    if not ids_named:
        return None, ThreadReason.NEW
    key = facts.standards(session).thread_key
    for rfc_id in ids_named:
        ours = ids.recognise(rfc_id, key=key) if key else None
        if ours is not None and (head := facts.living(session, ours.conversation_id)) is not None:
            return head, ThreadReason.OUR_ID
    known = facts.known(session, ids_named)
    for rfc_id in ids_named:
        for one in known.get(rfc_id, ()):
            if one.conversation_id is not None and (head := facts.living(session, one.conversation_id)) is not None:
                return head, ThreadReason.KNOWN_ID
    return None, ThreadReason.NEW


def _tagged(session: Session, subject: str, sender: str, customer_id: int | None) -> Head | None:
    """By the subject's tag, which anybody can write: only for the customer whose conversation it is."""
    for number in subjects.tags(subject):
        found = facts.numbered(session, number)
        head = facts.living(session, found) if found is not None else None
        if head is None:
            continue
        if head.customer_id is not None and head.customer_id == customer_id:
            return head
        if head.customer_id is None and sender and sender in facts.people(session, head.id):
            return head
    return None


def order_named(
    session: Session, *, customer_id: int | None, sender: str, subject: str, text: str
) -> OrderFound | None:
    """Rule 4: the order whose number stands in subject or text, if it belongs to the sender; the subject's first."""
    for words in (subject, text):
        if not words:
            continue
        if customer_id is not None:
            for order_id, *numbers in facts.orders_of(session, customer_id):
                if any(_names(words, number) for number in numbers):
                    return OrderFound(order_id, customer_id)
        elif sender:
            tokens = list(dict.fromkeys(_NUMBER.findall(words[:20_000])))[:_MOST_TOKENS]
            wanted = [form for token in tokens for form in (token, token.lstrip("#"), f"#{token.lstrip('#')}")]
            for order_id, number, external, owner, email in facts.orders_named(session, wanted):
                if email.lower() == sender and any(_names(words, one) for one in (number, external)):
                    return OrderFound(order_id, owner)
    return None


def _names(words: str, number: str) -> bool:
    """Whether the text names this number as a word of its own."""
    bare = number.lstrip("#").strip()
    if not bare:
        return False
    before = _ORDER_WORD if bare.isdigit() and len(bare) < _SHORT else r"(?<![\w-])#?"
    return re.search(rf"{before}{re.escape(bare)}(?![\w-])", words[:20_000], re.IGNORECASE) is not None
