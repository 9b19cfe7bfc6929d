"""Templates the shop edits: {{field}}, {{field|else}}, {{#field}}…{{/}} shown when filled. No expressions, no code.

A template is read once into its pieces and then filled as often as wanted, both in linear time. What is filled in is
text: braces in a customer's name are never looked at again.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from backoffice.core.errors import Refused

LARGEST = 200_000
"""Characters of a template, and of what one becomes."""
_DEEPEST = 20
_TAG = re.compile(
    r"\{\{[ \t]{0,9}(?P<sign>[#/]?)[ \t]{0,9}(?P<name>[a-z][a-z0-9_.]{0,60})?[ \t]{0,9}"
    r"(?:\|(?P<other>[^{}\n]{0,200}))?\}\}"
)
_STRAY = re.compile(r"\{\{[^{}\n]{0,20}|\}\}")
_GAPS = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """What is wrong and where: `at` counts characters, `line` and `column` from 1. `code` is its sentence."""

    at: int
    line: int
    column: int
    code: str
    name: str


class _Tag(NamedTuple):
    at: int
    end: int
    sign: str
    name: str
    other: str


class _Piece(NamedTuple):
    """Text, then a field. A piece that begins a section has in `beyond` where to go on when its field is empty."""

    text: str
    name: str = ""
    other: str = ""
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class Template:
    """A template in its pieces; `names` are the fields it has."""

    names: frozenset[str]
    _pieces: tuple[_Piece, ...] = field(repr=False)

    def render(self, values: Mapping[str, str], *, one_line: bool = False) -> str:
        """The text with the fields filled in; a field nobody gave is empty.

        `one_line` makes runs of blanks and breaks one blank, as a subject needs it. Refuses `mail.template-too-long`
        for more than LARGEST characters.
        """
        out: list[str] = []
        add, pieces, at, end = out.append, self._pieces, 0, len(self._pieces)
        get = values.get
        while at < end:
            text, name, other, beyond = pieces[at]
            add(text)
            at += 1
            if beyond:
                value = get(name)
                if not value or value.isspace():
                    at = beyond
            elif name:
                add(get(name) or other)
        if sum(map(len, out)) > LARGEST:  # before they are joined: a long value may stand in ten thousand places
            raise Refused("mail.template-too-long", most=LARGEST)
        made = "".join(out)
        if one_line:
            return " ".join(made.split())
        return _GAPS.sub("\n\n", made) if "\n\n\n" in made else made

    def missing(self, values: Mapping[str, str]) -> list[str]:
        """The fields that would leave a hole: shown, empty, and with nothing to say instead; each once."""
        found, at = {}, 0
        while at < len(self._pieces):
            _, name, other, beyond = self._pieces[at]
            filled = bool(values.get(name, "").strip())
            if name and not beyond and not other and not filled:
                found[name] = True
            at = beyond if beyond and not filled else at + 1
        return list(found)


def fields(text: str) -> set[str]:
    """The names of all fields in a template, known or not."""
    return {tag["name"] for tag in _TAG.finditer(text[:LARGEST]) if tag["name"]}


def check(text: str, known: Collection[str]) -> list[TemplateFault]:
    """What is wrong with a template, in the order of its places; empty where it can be used."""
    if len(text) > LARGEST:
        return [TemplateFault(LARGEST, 1, 1, "mail.template-too-long", "")]
    found: list[tuple[int, str, str]] = []
    opened: list[_Tag] = []
    for tag in _tags(text):
        if tag.name and tag.name not in known:
            found.append((tag.at, "mail.template-unknown", tag.name))
        if code := _misplaced(tag, opened):
            found.append((tag.at, code, tag.name))
    found += [(tag.at, "mail.template-unclosed", tag.name) for tag in opened]
    rest = _TAG.sub(lambda match: " " * len(match[0]), text)
    found += [(stray.start(), "mail.template-malformed", stray[0]) for stray in _STRAY.finditer(rest)]
    return _placed(text, sorted(found))


def compiled(text: str, known: Collection[str]) -> Template:
    """A template ready to be filled; the same text again costs nothing.

    Refuses `mail.bad-template` with the first fault's line and what stands there.
    """
    return _compiled(text, frozenset(known))


@lru_cache(maxsize=256)
def _compiled(text: str, known: frozenset[str]) -> Template:
    faults = check(text, known)
    if faults:
        raise Refused("mail.bad-template", line=faults[0].line, place=faults[0].name, why=faults[0].code)
    pieces: list[_Piece] = []
    opened: list[int] = []
    at = 0
    for tag in _tags(text):
        begin, end = _alone(text, tag) if tag.sign else (tag.at, tag.end)
        before = text[at : max(begin, at)]
        at = end
        if tag.sign == "/":
            pieces.append(_Piece(before))
            start = opened.pop()
            pieces[start] = pieces[start]._replace(beyond=len(pieces))
        else:
            if tag.sign:
                opened.append(len(pieces))
            pieces.append(_Piece(before, tag.name, tag.other))
    pieces.append(_Piece(text[at:]))
    return Template(frozenset(fields(text)), tuple(pieces))


def _tags(text: str) -> list[_Tag]:
    return [
        _Tag(match.start(), match.end(), match["sign"], match["name"] or "", match["other"] or "")
        for match in _TAG.finditer(text)
    ]


def _misplaced(tag: _Tag, opened: list[_Tag]) -> str:
    """The code of what is wrong with the tag where it stands; keeps account of the open sections."""
    if tag.sign == "/":
        begun = opened.pop() if opened else None
        if begun is None or tag.name not in ("", begun.name):
            return "mail.template-unopened"
    elif not tag.name:
        return "mail.template-malformed"
    elif tag.sign:
        opened.append(tag)
        if len(opened) > _DEEPEST:
            return "mail.template-deep"
    return "mail.template-malformed" if tag.sign and tag.other else ""


def _alone(text: str, tag: _Tag) -> tuple[int, int]:
    """A section's tag that has a line to itself goes with its line, so that no gap stays."""
    begins = tag.at == 0 or text[tag.at - 1] == "\n"
    return (tag.at, tag.end + 1) if begins and text[tag.end : tag.end + 1] == "\n" else (tag.at, tag.end)


def _placed(text: str, found: list[tuple[int, str, str]]) -> list[TemplateFault]:
    """Line and column of each place, counted in one pass."""
    placed, line, begin = [], 1, 0
    last = 0
    for at, code, name in found:
        line += text.count("\n", last, at)
        begin = text.rfind("\n", 0, at) + 1 if "\n" in text[last:at] else begin
        last = at
        placed.append(TemplateFault(at, line, at - begin + 1, code, name))
    return placed
