"""What is looked at before anything is printed: every sign must have a picture."""

from collections.abc import Iterable, Mapping

from backoffice.core.errors import Refused
from backoffice.core.fonts import unprintable
from backoffice.core.postal import PostalAddress
from backoffice.core.typesetting import tidy

ADDRESS_FIELDS = ("name", "company", "street", "city", "postcode", "region")


def printable(number: str, fields: Mapping[str, str]) -> None:
    """Every text of one document, by the name of its field.

    Refused("shipping.unprintable", characters, text, field, number) for the first that holds a sign no font has.
    """
    if not unprintable("".join(fields.values())):
        return
    for field, text in fields.items():
        if strange := unprintable(tidy(text)):
            shown = " ".join(strange)
            raise Refused("shipping.unprintable", characters=shown, text=_short(text), field=field, number=number)


def too_long(number: str, field: str, text: str) -> Refused:
    """The refusal of a text that does not fit even in the smallest legible type; `number` names the document."""
    return Refused("shipping.too-long", number=number, field=field, text=_short(text))


def address_too_long(number: str, address: PostalAddress) -> Refused:
    """The refusal of a recipient that does not fit, naming the part that takes most room: "recipient.street"."""
    longest = max(ADDRESS_FIELDS, key=lambda part: len(getattr(address, part)))
    return too_long(number, f"recipient.{longest}", getattr(address, longest))


def _short(text: str) -> str:
    line = tidy(text)
    return line if len(line) <= 80 else line[:79] + "…"


def address_fields(owner: str, address: PostalAddress) -> dict[str, str]:
    """An address's texts by name: "recipient.street"."""
    return {f"{owner}.{part}": getattr(address, part) for part in ADDRESS_FIELDS}


def numbered(name: str, texts: Iterable[str]) -> dict[str, str]:
    """Texts of a list by place: "messages.1"."""
    return {f"{name}.{place}": text for place, text in enumerate(texts, 1)}
