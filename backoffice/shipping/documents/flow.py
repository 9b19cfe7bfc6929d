"""Tables and blocks that flow over pages: rows grow with their text, headings repeat, nothing is cut."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from backoffice.core.typesetting import BASELINE, POINT, Line, paragraphs, width, wrap
from backoffice.shipping.documents.paper import BLACK, GREY, PALE, Paper

LEADING = 1.3
PADDING = 1.5
"""Millimetres of air above and below the text of a table's row."""
GUTTER = 2.0
"""Millimetres between the text of neighbouring columns."""
TALL = 60.0
"""A table's row higher than this, in millimetres, may go on on the next page."""
_SMALLEST = 5.0

Draw = Callable[[Paper, float, float], None]


@dataclass(frozen=True, slots=True)
class Block:
    """Something `height` millimetres high; `draw(paper, left, top)` draws it. A block that holds on stays with the
    next one on the page."""

    height: float
    draw: Draw
    holds_on: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks in order under a heading that comes again on each further page they reach."""

    blocks: Sequence[Block]
    head: Block | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of text in a cell: a paragraph of its own, in points. What is `whole` is rather set smaller than broken."""

    text: str
    size: float = 9.0
    bold: bool = False
    ink: float = BLACK
    indent: float = 0.0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A drawing in a cell, `height` millimetres high: `draw(paper, left, top)`."""

    height: float
    draw: Draw


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column, `width` millimetres wide."""

    title: str
    width: float
    align: str = "left"


CellContent = Sequence[Phrase] | Mark


@dataclass(frozen=True, slots=True)
class _Placed:
    line: Line
    phrase: Phrase
    top: float

    @property
    def pitch(self) -> float:
        return self.phrase.size * LEADING * POINT


def space(height: float) -> Block:
    """Nothing, so high."""
    return Block(height, lambda _paper, _left, _top: None)


def text_block(phrases: Sequence[Phrase], room: float, *, holds_on: bool = False) -> Block:
    """Paragraphs under one another, `room` millimetres wide."""
    placed = _set(phrases, room)

    def draw(paper: Paper, left: float, top: float) -> None:
        _draw_placed(paper, placed, left, top, room, "left")

    return Block(_height(placed), draw, holds_on)


def quoted(text: str, room: float, size: float = 10.5) -> list[Block]:
    """Somebody's own words beside a firm bar, `room` millimetres wide; a block a line."""
    lines = _set([Phrase(text, size)], room - 4)

    def barred(place: int) -> Block:
        only = [replace(lines[place], top=0.0)]
        last = place == len(lines) - 1
        over, under = PADDING * (place == 0), PADDING * last
        bar = _height(only) + 0.1 * (not last)  # pieces that only touch show a hair of white

        def draw(paper: Paper, left: float, top: float) -> None:
            _draw_placed(paper, only, left + 4, top + over, room - 4, "left")
            paper.rule(left + 0.4, top + over, left + 0.4, top + over + bar, weight=0.8, ink=BLACK)

        return Block(over + _height(only) + under, draw)

    return [barred(place) for place in range(len(lines))]


def heading(columns: Sequence[Column]) -> Block:
    """A table's heading: small, grey, over a firm line; a title that is too wide wraps."""
    cells = [_set([Phrase(column.title, 7.5, ink=GREY)], column.width - GUTTER) for column in columns]
    tall = max(_height(cell) for cell in cells)

    def draw(paper: Paper, left: float, top: float) -> None:
        x = left
        for column, cell in zip(columns, cells, strict=True):
            _draw_placed(paper, cell, x, top + tall - _height(cell), column.width - GUTTER, column.align)
            x += column.width
        paper.rule(left, top + tall + 1, x - GUTTER, top + tall + 1, weight=0.35, ink=BLACK)

    return Block(tall + 1.4, draw, holds_on=True)


def row(columns: Sequence[Column], cells: Sequence[CellContent], *, ruled: bool = True) -> list[Block]:
    """One row of a table as a block; as several when its text is higher than TALL."""
    set_ = [
        cell if isinstance(cell, Mark) else _set(cell, column.width - GUTTER)
        for column, cell in zip(columns, cells, strict=True)
    ]
    parts = []
    while True:
        part, set_ = _parted(set_, TALL)
        parts.append(part)
        if not any(not isinstance(cell, Mark) and cell for cell in set_):
            break
    last = len(parts) - 1
    return [
        _row_block(columns, part, (PADDING * (place == 0), PADDING * (place == last)), ruled=ruled and place == last)
        for place, part in enumerate(parts)
    ]


