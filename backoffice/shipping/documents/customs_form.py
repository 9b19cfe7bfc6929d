"""Customs declarations CN 22 and CN 23 on label stock, with the fields of the Universal Postal Union's forms.

Source: UPU Convention Manual, forms CN 22 and CN 23: English and French, the languages every customs office accepts;
category, quantity and description, net weight, value, HS number and origin of each line, totals, date and signature;
CN 23 besides: addressee's telephone, references, postal charges, licence, certificate and invoice numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from backoffice.core.errors import Refused
from backoffice.core.language import Language
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.core.typesetting import POINT, Fitted, Line, fit, tidy, wrap
from backoffice.shipping.documents.checks import address_fields, address_too_long, numbered, printable, too_long
from backoffice.shipping.documents.content import Letterhead, Printed
from backoffice.shipping.documents.paper import BLACK, GREY, Cancelled, Paper, Progress, never, quietly
from backoffice.shipping.documents.sheets import on_sheets
from backoffice.shipping.documents.stock import Cell, Offset, Stock
from backoffice.shipping.documents.symbols import code128

SMALLEST = (98.0, 138.0)
"""Millimetres a label must have for the form."""
_MARGIN, _SMALL, _TEXT = 4.0, 5.0, 6.5
_LONGEST = 160
_PITCH = _TEXT * 1.22 * POINT
_COLUMNS = (
    ("Quantity, description · Quantité, désignation", 0.0),
    ("kg", 12.0),
    ("Value · Valeur", 20.0),
    ("HS No.", 17.0),
    ("Origin", 10.0),
)
_CATEGORIES = ("Gift", "Documents", "Commercial sample", "Sale of goods", "Returned goods", "Other")
_SOLD = "Sale of goods"
_CERTIFY = (
    "I, the undersigned, whose name and address are given on the item, certify that the particulars given in this"
    " declaration are correct and that this item does not contain any dangerous article or articles prohibited by"
    " legislation or by postal or customs regulations."
)


@dataclass(frozen=True, slots=True)
class CustomsLine:
    """Goods of one kind in the parcel: what they weigh (grams) and are worth together."""

    name: str
    quantity: int
    weight_g: int
    value: Money
    hs_code: str
    origin: str


@dataclass(frozen=True, slots=True)
class CustomsContent:
    """One parcel's declaration; `form` is "CN22" or "CN23". The gross weight is in grams."""

    number: str
    form: str
    recipient: PostalAddress
    lines: tuple[CustomsLine, ...]
    gross_g: int
    value: Money
    phone: str = ""
    email: str = ""
    postage: Money | None = None


def write_customs_forms(
    file: Path,
    forms: Sequence[CustomsContent],
    *,
    stock: Stock,
    letterhead: Letterhead,
    language: Language,
    made_on: date,
    start: int = 0,
    offset: Offset | None = None,
    progress: Progress = quietly,
    cancelled: Cancelled = never,
) -> Printed:
    """The declarations as one PDF; one with more lines than a label holds goes on on the next, its totals on each.

    Refused, and nothing written: "shipping.stock-too-small", "shipping.unprintable", "shipping.too-long",
    "shipping.barcode-…", "shipping.nothing-to-print", "shipping.printing-stopped". Outage("shipping.file-not-written").
    """
    if stock.first.width < SMALLEST[0] or stock.first.height < SMALLEST[1]:
        raise Refused("shipping.stock-too-small", stock=stock.name)
    for content in forms:
        fields = address_fields("recipient", content.recipient) | address_fields("sender", letterhead.address)
        fields |= numbered("lines", [row.name for row in content.lines]) | {"sender.shop": letterhead.name}
        printable(content.number, fields)
    sheets_of = [
        _Form(content, letterhead, made_on, rows, page, of)
        for content in forms
        for page, of, rows in _split(content, stock.first)
    ]
    title = language.words("Customs declarations")
    with on_sheets(file, stock, title=title, made_on=made_on, language=language, start=start, offset=offset) as sheets:
        for form in sheets.each(sheets_of, progress, cancelled):
            form.draw(sheets.paper, sheets.cell)
    return sheets.printed


def _described(name: str) -> str:
    """As much of a product's name as an officer reads."""
    line = tidy(name)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def labels_needed(content: CustomsContent, stock: Stock) -> int:
    """How many labels of this stock one declaration takes."""
    return sum(1 for _page in _split(content, stock.first))


