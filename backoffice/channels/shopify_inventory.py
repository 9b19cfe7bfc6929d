"""Reads Shopify's inventory export, with a row for each place or, in its older form, a column for each place.

The newer form (`Location`, `On hand`; in 2025 `On hand (current)` and `On hand (new)`) counts what is there; the older
one (a column a place, after `COO`) and files exported with "only available quantities" count what can be sold.
Shopify help, "Exporting or importing inventory with a CSV file".
"""

from collections.abc import Iterator

from backoffice.channels.articles import Numbers, bad_row, variant_id
from backoffice.channels.candidates import CandidateStock, Rejected
from backoffice.channels.cells import BadCell
from backoffice.channels.interface import Kind, ReadSettings
from backoffice.channels.parsing import country, identifier, line_text
from backoffice.channels.reading import Table, normal
from backoffice.channels.rejecting import faulty, rejected
from backoffice.channels.rows import Row

_ABOUT = ("Handle", "Title", "SKU", "HS Code", "COO", "Bin name", "Option1 Value", "Option2 Value", "Option3 Value")
_ON_HAND = ("On hand (new)", "On hand (current)", "On hand", "On hand (not editable)")
_AVAILABLE = ("Available", "Available (not editable)")
_OTHER = frozenset(
    normal(name)
    for name in (
        *_ABOUT, *_ON_HAND, *_AVAILABLE, "Option1 Name", "Option2 Name", "Option3 Name", "Location", "Incoming",
        "Unavailable", "Committed", "Incoming (not editable)", "Unavailable (not editable)",
        "Committed (not editable)",
    )
)  # fmt: skip
_NOT_STOCKED = "not stocked"


class ShopifyInventory:
    """Shopify's inventory export, new and old."""

    key = "shopify-inventory"
    channel = "shopify"
    kind = Kind.STOCK

    def detect(self, header: tuple[str, ...]) -> float:
        """By handle, SKU and either counts at a location or the columns before the old form's places."""
        names = set(map(normal, header))
        if not {"handle", "title", "sku", "option1 value"} <= names or "variant price" in names:
            return 0.0
        if "location" in names and names & {*map(normal, _ON_HAND), *map(normal, _AVAILABLE)}:
            return 0.98
        return 0.9 if "coo" in names and "hs code" in names and names - _OTHER else 0.0

    def read(self, table: Table, settings: ReadSettings) -> Iterator[CandidateStock | Rejected]:
        """As Reader.read: a count for each article and place."""
        counts = _Counts(table, settings)
        table.check()
        for row in table.rows():
            yield from counts.read(row)


class _Counts:
    def __init__(self, table: Table, settings: ReadSettings) -> None:
        self._about = {name: table.column(name) for name in _ABOUT}
        self._location = table.column("Location")
        self._on_hand = [place for place in (table.column(name) for name in _ON_HAND) if place >= 0]
        self._available = table.column(*_AVAILABLE)
        self._places: list[tuple[str, int]] = []
        if self._location < 0:
            self._places = [(name, at) for at, name in enumerate(table.header) if normal(name) not in _OTHER]
        self._only = settings.location
        self._width = len(table.header)
        counted = [*self._on_hand, self._available, *(at for _, at in self._places)]
        self._quantities = Numbers(table, settings, amounts=(), quantities=counted).quantities
        self._columns = tuple((name, at) for at, name in enumerate(table.header))

    def read(self, row: Row) -> Iterator[CandidateStock | Rejected]:
        """One row's counts."""
        if row[2]:
            yield faulty([row], self._width)
            return
        try:
            yield from self._counts(row)
        except BadCell as bad:
            yield bad_row([row], row, self._columns, bad)

    def _counts(self, row: Row) -> list[CandidateStock | Rejected]:
        line, cells, _ = row
        handle, title, sku, tariff, origin, shelf, *values = (cells[at] for at in self._about.values())
        article = variant_id(handle.strip(), map(line_text, values)) if handle.strip() else ""
        sku = identifier(sku)
        if not sku and not article:
            return [rejected([row], "sku-missing")]
        if self._location < 0 and not self._places:
            return [rejected([row], "quantity-missing", column="On hand")]
        found: list[CandidateStock | Rejected] = []
        for rows, (place, count, counts) in enumerate(self._told(cells)):
            wanted = not self._only or normal(place) == normal(self._only)
            pieces = None if not wanted or normal(count) == _NOT_STOCKED else self._quantities[count]
            found.append(
                CandidateStock(
                    line, int(rows == 0), sku, article, line_text(title), line_text(place), pieces, counts,
                    line_text(shelf), identifier(tariff), country(origin),
                )
            )  # fmt: skip
        return found

    def _told(self, cells: list[str]) -> list[tuple[str, str, str]]:
        """(place, count, what is counted) of a row."""
        if self._location < 0:
            return [(name, cells[at], "available") for name, at in self._places]
        place = cells[self._location]
        on_hand = next((cells[at] for at in self._on_hand if cells[at].strip()), "")
        if on_hand or self._available < 0:
            return [(place, on_hand, "on_hand")]
        return [(place, cells[self._available], "available")]
