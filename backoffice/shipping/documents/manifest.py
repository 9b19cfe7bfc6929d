"""Dispatch manifests: every parcel handed to a carrier on a day, with room for two signatures."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from backoffice.core.language import Language
from backoffice.shipping.documents import furniture
from backoffice.shipping.documents.checks import address_fields, printable
from backoffice.shipping.documents.content import Letterhead, ManifestContent, ManifestRow, Printed
from backoffice.shipping.documents.flow import Block, Column, Phrase, Section, heading, paginate, row, space
from backoffice.shipping.documents.paper import BLACK, GREY, Cancelled, Paper, Progress, never, pdf, quietly, steps
from backoffice.shipping.documents.stock import A4


def write_manifest(
    file: Path,
    content: ManifestContent,
    *,
    letterhead: Letterhead,
    made_on: date,
    size: tuple[float, float] = A4,
    progress: Progress = quietly,
    cancelled: Cancelled = never,
) -> Printed:
    """One manifest on A4 or Letter (`size` in millimetres).

    Refused, and nothing written: "shipping.unprintable", "shipping.nothing-to-print", "shipping.printing-stopped",
    "shipping.logo-…", "shipping.barcode-…" for the manifest's number. Outage("shipping.file-not-written").
    """
    words = content.language.words
    with pdf(file, size, title=words("Dispatch manifest"), made_on=made_on, language=content.language.code) as printing:
        paper = printing.paper
        wide, foot = furniture.room(paper), size[1] - furniture.BOTTOM
        columns = _columns(content.language, wide)
        blocks = []
        for place, parcel in enumerate(steps(content.rows, progress, cancelled), 1):
            _check(parcel)
            blocks += row(columns, _cells(place, parcel, content.language))
        sections = [Section(blocks, heading(columns)), Section([space(8), _signatures(content, wide)])]
        pages = paginate(sections, (66.0, foot), (furniture.CONTINUED_TOP, foot))
        furniture.draw_pages(paper, pages, lambda page, of: _around(paper, content, letterhead, page, of))
    return printing.printed


def _check(parcel: ManifestRow) -> None:
    fields = address_fields("recipient", parcel.recipient)
    fields |= {"tracking": parcel.tracking, "delivery": parcel.delivery, "order": parcel.order_number}
    printable(parcel.shipment_number, fields)


def _columns(language: Language, wide: float) -> list[Column]:
    words = language.words
    columns = [
        Column("", 9, "right"),
        Column(words("Parcel"), 27),
        Column(words("Recipient"), 0),
        Column(words("Delivery"), 28),
        Column(words("Tracking"), 47),
        Column(words("Weight"), 17, "right"),
    ]
    columns[2] = Column(columns[2].title, wide + 2 - sum(column.width for column in columns))
    return columns


def _cells(place: int, parcel: ManifestRow, language: Language) -> list[list[Phrase]]:
    to = parcel.recipient
    town = " ".join(said for said in (to.postcode, to.city, to.country) if said)
    return [
        [Phrase(str(place), 8, ink=GREY)],
        [Phrase(parcel.shipment_number, 9, bold=True), Phrase(parcel.order_number, 7.5, ink=GREY)],
        [Phrase(to.name or to.company, 9), Phrase(town, 8, ink=GREY)],
        [Phrase(parcel.delivery, 8.5)],
        [Phrase(parcel.tracking, 8)],
        [Phrase(weight(parcel.weight, language), 8.5)] if parcel.weight else [],
    ]


def weight(grams: int, language: Language) -> str:
    """Grams as people read them: "850 g", "1.25 kg"."""
    if grams < 1000:
        return f"{language.number(grams)} g"
    return f"{language.number((Decimal(grams) / 1000).quantize(Decimal('0.01')).normalize())} kg"


def _signatures(content: ManifestContent, wide: float) -> Block:
    words = content.language.words
    half = wide / 2 - 5

    def draw(paper: Paper, left: float, top: float) -> None:
        for x, said in ((left, words("Handed over by, time")), (left + half + 10, words("Received by, time"))):
            paper.rule(x, top + 16, x + half, top + 16, weight=0.3, ink=BLACK)
            paper.text(x, top + 19.5, said, size=7.5, ink=GREY)

    return Block(22, draw)


def _around(paper: Paper, content: ManifestContent, letterhead: Letterhead, page: int, of: int) -> None:
    language, words = content.language, content.language.words
    paper.document("manifest", content.number)
    if page == 1:
        furniture.shop_head(paper, letterhead)
        furniture.title(paper, words("Dispatch manifest"))
        total = sum(parcel.weight for parcel in content.rows)
        pairs = [
            (words("Carrier"), content.carrier),
            (words("Day"), language.day(content.day, "long")),
            (words("Parcels"), language.number(len(content.rows))),
            (words("Weight"), weight(total, language) if total else ""),
        ]
        furniture.facts(pairs, 90).draw(paper, furniture.LEFT, 41)
        if content.number:
            furniture.bars(paper, content.number, paper.size[0] - furniture.RIGHT - 70, 41, 70)
    else:
        said = [words("Dispatch manifest"), content.number, content.carrier, language.day(content.day)]
        furniture.continued(paper, " · ".join(part for part in said if part))
    furniture.foot(paper, letterhead, language, page, of)
