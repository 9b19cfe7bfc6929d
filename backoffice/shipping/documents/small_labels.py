"""Small labels for products and bins, on any stock: the barcode as large as the label allows, the words around it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from backoffice.core.language import Language
from backoffice.core.typesetting import Fitted, fit, tidy, width
from backoffice.shipping.documents.checks import printable, too_long
from backoffice.shipping.documents.content import BinLabel, Printed, ProductLabel
from backoffice.shipping.documents.paper import Cancelled, Paper, Progress, never, quietly
from backoffice.shipping.documents.sheets import on_sheets
from backoffice.shipping.documents.stock import Cell, Offset, Stock
from backoffice.shipping.documents.symbols import Symbol, code128, of_product

RIM = 1.8
"""Millimetres kept white inside a small label's edge."""
SMALLEST = 4.5
"""The smallest type on a small label, in points."""


def write_product_labels(
    file: Path,
    labels: Sequence[ProductLabel],
    *,
    stock: Stock,
    language: Language,
    made_on: date,
    start: int = 0,
    offset: Offset | None = None,
    progress: Progress = quietly,
    cancelled: Cancelled = never,
) -> Printed:
    """One label for each product given, from cell `start` on; give a product as often as it is wanted.

    Refused, and nothing written: "shipping.barcode-check-digit", "shipping.barcode-too-wide",
    "shipping.barcode-characters", "shipping.unprintable", "shipping.too-long", "shipping.nothing-to-print",
    "shipping.printing-stopped". Outage("shipping.file-not-written").
    """
    title = language.words("Product labels")
    with on_sheets(file, stock, title=title, made_on=made_on, language=language, start=start, offset=offset) as sheets:
        for label in sheets.each(labels, progress, cancelled):
            printable(label.sku, {"name": label.name, "options": label.options, "sku": label.sku})
            sheets.paper.document("product-label", label.sku)
            about = [label.options, label.sku, language.money(label.price) if label.price is not None else ""]
            lines = [tidy(label.name), " · ".join(tidy(said) for said in about if said)]
            symbol = of_product(label.barcode, label.sku)
            _draw(sheets.paper, sheets.cell, symbol, [said for said in lines if said], label.sku)
    return sheets.printed


def write_bin_labels(
    file: Path,
    labels: Sequence[BinLabel],
    *,
    stock: Stock,
    language: Language,
    made_on: date,
    start: int = 0,
    offset: Offset | None = None,
    progress: Progress = quietly,
    cancelled: Cancelled = never,
) -> Printed:
    """One label for each bin, its name as large as it goes; refused like write_product_labels."""
    title = language.words("Bin labels")
    with on_sheets(file, stock, title=title, made_on=made_on, language=language, start=start, offset=offset) as sheets:
        for label in sheets.each(labels, progress, cancelled):
            printable(label.bin, {"bin": label.bin, "description": label.description})
            sheets.paper.document("bin-label", label.bin)
            lines = [tidy(label.bin), tidy(label.description)]
            said = [line for line in lines if line]
            _draw(sheets.paper, sheets.cell, code128(tidy(label.bin)), said, label.bin, large=True)
    return sheets.printed


def _draw(paper: Paper, cell: Cell, symbol: Symbol, lines: list[str], number: str, *, large: bool = False) -> None:
    """Words above, bars below, all in the middle; a bin's name is large and needs no caption under its bars."""
    # The quiet zones may reach the label's edge: beyond it is white too.
    dots = symbol.dots(cell.width - 1.0, most=3)
    room = (cell.width - 2 * RIM, cell.height - 2 * RIM)
    caption = None if large else _fitted([symbol.caption], (room[0], 3.2), (8.0, SMALLEST), number)
    under = caption.height if caption else 0.0
    tall = max(5.0, min(room[1] * (0.36 if large else 0.45), 22.0))
    above = room[1] - tall - under - 0.8
    top = cell.top + RIM
    if large:
        name = _fitted(lines[:1], (room[0], above if len(lines) == 1 else above * 0.68), (60.0, 8.0), number, bold=(0,))
        _middle(paper, cell, top, name)
        if lines[1:]:
            _middle(paper, cell, top + name.height, _fitted(lines[1:], (room[0], above - name.height), (11, 5), number))
    else:
        words = _fitted(lines, (room[0], above), (10.0, SMALLEST), number, bold=(0,))
        _middle(paper, cell, top + (above - words.height) / 2, words)
    foot = cell.top + cell.height - RIM
    left = cell.left + (cell.width - symbol.width(dots)) / 2
    paper.symbol(symbol, left, foot - under - tall, dots=dots, height=tall)
    if caption:
        _middle(paper, cell, foot - under + 0.2, caption)


def _middle(paper: Paper, cell: Cell, top: float, said: Fitted) -> None:
    """Each line in the middle of the cell."""
    for i, (line, bold) in enumerate(zip(said.lines, said.bold, strict=True)):
        x = cell.left + (cell.width - width(line.text, said.size, bold=bold)) / 2
        paper.text(x, top + (i + 0.78) * said.pitch, line, size=said.size, bold=bold)


def _fitted(
    lines: Sequence[str],
    room: tuple[float, float],
    sizes: tuple[float, float],
    number: str,
    *,
    bold: tuple[int, ...] = (),
) -> Fitted:
    found = fit(tuple(lines), room, sizes, bold=bold, leading=1.15)
    if found is None:
        raise too_long(number, "name", " · ".join(lines))
    return found
