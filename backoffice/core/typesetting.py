"""Text as it stands on paper: tidied, joined and turned where its script runs from the right, measured, wrapped."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from arabic_reshaper import ArabicReshaper

from backoffice.core import fonts
from backoffice.core.direction import as_drawn
from backoffice.core.text import lines_of, one_line

POINT = 25.4 / 72
"""One typographic point in millimetres."""

BASELINE = 0.78
"""Where in a line's height the letters stand, from its top."""

_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_STRONG = re.compile("([A-Za-z\u00c0-\u024f\u0370-\u058f])|([\u05d0-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])")
# Vowel points need placing by a shaping engine; names and streets are written without them. The joiners have done
# their work once the letters are joined.
_LEFT_OUT = re.compile("[\u200c\u200d\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]")
_BREAK_AFTER = re.compile("(?<=[-\u2010\u2013/,;])(?=[^\\s\\d])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, in the order its signs are drawn from left to right."""

    text: str
    from_right: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines that fit a box at this type size (points), `pitch` millimetres from baseline to baseline."""

    size: float
    pitch: float
    lines: tuple[Line, ...]
    bold: tuple[bool, ...]
    """Of each line, whether it is bold."""

    @property
    def height(self) -> float:
        """Millimetres from the top of the first line to the foot of the last."""
        return self.pitch * len(self.lines)

    @property
    def from_right(self) -> bool:
        """Whether most lines are of a script written from the right: then all of them stand at the right."""
        return 2 * sum(line.from_right for line in self.lines) > len(self.lines)


def tidy(text: str) -> str:
    """One line of plain text: accents composed, blanks single, marks without a picture left out."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return unicodedata.normalize("NFC", one_line(text))


def paragraphs(text: str) -> list[str]:
    """The lines of `text` as its writer broke them, each tidied, without the empty ones."""
    return [unicodedata.normalize("NFC", said) for said in lines_of(text)]


def runs_from_right(text: str) -> bool:
    """Whether the first letter with a direction belongs to a script written from the right."""
    found = _STRONG.search(text)
    return bool(found and found[2])


def _joined(text: str) -> str:
    """Arabic letters in the forms they take beside their neighbours; other scripts unchanged."""
    shaped: str = _LEFT_OUT.sub("", _reshaper().reshape(text))
    known = fonts.face().characters
    return "".join(sign if sign in known else unicodedata.normalize("NFKC", sign) for sign in shaped)


@cache
def _reshaper() -> ArabicReshaper:
    # DejaVu has no sign for the word Allah as one ligature.
    return ArabicReshaper(configuration={"delete_harakat": True, "ARABIC LIGATURE ALLAH": False})


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Millimetres that `text` takes at `size` points."""
    wanted = fonts.face(bold)
    if wanted.characters.issuperset(text):
        return sum(map(wanted.widths.__getitem__, text)) * size * POINT / 1000
    return sum(sum(map(drawn.widths.__getitem__, piece)) for drawn, piece in fonts.runs(text, bold)) * (
        size * POINT / 1000
    )


def line(text: str) -> Line:
    """`text`, already tidy, as one line."""
    said = _prepared(text)
    return _drawn(said.logical, said)


class _Prepared(NamedTuple):
    """A tidy text with its letters joined, still in the order it is read."""

    logical: str
    turns: bool
    from_right: bool


def _prepared(text: str) -> _Prepared:
    if text.isascii() or not _FROM_THE_RIGHT.search(text):
        return _Prepared(text, False, False)
    return _Prepared(_joined(text), True, runs_from_right(text))


def _drawn(piece: str, said: _Prepared) -> Line:
    """A piece of a text in the order it is drawn."""
    if not said.turns:
        return Line(piece)
    return Line(as_drawn(piece, from_right=said.from_right), said.from_right)


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> list[Line]:
    """`text`, already tidy, broken into lines of at most `room` millimetres at `size` points.

    Breaks at blanks, then after hyphens and slashes, then inside a word that is wider than the room: nothing is cut.
    """
    return _wrapped(_prepared(text), room, size, bold)


def _wrapped(said: _Prepared, room: float, size: float, bold: bool) -> list[Line]:
    if width(said.logical, size, bold=bold) <= room:
        return [_drawn(said.logical, said)]
    return [_drawn(piece, said) for piece in _broken(said.logical, room, size, bold)]


def _broken(text: str, room: float, size: float, bold: bool) -> list[str]:
    lines: list[str] = []
    current = ""
    for word in text.split():
        tried = f"{current} {word}" if current else word
        if width(tried, size, bold=bold) <= room:
            current = tried
            continue
        if current:
            lines.append(current)
        *full, current = _inside(word, room, size, bold)
        lines.extend(full)
    return [*lines, current]


def _inside(word: str, room: float, size: float, bold: bool) -> list[str]:
    """A word in pieces that fit: whole if it can, after its hyphens if that does, else sign by sign."""
    pieces, current = [], ""
    for part in _BREAK_AFTER.split(word):
        if width(current + part, size, bold=bold) <= room:
            current += part
            continue
        if current:
            pieces.append(current)
            current = ""
        for sign in part:
            if current and width(current + sign, size, bold=bold) > room:
                pieces.append(current)
                current = ""
            current += sign
    return [*pieces, current]


@lru_cache(maxsize=64)
def fit(
    texts: tuple[str, ...],
    room: tuple[float, float],
    sizes: tuple[float, float],
    *,
    leading: float = 1.2,
    bold: tuple[int, ...] = (),
) -> Fitted | None:
    """`texts` as large as the box allows: first without wrapping, then wrapped and smaller; None if it cannot be.

    `room` is (width, height) in millimetres, `sizes` (largest, smallest) in points, `bold` the places of the texts
    that are bold. Kept for a while: the same delivery option stands on hundreds of labels.
    """
    largest, smallest = sizes
    comfortable = max(smallest, largest * 0.62)
    said = [_prepared(text) for text in texts]
    size = _unwrapped(said, room, largest, leading, bold)
    if size >= comfortable:
        lines = tuple(_drawn(each.logical, each) for each in said)
        return Fitted(size, size * leading * POINT, lines, tuple(i in bold for i in range(len(lines))))
    size = _quarter(comfortable)
    while size >= smallest:
        found = _set(said, room[0], size, leading, bold)
        if found.height <= room[1] + 1e-6:
            return found
        size -= 0.25
    return None


def _unwrapped(
    said: Sequence[_Prepared], room: tuple[float, float], largest: float, leading: float, bold: Collection[int]
) -> float:
    """The size at which no line needs wrapping and all stand under one another, in quarter points."""
    if not said:
        return largest
    widest = max(width(each.logical, 1, bold=i in bold) for i, each in enumerate(said))
    across = room[0] / widest if widest else largest
    down = room[1] / (len(said) * leading * POINT)
    return min(largest, _quarter(min(across, down)))


def _quarter(size: float) -> float:
    return int(size * 4) / 4


def _set(said: Sequence[_Prepared], room: float, size: float, leading: float, bold: Collection[int]) -> Fitted:
    lines: list[Line] = []
    heavy: list[bool] = []
    for i, each in enumerate(said):
        lines += _wrapped(each, room, size, i in bold)
        heavy += [i in bold] * (len(lines) - len(heavy))
    return Fitted(size, size * leading * POINT, tuple(lines), tuple(heavy))
