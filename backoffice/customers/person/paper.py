"""Everything about one person on paper: what is in the JSON file, for people to read."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from backoffice.core import fonts
from backoffice.core.language import Language
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.core.typesetting import POINT, Line, tidy, width, wrap
from backoffice.customers.words import CONTACT_KINDS, EMAIL_STATES, EXPORT

PAGE = (595.28, 841.89)  # A4 in points
MARGIN = 56.7  # 20 mm
TEXT, HEAD, TITLE = 9.0, 11.0, 15.0
LEADING = 1.4

Tell = Callable[[str, dict[str, Any]], str]
"""The sentence for a journal line's verb and facts; the floors above know all of them."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the paper is written: language, zone, and how lines of history are told."""

    language: Language
    zone: str
    tell: Tell

    def when(self, moment: str | None) -> str:
        """A moment of the export as people write it."""
        return self.language.moment(datetime.fromisoformat(moment), self.zone) if moment else ""


def paper(person: dict[str, Any], reader: Reader, *, shop: str, at: datetime) -> bytes:
    """The PDF for what `queries.everything` gathered; `at` is when, `shop` who made it."""
    words = reader.language.words
    customer = person["customer"]
    name = customer["name"] or customer["company"] or f"#{customer['id']}"
    sheet = _Sheet(title=words(EXPORT["title"]).format(name=name))
    sheet.write(sheet.title, TITLE, bold=True)
    sheet.write(words(EXPORT["made"]).format(day=reader.language.moment(at, reader.zone), shop=shop), TEXT)
    parts = [(part, list(lines)) for part, lines in _parts(person, reader)]
    if fonts.unprintable("".join([name, *(line for _part, lines in parts for line in lines)])):
        sheet.write(words(EXPORT["boxes"]), TEXT)
    for part, lines in parts:
        sheet.gap()
        sheet.write(words(EXPORT[part]), HEAD, bold=True)
        for line in lines or [words(EXPORT["nothing"])]:
            sheet.write(line, TEXT)
    return sheet.pdf()


def _parts(person: dict[str, Any], reader: Reader) -> Iterator[tuple[str, Iterator[str]]]:
    words = reader.language.words
    yield "customer", _customer(person["customer"], reader)
    yield "emails", (f"{one['address']} · {words(EMAIL_STATES[one['state']])}" for one in person["emails"])
    yield "phones", iter(person["phones"])
    yield "addresses", (_one_line(PostalAddress(**one)) for one in person["addresses"])
    yield "identities", (f"{one['channel']}: {one['id']}" for one in person["identities"])
    yield "consents", (_consent(one, reader) for one in person["consents"])
    yield "contacts", (_contact(one, reader) for one in person["contacts"])
    yield "orders", (line for order in person["orders"] for line in _order(order, reader))
    yield "shipments", (_shipment(one, reader) for one in person["shipments"])
    yield "conversations", (line for one in person["conversations"] for line in _conversation(one, reader))
    yield "not_imported", (" | ".join(cells) for one in person["not_imported"] for cells in one["cells"])
    yield "timeline", (_happening(line, reader) for line in person["timeline"])


def _customer(one: dict[str, Any], reader: Reader) -> Iterator[str]:
    country = reader.language.country(one["country"]) if one["country"] else ""
    yield _joined(f"#{one['id']}", one["name"], one["company"], country, one["language"])
    yield reader.when(one["created_at"])
    yield from filter(None, (", ".join(one["tags"]), one["notes"]))


def _consent(one: dict[str, Any], reader: Reader) -> str:
    said = EXPORT["granted" if one["granted"] else "withdrawn"]
    return _joined(reader.when(one["at"]), one["purpose"], reader.language.words(said), one["source"], one["text"])


def _contact(one: dict[str, Any], reader: Reader) -> str:
    kind = reader.language.words(CONTACT_KINDS[one["kind"]])
    return _joined(reader.when(one["at"]), kind, one["phone"], reader.when(one["due_at"]), one["text"])


