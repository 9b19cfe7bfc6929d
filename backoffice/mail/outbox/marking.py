"""Each step of a mail on its way out, written down: every function is one change within a unit of work."""

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.mail.conversations import clocks
from backoffice.mail.outbox import queries
from backoffice.mail.outbox.delivery import Answer, Delivery, Trouble, Undelivered
from backoffice.mail.outbox.model import OutboxState, OutgoingMail, OutgoingReceiver
from backoffice.mail.outbox.queries import Due
from backoffice.mail.outbox.retrying import pause
from backoffice.store import rows
from backoffice.store.prepared import Prepared, among
from backoffice.store.unit_of_work import UnitOfWork

SOME_REFUSED = "mail.some-refused"
GIVEN_UP = "mail.given-up"
NOT_REACHED = frozenset({Trouble.OFFLINE, Trouble.NO_HOST, Trouble.SILENT})

_O = rows.table_of(OutgoingMail).c
_R = rows.table_of(OutgoingReceiver).c
_THESE = among(_O.id, "mails")
_CLAIM = Prepared(sa.update(OutgoingMail).where(_THESE, queries.IS_WAITING).values(state=OutboxState.SENDING, error=""))
_RELEASE = Prepared(
    sa.update(OutgoingMail)
    .where(_THESE, _O.state == OutboxState.SENDING)
    .values(
        state=sa.case((_O.attempts == 0, OutboxState.QUEUED.value), else_=OutboxState.RETRY.value),
        error=sa.bindparam("why"),
    )
)
_DOT = Prepared(
    sa.update(OutgoingMail)
    .where(_O.id == sa.bindparam("mail"), _O.state == OutboxState.SENDING)
    .values(state=OutboxState.DOT)
)
_HEARD = Prepared(
    sa.update(OutgoingReceiver)
    .where(_R.outgoing_id == sa.bindparam("mail"), _R.address == sa.bindparam("whose"))
    .values(accepted=sa.bindparam("yes", type_=sa.Boolean()), code=sa.bindparam("said"), answer=sa.bindparam("words"))
)
_CUT_OFF = Prepared(
    sa.update(OutgoingMail)
    .where(_O.state == OutboxState.SENDING)
    .values(state=sa.case((_O.attempts == 0, OutboxState.QUEUED.value), else_=OutboxState.RETRY.value))
)
_UNKNOWN = Prepared(
    sa.update(OutgoingMail)
    .where(_O.state == OutboxState.DOT)
    .values(state=OutboxState.UNCERTAIN, error=Trouble.LOST.value, attempts=_O.attempts + 1)
)


def recover(work: UnitOfWork) -> int:
    """After a program that was cut off: what was not said to its end goes out again; what was is uncertain.

    How many are uncertain by that. Only to be called while nobody sends.
    """
    uncertain = _UNKNOWN.run(work.session)
    if _CUT_OFF.run(work.session) + uncertain:
        work.touch("mail")
    return uncertain


def claim(work: UnitOfWork, account_id: int, *, limit: int) -> list[Due]:
    """Takes what is due, so that it can be neither taken back nor called off any more."""
    found = queries.due(work.session, account_id, now=work.now, limit=limit)
    if found:
        rows.change(work, OutgoingMail, _CLAIM, mails=[mail.id for mail in found])
    return found


def release(work: UnitOfWork, mails: Iterable[Due], *, why: str = "") -> None:
    """Nothing was said of these: they wait as they did before."""
    rows.change(work, OutgoingMail, _RELEASE, mails=[mail.id for mail in mails], why=why)


def at_the_dot(work: UnitOfWork, mail: Due) -> None:
    """From here on only the server knows. Refuses `mail.too-late` where somebody else changed the mail's state."""
    rows.change_one(work, OutgoingMail, _DOT, Refused("mail.too-late", subject=mail.subject), mail=mail.id)


def delivered(work: UnitOfWork, mail: Due, delivery: Delivery) -> OutboxState:
    """The server took it. Receivers it wants to be asked for again later are asked for again, and only those."""
    _heard(work, mail, delivery.of_receivers, taken=True)
    again = [answer for answer in delivery.of_receivers.values() if 400 <= answer.code < 500]
    refused = any(answer.code >= 500 for answer in delivery.of_receivers.values())
    if again:
        return put_off(work, mail, Undelivered(Trouble.TEMPORARY, code=again[0].code, said=again[0].text))
    return _sent(work, mail, _told(delivery.answer), error=SOME_REFUSED if refused else "")


