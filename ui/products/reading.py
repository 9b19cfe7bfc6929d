"""Everything the page of one product shows, read together."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from backoffice.core.money import Money
from backoffice.inventory import queries
from backoffice.inventory.drafts import ProductDraft
from backoffice.orders.queries import facts, lists
from backoffice.settings.queries import profile
from backoffice.store import journal
from ui.products.table import is_low

MOST_WAITING = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open order that wants units nobody can promise it."""

    order_id: int
    number: str
    customer: str
    units: int


@dataclass(frozen=True, slots=True)
class Whole:
    """One product. `draft` is what its form shows, to be saved with `version`; amounts are in `currency`."""

    row: queries.ProductRow
    draft: ProductDraft
    version: int
    currency: str
    waiting: list[Waiting]
    history: list[journal.Happening]

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def oversold(self) -> bool:
        """Sold more often than it is there, without a rule that allows it."""
        return bool(self.waiting) and not self.row.backorder and not self.row.draft

    @property
    def low(self) -> bool:
        return is_low(self.row)

    @property
    def tax_rate(self) -> Decimal | None:
        """Its own rate as a share; none where the shop's usual rate is meant."""
        return None if self.draft.tax_rate is None else Decimal(self.draft.tax_rate).normalize()

    def money(self, minor: int) -> Money:
        return Money(minor, self.currency)


def read(session: Any, product_id: int) -> Whole:
    """One product whole. Refuses `inventory.unknown`."""
    draft, version = saved(session, product_id)
    return Whole(
        row=queries.product_row(session, product_id),
        draft=draft,
        version=version,
        currency=profile(session).currency,
        waiting=_waiting(session, product_id),
        history=journal.timeline(session, subject="product_id", record_id=product_id),
    )


def saved(session: Any, product_id: int) -> tuple[ProductDraft, int]:
    """What a person wrote of a product, and its version. Refuses `inventory.unknown`."""
    known = queries.details(session, product_id)
    values = {name: known[name] for name in ProductDraft.__slots__}
    return ProductDraft(**{**values, "tags": tuple(known["tags"])}), known["version"]


def _waiting(session: Any, product_id: int) -> list[Waiting]:
    """In the order in which they are promised."""
    units: dict[int, int] = {}
    for order_id, line in facts.waiting_for(session, product_id):
        units[order_id] = units.get(order_id, 0) + line.wanted
    named = {row.id: row for row in lists.rows_of(session, list(units)[:MOST_WAITING])}
    return [
        Waiting(order_id, named[order_id].number, named[order_id].customer, wanted)
        for order_id, wanted in units.items()
        if order_id in named
    ]
