"""What is looked at before anything is printed: every sign must have a picture."""

from collections.abc import Iterable, Mapping

from backoffice.core.errors import Refused
from backoffice.core.postal import PostalAddress
from backoffice.shipping.documents.fonts import unprintable
from backoffice.shipping.documents.text import tidy

ADDRESS_FIELDS = ("name", "company", "street", "city", "postcode", "region")


def printable(number: str, fields: Mapping[str, str]) -> None:
    """Every text of one document, by the name of its field.

    Refused("shipping.unprintable", characters, field, number) for the first that holds a sign no font has.
    """
    if not unprintable("".join(fields.values())):
        return
    for field, text in fields.items():
        if strange := unprintable(tidy(text)):
            raise Refused("shipping.unprintable", characters=" ".join(strange), field=field, number=number)


def address_fields(owner: str, address: PostalAddress) -> dict[str, str]:
    """An address's texts by name: "recipient.street"."""
    return {f"{owner}.{part}": getattr(address, part) for part in ADDRESS_FIELDS}


def numbered(name: str, texts: Iterable[str]) -> dict[str, str]:
    """Texts of a list by place: "messages.1"."""
    return {f"{name}.{place}": text for place, text in enumerate(texts, 1)}
