"""Writes a new order down: reckoned, promised, numbered, its lines served from stock."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.core.money import Money, tax_from_gross, tax_from_net
from backoffice.core.postal import PostalAddress
from backoffice.customers.actions import listed
from backoffice.customers.counting import order_placed
from backoffice.customers.queries import living
from backoffice.orders import axes, reckoning, stock
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.orders.events import OrderPlaced
from backoffice.orders.model import Order, OrderLine, OrderStatus
from backoffice.orders.queries import facts
from backoffice.settings import actions as settings_actions
from backoffice.settings import delivery
from backoffice.settings import queries as settings
from backoffice.store import rows, search
from backoffice.store.unit_of_work import UnitOfWork

ADDRESS_FIELDS = ("name", "company", "street", "city", "postcode", "region", "country")


@dataclass(frozen=True, slots=True)
class Worked:
    """A draft's line with all that is known of it: name, price, rates, its amount in minor units."""

    draft: LineDraft
    sku: str
    name: str
    options: str
    unit_price: int
    rates: tuple[tuple[str, str], ...]
    amount: int
    weight_g: int


def create(work: UnitOfWork, draft: OrderDraft, *, channel: str = "") -> int:
    """A new order from a draft, open and served from stock unless the draft says `as_draft`; its id.

    Refuses the codes of `OrderDraft.faults`, `orders.unknown-product`, `orders.currency` where a product's price is
    wanted in another currency than the shop's, `settings.unknown` for a delivery option that is not there, and
    `customers.unknown`, `customers.not-listed` for a customer who is not there or was erased. One who was merged into
    another meanwhile is that other one.
    """
    for fault in draft.faults():
        raise Refused(fault.code, **fault.facts)
    shop = settings.profile(work.session)
    if draft.customer_id is not None:
        draft = replace(draft, customer_id=listed(work, living(work.session, draft.customer_id)).id)
    draft = replace(draft, currency=draft.currency or shop.currency, placed_at=draft.placed_at or work.now)
    option = option_of(work.session, draft)
    worked = work_out(work.session, draft, shop=shop)
    reckoned = reckon(draft, worked, shop=shop, option=option)
    number = settings_actions.take_number(work, "order")
    order_id = rows.insert(
        work,
        Order,
        number=number,
        channel=channel or "manual",
        **_head(draft, shop, option),
        **sums_of(reckoned),
        payment=axes.payment_status(total=reckoned.gross, paid=0, refunded=0),
        dispatch=axes.dispatch_status(_untouched(line) for line in draft.lines),
    )
    insert_lines(work, order_id, worked, reckoned)
    _settle(work, order_id, number, draft)
    return order_id


def work_out(session: Session, draft: OrderDraft, *, shop: settings.Profile) -> list[Worked]:
    """The draft's lines with what their products say; refusals as in `create`."""
    wanted = {line.product_id for line in draft.lines if line.product_id is not None}
    products = facts.products(session, wanted)
    included = _included(draft, shop)
    worked = []
    for line in draft.lines:
        product = products.get(line.product_id) if line.product_id is not None else None
        if line.product_id is not None and product is None:
            raise Refused("orders.unknown-product", product=line.product_id)
        priced = line.unit_price is not None or line.amount is not None
        if product is not None and not priced and draft.currency != shop.currency:
            raise Refused("orders.currency", currency=draft.currency, shop=shop.currency)
        worked.append(_worked(line, product, shop, included=included))
    return worked


def reckon(
    draft: OrderDraft, worked: list[Worked], *, shop: settings.Profile, option: settings.DeliveryRow | None
) -> reckoning.Reckoned:
    """The document's sums; delivery by the option's price rules where the draft names no price."""
    terms = reckoning.Terms(_included(draft, shop), shop.rounding_mode, shop.rounding_scope == "document")
    positions = [reckoning.Position(line.amount, tuple(Decimal(rate) for _name, rate in line.rates)) for line in worked]
    shipping = _delivery_price(draft, worked, shop, option) if draft.shipping is None else draft.shipping
    rates = (shop.tax_rate,) if shop.tax_rate and shipping else ()
    return reckoning.reckon(
        positions, shipping=reckoning.Position(shipping, rates), discount=draft.discount, terms=terms
    )


def insert_lines(
    work: UnitOfWork, order_id: int, worked: list[Worked], reckoned: reckoning.Reckoned, *, first: int = 1
) -> None:
    """The order's lines with their reckoned sums, positions from `first`."""
    rows.insert_many(
        work,
        OrderLine,
        [
            {
                "order_id": order_id,
                "position": place,
                "product_id": line.draft.product_id,
                "external_id": line.draft.external_id,
                "sku": line.sku,
                "name": line.name,
                "options": line.options,
                "ordered": line.draft.quantity,
                "unit_price": line.unit_price,
                "discount": line.draft.discount,
                "order_discount": sums.discount,
                "gross": sums.gross,
                "tax": sums.tax,
                "taxes": tax_rows(line.rates, sums.taxes),
                "requires_shipping": line.draft.requires_shipping,
            }
            for place, (line, sums) in enumerate(zip(worked, reckoned.lines, strict=True), start=first)
        ],
    )


def tax_rows(rates: tuple[tuple[str, str], ...], taxes: tuple[int, ...]) -> list[dict[str, Any]]:
    """Taxes as the line keeps them."""
    return [{"name": name, "rate": rate, "tax": tax} for (name, rate), tax in zip(rates, taxes, strict=True)]


