"""Erases one person and keeps what the tax law asks for, under a pseudonym; a dry run says all of it first."""

from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.core.crash import crash
from backoffice.core.errors import Refused
from backoffice.customers import tombstones
from backoffice.customers.above import HOLDINGS, ORDERS_OF, PSEUDONYM, Holding, of_people
from backoffice.customers.events import PersonErased
from backoffice.customers.keys import tidy_email
from backoffice.customers.model import Customer
from backoffice.customers.person import queries
from backoffice.customers.person.scrubbing import scrub_journal, scrub_search, without_words
from backoffice.customers.queries import group
from backoffice.store import ledgers, search
from backoffice.store.rows import table_of
from backoffice.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Erasure:
    """What goes and what stays, in rows; the names are those of `words.ERASURE` and `words.KEPT`, zeros left out.

    `customer_ids` are the person and the customers merged into them; `done` is False for a dry run.
    """

    customer_ids: tuple[int, ...]
    name: str
    erased: dict[str, int]
    kept: dict[str, int]
    done: bool


OWN = {
    "emails": "customer_email",
    "phones": "customer_phone",
    "addresses": "customer_address",
    "identities": "customer_identity",
    "contacts": "contact",
}


def pseudonym(customer_id: int) -> str:
    """What stands for the name of an erased person in their orders: tells them apart, says nothing."""
    return f"#{customer_id}"


def plan(session: Session, customer_id: int) -> Erasure:
    """What an erasure would do; nothing is changed.

    Refuses `customers.unknown`, `customers.erased-already`, `customers.not-listed` for a customer merged into
    another, and `customers.open-orders` while orders still need the person's address.
    """
    person = session.get(Customer, customer_id)
    if person is None:
        raise Refused("customers.unknown", id=customer_id)
    if person.erased_at is not None:
        raise Refused("customers.erased-already")
    if not person.listed:
        raise Refused("customers.not-listed", name=person.name or person.company)
    members = group(session, customer_id)
    numbers = queries.unfinished_orders(session, members)
    if numbers:
        raise Refused("customers.open-orders", numbers=", ".join(numbers[:10]), count=len(numbers))
    erased = {"name": len(members), "consents": _count(session, "consent", "customer_id IN :customers", members)}
    erased |= {part: _count(session, table, "customer_id IN :customers", members) for part, table in OWN.items()}
    erased |= {one.table: _count(session, one.table, one.where, members) for one in HOLDINGS}
    erased["merges"] = len(queries.merges_of(session, members))
    erased["rejections"] = len(queries.rejections_naming(session, queries.addresses_of(session, members)))
    lines = queries.journal_lines(session, members)
    erased["journal"] = sum(without_words(facts) != facts for _line, facts in lines)
    kept = {
        "orders": erased["orders"],
        "payments": _count(session, "payment", f"order_id IN ({ORDERS_OF})", members),
        "tombstone": len(fingerprinted(session, members)),
        "backups": 1,
    }
    return Erasure(
        customer_ids=tuple(members),
        name=person.name or person.company,
        erased={part: rows for part, rows in erased.items() if rows},
        kept={part: rows for part, rows in kept.items() if rows},
        done=False,
    )


def erase(work: UnitOfWork, customer_id: int) -> Erasure:
    """Does what `plan` says, in one transaction; cannot be undone. Refusals as in `plan`."""
    planned = plan(work.session, customer_id)
    members = list(planned.customer_ids)
    tombstones.put(work, fingerprinted(work.session, members))
    crash("erase")
    for rejection in queries.rejections_naming(work.session, queries.addresses_of(work.session, members)):
        _run(work, "DELETE FROM rejection WHERE id = :id", {"id": rejection.id})
    scrub_journal(work.session, members)
    _clear_holdings(work, members)
    crash("erase")
    _clear_own(work, members)
    scrub_search(work.session, members)
    for member in members:
        search.forget(work.session, kind="customer", record_id=member)
    _blank(work, members)
    work.session.expire_all()
    work.record("customer.erased", customer_id=customer_id)
    work.happened(PersonErased(planned.customer_ids))
    for feature in ("customers", "journal", "channels", *(one.feature for one in HOLDINGS)):
        work.touch(feature)
    crash("erase")
    return replace(planned, done=True)


