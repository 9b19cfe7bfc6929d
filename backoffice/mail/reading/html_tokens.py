"""HTML cut into tags and text, in linear time whatever comes; for reading only, never for deciding what is safe."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
"""Tags that begin and end a line."""
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_REST = re.compile(r"""[^<>"']*(?:(?:"[^"<>]*"|'[^'<>]*')[^<>"']*){0,50}>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z:-]{1,30})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""")
_SILENT = ("script", "style", "title", "head", "template", "noscript")
_LONGEST_TAG = 20_000
_BEGIN = re.compile(r"<(?=[a-zA-Z/!?])")
MOST = 100_000
"""Tokens that are read; no honest mail has so many."""


class Kind(Enum):
    """What a token is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"


@dataclass(slots=True)
class Token:
    """A stretch of text or a tag; `start` and `end` are its place in the HTML."""

    kind: Kind
    name: str
    text: str
    start: int
    end: int

    def attribute(self, name: str) -> str:
        """The tag's attribute, as written; "" without one."""
        for found in _ATTRIBUTE.finditer(self.text[:_LONGEST_TAG]):
            if found[1].lower() == name:
                return found[2] or found[3] or found[4] or ""
        return ""


def tokens(html: str) -> Iterator[Token]:
    """Its tags and texts in order, without comments and without what scripts, styles and the head hold."""
    at, size = 0, len(html)
    missing: set[str] = set()
    for _ in range(MOST):
        if at >= size:
            return
        found = _BEGIN.search(html, at)
        begun = found.start() if found else size
        if begun > at:
            yield Token(Kind.TEXT, "", html[at:begun], at, begun)
        if begun == size:
            return
        at = _skipped(html, begun, missing)
        if at > begun:
            continue
        tag = _TAG.match(html, begun)
        if tag is None:
            yield Token(Kind.TEXT, "", "<", begun, begun + 1)
            at = begun + 1
            continue
        rest = _REST.match(html, tag.end(), tag.end() + _LONGEST_TAG)
        at = rest.end() if rest else _next(html, tag.end(), ">", missing)
        name = tag[2].lower()
        if name in _SILENT and not tag[1]:
            at = _after(html, name, at, missing)
        else:
            kind = Kind.CLOSE if tag[1] else Kind.OPEN
            yield Token(kind, name, html[tag.end() : min(at, tag.end() + _LONGEST_TAG)], begun, at)


def _skipped(html: str, begun: int, missing: set[str]) -> int:
    """Behind a comment or declaration that begins here; `begun` itself where none does."""
    if html.startswith("<!--", begun):
        return _next(html, begun + 4, "-->", missing)
    if html.startswith(("<!", "<?"), begun):
        return _next(html, begun, ">", missing)
    return begun


def _next(html: str, at: int, sign: str, missing: set[str]) -> int:
    """Behind the next `sign`; where there is none, all the rest belongs to it. Asked once, so that it stays linear."""
    found = -1 if sign in missing else html.find(sign, at)
    if found < 0:
        missing.add(sign)
        return len(html) if sign == ">" else min(at, len(html))
    return found + len(sign)


def _after(html: str, name: str, at: int, missing: set[str]) -> int:
    """Behind the end tag of something silent; a head that is never closed ends at the body."""
    if name in missing:
        return at
    end = r"</head\s*>|<body\b" if name == "head" else rf"</{name}\b[^>]{{0,100}}>"
    found = re.compile(end, re.IGNORECASE).search(html, at)
    if found is None:
        missing.add(name)
        return at
    return found.start() if found[0].lower().startswith("<body") else found.end()
