"""Whether an order is ready for customs, and if not, which product lacks what."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from backoffice.core.language import Language
from backoffice.shipping.queries import customs
from backoffice.shipping.words import CUSTOMS


@dataclass(frozen=True, slots=True)
class Gap:
    """A product of an order that customs would stop: `lacks` are codes of `words.CUSTOMS`."""

    sku: str
    name: str
    lacks: tuple[str, ...]


def gaps(session: Session, order_ids: Sequence[int]) -> dict[int, list[Gap]]:
    """Per order that crosses a customs border what is not known of its goods; orders that are ready are absent."""
    abroad = customs.abroad(session, order_ids)
    crossing = [order_id for order_id in order_ids if order_id in abroad]
    found: dict[int, dict[Gap, None]] = {}
    for goods in customs.of_orders(session, crossing):
        if goods.lacks:
            found.setdefault(goods.order_id, {})[Gap(goods.sku, goods.name, goods.lacks)] = None
    return {order_id: list(lacking) for order_id, lacking in found.items()}


def told(lacking: Sequence[Gap], language: Language) -> str:
    """The gaps as one text for a person, a sentence a product; "" where there are none."""
    return " ".join(_sentence(gap, language) for gap in lacking)


def _sentence(gap: Gap, language: Language) -> str:
    what = ", ".join(language.words(CUSTOMS[code]) for code in gap.lacks)
    name = f"{gap.name} ({gap.sku})" if gap.sku else gap.name
    return language.words("For customs, {product} still needs: {what}.").format(product=name, what=what)
