"""What is read of customers for lists: pages, counts, suggestions, call-backs, and who an address belongs to."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from backoffice.core.errors import Refused
from backoffice.customers.keys import tidy_email
from backoffice.customers.model import (
    TAGGED,
    Contact,
    Customer,
    CustomerEmail,
    CustomerIdentity,
    EmailState,
    Tombstone,
)
from backoffice.store.paging import Cursor, Order, Page, count_up_to
from backoffice.store.paging import marks as keyset_marks
from backoffice.store.paging import page as keyset_page
from backoffice.store.prepared import Prepared, among
from backoffice.store.rows import table_of
from backoffice.store.search import ids_found

_C = table_of(Customer).c
_E = table_of(CustomerEmail).c
_I = table_of(CustomerIdentity).c
_T = table_of(Tombstone).c

VIEWS = ("all", "call_back", "first", "returning", "no_orders")
COUNTED_QUICKLY = 10_000
"""So many entries of an index are counted in a millisecond."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a view; empty fields narrow nothing. `country` is ISO 3166 alpha-2."""

    text: str = ""
    tag: str = ""
    country: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One customer in a list."""

    id: int
    name: str
    company: str
    country: str
    language: str
    postcode: str
    tags: list[str]
    order_count: int
    last_order_at: datetime | None
    email: str
    """The first active address, "" where there is none."""
    call_back_at: datetime | None
    """When the first open call-back is due."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be filtered by: tags and codes that some listed customer has."""

    tags: list[str]
    countries: list[str]
    languages: list[str]


@dataclass(frozen=True, slots=True)
class CallBack:
    """Somebody waits to be called."""

    contact_id: int
    customer_id: int
    customer: str
    order_id: int | None
    phone: str
    text: str
    due_at: datetime


_FIRST_EMAIL = (
    sa.select(_E.address)
    .where(_E.customer_id == _C.id, _E.state == EmailState.ACTIVE)
    .order_by(_E.id)
    .limit(1)
    .scalar_subquery()
)
_WAITS = sa.and_(col(Contact.due_at).is_not(None), col(Contact.done_at).is_(None))
_CALL_BACK_AT = (
    sa.select(sa.func.min(col(Contact.due_at))).where(col(Contact.customer_id) == _C.id, _WAITS).scalar_subquery()
)
_ROW = (
    *(_C[name] for name in CustomerRow.__slots__[:-2]),
    sa.func.coalesce(_FIRST_EMAIL, "").label("email"),
    _CALL_BACK_AT.label("call_back_at"),
)
SORTS: dict[str, tuple[sa.ColumnElement[Any], ...]] = {
    "name": (_C.name_key,),
    "last_order": (_C.last_order_at,),
    "orders": (_C.order_count,),
}


def page(
    session: Session,
    *,
    view: str = "all",
    sort: str = "name",
    descending: bool = False,
    filters: Filters | None = None,
    after: Cursor | None = None,
    before: Cursor | None = None,
    limit: int = 100,
) -> Page[CustomerRow]:
    """One page of a view's customers. Refuses `customers.unknown-view` and `store.bad-cursor`."""
    base = _filtered(session, sa.select(*_ROW), view, filters or Filters())
    return keyset_page(
        session, base, _order(view, sort, descending), make=_made, after=after, before=before, limit=limit
    )


def marks(
    session: Session,
    *,
    view: str = "all",
    sort: str = "name",
    descending: bool = False,
    filters: Filters | None = None,
    every: int = 100,
) -> list[Cursor]:
    """The cursors of every so many rows of a view, for a scroll bar; to be called from a job."""
    base = _filtered(session, sa.select(_C.id), view, filters or Filters())
    return keyset_marks(session, base, _order(view, sort, descending), every=every)


def count(session: Session, view: str = "all", filters: Filters | None = None) -> int | None:
    """How many customers a view has; None where to count them all would take too long."""
    filters = filters or Filters()
    cap = COUNTED_QUICKLY if filters == Filters() else 1000
    return count_up_to(session, _filtered(session, sa.select(_C.id), view, filters), cap)


