"""What can be done with a customer: add, change, tag, and keep what they allowed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.core.postal import PostalAddress
from backoffice.core.text import fold, one_line
from backoffice.customers import queries, tombstones
from backoffice.customers.card import queries as card
from backoffice.customers.drafts import CustomerDraft
from backoffice.customers.keys import postcode_key, tidied_key, tidy_email, tidy_name, tidy_phone
from backoffice.customers.model import (
    Consent,
    Customer,
    CustomerAddress,
    CustomerEmail,
    CustomerIdentity,
    CustomerPhone,
    EmailState,
)
from backoffice.store import rows, search
from backoffice.store.unit_of_work import UnitOfWork

_C = rows.table_of(Customer).c
_E = rows.table_of(CustomerEmail).c
_P = rows.table_of(CustomerPhone).c
_A = rows.table_of(CustomerAddress).c


def create(work: UnitOfWork, draft: CustomerDraft, *, batch_id: int | None = None) -> int:
    """A new customer; the id. Refuses the draft's faults and `customers.email-taken`.

    Somebody who was erased and is typed in again by a person is new: their tombstones are lifted.
    """
    _check(work, draft, but=None)
    customer_id = rows.insert(work, Customer, **values_of(draft), created_at=work.now, batch_id=batch_id)
    _set_lists(work, customer_id, draft)
    file_for_search(work, customer_id)
    work.record("customer.added", customer_id=customer_id)
    return customer_id


def change(work: UnitOfWork, customer_id: int, draft: CustomerDraft, *, version: int) -> None:
    """Replaces what a person may write about a customer, `version` being the one the form showed.

    Refuses the draft's faults, `customers.email-taken`, `customers.not-listed`, and `customers.changed` where
    somebody saved in between. Its inverse is a change back to the card's draft of before.
    """
    one = listed(work, customer_id)
    _check(work, draft, but=customer_id)
    before = card.card(work.session, customer_id).draft
    refusal = Refused("customers.changed", name=one.name or one.company)
    statement = (
        sa.update(Customer)
        .where(_C.id == customer_id, _C.version == version)
        .values(**values_of(draft), version=version + 1)
    )
    rows.change_one(work, Customer, statement, refusal)
    _set_lists(work, customer_id, draft)
    work.session.expire_all()
    file_for_search(work, customer_id)
    after = card.card(work.session, customer_id).draft
    changed = [name for name in CustomerDraft.__slots__ if getattr(before, name) != getattr(after, name)]
    if changed:
        work.record("customer.changed", customer_id=customer_id, fields=changed)


def tag(work: UnitOfWork, customer_ids: Iterable[int], tag: str) -> int:
    """Gives customers a tag; how many did not have it. Refuses `customers.bad-tag`. Inverse: `untag`."""
    wanted = one_line(tag)
    if not 0 < len(wanted) <= 60:
        raise Refused("customers.bad-tag", tag=wanted[:60])
    new = [one for one in _listed(work, customer_ids) if fold(wanted) not in map(fold, one.tags)]
    for one in new:
        one.tags = [*one.tags, wanted]
        work.record("customer.tagged", customer_id=one.id, tag=wanted)
    return len(new)


def untag(work: UnitOfWork, customer_ids: Iterable[int], tag: str) -> int:
    """Takes a tag off customers; how many had it. Inverse: `tag`."""
    had = [one for one in _listed(work, customer_ids) if tag in one.tags]
    for one in had:
        one.tags = [kept for kept in one.tags if kept != tag]
        work.record("customer.untagged", customer_id=one.id, tag=tag)
    return len(had)


def set_email_state(work: UnitOfWork, customer_id: int, email: str, state: EmailState) -> EmailState:
    """Says whether mail reaches an address; the state before, for the inverse. Refuses `customers.email-unknown`."""
    address = tidy_email(email)
    known = {row.address: row.state for row in card.emails(work.session, customer_id)}
    if address not in known:
        raise Refused("customers.email-unknown", email=email[:60])
    if known[address] is not state:
        rows.change(work, CustomerEmail, sa.update(CustomerEmail).where(_E.address == address).values(state=state))
        work.record(f"customer.email-{state.value}", customer_id=customer_id, email=address)
    return known[address]


def consent(
    work: UnitOfWork,
    customer_id: int,
    *,
    granted: bool,
    source: str,
    text: str = "",
    purpose: str = "marketing",
    at: datetime | None = None,
) -> None:
    """One more line in the consent ledger, for a consent or its withdrawal. Refuses `customers.no-source`.

    `source` says where it comes from (a form, a file, a call), `text` is what the person agreed to, word for word.
    """
    listed(work, customer_id)
    if not source.strip():
        raise Refused("customers.no-source")
    if len(text) > 20_000:
        raise Refused("customers.too-long", longest=20_000)
    rows.insert(
        work,
        Consent,
        customer_id=customer_id,
        at=at or work.now,
        purpose=purpose,
        granted=granted,
        source=one_line(source)[:200],
        text=text,
    )
    work.record("customer.consented" if granted else "customer.withdrew", customer_id=customer_id, purpose=purpose)


def learn(
    work: UnitOfWork,
    customer_id: int,
    *,
    email: str = "",
    phone: str = "",
    address: PostalAddress | None = None,
    identity: tuple[str, str] | None = None,
) -> None:
    """Adds what an order or a call told of a customer and nobody knew; what is known already changes nothing.

    An e-mail address or a marketplace's id (channel, id) that belongs to somebody else is left with them.
    """
    listed(work, customer_id)
    if tidy_email(email):
        _add_emails(work, customer_id, [tidy_email(email)], taken_is_fine=True)
    if tidy_phone(phone) and tidy_phone(phone) not in card.phones(work.session, customer_id):
        rows.insert(work, CustomerPhone, customer_id=customer_id, number=tidy_phone(phone))
    if address is not None and any(getattr(address, field) for field in PostalAddress.__slots__):
        _add_addresses(work, customer_id, [address])
        place = {"country": address.country, "postcode": address.postcode[:40]}
        keys = {"postcode_key": postcode_key(address.postcode)}
        rows.change(work, Customer, sa.update(Customer).where(_C.id == customer_id).values(**place, **keys))
    if identity is not None and not queries.owners_of_identities(work.session, identity[0], [identity[1]]):
        tombstones.lift(work, [tombstones.buyer(*identity)])
        rows.insert(work, CustomerIdentity, customer_id=customer_id, channel=identity[0], external_id=identity[1])
    work.session.expire_all()
    file_for_search(work, customer_id)


def values_of(draft: CustomerDraft) -> dict[str, Any]:
    """The columns of a customer that a draft fills, keys included: for an insert of one, or of a thousand."""
    first = draft.addresses[0] if draft.addresses else PostalAddress()
    folded: dict[str, str] = {}
    for tag in draft.tags:
        folded.setdefault(fold(one_line(tag)), one_line(tag))
    name, company = tidy_name(draft.name), tidy_name(draft.company)
    return {
        "name": name,
        "company": company,
        "name_key": tidied_key(name, company),
        "language": draft.language,
        "country": draft.country or first.country,
        "postcode": one_line(first.postcode)[:40],
        "postcode_key": postcode_key(first.postcode),
        "notes": draft.notes,
        "tags": list(folded.values()),
    }


def file_for_search(work: UnitOfWork, customer_id: int) -> None:
    """Makes the customer findable by name, company, e-mails, phones and postcode."""
    work.session.flush()
    title, words = queries.search_words(work.session, customer_id)
    search.put(work.session, kind="customer", record_id=customer_id, title=title, text=words)


def listed(work: UnitOfWork, customer_id: int) -> Customer:
    """The customer, to be changed. Refuses `customers.unknown` and `customers.not-listed`."""
    one = work.get(Customer, customer_id)
    if not one.listed:
        raise Refused("customers.not-listed", name=one.name or one.company)
    return one


def _listed(work: UnitOfWork, customer_ids: Iterable[int]) -> list[Customer]:
    return [listed(work, customer_id) for customer_id in dict.fromkeys(customer_ids)]


def _check(work: UnitOfWork, draft: CustomerDraft, *, but: int | None) -> None:
    for fault in draft.faults():
        raise Refused(fault.code, field=fault.name, **fault.facts)
    owners = queries.owners_of_emails(work.session, [tidy_email(email) for email in draft.emails])
    for email, owner in owners.items():
        if owner != but:
            other = work.get(Customer, owner)
            named = other.name or other.company
            raise Refused("customers.email-taken", field="emails", email=email, customer=owner, name=named)


def _set_lists(work: UnitOfWork, customer_id: int, draft: CustomerDraft) -> None:
    """E-mails, phones and addresses become what the draft says; those that stay keep their rows and states."""
    emails = list(dict.fromkeys(tidy_email(email) for email in draft.emails))
    phones = list(dict.fromkeys(tidy_phone(phone) for phone in draft.phones))
    keys = [address.key() for address in draft.addresses]
    for kind, owner, value, kept in (
        (CustomerEmail, _E.customer_id, _E.address, emails),
        (CustomerPhone, _P.customer_id, _P.number, phones),
        (CustomerAddress, _A.customer_id, _A.key, keys),
    ):
        rows.change(work, kind, sa.delete(kind).where(owner == customer_id, value.not_in(kept)))
    _add_emails(work, customer_id, emails)
    known = card.phones(work.session, customer_id)
    rows.insert_many(
        work, CustomerPhone, [{"customer_id": customer_id, "number": phone} for phone in phones if phone not in known]
    )
    _add_addresses(work, customer_id, draft.addresses)


def _add_emails(work: UnitOfWork, customer_id: int, addresses: Sequence[str], *, taken_is_fine: bool = False) -> None:
    owners = queries.owners_of_emails(work.session, addresses)
    new = [address for address in addresses if address not in owners]
    tombstones.lift(work, [("email", address) for address in new])
    rows.insert_many(work, CustomerEmail, [{"customer_id": customer_id, "address": address} for address in new])


def _add_addresses(work: UnitOfWork, customer_id: int, addresses: Sequence[PostalAddress]) -> None:
    """Two writings of one address are one; the later writing is kept."""
    for address in addresses:
        values = {name: getattr(address, name) for name in PostalAddress.__slots__}
        this = sa.and_(_A.customer_id == customer_id, _A.key == address.key())
        if not rows.change(work, CustomerAddress, sa.update(CustomerAddress).where(this).values(**values)):
            rows.insert(work, CustomerAddress, customer_id=customer_id, key=address.key(), **values)
