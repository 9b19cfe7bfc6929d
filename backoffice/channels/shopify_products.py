"""Reads Shopify's products export: a row for each variant, the product's own cells on its first row, then pictures.

Columns as in Shopify's help ("Using CSV files to import and export products"), older files' names and the names of
2025 ("URL handle", "SKU", "Price"). A row with a picture and nothing else belongs to the product's first variant.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from backoffice.channels.articles import NO_CHOICE, Numbers, Skus, bad_row, variant_id
from backoffice.channels.candidates import CandidateProduct, Rejected
from backoffice.channels.cells import BadCell, fingerprint
from backoffice.channels.evidence import flag
from backoffice.channels.grouping import grouped
from backoffice.channels.interface import Kind, ReadSettings
from backoffice.channels.parsing import barcode, country, grams, identifier, line_text, lines_text, state, word_list
from backoffice.channels.reading import Table, normal
from backoffice.channels.rejecting import faulty, rejected
from backoffice.channels.rows import Row

_COLUMNS: dict[str, tuple[str, ...]] = {
    "handle": ("Handle", "URL handle"),
    "title": ("Title",),
    "body": ("Body (HTML)", "Body HTML", "Description"),
    "vendor": ("Vendor",),
    "category": ("Product Category", "Type", "Custom Product Type"),
    "tags": ("Tags",),
    "published": ("Published", "Published on online store"),
    "status": ("Status",),
    **{f"name{n}": (f"Option{n} Name",) for n in (1, 2, 3)},
    **{f"value{n}": (f"Option{n} Value",) for n in (1, 2, 3)},
    "sku": ("Variant SKU", "SKU"),
    "grams": ("Variant Grams", "Weight value (grams)"),
    "tracker": ("Variant Inventory Tracker", "Inventory tracker"),
    "quantity": ("Variant Inventory Qty", "Inventory quantity"),
    "policy": ("Variant Inventory Policy", "Continue selling when out of stock"),
    "price": ("Variant Price", "Price"),
    "ships": ("Variant Requires Shipping", "Requires shipping"),
    "taxable": ("Variant Taxable", "Charge tax"),
    "tax_code": ("Variant Tax Code", "Tax code"),
    "barcode": ("Variant Barcode", "Barcode"),
    "picture": ("Image Src", "Product image URL"),
    "own_picture": ("Variant Image", "Variant image URL"),
    "cost": ("Cost per item",),
    "hs_code": ("Variant HS Code", "HS Code", "Harmonized System Code"),
    "origin": ("Variant Country of Origin", "COO", "Country of origin"),
}
_OF_THE_PRODUCT = ("title", "body", "vendor", "category", "tags", "published", "status")
_OF_A_VARIANT = ("value1", "value2", "value3", "sku", "price", "barcode", "grams", "quantity", "policy", "cost")


class _Product(NamedTuple):
    """What stands on a product's first row and holds for its variants."""

    handle: str
    title: str
    option_names: tuple[str, ...]
    picture: str
    cells: dict[str, str]
    line: int


class ShopifyProducts:
    """Shopify's products export."""

    key = "shopify-products"
    channel = "shopify"
    kind = Kind.PRODUCTS

    def detect(self, header: tuple[str, ...]) -> float:
        """By handle, title and a variant's price."""
        names = set(map(normal, header))
        if {"handle", "title", "variant price"} <= names:
            return 0.98
        return 0.95 if {"url handle", "title", "price", "option1 value"} <= names else 0.0

    def read(self, table: Table, settings: ReadSettings) -> Iterator[CandidateProduct | Rejected]:
        """As Reader.read: a product for each variant."""
        products = _Products(table, settings)
        for rows in grouped(table, products.at["handle"], continues=products.continues):
            yield from products.read(rows)


