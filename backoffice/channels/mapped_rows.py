"""What the readers of mapped columns share: where each field is, and how the file writes numbers and dates."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from backoffice.channels.amounts import amount, currency_code, decimal_sign
from backoffice.channels.cells import Memo
from backoffice.channels.dates import Dates, day_order, needs_order
from backoffice.channels.fields import FIELDS, lacking
from backoffice.channels.interface import ReadSettings
from backoffice.channels.mapping import Mapping
from backoffice.channels.parsing import quantity
from backoffice.channels.reading import Table, normal
from backoffice.core.errors import Refused

_DATES = ("placed_at", "paid_at", "fulfilled_at", "cancelled_at", "ship_by")
_AMOUNTS = (
    "unit_price", "line_total", "line_discount", "subtotal", "shipping", "discount", "tax", "total", "refunded",
    "price", "sale_price", "cost",
)  # fmt: skip


class MappedColumns:
    """A table seen through a mapping."""

    def __init__(self, table: Table, settings: ReadSettings, kind: str) -> None:
        """Refused: channels.no-mapping, channels.mapping-lacks(fields), channels.mapping-does-not-fit(columns)."""
        mapping = settings.mapping
        if mapping is None or mapping.kind != kind:
            raise Refused("channels.no-mapping")
        if missing := lacking(kind, mapping.columns):
            raise Refused("channels.mapping-lacks", fields=", ".join(missing))
        absent = [name for name in mapping.columns.values() if name and table.column(name) < 0]
        if absent:
            raise Refused("channels.mapping-does-not-fit", columns=", ".join(absent))
        self.mapping: Mapping = mapping
        self.width = len(table.header)
        self.at = {field.key: table.column(mapping.columns.get(field.key) or "\0") for field in FIELDS[kind]}
        """The place of each field; -1, which reads as empty, for those without a column."""
        self.named = tuple((table.header[place], place) for place in self.at.values() if place >= 0)
        self.currency = mapping.currency or settings.currency
        sample = table.sample()
        self.decimal = mapping.decimal or decimal_sign(self._cells(sample, _AMOUNTS))
        pieces = mapping.decimal or decimal_sign(self._cells(sample, ("quantity", "available", "fulfilled")))
        self.quantities: Memo[int | None] = Memo(lambda text: quantity(text, pieces))
        self.currencies = Memo(currency_code)
        dated = [self.at[field] for field in _DATES if self.at.get(field, -1) >= 0]
        order = mapping.date_order or date_order(table, dated, sample)
        self.dates = Memo(Dates(mapping.zone or settings.zone, order))
        self.settled = replace(mapping, date_order="" if order == "mixed" else order, decimal=self.decimal)
        """The mapping with what the whole file showed: a row of it reads the same by itself, when it is mended."""
        self._amounts: dict[str, Memo[int | None]] = {}

    def amounts(self, currency: str) -> Memo[int | None]:
        """Reads amounts of this currency."""
        known = self._amounts.get(currency)
        if known is None:
            known = self._amounts[currency] = Memo(lambda text: amount(text, currency, self.decimal))
        return known

    def _cells(self, rows: list[list[str]], fields: tuple[str, ...]) -> Iterator[str]:
        places = [self.at[field] for field in fields if self.at.get(field, -1) >= 0]
        return (cells[place] for cells in rows for place in places)


def date_order(table: Table, places: Sequence[int], sample: Sequence[Sequence[str]]) -> str:
    """Day or month first in these columns: by the sample, by the whole file where that leaves doubt."""
    seen = [cells[place] for cells in sample for place in places]
    order = day_order(seen)
    if order or not needs_order(seen):
        return order
    return day_order(cells[place] for _, cells, fault in table.rows(raw=True) if not fault for place in places)


def settled(table: Table, settings: ReadSettings) -> Mapping:
    """The settings' mapping with the date order and decimal sign that this file shows, to be kept with its import.

    Refused as MappedColumns.
    """
    kind = settings.mapping.kind if settings.mapping else ""
    return MappedColumns(table, settings, kind).settled


def same_text(one: str, other: str) -> bool:
    """Whether two cells say the same, written a little differently perhaps."""
    return one == other or normal(one) == normal(other)
