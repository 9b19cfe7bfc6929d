"""Reads products and counts out of any CSV, by a mapping of its columns."""

from collections.abc import Iterator

from backoffice.channels.articles import NO_CHOICE, Skus, bad_row, variant_id
from backoffice.channels.candidates import CandidateProduct, CandidateStock, Rejected
from backoffice.channels.cells import BadCell, fingerprint
from backoffice.channels.evidence import flag
from backoffice.channels.interface import Kind, ReadSettings
from backoffice.channels.mapped_rows import MappedColumns
from backoffice.channels.parsing import (
    barcode,
    country,
    grams,
    identifier,
    line_text,
    lines_text,
    millimetres,
    word_list,
)
from backoffice.channels.reading import Table, normal
from backoffice.channels.rejecting import faulty, rejected
from backoffice.channels.rows import Row


class MappedProducts:
    """Products in any CSV: a row, a product."""

    key = "mapped-products"
    channel = "csv"
    kind = Kind.PRODUCTS

    def detect(self, header: tuple[str, ...]) -> float:
        """Never by itself: somebody has mapped its columns."""
        return 0.0

    def read(self, table: Table, settings: ReadSettings) -> Iterator[CandidateProduct | Rejected]:
        """As Reader.read; Refused also channels.no-mapping, channels.mapping-lacks, channels.mapping-does-not-fit."""
        columns = MappedColumns(table, settings, "products")
        table.check()
        skus, ids = Skus(), Skus()
        for row in table.rows():
            yield _product_or_not(columns, row, skus, ids)


def _product_or_not(columns: MappedColumns, row: Row, skus: Skus, ids: Skus) -> CandidateProduct | Rejected:
    if row[2]:
        return faulty([row], columns.width)
    try:
        found = _product(columns, row)
    except BadCell as bad:
        return bad_row([row], row, columns.named, bad)
    if found.sku:
        return skus.claim(found.sku, [row]) or found
    again = ids.claim(found.external_id, [row])
    return rejected([row], "product-repeated", first=again.facts["first"]) if again else found


def _product(columns: MappedColumns, row: Row) -> CandidateProduct:
    line, cells, _ = row
    told = {field: cells[place] for field, place in columns.at.items()}
    amounts, pieces, decimal = columns.amounts(columns.currency), columns.quantities, columns.decimal
    sku, own, name = identifier(told["sku"]), identifier(told["external_id"]), line_text(told["name"])
    if not (sku or own or name):
        raise BadCell("name-missing")
    options = _options(told)
    code, doubtful = barcode(told["barcode"])
    return CandidateProduct(
        line,
        1,
        fingerprint(*told.values()),
        own or sku or variant_id(name, (value for _, value in options)),
        sku,
        name or sku or own,
        parent=line_text(told["parent"]),
        options=options,
        barcode=code,
        barcode_doubtful=doubtful,
        price=amounts[told["price"]],
        sale_price=amounts[told["sale_price"]],
        cost=amounts[told["cost"]],
        tax_class=line_text(told["tax_class"]),
        taxable=flag(told["taxable"]),
        weight_g=_first(grams(told[f"weight_{unit}"], unit, decimal) for unit in ("g", "kg", "lb", "oz")),
        length_mm=_first(millimetres(told[f"length_{unit}"], unit, decimal) for unit in ("mm", "cm")),
        width_mm=_first(millimetres(told[f"width_{unit}"], unit, decimal) for unit in ("mm", "cm")),
        height_mm=_first(millimetres(told[f"height_{unit}"], unit, decimal) for unit in ("mm", "cm")),
        hs_code=identifier(told["hs_code"]),
        origin=country(told["origin"]),
        supplier=line_text(told["supplier"]),
        bin=line_text(told["bin"]),
        reorder_point=pieces[told["reorder_point"]],
        reorder_quantity=pieces[told["reorder_quantity"]],
        safety_stock=pieces[told["safety_stock"]],
        backorder=flag(told["backorder"]),
        quantity=pieces[told["quantity"]],
        location=line_text(told["location"]),
        requires_shipping=flag(told["requires_shipping"]),
        active=flag(told["active"]),
        picture=told["picture"].strip(),
        description=lines_text(told["description"]),
        notes=lines_text(told["notes"]),
        tags=word_list(told["tags"]),
        category=line_text(told["category"]),
    )


def _options(told: dict[str, str]) -> tuple[tuple[str, str], ...]:
    pairs = ((told[f"option{n}_name"], told[f"option{n}_value"], n) for n in (1, 2, 3))
    named = ((line_text(name) or str(n), line_text(value)) for name, value, n in pairs)
    return tuple((name, value) for name, value in named if value not in NO_CHOICE)


def _first(measures: Iterator[int | None]) -> int | None:
    return next((measure for measure in measures if measure is not None), None)


class MappedStock:
    """Counts in any CSV: a row, an article at a place."""

    key = "mapped-stock"
    channel = "csv"
    kind = Kind.STOCK

    def detect(self, header: tuple[str, ...]) -> float:
        """Never by itself: somebody has mapped its columns."""
        return 0.0

    def read(self, table: Table, settings: ReadSettings) -> Iterator[CandidateStock | Rejected]:
        """As MappedProducts.read."""
        columns = MappedColumns(table, settings, "stock")
        table.check()
        for row in table.rows():
            if row[2]:
                yield faulty([row], columns.width)
                continue
            try:
                yield _count(columns, row, settings.location)
            except BadCell as bad:
                yield bad_row([row], row, columns.named, bad)


def _count(columns: MappedColumns, row: Row, only: str) -> CandidateStock:
    line, cells, _ = row
    told = {field: cells[place] for field, place in columns.at.items()}
    sku, own, (code, _) = identifier(told["sku"]), identifier(told["external_id"]), barcode(told["barcode"])
    if not (sku or own or code):
        raise BadCell("sku-missing")
    place = line_text(told["location"])
    counts = "available" if not told["quantity"].strip() and told["available"].strip() else "on_hand"
    number = columns.quantities[told["quantity"] if counts == "on_hand" else told["available"]]
    if only and normal(place) != normal(only):
        number = None
    return CandidateStock(
        line, 1, sku, own, line_text(told["name"]), place, number, counts, line_text(told["bin"]), barcode=code
    )
