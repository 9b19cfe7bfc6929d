"""Pages in the making: millimetres from the top left corner, type in points; the file appears only when whole."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from reportlab.pdfgen.canvas import Canvas

from backoffice.core import fonts
from backoffice.core.crash import crash
from backoffice.core.errors import Outage, Refused
from backoffice.core.paths import write_private
from backoffice.core.typesetting import BASELINE, Fitted, Line, line, width
from backoffice.shipping.documents.content import DocumentPage, Printed
from backoffice.shipping.documents.pictures import Picture
from backoffice.shipping.documents.symbols import DOT, Symbol, Symbology

MM = 72 / 25.4
BLACK, GREY, PALE = 0.0, 0.38, 0.82
"""Ink: what matters, what explains, and the lines between. Printed in black alone they stay apart."""

T = TypeVar("T")
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


def quietly(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def never() -> bool:
    """A stop button that nobody presses."""
    return False


@dataclass(slots=True)
class _Entry:
    kind: str
    number: str
    page: int
    barcodes: list[tuple[Symbology, str]] = field(default_factory=list)


class _Content:
    """Operators of a page's content stream, lines and areas under the text (ISO 32000-1, 8 and 9).

    `Canvas.drawText` takes it in place of ReportLab's own text object, which formats each number anew.
    """

    def __init__(self) -> None:
        self._shapes: list[str] = []
        self._text: list[str] = []
        self._style = ("", 0.0)
        self._ink = BLACK

    def shape(self, operators: str) -> None:
        """Lines and areas; the state they set is theirs alone."""
        self._shapes.append(f"q {operators} Q")

    def show(self, x: float, y: float, size: float, pieces: list[tuple[str, bytes]], ink: float) -> None:
        """Signs by their numbers in a font's subset, from (x, y) in points."""
        if ink != self._ink:
            self._ink = ink
            self._text.append(f"{ink:g} g")
        self._text.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        for font, signs in pieces:
            if self._style != (font, size):
                self._style = (font, size)
                self._text.append(f"{font} {size:g} Tf")
            self._text.append(f"<{signs.hex()}> Tj")

    def getCode(self) -> str:
        """All of it, and the ink as it was."""
        return "\n".join((*self._shapes, "q BT", *self._text, "ET Q"))


