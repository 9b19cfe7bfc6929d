"""How the desk works: what it may send by itself, and its standards. Nothing is on until the owner says so."""

from collections.abc import Sequence

from backoffice.core.errors import Refused
from backoffice.mail.answering.model import MailSettings
from backoffice.mail.outbox import keys
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

NOTICES = ("received", "dispatched", "delayed", "delivered")
LONGEST_MINUTES = 60 * 24 * 14
LONGEST_UNDO = 120


def change(
    work: UnitOfWork,
    *,
    acknowledge: bool | None = None,
    notices: Sequence[str] | None = None,
    answer_minutes: int | None = None,
    next_minutes: int | None = None,
    undo_seconds: int | None = None,
) -> None:
    """Changes what is named. Minutes are of opening hours. Switching confirmations on ends a stop of the breaker.

    Refuses `mail.bad-standard` for minutes or seconds nobody could mean, `mail.unknown-notice`.
    """
    for minutes in (answer_minutes, next_minutes):
        if minutes is not None and not 1 <= minutes <= LONGEST_MINUTES:
            raise Refused("mail.bad-standard", most=LONGEST_MINUTES)
    if undo_seconds is not None and not 0 <= undo_seconds <= LONGEST_UNDO:
        raise Refused("mail.bad-standard", most=LONGEST_UNDO)
    if unknown := set(notices or ()) - set(NOTICES):
        raise Refused("mail.unknown-notice", notice=min(unknown))
    values: dict[str, object] = {
        "acknowledge": acknowledge,
        "notices": None if notices is None else [each for each in NOTICES if each in notices],
        "answer_minutes": answer_minutes,
        "next_minutes": next_minutes,
        "undo_seconds": undo_seconds,
    }
    values = {name: value for name, value in values.items() if value is not None}
    if acknowledge:
        values["stopped_at"] = None
    set_up(work, **values)
    work.record("mail.desk-changed", **{name: value for name, value in values.items() if name != "stopped_at"})


def set_up(work: UnitOfWork, **values: object) -> None:
    """Writes into the one row of settings, which is made at its first use."""
    keys.thread_key(work)
    if values:
        rows.set_values(work, MailSettings, 1, **values)
