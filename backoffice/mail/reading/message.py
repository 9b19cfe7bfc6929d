"""A mail's parts (RFC 5322, RFC 2046) as slices of its bytes: nothing is copied or decoded before somebody asks.

The standard library's parser reads line by line, takes several times as long as all our reading, and raises on
deep nesting. The tests hold this splitter against its compat32 policy, mail by mail.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from backoffice.mail.reading.headers import Headers, parameters

LARGEST = 25 * 2**20
"""Bytes of a mail that is read at all."""
_DEEPEST = 40
_MOST_PARTS = 1_000
_BLANK_LINE = re.compile(rb"\n\r?\n")
_FIELD = re.compile(r"([!-9;-~]*)[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)(?:\n|\Z)")
_LINE = re.compile(r"(?:From |>From |[ \t])[^\n]*(?:\n|\Z)")
_LINE_END = re.compile(rb"[ \t]*(?:\r?\n|\Z)")
_MOST_HEADERS = 5_000
_LONGEST_REPORT = 500_000


class Unreadable(Exception):
    """A mail that cannot be read; `code` says why: mail.unreadable-large, -nested, -parts, -empty or -fault."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Node:
    """One part of a mail: its headers, and where its body lies in the mail's bytes."""

    headers: Headers
    raw: bytes
    start: int
    end: int
    media_type: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    parts: list["Node"] = field(default_factory=list)

    @property
    def body(self) -> bytes:
        """As it came, still in its transfer encoding."""
        return self.raw[self.start : self.end]

    def walk(self) -> Iterator["Node"]:
        """This part and all within it, in their order; not the parts of mails it carries."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.parts))


def split(raw: bytes) -> Node:
    """The mail's parts. Unreadable where it is too large, too deep, in too many parts or nothing at all."""
    if len(raw) > LARGEST:
        raise Unreadable("mail.unreadable-large")
    if not raw.strip():
        raise Unreadable("mail.unreadable-empty")
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    root = _node(raw, 0, len(raw), "text/plain")
    waiting, count = [(root, 1)], 1
    while waiting:
        node, depth = waiting.pop()
        if not node.media_type.startswith("multipart/"):
            continue
        if depth > _DEEPEST:
            raise Unreadable("mail.unreadable-nested")
        node.parts = _parts(node, _MOST_PARTS - count)
        count += len(node.parts)
        waiting += [(part, depth + 1) for part in node.parts]
    return root


def carried(node: Node) -> Node | None:
    """The headers and body of the mail that a message/rfc822 part carries; None for one that is empty."""
    body = node.body.lstrip(b"\r\n")
    return _node(body, 0, len(body), "text/plain") if body else None


def header_blocks(raw: bytes) -> list[Headers]:
    """Groups of fields set apart by blank lines, as message/delivery-status has them (RFC 3464, 2.1)."""
    blocks: list[Headers] = []
    at, end = 0, min(len(raw), _LONGEST_REPORT)
    while at < end and len(blocks) < _MOST_PARTS:
        headers, after = _headers(raw, at, end)
        if headers:
            blocks.append(headers)
        if after == at:  # no fields here: on to the next group
            blank = _BLANK_LINE.search(raw, at, end)
            after = blank.end() if blank else end
        at = after
    return blocks


def _node(raw: bytes, start: int, end: int, usual: str) -> Node:
    headers, body = _headers(raw, start, end)
    node = Node(headers, raw, body, end, usual)
    stated = headers.first("content-type")
    if stated:
        node.media_type, node.parameters = parameters(stated)
        if node.media_type.count("/") != 1 or node.media_type[0] == "/" or node.media_type[-1] == "/":
            node.media_type = "text/plain"  # RFC 2045, 5.2
    return node


def _headers(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """The fields from start on, and where the body begins: after a blank line, or at what is no field."""
    if raw.startswith((b"\n", b"\r\n"), start):
        return Headers(), raw.index(b"\n", start) + 1
    blank = _BLANK_LINE.search(raw, start, end)
    stop = blank.start() + 1 if blank else end
    block = raw[start:stop].decode("ascii", "surrogateescape")
    headers, at = Headers(), 0
    while at < len(block):
        for found in _FIELD.finditer(block, at):
            if found.start() != at:
                break
            at = found.end()
            if len(headers) < _MOST_HEADERS:
                headers.add(found[1], found[2])
        skipped = _LINE.match(block, at)
        if skipped is None:
            break
        at = skipped.end()
    if at < len(block):
        return headers, start + at
    return headers, blank.end() if blank else end


def _parts(node: Node, most: int) -> list[Node]:
    boundary = node.parameters.get("boundary", "").rstrip()
    if not boundary:
        node.media_type = "text/plain"
        return []
    usual = "message/rfc822" if node.media_type == "multipart/digest" else "text/plain"
    found: list[Node] = []
    begun = -1
    for line, after, last in _borders(node, b"--" + boundary.encode("utf-8", "surrogateescape")):
        if begun >= 0:
            found.append(_node(node.raw, begun, max(begun, line), usual))
        begun = -1 if last else after
        if len(found) > most:
            raise Unreadable("mail.unreadable-parts")
        if last:
            break
    if 0 <= begun < node.end:
        found.append(_node(node.raw, begun, node.end, usual))  # cut off before its last border
    if not found:
        node.media_type = "text/plain"
    return found


def _borders(node: Node, border: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where each border line begins (the line end before it is the border's), where it ends, if it is the last."""
    raw, at = node.raw, node.start
    while (found := raw.find(border, at, node.end)) >= 0:
        at = after = found + len(border)
        if found > node.start and raw[found - 1] != 10:
            continue
        last = raw.startswith(b"--", after)
        line_end = _LINE_END.match(raw, after + 2 if last else after, node.end)
        if line_end is None:
            continue
        line = found - 1 if found > node.start else found
        if line > node.start and raw[line - 1] == 13 and found > node.start:
            line -= 1
        yield line, line_end.end(), last
        at = line_end.end()
