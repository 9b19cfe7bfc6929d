"""Proposes what the columns of an unknown file mean, by their names in six languages and by what stands in them."""

import re
from collections.abc import Callable, Sequence

from backoffice.channels.amounts import scaled
from backoffice.channels.cells import BadCell
from backoffice.channels.column_words import PART_WORDS, SIDE_WORDS, WORDS
from backoffice.channels.dates import MONTH_FIRST_COUNTRIES, Dates, day_order, needs_order
from backoffice.channels.fields import FIELDS, PRODUCT_FIELDS
from backoffice.channels.mapping import Mapping
from backoffice.channels.reading import normal
from backoffice.core.money import exponent

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN = re.compile(r"[\s_\-./#:()\[\]*?¿]+")
_CODE = re.compile(r"\b[A-Z]{3}\b")
_PRICES = ("price", "sale_price", "cost", "unit_price", "line_total", "total")
_NUMBERS = frozenset((*_PRICES, "quantity", "available", "shipping", "discount", "tax", "subtotal", "reorder_point"))
_DATES = frozenset({"placed_at", "paid_at", "fulfilled_at", "cancelled_at", "ship_by"})
_BUYERS = frozenset({"email", "phone", "buyer_id", "unit_price", "total"}) | frozenset(
    f"{side}_{part}" for side in ("ship", "bill") for part in ("street", "city", "postcode")
)
"""What only a file about people who bought says; in a file of products or stock its column would mean nothing."""
_CAME_BACK = re.compile(r"^(?:return|retoure|retour|devolucion|reso)\b|\brma\b")
_TELLING = frozenset(field.key for field in PRODUCT_FIELDS) - frozenset(
    ("sku", "external_id", "name", "parent", "location", "active", "description", "notes", "tags", "category", "bin")
)
"""Fields of which one at least stands in a list of products that is meant as such."""
_VAGUE = frozenset({"code", "codigo", "codice", "id", "ref", "name", "number", "item"})
"""Names of columns that hold codes of anything."""
_FITTING = 2  # one in so many of a column's cells may not fit the field that is proposed for it


def plain(name: str) -> str:
    """A column's name as its words: "InvoiceNo" and "invoice_no" are "invoice no"."""
    return " ".join(_BETWEEN.split(normal(_HUMP.sub(" ", name)))).strip()


def guess_kind(header: Sequence[str]) -> str:
    """ "orders", "products" or "stock": what a file with these columns most likely holds.

    Whatever names buyers is never taken for a count of stock or a list of products, however little else is understood.
    """
    places = {kind: _by_name(header, kind, "") for kind in FIELDS}
    known = {kind: set(found) for kind, found in places.items()}
    orders, products = known["orders"], known["products"]
    dated = "placed_at" in orders and orders & {"number", "unit_price"}
    numbered = "number" in orders and orders & {"email", "total"}
    if "quantity" in orders and (dated or numbered):
        return "orders"
    explained = {*places["products"].values(), *places["stock"].values()}
    if any(field in _BUYERS and place not in explained for field, place in places["orders"].items()):
        return "orders"
    about = products - {"sku", "quantity", "location", "bin", "name", "barcode", "external_id"}
    if {"quantity", "available"} & known["stock"] and not about:
        return "stock"
    return "products"


def propose_mapping(
    header: Sequence[str],
    sample: Sequence[Sequence[str]],
    *,
    kind: str = "",
    currency: str = "",
    country: str = "",
) -> Mapping:
    """A mapping to look over: columns whose names are known and whose cells fit.

    `header` and `sample` as Table.header and Table.sample(); `currency` and `country` are the shop's: of several
    prices the one in its currency is taken, and dates that can be read two ways get the country's order.
    """
    kind = kind or guess_kind(header)
    found = _by_name(header, kind, currency)
    columns = {}
    for field, place in found.items():
        cells = [row[place] for row in sample if len(row) > place and row[place].strip()]
        if _fits(field, cells):
            columns[field] = header[place]
    dated = [row[header.index(columns[field])] for field in columns if field in _DATES for row in sample]
    order = day_order(dated)
    if not order and needs_order(dated) and country:
        order = "month" if country in MONTH_FIRST_COUNTRIES else "day"
    return Mapping("", kind, columns, date_order="" if order == "mixed" else order)


