"""What a bounce means: an address is dead, its box is full, or the shop's own domain is not trusted (RFC 3463)."""

from sqlalchemy import insert

from backoffice.customers import actions as customers
from backoffice.customers import queries as people
from backoffice.customers.model import EmailState
from backoffice.mail.conversations.above import TASK
from backoffice.mail.conversations.queries.facts import Head
from backoffice.mail.events import MailBounced
from backoffice.mail.model import Bounced
from backoffice.mail.reading.bounces import Bounce, BouncedReceiver
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

MOST = 200
"""Receivers of one bounce that are looked at."""


def take(work: UnitOfWork, message_id: int, bounce: Bounce, about: Head | None) -> None:
    """Keeps what the bounce says of each receiver, and acts on it. `about` is the conversation of what did not arrive.

    5.1.x: the address is dead for its customer, with a task. 5.7.x: a task about the shop's own sending domain.
    All else, a full box among it, is kept and nothing more.
    """
    for one in bounce.receivers[:MOST]:
        rows.insert(
            work,
            Bounced,
            message_id=message_id,
            address=one.address.lower(),
            action=one.action,
            status=one.status,
            diagnostic=one.diagnostic[:1000],
            hard=one.hard,
            original=bounce.original,
        )
        _act(work, message_id, one, about)


def _act(work: UnitOfWork, message_id: int, one: BouncedReceiver, about: Head | None) -> None:
    address = one.address.lower()
    dead = one.hard and one.status.startswith("5.1.")
    customer_id = people.id_of_email(work.session, address)
    if dead:
        if customer_id is not None:
            customers.set_email_state(work, customer_id, address, EmailState.DEAD)
        task(work, f"dead-address:{address}", "dead-address", about, customer_id, address=address, status=one.status)
    elif one.status.startswith("5.7."):
        domain = address.partition("@")[2]
        key = f"sending-domain:{domain}:{work.now:%Y-%m-%d}"
        task(work, key, "sending-domain", about, None, address=address, status=one.status)
    work.happened(MailBounced(message_id, address, customer_id, dead))


def task(work: UnitOfWork, key: str, kind: str, about: Head | None, customer_id: int | None, **told: object) -> None:
    """Something for a person to look at; once for each key."""
    work.touch("mail")
    found = (
        insert(TASK)
        .prefix_with("OR IGNORE")
        .values(
            key=key,
            kind=kind,
            at=work.now,
            order_id=about.order_id if about else None,
            customer_id=customer_id or (about.customer_id if about else None),
            conversation_id=about.id if about else None,
            facts=told,
        )
    )
    work.session.connection().execute(found)
