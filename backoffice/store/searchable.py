"""What a record is found by besides its words as they are written: the same words as `fold` writes them.

SQLite's index takes the accents off Latin letters; it does not know that "ø" is looked for as "o", "ł" as "l", "ß" as
"ss", nor the accents of Greek and Cyrillic. Words that hold such a letter are put in a second time, folded, and what is
typed is folded before it is looked for.
"""

import re
import sqlite3
import unicodedata

from backoffice.core.text import fold, normal

_OVERLOOKED = "Ǡǡ"  # SQLite leaves them their accents


def _alike() -> str:
    """The letters beyond ASCII that the index itself writes as `fold` does: a Latin letter and its accents."""
    found = []
    for letter in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))):
        bare = unicodedata.normalize("NFD", letter)[0]
        if letter not in _OVERLOOKED and bare != letter and bare.isascii() and fold(letter) == bare.lower():
            found.append(letter)
    return "".join(found)


_BEYOND = re.compile(f"[^\\W_0-9A-Za-z{_alike()}]")


def searchable(title: str, text: str) -> str:
    """The text with the folded forms of those words of title and text that the index would write otherwise."""
    if text.isascii() and title.isascii():
        return text
    if _BEYOND.search(text) is None and _BEYOND.search(title) is None:
        return text
    words = normal(f"{title} {text}").split()
    return " ".join([text, *dict.fromkeys(fold(word) for word in words if _BEYOND.search(word))])


def teach(connection: sqlite3.Connection) -> None:
    """Lets SQL on this connection call `searchable(title, text)`."""
    connection.create_function("searchable", 2, searchable, deterministic=True)