class _Products:
    def __init__(self, table: Table, settings: ReadSettings) -> None:
        self.at = {field: table.column(*names) for field, names in _COLUMNS.items()}
        self._columns = tuple((table.header[place], place) for place in self.at.values() if place >= 0)
        self._width = len(table.header)
        at = self.at
        self._numbers = Numbers(table, settings, amounts=(at["price"], at["cost"]), quantities=(at["quantity"],))
        self._skus = Skus()

    def continues(self, cells: list[str]) -> bool:
        """Whether a row without a handle belongs to the product above."""
        return not cells[self.at["title"]].strip()

    def read(self, rows: list[Row]) -> Iterator[CandidateProduct | Rejected]:
        """The variants of one product; a faulty row costs its own variant only."""
        good = [row for row in rows if not row[2]]
        for row in rows:
            if row[2]:
                yield faulty([row], self._width)
        if not good:
            return
        product = self._product(good)
        if not product.title:
            yield rejected(good, "title-missing", handle=product.handle)
            return
        variants = [row for row in good if any(row[1][self.at[field]] for field in _OF_A_VARIANT)] or good[:1]
        lines = {row[0] for row in variants}
        extra = [row for row in good if row[0] not in lines]
        kept, again = self._once(variants)
        yield from again
        for row in kept:
            yield self._checked(product, [row, *extra], row, several=len(variants) > 1)
            extra = []

    def _product(self, rows: Sequence[Row]) -> _Product:
        at = self.at
        head = next((row for row in rows if row[1][at["title"]].strip()), rows[0])
        cells = head[1]
        names = tuple(line_text(cells[at[f"name{n}"]]) for n in (1, 2, 3))
        picture = next((row[1][at["picture"]] for row in rows if row[1][at["picture"]]), "")
        told = {field: cells[at[field]] for field in _OF_THE_PRODUCT}
        return _Product(rows[0][1][at["handle"]].strip(), line_text(told["title"]), names, picture, told, head[0])

    def _once(self, rows: list[Row]) -> tuple[list[Row], list[Rejected]]:
        """The variants, of those that stand in the file twice the last; and the others, told."""
        kept: dict[tuple[str, ...], Row] = {}
        again: list[Rejected] = []
        for row in rows:
            key = tuple(row[1][self.at[field]] for field in ("value1", "value2", "value3"))
            before = kept.get(key)
            if before is not None and before[1] == row[1]:
                again.append(rejected([row], "product-repeated", first=before[0]))
                continue
            if before is not None:
                again.append(rejected([before], "product-replaced", later=row[0]))
            kept[key] = row
        return list(kept.values()), again

    def _checked(self, product: _Product, rows: list[Row], row: Row, *, several: bool) -> CandidateProduct | Rejected:
        try:
            found = self._variant(product, row, several=several)._replace(rows=len(rows))
        except BadCell as bad:
            return bad_row(rows, row, self._columns, bad)
        return self._skus.claim(found.sku, rows) or found

    def _variant(self, product: _Product, row: Row, *, several: bool) -> CandidateProduct:
        line, cells, _ = row
        told = {field: cells[place] for field, place in self.at.items()}
        values = tuple(line_text(told[f"value{n}"]) for n in (1, 2, 3))
        if several and not any(values):
            raise BadCell("option-missing", name=product.title)
        options = [
            (name or str(n), value) for n, (name, value) in enumerate(zip(product.option_names, values, strict=True), 1)
        ]
        code, doubtful = barcode(told["barcode"])
        amounts, pieces = self._numbers.amounts, self._numbers.quantities
        sku = identifier(told["sku"])
        status = state(product.cells["status"])
        return CandidateProduct(
            line,
            1,
            fingerprint(*product.cells.values(), product.picture, *told.values()),
            variant_id(product.handle, values) if product.handle else sku or product.title,
            sku,
            product.title,
            parent=product.handle,
            options=tuple((name, value) for name, value in options if value not in NO_CHOICE),
            barcode=code,
            barcode_doubtful=doubtful,
            price=amounts[told["price"]],
            cost=amounts[told["cost"]],
            tax_class=line_text(told["tax_code"]),
            taxable=flag(told["taxable"]),
            weight_g=grams(told["grams"], "g", self._numbers.decimal),
            hs_code=identifier(told["hs_code"]),
            origin=country(told["origin"]),
            supplier=line_text(product.cells["vendor"]),
            backorder=flag(told["policy"]),
            tracked=bool(told["tracker"].strip()) if self.at["tracker"] >= 0 else None,
            quantity=pieces[told["quantity"]],
            requires_shipping=flag(told["ships"]),
            active=status == "active" if status else flag(product.cells["published"]),
            picture=told["own_picture"].strip() or product.picture.strip(),
            description=lines_text(product.cells["body"]),
            tags=word_list(product.cells["tags"]),
            category=line_text(product.cells["category"]),
        )
