"""Label stock: single labels, and sheets with their cells to a tenth of a millimetre."""

from dataclasses import dataclass

from backoffice.core.errors import Refused

INCH = 25.4
A4 = (210.0, 297.0)
LETTER = (8.5 * INCH, 11 * INCH)


@dataclass(frozen=True, slots=True)
class Cell:
    """One label's place on its page, in millimetres from the top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Offset:
    """How far a printer must be pushed to hit the label: millimetres to the right and down."""

    right: float = 0.0
    down: float = 0.0


@dataclass(frozen=True, slots=True)
class Stock:
    """What lies in the printer. Lengths in millimetres; `pitch` is from one cell's edge to the next one's."""

    code: str
    name: str
    page: tuple[float, float]
    first: Cell
    pitch: tuple[float, float] = (0.0, 0.0)
    columns: int = 1
    rows: int = 1

    @property
    def per_page(self) -> int:
        """How many labels a page holds."""
        return self.columns * self.rows

    @property
    def for_addresses(self) -> bool:
        """Whether an address label with its barcode has room."""
        return self.first.width >= 58 and self.first.height >= 33

    def cell(self, number: int, offset: Offset | None = None) -> Cell:
        """The cell `number` (from 0, row by row, going on to further pages), moved by the printer's offset."""
        row, column = divmod(number % self.per_page, self.columns)
        moved = offset or Offset()
        return Cell(
            self.first.left + column * self.pitch[0] + moved.right,
            self.first.top + row * self.pitch[1] + moved.down,
            self.first.width,
            self.first.height,
        )

    def next_cell(self, start: int, printed: int) -> int:
        """The first free cell after `printed` labels from cell `start`; 0 is a new sheet."""
        return (start + printed) % self.per_page


def _single(code: str, name: str, width: float, height: float) -> Stock:
    return Stock(code, name, (width, height), Cell(0, 0, width, height))


def _sheet(
    code: str, page: tuple[float, float], first: tuple[float, float, float, float], *grid: float, scale: float = 1.0
) -> Stock:
    """A sheet as its maker gives it: (left, top, width, height), then pitch x, pitch y, columns, rows."""
    pitch_x, pitch_y, columns, rows = grid
    name = code if page == A4 and code[0] == "3" else f"Avery {code}"
    corner = Cell(*(length * scale for length in first))
    return Stock(code, name, page, corner, (pitch_x * scale, pitch_y * scale), int(columns), int(rows))


def _inches(code: str, first: tuple[float, float, float, float], *grid: float) -> Stock:
    return _sheet(code, LETTER, first, *grid, scale=INCH)


STOCKS: dict[str, Stock] = {
    stock.code: stock
    for stock in (
        _single("100x150", "100 × 150 mm", 100, 150),
        _single("4x6in", "4 × 6 in", 4 * INCH, 6 * INCH),
        _single("A6", "A6, 105 × 148 mm", 105, 148),
        _single("62mm", "62 mm roll", 62, 100),
        _sheet("L7159", A4, (7.25, 12.9, 63.5, 33.9), 66, 33.9, 3, 8),
        _sheet("L7160", A4, (7.25, 15.15, 63.5, 38.1), 66, 38.1, 3, 7),
        _sheet("L7161", A4, (7.25, 8.7, 63.5, 46.6), 66, 46.6, 3, 6),
        _sheet("L7162", A4, (4.65, 12.9, 99.1, 33.9), 101.6, 33.9, 2, 8),
        _sheet("L7163", A4, (4.65, 15.15, 99.1, 38.1), 101.6, 38.1, 2, 7),
        _sheet("L7164", A4, (7.25, 4.5, 63.5, 72), 66, 72, 3, 4),
        _sheet("L7165", A4, (4.65, 13.1, 99.1, 67.7), 101.6, 67.7, 2, 4),
        _sheet("L7166", A4, (4.65, 8.85, 99.1, 93.1), 101.6, 93.1, 2, 3),
        _sheet("L7167", A4, (5.2, 3.95, 199.6, 289.1), 0, 0, 1, 1),
        _sheet("L7168", A4, (5.2, 5, 199.6, 143.5), 199.6, 143.5, 1, 2),
        _sheet("L7169", A4, (4.65, 9.5, 99.1, 139), 101.6, 139, 2, 2),
        _sheet("L7173", A4, (4.65, 6, 99.1, 57), 101.6, 57, 2, 5),
        _sheet("L7651", A4, (4.75, 10.7, 38.1, 21.2), 40.6, 21.2, 5, 13),
        _sheet("L7654", A4, (9.7, 21.5, 45.7, 25.4), 48.3, 25.4, 4, 10),
        _sheet("3483", A4, (0, 0, 105, 148.5), 105, 148.5, 2, 2),
        _inches("5160", (0.1875, 0.5, 2.625, 1), 2.75, 1, 3, 10),
        _inches("5163", (0.15625, 0.5, 4, 2), 4.1875, 2, 2, 5),
        _inches("5164", (0.15625, 0.5, 4, 10 / 3), 4.1875, 10 / 3, 2, 3),
        _inches("8126", (0, 0, 8.5, 5.5), 0, 5.5, 1, 2),
    )
}
"""Geometry as the makers' templates give it: Avery Zweckform (A4) and Avery (Letter)."""


def stock_of(code: str) -> Stock:
    """The stock called `code` ("100x150", "L7163"); Refused("shipping.stock-unknown")."""
    if code not in STOCKS:
        raise Refused("shipping.stock-unknown", stock=code, known=", ".join(STOCKS))
    return STOCKS[code]
