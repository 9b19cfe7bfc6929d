"""Mails of which nobody knows whether they arrived: looked for in Sent and in replies, else a person says.

Nothing here is ever sent again by itself.
"""

from collections.abc import Iterable
from contextlib import closing
from datetime import timedelta
from itertools import groupby

import sqlalchemy as sa

from backoffice.core.errors import Outage, Refused
from backoffice.mail.opened import OpenShop
from backoffice.mail.outbox import marking, queries
from backoffice.mail.outbox.model import OutboxState, OutgoingMail
from backoffice.mail.outbox.queries import Due
from backoffice.mail.outbox.sent_folder import OpenSent
from backoffice.mail.queries import raw_bytes
from backoffice.store import rows
from backoffice.store.jobs import Cancelled, never
from backoffice.store.prepared import Prepared
from backoffice.store.unit_of_work import UnitOfWork

IN_SENT = "mail.proof-in-sent"
ANSWERED = "mail.proof-answered"
CONFIRMED = "mail.proof-person"
"""What stands where a server's answer would stand; words.py has the sentences."""
_COPY_FOR = timedelta(days=14)

_O = rows.table_of(OutgoingMail).c
_AGAIN = Prepared(
    sa.update(OutgoingMail)
    .where(
        _O.id == sa.bindparam("mail"),
        sa.or_(*(_O.state == state for state in (OutboxState.UNCERTAIN, OutboxState.FAILED, OutboxState.RETRY))),
    )
    .values(
        state=sa.case((_O.state == OutboxState.RETRY, OutboxState.RETRY.value), else_=OutboxState.QUEUED.value),
        attempts=sa.case((_O.state == OutboxState.RETRY, _O.attempts), else_=0),
        due_at=sa.bindparam("now", type_=_O.due_at.type),
        error="",
    )
)
_FORGET_REFUSALS = Prepared(
    sa.text("UPDATE outgoing_receiver SET code = 0, answer = '' WHERE outgoing_id = :mail AND accepted = 0")
)


def send_again(work: UnitOfWork, outgoing_id: int) -> None:
    """A person says so: the same bytes go out once more, now, to those who have not got them for certain.

    For what is uncertain, failed, or waits for its next try. Refuses `mail.not-again` otherwise, `mail.unknown`.
    """
    mail = work.get(OutgoingMail, outgoing_id)
    refusal = Refused("mail.not-again", subject=mail.subject)
    rows.change_one(work, OutgoingMail, _AGAIN, refusal, mail=outgoing_id, now=work.now)
    _FORGET_REFUSALS.run(work.session, mail=outgoing_id)
    marking.reckon(work, mail.conversation_id)
    work.record("mail.sent-again", order_id=mail.order_id, customer_id=mail.customer_id, subject=mail.subject)


def arrived(work: UnitOfWork, outgoing_id: int) -> None:
    """A person says that it did arrive. Refuses `mail.not-uncertain` and `mail.unknown`."""
    _found(work, outgoing_id, CONFIRMED)


def heard_of(work: UnitOfWork, rfc_ids: Iterable[str]) -> int:
    """A mail came in that names these ids in References or In-Reply-To: how many uncertain mails that proves sent."""
    found = [queries.uncertain_of(work.session, rfc_id) for rfc_id in dict.fromkeys(rfc_ids)]
    proved = [outgoing_id for outgoing_id in found if outgoing_id is not None]
    for outgoing_id in proved:
        _found(work, outgoing_id, ANSWERED)
    return len(proved)


def look_up(shop: OpenShop, open_sent: OpenSent | None = None, *, cancelled: Cancelled = never) -> int:
    """Looks for each uncertain mail in what came in since, and in its account's Sent folder; how many were found.

    A mail that is not found stays uncertain. A server that fails is left for the next time.
    """
    proved = 0
    mails = shop.ask(queries.in_state, OutboxState.UNCERTAIN)
    for account_id, group in groupby(sorted(mails, key=_by_account), key=_by_account):
        if cancelled():
            break
        those = list(group)
        answered = {mail.id: ANSWERED for mail in those if _is_answered(shop, mail)}
        missing = [mail for mail in those if mail.id not in answered]
        in_sent = _those_in_sent(shop, account_id, missing, open_sent)
        for outgoing_id, proof in {**answered, **in_sent}.items():
            with shop.work() as work:
                _found(work, outgoing_id, proof)
                proved += 1
    return proved


def copy_sent(shop: OpenShop, open_sent: OpenSent, *, cancelled: Cancelled = never) -> int:
    """Puts what was sent in the last two weeks into Sent, where the provider does not; how many copies were made.

    A copy that lies there already is not made again. A server that fails is left for the next time.
    """
    copies = 0
    mails = shop.ask(queries.to_copy, shop.clock.now() - _COPY_FOR)
    for account_id, group in groupby(mails, key=_by_account):
        try:
            with closing(open_sent(shop.ask(queries.sender, account_id))) as folder:
                for mail in group:
                    if cancelled():
                        return copies
                    if not folder.holds(mail.rfc_id):
                        folder.keep(shop.ask(raw_bytes, mail.raw_id), shop.clock.now())
                        copies += 1
                    with shop.work() as work:
                        rows.set_values(work, OutgoingMail, mail.id, copied=True)
        except Outage:
            continue
    return copies


def _by_account(mail: Due) -> int:
    return mail.account_id


def _found(work: UnitOfWork, outgoing_id: int, proof: str) -> None:
    mail = next((one for one in queries.in_state(work.session, OutboxState.UNCERTAIN) if one.id == outgoing_id), None)
    if mail is None:
        raise Refused("mail.not-uncertain", subject=work.get(OutgoingMail, outgoing_id).subject)
    marking.found_sent(work, mail, proof)


def _those_in_sent(shop: OpenShop, account_id: int, mails: Iterable[Due], open_sent: OpenSent | None) -> dict[int, str]:
    mails = list(mails)
    sender = shop.ask(queries.sender, account_id)
    if open_sent is None or not mails or not sender.smtp_host:
        return {}
    try:
        with closing(open_sent(sender)) as folder:
            return {mail.id: IN_SENT for mail in mails if folder.holds(mail.rfc_id)}
    except Outage:
        return {}


def _is_answered(shop: OpenShop, mail: Due) -> bool:
    """Whether a mail that came in since names this one in its headers."""
    wanted = mail.rfc_id.encode("ascii", "replace").lower()
    for raw_id in shop.ask(
        queries.possible_replies,
        conversation_id=mail.conversation_id,
        address=mail.to_address,
        since=mail.created_at,
    ):
        headers = shop.ask(raw_bytes, raw_id).partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]
        if wanted in headers.lower():
            return True
    return False