def undelivered(work: UnitOfWork, mail: Due, trouble: Undelivered) -> OutboxState:
    """The server did not take it, or nobody knows whether it did."""
    if trouble.after_dot:
        return _set(work, mail, OutboxState.UNCERTAIN, trouble, verb="mail.uncertain")
    _heard(work, mail, trouble.of_receivers, taken=False)
    if trouble.final:
        return _ended(work, mail, trouble, str(trouble.trouble))
    return put_off(work, mail, trouble)


def put_off(work: UnitOfWork, mail: Due, trouble: Undelivered) -> OutboxState:
    """Tried again later; given up after five days."""
    wait = pause(mail.attempts + 1, reached=trouble.trouble not in NOT_REACHED)
    if wait is None:
        return _ended(work, mail, trouble, GIVEN_UP)
    return _set(work, mail, OutboxState.RETRY, trouble, due_at=work.now + wait)


def found_sent(work: UnitOfWork, mail: Due, proof: str) -> None:
    """An uncertain mail did arrive: `proof` says how we know."""
    _sent(work, mail, proof, error="", verb="mail.arrived")


def refused(work: UnitOfWork, mail: Due, code: str) -> OutboxState:
    """It cannot be sent, for a reason of ours."""
    return _ended(work, mail, Undelivered(Trouble.REFUSED), code)


def _sent(work: UnitOfWork, mail: Due, answer: str, *, error: str, verb: str = "mail.sent") -> OutboxState:
    rows.set_values(
        work,
        OutgoingMail,
        mail.id,
        state=OutboxState.SENT,
        sent_at=work.now,
        answer=answer,
        error=error,
        attempts=mail.attempts + 1,
    )
    _record(work, mail, verb)
    return OutboxState.SENT


def _ended(work: UnitOfWork, mail: Due, trouble: Undelivered, error: str) -> OutboxState:
    """For good: failed, unless somebody got it in an earlier try."""
    accepted = [one for one in queries.receivers(work.session, mail.id) if one.accepted]
    if accepted:
        return _sent(work, mail, accepted[0].answer, error=SOME_REFUSED)
    state = _set(work, mail, OutboxState.FAILED, trouble, verb="mail.failed", error=error)
    reckon(work, mail.conversation_id)
    return state


def reckon(work: UnitOfWork, conversation_id: int | None) -> None:
    """What never left has answered nobody: the conversation's clocks are told."""
    if conversation_id is not None:
        clocks.reckon(work, conversation_id)


def _set(
    work: UnitOfWork, mail: Due, state: OutboxState, trouble: Undelivered, *, verb: str = "", **values: object
) -> OutboxState:
    said = f"{trouble.code or ''} {trouble.said}".strip()
    told = {"error": str(trouble.trouble), "answer": said, "attempts": mail.attempts + 1, **values}
    rows.set_values(work, OutgoingMail, mail.id, state=state, **told)
    if verb:
        _record(work, mail, verb)
    return state


def _heard(work: UnitOfWork, mail: Due, answers: Mapping[str, Answer], *, taken: bool) -> None:
    for address, answer in answers.items():
        if not taken and answer.good:
            continue  # accepted for a mail that was then not taken: they have nothing
        _HEARD.run(work.session, mail=mail.id, whose=address, yes=answer.good, said=answer.code, words=answer.text)


def _told(answer: Answer) -> str:
    return f"{answer.code} {answer.text}".strip()


def _record(work: UnitOfWork, mail: Due, verb: str) -> None:
    if mail.order_id is not None or mail.customer_id is not None:
        work.record(verb, order_id=mail.order_id, customer_id=mail.customer_id, subject=mail.subject)


def still_to_ask(session_receivers: Sequence[queries.Receiver]) -> list[str]:
    """Whom the server has neither accepted nor refused for good."""
    return [one.address for one in session_receivers if not one.accepted and one.code < 500]