def known_as(session: Session, customer_id: int) -> list[str]:
    """By which names and e-mail addresses the person is known: what is not saved yet may name them still."""
    members = group(session, customer_id)
    people = [session.get(Customer, member) for member in members]
    names = {name for one in people if one is not None for name in (one.name, one.company) if name}
    return [*sorted(names), *queries.addresses_of(session, members)]


def sweep(work: UnitOfWork) -> None:
    """Wipes the words of erased people out of the search index's own pages, where they stay unseen for a while.

    Nobody can find them there, but whoever reads the file's bytes could. Makes the index anew, which takes a large
    shop many seconds: a job of its own after an erasure, and harmless at any time.
    """
    search.rebuild(work.session)
    work.touch("search")


def fingerprinted(session: Session, members: list[int]) -> list[tuple[str, str]]:
    """What tombstones must know the person by: e-mail addresses, marketplace ids, their name at their postcodes."""
    emails = [("email", tidy_email(email)) for email in queries.addresses_of(session, members) if tidy_email(email)]
    buyers = [tombstones.buyer(*identity) for identity in queries.identities_of(session, members)]
    return [*emails, *buyers, *(tombstones.place(*key) for key in queries.places_of(session, members))]


def _clear_own(work: UnitOfWork, members: list[int]) -> None:
    for table in OWN.values():
        _run(work, f"DELETE FROM {table} WHERE customer_id IN :customers", {"customers": members})
    merges = "kept_id IN :customers OR gone_id IN :customers"
    _run(work, f"UPDATE customer_merge SET moved = '{{}}' WHERE {merges}", {"customers": members})
    with ledgers.erasing(work.session):
        blank = "UPDATE consent SET source = '', text = '' WHERE customer_id IN :customers"
        _run(work, blank, {"customers": members})


def _clear_holdings(work: UnitOfWork, members: list[int]) -> None:
    """Parcels before orders: which parcels are theirs is found through the orders, which keep their customer."""
    with ledgers.erasing(work.session):  # a mail's bytes are never changed but now
        for one in HOLDINGS:
            if one.cleared is None:
                _run(work, f"DELETE FROM {one.table} WHERE {one.where}", {"customers": members})
            else:
                _overwrite(work, one, members)


def _overwrite(work: UnitOfWork, one: Holding, members: list[int]) -> None:
    assert one.cleared is not None
    name = pseudonym(members[0])
    values = {column: name if value == PSEUDONYM else value for column, value in one.cleared.items()}
    changes = ", ".join(f'"{column}" = :{column}' for column in values) + ", version = version + 1" * one.versioned
    _run(work, f"UPDATE {one.table} SET {changes} WHERE {one.where}", {**values, "customers": members})


def _blank(work: UnitOfWork, members: list[int]) -> None:
    changes = (
        "name = :name, name_key = '', company = '', language = '', postcode = '', postcode_key = '', notes = '',"
        " tags = '[]', listed = 0, erased_at = :now, version = version + 1"
    )
    values = {"name": pseudonym(members[0]), "now": work.now, "customers": members}
    statement = of_people(f"UPDATE customer SET {changes} WHERE id IN :customers")
    now = sa.bindparam("now", type_=table_of(Customer).c.erased_at.type)
    work.session.connection().execute(statement.bindparams(now), values)


def _count(session: Session, table: str, where: str, members: list[int]) -> int:
    found = of_people(f"SELECT count(*) FROM {table} WHERE {where}")
    return int(session.connection().execute(found, {"customers": members}).scalar_one())


def _run(work: UnitOfWork, sql: str, values: dict[str, object]) -> None:
    """SQL over tables by their names: customers may not import the models of the floors above."""
    work.session.connection().execute(of_people(sql) if "customers" in values else sa.text(sql), values)
