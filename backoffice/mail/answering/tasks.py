"""What a person has to look at because a mail could not or should not go by itself."""

from backoffice.mail.answering.automatic import queries as asked
from backoffice.mail.answering.model import MailTask
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork


def leave(
    work: UnitOfWork,
    key: str,
    kind: str,
    *,
    order_id: int | None = None,
    customer_id: int | None = None,
    conversation_id: int | None = None,
    **facts: object,
) -> None:
    """Leaves a task; once for each key, even when it is done already."""
    if asked.task_known(work.session, key):
        return
    about = {"order_id": order_id, "customer_id": customer_id, "conversation_id": conversation_id}
    rows.insert(work, MailTask, key=key, kind=kind, at=work.now, facts=facts, **about)


def done(work: UnitOfWork, task_id: int) -> None:
    """Somebody has seen to it. Inverse: `undone`. Refuses `mail.unknown`."""
    work.get(MailTask, task_id)
    rows.set_values(work, MailTask, task_id, done_at=work.now)


def undone(work: UnitOfWork, task_id: int) -> None:
    """It is to be seen to after all. Refuses `mail.unknown`."""
    work.get(MailTask, task_id)
    rows.set_values(work, MailTask, task_id, done_at=None)
