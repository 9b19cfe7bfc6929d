"""Reads amounts and other decimal numbers as people and platforms write them, exactly: no float on the way.

How "1.234" is read: by what the other values of its column show ("12.50" says that the point is the decimal sign,
"1.234,50" that the comma is); where they show nothing, by the currency: no price of a currency with two or no
decimals has three, so there it is one thousand two hundred and thirty-four; with three decimals it is 1.234.
"""

import re
from collections.abc import Iterable

from backoffice.channels.cells import BadCell
from backoffice.core.money import exponent

_SPACE = r"[\s'’´`]"  # \s is also the no-break, thin and figure spaces that group digits
_SPACES = re.compile(_SPACE + "+")
_SPACED_DIGITS = re.compile(rf"\d{_SPACE}+\d")
_SPACED_GROUPS = re.compile(rf"\D*\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:[.,]\d*)?\D*")
_LARGEST = 10**15  # minor units; what the database can sum up without overflow, and nobody's order
_NUMBER = re.compile(r"([+-]?)(\(?)([+-]?)(\d[\d.,]*|[.,]\d+)(\)?)([+-]?)", re.ASCII)
_DASHES = str.maketrans("−–—﹣－", "-----")
_GROUPED = re.compile(
    r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*|\d{1,2}(?:([.,])\d{2})+\2\d{3}", re.ASCII
)  # and Indian lakhs
_UNIT = re.compile(r"([^\d\s.,()+-]*?[A-Za-z$€£¥₹₽₺₩₪₫฿₴₦₡₱][^\d\s.,()+-]*)")
_MANY_DOLLARS = "USD CAD AUD NZD MXN SGD HKD ARS CLP COP UYU TWD DOP BZD TTD JMD BBD BSD BMD FJD NAD XCD"
_SIGNS: dict[str, frozenset[str]] = {
    sign: frozenset(codes.split())
    for sign, codes in {
        "$": _MANY_DOLLARS, "US$": "USD", "U$S": "USD", "CA$": "CAD", "C$": "CAD NIO", "A$": "AUD", "AU$": "AUD",
        "NZ$": "NZD", "MX$": "MXN", "HK$": "HKD", "S$": "SGD", "NT$": "TWD", "R$": "BRL", "RD$": "DOP",
        "€": "EUR", "EURO": "EUR", "EUROS": "EUR", "£": "GBP EGP GIP FKP SHP LBP", "¥": "JPY CNY", "￥": "JPY CNY",
        "元": "CNY", "円": "JPY", "KR": "SEK NOK DKK ISK", "KR.": "DKK", "ZŁ": "PLN", "ZL": "PLN", "KČ": "CZK",
        "FT": "HUF", "LEI": "RON MDL", "ЛВ": "BGN", "₽": "RUB", "₺": "TRY", "TL": "TRY", "₹": "INR", "RS": "INR PKR",
        "₩": "KRW", "₪": "ILS", "₫": "VND", "฿": "THB", "₴": "UAH", "₦": "NGN", "₡": "CRC", "₱": "PHP", "FR": "CHF",
        "SFR": "CHF", "S/": "PEN", "RM": "MYR", "RP": "IDR", "Q": "GTQ",
    }.items()
}  # fmt: skip


def amount(text: str, currency: str, decimal: str = "") -> int | None:
    """The amount in minor units; None for an empty cell. `decimal` is the column's decimal sign if it is known.

    Reads "1,234.50", "1.234,50", "1'234.50", "$5", "5 €", "EUR 5", "-5", "5-", "(5)". BadCell: not-an-amount,
    amount-too-precise (more decimals than the currency has), other-currency (another one's sign stands beside it).
    """
    whole, _, cents = text.partition(".")
    plain = len(cents) == 2 and cents.isdigit() and whole.isdigit() and len(whole) < 12 and text.isascii()
    if plain and exponent(currency) == 2:
        return int(whole + cents)
    bare = text.strip()
    if not bare or bare in ("-", "–", "—"):
        return None
    places = exponent(currency)
    value, decimals = scaled(_without_currency(bare, currency), decimal, thousands=places < 3)
    return to_places(value, decimals, places, text)


def to_places(value: int, decimals: int, places: int, text: str) -> int:
    """value ÷ 10^decimals in units of 10^-places, exactly; BadCell amount-too-precise where it cannot be."""
    if decimals <= places:
        return value * int(10 ** (places - decimals))
    fine, rest = divmod(value, int(10 ** (decimals - places)))
    if rest:
        raise BadCell("amount-too-precise", text, decimals=places)
    return fine


