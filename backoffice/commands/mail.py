"""The command of the mail desk: mails in from files, the outbox out, and how it stands."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from backoffice.commands import answers, mail_fetch, mail_ingest, mail_outbox
from backoffice.commands.answers import Json, ShopFile


class Step(StrEnum):
    """What is done."""

    ACCOUNTS = "accounts"
    FETCH = "fetch"
    INGEST = "ingest"
    SEND = "send"
    STATUS = "status"


STEPS: Mapping[Step, Callable[[Path, list[Path], bool], int]] = {
    Step.ACCOUNTS: lambda shop, _paths, json: mail_fetch.accounts_told(shop, json=json),
    Step.FETCH: lambda shop, _paths, json: mail_fetch.fetch(shop, json=json),
    Step.INGEST: lambda shop, paths, json: mail_ingest.ingest(shop, paths, json=json),
    Step.SEND: lambda shop, _paths, json: mail_outbox.send(shop, json=json),
    Step.STATUS: lambda shop, _paths, json: mail_outbox.status(shop, json=json),
}
What = Annotated[
    Step, typer.Argument(metavar="WHAT", help="fetch, ingest, send, status or accounts.", show_default=False)
]
Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PATH]…", help="For ingest: .eml and .mbox files, and folders of them."),
]


def register(app: typer.Typer) -> None:
    """Adds this command."""
    app.command()(mail)


def mail(shop: ShopFile, what: What, paths: Paths = None, json: Json = False) -> None:
    """Fetch, take in or send mails, or say how they stand."""
    if (what is Step.INGEST) != bool(paths):
        raise typer.BadParameter("files belong to ingest, and ingest wants at least one")
    answers.run(lambda: STEPS[what](shop, paths or [], json))
