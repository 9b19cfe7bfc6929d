"""`mail SHOP fetch` and `mail SHOP accounts`: what is new in the shop's mailboxes, and how they do."""

import sys
from dataclasses import asdict
from getpass import getpass
from pathlib import Path

from backoffice.commands import answers
from backoffice.core.language import Language
from backoffice.core.secrets import SecretStore
from backoffice.mail.answering import by_itself
from backoffice.mail.conversations import joining
from backoffice.mail.receiving import accounts, fetching, queries
from backoffice.mail.receiving.fetching import Connect
from backoffice.mail.receiving.imap import connect
from backoffice.mail.receiving.queries import HealthRow
from backoffice.sentences import sentence
from backoffice.settings import queries as settings
from backoffice.shop import Shop


def fetch(path: Path, *, json: bool, connect: Connect = connect) -> int:
    """Fetches every account once, reads what came, and puts into the outbox what the owner lets the desk say by itself.

    FAILED where a server failed, though others are done.
    """
    with answers.opened(path) as shop:
        language, secrets = answers.language_of(shop), _secrets(shop)
        progress = answers.progress_line("Fetching")
        done = fetching.fetch(shop, secrets=secrets, connect=connect, progress=progress, at_once=True)
        read = joining.read_waiting(shop, progress=answers.progress_line("Reading"))
        told = by_itself.run(shop)
        health = {row.account_id: row for row in shop.ask(queries.health)}
    rows = [
        {"address": health[one.account_id].address, "new": one.new, "left": one.left,
         **_why(health[one.account_id], one.error, language)}
        for one in done
    ]  # fmt: skip
    if json:
        answers.say_json({"accounts": rows, "read": read.read, "unreadable": read.unreadable, "queued": told._asdict()})
    else:
        answers.table(["account", "new", "too large"], [[row["address"], row["new"], row["left"]] for row in rows])
        for row in rows:
            if row["message"]:
                answers.complain(f"{row['address']}: {row['message']}")
    return answers.FAILED if any(one.error for one in done) else answers.DONE


def accounts_told(path: Path, *, json: bool) -> int:
    """The accounts with a server, and whether server and shop agree."""
    with answers.opened(path) as shop:
        language, health = answers.language_of(shop), shop.ask(queries.health)
    rows = [{name: value for name, value in asdict(row).items() if name != "error"} | _why(row, row.error, language)
            for row in health]  # fmt: skip
    if json:
        answers.say_json({"accounts": rows})
    else:
        cells = [[row["address"], answers.plain(row["checked_at"]) or "–", row["on_server"], row["missing"],
                  row["left"], row["message"] or ""] for row in rows]  # fmt: skip
        answers.table(["account", "last check", "on server", "missing", "too large", "what is wrong"], cells)
    return answers.DONE


def _secrets(shop: Shop) -> SecretStore:
    """The shop's secrets; one that is not known is asked for where somebody sits at a terminal, and kept."""
    store = accounts.secret_store(shop.ask(settings.profile).identity)
    if sys.stdin is None or not sys.stdin.isatty():
        return store
    language = answers.language_of(shop)
    for account in shop.ask(queries.accounts, active_only=True):
        if account.imap_host and accounts.secret_of(store, account.id or 0) is None:
            asked = language.words("Password of {address}: ").format(address=account.address)
            if typed := getpass(asked, sys.stderr):
                accounts.keep_secret(store, account.id or 0, typed)
    return store


def _why(row: HealthRow, code: str, language: Language) -> dict[str, object]:
    facts = {"host": row.host, "address": row.address}
    return {"reason": code or None, "message": sentence(code, facts, language) if code else None}
