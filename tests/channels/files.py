"""Builders of export files: a small Shopify order file and its rows, written as bytes."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from backoffice.channels.candidates import Candidate, Rejected
from backoffice.channels.interface import ReadSettings
from backoffice.channels.readers import MAPPED, detect, reader_called
from backoffice.channels.reading import open_table

HEADER = (
    "Name", "Email", "Financial Status", "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Created at",
    "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem sku", "Shipping Name", "Shipping Street",
    "Shipping City", "Shipping Zip", "Shipping Country", "Phone", "Notes", "Id",
)  # fmt: skip
SPAIN = ReadSettings("EUR", "Europe/Madrid", "ES")
_GOOD = {
    "Email": "ana@example.com", "Financial Status": "paid", "Currency": "EUR", "Subtotal": "20.00",
    "Shipping": "4.90", "Taxes": "0.00", "Total": "24.90", "Created at": "2026-09-22 09:12:44 -0700",
    "Lineitem quantity": "2", "Lineitem name": "Blue cup", "Lineitem price": "10.00", "Lineitem sku": "CUP-1",
    "Shipping Name": "Ana Núñez", "Shipping Street": "Calle Mayor 1", "Shipping City": "Madrid",
    "Shipping Zip": "28013", "Shipping Country": "ES",
}  # fmt: skip


def an_order(number: str, **cells: str) -> list[str]:
    """An order's first row; cells by column with blanks as underscores (`Lineitem_sku="CUP-2"`)."""
    named = {name.replace("_", " "): cell for name, cell in cells.items()}
    assert named.keys() <= set(HEADER)
    told = _GOOD | {"Name": number} | named
    return [told.get(name, "") for name in HEADER]


def an_item(number: str, **cells: str) -> list[str]:
    """A further row of an order: a line item and nothing of the order."""
    row = an_order(number, **cells)
    mine = ("Name", "Created at", *(name for name in HEADER if name.startswith("Lineitem")))
    return [cell if name in mine else "" for name, cell in zip(HEADER, row, strict=True)]


def text_of(rows: Iterable[Iterable[str]], *, header: Iterable[str] = HEADER, **dialect: Any) -> str:
    """A whole file as text."""
    stream = io.StringIO(newline="")
    csv.writer(stream, **dialect).writerows([list(header), *map(list, rows)])
    return stream.getvalue()


def bytes_of(*rows: Iterable[str], encoding: str = "utf-8", **more: Any) -> bytes:
    """A whole file as bytes."""
    return text_of(rows, **more).encode(encoding)


def saved(folder: Path, content: bytes | str, name: str = "export.csv") -> Path:
    """The file on disk."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path, settings: ReadSettings = SPAIN, *, reader: str = "") -> list[Candidate | Rejected]:
    """What the file's own reader, the named one, or the mapping's finds in it."""
    table = open_table(path)
    if settings.mapping is not None:
        return list(MAPPED[settings.mapping.kind].read(table, settings))
    chosen = reader_called(reader) if reader else detect(table.header)[0][1]
    assert chosen is not None
    return list(chosen.read(table, settings))


def rejections(found: Iterable[Candidate | Rejected]) -> list[tuple[int, str]]:
    """(line, code) of what could not go in."""
    return [(each.line, each.code) for each in found if isinstance(each, Rejected)]


def taken(found: Iterable[Any]) -> list[Any]:
    """What can go in."""
    return [each for each in found if not isinstance(each, Rejected)]
