"""Foreign text made safe to show, print and compare: no control characters, no tricks with its direction."""

import re
import unicodedata

# Control characters, lone surrogates, invisible formatting and direction overrides (Unicode Cc, Cs, most of Cf).
# The joiners U+200C and U+200D stay: Persian and the Indic scripts are written with them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ACCENT = re.compile("[\u0300-\u036f]")
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def one_line(text: str) -> str:
    """The text on one line: breaks and runs of blanks become one blank, what cannot be seen goes."""
    return " ".join(_INVISIBLE.sub("", text).split())


def lines_of(text: str) -> list[str]:
    """The text's lines, each as one_line, without the empty ones."""
    return [line for line in map(one_line, _BREAK.split(text)) if line]


def fold(text: str) -> str:
    """The text for comparing: without case and without the accents of Latin, Greek and Cyrillic letters."""
    bare = _ACCENT.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFC", bare).casefold().translate(_UNDECOMPOSED)


def fold_letters(text: str) -> str:
    """As fold, and only letters, digits and their marks: no blanks, no punctuation."""
    return "".join(letter for letter in fold(text) if unicodedata.category(letter)[0] in "LNM")
