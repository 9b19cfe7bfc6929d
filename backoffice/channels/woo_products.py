"""Reads WooCommerce's product export: simple products, and variations that inherit from a parent row.

WooCommerce, "Product CSV Importer and Exporter". Amounts come with the shop's own decimal sign; a parent is named by
its SKU or as "id:123" and may stand before or after its variations. Grouped and external products hold no stock.
"""

from collections.abc import Iterator
from typing import NamedTuple

from backoffice.channels.articles import Numbers, Skus, bad_row
from backoffice.channels.candidates import CandidateProduct, Rejected
from backoffice.channels.cells import BadCell, fingerprint
from backoffice.channels.evidence import flag
from backoffice.channels.interface import Kind, ReadSettings
from backoffice.channels.parsing import barcode, grams, identifier, line_text, lines_text, millimetres, state, word_list
from backoffice.channels.reading import Table
from backoffice.channels.rejecting import faulty, rejected
from backoffice.channels.rows import Row
from backoffice.channels.woo_headers import WooColumns

_SIGNATURE = frozenset({"type", "sku", "name", "price", "stock"})
_INHERITED = (
    "weight", "length", "width", "height", "tax_class", "tax_status", "categories", "tags", "images", "brand",
    "backorder", "published",
)  # fmt: skip
_NO_STOCK = {"grouped": "grouped-product", "external": "external-product"}


class _Parent(NamedTuple):
    line: int
    name: str
    cells: dict[str, str]
    keys: tuple[str, ...]


class WooProducts:
    """WooCommerce's own product export."""

    key = "woo-products"
    channel = "woocommerce"
    kind = Kind.PRODUCTS

    def detect(self, header: tuple[str, ...]) -> float:
        """By type, SKU, name, price and stock in one of the languages it is written in."""
        known = WooColumns(header).known
        return min(0.98, 0.6 + 0.03 * len(known)) if known >= _SIGNATURE else 0.0

    def read(self, table: Table, settings: ReadSettings) -> Iterator[CandidateProduct | Rejected]:
        """As Reader.read: a product for each simple one and each variation."""
        products = _Products(table, settings)
        products.gather_parents()
        for row in table.rows():
            yield from products.read(row)
        yield from products.rest()