def _order(order: dict[str, Any], reader: Reader) -> Iterator[str]:
    def money(amount: str) -> str:
        return reader.language.money(Money.parse(amount, order["currency"]))

    head = (order["number"], order["external_number"], reader.when(order["placed_at"]), money(order["total"]))
    yield _joined(*head)
    addresses = [_one_line(_address(order, prefix)) for prefix in ("ship", "bill")]
    words = (*dict.fromkeys(addresses), order["ship_phone"], order["email"], order["notes"], order["gift_message"])
    yield from (f"    {text}" for text in words if text)
    for line in order["lines"]:
        goods = " ".join(filter(None, (line["sku"], line["name"], line["options"])))
        yield f"    {line['ordered']} × {goods} · {money(line['gross'])}"
    for payment in order["payments"]:
        sign = "" if payment["kind"] == "charge" else "\N{MINUS SIGN}"
        paid = sign + money(payment["amount"])
        yield "    " + _joined(reader.when(payment["at"]), paid, payment["method"], payment["reference"])


def _shipment(one: dict[str, Any], reader: Reader) -> str:
    return _joined(one["number"], reader.when(one["shipped_at"]), one["tracking"], _one_line(_address(one, "ship")))


def _conversation(one: dict[str, Any], reader: Reader) -> Iterator[str]:
    yield _joined(one["number"], one["subject"], reader.when(one["opened_at"]))
    for said in one["messages"]:
        who = said["from_name"] or said["from_address"] or said["who"]
        yield _joined(f"    {reader.when(said['at'])}", who, said["subject"], ", ".join(said["files"]))
        yield from (f"        {line}" for line in said["text"].splitlines() if line.strip())


def _happening(line: dict[str, Any], reader: Reader) -> str:
    told = reader.tell(line["verb"], line["facts"])
    return _joined(reader.when(line["at"]), told, line["facts"].get("text", ""))


def _address(row: dict[str, Any], prefix: str) -> PostalAddress:
    return PostalAddress(**{name: row[f"{prefix}_{name}"] for name in PostalAddress.__slots__})


def _one_line(address: PostalAddress) -> str:
    return ", ".join(address.lines())


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


class _Sheet:
    """Pages that fill from the top, line by line."""

    def __init__(self, *, title: str) -> None:
        self.title = title
        self._file = io.BytesIO()
        self._canvas = Canvas(self._file, pagesize=PAGE, initialFontName=fonts.face().name)  # type: ignore[arg-type]
        self._canvas.setTitle(title)
        self._y = PAGE[1] - MARGIN

    def write(self, text: str, size: float, *, bold: bool = False) -> None:
        """One paragraph, wrapped; blanks at its beginning are its indent."""
        bare = text.lstrip(" ")
        indent = (len(text) - len(bare)) * size * 0.5
        for paragraph in bare.splitlines() or [""]:
            for line in wrap(tidy(paragraph), (PAGE[0] - 2 * MARGIN - indent) * POINT, size, bold=bold):
                self._line(line, MARGIN + indent, size, bold=bold)

    def _line(self, line: Line, x: float, size: float, *, bold: bool) -> None:
        """One line, each of its signs in a font that has it; what is read from the right stands at the right."""
        self._y -= size * LEADING
        if self._y < MARGIN:
            self._canvas.showPage()
            self._y = PAGE[1] - MARGIN - size * LEADING
        if line.from_right:
            x = PAGE[0] - MARGIN - width(line.text, size, bold=bold) / POINT
        for face, piece in fonts.runs(line.text, bold):
            self._canvas.setFont(face.name, size)
            self._canvas.drawString(x, self._y, piece)
            x += width(piece, size, bold=bold) / POINT

    def gap(self) -> None:
        """Some air before a heading."""
        self._y -= HEAD

    def pdf(self) -> bytes:
        """The finished file."""
        self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()
