"""Why an order cannot leave yet, as sentences: what is short, what is to be paid, what the address or customs lack."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.core.language import Language, mark
from backoffice.core.money import Money
from backoffice.inventory import queries as inventory
from backoffice.orders.model import PaymentStatus
from backoffice.orders.queries import whole
from backoffice.shipping import customs
from backoffice.shipping.queries import queue, to_send

ADDRESS = {
    "name": mark("name"),
    "street": mark("street"),
    "city": mark("city"),
    "postcode": mark("postcode"),
    "region": mark("region"),
    "country": mark("country"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands in the way: `code` is a word of `words.MISSING`; stock and customs name the product."""

    code: str
    sentence: str
    product_id: int | None = None


def reasons(session: Session, order_id: int, *, today: date, language: Language) -> list[Reason]:
    """All that stands in the way of an order, in the order of `words.MISSING`; [] where it is ready.

    Refuses `orders.unknown`.
    """
    rows = queue.queue_rows(session, [order_id], today=today)
    if not rows:
        raise Refused("orders.unknown", number=order_id)
    return reasons_of(session, rows[0], language=language)


def reasons_of(session: Session, row: queue.QueueRow, *, language: Language) -> list[Reason]:
    """The same for an order whose row is known already: an order that is ready costs nothing."""
    found: list[Reason] = []
    if not row.missing:
        return found
    order = whole.order(session, row.id)
    if "stock" in row.missing:
        short = [line for line in to_send.lines(session, row.id) if line.short > 0]
        found += [Reason("stock", _short(line, language), line.product_id) for line in short]
    if "payment" in row.missing:
        found.append(Reason("payment", _unpaid(order, language)))
    if "address" in row.missing:
        found.append(Reason("address", _address(order.ship_to.missing(), language)))
    if "customs" in row.missing:
        gaps = customs.gaps(session, [row.id]).get(row.id, [])
        product = inventory.id_of_sku(session, gaps[0].sku) if gaps and gaps[0].sku else None
        found.append(Reason("customs", customs.told(gaps, language), product))
    return found


def _short(line: to_send.SendLine, language: Language) -> str:
    name = ", ".join(filter(None, (line.name, line.options)))
    facts = {"units": language.number(line.units), "product": name, "coming": language.number(line.incoming)}
    if line.incoming > 0:
        told = language.plural(
            "{product}: {n} of {units} is not on the shelf; ordered: {coming}.",
            "{product}: {n} of {units} are not on the shelf; ordered: {coming}.",
            line.short,
        )
    else:
        told = language.plural(
            "{product}: {n} of {units} is not on the shelf.",
            "{product}: {n} of {units} are not on the shelf.",
            line.short,
        )
    return told.format(**facts)


def _unpaid(order: whole.WholeOrder, language: Language) -> str:
    if order.row.payment is PaymentStatus.REFUNDED:
        return language.words("The money went back to the customer.")
    amount: Money = order.to_pay
    return language.words("{amount} are still to be paid.").format(amount=language.money(amount))


def _address(fields: list[str], language: Language) -> str:
    lacking = ", ".join(language.words(ADDRESS[name]) for name in fields)
    return language.words("The address is not complete or not right: {fields}.").format(fields=lacking)