class _Products:
    def __init__(self, table: Table, settings: ReadSettings) -> None:
        self._table = table
        self._columns = WooColumns(table.header)
        self._at = at = self._columns.at
        self._named = tuple((table.header[place], place) for place in at.values() if place >= 0)
        self._numbers = Numbers(
            table, settings, amounts=(at["price"], at["sale_price"], at["cost"]), quantities=(at["stock"], at["low"])
        )
        self._skus = Skus()
        self._parents: dict[str, _Parent] = {}
        self._wanted: set[str] = set()
        self._carried: set[int] = set()  # lines of parents that a variation has taken along
        self._waiting: dict[int, Row] = {}  # rows of parents that none has taken along yet
        self._ids: dict[str, int] = {}

    def gather_parents(self) -> None:
        """Look through the file for parents, and for the names by which variations call them."""
        at = self._at
        for line, cells, fault in self._table.rows():
            kinds = _kinds(cells[at["type"]])
            if "variation" in kinds:
                self._wanted.add(cells[at["parent"]].strip())
            elif "variable" in kinds and not fault:
                told = {field: cells[at[field]] for field in _INHERITED}
                keys = tuple(filter(None, (f"id:{cells[at['id']].strip()}", cells[at["sku"]].strip())))
                parent = _Parent(line, line_text(cells[at["name"]]), told, keys)
                self._parents |= dict.fromkeys(keys, parent)

    def read(self, row: Row) -> Iterator[CandidateProduct | Rejected]:
        """The product of a row; a parent's row is counted with its first good variation."""
        _, cells, fault = row
        kinds = _kinds(cells[self._at["type"]])
        if fault:
            yield faulty([row], len(self._table.header))
        elif "variable" in kinds:
            yield from self._parent_row(row)
        elif code := next((code for kind, code in _NO_STOCK.items() if kind in kinds), ""):
            yield rejected([row], code, name=line_text(cells[self._at["name"]]))
        else:
            parent = self._parents.get(cells[self._at["parent"]].strip()) if "variation" in kinds else None
            yield self._checked(row, parent, kinds)

    def _parent_row(self, row: Row) -> Iterator[Rejected]:
        line, cells, _ = row
        parent = self._parents.get(f"id:{cells[self._at['id']].strip()}") or self._parents.get(
            cells[self._at["sku"]].strip()
        )
        if parent is None or not self._wanted.intersection(parent.keys):
            yield rejected([row], "no-variations", name=line_text(cells[self._at["name"]]))
        elif line != parent.line:
            yield rejected([row], "product-replaced", later=parent.line)
        elif line not in self._carried:
            self._waiting[line] = row

    def rest(self) -> Iterator[Rejected]:
        """Parents none of whose variations could be read."""
        for row in self._waiting.values():
            yield rejected([row], "no-variations", name=line_text(row[1][self._at["name"]]))

    def _checked(self, row: Row, parent: _Parent | None, kinds: set[str]) -> CandidateProduct | Rejected:
        try:
            found = self._product(row, parent, kinds)
        except BadCell as bad:
            return bad_row([row], row, self._named, bad)
        first = self._ids.setdefault(found.external_id, row[0])
        if first != row[0]:
            return rejected([row], "product-repeated", first=first)
        again = self._skus.claim(found.sku, [row])
        if again or parent is None or parent.line in self._carried:
            return again or found
        self._carried.add(parent.line)
        self._waiting.pop(parent.line, None)
        return found._replace(rows=2)

    def _product(self, row: Row, parent: _Parent | None, kinds: set[str]) -> CandidateProduct:
        line, cells, _ = row
        told = {field: cells[place] for field, place in self._at.items()}
        if parent is not None:
            told |= {field: cell for field, cell in parent.cells.items() if told[field].strip() in ("", "parent")}
        sku, own = identifier(told["sku"]), identifier(told["id"])
        name = (parent.name if parent else "") or line_text(told["name"])
        if not (sku or name):
            raise BadCell("name-missing")
        code, doubtful = barcode(told["barcode"])
        amounts, pieces, units = self._numbers.amounts, self._numbers.quantities, self._columns.units
        always_on_sale = not (told["sale_starts"].strip() or told["sale_ends"].strip())
        decimal = self._numbers.decimal
        options = self._options(cells) if "variation" in kinds else ()
        stock = "" if state(told["stock"]) == "parent" else told["stock"]
        return CandidateProduct(
            line,
            1,
            fingerprint(name, *told.values(), *(text for option in options for text in option)),
            own or sku or name,
            sku,
            name or sku,
            parent=told["parent"].strip(),
            options=options,
            barcode=code,
            barcode_doubtful=doubtful,
            price=amounts[told["price"]],
            sale_price=amounts[told["sale_price"]] if always_on_sale else None,
            cost=amounts[told["cost"]],
            tax_class=line_text(told["tax_class"]),
            taxable=state(told["tax_status"]) != "none" if told["tax_status"].strip() else None,
            weight_g=grams(told["weight"], units["weight"], decimal),
            length_mm=millimetres(told["length"], units["length"], decimal),
            width_mm=millimetres(told["width"], units["width"], decimal),
            height_mm=millimetres(told["height"], units["height"], decimal),
            supplier=line_text(told["brand"]),
            reorder_point=pieces[told["low"]],
            backorder=flag(told["backorder"]),
            tracked=bool(stock.strip()) if self._at["stock"] >= 0 else None,
            quantity=pieces[stock],
            requires_shipping=not kinds & {"virtual", "downloadable"},
            active=told["published"].strip() == "1" if told["published"].strip() else None,
            picture=next(iter(word_list(told["images"])), ""),
            description=lines_text(told["description"] or told["short"]),
            tags=word_list(told["tags"]),
            category=line_text(told["categories"]),
        )

    def _options(self, cells: list[str]) -> tuple[tuple[str, str], ...]:
        told = ((line_text(cells[name]), line_text(cells[value])) for name, value in self._columns.options)
        return tuple((name, value.replace("\\,", ",")) for name, value in told if name and value)


def _kinds(text: str) -> set[str]:
    """ "variation, virtual" as a set."""
    return {state(part) for part in text.split(",")}
