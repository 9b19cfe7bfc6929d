"""The bundled fonts for documents made below the shipping desk: DejaVu Sans, and lines in the order they are drawn.

Helvetica, ReportLab's own, prints a black square for what it lacks, without an error.
"""

import re
from functools import cache

from arabic_reshaper import ArabicReshaper
from bidi import get_display
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from backoffice.core.paths import resource

REGULAR = "DejaVuSans"
BOLD = "DejaVuSans-Bold"

_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def font(bold: bool = False) -> str:
    """The name under which ReportLab knows DejaVu Sans or its bold, registered when first asked for."""
    name = BOLD if bold else REGULAR
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(resource(f"fonts/{name}.ttf"))))
    return name


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Points that one line takes at `size` points."""
    return float(pdfmetrics.stringWidth(text, font(bold), size))


def as_drawn(line: str) -> str:
    """One line as its signs stand from left to right: Arabic joined, what runs from the right turned round."""
    if not _FROM_THE_RIGHT.search(line):
        return line
    return str(get_display(_reshaper().reshape(line)))


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """`text` in lines of at most `room` points, not yet `as_drawn`; a word wider than the room is broken.

    Breaks in the text are kept; an empty text is one empty line.
    """
    lines = []
    for paragraph in text.splitlines() or [""]:
        current = ""
        for word in paragraph.split(" "):
            tried = f"{current} {word}" if current else word
            if width(tried, size, bold=bold) <= room:
                current = tried
                continue
            if current:
                lines.append(current)
            *full, current = _broken(word, room, size, bold)
            lines += full
        lines.append(current)
    return lines


def _broken(word: str, room: float, size: float, bold: bool) -> list[str]:
    pieces, current, taken = [], "", 0.0
    for sign in word:
        wide = width(sign, size, bold=bold)
        if current and taken + wide > room:
            pieces.append(current)
            current, taken = "", 0.0
        current, taken = current + sign, taken + wide
    return [*pieces, current]


@cache
def _reshaper() -> ArabicReshaper:
    # DejaVu has no sign for the word Allah as one ligature.
    return ArabicReshaper(configuration={"delete_harakat": True, "ARABIC LIGATURE ALLAH": False})
