"""Tells files that are no CSV by their first bytes, so that the refusal can name what they are."""

import re

# (first bytes, the refusal's code). Signatures as each format's specification gives them.
_SIGNATURES = (
    (b"%PDF", "channels.is-pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "channels.is-old-excel"),
    (b"SQLite format 3\x00", "channels.is-database"),
    (b"\x1f\x8b", "channels.is-archive"),
    (b"7z\xbc\xaf\x27\x1c", "channels.is-archive"),
    (b"Rar!\x1a\x07", "channels.is-archive"),
    (b"\x89PNG\r\n", "channels.is-picture"),
    (b"\xff\xd8\xff", "channels.is-picture"),
    (b"GIF8", "channels.is-picture"),
    (b"{\\rtf", "channels.is-document"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_WORKBOOK = (b"xl/", b"[Content_Types].xml", b"opendocument.spreadsheet")
_WEB_PAGE = re.compile(rb"(?is)\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body|table)\b")
_XML = re.compile(rb"\s*<(?:\?xml|[a-z][\w:.-]*[\s>/])", re.IGNORECASE)
_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[{\[\]])")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_TOLERATED = 0.05  # control characters among the first bytes; a text file with a few NULs is still a text file


def what_it_is(head: bytes) -> str:
    """The refusal's code for a file that begins with these bytes; "" where it may be a CSV."""
    for signature, code in _SIGNATURES:
        if head.startswith(signature):
            return code
    if head.startswith(_ZIP):
        return "channels.is-excel" if any(part in head for part in _WORKBOOK) else "channels.is-archive"
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _WEB_PAGE.match(text):
        return "channels.is-web-page"
    if _XML.match(text):
        return "channels.is-xml"
    if _JSON.match(text):
        return "channels.is-json"
    return ""


def is_binary(head: bytes) -> bool:
    """Whether an 8-bit file's first bytes are no text at all."""
    return len(_CONTROL.findall(head)) > len(head) * _TOLERATED