class Paper:
    """One PDF, page after page. Made by `pdf()`."""

    def __init__(self, out: BinaryIO, size: tuple[float, float], title: str, made_on: date, language: str) -> None:
        self.size = size
        self.pages = 0
        self._entries: list[_Entry] = []
        self._stamps: set[str] = set()
        self._subsets: dict[str, fonts.Subsets] = {}
        # Any: its published types take the name of a font for a number.
        canvas: Any = Canvas
        self._canvas = canvas(
            out,
            (size[0] * MM, size[1] * MM),
            initialFontName=fonts.face().name,  # else each page names Helvetica
            pageCompression=1,
            invariant=1,
            lang=language,
        )
        self._canvas.setTitle(title)
        self._canvas.setCreator("Backoffice")
        self._canvas.setProducer("Backoffice, ReportLab")
        # The day comes from outside: printing again gives the same bytes.
        self._canvas.setDateFormatter(lambda *_now: f"D:{made_on:%Y%m%d}000000Z")
        self._height = size[1]
        self._content = _Content()

    def document(self, kind: str, number: str) -> None:
        """What follows belongs to this document, on this page."""
        self._entries.append(_Entry(kind, number, self.pages + 1))

    def text(
        self,
        x: float,
        baseline: float,
        said: str | Line,
        *,
        size: float,
        bold: bool = False,
        align: str = "left",
        ink: float = BLACK,
    ) -> None:
        """One line of tidy text; `x` is its left end, its middle (align "center") or its right end ("right")."""
        drawn = said.text if isinstance(said, Line) else line(said).text
        if align != "left":
            taken = width(drawn, size, bold=bold)
            x -= taken if align == "right" else taken / 2
        pieces = fonts.runs(drawn, bold)
        for face, piece in pieces:
            subsets = self._subsets.get(face.name)
            if subsets is None:
                subsets = self._subsets[face.name] = fonts.Subsets(face, self._canvas._doc)
            self._content.show(x * MM, (self._height - baseline) * MM, size, subsets.encoded(piece), ink)
            if len(pieces) > 1:
                x += width(piece, size, bold=bold)

    def block(self, x: float, top: float, said: Fitted, room: float, *, ink: float = BLACK) -> None:
        """Fitted lines under one another from `top`, in a box `room` wide that begins at `x`."""
        for i, (spoken, heavy) in enumerate(zip(said.lines, said.bold, strict=True)):
            right = said.from_right or spoken.from_right
            self.text(
                x + room if right else x,
                top + (i + BASELINE) * said.pitch,
                spoken,
                size=said.size,
                bold=heavy,
                align="right" if right else "left",
                ink=ink,
            )

    def rule(self, x1: float, y1: float, x2: float, y2: float, *, weight: float = 0.2, ink: float = PALE) -> None:
        """A straight line, `weight` millimetres thick."""
        start = f"{x1 * MM:.3f} {(self._height - y1) * MM:.3f}"
        end = f"{x2 * MM:.3f} {(self._height - y2) * MM:.3f}"
        self._content.shape(f"{ink:g} G {weight * MM:.3f} w {start} m {end} l S")

    def box(self, x: float, y: float, wide: float, high: float, *, weight: float = 0.2, ink: float = PALE) -> None:
        """A frame whose lines have their middle on the edge."""
        corner = f"{x * MM:.3f} {(self._height - y - high) * MM:.3f}"
        self._content.shape(f"{ink:g} G {weight * MM:.3f} w {corner} {wide * MM:.3f} {high * MM:.3f} re S")

    def symbol(self, symbol: Symbol, x: float, y: float, *, dots: int, height: float = 0.0) -> float:
        """A barcode whose quiet zone begins at `x`, its top at `y`; answers the width taken with quiet zones.

        `dots` of 1/203 inch make a module; `height` in millimetres is for bars (a QR code is as high as wide). The
        left edge is moved onto a whole dot, so that a label printer draws every bar alike.
        """
        module = dots * DOT
        left = round((x + symbol.quiet * module) / DOT) * DOT
        unit = module if symbol.rows > 1 else height
        foot = self._height - y - unit * symbol.rows
        matrix = f"{module * MM:.5f} 0 0 {unit * MM:.5f} {left * MM:.4f} {foot * MM:.4f} cm"
        self._content.shape(f"{matrix} {symbol.path} f")
        if self._entries:
            self._entries[-1].barcodes.append((symbol.symbology, symbol.text))
        return symbol.width(dots)

    def picture(self, picture: Picture, x: float, y: float, wide: float, high: float) -> None:
        """A picture with its top left corner at (x, y), this wide and high."""
        self._canvas.drawImage(picture.reader, x * MM, (self._height - y - high) * MM, wide * MM, high * MM)

    def stamp(self, name: str, draw: Callable[[], None], x: float = 0.0, y: float = 0.0) -> None:
        """What `draw` draws, moved right and down by (x, y); drawn once, kept once in the file, shown each time."""
        if name not in self._stamps:
            self._stamps.add(name)
            kept, self._content = self._content, _Content()
            wide, high = self.size[0] * MM, self.size[1] * MM
            self._canvas.beginForm(name, -wide, -high, 2 * wide, 2 * high)
            draw()
            self._canvas.drawText(self._content)
            self._canvas.endForm()
            self._content = kept
        if x or y:
            self._canvas.saveState()
            self._canvas.translate(x * MM, -y * MM)
        self._canvas.doForm(name)
        if x or y:
            self._canvas.restoreState()

    def next_page(self) -> None:
        """End this page."""
        self._canvas.drawText(self._content)
        self._canvas.showPage()
        self.pages += 1
        self._content = _Content()

    def finish(self) -> tuple[DocumentPage, ...]:
        """Write all pages; what is on them."""
        self._canvas.save()
        return tuple(DocumentPage(e.kind, e.number, e.page, tuple(e.barcodes)) for e in self._entries)


class Printing:
    """A `Paper` on its way to its file; `printed` is there once it has arrived."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self._printed: Printed | None = None

    @property
    def printed(self) -> Printed:
        """The finished file; ask after the with block."""
        if self._printed is None:
            raise RuntimeError("nothing is printed yet")
        return self._printed

    def arrive(self, file: Path, documents: tuple[DocumentPage, ...]) -> None:
        """Say that the file is there."""
        self._printed = Printed(file, self.paper.pages, documents)


@contextmanager
def pdf(file: Path, size: tuple[float, float], *, title: str, made_on: date, language: str) -> Iterator[Printing]:
    """A new PDF of pages of `size` millimetres, put at `file` (0600) only when it is whole and on the disk.

    Whatever is raised inside leaves no file, and an older one of that name as it was.
    Outage("shipping.file-not-written") when the disk or the folder refuses, or another program holds the file.
    """
    out = io.BytesIO()
    printing = Printing(Paper(out, size, title, made_on, language))
    yield printing
    documents = printing.paper.finish()
    crash("label-batch")
    try:
        write_private(file, out.getvalue())
    except OSError as fault:
        raise Outage("shipping.file-not-written", file=str(file), reason=fault.strerror or "") from fault
    crash("label-batch")
    printing.arrive(file, documents)


def steps(items: Sequence[T], progress: Progress, cancelled: Cancelled, every: int = 20) -> Iterator[T]:
    """`items` one by one; before each batch of `every`, progress is told and the stop button looked at.

    Refused("shipping.printing-stopped") when it was pressed, Refused("shipping.nothing-to-print") without items.
    """
    if not items:
        raise Refused("shipping.nothing-to-print")
    for i, item in enumerate(items):
        if i % every == 0:
            crash("label-batch")
            if cancelled():
                raise Refused("shipping.printing-stopped", done=i, total=len(items))
            progress(i, len(items))
        yield item
    progress(len(items), len(items))
