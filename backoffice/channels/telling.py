"""Says what a file has otherwise, and why a record stays, in the sentences of `words`."""

from enum import Enum

from backoffice.channels import words
from backoffice.channels.fields import PRODUCT_FIELDS
from backoffice.channels.importing.queries import Reason
from backoffice.channels.importing.verdicts import Change
from backoffice.core.language import Language
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress

_LABELS = {field.key: field.label for field in PRODUCT_FIELDS}
_PRICES = frozenset({"price", "cost"})
_LONGEST = 60


def difference(change: Change, language: Language, *, currency: str = "") -> str:
    """One difference as a line: what, old → new, and why it is only shown. `currency` is that of products' prices."""
    old, new = (_told(priced(value, change.field, currency), language) for value in (change.old, change.new))
    known = words.CHANGES.get(change.field)
    if known:
        told = language.words(known).format(subject=change.subject, old=old, new=new)
    else:
        told = f"{language.words(_LABELS.get(change.field, change.field))}: {old} → {new}"
    return f"{told} ({language.words(words.KEPT[change.why])})" if change.kept else told


def staying(name: str, why: Reason, language: Language) -> str:
    """Why a record stays when its import is undone."""
    return language.words(words.STAYS[why.code]).format(name=name, **why.facts)


def priced(value: object, field: str, currency: str) -> object:
    """A product's price or cost, which is a number of minor units, as money; anything else as it is."""
    return Money(value, currency) if field in _PRICES and isinstance(value, int) and currency else value


def _told(value: object, language: Language) -> str:
    if isinstance(value, Money):
        return language.money(value)
    if isinstance(value, PostalAddress):
        value = ", ".join(value.lines())
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, list | tuple):
        value = ", ".join(map(str, value))
    if isinstance(value, dict):
        value = ", ".join(f"{name} {part}" for name, part in value.items())
    text = "–" if value in (None, "") else " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
