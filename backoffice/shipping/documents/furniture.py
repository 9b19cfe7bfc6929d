"""What all full pages share: the shop's head, the foot with the page's number, labelled facts."""

from collections.abc import Callable, Sequence

from backoffice.core.language import Language
from backoffice.core.postal import PostalAddress
from backoffice.core.typesetting import POINT, Line, fit, tidy, wrap
from backoffice.shipping.documents.checks import address_too_long, too_long
from backoffice.shipping.documents.content import Letterhead
from backoffice.shipping.documents.flow import Block, Page
from backoffice.shipping.documents.paper import GREY, PALE, Paper
from backoffice.shipping.documents.pictures import logo
from backoffice.shipping.documents.symbols import code128

LEFT, RIGHT, TOP, BOTTOM = 20.0, 18.0, 14.0, 21.0
"""Margins of a full page in millimetres; the foot line stands in the lowest one."""


def room(paper: Paper) -> float:
    """The width between the margins in millimetres."""
    return width_of(paper.size)


def width_of(size: tuple[float, float]) -> float:
    """The width between the margins on a page of this size."""
    return size[0] - LEFT - RIGHT


def shop_head(paper: Paper, letterhead: Letterhead) -> None:
    """The logo, or else the shop's name, at the top left."""
    if letterhead.logo:
        picture = logo(letterhead.logo)
        wide, high = picture.within(65, 20)
        paper.stamp("logo", lambda: paper.picture(picture, LEFT, TOP, wide, high))
        return
    named = fit((tidy(letterhead.name),), (95, 16), (18, 9), bold=(0,))
    if named is None:
        raise too_long(letterhead.name, "sender.shop", letterhead.name)
    paper.block(LEFT, TOP, named, 95)


def title(paper: Paper, said: str) -> None:
    """What this is, large, at the top right."""
    paper.text(paper.size[0] - RIGHT, TOP + 6, said, size=18, bold=True, align="right")


def continued(paper: Paper, said: str) -> None:
    """The head of a further page."""
    paper.text(LEFT, TOP + 2, said, size=8, ink=GREY)
    paper.rule(LEFT, TOP + 4.5, paper.size[0] - RIGHT, TOP + 4.5, ink=PALE)


CONTINUED_TOP = TOP + 9.0
"""Where the content of a further page begins."""


def foot_line(letterhead: Letterhead) -> str:
    """The shop's name, address and ways to reach it, in one line."""
    address = [line for line in letterhead.address.lines() if line != letterhead.name]
    parts = [letterhead.name, *address, letterhead.email, letterhead.phone, letterhead.website, letterhead.tax_number]
    return " · ".join(said for said in map(tidy, parts) if said)


def foot(paper: Paper, letterhead: Letterhead, language: Language, page: int, pages: int) -> None:
    """The shop and the page's number under a line."""
    top = paper.size[1] - BOTTOM + 6
    right = paper.size[0] - RIGHT
    paper.rule(LEFT, top, right, top, ink=PALE)
    counted = language.words("Page {page} of {pages}").format(page=page, pages=pages)
    paper.text(right, top + 4, counted, size=7, align="right", ink=GREY)
    said = fit((foot_line(letterhead),), (room(paper) - 30, 9), (7, 4.5))
    if said is None:
        raise too_long(letterhead.name, "sender", foot_line(letterhead))
    paper.block(LEFT, top + 1.6, said, room(paper) - 30, ink=GREY)


def window_address(paper: Paper, letterhead: Letterhead, to: PostalAddress, number: str) -> None:
    """The recipient where a window envelope shows it (DIN 5008: 20 mm from the left, 45 mm from the top)."""
    wide = 80.0
    home = letterhead.address.lines(sender_country=letterhead.address.country)
    small = " · ".join(dict.fromkeys(said for said in map(tidy, (letterhead.name, *home)) if said))
    sender = fit((small,), (wide, 6), (6.5, 4.5))
    if sender is None:
        raise too_long(letterhead.name, "sender", small)
    paper.block(LEFT, 47 - sender.height, sender, wide, ink=GREY)
    lines = tuple(map(tidy, to.lines(sender_country=letterhead.address.country)))
    said = fit(lines, (wide, 33), (11, 6.5), bold=loud(lines, to, letterhead.address.country))
    if said is None:
        raise address_too_long(number, to)
    paper.block(LEFT, 49, said, wide)


def loud(lines: Sequence[str], to: PostalAddress, sender_country: str) -> tuple[int, ...]:
    """Which lines of an address are bold: whom it is for, who comes last in East Asia, and a country abroad."""
    name = tidy(to.name).casefold()
    whom = next((at for at, line in enumerate(lines) if line.casefold() == name), 0)
    abroad = bool(to.country) and to.country != sender_country
    return (whom, len(lines) - 1) if abroad else (whom,)


def facts(pairs: Sequence[tuple[str, str]], wide: float) -> Block:
    """Labels in grey with their facts beside them, `wide` millimetres in all; an empty fact is left out."""
    placed: list[tuple[float, list[Line], list[Line]]] = []
    top = 0.0
    for label, fact in pairs:
        if said := tidy(fact):
            labels, lines = wrap(label, 28, 7.5), wrap(said, wide - 30, 9)
            placed.append((top, labels, lines))
            top += max(len(labels) * _LABEL_PITCH, len(lines) * _FACT_PITCH) + 0.9

    def draw(paper: Paper, left: float, start: float) -> None:
        for offset, labels, lines in placed:
            for i, said in enumerate(labels):
                paper.text(left, start + offset + 3.2 + i * _LABEL_PITCH, said, size=7.5, ink=GREY)
            for i, said in enumerate(lines):
                paper.text(left + 30, start + offset + 3.2 + i * _FACT_PITCH, said, size=9)

    return Block(top, draw)


_LABEL_PITCH, _FACT_PITCH = 7.5 * 1.25 * POINT, 9 * 1.25 * POINT


def bars(paper: Paper, number: str, x: float, top: float, wide: float) -> None:
    """A number as Code 128 with its text, in a box `wide` that begins at `x`."""
    symbol = code128(number)
    dots = symbol.dots(wide + symbol.margin(2), most=3)
    paper.symbol(symbol, x - symbol.margin(dots), top, dots=dots, height=11)
    paper.text(x, top + 14, number, size=7.5)


def draw_pages(paper: Paper, pages: Sequence[Page], around: Callable[[int, int], None]) -> None:
    """Each page's blocks, and around them what `around(page from 1, of how many)` draws."""
    for number, page in enumerate(pages, 1):
        around(number, len(pages))
        for top, block in page:
            block.draw(paper, LEFT, top)
        paper.next_page()
