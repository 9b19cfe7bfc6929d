"""`mail SHOP send` and `mail SHOP status`: the outbox, once."""

from pathlib import Path

from backoffice.commands import answers
from backoffice.core.language import Language
from backoffice.core.secrets import SecretStore
from backoffice.mail.outbox import queries as outbox
from backoffice.mail.outbox import rounds
from backoffice.mail.outbox.model import OutboxState
from backoffice.mail.outbox.queries import OutgoingRow
from backoffice.mail.outbox.sending import Connect, with_secrets
from backoffice.mail.receiving import accounts, sent
from backoffice.mail.words import OUTBOX_PROOFS, OUTBOX_TROUBLES
from backoffice.settings import queries as settings

_SHOWN = ("uncertain", "failed", "due")
_MOST_SHOWN = 100


def send(file: Path, *, json: bool) -> int:
    """Sends what is due; 1 where a mail failed or is uncertain, 3 where an account could send nothing, else 0."""
    with answers.opened(file) as shop:
        progress = answers.progress_line("mail")
        secrets = accounts.secret_store(shop.ask(settings.profile).identity)
        done = rounds.run(shop, connect=_connect(secrets), open_sent=sent.opener(shop, secrets), progress=progress)
        language = answers.language_of(shop)
    report = done.report
    troubles = [
        {"address": one.address, "reason": one.code, "message": _told(one.code, one.said, language)}
        for one in report.troubles
    ]
    counted = {name: getattr(report, name) for name in ("sent", "later", "failed", "uncertain")}
    counted |= {"found": done.proved, "copied": done.copies}
    if json:
        answers.say_json({**counted, "accounts": troubles})
    else:
        answers.table(list(counted), [list(counted.values())])
        for trouble in troubles:
            answers.complain(f"{trouble['address']}: {trouble['message']}")
    if troubles:
        return answers.FAILED
    return answers.REFUSED if report.failed or report.uncertain else answers.DONE


def status(file: Path, *, json: bool) -> int:
    """How many mails stand where, and those that wait, failed or are uncertain."""
    with answers.opened(file) as shop:
        counts = shop.ask(outbox.counts)
        rows = [row for view in _SHOWN for row in shop.ask(outbox.page, view=view, limit=_MOST_SHOWN).rows]
        language = answers.language_of(shop)
    if json:
        answers.say_json({"outbox": counts, "rows": [_row(row, language) for row in rows]})
    else:
        answers.table(list(counts), [list(counts.values())])
        cells = [[row.state, row.to_address, row.subject, _why(row, language) or row.answer] for row in rows]
        if cells:
            answers.table(["state", "to", "subject", "why"], cells)
    return answers.DONE


def _connect(secrets: SecretStore) -> Connect:
    return with_secrets(lambda account_id: accounts.secret_of(secrets, account_id))


def _row(row: OutgoingRow, language: Language) -> dict[str, object]:
    return {
        "id": row.id,
        "to": row.to_address,
        "subject": row.subject,
        "purpose": row.purpose,
        "state": row.state,
        "created_at": row.created_at,
        "due_at": row.due_at,
        "sent_at": row.sent_at,
        "attempts": row.attempts,
        "reason": row.error or None,
        "message": _why(row, language) or None,
        "answer": row.answer,
        "conversation": row.conversation_number,
    }


def _why(row: OutgoingRow, language: Language) -> str:
    if row.state == OutboxState.SENT and row.answer in OUTBOX_PROOFS:
        return language.words(OUTBOX_PROOFS[row.answer])
    return _told(row.error, row.answer, language) if row.error else ""


def _told(code: str, said: str, language: Language) -> str:
    return language.words(OUTBOX_TROUBLES[code]).format(said=said or "–") if code in OUTBOX_TROUBLES else code