Row = tuple[CustomsLine, list[Line]]


def _split(content: CustomsContent, cell: Cell) -> Iterator[tuple[int, int, list[Row]]]:
    """The lines by label: (number from 1, of how many, its rows)."""
    name_room = cell.width - 2 * _MARGIN - sum(wide for _title, wide in _COLUMNS) - 1.5
    most = cell.height - _TABLE_TOP - _foot(content)
    pages: list[list[Row]] = [[]]
    taken = 0.0
    for row in content.lines:
        said = wrap(f"{row.quantity} × {_described(row.name)}", name_room, _TEXT)
        high = len(said) * _PITCH + 1.2
        if pages[-1] and taken + high > most:
            pages.append([])
            taken = 0.0
        pages[-1].append((row, said))
        taken += high
    return ((number, len(pages), rows) for number, rows in enumerate(pages, 1))


_TABLE_TOP = 62.0


def _foot(content: CustomsContent) -> float:
    return 49.0 if content.form == "CN23" else 33.0


@dataclass(frozen=True, slots=True)
class _Form:
    """One label of a declaration."""

    content: CustomsContent
    letterhead: Letterhead
    day: date
    rows: list[Row]
    page: int
    of: int

    def draw(self, paper: Paper, cell: Cell) -> None:
        """Draws it into its cell."""
        left, wide = cell.left + _MARGIN, cell.width - 2 * _MARGIN
        paper.document("customs", self.content.number)
        self._head(paper, left, cell.top + _MARGIN, wide)
        self._addresses(paper, left, cell.top + 15, wide)
        _ticks(paper, left, cell.top + 48, wide)
        self._table(paper, left, cell.top + _TABLE_TOP, wide)
        self._end(paper, left, cell.top + cell.height - _foot(self.content), wide)

    def _head(self, paper: Paper, left: float, top: float, wide: float) -> None:
        name = "CN 23" if self.content.form == "CN23" else "CN 22"
        paper.text(left, top + 3.5, "CUSTOMS DECLARATION", size=9, bold=True)
        paper.text(left, top + 7, "DÉCLARATION EN DOUANE", size=7)
        paper.text(left + wide, top + 4.5, name, size=14, bold=True, align="right")
        part = f" · {self.page}/{self.of}" if self.of > 1 else ""
        paper.text(left + wide, top + 8, "May be opened officially" + part, size=5.5, align="right", ink=GREY)
        paper.rule(left, top + 9.5, left + wide, top + 9.5, weight=0.4, ink=BLACK)

    def _addresses(self, paper: Paper, left: float, top: float, wide: float) -> None:
        content, shop = self.content, self.letterhead
        half = wide / 2 - 1.5
        sent = [shop.name, *shop.address.lines(sender_country=""), shop.phone, shop.tax_number]
        to = content.recipient.lines(sender_country="")
        more = [content.phone, content.email] if content.form == "CN23" else []
        sender, addressee = _fitted(sent, half, 8), _fitted([*to, *more], half, 8)
        if sender is None:
            raise too_long(shop.name, "sender", shop.name)
        if addressee is None:
            raise address_too_long(content.number, content.recipient)
        alike = min(sender.size, addressee.size)
        for x, title, lines, fitted in (
            (left, "From · De", sent, sender),
            (left + half + 3, "To · À", [*to, *more], addressee),
        ):
            paper.text(x, top + 1.8, title, size=_SMALL, ink=GREY)
            paper.block(x, top + 3, _fitted(lines, half, alike) or fitted, half)
        paper.rule(left, top + 32, left + wide, top + 32)

    def _table(self, paper: Paper, left: float, top: float, wide: float) -> None:
        edges = _edges(left, wide)
        for place, (title, _wide) in enumerate(_COLUMNS):
            x, align = (edges[0][0], "left") if place == 0 else (edges[place][1], "right")
            paper.text(x, top - 1.2, title, size=_SMALL, align=align, ink=GREY)
        paper.rule(left, top, left + wide, top, weight=0.3, ink=BLACK)
        for row, said in self.rows:
            for at, line_ in enumerate(said):
                paper.text(edges[0][0], top + 2.6 + at * _PITCH, line_, size=_TEXT)
            for place, text in enumerate((_kilograms(row.weight_g), str(row.value), row.hs_code, row.origin), 1):
                paper.text(edges[place][1], top + 2.6, text, size=_TEXT, align="right")
            top += len(said) * _PITCH + 1.2

    def _end(self, paper: Paper, left: float, top: float, wide: float) -> None:
        content, edges = self.content, _edges(left, wide)
        paper.rule(left, top, left + wide, top, weight=0.3, ink=BLACK)
        paper.text(left, top + 3.2, "Total, gross weight · Total, poids brut", size=_SMALL, ink=GREY)
        paper.text(edges[1][1], top + 3.2, _kilograms(content.gross_g), size=_TEXT, bold=True, align="right")
        total = f"{content.value} {content.value.currency}"
        paper.text(edges[2][1], top + 3.2, total, size=_TEXT, bold=True, align="right")
        top += 5
        if content.form == "CN23":
            self._more(paper, left, top, wide)
            top += 16
        paper.rule(left, top, left + wide, top)
        for at, line_ in enumerate(wrap(_CERTIFY, wide, _SMALL)):
            paper.text(left, top + 2.6 + at * 2.2, line_, size=_SMALL)
        symbol = code128(content.number)
        half = wide / 2 - 2
        dots = symbol.dots(half + symbol.margin(2), most=2)
        paper.symbol(symbol, left - symbol.margin(dots), top + 10.5, dots=dots, height=10)
        paper.text(left, top + 23.5, content.number, size=_TEXT)
        paper.text(left + half + 4, top + 13, f"{self.day:%Y-%m-%d}", size=_TEXT)
        paper.rule(left + half + 4, top + 21, left + wide, top + 21, weight=0.3, ink=BLACK)
        paper.text(left + half + 4, top + 23.5, "Date and signature · Date et signature", size=_SMALL, ink=GREY)

    def _more(self, paper: Paper, left: float, top: float, wide: float) -> None:
        """What CN 23 asks besides; what the shop does not know is filled in by hand."""
        content = self.content
        postage = "" if content.postage is None else f"{content.postage} {content.postage.currency}"
        known = (
            ("Postal charges · Frais de port", postage),
            ("Office of origin, date of posting", f"{self.day:%Y-%m-%d}"),
            ("Sender's reference", content.number),
            ("Importer's reference (tax code)", ""),
            ("Licence No. · Certificate No.", ""),
            ("Invoice No. · No. de facture", ""),
        )
        third = wide / 3
        for place, (title, text) in enumerate(known):
            row, column = divmod(place, 3)
            x, y = left + column * third, top + row * 7.5
            paper.text(x, y + 2.4, title, size=4.5, ink=GREY)
            paper.text(x, y + 5.4, text, size=_TEXT)
            paper.rule(x, y + 6.2, x + third - 2, y + 6.2)