_SetCell = Mark | list[_Placed]


def _parted(cells: Sequence[_SetCell], most: float) -> tuple[list[_SetCell], list[_SetCell]]:
    """What stands within `most` millimetres, and the rest moved up by as much."""
    now: list[_SetCell] = []
    later: list[_SetCell] = []
    for cell in cells:
        if isinstance(cell, Mark):
            now.append(cell)
            later.append([])
            continue
        within = [piece for piece in cell if piece.top + piece.pitch <= most] or cell[:1]
        rest = cell[len(within) :]
        now.append(within)
        later.append([replace(piece, top=piece.top - rest[0].top) for piece in rest])
    return now, later


def _row_block(columns: Sequence[Column], cells: Sequence[_SetCell], air: tuple[float, float], *, ruled: bool) -> Block:
    """A row, or a piece of one, with so much air above and below."""
    over, under = air
    tall = max(cell.height if isinstance(cell, Mark) else _height(cell) for cell in cells) + over + under

    def draw(paper: Paper, left: float, top: float) -> None:
        x = left
        for column, cell in zip(columns, cells, strict=True):
            if isinstance(cell, Mark):
                cell.draw(paper, x, top + over)
            else:
                _draw_placed(paper, cell, x, top + over, column.width - GUTTER, column.align)
            x += column.width
        if ruled:
            paper.rule(left, top + tall, x - GUTTER, top + tall, ink=PALE)

    return Block(tall, draw)


def _set(phrases: Sequence[Phrase], room: float) -> list[_Placed]:
    placed: list[_Placed] = []
    top = 0.0
    for wanted in phrases:
        phrase = _in_room(wanted, room) if wanted.whole else wanted
        for said in paragraphs(phrase.text):
            for piece in wrap(said, room - phrase.indent, phrase.size, bold=phrase.bold):
                placed.append(_Placed(piece, phrase, top))
                top += placed[-1].pitch
    return placed


def _in_room(phrase: Phrase, room: float) -> Phrase:
    """The phrase in type so small that it needs no second line, as long as that can be read."""
    taken = width(phrase.text, phrase.size, bold=phrase.bold) + phrase.indent
    if taken <= room:
        return phrase
    return replace(phrase, size=max(_SMALLEST, int(4 * phrase.size * room / taken) / 4))


def _height(placed: Sequence[_Placed]) -> float:
    return placed[-1].top + placed[-1].pitch if placed else 0.0


def _draw_placed(paper: Paper, placed: Sequence[_Placed], left: float, top: float, room: float, align: str) -> None:
    for piece in placed:
        phrase = piece.phrase
        side = "right" if piece.line.from_right and align == "left" else align
        x = {"left": left + phrase.indent, "center": left + room / 2, "right": left + room}[side]
        baseline = top + piece.top + BASELINE * piece.pitch
        paper.text(x, baseline, piece.line, size=phrase.size, bold=phrase.bold, align=side, ink=phrase.ink)


Page = list[tuple[float, Block]]


def paginate(sections: Sequence[Section], first: tuple[float, float], later: tuple[float, float]) -> list[Page]:
    """Blocks with their place from the paper's top, page by page.

    `first` and `later` are (top, foot) of the room on the first and on further pages, in millimetres.
    """
    flow = _Flow(*first, later=later)
    for section in sections:
        flow.head = None
        opening = [section.head] if section.head else []
        for group in _groups(section.blocks):
            flow.need(sum(block.height for block in (*opening, *group)), repeats=not opening)
            for block in (*opening, *group):
                flow.put(block)
            opening = []
            flow.head = section.head
    return flow.pages


class _Flow:
    """Where the next block goes."""

    def __init__(self, top: float, foot: float, *, later: tuple[float, float]) -> None:
        self.pages: list[Page] = [[]]
        self.top, self.foot, self.later = top, foot, later
        self.head: Block | None = None

    def need(self, height: float, *, repeats: bool) -> None:
        """Begin a page unless `height` millimetres are left."""
        if self.top + height > self.foot + 1e-6 and self.pages[-1]:
            self.pages.append([])
            self.top, self.foot = self.later
            if repeats and self.head:
                self.put(self.head)

    def put(self, block: Block) -> None:
        """Place one block; on a new page where this one is full."""
        self.need(block.height, repeats=True)
        self.pages[-1].append((self.top, block))
        self.top += block.height


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks that must stand together."""
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not block.holds_on:
            yield group
            group = []
    if group:
        yield group
