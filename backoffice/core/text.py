"""Foreign text made safe to show, print and compare: no control characters, no tricks with its direction."""

import re
import unicodedata
from functools import cache
from typing import Literal

# Control characters, lone surrogates, invisible formatting and direction overrides (Unicode Cc, Cs, most of Cf).
# The joiners U+200C and U+200D stay: Persian and the Indic scripts are written with them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
_PLAIN = re.compile(
    "[ -~\xa1-\xac\xae-\u02ff]*"
)  # Latin letters and signs as most texts have no other: nothing to clean
_BREAKS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# Accents piled on one letter beyond what any language does: they paint over the neighbours.
_PILED = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILE = re.compile(f"({_PILED}{{8}}){_PILED}+")
# Any marks, of any script: Python sorts a run of them in quadratic time, 200 KB would take a minute.
_MARKS = re.compile(r"([^\w\s\x00-\x7f]{30})[^\w\s\x00-\x7f]+")
_LATIN = re.compile("[ -~À-ÖØ-öø-ſ]*")  # no signs but ASCII's, which nothing is done to
_NO_LETTERS = bytes(sign for sign in range(128) if not chr(sign).isalnum())
_ACCENT = re.compile("[\u0300-\u036f]")
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def one_line(text: str) -> str:
    """The text on one line: breaks and runs of blanks become one blank, what cannot be seen goes."""
    return " ".join((text if _PLAIN.fullmatch(text) else _visible(text)).split())


def lines_of(text: str) -> list[str]:
    """The text's lines, each as one_line, without the empty ones."""
    if _PLAIN.fullmatch(text):
        return [" ".join(text.split())] if text.strip() else []
    pieces = (" ".join(piece.split()) for piece in _BREAKS.split(_visible(text)))
    return [piece for piece in pieces if piece]


def _visible(text: str) -> str:
    return _PILE.sub(r"\1", _INVISIBLE.sub("", text))


def normal(text: str, form: Literal["NFC", "NFKC", "NFD", "NFKD"] = "NFC") -> str:
    """The text in a Unicode normal form, in linear time: runs of over 30 marks or signs are shortened first."""
    return unicodedata.normalize(form, _MARKS.sub(r"\1", text))


def fold(text: str) -> str:
    """The text for comparing: without case and without the accents of Latin, Greek and Cyrillic letters."""
    if text.isascii():
        return text.lower()
    if _LATIN.fullmatch(text):
        return text.translate(_latin())
    return _folded(text)


@cache
def _latin() -> dict[int, str]:
    """What folding makes of each letter of _LATIN: in these no letter changes what becomes of its neighbour."""
    return {ord(letter): _folded(letter) for letter in map(chr, range(32, 384))}


def _folded(text: str) -> str:
    bare = _ACCENT.sub("", normal(text.casefold(), "NFKD"))
    return normal(bare, "NFC").casefold().translate(_UNDECOMPOSED)


def fold_letters(text: str) -> str:
    """As fold, and only letters, digits and their marks: no blanks, no punctuation."""
    folded = fold(text)
    if folded.isascii():
        return folded if folded.isalnum() else folded.encode().translate(None, _NO_LETTERS).decode()
    return "".join(letter for letter in folded if unicodedata.category(letter)[0] in "LNM")
