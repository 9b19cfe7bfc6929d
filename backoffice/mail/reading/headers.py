"""A part's header fields (RFC 5322), read tolerantly: encoded words, raw 8-bit, parameters, dates, Message-IDs."""

import binascii
import email.utils
import re
from collections.abc import Iterator, Set
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from backoffice.core.text import one_line
from backoffice.mail.reading.charsets import decode

_LONGEST = 20_000  # letters of one field that are looked at
_LONGEST_SUBJECT = 1_000
_SHORT = 200  # letters of a value worth remembering: most mails say the same
_MOST_IDS = 200
_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?((?:[^?]|\?(?!=)){0,2000})\?=")
_PARAMETER = re.compile(r';[ \t\n]*([^\s=;"]+)[ \t\n]*=[ \t\n]*("(?:[^"\\]|\\.)*"|[^;]*)', re.DOTALL)
_CONTINUED = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")
_QUOTED_PAIR = re.compile(r"\\(.)", re.DOTALL)
_ID = re.compile(r"<([^<>]{1,998})>")
_COMMENT = re.compile(r"\([^()]*\)")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


class Headers:
    """Header fields by name, whatever its case; each name's values in their order, as they came."""

    __slots__ = ("_fields", "_size")

    def __init__(self) -> None:
        self._fields: dict[str, list[str]] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def names(self) -> Set[str]:
        """Every name there is, in lower case."""
        return self._fields.keys()

    def add(self, name: str, value: str) -> None:
        """One more field; the value may be folded and hold raw bytes as lone surrogates."""
        self._fields.setdefault(name.lower(), []).append(value)
        self._size += 1

    def all(self, name: str) -> list[str]:
        """Every value under the name (lower case), unfolded, stripped, undecoded."""
        return [_unfolded(value) for value in self._fields.get(name, ())]

    def first(self, name: str) -> str:
        """The first value under the name (lower case), unfolded, stripped, undecoded; "" without one."""
        values = self._fields.get(name)
        return _unfolded(values[0]) if values else ""


def text(value: str) -> str:
    """A field's value as a person reads it, on one line: encoded words (RFC 2047) and raw bytes decoded."""
    return one_line(decoded(value))


def subject(headers: Headers) -> str:
    """The subject on one line, at most 1,000 letters."""
    return text(headers.first("subject"))[:_LONGEST_SUBJECT]


def decoded(value: str) -> str:
    """The value with its encoded words and raw bytes decoded; what is no encoded word stays as it is."""
    if not value.isascii():
        value = decode(value.encode("utf-8", "surrogateescape"))
    if "=?" not in value:
        return value
    out: list[str] = []
    end, kept, charset = 0, b"", ""
    for found in _WORD.finditer(value):
        between = value[end : found.start()]
        raw = _word(found[2], found[3])
        if end and not between.strip() and kept and charset == found[1].lower():
            kept += raw  # a letter may be cut in two by the border of two words
        else:
            out.append(decode(kept, charset))
            if not end or between.strip():
                out.append(between)
            kept, charset = raw, found[1].lower()
        end = found.end()
    return "".join([*out, decode(kept, charset), value[end:]])


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """A structured value's first word in lower case, and its parameters by name (RFC 2045, RFC 2231)."""
    return _parameters(value) if len(value) < _SHORT else _parameters.__wrapped__(value)


@lru_cache(maxsize=512)
def _parameters(value: str) -> tuple[str, dict[str, str]]:
    head, _, _ = value.partition(";")
    found: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for each in _PARAMETER.finditer(value):
        name, given = each[1].lower(), each[2].strip()
        if given.startswith('"'):
            given = _QUOTED_PAIR.sub(r"\1", given[1:-1] if len(given) > 1 and given.endswith('"') else given[1:])
        if "*" not in name:
            found.setdefault(name, given)
        elif part := _CONTINUED.fullmatch(name):
            pieces.setdefault(part[1], {}).setdefault(int(part[2] or 0), (given, bool(part[3])))
    for name, parts in pieces.items():
        found[name] = _joined(parts)
    return "".join(_COMMENT.sub("", head).split()).lower(), found


def moment(headers: Headers) -> datetime | None:
    """What the Date field says, in UTC, which it also is without a zone; None where it says no time."""
    value = headers.first("date")
    if not value:
        return None
    try:
        found = email.utils.parsedate_to_datetime(value[:200])
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def ids(headers: Headers, name: str) -> tuple[str, ...]:
    """The Message-IDs of a field with their brackets, each once, in order; at most 200: the first and the last."""
    found: dict[str, None] = {}
    for value in headers.all(name):
        inside = ["".join(each.split()) for each in _ID.findall(value)]
        if not inside:  # some programs leave the brackets out
            inside = [each.strip("<>,;") for each in value.split() if "@" in each.strip("<>,;@")]
        found.update((f"<{one_line(each)}>", None) for each in inside if each)
    listed = tuple(found)
    return listed if len(listed) <= _MOST_IDS else (listed[0], *listed[1 - _MOST_IDS :])


def _unfolded(value: str) -> str:
    return value.replace("\r", "").replace("\n", "").strip()[:_LONGEST]


def _word(encoding: str, written: str) -> bytes:
    raw = written.encode("utf-8", "surrogatepass")
    if encoding in "qQ":
        return binascii.a2b_qp(raw, header=True)
    return unbase64(raw)


def unbase64(raw: bytes) -> bytes:
    """The bytes base64 stands for; signs that are not of it are skipped, an odd end is left out."""
    try:
        return binascii.a2b_base64(raw)
    except binascii.Error:
        kept = _NOT_BASE64.sub(b"", raw)
        kept = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    """RFC 2231: the pieces in order; those marked are percent-encoded, the first names the charset."""
    raw, charset = b"", ""
    for number in sorted(parts):
        given, encoded = parts[number]
        if encoded:
            if number == min(parts) and given.count("'") >= 2:
                charset, _, given = given.split("'", 2)
            raw += unquote_to_bytes(given.encode("utf-8", "surrogateescape"))
        else:
            raw += given.encode("utf-8", "surrogateescape")
    return decode(raw, charset)
