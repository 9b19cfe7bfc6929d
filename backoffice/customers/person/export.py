"""Writes everything about one person into two files: JSON for machines, PDF for people."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from backoffice.core.language import Language
from backoffice.core.paths import private_folder, write_private
from backoffice.customers.person.paper import Reader, Tell, paper
from backoffice.customers.person.queries import plain
from backoffice.settings.queries import Profile
from backoffice.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Exported:
    """Where the two files are."""

    json: Path
    pdf: Path


def write(
    person: dict[str, Any],
    folder: Path,
    *,
    shop: Profile,
    at: datetime,
    tell: Tell,
    language: Language | None = None,
) -> Exported:
    """Writes `person-<id>.json` and `person-<id>.pdf`, readable by the owner only; files of those names are replaced.

    `person` is what `person.queries.everything` gathered, `at` when; `tell` turns a verb of the journal and its facts
    into a sentence, and `language` is the shop's unless given. OSError as the disk says; a file is whole or not there.
    """
    language = language or Language(shop.language)
    private_folder(folder)
    name = f"person-{int(person['customer']['id'])}"
    whole = {"made_at": plain(at), "shop": shop.name, **person}
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    reader = Reader(language, shop.zone, tell)
    return Exported(
        json=write_private(folder / f"{name}.json", text.encode("utf-8", "replace")),
        pdf=write_private(folder / f"{name}.pdf", paper(person, reader, shop=shop.name, at=at)),
    )


def record(work: UnitOfWork, customer_id: int) -> None:
    """Says in the history that the person's data was handed out."""
    work.record("customer.exported", customer_id=customer_id)
