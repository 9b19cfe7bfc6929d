"""Pick lists: all that is to be fetched, in the order of the bins, then order by order with its barcode."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from backoffice.core.typesetting import width
from backoffice.shipping.documents import furniture
from backoffice.shipping.documents.checks import numbered, printable
from backoffice.shipping.documents.content import PickContent, PickOrder, PickRow, Printed
from backoffice.shipping.documents.flow import (
    GUTTER,
    PADDING,
    Block,
    CellContent,
    Column,
    Mark,
    Phrase,
    Section,
    heading,
    paginate,
    row,
    space,
    text_block,
)
from backoffice.shipping.documents.paper import BLACK, GREY, Cancelled, Paper, Progress, never, pdf, quietly, steps
from backoffice.shipping.documents.stock import A4
from backoffice.shipping.documents.symbols import Symbol, code128

TICK = 3.6
"""Millimetres of a tick box's side."""
MOST_BESIDE = 24
"""So many orders stand in a column beside the product that they want."""


def write_pick_list(
    file: Path,
    content: PickContent,
    *,
    made_on: date,
    size: tuple[float, float] = A4,
    progress: Progress = quietly,
    cancelled: Cancelled = never,
) -> Printed:
    """One pick list for one order or for hundreds, on A4 or Letter (`size` in millimetres).

    Refused, and nothing written: "shipping.unprintable", "shipping.barcode-characters" or "shipping.barcode-too-wide"
    for an order number, "shipping.nothing-to-print", "shipping.printing-stopped". Outage("shipping.file-not-written").
    """
    words = content.language.words
    with pdf(file, size, title=words("Pick list"), made_on=made_on, language=content.language.code) as printing:
        paper = printing.paper
        wide, foot = furniture.room(paper), size[1] - furniture.BOTTOM
        sections: list[Section] = []
        if len(content.orders) > 1:
            sections += _by_bin(content, wide)
        for order in steps(content.orders, progress, cancelled):
            _check(order)
            sections += _by_order(order, content, wide)
        pages = paginate(sections, (38.0, foot), (furniture.CONTINUED_TOP, foot))
        furniture.draw_pages(paper, pages, lambda page, of: _around(paper, content, page, of))
    return printing.printed


def gathered(orders: Sequence[PickOrder]) -> list[tuple[PickRow, list[tuple[str, int]]]]:
    """What all orders need of each product in each bin, in the order of the bins, with each order's share.

    A10 comes after A9; what has no bin comes last.
    """
    found: dict[tuple[str, str, str, str], list[tuple[str, int]]] = {}
    for order in orders:
        for wanted in order.rows:
            key = (wanted.bin, wanted.sku, wanted.name, wanted.options)
            found.setdefault(key, []).append((order.number, wanted.quantity))
    rows = [
        (PickRow(bin_, sku, name, sum(quantity for _, quantity in shares), options), shares)
        for (bin_, sku, name, options), shares in found.items()
    ]
    return sorted(rows, key=lambda row: (_walk(row[0].bin), row[0].name, row[0].sku))


def _walk(bin_: str) -> tuple[bool, list[tuple[bool, int, str]]]:
    parts = re.findall(r"\d+|\D+", bin_.casefold())
    # A digit of another script has no plain value: it is compared as a sign.
    return not bin_, [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]


def _check(order: PickOrder) -> None:
    fields = {"customer": order.customer, "delivery": order.delivery, "note": order.note, "order": order.number}
    fields |= numbered("lines", (f"{r.bin} {r.sku} {r.name} {r.options} {r.kit}" for r in order.rows))
    printable(order.number, fields)


def _columns(content: PickContent, wide: float, *, shares: bool) -> list[Column]:
    words = content.language.words
    columns = [
        Column("", 7),
        Column(words("Bin"), 24),
        Column(words("Product"), 0),
        Column(words("Pieces"), 17, "right"),
    ]
    if shares:
        columns += [Column("", 5), Column(words("For orders"), 40)]
    taken = sum(column.width for column in columns)
    columns[2] = Column(columns[2].title, wide + 2 - taken)
    return columns


def _by_bin(content: PickContent, wide: float) -> list[Section]:
    columns = _columns(content, wide, shares=True)
    blocks = []
    for wanted, shares in gathered(content.orders):
        blocks += _gathered_row(wanted, shares, content, columns)
    title = text_block([Phrase(content.language.words("To fetch, by bin"), 12, bold=True)], wide, holds_on=True)
    return [Section([title, _stuck(space(1))]), Section(blocks, heading(columns)), Section([space(6)])]


