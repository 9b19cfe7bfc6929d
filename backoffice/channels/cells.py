"""What every reading of a cell shares: the error that names it, and a memory for values that repeat."""

from collections.abc import Callable, Iterable
from typing import TypeVar
from zlib import adler32, crc32

Read = TypeVar("Read")

_KEPT = 20_000  # values a memory holds before it starts anew: a file's prices repeat, its order numbers do not
_SHOWN = 80  # letters of a cell that a message quotes


class BadCell(ValueError):
    """A cell cannot be what its column says; `code` is a key of words.REJECTIONS."""

    def __init__(self, code: str, value: str = "", **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.line = 0  # filled in by whoever knows the row
        self.facts: dict[str, object] = {"value": shown(value), **facts}


def shown(value: str) -> str:
    """A cell's text as a message may quote it: one line, not too long."""
    one = " ".join(value.split())
    return one if len(one) <= _SHOWN else one[: _SHOWN - 1] + "…"


class Memo(dict[str, Read]):
    """`memo[text]` is `parse(text)`, worked out once for each text; what raises is not kept."""

    def __init__(self, parse: Callable[[str], Read]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, text: str) -> Read:
        value = self._parse(text)
        if len(self) >= _KEPT:
            self.clear()
        self[text] = value
        return value


def blame(bad: BadCell, cells: list[str], columns: Iterable[tuple[str, int]]) -> dict[str, object]:
    """The facts of a bad cell, with the name of the first of these columns (name, place) that holds it."""
    value = str(bad.facts["value"])
    column = next((name for name, at in columns if at >= 0 and shown(cells[at]) == value), "") if value else ""
    return {name: fact for name, fact in ({"column": column} | bad.facts).items() if fact != ""}


def fingerprint(*texts: str) -> str:
    """Tells one record's cells from another's: 16 hexadecimal digits, two checksums of the text.

    No defence against somebody who forges one: a forged row would only be taken for unchanged.
    """
    whole = "\x1e".join(texts).encode("utf-8", "surrogateescape")
    return f"{crc32(whole) << 32 | adler32(whole):016x}"
