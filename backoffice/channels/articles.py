"""What the readers of products share: ids of variants, SKUs that come twice, amounts and numbers of one file."""

from collections.abc import Iterable

from backoffice.channels.amounts import amount, decimal_sign
from backoffice.channels.candidates import Rejected
from backoffice.channels.cells import BadCell, Memo, blame
from backoffice.channels.interface import ReadSettings
from backoffice.channels.parsing import quantity
from backoffice.channels.reading import Table
from backoffice.channels.rejecting import rejected
from backoffice.channels.rows import Row

NO_CHOICE = ("", "Default Title")
"""What stands as a variant's option where a product has none."""


def variant_id(handle: str, values: Iterable[str]) -> str:
    """A variant's id where the channel gives none: its handle and its options' values, "cup/blue/L"."""
    return "/".join((handle, *(value for value in values if value not in NO_CHOICE)))


class Numbers:
    """The amounts and quantities of one file, in the shop's currency and by its columns' decimal signs."""

    def __init__(self, table: Table, settings: ReadSettings, *, amounts: Iterable[int], quantities: Iterable[int]):
        sample = table.sample()
        prices, pieces = list(amounts), list(quantities)
        self.decimal = decimal_sign(cells[at] for cells in sample for at in prices)
        of_pieces = decimal_sign(cells[at] for cells in sample for at in pieces)
        currency = settings.currency
        self.amounts: Memo[int | None] = Memo(lambda text: amount(text, currency, self.decimal))
        self.quantities: Memo[int | None] = Memo(lambda text: quantity(text, of_pieces))


class Skus:
    """The SKUs of a file, and where each stood first."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}

    def claim(self, sku: str, rows: list[Row]) -> Rejected | None:
        """None for a new SKU (and for none at all), else the rows rejected as sku-repeated."""
        if not sku:
            return None
        first = self._first.setdefault(sku, rows[0][0])
        return rejected(rows, "sku-repeated", sku=sku, first=first) if first != rows[0][0] else None


def bad_row(rows: list[Row], row: Row, columns: Iterable[tuple[str, int]], bad: BadCell) -> Rejected:
    """These rows rejected for one cell of `row`."""
    return rejected(rows, bad.code, row[0], **blame(bad, row[1], columns))
