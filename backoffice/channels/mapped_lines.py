"""The lines of an order in a mapped file: articles, postage, discounts, and what was taken back."""

from dataclasses import dataclass, field
from fractions import Fraction

from backoffice.channels.amounts import scaled
from backoffice.channels.candidates import CandidateLine
from backoffice.channels.cells import BadCell
from backoffice.channels.mapped_rows import MappedColumns
from backoffice.channels.parsing import barcode, identifier, line_text, rate
from backoffice.channels.rows import Row
from backoffice.channels.synonyms import is_discount, is_postage
from backoffice.core.money import exponent, round_fraction


@dataclass(slots=True)
class Lines:
    """An order's rows, told apart. Amounts in minor units."""

    articles: list[CandidateLine] = field(default_factory=list)
    postage: int | None = None
    discount: int | None = None
    discount_names: list[str] = field(default_factory=list)


def read_lines(columns: MappedColumns, rows: list[Row], currency: str, *, dispatched: bool) -> Lines:
    """The lines of these rows. BadCell with its line: as the cells', quantity-zero, price-missing, mixed-signs."""
    found = Lines()
    told: list[tuple[Row, int, CandidateLine]] = []
    for row in rows:
        try:
            told.append(_line(columns, row, currency, dispatched))
        except BadCell as bad:
            bad.line = row[0]
            raise
    for row, pieces, line in told:
        gross = line.total if line.total is not None else line.quantity * line.unit_price - line.discount
        if pieces < 0 and not is_discount(line.name):
            mixed = BadCell("mixed-signs", other=row[0])
            mixed.line = row[0]
            raise mixed
        if gross < 0 or pieces < 0:
            found.discount = (found.discount or 0) + abs(gross)
            found.discount_names.append(line.name or line.sku)
        elif is_postage(line.name) and columns.at["shipping"] < 0:
            found.postage = (found.postage or 0) + gross
        else:
            found.articles.append(line)
    if not found.articles and found.postage is not None:  # an order of nothing but postage is an order of that
        found.articles, found.postage = [line for _, _, line in told if is_postage(line.name)], None
    return found


def takes_back(columns: MappedColumns, rows: list[Row]) -> str:
    """ "cancellation" or "stock-correction" for rows that all take back; "" for those of a sale.

    A correction of stock has neither prices nor a customer.
    """
    at = columns.at
    for _, cells, _ in rows:
        try:
            pieces = columns.quantities[cells[at["quantity"]]]
        except BadCell:
            return ""
        if pieces is None or pieces >= 0:
            return ""
    customer = any(cells[at[key]].strip() for _, cells, _ in rows for key in ("email", "name", "buyer_id"))
    priced = any(cells[at[key]].strip("0., \t") for _, cells, _ in rows for key in ("unit_price", "line_total"))
    return "cancellation" if customer or priced else "stock-correction"


def _line(columns: MappedColumns, row: Row, currency: str, dispatched: bool) -> tuple[Row, int, CandidateLine]:
    line, cells, _ = row
    at, amounts = columns.at, columns.amounts(currency)
    pieces = columns.quantities[cells[at["quantity"]]]
    if not pieces:
        code = "quantity-missing" if pieces is None else "quantity-zero"
        raise BadCell(code, column=columns.mapping.columns["quantity"])
    count = abs(pieces)
    discount = abs(amounts[cells[at["line_discount"]]] or 0)
    total = amounts[cells[at["line_total"]]]
    if total is not None and pieces < 0:
        total = abs(total)
    unit_price, rounded = _unit_price(columns, cells[at["unit_price"]], currency, count)
    if unit_price is None:
        if total is None:
            wanted = columns.mapping.columns.get("unit_price") or columns.mapping.columns["line_total"]
            raise BadCell("price-missing", column=wanted)
        unit_price = round_fraction(Fraction(total + discount, count))
    elif total is None and rounded is not None:
        total = rounded - discount
    tax = rate(cells[at["tax_rate"]])
    sent = columns.quantities[cells[at["fulfilled"]]] if at["fulfilled"] >= 0 else count if dispatched else 0
    return (
        row,
        pieces,
        CandidateLine(
            line, identifier(cells[at["line_id"]]), identifier(cells[at["sku"]]), line_text(cells[at["line_name"]]),
            count, unit_price, discount, total, () if tax is None else (tax,), True, min(max(sent or 0, 0), count),
            barcode(cells[at["barcode"]])[0], line_text(cells[at["options"]]),
        ),
    )  # fmt: skip


def _unit_price(columns: MappedColumns, text: str, currency: str, count: int) -> tuple[int | None, int | None]:
    """(unit price, line's exact total): the total only where the price has more decimals than the currency."""
    try:
        return columns.amounts(currency)[text], None
    except BadCell as bad:
        if bad.code != "amount-too-precise":
            raise
    value, decimals = scaled(text.strip(), columns.decimal)
    exact = Fraction(value * 10 ** exponent(currency), 10**decimals)
    return round_fraction(exact), round_fraction(exact * count)
