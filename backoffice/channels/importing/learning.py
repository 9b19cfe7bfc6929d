"""What a file tells of customers whom the shop knows already: a phone, an address; taken back with the import."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from backoffice.channels.candidates import NO_ADDRESS, CandidateOrder
from backoffice.channels.importing import queries
from backoffice.channels.model import ImportedRecord
from backoffice.core.postal import PostalAddress
from backoffice.customers.actions import file_for_search
from backoffice.customers.keys import postcode_key, tidy_phone
from backoffice.customers.model import Customer, CustomerAddress, CustomerPhone
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

_C = rows.table_of(Customer).c
_LISTS: tuple[tuple[str, type[CustomerPhone] | type[CustomerAddress]], ...] = (
    ("phones", CustomerPhone),
    ("addresses", CustomerAddress),
)


def learn(work: UnitOfWork, batch_id: int, told: Iterable[tuple[int, CandidateOrder]]) -> None:
    """Adds the phones and addresses that these customers' orders name and nobody knew."""
    by_customer: dict[int, list[CandidateOrder]] = {}
    for customer_id, order in told:
        by_customer.setdefault(customer_id, []).append(order)
    if not by_customer:
        return
    known = queries.known_of(work.session, list(by_customer))
    for customer_id, orders in by_customer.items():
        phones, addresses = _new(orders, known[customer_id])
        if phones or addresses:
            _add(work, batch_id, known[customer_id], phones, addresses)
            _note_place(work, orders, known[customer_id])
            file_for_search(work, customer_id)
    work.touch("customers")


def forget(work: UnitOfWork, customer_id: int, before: dict[str, Any]) -> None:
    """What an import learned of a customer goes again."""
    for name, kind in _LISTS:
        this = rows.table_of(kind).c.id.in_(before[name])
        rows.change(work, kind, sa.delete(kind).where(this))
    untouched = sa.and_(_C.id == customer_id, _C.listed, _C.version == before["version"])
    if rows.change(work, Customer, sa.update(Customer).where(untouched).values(**before["place"])):
        file_for_search(work, customer_id)


def _new(
    orders: list[CandidateOrder], known: queries.KnownCustomer
) -> tuple[list[str], list[tuple[str, PostalAddress]]]:
    phones = dict.fromkeys(tidy_phone(order.phone) for order in orders if order.phone)
    said = dict.fromkeys(place for order in orders for place in (order.ship_to, order.bill_to) if place != NO_ADDRESS)
    addresses = {place.key(): place for place in said}
    return (
        [phone for phone in phones if phone and phone not in known.phones],
        [(key, place) for key, place in addresses.items() if key not in known.addresses],
    )


def _add(
    work: UnitOfWork,
    batch_id: int,
    known: queries.KnownCustomer,
    phones: list[str],
    addresses: list[tuple[str, PostalAddress]],
) -> None:
    customer_id = known.id
    added = {
        "phones": [rows.insert(work, CustomerPhone, customer_id=customer_id, number=phone) for phone in phones],
        "addresses": [
            rows.insert(work, CustomerAddress, customer_id=customer_id, key=key, **_parts(place))
            for key, place in addresses
        ],
        "place": known.place,
        "version": known.version,
    }
    record = {"kind": "learnt", "record_id": customer_id, "made": False, "before": added}
    rows.insert(work, ImportedRecord, batch_id=batch_id, **record)


def _parts(place: PostalAddress) -> dict[str, str]:
    return {name: getattr(place, name) for name in PostalAddress.__slots__}


def _note_place(work: UnitOfWork, orders: list[CandidateOrder], known: queries.KnownCustomer) -> None:
    """Where the customer is: the address of the newest order of all."""
    newest = max(orders, key=lambda order: order.placed_at)
    if newest.ship_to == NO_ADDRESS or (known.last_order_at and newest.placed_at < known.last_order_at):
        return
    values = {
        "country": newest.ship_to.country,
        "postcode": newest.ship_to.postcode[:40],
        "postcode_key": postcode_key(newest.ship_to.postcode),
    }
    rows.change(work, Customer, sa.update(Customer).where(_C.id == known.id).values(**values))
