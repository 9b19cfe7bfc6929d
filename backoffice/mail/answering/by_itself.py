"""What the desk does by itself after mails came in, as far as the owner switched it on."""

from typing import NamedTuple

from backoffice.mail.answering.acknowledging import acknowledge_waiting
from backoffice.mail.answering.notices import follow_up
from backoffice.mail.answering.order_status import answer_waiting
from backoffice.mail.opened import OpenShop


class Done(NamedTuple):
    """How many mails were answered, confirmed and asked after; whether the breaker stands open."""

    answered: int
    confirmed: int
    asked_after: int
    stopped: bool


def run(shop: OpenShop) -> Done:
    """Answers, then confirms what was not answered, then asks after deliveries. All of it only puts into the outbox.

    For the job that fetches mails, after `joining.read_waiting`.
    """
    answered = answer_waiting(shop)
    confirmed = acknowledge_waiting(shop)
    return Done(answered, confirmed.sent, follow_up(shop), confirmed.stopped)
