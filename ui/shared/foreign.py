"""Customers' text made calm for a label: nothing invisible, nothing endless, no word too long for its place."""

import re

from backoffice.core.text import lines_of, one_line

BREAK = "\u200b"  # where a label may break a word that has no blank
_LONGEST_WORD = 20
_LONG = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")


def calm(text: str, *, most: int = 600) -> str:
    """Text with its line breaks, cut after `most` letters, long words breakable; for a Label with wrap."""
    shown = "\n".join(lines_of(text[: 4 * most]))
    return _LONG.sub(_broken, _cut(shown, most))


def calm_line(text: str, *, most: int = 200) -> str:
    """The same on one line, words left whole; for titles, cells and whatever cuts itself to its room."""
    return _cut(one_line(text[: 4 * most]), most)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _broken(found: re.Match[str]) -> str:
    word = found[0]
    return BREAK.join(word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD))
