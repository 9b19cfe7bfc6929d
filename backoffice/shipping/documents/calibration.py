"""The calibration page: where a printer puts the cells of a stock, so that its offset can be measured."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from backoffice.core.errors import Refused
from backoffice.core.language import Language
from backoffice.core.typesetting import fit
from backoffice.shipping.documents.content import Printed
from backoffice.shipping.documents.paper import BLACK, GREY, Paper, pdf
from backoffice.shipping.documents.stock import Cell, Offset, Stock

RULER = (40.0, 20.0)
"""Millimetres that the rulers reach from the middle, across and down, or as much as the label has."""


def write_calibration(
    file: Path, stock: Stock, *, language: Language, made_on: date, offset: Offset | None = None
) -> Printed:
    """One page: every cell's outline with its number, two rulers in millimetres, and what to do with them.

    The outlines are moved by `offset`, so printing again shows whether it is right.
    Outage("shipping.file-not-written").
    """
    words = language.words
    with pdf(file, stock.page, title=words("Calibration"), made_on=made_on, language=language.code) as printing:
        paper = printing.paper
        paper.document("calibration", stock.code)
        for place in range(stock.per_page):
            cell = stock.cell(place, offset)
            paper.box(cell.left, cell.top, cell.width, cell.height, weight=0.1, ink=BLACK)
            if stock.per_page > 1:
                paper.text(cell.left + 2, cell.top + 4, str(place + 1), size=8, bold=True)
        _cross(paper, stock.cell(0, offset))
        _explain(paper, stock, language, offset or Offset())
        paper.next_page()
    return printing.printed


def _cross(paper: Paper, cell: Cell) -> None:
    """Two rulers from the middle of the first cell, in millimetres, the fives and tens longer."""
    x, y = cell.left + cell.width / 2, cell.top + cell.height / 2
    across, down = min(RULER[0], cell.width // 2 - 2), min(RULER[1], cell.height // 2 - 2)
    paper.rule(x - across, y, x + across, y, weight=0.15, ink=BLACK)
    paper.rule(x, y - down, x, y + down, weight=0.15, ink=BLACK)
    for step in range(-int(across), int(across) + 1):
        tick = _tick(step)
        paper.rule(x + step, y - tick, x + step, y + tick, weight=0.1, ink=BLACK)
    for step in range(-int(down), int(down) + 1):
        tick = _tick(step)
        paper.rule(x - tick, y + step, x + tick, y + step, weight=0.1, ink=BLACK)


def _tick(step: int) -> float:
    return 2.0 if step % 10 == 0 else 1.4 if step % 5 == 0 else 0.8


def _explain(paper: Paper, stock: Stock, language: Language, offset: Offset) -> None:
    """The steps, in the last cell (or the lower half of a single label), on plain paper held against the sheet."""
    words = language.words
    last = stock.cell(stock.per_page - 1, offset)
    room = last.width - 5
    top = last.top + 5 if stock.per_page > 1 else last.top + last.height * 0.7
    told = {"right": _told(offset.right, language), "down": _told(offset.down, language)}
    steps = (
        words("Calibration of {stock}").format(stock=stock.name),
        words("1. Print at 100 %, without fitting to the page, on plain paper."),
        words("2. Hold it with a label sheet against the light and measure how far the frames are off."),
        words("3. Frames too far left: enter that many millimetres to the right; too high: down."),
        words("Now: {right} mm to the right, {down} mm down.").format(**told),
    )
    said = fit(steps, (room, last.top + last.height - top - 0.6), (8.5, 3.5), bold=(0,), leading=1.15)
    if said is None:
        raise Refused("shipping.stock-too-small", stock=stock.name)
    paper.block(last.left + 2.5, top, said, room, ink=GREY)


def _told(millimetres: float, language: Language) -> str:
    return language.number(Decimal(str(round(millimetres, 2))))
