""" "Where is my order?" answered by itself from the order's true state; where the order is late, by a person.

Only where the owner switched the rule to automatic, for a customer who asks about an order of their own, says nothing
else, complains about nothing, and was not answered by itself before. The same breaker as for confirmations.
"""

from datetime import timedelta

from backoffice.core.calendar import local_day
from backoffice.core.crash import crash
from backoffice.mail.answering import acknowledging, fields, library, queries, rules, tasks
from backoffice.mail.answering.automatic import queries as asked
from backoffice.mail.answering.automatic.queries import ToAnswer
from backoffice.mail.answering.fields import About
from backoffice.mail.answering.library import Filled
from backoffice.mail.answering.queries import AccountRow
from backoffice.mail.answering.rules import Rule
from backoffice.mail.conversations import states
from backoffice.mail.conversations.queries import facts
from backoffice.mail.opened import OpenShop
from backoffice.mail.outbox import queueing
from backoffice.mail.outbox.model import Purpose
from backoffice.mail.writing.composing import Letter
from backoffice.orders.queries import whole
from backoffice.settings import queries as settings
from backoffice.store.unit_of_work import UnitOfWork

TOPIC = "where-is-my-order"
FRESH = timedelta(hours=1)
_ANSWERABLE = ("preparing", "travelling")


def answer_waiting(shop: OpenShop) -> int:
    """Answers what may be answered among the mails of the last hour; how many. To be run before they are confirmed."""
    known = shop.ask(rules.rules)
    if not any(rule.topic == TOPIC and rule.automatic and rule.active for rule in known):
        return 0
    answered = 0
    for one in shop.ask(asked.to_answer, TOPIC, since=shop.clock.now() - FRESH):
        if not is_only_this(known, one):
            continue
        with shop.work() as work:
            if queries.setup(work.session).stopped_at is not None:
                break
            answered += answer(work, one)
            crash("mail.answered-by-itself")
    return answered


def is_only_this(known: list[Rule], one: ToAnswer) -> bool:
    """Whether the mail asks this, above the bar, and nothing else that would want half as much of an answer."""
    found = rules.judge(known, one.subject, one.new_text)
    if not found or found[0].topic != TOPIC or not found[0].automatic:
        return False
    if len(found) > 1 and found[1].score * 2 >= found[0].score:
        return False
    return not rules.complains(one.subject, one.new_text)


def answer(work: UnitOfWork, one: ToAnswer) -> bool:
    """Queues the answer, or leaves a task where a person has to see to it; whether it was queued."""
    if asked.answered_since(work.session, work.now - acknowledging.A_SENDER, address=one.from_address):
        return False
    if any(asked.answered_since(work.session, work.now - span) >= most for span, most in acknowledging.CAPS):
        acknowledging.stop(work)
        return False
    shop = settings.profile(work.session)
    order = whole.order(work.session, one.order_id)
    if fields.is_late(order, local_day(work.now, shop.zone)):
        tasks.leave(
            work,
            f"late:{one.order_id}:{one.conversation_id}",
            "late-order",
            order_id=one.order_id,
            customer_id=one.customer_id,
            conversation_id=one.conversation_id,
        )
        return False
    account = queries.account_for(work.session, one.account_id)
    if account is None or fields.standing(order) not in _ANSWERABLE or order.row.customer_id != one.customer_id:
        return False
    head = facts.head(work.session, one.conversation_id)
    about = About(library.language_for(work.session, head), customer_id=one.customer_id, order_id=one.order_id)
    told = fields.values(work.session, about, now=work.now)
    filled = library.filled(work.session, TOPIC, about, now=work.now)
    if filled.faults or not (told["order.promised_delivery"] or told["order.tracking"]):
        return False
    _queue(work, one, filled, account)
    states.wait_for_customer(work, one.conversation_id)
    about_it = {"customer_id": one.customer_id, "order_id": one.order_id}
    work.record("mail.answered-by-itself", **about_it, conversation=head.number)
    return True


def _queue(work: UnitOfWork, one: ToAnswer, filled: Filled, account: AccountRow) -> None:
    letter = Letter(
        from_address=account.address,
        from_name=account.from_name or settings.profile(work.session).name,
        to=(one.from_address,),
        subject=filled.subject,
        text=filled.text,
        at=work.now,
        in_reply_to=one.rfc_id,
        references=(one.rfc_id,) if one.rfc_id else (),
        auto="auto-replied",
    )
    queueing.queue(
        work,
        letter,
        key=f"automatic:{TOPIC}:{one.conversation_id}",
        account_id=account.id,
        purpose=Purpose.NOTICE,
        conversation_id=one.conversation_id,
        customer_id=one.customer_id,
        order_id=one.order_id,
    )