def _fitted(lines: Sequence[str], wide: float, most: float) -> Fitted | None:
    """An address in its half of the form, in letters of at most `most` points."""
    said = tuple(dict.fromkeys(filter(None, map(tidy, lines))))
    return fit(said, (wide, 28), (most, 4.5), bold=(0,))


def _edges(left: float, wide: float) -> list[tuple[float, float]]:
    """Left and right of each column in millimetres; the first takes the room the others leave."""
    fixed = sum(width for _title, width in _COLUMNS)
    edges, x = [], left
    for _title, width in _COLUMNS:
        taken = width or wide - fixed
        edges.append((x, x + taken))
        x += taken
    return edges


def _ticks(paper: Paper, left: float, top: float, wide: float) -> None:
    """The categories, with a cross at the sale of goods: all that a shop sends to its customers."""
    for place, title in enumerate(_CATEGORIES):
        row, column = divmod(place, 3)
        x, y = left + column * wide / 3, top + row * 4.5
        paper.box(x, y, 2.6, 2.6, ink=BLACK)
        if title == _SOLD:
            paper.rule(x, y, x + 2.6, y + 2.6, weight=0.4, ink=BLACK)
            paper.rule(x, y + 2.6, x + 2.6, y, weight=0.4, ink=BLACK)
        paper.text(x + 4, y + 2.2, title, size=6, bold=title == _SOLD)


def _kilograms(grams: int) -> str:
    return f"{Decimal(grams) / 1000:.3f}" if grams else "–"
