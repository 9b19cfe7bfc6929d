"""Customers' text made calm for a label: nothing invisible, nothing endless, no word too long for its place."""

import re

from backoffice.core.text import lines_of, one_line

BREAK = "\u200b"  # where a label may break a word that has no blank
_LONGEST_WORD = 20
_WORD = re.compile(r"\S+")


def calm(text: str, *, most: int = 600, word: int = _LONGEST_WORD) -> str:
    """Text with its line breaks, cut after `most` letters; a longer word than `word` letters can be broken.

    For a Label with wrap: 20 of the widest letters fit a page's column, 16 beside the names of its facts.
    """
    shown = "\n".join(lines_of(text[: 4 * most]))
    return _WORD.sub(lambda found: _broken(found[0], word), _cut(shown, most))


def calm_line(text: str, *, most: int = 200) -> str:
    """The same on one line, words left whole; for titles, cells and whatever cuts itself to its room."""
    return _cut(one_line(text[: 4 * most]), most)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _broken(word: str, longest: int) -> str:
    return BREAK.join(word[at : at + longest] for at in range(0, len(word), longest))
