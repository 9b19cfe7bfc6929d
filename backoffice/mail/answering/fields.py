"""What a template's fields say of this customer, this order as it truly stands, this shop; in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from backoffice.core.calendar import local_day
from backoffice.core.language import Language
from backoffice.core.text import one_line
from backoffice.customers.card import queries as cards
from backoffice.customers.model import Customer
from backoffice.mail.answering import names
from backoffice.mail.answering.words import STANDING
from backoffice.orders.model import DispatchStatus, OrderStatus
from backoffice.orders.queries import whole
from backoffice.settings import queries as settings
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import parcels
from backoffice.shipping.queries.parcels import ParcelRow

LANGUAGES = ("en", "es")
"""Those the program has templates in."""
YES = "✓"
"""What a field says that only opens a section."""

CUSTOMER = ("customer.first_name", "customer.name")
ORDER = (
    "order.number",
    "order.placed_on",
    "order.total",
    "order.refunded",
    "order.items",
    "order.to_follow",
    "order.address",
    "order.status",
    "order.tracking",
    "order.tracking_url",
    "order.carrier",
    "order.dispatched_on",
    "order.promised_dispatch",
    "order.promised_delivery",
    "order.preparing",
    "order.travelling",
    "order.delivered",
    "order.cancelled",
    "order.late",
)
SHOP = ("shop.name", "shop.phone", "shop.email", "shop.website", "shop.address", "shop.return_note", "agent.name")
PROMISE = ("answer.day", "answer.time")
FIELDS = (*CUSTOMER, *ORDER, *SHOP, *PROMISE)
"""Every field there is; the template editor offers them and knows no other."""
_GONE = (ShipmentState.SHIPPED, ShipmentState.DELIVERED)


@dataclass(frozen=True, slots=True)
class About:
    """Who is written to about what. With `shipment_id` the tracking is that parcel's only."""

    language: str
    customer_id: int | None = None
    order_id: int | None = None
    shipment_id: int | None = None
    who: str = ""


def language_of(*codes: str) -> str:
    """The first of these languages that the program has templates in: the conversation's, customer's, shop's."""
    for code in codes:
        if code[:2].lower() in LANGUAGES:
            return code[:2].lower()
    return LANGUAGES[0]


def values(session: Session, about: About, *, now: datetime) -> dict[str, str]:
    """Each field's text, "" where nothing is known. Refuses `orders.unknown` and `settings.no-profile`.

    Days are written out, amounts in the order's currency; a promise that is past is not repeated.
    """
    language = Language(language_of(about.language))
    found = dict.fromkeys(FIELDS, "")
    found |= _shop(session, about, language)
    if about.customer_id is not None:
        found |= _customer(session, about.customer_id)
    if about.order_id is not None:
        found |= _order(session, about, language, now)
    return found


def _customer(session: Session, customer_id: int) -> dict[str, str]:
    customer = session.get(Customer, customer_id)
    if customer is None or customer.erased_at is not None:
        return {}
    emails = tuple(each.address for each in cards.emails(session, customer_id))
    return {
        "customer.first_name": names.first_name(customer.name, emails),
        "customer.name": names.full_name(customer.name, emails),
    }


def _shop(session: Session, about: About, language: Language) -> dict[str, str]:
    shop = settings.profile(session)
    return {
        "shop.name": one_line(shop.name),
        "shop.phone": one_line(shop.phone),
        "shop.email": one_line(shop.email),
        "shop.website": one_line(shop.website),
        "shop.address": "\n".join(shop.address.lines()) if not shop.address.missing() else "",
        "shop.return_note": shop.return_note.strip() if language.code == language_of(shop.language) else "",
        "agent.name": one_line(about.who),
    }


def _order(session: Session, about: About, language: Language, now: datetime) -> dict[str, str]:
    assert about.order_id is not None
    order = whole.order(session, about.order_id)
    zone = settings.profile(session).zone
    today = local_day(now, zone)
    gone = [
        each
        for each in parcels.of_order(session, about.order_id)
        if each.state in _GONE and about.shipment_id in (None, each.id)
    ]
    left = max((each.shipped_at for each in gone if each.shipped_at), default=None)
    return {
        "order.number": one_line(order.row.external_number or order.row.number),
        "order.placed_on": language.day(local_day(order.row.placed_at, zone), "long"),
        "order.total": language.money(order.total),
        "order.refunded": language.money(order.refunded) if order.refunded else "",
        "order.items": _items((line.ordered - line.cancelled, line.name, line.options) for line in order.lines),
        "order.to_follow": _items((_to_follow(line), line.name, line.options) for line in order.lines),
        "order.address": "\n".join(order.ship_to.lines()),
        "order.dispatched_on": language.day(local_day(left, zone), "long") if left else "",
        **_tracking(gone),
        **_standing(order, language, today),
    }


def _tracking(gone: list[ParcelRow]) -> dict[str, str]:
    known = [each for each in gone if each.tracking]
    return {
        "order.tracking": ", ".join(one_line(each.tracking) for each in known),
        "order.tracking_url": "\n".join(each.tracking_link for each in known if each.tracking_link),
        "order.carrier": ", ".join(dict.fromkeys(one_line(each.carrier) for each in gone if each.carrier)),
    }


def _standing(order: whole.WholeOrder, language: Language, today: date) -> dict[str, str]:
    """Where the order stands, and what of its promises can still be kept."""
    key = standing(order)
    late = is_late(order, today)
    dispatch, delivery = order.row.promised_dispatch, order.promised_delivery
    waits = key == "preparing"
    return {
        "order.status": language.words(STANDING[key]),
        **{
            f"order.{each}": YES if each == key else ""
            for each in ("preparing", "travelling", "delivered", "cancelled")
        },
        "order.late": YES if late else "",
        "order.promised_dispatch": language.day(dispatch, "long") if waits and dispatch and dispatch >= today else "",
        "order.promised_delivery": language.day(delivery, "long")
        if key in ("preparing", "travelling") and not late and delivery and delivery >= today
        else "",
    }


def standing(order: whole.WholeOrder) -> str:
    """ "preparing", "travelling", "delivered", "cancelled" or "waiting" (held, or not confirmed)."""
    if order.row.status is OrderStatus.CANCELLED:
        return "cancelled"
    if order.row.dispatch is DispatchStatus.DELIVERED:
        return "delivered"
    if order.row.dispatch is DispatchStatus.SHIPPED:
        return "travelling"
    return "preparing" if order.row.status is OrderStatus.OPEN else "waiting"


def is_late(order: whole.WholeOrder, today: date) -> bool:
    """Whether a promise to this customer is broken: not gone on its day, or not there on the day it should be."""
    if standing(order) in ("cancelled", "delivered"):
        return False
    if standing(order) == "travelling":
        return order.promised_delivery is not None and order.promised_delivery < today
    return order.row.promised_dispatch is not None and order.row.promised_dispatch < today


def _to_follow(line: whole.WholeLine) -> int:
    return line.ordered - line.cancelled - line.shipped if line.requires_shipping and line.shipped else 0


def _items(lines: Iterable[tuple[int, str, str]]) -> str:
    """One line each: "2 × Cup, blue"."""
    return "\n".join(
        f"{units} × {', '.join(filter(None, (one_line(name), one_line(options))))}"
        for units, name, options in lines
        if units > 0
    )
