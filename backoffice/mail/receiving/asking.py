"""Asks a person to look at something that fetching cannot settle; once, however often it is met."""

from typing import Any

from backoffice.store.rows import json_text, moment_text
from backoffice.store.unit_of_work import UnitOfWork

_ASK = "INSERT OR IGNORE INTO mail_task (key, kind, at, facts) VALUES (?, ?, ?, ?)"  # answering's table, from below it


def ask_a_person(work: UnitOfWork, key: str, kind: str, **facts: Any) -> None:
    """Writes a task; nothing where one with this key was ever written."""
    work.session.connection().exec_driver_sql(_ASK, (key, kind, moment_text(work.now), json_text(facts)))
    work.touch("mail")
