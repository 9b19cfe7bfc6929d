"""What a subject line tells: the topic without Re: and Fwd:, the conversation's tag, whether two are one topic."""

import re

from backoffice.core.text import fold, one_line

LONGEST = 300
_PREFIX = re.compile(
    r"^\s*(?:(?:re|rv|fw|fwd|aw|wg|tr|rif|r|i|antw|antwort|res|enc|sv|vs|reenv|reenviado)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]"
    r"|\[(?!#)[^\]\n]{1,40}\])\s*",
    re.IGNORECASE,
)
_TAG = re.compile(r"\[#\s*([0-9A-Za-z][0-9A-Za-z-]{0,19})\s*\]")
_WORD = re.compile(r"\w+")
_SHARED = 0.5
"""From this share of common words on two subjects speak of one topic."""


def bare(subject: str) -> str:
    """The subject on one line, without what mail programs put before it and without our tag."""
    text = one_line(subject[: 4 * LONGEST])[:LONGEST]
    while found := _PREFIX.match(text):
        text = text[found.end() :]
    return " ".join(_TAG.sub(" ", text).split())


def key(subject: str) -> str:
    """For telling one topic from another: folded words only."""
    return " ".join(_WORD.findall(fold(bare(subject))))


def tags(subject: str) -> list[str]:
    """The numbers of `[#1234]` in a subject."""
    return _TAG.findall(subject[: 4 * LONGEST])


def other_topic(one: str, other: str) -> bool:
    """Whether two keys speak of different things; an empty one speaks of nothing."""
    if not one or not other or one in other or other in one:
        return False
    first, second = set(one.split()), set(other.split())
    return len(first & second) < _SHARED * min(len(first), len(second))
