"""What an order would come to before it is one: sums, delivery prices, promised days, what stock lacks."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.orders import writing
from backoffice.orders.drafts import OrderDraft
from backoffice.orders.queries import facts
from backoffice.settings import delivery
from backoffice.settings import queries as settings


@dataclass(frozen=True, slots=True)
class DeliveryQuote:
    """One way to deliver and its price for this draft; None where no price rule fits."""

    id: int
    name: str
    price: Money | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A draft reckoned, in its currency. `goods` + `shipping` + `rounding` = `total`, tax included.

    `discount` is what goes off. `lines` are the lines' gross sums, `missing` the units of each that stock lacks.
    `delivery_id` is the option the sums are made with; `shipping_known` is false where neither a price was typed nor
    a rule fits.
    """

    lines: tuple[Money, ...]
    goods: Money
    discount: Money
    shipping: Money
    tax: Money
    rounding: Money
    total: Money
    missing: tuple[int, ...]
    deliveries: tuple[DeliveryQuote, ...]
    delivery_id: int | None
    shipping_known: bool
    promised_dispatch: date
    promised_delivery: date


def quote(session: Session, draft: OrderDraft, *, now: datetime) -> Quote:
    """What `writing.create` would make of the draft at `now`; a draft without lines comes to nothing.

    Where the draft names no delivery option, the first one whose price rules fit is taken. Refuses the codes of
    `OrderDraft.faults` but for having no lines, `orders.unknown-product`, `orders.currency`, `settings.unknown`.
    """
    for fault in draft.faults():
        if fault.code != "orders.no-lines":
            raise Refused(fault.code, **fault.facts)
    shop = settings.profile(session)
    draft = replace(draft, currency=draft.currency or shop.currency)
    worked = writing.work_out(session, draft, shop=shop)
    deliveries = _deliveries(session, draft, worked, shop)
    if draft.delivery_option_id is None:
        fitting = next((each for each in deliveries if each.price is not None), None)
        draft = replace(draft, delivery_option_id=fitting.id if fitting else None)
    option = writing.option_of(session, draft)
    priced = next((each.price for each in deliveries if option and each.id == option.id), None)
    sums = writing.reckon(draft, worked, shop=shop, option=option)
    promise = settings.promise(shop, option, draft.placed_at or now, ship_by=draft.promised_dispatch)

    def money(minor: int) -> Money:
        return Money(minor, draft.currency)

    return Quote(
        lines=tuple(money(line.gross) for line in sums.lines),
        goods=money(sum(line.gross for line in sums.lines)),
        discount=money(sum(line.discount for line in sums.lines)),
        shipping=money(sums.shipping.gross),
        tax=money(sums.tax),
        rounding=money(sums.gross - sum(line.gross for line in sums.lines) - sums.shipping.gross),
        total=money(sums.gross),
        missing=_missing(session, draft),
        deliveries=deliveries,
        delivery_id=option.id if option else None,
        shipping_known=draft.shipping is not None or option is None or priced is not None,
        promised_dispatch=promise.dispatch,
        promised_delivery=promise.delivery,
    )


def _deliveries(
    session: Session, draft: OrderDraft, worked: list[writing.Worked], shop: settings.Profile
) -> tuple[DeliveryQuote, ...]:
    value = Money(sum(line.amount for line in worked) - draft.discount, draft.currency)
    weight = sum(line.weight_g * line.draft.quantity for line in worked if line.draft.requires_shipping)
    found = []
    for option in settings.delivery_options(session, active_only=True):
        price = None
        if draft.currency == shop.currency:
            country = draft.ship_to.country
            price = delivery.price(option.price_rules, country=country, weight_g=weight, value=value)
        found.append(DeliveryQuote(option.id, option.name, price))
    return tuple(found)


def _missing(session: Session, draft: OrderDraft) -> tuple[int, ...]:
    """Per line the units that can neither be promised from the shelf nor on backorder; earlier lines take first."""
    products = facts.products(session, {line.product_id for line in draft.lines if line.product_id is not None})
    taken = dict.fromkeys(products, 0)
    found = []
    for line in draft.lines:
        lacking = 0
        if line.product_id is not None and line.requires_shipping:
            before = taken[line.product_id]
            there = products[line.product_id].promisable(before + line.quantity) - before
            lacking, taken[line.product_id] = line.quantity - there, before + there
        found.append(lacking)
    return tuple(found)
