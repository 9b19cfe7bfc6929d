"""Everything about one customer in one place: who it is, what was bought, said and allowed, newest first."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.customers.above import COUNTED, ORDERS, UNFINISHED
from backoffice.customers.card.rows import Card, ConsentRow, ContactRow, EmailRow, MergeRow, OrderFacts, OrderRow
from backoffice.customers.model import (
    Consent,
    Contact,
    Customer,
    CustomerAddress,
    CustomerEmail,
    CustomerIdentity,
    CustomerPhone,
    Merge,
)
from backoffice.customers.queries import group, look_alikes
from backoffice.store.journal import Happening, JournalLine
from backoffice.store.paging import Cursor, Order, Page
from backoffice.store.paging import page as keyset_page
from backoffice.store.rows import table_of

_J = table_of(JournalLine).c
_O = ORDERS.c
_T = table_of(Contact).c


_PLAIN = (
    "name",
    "company",
    "language",
    "country",
    "notes",
    "created_at",
    "version",
    "listed",
    "merged_into",
    "erased_at",
)


def card(session: Session, customer_id: int) -> Card:
    """The customer's page. Refuses `customers.unknown`."""
    one = session.get(Customer, customer_id)
    if one is None:
        raise Refused("customers.unknown", id=customer_id)
    ledger = consents(session, customer_id)
    return Card(
        id=customer_id,
        **{name: getattr(one, name) for name in _PLAIN},
        tags=tuple(one.tags),
        emails=tuple(emails(session, customer_id)),
        phones=tuple(phones(session, customer_id)),
        addresses=tuple(addresses(session, customer_id)),
        identities=tuple(identities(session, customer_id)),
        consents=tuple(ledger),
        allowed={consent.purpose: consent.granted for consent in reversed(ledger)},
        facts=order_facts(session, customer_id),
        call_backs=tuple(row for row in contacts(session, customer_id) if row.due_at and not row.done_at),
        merges=tuple(merges(session, customer_id)),
        look_alikes=tuple(look_alikes(session, customer_id)),
    )


def emails(session: Session, customer_id: int) -> list[EmailRow]:
    """The customer's addresses in the order they became known."""
    found = select(CustomerEmail).where(CustomerEmail.customer_id == customer_id).order_by(col(CustomerEmail.id))
    return [EmailRow(email.address, email.state) for email in session.exec(found)]


def phones(session: Session, customer_id: int) -> list[str]:
    """The customer's phone numbers as written."""
    found = select(CustomerPhone.number).where(CustomerPhone.customer_id == customer_id)
    return list(session.exec(found.order_by(col(CustomerPhone.id))))


def addresses(session: Session, customer_id: int) -> list[PostalAddress]:
    """The customer's postal addresses; orders have their own copies."""
    found = select(CustomerAddress).where(CustomerAddress.customer_id == customer_id).order_by(col(CustomerAddress.id))
    return [
        PostalAddress(**{name: getattr(address, name) for name in PostalAddress.__slots__})
        for address in session.exec(found)
    ]


def identities(session: Session, customer_id: int) -> list[tuple[str, str]]:
    """(channel, external id) pairs."""
    found = select(CustomerIdentity.channel, CustomerIdentity.external_id)
    found = found.where(CustomerIdentity.customer_id == customer_id).order_by(col(CustomerIdentity.id))
    return [(channel, external_id) for channel, external_id in session.exec(found)]


def consents(session: Session, customer_id: int) -> list[ConsentRow]:
    """The consent ledger, newest first."""
    found = select(Consent).where(Consent.customer_id == customer_id)
    found = found.order_by(col(Consent.at).desc(), col(Consent.id).desc())
    return [_row(ConsentRow, consent) for consent in session.exec(found)]


def contacts(session: Session, customer_id: int) -> list[ContactRow]:
    """Notes, calls and call-backs, newest first."""
    found = select(Contact).where(Contact.customer_id == customer_id)
    return [
        _row(ContactRow, one) for one in session.exec(found.order_by(col(Contact.at).desc(), col(Contact.id).desc()))
    ]


