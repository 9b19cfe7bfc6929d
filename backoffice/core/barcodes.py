"""Check digits of the trade's numbers: GTIN (EAN, UPC) and SSCC."""

import re

_DIGITS = re.compile(r"[0-9]+")
_GTIN = re.compile(r"[0-9]{8}|[0-9]{12,14}")


def check_digit(digits: str) -> int:
    """The GS1 modulo-10 check digit for `digits` (without it); ValueError unless all are 0-9.

    GS1 General Specifications, 7.9: weights 3, 1, 3, … from the right.
    """
    if not _DIGITS.fullmatch(digits):
        raise ValueError(f"only digits have a check digit: {digits[:40]!r}")
    odd, even = sum(map(int, digits[-1::-2])), sum(map(int, digits[-2::-2]))
    return -(3 * odd + even) % 10


def is_gtin(text: str) -> bool:
    """Whether text is a GTIN-8, -12 (UPC-A), -13 (EAN) or -14, digits only, with the right check digit."""
    return bool(_GTIN.fullmatch(text)) and check_digit(text[:-1]) == int(text[-1])


def sscc(extension: int | str, prefix: str, serial: int | str) -> str:
    """The 18 digits of a Serial Shipping Container Code (GS1 application identifier 00).

    extension: one digit; prefix: the company's GS1 prefix, 4 to 12 digits; serial: filled with zeros on its
    left to 17 digits in all. ValueError where they do not fit.
    """
    first, number = str(extension), str(serial).zfill(16 - len(prefix))
    body = first + prefix + number
    if len(first) != 1 or not 4 <= len(prefix) <= 12 or len(body) != 17:
        raise ValueError("extension, prefix and serial do not make 17 digits")
    return f"{body}{check_digit(body)}"
