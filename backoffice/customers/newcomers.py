"""Many new customers at once, for an import: a few inserts for a thousand of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backoffice.core.postal import PostalAddress
from backoffice.customers import queries, tombstones
from backoffice.customers.actions import values_of
from backoffice.customers.drafts import CustomerDraft
from backoffice.customers.keys import tidy_email, tidy_phone
from backoffice.customers.model import Customer, CustomerAddress, CustomerEmail, CustomerIdentity, CustomerPhone
from backoffice.store import rows, search
from backoffice.store.journal import JournalLine
from backoffice.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody a file names and nobody knows. Foreign text: what is no e-mail address or phone is left out."""

    draft: CustomerDraft
    identity: tuple[str, str] | None = None
    """(channel, its buyer id)"""


def add(work: UnitOfWork, newcomers: Sequence[Newcomer], *, batch_id: int | None = None) -> list[int]:
    """Adds them all; their ids in the same order.

    They must be unknown to `Matcher` and different from one another. An e-mail address or buyer id that somebody has
    after all stays with that customer. Tombstones of their addresses are lifted: call it for people who came back by
    themselves, after their erasure.
    """
    if not newcomers:
        return []
    first = rows.next_id(work, Customer)
    ids = range(first, first + len(newcomers))
    numbered = list(zip(ids, newcomers, strict=True))
    values = [values_of(new.draft) for new in newcomers]
    columns = {"id": ids, **{name: [one[name] for one in values] for name in values[0]}}
    rows.insert_columns(work, Customer, columns, same={"created_at": work.now, "batch_id": batch_id})
    emails = _emails(work, numbered)
    rows.insert_columns(work, CustomerEmail, {"customer_id": list(emails.values()), "address": list(emails)})
    rows.insert_many(work, CustomerPhone, _phones(numbered))
    rows.insert_columns(work, CustomerAddress, _addresses(numbered))
    buyers = _identities(work, numbered)
    rows.insert_many(work, CustomerIdentity, buyers)
    lifted = [("email", address) for address in emails]
    tombstones.lift(work, lifted + [tombstones.buyer(one["channel"], one["external_id"]) for one in buyers])
    line = {"at": work.now, "who": work.who, "verb": "customer.added", "facts": {}}
    rows.insert_columns(work, JournalLine, {"customer_id": ids}, same=line)
    search.put_all(work.session, queries.FOUND_BY, (first, ids[-1]))
    return list(ids)


Numbered = list[tuple[int, Newcomer]]


def _emails(work: UnitOfWork, numbered: Numbered) -> dict[str, int]:
    """Customer by tidied address; without those that somebody has."""
    wanted: dict[str, int] = {}
    for one, new in numbered:
        for email in new.draft.emails:
            wanted.setdefault(tidy_email(email), one)
    wanted.pop("", None)
    taken = queries.owners_of_emails(work.session, list(wanted))
    return {email: one for email, one in wanted.items() if email not in taken}


def _phones(numbered: Numbered) -> list[dict[str, Any]]:
    return [
        {"customer_id": one, "number": phone}
        for one, new in numbered
        for phone in dict.fromkeys(map(tidy_phone, new.draft.phones))
        if phone
    ]


def _addresses(numbered: Numbered) -> rows.Columns:
    """Each address of each once, two writings of one being the same: the later is kept."""
    places = [
        (one, key, address)
        for one, new in numbered
        for key, address in {address.key(): address for address in new.draft.addresses}.items()
    ]
    parts = {name: [getattr(address, name) for _, _, address in places] for name in PostalAddress.__slots__}
    return {"customer_id": [one for one, _, _ in places], "key": [key for _, key, _ in places], **parts}


def _identities(work: UnitOfWork, numbered: Numbered) -> list[dict[str, Any]]:
    wanted: dict[tuple[str, str], int] = {}
    for one, new in numbered:
        if new.identity is not None and all(new.identity):
            wanted.setdefault(new.identity, one)
    taken = set()
    for channel in {channel for channel, _ in wanted}:
        ids = [external for name, external in wanted if name == channel]
        taken |= {(channel, external) for external in queries.owners_of_identities(work.session, channel, ids)}
    return [
        {"customer_id": one, "channel": channel, "external_id": external}
        for (channel, external), one in wanted.items()
        if (channel, external) not in taken
    ]
