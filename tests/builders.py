"""Short builders for tests: a shop, a product, an order, in the trade's words."""

from datetime import UTC, datetime
from pathlib import Path

from backoffice.core.calendar import FixedClock
from backoffice.core.postal import PostalAddress
from backoffice.inventory import actions as inventory
from backoffice.inventory.drafts import ProductDraft
from backoffice.orders import writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.shop import Shop
from backoffice.store.unit_of_work import UnitOfWork

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANA = PostalAddress(name="Ana Núñez", street="Calle Mayor 1", city="Madrid", postcode="28013", region="Madrid", country="ES")

_made = iter(range(1, 10**9))


def a_shop(folder: Path, *, name: str = "Casa Lumbre", at: datetime = MONDAY) -> Shop:
    """A new Spanish shop, in the morning of a Monday."""
    return Shop.create(
        folder / "shop.backoffice", name=name, currency="EUR", country="ES", zone="Europe/Madrid", clock=FixedClock(at)
    )


def a_product(work: UnitOfWork, *, on_hand: int = 0, price: int = 1210, sku: str = "", **more: object) -> int:
    """A product with so many units on the shelf; price in cents."""
    sku = sku or f"CUP-{next(_made)}"
    draft = ProductDraft(sku=sku, name=str(more.pop("name", f"Cup {sku}")), price=price, **more)  # type: ignore[arg-type]
    return inventory.create(work, draft, opening=on_hand)


def an_order(work: UnitOfWork, *lines: tuple[int, int], **more: object) -> int:
    """An open order of (product id, quantity) lines."""
    wanted = tuple(LineDraft(product_id=product, quantity=quantity) for product, quantity in lines)
    address = more.pop("ship_to", ANA)
    return writing.create(work, OrderDraft(lines=wanted, ship_to=address, **more))  # type: ignore[arg-type]
