"""Which column means what in a file that no reader knows: named, kept as JSON, found again by the header."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from backoffice.channels.reading import normal
from backoffice.core.errors import Refused

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping of columns to fields (fields.ORDER_FIELDS, PRODUCT_FIELDS, STOCK_FIELDS)."""

    name: str
    kind: str
    """ "orders", "products" or "stock"."""
    columns: dict[str, str] = field(default_factory=dict)
    """Field → the header's name for it, as Table.header has it."""
    channel: str = "csv"
    currency: str = ""
    """For amounts without a currency; "" is the shop's."""
    zone: str = ""
    """For times without an offset; "" is the shop's."""
    date_order: str = ""
    """ "day" or "month" first; "" lets the file tell."""
    decimal: str = ""
    """The decimal sign, "." or ","; "" lets the file tell."""
    prices_include_tax: bool | None = None

    def to_json(self) -> str:
        """As text, to be kept."""
        return json.dumps(self.to_facts(), ensure_ascii=False, sort_keys=True)

    def to_facts(self) -> dict[str, Any]:
        """As plain values, for a JSON column."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return {"version": _VERSION, **told, "columns": dict(self.columns)}

    @classmethod
    def from_json(cls, text: str) -> "Mapping":
        """The mapping of to_json; Refused channels.bad-mapping for anything else."""
        try:
            facts = json.loads(text)
        except ValueError as error:
            raise Refused("channels.bad-mapping") from error
        return cls.from_facts(facts)

    @classmethod
    def from_facts(cls, facts: object) -> "Mapping":
        """The mapping of to_facts; Refused channels.bad-mapping for anything else."""
        if not isinstance(facts, dict) or facts.get("kind") not in ("orders", "products", "stock"):
            raise Refused("channels.bad-mapping")
        texts = {name: facts.get(name, "") for name in ("name", "kind", "currency", "zone", "date_order", "decimal")}
        columns, include = facts.get("columns", {}), facts.get("prices_include_tax")
        good = (
            facts.get("version") == _VERSION
            and all(isinstance(text, str) for text in (*texts.values(), facts.get("channel", "")))
            and isinstance(columns, dict)
            and all(isinstance(part, str) for pair in columns.items() for part in pair)
            and include in (True, False, None)
            and texts["date_order"] in ("", "day", "month")
            and texts["decimal"] in ("", ".", ",")
        )
        if not good:
            raise Refused("channels.bad-mapping")
        return cls(**texts, columns=columns, channel=facts.get("channel") or "csv", prices_include_tax=include)


def signature(header: Iterable[str]) -> str:
    """What files of one kind have in common: the names of their columns, in whatever order."""
    names = sorted(normal(name) for name in header)
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()[:32]
