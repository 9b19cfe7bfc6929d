"""`mail SHOP ingest`: takes mails in from files and folders, reads them, and says what each is."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from backoffice.commands import answers
from backoffice.core.language import Language
from backoffice.mail.conversations import joining
from backoffice.mail.conversations.queries import told
from backoffice.mail.conversations.queries.told import MailTold
from backoffice.mail.model import MailKind, MessageState, ThreadReason
from backoffice.mail.receiving import files
from backoffice.mail.receiving.files import BroughtIn
from backoffice.sentences import sentence
from backoffice.shop import Shop

AT_ONCE = 500


def ingest(path: Path, paths: Sequence[Path], *, json: bool) -> int:
    """Takes the mails in; 1 where some could not be read or taken, else 0."""
    with answers.opened(path) as shop:
        brought = files.bring_in(shop, paths, progress=answers.progress_line("Taking in"))
        joining.read_waiting(shop, progress=answers.progress_line("Reading"))
        known = _known(shop, brought)
        language = answers.language_of(shop)
    rows = [_row(one, known.get(one.message_id or 0), language) for one in brought]
    bad = [row for row in rows if row["reason"]]
    if json:
        counts = {"new": sum(one.new for one in brought), "unreadable": sum(bool(row["reason"]) for row in rows)}
        answers.say_json({"total": len(rows), **counts, "rows": rows, "next": None})
    else:
        _tell(rows)
    return answers.REFUSED if any(row["reason"] != "mail.not-a-mail-file" for row in bad) else answers.DONE


def _known(shop: Shop, brought: Sequence[BroughtIn]) -> dict[int, MailTold]:
    ids = sorted({one.message_id for one in brought if one.message_id is not None})
    known: dict[int, MailTold] = {}
    for at in range(0, len(ids), AT_ONCE):
        known |= shop.ask(told.mails, ids[at : at + AT_ONCE])
    return known


def _row(one: BroughtIn, mail: MailTold | None, language: Language) -> dict[str, Any]:
    """One mail as the answer has it; `place` is its place in an mbox, 0 where the file is the mail."""
    reason = one.fault or (mail.fault if mail else "")
    row = {
        "file": one.file,
        "place": one.place,
        "new": one.new,
        "reason": reason or None,
        "message": sentence(reason, {}, language) if reason else None,
    }
    return row | (_mail(mail) if mail else dict.fromkeys(_FIELDS))


def _mail(mail: MailTold) -> dict[str, Any]:
    return {
        "state": mail.state,
        "kind": mail.kind if mail.state != MessageState.UNREADABLE else None,
        "conversation": mail.conversation or None,
        "threaded_by": mail.reason,
        "from": mail.from_address,
        "from_name": mail.from_name,
        "subject": mail.subject,
        "text": mail.text,
        "new_text": mail.text[: mail.new_length],
        "order": mail.order or None,
        "customer": {"id": mail.customer_id, "name": mail.customer} if mail.customer_id else None,
        "bounce": _bounce(mail),
        "attachments": [one._asdict() for one in mail.files],
        "acknowledgement": _acknowledgement(mail),
    }


_FIELDS = (
    *("state", "kind", "conversation", "threaded_by", "from", "from_name", "subject", "text", "new_text", "order"),
    *("customer", "bounce", "attachments", "acknowledgement"),
)


def _bounce(mail: MailTold) -> dict[str, Any] | None:
    if mail.kind != MailKind.BOUNCE:
        return None
    named = ("address", "action", "status", "diagnostic", "hard")
    return {
        "addresses": [one.address for one in mail.bounced],
        "receivers": [{name: getattr(one, name) for name in named} for one in mail.bounced],
        "original": next((one.original for one in mail.bounced if one.original), None),
    }


def _acknowledgement(mail: MailTold) -> dict[str, Any]:
    """Whether such a mail would be confirmed by itself, were it new and confirming switched on; else why not."""
    why = mail.why_not
    if not why and mail.state != MessageState.THREADED:
        why = mail.state.value
    if not why and mail.reason != ThreadReason.NEW:
        why = "not-new"
    return {"send": mail.acknowledge and not why, "why": why}


def _tell(rows: Sequence[dict[str, Any]]) -> None:
    shown = []
    for row in rows:
        file = row["file"].name + (f"#{row['place']}" if row["place"] else "")
        said = (row["from"] or "", row["subject"] or row["message"] or "")
        shown.append([file, row["kind"] or "–", row["conversation"] or "–", *said])
    answers.table(["file", "kind", "conversation", "from", "subject"], shown)
    new = sum(bool(row["new"]) for row in rows)
    answers.say(f"{len(rows)} looked at, {new} new, {sum(bool(row['reason']) for row in rows)} could not be read.")
