"""What a customer is told without asking: received, dispatched, delayed, and some days after delivery.

Each is sent once, and only where the owner switched it on. Where something is missing nobody gets a mail with a hole:
the letter becomes a draft with a task. Nothing that goes wrong here stands in the way of the parcel or the order.
"""

from datetime import date, datetime, timedelta
from typing import Any

from backoffice.core.calendar import local_day
from backoffice.core.crash import crash
from backoffice.core.errors import Refused
from backoffice.core.language import Language
from backoffice.mail.answering import drafts, fields, library, queries, tasks
from backoffice.mail.answering.automatic import queries as asked
from backoffice.mail.answering.fields import About
from backoffice.mail.answering.library import Filled
from backoffice.mail.conversations.beginning import begin
from backoffice.mail.conversations.queries import facts
from backoffice.mail.opened import OpenShop
from backoffice.mail.outbox import queueing
from backoffice.mail.outbox.model import OutboxState, Purpose
from backoffice.mail.writing.composing import Letter
from backoffice.orders.events import OrderPlaced
from backoffice.orders.model import OrderStatus
from backoffice.orders.queries import facts as orders
from backoffice.settings import queries as settings
from backoffice.shipping.events import DispatchUndone, ShipmentShipped
from backoffice.shipping.queries import parcels
from backoffice.store.unit_of_work import UnitOfWork

FRESH = timedelta(days=2)
"""An order placed longer ago came in with a file of old ones: nobody is told that it was received."""
GRACE = timedelta(minutes=10)
"""A dispatch can be undone for so long before anybody is told of it."""
AFTER_DELIVERY = timedelta(days=3)
LATEST = timedelta(days=10)


def received(work: UnitOfWork, news: OrderPlaced) -> None:
    """A new order is open."""
    if not _wanted(work, "received"):
        return
    placed_at, status = orders.columns(work.session, news.order_id, ("placed_at", "status"))
    if status == OrderStatus.OPEN and placed_at >= work.now - FRESH:
        _tell(work, "received", f"notice:received:order:{news.order_id}", order_id=news.order_id)


def dispatched(work: UnitOfWork, news: ShipmentShipped) -> None:
    """A parcel left: each order with something in it is told, with that parcel's number."""
    if not _wanted(work, "dispatched"):
        return
    for order_id in parcels.parcel(work.session, news.shipment_id).orders:
        key = _dispatch_key(news.shipment_id, order_id)
        _tell(work, "dispatched", key, order_id=order_id, shipment_id=news.shipment_id, not_before=work.now + GRACE)


def undispatched(work: UnitOfWork, news: DispatchUndone) -> None:
    """The parcel did not leave after all: who was not told of it yet is not told."""
    for order_id in parcels.parcel(work.session, news.shipment_id).orders:
        for mail_id, state in asked.outgoing_under(work.session, _dispatch_key(news.shipment_id, order_id)):
            if state in (OutboxState.QUEUED, OutboxState.RETRY):
                queueing.take_back(work, mail_id)


def delayed(work: UnitOfWork, order_id: int, delivery: date) -> int | None:
    """The order will be there later: the new date, with the choice the customer has; the mail's outbox id.

    None where the owner did not switch this notice on, or where it became a draft. Each new date is told once.
    Refuses `mail.past-time` for a date that has passed.
    """
    if delivery < local_day(work.now, settings.profile(work.session).zone):
        raise Refused("mail.past-time")
    if not _wanted(work, "delayed"):
        return None
    key = f"notice:delayed:order:{order_id}:{delivery.isoformat()}"
    return _tell(work, "delayed", key, order_id=order_id, delivery=delivery)


def follow_up(shop: OpenShop) -> int:
    """Asks, three days after everything was delivered, whether all is well; how many letters were queued.

    Not where the customer waits for an answer of ours: they have told us.
    """
    if "delivered" not in shop.ask(queries.setup).notices:
        return 0
    now, told = shop.clock.now(), 0
    for order_id in shop.ask(asked.delivered_between, first=now - LATEST, last=now - AFTER_DELIVERY):
        with shop.work() as work:
            told += _tell(work, "delivered", f"notice:delivered:order:{order_id}", order_id=order_id) is not None
            crash("mail.followed-up")
    return told


def _wanted(work: UnitOfWork, kind: str) -> bool:
    return kind in queries.setup(work.session).notices


def _dispatch_key(shipment_id: int, order_id: int) -> str:
    return f"notice:dispatched:shipment:{shipment_id}:order:{order_id}"


def _tell(
    work: UnitOfWork,
    kind: str,
    key: str,
    *,
    order_id: int,
    shipment_id: int | None = None,
    delivery: date | None = None,
    not_before: datetime | None = None,
) -> int | None:
    """Queues the letter, or leaves a draft and a task; None where it was told before or nobody could be told."""
    before = asked.outgoing_under(work.session, key)
    if any(state != OutboxState.CANCELLED for _, state in before) or asked.task_known(work.session, f"gate:{key}"):
        return None
    if before:
        key = f"{key}:{len(before) + 1}"
    customer_id, email = orders.columns(work.session, order_id, ("customer_id", "email"))
    about = About(_language(work, customer_id), customer_id=customer_id, order_id=order_id, shipment_id=shipment_id)
    more = {} if delivery is None else {"order.promised_delivery": Language(about.language).day(delivery, "long")}
    to = asked.receiver(work.session, customer_id, email)
    filled = library.filled(work.session, kind, about, now=work.now, more=more)
    what = [fault.code for fault in filled.faults] + ([] if to else ["mail.no-receiver"])
    if not what:
        try:
            return _queue(work, key, filled, to, about, not_before=not_before or work.now)
        except Refused as refused:
            what = [refused.code]
    _leave(work, kind, f"gate:{key}", filled, to=to, about=about, what=what)
    return None


def _queue(work: UnitOfWork, key: str, filled: Filled, to: str, about: About, *, not_before: datetime) -> int:
    account = queries.account_for(work.session)
    if account is None:
        raise Refused("mail.no-account")
    letter = Letter(
        from_address=account.address,
        from_name=account.from_name or settings.profile(work.session).name,
        to=(to,),
        subject=filled.subject,
        text=filled.text,
        at=work.now,
        auto="auto-generated",
    )
    mail_id = queueing.queue(
        work,
        letter,
        key=key,
        account_id=account.id,
        purpose=Purpose.NOTICE,
        customer_id=about.customer_id,
        order_id=about.order_id,
        not_before=not_before,
    )
    work.record("mail.told", order_id=about.order_id, customer_id=about.customer_id, subject=filled.subject)
    return mail_id


def _leave(work: UnitOfWork, kind: str, key: str, filled: Filled, *, to: str, about: About, what: list[str]) -> None:
    """The letter as a draft of whoever is at work, in a conversation of its own, with a task that says what lacks."""
    subjects: dict[str, Any] = {"customer_id": about.customer_id, "order_id": about.order_id}
    conversation_id = begin(work, filled.subject, at=work.now, language=about.language, **subjects)
    drafts.keep(work, conversation_id, to=to, subject=filled.subject, text=filled.text, template=kind)
    tasks.leave(work, key, "gate", conversation_id=conversation_id, notice=kind, what=what, **subjects)


def _language(work: UnitOfWork, customer_id: int | None) -> str:
    known = facts.language_of(work.session, customer_id) if customer_id is not None else ""
    return fields.language_of(known, settings.profile(work.session).language)
