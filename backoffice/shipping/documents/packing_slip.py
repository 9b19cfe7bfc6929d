"""Packing slips: what was ordered, what lies in this parcel, what follows; in the customer's language."""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from backoffice.core.errors import Refused
from backoffice.core.language import Language
from backoffice.core.money import Money
from backoffice.core.typesetting import tidy
from backoffice.shipping.documents import furniture
from backoffice.shipping.documents.checks import address_fields, numbered, printable
from backoffice.shipping.documents.content import Letterhead, Printed, SlipContent, SlipLine
from backoffice.shipping.documents.flow import (
    Block,
    Column,
    Mark,
    Phrase,
    Section,
    heading,
    paginate,
    quoted,
    row,
    space,
    text_block,
)
from backoffice.shipping.documents.paper import GREY, Cancelled, Paper, Progress, never, pdf, quietly, steps
from backoffice.shipping.documents.stock import A4
from backoffice.shipping.documents.symbols import qr

FIRST_TOP = 92.0
"""Where the content of the first page begins, under address and facts, at the least; millimetres."""
FACTS_TOP, FACTS_WIDTH = 47.0, 78.0


def write_slips(
    file: Path,
    slips: Sequence[SlipContent],
    *,
    letterhead: Letterhead,
    made_on: date,
    size: tuple[float, float] = A4,
    progress: Progress = quietly,
    cancelled: Cancelled = never,
) -> Printed:
    """The slips as one PDF on A4 or Letter (`size` in millimetres), each counting its own pages.

    Equal input gives equal bytes. Refused, and nothing written: "shipping.unprintable", "shipping.too-long",
    "shipping.barcode-…", "shipping.logo-…", "shipping.nothing-to-print", "shipping.printing-stopped".
    Outage("shipping.file-not-written").
    """
    language = slips[0].language if slips else Language("en")
    title = language.words("Packing slip")
    with pdf(file, size, title=title, made_on=made_on, language=language.code) as printing:
        for slip in steps(slips, progress, cancelled):
            _check(slip, letterhead)
            _draw(printing.paper, slip, letterhead)
    return printing.printed


def slip_faults(
    slips: Sequence[SlipContent], *, letterhead: Letterhead, size: tuple[float, float] = A4
) -> list[tuple[str, Refused]]:
    """The slips that cannot be printed, each order number with its reason; [] means that all can."""
    faults = []
    for slip in slips:
        try:
            _check(slip, letterhead)
            _draw(Paper(io.BytesIO(), size, "", slip.ordered_on, slip.language.code), slip, letterhead)
        except Refused as reason:
            faults.append((slip.order_number, reason))
    return faults


def _check(slip: SlipContent, letterhead: Letterhead) -> None:
    fields = address_fields("recipient", slip.recipient) | address_fields("sender", letterhead.address)
    fields |= {"sender.shop": letterhead.name, "sender.tax-number": letterhead.tax_number}
    fields |= {"order": slip.order_number, "reference": slip.reference, "parcel": slip.shipment_number}
    fields |= {"delivery": slip.delivery, "carrier": slip.carrier, "tracking": slip.tracking}
    fields |= {"gift-message": slip.gift_message, "note": slip.note, "thanks": slip.thanks, "returns": slip.returns}
    fields |= numbered("lines", (f"{line.name} {line.options} {line.sku}" for line in slip.lines))
    fields |= numbered("parts", (f"{part.name} {part.sku}" for line in slip.lines for part in line.parts))
    printable(slip.order_number, fields)


def _draw(paper: Paper, slip: SlipContent, letterhead: Letterhead) -> None:
    words, wide = slip.language.words, furniture.room(paper)
    foot = paper.size[1] - furniture.BOTTOM
    facts = _facts(slip)
    sections = [Section(_opening(slip, wide)), _table(slip, wide), Section(_closing(slip, wide))]
    first_top = max(FIRST_TOP, FACTS_TOP + facts.height + 5)
    pages = paginate(sections, (first_top, foot), (furniture.CONTINUED_TOP, foot))

    def around(page: int, of: int) -> None:
        paper.document("packing-slip", slip.order_number)
        if page == 1:
            _first_page(paper, slip, letterhead, facts)
        else:
            order = words("Order {number}").format(number=slip.order_number)
            furniture.continued(paper, f"{words('Packing slip')} · {order}")
        furniture.foot(paper, letterhead, slip.language, page, of)

    furniture.draw_pages(paper, pages, around)


def _first_page(paper: Paper, slip: SlipContent, letterhead: Letterhead, facts: Block) -> None:
    furniture.shop_head(paper, letterhead)
    furniture.title(paper, slip.language.words("Packing slip"))
    furniture.window_address(paper, letterhead, slip.recipient, slip.order_number)
    x = paper.size[0] - furniture.RIGHT - FACTS_WIDTH
    furniture.bars(paper, slip.order_number, x, 28, FACTS_WIDTH)
    facts.draw(paper, x, FACTS_TOP)


def _facts(slip: SlipContent) -> Block:
    words, day = slip.language.words, slip.language.day
    pairs = [
        (words("Order"), slip.order_number),
        (words("Your reference"), slip.reference),
        (words("Ordered on"), day(slip.ordered_on)),
        (words("Parcel"), slip.shipment_number),
        (words("Dispatched on"), day(slip.shipped_on) if slip.shipped_on else ""),
        (words("Delivery"), slip.delivery),
        (words("Carrier"), f"{slip.carrier} {slip.tracking}"),
    ]
    return furniture.facts(pairs, FACTS_WIDTH)