def _gathered_row(
    wanted: PickRow, shares: Sequence[tuple[str, int]], content: PickContent, columns: Sequence[Column]
) -> list[Block]:
    """One product and its orders beside it; under it, over the whole width, where they are long or very many."""
    told = [f"{number}×{quantity}" if quantity > 1 else number for number, quantity in shares]
    cells, said = _cells(wanted, content), Phrase(", ".join(told), 8)
    room = columns[-1].width - GUTTER
    if len(told) <= MOST_BESIDE and max(width(f"{share},", said.size) for share in told) <= room:
        return row(columns, [*cells, [], [said]])
    inset = sum(column.width for column in columns[:2])
    below = [Column("", inset), Column("", sum(column.width for column in columns) - inset)]
    return [_stuck(block) for block in row(columns, [*cells, [], []], ruled=False)] + row(below, [[], [said]])


def _stuck(block: Block) -> Block:
    return Block(block.height, block.draw, holds_on=True)


def _cells(wanted: PickRow, content: PickContent) -> list[CellContent]:
    words, number = content.language.words, content.language.number
    about = " · ".join(said for said in (wanted.options, wanted.sku) if said)
    product = [Phrase(wanted.name, 9.5), Phrase(about, 8, ink=GREY)]
    if wanted.kit:
        product.append(Phrase(words("Part of {kit}").format(kit=wanted.kit), 8, ink=GREY))
    bin_ = Phrase(wanted.bin, 10.5, bold=True) if wanted.bin else Phrase(words("no bin"), 8, ink=GREY)
    return [_tick(), [bin_], product, [Phrase(number(wanted.quantity), 11, bold=wanted.quantity > 1, whole=True)]]


def _tick() -> Mark:
    return Mark(TICK, lambda paper, left, top: paper.box(left, top + 0.2, TICK, TICK, weight=0.3, ink=BLACK))


def _by_order(order: PickOrder, content: PickContent, wide: float) -> list[Section]:
    columns = _columns(content, wide, shares=False)
    rows = sorted(order.rows, key=lambda row: (_walk(row.bin), row.name, row.sku))
    blocks = [block for wanted in rows for block in row(columns, _cells(wanted, content))]
    head = _order_head(order, content, wide)
    if order.note:
        blocks = [*row([Column("", wide + 2)], [[Phrase(order.note, 9, bold=True)]], ruled=False), *blocks]
    return [Section([head, *blocks, space(7)])]


def _order_head(order: PickOrder, content: PickContent, wide: float) -> Block:
    """The order's number, customer and delivery at the left, its barcode at the right, over a firm line."""
    words, day = content.language.words, content.language.day
    symbol = code128(order.number)
    # The barcode takes what it needs of the right half; the text wraps in the rest.
    dots = symbol.dots(wide * 0.62, most=2)
    side = symbol.width(dots) - symbol.margin(dots)
    until = words("Dispatch by {day}").format(day=day(order.ship_by)) if order.ship_by else ""
    about = " · ".join(said for said in (order.delivery, until) if said)
    title = words("Order {number}").format(number=order.number)
    phrases = [Phrase(title, 12, bold=True), Phrase(order.customer, 9.5), Phrase(about, 8.5, ink=GREY)]
    said = text_block(phrases, wide - side - 4)
    high = max(said.height, 13.0)

    def draw(paper: Paper, left: float, top: float) -> None:
        said.draw(paper, left, top + 1)
        _barcode(paper, symbol, dots, left + wide, top + 2)
        paper.rule(left, top + high + PADDING, left + wide, top + high + PADDING, weight=0.35, ink=BLACK)

    return Block(high + 2 * PADDING, draw, holds_on=True)


def _barcode(paper: Paper, symbol: Symbol, dots: int, right: float, top: float) -> None:
    """Bars that end at `right`."""
    paper.symbol(symbol, right - symbol.width(dots) + symbol.margin(dots), top, dots=dots, height=9.5)


def _around(paper: Paper, content: PickContent, page: int, of: int) -> None:
    words, language = content.language.words, content.language
    paper.document("pick-list", content.number)
    right = paper.size[0] - furniture.RIGHT
    if page == 1:
        paper.text(furniture.LEFT, furniture.TOP + 6, words("Pick list"), size=18, bold=True)
        pieces = sum(wanted.quantity for order in content.orders for wanted in order.rows)
        counts = " · ".join(
            [
                language.plural("{n} order", "{n} orders", len(content.orders)),
                language.plural("{n} piece", "{n} pieces", pieces),
            ]
        )
        paper.text(furniture.LEFT, furniture.TOP + 13, counts, size=10)
        paper.text(right, furniture.TOP + 6, language.day(content.day, "long"), size=10, align="right")
        paper.text(right, furniture.TOP + 13, content.number, size=10, align="right", ink=GREY)
    else:
        said = " · ".join(part for part in (words("Pick list"), content.number, language.day(content.day)) if part)
        furniture.continued(paper, said)
    counted = words("Page {page} of {pages}").format(page=page, pages=of)
    paper.text(right, paper.size[1] - furniture.BOTTOM + 10, counted, size=8, align="right", ink=GREY)