def merges(session: Session, customer_id: int) -> list[MergeRow]:
    """Merges into this customer that stand, newest first."""
    found = (
        select(Merge, Customer)
        .join(Customer, col(Customer.id) == col(Merge.gone_id))
        .where(Merge.kept_id == customer_id, col(Merge.undone_at).is_(None), col(Customer.erased_at).is_(None))
        .order_by(col(Merge.id).desc())
    )
    return [
        MergeRow(merge.id or 0, merge.gone_id, gone.name or gone.company, merge.at)
        for merge, gone in session.exec(found)
    ]


def order_facts(session: Session, customer_id: int) -> OrderFacts:
    """Count, first, last, open ones and the sum by currency of a customer's orders."""
    theirs = _O.customer_id == customer_id
    counted = (
        sa.select(
            _O.currency, sa.func.count(), sa.func.min(_O.placed_at), sa.func.max(_O.placed_at), sa.func.sum(_O.total)
        )
        .where(theirs, sa.text(COUNTED))
        .group_by(_O.currency)
        .order_by(sa.func.count().desc(), _O.currency)
    )
    by_currency = session.connection().execute(counted).all()
    unfinished = sa.select(sa.func.count()).select_from(ORDERS).where(theirs, sa.text(UNFINISHED))
    return OrderFacts(
        count=sum(row[1] for row in by_currency),
        unfinished=int(session.connection().execute(unfinished).scalar_one()),
        first_at=min((row[2] for row in by_currency), default=None),
        last_at=max((row[3] for row in by_currency), default=None),
        spent=tuple(Money(int(row[4]), row[0]) for row in by_currency),
    )


def orders(
    session: Session,
    customer_id: int,
    *,
    after: Cursor | None = None,
    before: Cursor | None = None,
    limit: int = 50,
) -> Page[OrderRow]:
    """The customer's orders, newest first; drafts and cancelled ones too."""
    names = [name for name in OrderRow.__slots__ if name != "total"]
    base = sa.select(*(_O[name] for name in names), _O.total, _O.currency).where(_O.customer_id == customer_id)
    newest = Order((_O.placed_at,), _O.id, descending=True)
    return keyset_page(session, base, newest, make=_order, after=after, before=before, limit=limit)


def timeline(session: Session, customer_id: int, *, limit: int = 200, before: int | None = None) -> list[Happening]:
    """What happened with this customer and their orders, newest first; `before` is the id to go on from.

    Those merged into the customer are told too, and where a line is about a call or a note, `text` is among its facts.
    """
    members = group(session, customer_id)
    about = sa.union(
        sa.select(_J.id).where(_J.customer_id.in_(members)),
        sa.select(_J.id).join_from(ORDERS, JournalLine, _J.order_id == _O.id).where(_O.customer_id.in_(members)),
    )
    lines = sa.select(*(_J[name] for name in Happening.__slots__)).where(_J.id.in_(about))
    if before is not None:
        lines = lines.where(_J.id < before)
    found = [Happening(*row) for row in session.connection().execute(lines.order_by(_J.id.desc()).limit(limit))]
    return _with_texts(session, found)


def _with_texts(session: Session, lines: list[Happening]) -> list[Happening]:
    """The journal keeps no words of a call, so that they can be erased: they are looked up in the call itself."""
    wanted = {line.facts["contact"] for line in lines if "contact" in line.facts}
    found = sa.select(_T.id, _T.text).where(_T.id.in_(wanted))
    texts = {row.id: row.text for row in session.connection().execute(found)} if wanted else {}
    return [
        replace(line, facts={**line.facts, "text": texts.get(line.facts["contact"], "")})
        if "contact" in line.facts
        else line
        for line in lines
    ]


def _order(row: sa.Row[Any]) -> OrderRow:
    names = [name for name in OrderRow.__slots__ if name != "total"]
    return OrderRow(**{name: getattr(row, name) for name in names}, total=Money(row.total, row.currency))


def _row(kind: type[Any], entity: object) -> Any:
    return kind(**{name: getattr(entity, name) for name in kind.__slots__})
