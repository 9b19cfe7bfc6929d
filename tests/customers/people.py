"""Builders for customers: somebody, with what a test wants to say about them."""

from datetime import datetime
from typing import Any

from backoffice.core.postal import PostalAddress
from backoffice.customers import actions
from backoffice.customers.card import queries as card
from backoffice.customers.card.rows import Card
from backoffice.customers.checks import CHECKS
from backoffice.customers.drafts import CustomerDraft
from backoffice.orders import writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.shop import Shop
from backoffice.store import search
from backoffice.store.check import run_all
from backoffice.store.unit_of_work import UnitOfWork

HOME = PostalAddress(name="Ana Núñez", street="Calle Mayor 1", city="Madrid", postcode="28013", country="ES")


def a_customer(work: UnitOfWork, name: str = "Ana Núñez", *emails: str, **more: Any) -> int:
    """Somebody with this name and these addresses."""
    return actions.create(work, CustomerDraft(name=name, emails=emails, **more))


def an_order(work: UnitOfWork, customer_id: int | None, *, price: int = 1000, **more: Any) -> int:
    """An order of one free line; price in cents."""
    line = LineDraft(quantity=1, name="Cup", sku="CUP-1", unit_price=price)
    values = {"ship_to": HOME, "email": "ana@example.com", "phone": "600 11 22 33", **more}
    return writing.create(work, OrderDraft(lines=(line,), customer_id=customer_id, shipping=0, **values))


def the_card(shop: Shop, customer_id: int) -> Card:
    """The customer's page."""
    return shop.ask(card.card, customer_id)


def rows_of(shop: Shop, table: str) -> list[dict[str, Any]]:
    """A table as it stands."""

    def read(session: Any) -> list[dict[str, Any]]:
        found = session.connection().exec_driver_sql(f"SELECT * FROM {table} ORDER BY id")
        return [dict(row) for row in found.mappings()]

    return shop.ask(read)


def faults(shop: Shop) -> list[str]:
    """What Check my data finds wrong with customers, as codes with facts."""
    return [f"{found.name}: {fault.facts}" for found in shop.ask(run_all, CHECKS) for fault in found.faults]


def a_parcel(work: UnitOfWork, customer: int) -> None:
    """A parcel that left, written down as the shipping desk does."""
    work.session.connection().exec_driver_sql(
        "INSERT INTO shipment (number, customer_id, state, ship_name, ship_company, ship_street, ship_city,"
        " ship_postcode, ship_region, ship_country, service, tracking, weight_g, created_at, version)"
        " VALUES ('S-9', ?, 'shipped', 'Ana Núñez', '', 'Calle Mayor 1', 'Madrid', '28013', '', 'ES', '', 'TRACK1', 0,"
        " '2026-03-01 09:00:00.000000', 1)",
        (customer,),
    )
    search.put(work.session, kind="shipment", record_id=1, title="S-9", text="S-9 Ana Núñez")


def everything_written(shop: Shop) -> str:
    """Every cell of every table but the search index's own."""

    def read(session):
        found = []
        names = session.connection().exec_driver_sql(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_index%'"
        )
        for name in names.scalars().all():
            found += [repr(tuple(row)) for row in session.connection().exec_driver_sql(f'SELECT * FROM "{name}"')]
        return "\n".join(found)

    return shop.ask(read)


def moment(day: int, hour: int = 9) -> datetime:
    """A moment of March 2026."""
    return datetime.fromisoformat(f"2026-03-{day:02d}T{hour:02d}:00:00+00:00")
