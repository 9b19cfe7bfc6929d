"""Short builders for tests: a shop, a product, an order, in the trade's words."""

import atexit
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import text

from backoffice.core.calendar import FixedClock
from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.customers import actions as customers
from backoffice.customers.drafts import CustomerDraft
from backoffice.inventory import actions as inventory
from backoffice.inventory import queries as stock_queries
from backoffice.inventory.drafts import ProductDraft
from backoffice.orders import payments, writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.orders.model import PaymentKind
from backoffice.orders.queries import facts, whole
from backoffice.shop import Shop
from backoffice.store import journal
from backoffice.store.unit_of_work import UnitOfWork

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANA = PostalAddress(
    name="Ana Núñez", street="Calle Mayor 1", city="Madrid", postcode="28013", region="Madrid", country="ES"
)

_made = iter(range(1, 10**9))


def a_shop(folder: Path, *, name: str = "Casa Lumbre", at: datetime = MONDAY) -> Shop:
    """A new Spanish shop, in the morning of a Monday."""
    return Shop.create(
        folder / "shop.backoffice", name=name, currency="EUR", country="ES", zone="Europe/Madrid", clock=FixedClock(at)
    )


@contextmanager
def an_open_shop(folder: Path, *, at: datetime = MONDAY, who: str = "Eva") -> Iterator[Shop]:
    """The same new shop for the tests of daily work: copied, not made anew, and closed without a backup."""
    shop = a_shop_like(_template(), folder, at=at, who=who)
    try:
        yield shop
    finally:
        shop.close(backup=False)


def a_shop_like(template: Path, folder: Path, *, at: datetime = MONDAY, who: str = "Eva") -> Shop:
    """The shop in a copy of a closed shop file."""
    path = folder / "shop.backoffice"
    shutil.copyfile(template, path)
    return Shop.open(path, clock=FixedClock(at), who=who)


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="backoffice-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    a_shop(folder).close(backup=False)
    return folder / "shop.backoffice"


def a_product(work: UnitOfWork, *, on_hand: int = 0, price: int = 1210, sku: str = "", **more: object) -> int:
    """A product with so many units on the shelf; price in cents."""
    sku = sku or f"CUP-{next(_made)}"
    draft = ProductDraft(sku=sku, name=str(more.pop("name", f"Cup {sku}")), price=price, **more)  # type: ignore[arg-type]
    return inventory.create(work, draft, opening=on_hand)


def a_customer(work: UnitOfWork, name: str = "Ana Núñez") -> int:
    """A customer with an address in Madrid and an e-mail of her own."""
    email = f"customer{next(_made)}@example.com"
    return customers.create(work, CustomerDraft(name=name, emails=(email,), addresses=(ANA,)))


def an_order(work: UnitOfWork, *lines: tuple[int, int], **more: object) -> int:
    """An open order of (product id, quantity) lines."""
    wanted = tuple(LineDraft(product_id=product, quantity=quantity) for product, quantity in lines)
    address = more.pop("ship_to", ANA)
    return writing.create(work, OrderDraft(lines=wanted, ship_to=address, **more))  # type: ignore[arg-type]


def pay(work: UnitOfWork, order_id: int, cents: int, kind: PaymentKind = PaymentKind.CHARGE) -> int:
    """So many cents booked on an order; the ledger row's id."""
    return payments.record_payment(work, order_id, Money(cents, "EUR"), kind=kind)


def stock_of(shop: Shop, product_id: int) -> tuple[int, int, int]:
    """(on hand, committed, available)."""
    row = shop.ask(stock_queries.product_row, product_id)
    return row.on_hand, row.committed, row.available


def allocated(shop: Shop, order_id: int) -> list[int]:
    """Units promised to each line of an order, by position."""
    return [line.allocated for line in shop.ask(facts.lines, order_id)]


def line_ids(work: UnitOfWork, order_id: int) -> list[int]:
    """The ids of an order's lines, by position."""
    return [line.id for line in facts.lines(work.session, order_id)]


def the_order(shop: Shop, order_id: int) -> whole.WholeOrder:
    """The order whole."""
    return shop.ask(whole.order, order_id)


def history(shop: Shop, order_id: int) -> list[tuple[str, dict[str, object]]]:
    """What an order's history says: (verb, facts), oldest first."""
    lines = shop.ask(journal.timeline, subject="order_id", record_id=order_id)
    return [(line.verb, line.facts) for line in reversed(lines)]


def journal_of(shop: Shop, verb: str) -> list[dict[str, object]]:
    """The facts of all lines of the journal with this verb, oldest first."""
    wanted = text("SELECT facts FROM journal WHERE verb = :verb ORDER BY id")
    return [json.loads(row[0]) for row in shop.ask(lambda session: session.execute(wanted, {"verb": verb}).all())]


def faults(shop: Shop) -> list[str]:
    """What *Check my data* finds; empty in a sound shop."""
    return [fault for check in shop.check() for fault in check.faults]


@contextmanager
def refused(code: str, **facts_told: object) -> Iterator[None]:
    """What is done inside is refused with this code and, among others, these facts."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code == code
    assert {name: caught.value.facts.get(name) for name in facts_told} == facts_told