def scaled(text: str, decimal: str = "", *, thousands: bool = True) -> tuple[int, int]:
    """A number as (digits, decimals): "1.234,50" is (123450, 2). BadCell not-an-amount.

    `decimal` is the decimal sign, if known; `thousands` says what a lone group of three means where it is not.
    """
    found = _NUMBER.fullmatch(_SPACES.sub("", text.translate(_DASHES)))
    if found is None or (_SPACED_DIGITS.search(text) and not _SPACED_GROUPS.fullmatch(text)):
        raise BadCell("not-an-amount", text)
    before, opened, inside, digits, closed, behind = found.groups()
    signs = before + inside + behind
    if len(signs) > 1 or bool(opened) != bool(closed) or (opened and signs == "-"):
        raise BadCell("not-an-amount", text)
    whole, decimals = _split(digits, decimal, thousands, text)
    value = int((whole + decimals)[:40])
    if value >= _LARGEST * 10 ** len(decimals):
        raise BadCell("not-an-amount", text)
    return (-value if signs == "-" or opened else value), len(decimals)


def _split(digits: str, decimal: str, thousands: bool, text: str) -> tuple[str, str]:
    """The digits before and after the decimal sign."""
    sign = _decimal_sign(digits)
    if sign == "?":
        sign = decimal or ("" if thousands else digits[-4])
    whole, cut, decimals = digits.rpartition(sign) if sign else (digits, "", "")
    if not cut:
        whole, decimals = digits, ""
    if not whole.isdigit() and whole:
        grouped = _GROUPED.fullmatch(whole)
        if grouped is None or (sign and sign in whole):
            raise BadCell("not-an-amount", text)
        whole = whole.replace(".", "").replace(",", "")
    if decimals and not decimals.isdigit():
        raise BadCell("not-an-amount", text)
    return whole or "0", decimals


def _decimal_sign(digits: str) -> str:
    """The decimal sign that this number shows by itself; "" if it has none, "?" for "1.234"."""
    point, comma = digits.rfind("."), digits.rfind(",")
    if point < 0 and comma < 0:
        return ""
    if point >= 0 and comma >= 0:
        return digits[max(point, comma)]
    sign, at = ("." if point >= 0 else ","), max(point, comma)
    if digits.count(sign) > 1:
        return ""
    lone_group = len(digits) - at == 4 and 1 <= at <= 3 and digits[0] != "0"
    return "?" if lone_group else sign


def decimal_sign(values: Iterable[str]) -> str:
    """The decimal sign that a column's values show: "." or ","; "" where they show none, or both."""
    seen: set[str] = set()
    for text in values:
        digits = re.sub(r"[^\d.,]", "", text, flags=re.ASCII).strip(".,") if text else ""
        sign = _decimal_sign(digits)
        if sign in (".", ","):
            seen.add(sign)
        elif sign == "" and (digits.count(".") > 1 or digits.count(",") > 1):
            seen.add("," if "." in digits else ".")
        if len(seen) == 2:
            return ""
    return seen.pop() if seen else ""


def _without_currency(text: str, currency: str) -> str:
    """The text without the currency's sign or code; BadCell other-currency for another one's."""
    found = _UNIT.search(text)
    if found is None:
        return text
    sign = found[1].upper()
    meant = _SIGNS.get(sign) or _SIGNS.get(sign.rstrip("."))
    if (sign != currency if meant is None else currency not in meant) and (sign in _SIGNS or _is_code(sign)):
        raise BadCell("other-currency", text, currency=currency)
    if meant is None and sign != currency:
        raise BadCell("not-an-amount", text)
    return text[: found.start()] + text[found.end() :].removeprefix("." if sign in ("KR", "RS", "FR", "SFR") else "")


def _is_code(sign: str) -> bool:
    try:
        exponent(sign)
    except ValueError:
        return False
    return True


def currency_code(text: str) -> str:
    """An ISO 4217 code from a currency cell: "eur", "€"; "" for an empty cell. BadCell currency-unknown.

    A sign that several currencies share is not enough: "$" is refused.
    """
    bare = text.strip().upper()
    if not bare:
        return ""
    meant = _SIGNS.get(bare)
    if meant is not None and len(meant) == 1:
        return next(iter(meant))
    if not _is_code(bare):
        raise BadCell("currency-unknown", text)
    return bare