def _opening(slip: SlipContent, wide: float) -> list[Block]:
    """What is said before the lines: welcome, a line to the customer, the gift message."""
    said = [_welcome(slip), slip.note]
    blocks = [
        block for text in said if text for block in row([Column("", wide + 2)], [[Phrase(text, 9.5)]], ruled=False)
    ]
    if tidy(slip.gift_message):
        title = text_block([Phrase(slip.language.words("Gift message"), 7.5, ink=GREY)], wide, holds_on=True)
        blocks += [space(1), title, *quoted(slip.gift_message, wide, 12)]
    return [*blocks, space(3)] if blocks else []


def _welcome(slip: SlipContent) -> str:
    words = slip.language.words
    return {
        1: words("Your first order with us: welcome, and thank you for your trust."),
        2: words("Your second order with us: thank you for coming back."),
        3: words("Your third order with us: it is good to know that you like what we do."),
    }.get(slip.which_order, "")


def _table(slip: SlipContent, wide: float) -> Section:
    words = slip.language.words
    numbers = [
        Column(words("Ordered"), 18, "right"),
        Column(words("In this parcel"), 18, "right"),
        Column(words("To follow"), 18, "right"),
    ]
    if slip.show_prices:
        numbers += [Column(words("Price"), 23, "right"), Column(words("Amount"), 24, "right")]
    columns = [Column(words("Product"), wide + 2 - sum(column.width for column in numbers)), *numbers]
    rows = [block for line in slip.lines for block in row(columns, _cells(line, slip))]
    return Section(rows, heading(columns))


def _cells(line: SlipLine, slip: SlipContent) -> list[list[Phrase]]:
    number = slip.language.number
    product = [Phrase(line.name, 9.5), Phrase(_joined(line.options, line.sku), 7.5, ink=GREY)]
    for part in line.parts:
        said = f"{number(part.quantity)} × {part.name}"
        product.append(Phrase(_joined(said, part.sku), 8, ink=GREY, indent=4))
    to_follow = number(line.to_follow) if line.to_follow else "–"
    counts = [
        [Phrase(number(line.ordered), 9.5, whole=True)],
        [Phrase(number(line.in_parcel), 9.5, bold=True, whole=True)],
        [Phrase(to_follow, 9.5, whole=True)],
    ]
    prices = [_price(line.unit_price, slip.language), _price(line.amount, slip.language)] if slip.show_prices else []
    return [product, *counts, *prices]


def _joined(*said: str) -> str:
    return " · ".join(text for text in said if text)


def _price(amount: Money | None, language: Language) -> list[Phrase]:
    return [Phrase(language.money(amount), 9.5, whole=True)] if amount is not None else []


def _closing(slip: SlipContent, wide: float) -> list[Block]:
    """What is said after the lines: the money, thanks, the way back."""
    blocks = [space(2), *_money(slip, wide)] if slip.show_prices else []
    if slip.thanks:
        blocks += [space(5), *row([Column("", wide + 2)], [[Phrase(slip.thanks, 10)]], ruled=False)]
    if slip.returns or slip.return_code:
        blocks += [space(4), *_way_back(slip, wide)]
    return blocks


def _money(slip: SlipContent, wide: float) -> list[Block]:
    words, totals = slip.language.words, slip.totals
    tax = words("Tax included") if totals.tax_included else words("Tax")
    lines = [
        (words("Goods"), totals.goods, False),
        (words("Discount"), totals.discount, False),
        (words("Shipping"), totals.shipping, False),
        (words("Total"), totals.total, True),
    ]
    rounding = words("Rounding of the tax") if totals.tax_included else words("Rounding")
    place = 4 if totals.tax_included else 3
    lines[place:place] = [(tax, totals.tax, False), (rounding, totals.rounding, False)]
    columns = [Column("", wide - 80), Column("", 42, "right"), Column("", 40, "right")]
    blocks = []
    for label, amount, bold in lines:
        if amount is not None:
            size = 11 if bold else 9.5
            said = [Phrase(slip.language.money(amount), size, bold, whole=True)]
            blocks += row(columns, [[], [Phrase(label, size, bold)], said], ruled=False)
    return [_tight(block) for block in blocks]


def _tight(block: Block) -> Block:
    """Lines of a sum stand closer than rows of a table, and stay together."""
    return Block(block.height - 1.6, block.draw, holds_on=True)


def _way_back(slip: SlipContent, wide: float) -> list[Block]:
    """How to send something back, beside its QR code."""
    phrases = [Phrase(slip.language.words("Sending something back"), 9.5, bold=True), Phrase(slip.returns, 8.5)]
    if not slip.return_code:
        return row([Column("", wide + 2)], [phrases], ruled=False)
    square = qr(slip.return_code)
    dots = square.dots(34, most=5)
    side = square.width(dots)
    margin = square.margin(dots)

    def draw(paper: Paper, left: float, top: float) -> None:
        paper.symbol(square, left - margin, top - margin, dots=dots)

    code = Mark(side - margin, draw)
    return row([Column("", side), Column("", wide + 2 - side)], [code, phrases], ruled=False)
