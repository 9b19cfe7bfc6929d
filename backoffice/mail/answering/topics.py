"""What customers usually say, by topic and language: where every shop's keyword rules begin."""

from collections.abc import Mapping
from typing import NamedTuple

from backoffice.mail.answering.phrases import Weighted


class Topic(NamedTuple):
    """A topic's phrases by language, and the template that answers it."""

    template: str
    phrases: Mapping[str, tuple[Weighted, ...]]


def _weighted(weight: int, *phrases: str) -> tuple[Weighted, ...]:
    return tuple(Weighted(phrase, weight) for phrase in phrases)


TOPICS: Mapping[str, Topic] = {
    "where-is-my-order": Topic(
        "where-is-my-order",
        {
            "en": (
                *_weighted(6, "where is my order", "where is my parcel", "where is my package", "where's my order"),
                *_weighted(5, "has not arrived", "hasn't arrived", "not received my order", "still waiting for"),
                *_weighted(5, "haven't received", "not arrived yet", "status of my order", "never arrived"),
                *_weighted(4, "when will it arrive", "when will my order", "tracking number", "track my order"),
                *_weighted(3, "has it been shipped", "when do you ship", "delivery date", "how long until"),
            ),
            "es": (
                *_weighted(6, "dónde está mi pedido", "dónde está mi paquete", "dónde está el pedido"),
                *_weighted(5, "no ha llegado", "no me ha llegado", "no he recibido", "no me llegó", "no llegó"),
                *_weighted(5, "sigo esperando", "estado de mi pedido", "estado del pedido", "no lo he recibido"),
                *_weighted(4, "cuándo llega", "cuándo llegará", "número de seguimiento", "cuándo me llega"),
                *_weighted(3, "habéis enviado", "han enviado", "ha salido", "fecha de entrega", "cuándo lo enviáis"),
            ),
        },
    ),
    "return": Topic(
        "return-instructions",
        {
            "en": (
                *_weighted(6, "want to return", "would like to return", "how do I return", "return my order"),
                *_weighted(5, "send it back", "send them back", "return label", "too small", "too big"),
                *_weighted(4, "exchange it", "wrong size", "changed my mind", "return policy"),
            ),
            "es": (
                *_weighted(6, "quiero devolver", "quisiera devolver", "me gustaría devolver", "cómo devuelvo"),
                *_weighted(5, "hacer una devolución", "etiqueta de devolución", "devolver el pedido", "devolverlo"),
                *_weighted(4, "cambiar la talla", "me queda pequeño", "me queda grande", "cambiarlo por"),
            ),
        },
    ),
    "refund": Topic(
        "refund-made",
        {
            "en": (
                *_weighted(6, "where is my refund", "waiting for my refund", "not received my refund"),
                *_weighted(5, "money back", "refund me", "want a refund", "not been refunded"),
                *_weighted(3, "refund"),
            ),
            "es": (
                *_weighted(6, "dónde está mi reembolso", "no me habéis devuelto", "no me han devuelto"),
                *_weighted(5, "devolver el dinero", "devuelvan el dinero", "mi dinero", "quiero el reembolso"),
                *_weighted(3, "reembolso", "abono"),
            ),
        },
    ),
    "damaged": Topic(
        "damaged",
        {
            "en": (
                *_weighted(6, "arrived broken", "arrived damaged", "is broken", "came broken", "arrived in pieces"),
                *_weighted(4, "damaged", "broken", "scratched", "cracked", "does not work", "doesn't work"),
            ),
            "es": (
                *_weighted(6, "ha llegado roto", "ha llegado rota", "llegó roto", "llegó rota", "ha llegado dañado"),
                *_weighted(6, "está roto", "está rota", "viene roto", "vino roto", "en mal estado"),
                *_weighted(4, "roto", "rota", "dañado", "dañada", "defectuoso", "no funciona"),
            ),
        },
    ),
    "wrong-item": Topic(
        "wrong-item",
        {
            "en": (
                *_weighted(6, "wrong item", "wrong article", "sent me the wrong", "not what I ordered"),
                *_weighted(4, "instead of the", "different from what", "wrong colour", "wrong color"),
            ),
            "es": (
                *_weighted(6, "artículo equivocado", "no es lo que pedí", "os habéis equivocado"),
                *_weighted(6, "se han equivocado", "no era lo que pedí", "me ha llegado otro", "pedido equivocado"),
                *_weighted(4, "en lugar de", "en vez de", "color equivocado"),
            ),
        },
    ),
    "out-of-stock": Topic(
        "out-of-stock",
        {
            "en": (
                *_weighted(6, "back in stock", "out of stock", "in stock again"),
                *_weighted(4, "is it available", "do you have it", "sold out"),
            ),
            "es": (
                *_weighted(6, "volveréis a tener", "vuelven a tener", "está agotado", "sin existencias"),
                *_weighted(4, "hay existencias", "tenéis disponible", "está disponible", "agotado"),
            ),
        },
    ),
    "invoice": Topic(
        "invoice-copy",
        {
            "en": (
                *_weighted(6, "copy of the invoice", "copy of my invoice", "need an invoice", "send me the invoice"),
                *_weighted(4, "invoice", "VAT number", "tax number"),
            ),
            "es": (
                *_weighted(6, "copia de la factura", "necesito la factura", "necesito factura", "enviarme la factura"),
                *_weighted(4, "factura", "NIF", "datos fiscales"),
            ),
        },
    ),
    "thanks": Topic(
        "thanks",
        {
            "en": (
                *_weighted(5, "love it", "so happy with", "very happy with", "great service", "wonderful service"),
                *_weighted(3, "it has arrived", "thank you so much", "thank you very much", "everything is perfect"),
            ),
            "es": (
                *_weighted(5, "me encanta", "estoy encantada", "estoy encantado", "muy contenta", "muy contento"),
                *_weighted(3, "ha llegado", "muchísimas gracias", "muchas gracias", "todo perfecto"),
            ),
        },
    ),
}

COMPLAINTS: tuple[Weighted, ...] = _weighted(
    1,
    *("complaint", "unacceptable", "disappointed", "angry", "furious", "scam", "fraud", "lawyer", "police", "terrible"),
    *("worst", "ridiculous", "never again", "bad review", "consumer protection", "chargeback", "disgrace", "fed up"),
    *("reclamación", "inaceptable", "decepcionado", "decepcionada", "enfadado", "enfadada", "estafa", "fraude"),
    *("abogado", "denuncia", "denunciar", "policía", "vergüenza", "pésimo", "pésima", "indignado", "indignada"),
    *("consumo", "hoja de reclamaciones", "mala reseña", "harto", "harta", "horrible", "nunca más", "cancelar"),
    *("cancel my order", "cancel the order", "third time", "tercera vez", "segunda vez", "second time"),
)
"""Whoever says one of these is answered by a person, always."""
