"""What an order's own cells tell between the lines: whether prices include tax, a tax's rate, a gift, a campaign."""

import re
from decimal import Decimal

from backoffice.channels.cells import BadCell
from backoffice.channels.parsing import line_text, yes_no

_RATE = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)\s?%", re.ASCII)
_GIFT = re.compile(r"gift|regalo|dedicatoria|geschenk|cadeau", re.IGNORECASE)
_SOURCES = re.compile(r"utm_\w+|gclid|fbclid|referr?er|referring_site|landing_site|campaign|affiliate", re.IGNORECASE)
_ONLY_A_MARK = frozenset({"true", "false", "yes", "no"})


def includes_tax(
    subtotal: int | None, shipping: int | None, tax: int | None, duties: int | None, total: int | None
) -> bool | None:
    """Whether an order's prices include its tax, told by its own totals; None where they do not tell.

    Included: subtotal + shipping = total. Added: subtotal + shipping + tax = total. Without tax both would hold.
    """
    if not tax or subtotal is None or total is None:
        return None
    before = subtotal + (shipping or 0) + (duties or 0)
    if total == before + tax:
        return False
    return True if total == before else None


def tax_rate(name: str) -> Decimal | None:
    """The rate in a tax's name as a fraction: "IVA 21%" is Decimal("0.21"); None where the name has none."""
    found = _RATE.search(name)
    return Decimal(found[1].replace(",", ".")).scaleb(-2).normalize() if found else None


def flag(text: str) -> bool | None:
    """Yes or no; None where the cell is empty or says something else that matters to nobody."""
    try:
        return yes_no(text)
    except BadCell:
        return None


def note_attributes(text: str) -> tuple[str, tuple[tuple[str, str], ...], str]:
    """(gift message, sources, the rest) of an order's "name: value" lines as Shopify exports them."""
    gift: list[str] = []
    sources: list[tuple[str, str]] = []
    rest: list[str] = []
    for line in filter(None, map(line_text, text.splitlines())):
        name, colon, value = line.partition(":")
        told = value.strip()
        if told and _GIFT.search(name) and told.lower() not in _ONLY_A_MARK:
            gift.append(told)
        elif colon and _SOURCES.fullmatch(name.strip()):
            sources.append((name.strip().lower(), told))
        else:
            rest.append(line)
    return "\n".join(gift), tuple(sources), "\n".join(rest)
