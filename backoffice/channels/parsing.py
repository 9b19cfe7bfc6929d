"""Reads the plain cells of a table: texts, quantities, yes and no, countries, phones, postcodes, codes, weights."""

import re
from decimal import Decimal
from fractions import Fraction

from babel.core import get_global

from backoffice.channels.amounts import scaled
from backoffice.channels.cells import BadCell
from backoffice.core.barcodes import is_gtin
from backoffice.core.money import round_fraction
from backoffice.core.postal import country_code
from backoffice.core.text import fold, lines_of, one_line

_YES = frozenset({
    "1", "true", "yes", "y", "on", "si", "s", "ja", "j", "oui", "o", "vrai", "verdadero", "wahr", "sim", "vero",
    "allowed", "allow", "continue", "published", "active", "publish", "x", "notify", "benachrichtigen",
    "notificar", "avertir",
})  # fmt: skip
_NO = frozenset({
    "0", "false", "no", "n", "off", "nein", "non", "faux", "falso", "falsch", "nao", "deny", "denied", "draft",
    "archived", "inactive", "hidden", "private", "-1",
})  # fmt: skip
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE | re.ASCII)
_WHOLE_FLOAT = re.compile(r"(\d+)\.0", re.ASCII)
_BARCODE_LENGTHS = (8, 12, 13, 14)
_LARGEST_QUANTITY = 10_000_000
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_NO_EMAIL = frozenset({"", "-", "--", "n/a", "na", "none", "no", "null", "ninguno", "sin email", "kein", "keine"})
_GRAMS = {
    "g": Fraction(1), "gr": Fraction(1), "gram": Fraction(1), "grams": Fraction(1), "kg": Fraction(1000),
    "kgs": Fraction(1000), "lb": Fraction("453.59237"), "lbs": Fraction("453.59237"), "oz": Fraction("28.349523125"),
}  # fmt: skip
_MILLIMETRES = {
    "mm": Fraction(1), "cm": Fraction(10), "m": Fraction(1000), "in": Fraction("25.4"), "inch": Fraction("25.4"),
    "ft": Fraction("304.8"), "yd": Fraction("914.4"),
}  # fmt: skip
_WITH_UNIT = re.compile(r"(.*?)\s*([a-z]*)", re.IGNORECASE | re.ASCII | re.DOTALL)


def line_text(cell: str) -> str:
    """A name, a title, a city: on one line, without what cannot be seen."""
    return cell.strip() if cell.isprintable() else one_line(cell)


def lines_text(cell: str) -> str:
    """A note or a street, which may have several lines; invisible and direction-changing characters are gone."""
    return cell.strip() if cell.isprintable() else "\n".join(lines_of(cell))


def quantity(text: str, decimal: str = "") -> int | None:
    """Whole pieces, perhaps below zero; None for an empty cell. `decimal`: the column's decimal sign, if known.

    "2.0" is two. "1.000" is one or a thousand: BadCell quantity-ambiguous unless `decimal` says which.
    BadCell also: not-a-quantity, quantity-fraction.
    """
    if text.isdecimal() and text.isascii() and len(text) < 8:
        return int(text)
    bare = text.strip()
    if not bare:
        return None
    try:
        as_thousands, as_decimals = scaled(bare, decimal), scaled(bare, decimal, thousands=False)
    except BadCell as error:
        raise BadCell("not-a-quantity", text) from error
    if as_thousands != as_decimals:
        raise BadCell("quantity-ambiguous", text)
    value, decimals = as_thousands
    pieces, rest = divmod(value, int(10**decimals))
    if rest:
        raise BadCell("quantity-fraction", text)
    if abs(pieces) > _LARGEST_QUANTITY:
        raise BadCell("not-a-quantity", text)
    return pieces


def yes_no(text: str) -> bool | None:
    """Yes or no in six languages, as 1 and 0, and as the platforms' own words; None for an empty cell.

    BadCell not-yes-or-no.
    """
    bare = fold(text.strip())
    if not bare:
        return None
    if bare in _YES:
        return True
    if bare in _NO:
        return False
    raise BadCell("not-yes-or-no", text)


def country(text: str) -> str:
    """The ISO 3166 alpha-2 code of a country given by code or by its name in six languages; "" for an empty cell.

    BadCell country-unknown.
    """
    bare = text.strip()
    if not bare:
        return ""
    code = country_code(bare)
    if not code and len(bare) == 3:  # alpha-3, by CLDR's aliases
        same = get_global("territory_aliases").get(bare.upper(), [])
        code = same[0] if len(same) == 1 else ""
    if not code:
        raise BadCell("country-unknown", text)
    return code


