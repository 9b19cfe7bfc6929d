"""The states of orders and parcels as words with a colour, the same wherever they stand."""

from backoffice.core.language import Language
from backoffice.orders import words as orders
from backoffice.shipping import words as shipping
from ui.kit.text import Chip

_STATUS = {"draft": "muted", "open": "note", "on_hold": "warn", "closed": "muted", "cancelled": "bad"}
_PAYMENT = {
    "unpaid": "warn",
    "part_paid": "warn",
    "paid": "good",
    "overpaid": "note",
    "part_refunded": "muted",
    "refunded": "muted",
}
_DISPATCH = {
    "unfulfilled": "note",
    "part_packed": "note",
    "packed": "accent",
    "part_shipped": "accent",
    "shipped": "good",
    "delivered": "good",
}
_PARCEL = {
    "draft": "muted",
    "picking": "note",
    "packed": "accent",
    "shipped": "good",
    "delivered": "good",
    "lost": "bad",
    "returned_to_sender": "bad",
    "void": "muted",
}


def status(code: str, language: Language) -> Chip:
    return Chip(language.words(orders.STATUS[code]), _STATUS[code])


def payment(code: str, language: Language) -> Chip:
    return Chip(language.words(orders.PAYMENT[code]), _PAYMENT[code])


def dispatch(code: str, language: Language) -> Chip:
    return Chip(language.words(orders.DISPATCH[code]), _DISPATCH[code])


def parcel(code: str, language: Language) -> Chip:
    return Chip(language.words(shipping.STATES[code]), _PARCEL[code])