def is_sure(header: Sequence[str], mapping: Mapping) -> bool:
    """Whether a proposal may be taken without anybody looking at it.

    Orders have said so much of themselves that nothing else is meant, if it is not what came back. Products and counts
    must name their articles by a code, say something else of them that only a shop's list says, and be understood for
    the most part; a column with an order's number or date makes them a list of something else.
    """
    if any(_CAME_BACK.search(plain(name)) for name in header):
        return False
    if mapping.kind == "orders":
        return True
    mapped = set(mapping.columns.values())
    orders = _by_name(header, "orders", "")
    if any(header[orders[field]] not in mapped for field in ("number", "placed_at", "email") if field in orders):
        return False
    named = [name for name in header if name and not name.startswith("#")]
    coded = mapping.columns.get("sku") or mapping.columns.get("external_id") or mapping.columns.get("barcode")
    code = plain(coded or "")
    telling = _TELLING if mapping.kind == "products" else frozenset({"quantity", "available"})
    told = any(field in telling for field, name in mapping.columns.items() if name != coded)
    return bool(code) and code not in _VAGUE and told and 2 * len(mapped) >= len(named)


def _by_name(header: Sequence[str], kind: str, currency: str) -> dict[str, int]:
    """Field → column, each at most once, by the names alone; earlier words of a field win over later ones."""
    scored: list[tuple[int, int, str]] = []
    fields = [field.key for field in FIELDS[kind]]
    for place, name in enumerate(header):
        words = plain(name)
        foreign = _foreign(name, currency)
        bare = plain(_CODE.sub("", name)) if _is_currency(name) else words
        for field in fields:
            score = _score(field, words, kind)
            if field in _PRICES:
                score = 0 if foreign else max(score, _score(field, bare, kind))
            if score:
                scored.append((-score, place, field))
    taken: dict[str, int] = {}
    used: set[int] = set()
    for _, place, field in sorted(scored):
        if field not in taken and place not in used:
            taken[field] = place
            used.add(place)
    return {field: taken[field] for field in fields if field in taken}


def _score(field: str, words: str, kind: str) -> int:
    """100 less the rank of the word that matches; 0 for none."""
    known = WORDS[kind].get(field, ())
    if words in known:
        return 100 - known.index(words)
    side, _, part = field.partition("_")
    if kind != "orders" or side not in SIDE_WORDS or part not in PART_WORDS:
        return 0
    for word in SIDE_WORDS[side]:
        rest = f" {words} ".replace(f" {word} ", " ", 1).strip() if f" {word} " in f" {words} " else None
        if rest in PART_WORDS[part]:
            return 90 - PART_WORDS[part].index(rest)
    other = any(f" {word} " in f" {words} " for words_of in SIDE_WORDS.values() for word in words_of)
    return 40 - PART_WORDS[part].index(words) if side == "ship" and not other and words in PART_WORDS[part] else 0


def _is_currency(name: str) -> bool:
    return any(_known(code) for code in _CODE.findall(name))


def _foreign(name: str, currency: str) -> bool:
    """Whether a column's name holds the code of another currency than the shop's."""
    codes = {code for code in _CODE.findall(name) if _known(code)}
    return bool(codes) and bool(currency) and currency not in codes


def _known(code: str) -> bool:
    try:
        exponent(code)
    except ValueError:
        return False
    return True


def _fits(field: str, cells: Sequence[str]) -> bool:
    """Whether enough of a column's cells can be read as the field; an empty column fits anything."""
    check: Callable[[str], object] | None = None
    if field in _DATES:
        check = Dates(order="day")
    elif field in _NUMBERS:
        check = _number
    if check is None or not cells:
        return True
    misfits = 0
    for cell in cells:
        try:
            check(cell)
        except BadCell:
            misfits += not (field in _DATES and _dated_otherwise(cell))
    return misfits * _FITTING <= len(cells)


def _number(cell: str) -> tuple[int, int]:
    return scaled(re.sub(r"[^\d.,()\-\s]", "", cell))


def _dated_otherwise(cell: str) -> bool:
    try:
        Dates(order="month")(cell)
    except BadCell:
        return False
    return True