def phone(text: str) -> str:
    """A phone number as written, without a spreadsheet's apostrophe; "" for what one has shortened to 3.46E+10."""
    bare = postcode(text)
    return "" if "E+" in bare and is_shortened(bare) else bare


def postcode(text: str) -> str:
    """A postcode as written, without the apostrophe that keeps its leading zero."""
    return line_text(text).lstrip("'").strip()


def identifier(text: str) -> str:
    """A code or number that names something: "17850.0" is 17850. BadCell number-shortened for "5.12E+12"."""
    if text.isalnum() or not text:
        return text
    bare = line_text(text).lstrip("'").strip()
    if whole := _WHOLE_FLOAT.fullmatch(bare):
        return whole[1]
    if is_shortened(bare):
        raise BadCell("number-shortened", text)
    return bare


def is_shortened(text: str) -> bool:
    """Whether a spreadsheet has shortened a long number to its power of ten, and so lost it."""
    return _SHORTENED.fullmatch(text.strip()) is not None


def barcode(text: str) -> tuple[str, bool]:
    """(barcode, doubtful): doubtful when it has an EAN's or UPC's length and a wrong check digit.

    BadCell number-shortened.
    """
    bare = identifier(text)
    if not bare:
        return "", False
    digits = bare.replace(" ", "").replace("-", "")
    if digits.isdecimal() and len(digits) in _BARCODE_LENGTHS:
        return digits, not is_gtin(digits)
    return bare, False


def email(text: str) -> str:
    """An e-mail address; "" for an empty cell and for what people type where they have none ("-", "n/a").

    BadCell not-an-email. Only the shape is looked at: something, "@", a domain.
    """
    bare = line_text(text).lstrip("'").strip("<> ")
    if not bare or fold(bare) in _NO_EMAIL:
        return ""
    if not _EMAIL.fullmatch(bare):
        raise BadCell("not-an-email", text)
    return bare


def rate(text: str, decimal: str = "") -> Decimal | None:
    """A tax rate as a fraction: "21", "21 %", "21,0%" and "0.21" are all Decimal("0.21"). None for an empty cell.

    BadCell not-a-rate.
    """
    bare = text and text.replace("%", "").strip()
    if not bare:
        return None
    try:
        value, decimals = scaled(bare, decimal, thousands=False)
    except BadCell as error:
        raise BadCell("not-a-rate", text) from error
    told = Decimal(value).scaleb(-decimals)
    told = told.scaleb(-2) if told >= 1 or "%" in text else told
    if not 0 <= told < 1:
        raise BadCell("not-a-rate", text)
    return told.normalize() + 0


def grams(text: str, unit: str, decimal: str = "") -> int | None:
    """A weight in whole grams, half up; the cell's own unit wins over `unit`. None for an empty cell and for zero.

    BadCell not-a-measure.
    """
    return _measure(text, unit, _GRAMS, decimal)


def millimetres(text: str, unit: str, decimal: str = "") -> int | None:
    """A length in whole millimetres; as grams."""
    return _measure(text, unit, _MILLIMETRES, decimal)


def _measure(text: str, unit: str, units: dict[str, Fraction], decimal: str) -> int | None:
    bare = text.strip()
    if not bare:
        return None
    found = _WITH_UNIT.fullmatch(bare)
    number, own = (found[1], found[2].lower()) if found else (bare, "")
    factor = units.get(own or unit.lower())
    try:
        value, decimals = scaled(number, decimal, thousands=False)
    except BadCell as error:
        raise BadCell("not-a-measure", text) from error
    if factor is None or value < 0:
        raise BadCell("not-a-measure", text)
    return round_fraction(Fraction(value, 10**decimals) * factor) or None


def word_list(text: str) -> tuple[str, ...]:
    """Tags or categories separated by commas, or by semicolons or bars where there are no commas."""
    if not text:
        return ()
    sign = next((sign for sign in (",", ";", "|") if sign in text), ",")
    parts = re.split(rf"(?<!\\){re.escape(sign)}", text)  # "\\," is WooCommerce's comma inside a name
    found = (line_text(part.replace("\\" + sign, sign)) for part in parts)
    return tuple(dict.fromkeys(part for part in found if part))


def state(text: str) -> str:
    """A platform's status word for comparing: "Partially Refunded" is partially_refunded."""
    return "_".join(fold(text).replace("-", " ").split())