def choices(session: Session) -> Choices:
    """The tags, countries and languages to filter by; reads the whole shop, so call it from a job."""
    tagged = sa.select(_C.tags).where(_C.listed, sa.text(TAGGED)).distinct()
    tags = {tag for row in session.connection().execute(tagged) for tag in row.tags}
    countries, languages = (
        sorted(row[0] for row in session.connection().execute(sa.select(column).where(_C.listed).distinct()) if row[0])
        for column in (_C.country, _C.language)
    )
    return Choices(sorted(tags, key=str.casefold), countries, languages)


def suggestions(session: Session, text: str, *, limit: int = 8) -> list[CustomerRow]:
    """Customers for a type-ahead box: every word of `text` begins a word of name, e-mail, phone or postcode."""
    ids = ids_found(session, text, kind="customer", limit=limit)
    found = session.connection().execute(sa.select(*_ROW).where(_C.id.in_(ids), _C.listed))
    return sorted((_made(row) for row in found), key=lambda customer: ids.index(customer.id))


def look_alikes(session: Session, customer_id: int, *, limit: int = 10) -> list[CustomerRow]:
    """Listed customers of the same name and postcode: proposed as the same person, never joined by themselves."""
    one = session.get(Customer, customer_id)
    if one is None or not (one.name_key and one.postcode_key):
        return []
    same = sa.select(*_ROW).where(
        _C.postcode_key == one.postcode_key, _C.name_key == one.name_key, _C.listed, _C.id != customer_id
    )
    return [_made(row) for row in session.connection().execute(same.order_by(_C.id).limit(limit))]


def call_backs(session: Session, *, until: datetime | None = None, limit: int = 100) -> list[CallBack]:
    """Open call-backs, the earliest first; with `until` only those due by then."""
    shown = sa.case((_C.name != "", _C.name), else_=_C.company)
    found = (
        sa.select(
            col(Contact.id),
            col(Contact.customer_id),
            shown,
            col(Contact.order_id),
            col(Contact.phone),
            col(Contact.text),
            col(Contact.due_at),
        )
        .join_from(Contact, Customer, _C.id == col(Contact.customer_id))
        .where(_WAITS)
        .order_by(col(Contact.due_at), col(Contact.id))
        .limit(limit)
    )
    if until is not None:
        found = found.where(col(Contact.due_at) <= until)
    return [CallBack(*row) for row in session.connection().execute(found)]


def count_call_backs(session: Session, *, until: datetime | None = None) -> int:
    """How many call-backs are open; with `until` only those due by then."""
    found = sa.select(sa.func.count()).select_from(Contact).where(_WAITS)
    if until is not None:
        found = found.where(col(Contact.due_at) <= until)
    return int(session.connection().execute(found).scalar_one())


def living(session: Session, customer_id: int) -> int:
    """The customer that this one is now: itself, or the one it was merged into. Refuses `customers.unknown`."""
    seen = set()
    while customer_id not in seen:
        seen.add(customer_id)
        found = session.connection().execute(sa.select(_C.merged_into).where(_C.id == customer_id)).one_or_none()
        if found is None:
            raise Refused("customers.unknown", id=customer_id)
        customer_id = found.merged_into if found.merged_into is not None else customer_id
    return customer_id


def group(session: Session, customer_id: int) -> list[int]:
    """The customer and all who were merged into it, directly or in turn."""
    members, new = [customer_id], [customer_id]
    while new:
        found = session.connection().execute(sa.select(_C.id).where(_C.merged_into.in_(new)).order_by(_C.id))
        new = [row.id for row in found if row.id not in members]
        members += new
    return members


def id_of_email(session: Session, email: str) -> int | None:
    """The customer this address belongs to."""
    return owners_of_emails(session, [tidy_email(email)]).get(tidy_email(email))


_OWNERS_OF_EMAILS = Prepared(sa.select(_E.address, _E.customer_id).where(among(_E.address, "addresses")))
_OWNERS_OF_IDS = Prepared(
    sa.select(_I.external_id, _I.customer_id).where(_I.channel == sa.bindparam("channel"), among(_I.external_id, "ids"))
)


