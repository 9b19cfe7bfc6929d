"""What a mail says and what it carries: its text, its HTML and its files out of its parts (RFC 2046, RFC 2183)."""

import binascii
import re
from dataclasses import dataclass, field
from html import escape

from backoffice.mail.reading.charsets import decode, plain
from backoffice.mail.reading.headers import parameters, subject, unbase64
from backoffice.mail.reading.message import Node, carried
from backoffice.mail.reading.names import file_name, given

LONGEST_TEXT = 1_000_000
"""Letters of text shown; a text part beyond is cut and also kept whole as a file."""
_META = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_HEAD = 2_048
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\n]*\n", re.MULTILINE)
_QUIET = {"message/delivery-status", "message/disposition-notification", "message/feedback-report"}
_VARIANTS = {"text/x-amp-html", "text/watch-html", "text/enriched", "text/x-web-html"}


@dataclass(frozen=True, slots=True)
class Part:
    """A file in a mail: its safe name, its type, its Content-ID without brackets, its bytes."""

    name: str
    media_type: str
    cid: str
    content: bytes


@dataclass(slots=True)
class Said:
    """One stretch of the body: as plain text, as HTML, or the same thing in both ways."""

    plain: str | None = None
    html: str | None = None


@dataclass(slots=True)
class Body:
    """Everything a mail holds: what is said, in order, and the files."""

    said: list[Said] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What was said in plain text; "" where some stretch has HTML only, or all plain text is empty."""
        stretches = [each.plain for each in self.said if each.plain is not None]
        if len(stretches) < len(self.said) or not any(each.strip() for each in stretches):
            return ""
        return _together([each for each in stretches if each.strip()])[:LONGEST_TEXT]

    @property
    def html(self) -> str:
        """What was said in HTML, plain stretches between escaped; "" where no stretch has any."""
        if all(each.html is None for each in self.said):
            return ""
        return "\n".join(
            each.html if each.html is not None else f"<pre>{escape(each.plain or '')}</pre>" for each in self.said
        )


def body_of(root: Node) -> Body:
    """The mail's body and files; never raises, whatever encoding or charset a part claims."""
    body = Body()
    _read(root, body, alternative=None)
    return body


def content(node: Node) -> bytes:
    """The part's bytes without their transfer encoding; what cannot be decoded stays as it came."""
    encoding = node.headers.first("content-transfer-encoding").split(";")[0].strip(" \"'").lower()
    raw = node.body
    try:
        if encoding == "base64":
            return unbase64(raw)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(raw)
        if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
            return _uudecoded(raw)
    except binascii.Error:
        return raw
    return raw


def text_of(node: Node) -> str:
    """The part's text, line feeds only."""
    raw = content(node)
    charset = node.parameters.get("charset", "")
    if not charset and node.media_type == "text/html" and (stated := _META.search(raw[:_HEAD])):
        charset = stated[1].decode("ascii")
    return plain(decode(raw, charset))


def _read(node: Node, body: Body, alternative: Said | None) -> None:
    """Sorts one part into the body; within an alternative all that is said belongs to one stretch."""
    if node.media_type == "multipart/alternative" and alternative is None:
        alternative = Said()
        body.said.append(alternative)
        for part in node.parts:
            _read(part, body, alternative)
        if alternative.plain is None and alternative.html is None:
            body.said.remove(alternative)
    elif node.parts:
        for part in node.parts:
            _read(part, body, alternative)
    elif node.media_type in ("text/plain", "text/html") and not _is_file(node):
        _say(node, body, alternative)
    elif node.media_type not in _QUIET and not (alternative and node.media_type in _VARIANTS):
        body.files.append(_file(node, len(body.files) + 1))


def _say(node: Node, body: Body, alternative: Said | None) -> None:
    said = alternative
    if said is None:
        said = Said()
        body.said.append(said)
    words = text_of(node)
    if node.media_type == "text/html":
        said.html = words if said.html is None else f"{said.html}\n{words}"
    else:
        said.plain = words if said.plain is None else _together([said.plain, words])
    if len(words) > LONGEST_TEXT:
        body.files.append(_file(node, len(body.files) + 1))


def _is_file(node: Node) -> bool:
    stated, _ = parameters(node.headers.first("content-disposition"))
    return stated == "attachment" or bool(given(node).strip())


def _file(node: Node, number: int) -> Part:
    cid = node.headers.first("content-id").strip("<> \t")[:200]
    if node.media_type == "message/rfc822":
        mail = carried(node)
        named = file_name(node, number, subject(mail.headers) if mail else "")
        return Part(named, node.media_type, cid, content(node))
    return Part(file_name(node, number), node.media_type, cid, content(node))


def _together(stretches: list[str]) -> str:
    """Stretches one after the other, each begun on a line of its own."""
    ended = (each if each.endswith("\n") else f"{each}\n" for each in stretches[:-1])
    return "".join([*ended, *stretches[-1:]])


def _uudecoded(raw: bytes) -> bytes:
    begun = _UU_BEGIN.search(raw)
    if begun is None:
        return raw
    out = bytearray()
    for line in raw[begun.end() :].splitlines():
        if line.strip() in (b"end", b"`", b""):
            break
        out += binascii.a2b_uu(line[: 1 + (((line[0] - 32) & 63) * 4 + 5) // 3])
    return bytes(out)
