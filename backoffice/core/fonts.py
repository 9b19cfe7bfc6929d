"""The fonts of every printed page: DejaVu, embedded as subsets, and a system font for Chinese, Japanese, Korean.

Helvetica is never used: it prints a black square for what it lacks, without an error.
"""

import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from backoffice.core.paths import resource

# Streams stay binary: base 85 makes a document a quarter larger and slower to write.
rl_config.useA85 = 0

REGULAR = "DejaVuSans"
BOLD = "DejaVuSans-Bold"

# Scripts drawn one sign after the other, without shaping: a fallback font prints them right.
_EAST_ASIAN = re.compile(
    "[\u1100-\u11ff\u2e80-\u303f\u3040-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]"
)
_EAST_ASIAN_FILES = (
    *("DroidSansFallbackFull.ttf", "DroidSansFallback.ttf", "wqy-zenhei.ttc", "wqy-microhei.ttc", "uming.ttc"),
    *("ipag.ttf", "ipagp.ttf", "TakaoPGothic.ttf", "VL-PGothic-Regular.ttf", "NanumGothic.ttf"),
    *("msyh.ttc", "simsun.ttc", "msjh.ttc", "msgothic.ttc", "meiryo.ttc", "YuGothM.ttc", "malgun.ttf"),
    *("Arial Unicode.ttf", "STHeiti Light.ttc", "AppleGothic.ttf"),
)


class _Widths(dict[str, float]):
    """Advance of each character in thousandths of the type size; filled as characters are met."""

    def __init__(self, font: TTFont) -> None:
        super().__init__()
        self._of: Callable[[int], float] = font.face.getCharWidth

    def __missing__(self, character: str) -> float:
        width = self[character] = float(self._of(ord(character)))
        return width


@dataclass(frozen=True, slots=True)
class Face:
    """One font file, ready to measure and to print with."""

    name: str
    font: TTFont
    characters: frozenset[str]
    widths: _Widths


@cache
def face(bold: bool = False) -> Face:
    """DejaVu Sans, or its bold."""
    name = BOLD if bold else REGULAR
    return _load(name, resource(f"fonts/{name}.ttf"))


def _load(name: str, path: Path) -> Face:
    font = TTFont(name, str(path))
    pdfmetrics.registerFont(font)
    return Face(name, font, frozenset(map(chr, font.face.charToGlyph)), _Widths(font))


@cache
def east_asian_faces() -> tuple[Face, ...]:
    """The fonts of this computer that hold Chinese, Japanese or Korean; looked for when first needed."""
    found: list[Face] = []
    for path in _east_asian_files():
        try:
            loaded = _load(f"system-{path.stem.replace(' ', '-')}", path)
        except (TTFError, OSError, ValueError, KeyError, IndexError):
            continue  # a font with PostScript outlines, or a broken one: the next may do
        # A document cannot hold two fonts of one name, and two files may say the same.
        loaded.font.face.name += f"-{len(found)}".encode()
        found.append(loaded)
    return tuple(found)


def _east_asian_files() -> Iterator[Path]:
    stored: dict[str, Path] = {}
    for folder in _font_folders():
        for root, _folders, names in os.walk(folder):
            for name in names:
                stored.setdefault(name, Path(root) / name)
    return (stored[name] for name in _EAST_ASIAN_FILES if name in stored)


def _font_folders() -> list[Path]:
    """Where Linux, Windows and macOS keep their fonts."""
    return [
        Path("/usr/share/fonts"),
        Path.home() / ".local/share/fonts",
        Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",
        Path("/System/Library/Fonts"),
        Path("/Library/Fonts"),
    ]


def unprintable(text: str) -> list[str]:
    """The characters of `text` that no font here can print, each once, in the order they come; [] is good.

    Marks that have no picture (line ends, joiners, direction marks) count as printable: they are left out.
    """
    strange = {sign for sign in set(text) - face().characters if not _elsewhere(sign)}
    return [sign for sign in dict.fromkeys(text) if sign in strange] if strange else []


def _elsewhere(sign: str) -> bool:
    """Whether a sign that DejaVu lacks needs no picture, or another font has it."""
    if sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf"):
        return True
    return any(sign in other.characters for other in _others(sign))


def _others(sign: str) -> tuple[Face, ...]:
    return east_asian_faces() if _EAST_ASIAN.match(sign) else ()


def runs(text: str, bold: bool) -> list[tuple[Face, str]]:
    """`text` cut into pieces of one font each, in order; one piece where DejaVu has it all."""
    wanted = face(bold)
    if wanted.characters.issuperset(text):
        return [(wanted, text)]
    pieces: list[tuple[Face, str]] = []
    for sign in text:
        drawn = _face_for(sign, wanted)
        if pieces and pieces[-1][0] is drawn:
            pieces[-1] = (drawn, pieces[-1][1] + sign)
        else:
            pieces.append((drawn, sign))
    return pieces


class Subsets(dict[str, int]):
    """The numbers that a document gives to a face's signs as they are met: 256 to a subset of the font."""

    def __init__(self, drawn: Face, book: PDFDocument) -> None:
        super().__init__()
        self._font = drawn.font
        self._book = book
        self._names: list[str] = []

    def __missing__(self, sign: str) -> int:
        [(subset, code)] = self._font.splitString(sign, self._book)
        while len(self._names) <= subset:
            self._names.append(self._font.getSubsetInternalName(len(self._names), self._book))
        number = self[sign] = subset * 256 + code[0]
        return number

    def encoded(self, text: str) -> list[tuple[str, bytes]]:
        """`text` in pieces of one subset each: the subset's name in the file, the numbers of the signs."""
        numbers = [self[sign] for sign in text]
        if max(numbers, default=0) < 256:
            return [(self._names[0], bytes(numbers))] if numbers else []
        return [
            (self._names[subset], bytes(number % 256 for number in piece))
            for subset, piece in groupby(numbers, lambda number: number // 256)
        ]


def _face_for(sign: str, wanted: Face) -> Face:
    if sign in wanted.characters:
        return wanted
    regular = face()
    if sign in regular.characters:
        return regular
    return next((other for other in _others(sign) if sign in other.characters), wanted)
