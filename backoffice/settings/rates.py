"""What a tax rate looks like wherever one is written down."""

import re
from decimal import Decimal

_RATE = re.compile(r"\d{1,2}(\.\d{1,8})?", re.ASCII)


def is_tax_rate(text: str) -> bool:
    """Whether `text` is a tax rate as the shop keeps it: a fraction in decimal text, "0.21", from 0 to 10."""
    return _RATE.fullmatch(text) is not None and Decimal(text) <= 10
