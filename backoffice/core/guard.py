"""The apostrophe that keeps a spreadsheet from running a cell we wrote, and how reading takes it off again."""

import re
from collections.abc import Iterable

# What spreadsheets take for a formula (OWASP, "CSV Injection"). Leading apostrophes count as part of it: a text that
# already begins with one gets a second, so that taking one off always gives back what was written.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)*", re.ASCII)


def guard(text: str) -> str:
    """The text for a cell of a file we write: never a live formula. Plain numbers stay as they are.

    `unguard(guard(text)) == text` for every text.
    """
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def guarded(cells: Iterable[str]) -> list[str]:
    """A row's cells, each guarded."""
    return [guard(cell) for cell in cells]


def unguard(text: str) -> str:
    """The text without the apostrophe that `guard`, WooCommerce or Shopify put before a formula's sign."""
    if text[:1] == "'" and _FORMULA.match(text, 1):
        return text[1:]
    return text


def unguarded(cells: list[str]) -> list[str]:
    """A row's cells as their author wrote them."""
    return [unguard(cell) if cell[:1] == "'" else cell for cell in cells]