def owners_of_emails(session: Session, addresses: Sequence[str]) -> dict[str, int]:
    """Customer by tidied address, for those that somebody has."""
    return dict(_OWNERS_OF_EMAILS.all(session, addresses=list(addresses)))


def owners_of_identities(session: Session, channel: str, external_ids: Sequence[str]) -> dict[str, int]:
    """Customer by a marketplace's buyer id."""
    return dict(_OWNERS_OF_IDS.all(session, channel=channel, ids=list(external_ids)))


def listed_at(session: Session, postcodes: Sequence[str]) -> list[tuple[str, str, int]]:
    """(postcode key, name key, id) of the listed customers at these postcode keys."""
    found = sa.select(_C.postcode_key, _C.name_key, _C.id).where(_C.postcode_key.in_(postcodes), _C.listed)
    return [tuple(row) for row in session.connection().execute(found.order_by(_C.id))]


def tombstones(session: Session) -> dict[str, datetime]:
    """When each erased address or id was erased, by its hash; a shop erases few people."""
    return {row.hash: row.at for row in session.connection().execute(sa.select(_T.hash, _T.at))}


def search_words(session: Session, customer_id: int) -> tuple[str, str]:
    """(title, words) by which a customer is found: name, company, e-mails, phones, postcode."""
    found = session.connection().exec_driver_sql(FOUND_BY, (customer_id, customer_id)).one_or_none()
    if found is None:
        raise Refused("customers.unknown", id=customer_id)
    return str(found[2]), str(found[3])


FOUND_BY = """
SELECT 'customer', c.id, CASE c.name WHEN '' THEN c.company ELSE c.name END, trim(
  c.name || ' ' || c.company || ' ' || c.postcode || ' ' || c.postcode_key
  || ' ' || coalesce((SELECT group_concat(address, ' ') FROM customer_email WHERE customer_id = c.id), '')
  || ' ' || coalesce((SELECT group_concat(number || ' ' ||
    replace(replace(replace(replace(replace(number, ' ', ''), '-', ''), '(', ''), ')', ''), '.', ''), ' ')
    FROM customer_phone WHERE customer_id = c.id), ''))
FROM customer AS c WHERE c.id BETWEEN ? AND ?
"""
"""What the customers from one id to another are found by: kind, id, title, text. Phones also without their blanks."""


def _order(view: str, sort: str, descending: bool) -> Order:
    """Who is to be called also sorts by when: they are few, and no index would help for all the others."""
    if view == sort == "call_back":
        return Order((_CALL_BACK_AT,), _C.id, descending)
    return Order(SORTS.get(sort, SORTS["name"]), _C.id, descending)


def _filtered(session: Session, base: sa.Select[Any], view: str, filters: Filters) -> sa.Select[Any]:
    """The view, narrowed.

    "+ 0" keeps SQLite, which knows no numbers of rows here, from an index that would make it sort half the shop.
    """
    if view not in VIEWS:
        raise Refused("customers.unknown-view", view=view)
    few = view == "call_back" or filters.text.strip()
    base = base.where(sa.type_coerce(_C.listed, sa.Integer) + 0 == 1 if few else _C.listed == sa.true())
    if view == "call_back":
        base = base.where(_C.id.in_(sa.select(col(Contact.customer_id)).where(_WAITS)))
    elif view == "first":
        base = base.where(_C.order_count + 0 == 1)
    elif view == "returning":
        base = base.where(_C.order_count + 0 >= 2)
    elif view == "no_orders":
        base = base.where(_C.order_count == 0)
    for column, wanted in ((_C.country, filters.country), (_C.language, filters.language)):
        if wanted:
            base = base.where(column == wanted)
    if filters.tag:
        holds = sa.cast(_C.tags, sa.String).contains(json.dumps(filters.tag), autoescape=True)
        base = base.where(sa.text(TAGGED), holds)
    if filters.text.strip():
        base = base.where(_C.id.in_(ids_found(session, filters.text, kind="customer", limit=1000)))
    return base


def _made(row: sa.Row[Any]) -> CustomerRow:
    return CustomerRow(*row[: len(CustomerRow.__slots__)])
