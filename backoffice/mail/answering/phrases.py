"""Phrases that speak for a topic: found in what somebody wrote, and not where it is denied.

A phrase is met when its words come in their order within one sentence, with at most two others between each. Case and
accents do not count. "Ha llegado" is not met by "no ha llegado"; "no ha llegado" is.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from backoffice.core.text import fold

MOST_WORDS = 2_000
"""So many words of a mail are looked at."""
BETWEEN = 2
DENIED_WITHIN = 3
"""A word of denial so many words before a phrase turns it around."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.!?;\n]")
_ENDS = frozenset(".!?;\n")
_DENIALS = frozenset(("no", "not", "never", "nunca", "jamas", "tampoco", "ni", "sin", "without", "cannot", "nor"))


class Weighted(NamedTuple):
    """A phrase and how much it says."""

    phrase: str
    weight: int


class Evidence(NamedTuple):
    """Where a phrase was met: characters from `start` to `end` of the text; both 0 where it was in the subject."""

    start: int
    end: int
    phrase: str
    weight: int


class _Word(NamedTuple):
    folded: str
    start: int
    end: int
    sentence: int


class Read(NamedTuple):
    """A text made ready for looking at: its words, and where each word stands."""

    words: tuple[_Word, ...]
    places: Mapping[str, Sequence[int]]


def read(text: str) -> Read:
    """The first MOST_WORDS words of a text, each folded and with its place."""
    words: list[_Word] = []
    places: dict[str, list[int]] = {}
    sentence = 0
    for match in _WORD.finditer(text):
        if match[0] in _ENDS:
            sentence += 1
            continue
        folded = fold(match[0].replace("’", "'"))
        places.setdefault(folded, []).append(len(words))
        words.append(_Word(folded, match.start(), match.end(), sentence))
        if len(words) == MOST_WORDS:
            break
    return Read(tuple(words), places)


def met(text: Read, phrases: Sequence[Weighted]) -> tuple[Evidence, ...]:
    """The phrases that are met, each once; of two that overlap the one that says more. In the order of the text."""
    found: list[Evidence] = []
    for phrase in sorted(phrases, key=lambda each: (-each.weight, -len(each.phrase))):
        evidence = _first(text, phrase, found)
        if evidence is not None:
            found.append(evidence)
    return tuple(sorted(found))


def _first(text: Read, phrase: Weighted, taken: Sequence[Evidence]) -> Evidence | None:
    """The first place where the phrase is met, is not denied, and nothing stronger was met."""
    wanted = _words(phrase.phrase)
    if not wanted:
        return None
    denies = any(_is_denial(word) for word in wanted)
    for first in text.places.get(wanted[0], ()):
        last = _end(text.words, first, wanted)
        if last is None or (not denies and _is_denied(text.words, first, last)):
            continue
        start, end = text.words[first].start, text.words[last].end
        if all(end <= each.start or each.end <= start for each in taken):
            return Evidence(start, end, phrase.phrase, phrase.weight)
    return None


def _end(words: Sequence[_Word], first: int, wanted: Sequence[str]) -> int | None:
    at = first
    for word in wanted[1:]:
        reach = range(at + 1, min(at + 2 + BETWEEN, len(words)))
        near = next((n for n in reach if words[n].folded == word), None)
        if near is None or words[near].sentence != words[first].sentence:
            return None
        at = near
    return at


def _is_denied(words: Sequence[_Word], first: int, last: int) -> bool:
    """Whether a word of denial stands shortly before the phrase or inside it, in the same sentence."""
    near = words[max(0, first - DENIED_WITHIN) : last]
    return any(word.sentence == words[first].sentence and _is_denial(word.folded) for word in near)


def _is_denial(word: str) -> bool:
    return word in _DENIALS or word.endswith("n't")


@lru_cache(maxsize=4096)
def _words(phrase: str) -> tuple[str, ...]:
    return tuple(fold(match[0].replace("’", "'")) for match in _WORD.finditer(phrase) if match[0] not in _ENDS)
