"""That a mail came in is confirmed, with the hour before which a person answers; kept, measured, and never a loop.

One a conversation, one a sender in 24 hours, 30 in ten minutes and 120 an hour for the whole shop: one more, and the
breaker stops them until a person switches them on again. A confirmation stops no clock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.core import get_global
from babel.dates import format_time

from backoffice.core.calendar import BusinessCalendar, local_day, zone_named
from backoffice.core.crash import crash
from backoffice.core.language import Language
from backoffice.mail import queries as mails
from backoffice.mail.answering import desk, library, queries, tasks
from backoffice.mail.answering.automatic import queries as asked
from backoffice.mail.answering.automatic.queries import ToConfirm
from backoffice.mail.answering.fields import About
from backoffice.mail.answering.model import Acknowledgement
from backoffice.mail.conversations import clocks
from backoffice.mail.conversations.queries import facts
from backoffice.mail.model import Conversation
from backoffice.mail.opened import OpenShop
from backoffice.mail.outbox import queueing
from backoffice.mail.outbox.model import Purpose
from backoffice.mail.writing.composing import Letter
from backoffice.settings import queries as settings
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

FRESH = timedelta(hours=1)
"""A mail that has been here for longer is not confirmed any more: not even when confirmations are switched on."""
A_SENDER = timedelta(hours=24)
CAPS = ((timedelta(minutes=10), 30), (timedelta(hours=1), 120))
EACH_WAITING = timedelta(minutes=6)
"""Opening hours that each conversation waiting before this one is expected to take."""
_HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many mails were confirmed in a round, and whether the breaker stands open now."""

    sent: int
    stopped: bool


def acknowledge_waiting(shop: OpenShop) -> Confirmed:
    """Queues confirmations for the mails of the last hour, where the owner wants them and everything allows it."""
    sent = 0
    setup = shop.ask(queries.setup)
    if not setup.acknowledge or setup.stopped_at is not None:
        return Confirmed(0, setup.stopped_at is not None)
    own = shop.ask(mails.own_addresses)
    for one in shop.ask(asked.to_confirm, since=shop.clock.now() - FRESH):
        if one.from_address in own:
            continue
        with shop.work() as work:
            if queries.setup(work.session).stopped_at is not None:
                return Confirmed(sent, True)
            sent += acknowledge(work, one)
            crash("mail.acknowledged")
    return Confirmed(sent, shop.ask(queries.setup).stopped_at is not None)


def acknowledge(work: UnitOfWork, one: ToConfirm) -> bool:
    """Queues one confirmation unless a cap forbids it; whether it did. The shop's caps open the breaker."""
    if asked.is_confirmed(work.session, one.conversation_id):
        return False
    if asked.confirmed_since(work.session, work.now - A_SENDER, address=one.from_address):
        return False
    if any(asked.confirmed_since(work.session, work.now - span) >= most for span, most in CAPS):
        stop(work)
        return False
    return _confirm(work, one)


def stop(work: UnitOfWork) -> None:
    """The breaker: nothing is confirmed or answered by itself until a person switches confirmations on again."""
    desk.set_up(work, stopped_at=work.now)
    tasks.leave(work, f"breaker:{work.now.isoformat()}", "breaker")
    work.record("mail.confirmations-stopped")


def promise(
    hours: BusinessCalendar, now: datetime, *, standard: timedelta, waiting: int, zone: str = ""
) -> datetime | None:
    """Before when a person answers: the standard and the queue in opening hours, rounded up to a half hour of `zone`.

    None for a calendar that holds no such time.
    """
    try:
        exact = hours.add(now, standard + waiting * EACH_WAITING)
    except (ValueError, OverflowError):
        return None
    local = exact.astimezone(zone_named(zone or hours.zone))
    past = timedelta(minutes=local.minute % 30, seconds=local.second, microseconds=local.microsecond)
    return exact + (_HALF_HOUR - past) if past else exact


def zone_of(country: str, shop_zone: str) -> str:
    """The zone a customer of this country lives in, where it has but one; else the shop's."""
    zones = get_global("territory_zones").get(country.upper(), ())
    return str(zones[0]) if len(zones) == 1 and shop_zone not in zones else shop_zone


def _confirm(work: UnitOfWork, one: ToConfirm) -> bool:
    shop, setup = settings.profile(work.session), queries.setup(work.session)
    account = queries.account_for(work.session, one.account_id)
    head = facts.head(work.session, one.conversation_id)
    waiting = asked.waiting_before(work.session, one.conversation_id)
    standard = timedelta(minutes=setup.answer_minutes)
    zone = zone_of(asked.country_of(work.session, head.customer_id), shop.zone)
    promised = promise(shop.hours, work.now, standard=standard, waiting=waiting, zone=zone)
    if account is None or promised is None:
        return False
    about = About(library.language_for(work.session, head), customer_id=head.customer_id, order_id=head.order_id)
    told = _told(promised, zone, shop.zone, about.language)
    filled = library.filled(work.session, "acknowledgement", about, now=work.now, more=told)
    key = f"acknowledgement:{one.conversation_id}"
    if filled.faults:
        what = [fault.code for fault in filled.faults]
        tasks.leave(work, f"gate:{key}", "gate", conversation_id=one.conversation_id, what=what)
        return False
    letter = Letter(
        from_address=account.address,
        from_name=account.from_name or shop.name,
        to=(one.from_address,),
        subject=filled.subject,
        text=filled.text,
        at=work.now,
        in_reply_to=one.rfc_id,
        references=(one.rfc_id,) if one.rfc_id else (),
        auto="auto-replied",
    )
    outgoing_id = queueing.queue(
        work,
        letter,
        key=key,
        account_id=account.id,
        purpose=Purpose.ACKNOWLEDGEMENT,
        conversation_id=one.conversation_id,
        customer_id=head.customer_id,
        order_id=head.order_id,
    )
    _keep(work, one, outgoing_id, promised)
    return True


def _keep(work: UnitOfWork, one: ToConfirm, outgoing_id: int, promised: datetime) -> None:
    """What was promised stands in the conversation and runs as a clock."""
    rows.insert(
        work,
        Acknowledgement,
        conversation_id=one.conversation_id,
        message_id=one.message_id,
        outgoing_id=outgoing_id,
        address=one.from_address,
        at=work.now,
        promised_at=promised,
    )
    rows.set_values(work, Conversation, one.conversation_id, promised_at=promised)
    clocks.reckon(work, one.conversation_id)
    head = facts.head(work.session, one.conversation_id)
    about = {"customer_id": head.customer_id, "order_id": head.order_id}
    work.record("mail.confirmed", **about, conversation=head.number)


def _told(promised: datetime, zone: str, shop_zone: str, language: str) -> dict[str, str]:
    """Day and time as the customer's clocks show them; where those are not the shop's, the zone's town is named."""
    local = promised.astimezone(zone_named(zone))
    time = format_time(local.time(), "short", locale=language).replace("\u202f", "\xa0")
    town = zone.rpartition("/")[2].replace("_", " ")
    return {
        "answer.day": Language(language).day(local_day(promised, zone), "full"),
        "answer.time": time if zone == shop_zone else f"{time} ({town})",
    }
