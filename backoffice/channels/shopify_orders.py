"""Reads Shopify's orders export: a row for each line item, the order's own cells on its first row only.

Columns as Shopify's help and the files themselves have them (73 in 2026, 44 in the oldest known); read by name, so
new ones do no harm. Rows of one order may stand apart in files that were sorted, and orders may come twice in files
that were put together: then the later version counts, and an equal one is told as repeated.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from backoffice.channels.candidates import CandidateOrder, Rejected
from backoffice.channels.cells import BadCell, blame
from backoffice.channels.grouping import grouped
from backoffice.channels.interface import Kind, ReadSettings
from backoffice.channels.reading import Table, normal
from backoffice.channels.rejecting import faulty, rejected
from backoffice.channels.rows import Row
from backoffice.channels.shopify_cells import OF_THE_ORDER, OrderCells

_SIGNATURE = frozenset({"name", "lineitem quantity", "lineitem name", "lineitem price"})
_TYPICAL = frozenset({"financial status", "created at", "currency", "total", "lineitem sku", "fulfillment status"})


class ShopifyOrders:
    """Shopify's orders export."""

    key = "shopify-orders"
    channel = "shopify"
    kind = Kind.ORDERS

    def detect(self, header: tuple[str, ...]) -> float:
        """1 for a header with all that matters, 0 without a line item's name, quantity and price."""
        names = set(map(normal, header))
        return 0.7 + 0.05 * len(names & _TYPICAL) if names >= _SIGNATURE else 0.0

    def read(self, table: Table, settings: ReadSettings) -> Iterator[CandidateOrder | Rejected]:
        """As Reader.read: an order for each `Name`."""
        orders = _Orders(table, settings)
        for rows in grouped(table, table.column("Name"), continues=orders.continues, raw=True):
            yield from orders.read(rows)


class _Orders:
    """One file's orders, each from its rows."""

    def __init__(self, table: Table, settings: ReadSettings) -> None:
        self._cells = OrderCells(table, settings)
        self._columns = len(table.header)
        self._ids: dict[str, int] = {}
        self._of_the_order = itemgetter(*(table.column(name) for name in OF_THE_ORDER))
        self._name = table.column("Name")
        self._has_order_columns = table.column(*OF_THE_ORDER) >= 0
        order_cells = (at for name, at in self._cells.places if not name.startswith("Lineitem"))
        self._order_cells = itemgetter(*order_cells)

    def continues(self, cells: list[str]) -> bool:
        """Whether a row without a name only adds a line item to the order above."""
        return not any(self._of_the_order(cells))

    def read(self, rows: list[Row]) -> Iterator[CandidateOrder | Rejected]:
        """The order of these rows; several findings where the file holds it more than once."""
        for row in rows:
            if row[2]:
                yield faulty(rows, self._columns)
                return
        heads = [at for at, row in enumerate(rows) if any(self._of_the_order(row[1]))]
        if len(heads) == 1:
            yield self._one(rows, rows[heads[0]])
        elif heads:
            yield from self._several(rows, heads)
        elif self._has_order_columns:
            yield rejected(rows, "order-cells-missing", number=rows[0][1][self._name].strip())
        else:
            yield self._one(rows, rows[0])

    def _several(self, rows: list[Row], heads: list[int]) -> Iterator[CandidateOrder | Rejected]:
        """The order's cells stand on more than one row: filled down by somebody, or the order is there again."""
        first = self._order_cells(rows[heads[0]][1])
        if len(heads) == len(rows) and all(self._order_cells(row[1]) == first for row in rows):
            once: list[Row] = []
            for row in rows:
                same = next((other[0] for other in once if other[1] == row[1]), 0)
                if same:
                    yield rejected([row], "row-repeated", first=same)
                else:
                    once.append(row)
            yield self._one(once, once[0])
            return
        versions = [rows[a:b] for a, b in pairwise([0, *heads[1:], len(rows)])]
        contents = [[row[1] for row in version] for version in versions]
        at = contents.index(contents[-1])  # the latest counts; of equal ones the first, the others are told
        for version, content in zip(versions, contents, strict=True):
            if version is versions[at]:
                continue
            if content == contents[at]:
                yield rejected(version, "order-repeated", first=versions[at][0][0])
            else:
                yield rejected(version, "order-replaced", later=versions[-1][0][0])
        yield self._one(versions[at], next(row for row in versions[at] if any(self._of_the_order(row[1]))))

    def _one(self, rows: Sequence[Row], head: Row) -> CandidateOrder | Rejected:
        try:
            order = self._cells.order(rows, head)
            first = self._ids.setdefault(order.external_id, order.line)
            return (
                order if first == order.line else rejected(rows, "id-repeated", number=order.external_id, first=first)
            )
        except BadCell as bad:
            line = bad.line or head[0]
            cells = next(row[1] for row in rows if row[0] == line)
            return rejected(rows, bad.code, line, **blame(bad, cells, self._cells.places))
