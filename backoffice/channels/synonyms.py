"""Words of the trade in six languages: what a status means, which line is not an article but postage or a discount."""

from functools import lru_cache

from backoffice.channels.parsing import state
from backoffice.core.text import fold

_FINANCIAL = {
    "paid": "paid pagado pagada bezahlt paye payee pagato pago completed complete completado abgeschlossen terminee"
    " captured settled",
    "pending": "pending unpaid pendiente no_pagado offen unbezahlt ausstehend en_attente impaye on_hold in_attesa"
    " pendente awaiting_payment pending_payment",
    "partially_paid": "partially_paid parcialmente_pagado teilweise_bezahlt partiellement_paye",
    "refunded": "refunded reembolsado devuelto erstattet ruckerstattet rembourse rimborsato",
    "partially_refunded": "partially_refunded parcialmente_reembolsado teilweise_erstattet partiellement_rembourse",
    "voided": "voided void anulado storniert annule annullato anulado",
    "authorized": "authorized authorised autorizado autorisiert autorise autorizzato",
}
_DISPATCH = {
    "fulfilled": "fulfilled shipped dispatched sent delivered enviado entregado versandt versendet verschickt geliefert"
    " expedie envoye livre spedito consegnato completed complete completado",
    "partial": "partial partially_shipped partially_fulfilled parcial parcialmente_enviado teilweise_versandt partiel",
    "unfulfilled": "unfulfilled unshipped not_shipped pending processing no_enviado pendiente nicht_versandt offen"
    " en_attente non_expedie in_attesa da_spedire",
}
_POSTAGE = frozenset(
    fold(name)
    for name in (
        "postage", "dotcom postage", "carriage", "shipping", "shipping cost", "shipping costs", "shipping fee",
        "delivery", "delivery charge", "delivery costs", "freight", "porto", "versand", "versandkosten", "envío",
        "gastos de envío", "portes", "coste de envío", "frais de port", "frais de livraison", "livraison",
        "spese di spedizione", "spedizione", "custos de envio",
    )
)  # fmt: skip
_DISCOUNT = frozenset(
    fold(name)
    for name in (
        "discount", "coupon", "voucher", "promotion", "descuento", "cupón", "vale", "rabatt", "gutschein", "remise",
        "réduction", "bon de réduction", "sconto", "buono", "desconto",
    )
)  # fmt: skip


def _by_word(table: dict[str, str]) -> dict[str, str]:
    return {word: meaning for meaning, words in table.items() for word in words.split()}


_FINANCIAL_WORDS = _by_word(_FINANCIAL)
_DISPATCH_WORDS = _by_word(_DISPATCH)


def financial_state(text: str) -> str:
    """A payment status in the word that Shopify has for it; as written where nobody knows it."""
    word = state(text)
    return _FINANCIAL_WORDS.get(word, word)


def dispatch_state(text: str) -> str:
    """A dispatch status in the word that Shopify has for it; as written where nobody knows it."""
    word = state(text)
    return _DISPATCH_WORDS.get(word, word)


@lru_cache(maxsize=10_000)
def is_postage(name: str) -> bool:
    """Whether a line of this name is the cost of shipping and no article."""
    return fold(name.strip(" .:")) in _POSTAGE


@lru_cache(maxsize=10_000)
def is_discount(name: str) -> bool:
    """Whether a line of this name is a discount and no article."""
    return fold(name.strip(" .:")) in _DISCOUNT