def address_columns(prefix: str, address: PostalAddress) -> dict[str, str]:
    """An address as the columns of an order or a shipment: {"ship_name": …}."""
    return {f"{prefix}_{field}": getattr(address, field) for field in ADDRESS_FIELDS}


def file_for_search(work: UnitOfWork, order_id: int, draft: OrderDraft, number: str, external: str = "") -> None:
    """Makes the order findable by its numbers, the customer's name and e-mail, and what was bought."""
    words = [number, external, draft.ship_to.name, draft.ship_to.company, draft.email, draft.ship_to.postcode]
    words += [f"{line.sku} {line.name}" for line in draft.lines[:40]]
    search.put(work.session, kind="order", record_id=order_id, title=number, text=" ".join(filter(None, words)))


def sums_of(reckoned: reckoning.Reckoned) -> dict[str, int]:
    """A document's sums as the order keeps them; the discount is what it really took off."""
    return {
        "total": reckoned.gross,
        "tax": reckoned.tax,
        "tax_rounding": reckoned.rounding,
        "discount": sum(line.discount for line in reckoned.lines),
        "shipping": reckoned.shipping.gross,
        "shipping_tax": reckoned.shipping.tax,
    }


def _included(draft: OrderDraft, shop: settings.Profile) -> bool:
    return shop.prices_include_tax if draft.prices_include_tax is None else draft.prices_include_tax


def _delivery_price(
    draft: OrderDraft, worked: list[Worked], shop: settings.Profile, option: settings.DeliveryRow | None
) -> int:
    """By the option's rules, which are in the shop's currency; 0 where none fits."""
    if option is None or draft.currency != shop.currency:
        return 0
    value = Money(sum(line.amount for line in worked) - draft.discount, draft.currency)
    weight = sum(line.weight_g * line.draft.quantity for line in worked if line.draft.requires_shipping)
    price = delivery.price(option.price_rules, country=draft.ship_to.country, weight_g=weight, value=value)
    return price.minor if price else 0


def _worked(line: LineDraft, product: facts.ProductFacts | None, shop: settings.Profile, *, included: bool) -> Worked:
    rates = line.rates
    if rates is None:
        rate = product.tax_rate if product and product.tax_rate is not None else shop.default_tax_rate
        rates = (("", rate),) if Decimal(rate) else ()
    price = line.unit_price
    if price is None:
        price = _in_terms(product.price, rates, shop, included=included) if product else 0
    amount = line.amount if line.amount is not None else max(price * line.quantity - line.discount, 0)
    return Worked(
        draft=line,
        sku=line.sku or (product.sku if product else ""),
        name=line.name or (product.name if product else line.sku),
        options=", ".join(product.options.values()) if product else "",
        unit_price=price,
        rates=rates,
        amount=amount,
        weight_g=product.weight_g if product else 0,
    )


def _in_terms(price: int, rates: tuple[tuple[str, str], ...], shop: settings.Profile, *, included: bool) -> int:
    """A product's price, which is in the shop's terms, with or without tax as the order has it."""
    if included == shop.prices_include_tax:
        return price
    turned = tax_from_net if included else tax_from_gross
    return turned(price, [Decimal(rate) for _name, rate in rates], shop.rounding_mode)[0]


def option_of(session: Session, draft: OrderDraft) -> settings.DeliveryRow | None:
    """The delivery option the draft names, else the first one offered. Refuses `settings.unknown`."""
    options = settings.delivery_options(session)
    if draft.delivery_option_id is None:
        return next((option for option in options if option.active), None)
    for option in options:
        if option.id == draft.delivery_option_id:
            return option
    raise Refused("settings.unknown", id=draft.delivery_option_id)


def _head(draft: OrderDraft, shop: settings.Profile, option: settings.DeliveryRow | None) -> dict[str, Any]:
    assert draft.placed_at is not None
    promise = settings.promise(shop, option, draft.placed_at, ship_by=draft.promised_dispatch)
    return {
        "customer_id": draft.customer_id,
        "placed_at": draft.placed_at,
        "currency": draft.currency,
        "status": OrderStatus.DRAFT if draft.as_draft else OrderStatus.OPEN,
        "prices_include_tax": _included(draft, shop),
        "email": draft.email.lower(),
        "ship_phone": draft.phone,
        "delivery_option_id": option.id if option else None,
        "delivery_name": option.name if option else "",
        "promised_dispatch": promise.dispatch,
        "promised_delivery": promise.delivery,
        "ship_by_fixed": draft.promised_dispatch is not None,
        "notes": draft.notes,
        "gift_message": draft.gift_message,
        "tags": list(draft.tags),
        "source": draft.source,
        **address_columns("ship", draft.ship_to),
        **address_columns("bill", draft.bill_to or draft.ship_to),
    }


def _untouched(line: LineDraft) -> axes.Counters:
    return axes.Counters(line.quantity, 0, 0, 0, 0, 0, 0, line.requires_shipping)


def _settle(work: UnitOfWork, order_id: int, number: str, draft: OrderDraft) -> None:
    file_for_search(work, order_id, draft, number)
    work.record("order.placed", order_id=order_id, customer_id=draft.customer_id, number=number)
    if not draft.as_draft:
        place(work, order_id, draft)


def place(work: UnitOfWork, order_id: int, draft: OrderDraft) -> list[stock.Missing]:
    """Counts the order with its customer, serves it from stock and announces it."""
    if draft.customer_id is not None:
        assert draft.placed_at is not None
        order_placed(work, draft.customer_id, draft.placed_at)
    missing = stock.allocate(work, order_id)
    work.happened(OrderPlaced(order_id))
    return missing
