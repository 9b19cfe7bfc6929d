"""Looks once through a file's bytes: which encoding it has, how many lines, and what reading must beware of."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backoffice.channels.not_csv import is_binary, what_it_is
from backoffice.core.errors import Outage, Refused

LONGEST_LINE = 16 * 1024 * 1024  # bytes; a line without an end would otherwise be taken into memory whole

_CHUNK = 1024 * 1024
_HEAD = 4096
_WEIGHED = 8  # chunks with bytes that are no UTF-8, looked at to decide what else they are
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUARDED = re.compile(rb"'[=+\-@\t\r]")
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_KANA = re.compile(rb"[\x82\x83][\x40-\x7e\x80-\xfc]")
# Bytes that are á, à, ç, é, è, ê, ù, ü on an old Mac, and nothing that stands inside a word in cp1252.
_MAC_LETTER = re.compile(rb"[a-z][\x87\x88\x8d-\x90\x9d\x9f](?=[a-z\s,;\".])|[A-Z][\x87\x88\x8d-\x90\x9d\x9f](?=[a-z])")
_NOT_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True, slots=True)
class Inspection:
    """What one pass over the bytes told."""

    encoding: str
    errors: str
    """How Python's decoder treats bytes it does not know: "strict", or "surrogateescape" for a damaged UTF-8 file."""
    size: int
    lines: int
    """Line ends counted; a last line without one is not among them."""
    lone_returns: bool
    """Some lines end with "\\r" alone."""
    ends_whole: bool
    """The last line has its end."""
    has_nul: bool
    maybe_guarded: bool
    """Some cell may begin with an apostrophe before a formula's sign."""


def inspect(path: Path) -> Inspection:
    """Look through the file once, in small pieces.

    Refused: channels.file-empty, channels.is-… for what is no CSV, channels.line-too-long(line),
    channels.bad-encoding(line). Outage channels.file-unreadable where the disk says no.
    """
    try:
        return _inspect(path)
    except OSError as error:
        raise Outage("channels.file-unreadable", file=path.name, why=error.strerror or "") from error


def _inspect(path: Path) -> Inspection:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n") and path.stat().st_size <= _HEAD:
        raise Refused("channels.file-empty", file=path.name)
    if code := what_it_is(head):
        raise Refused(code, file=path.name)
    wide = _wide_encoding(head)
    if wide:
        return _inspect_wide(path, wide)
    if is_binary(head):
        raise Refused("channels.is-binary", file=path.name)
    return _inspect_bytes(path, "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8")


def _wide_encoding(head: bytes) -> str:
    """ "utf-16", "utf-32" by their mark, "utf-16-le", "utf-16-be" by where the zeros are; "" for 8-bit files."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding if encoding != "utf-8-sig" else ""
    pairs = len(head) // 2
    if pairs < 2:
        return ""
    even, odd = head[: pairs * 2 : 2].count(0), head[1::2].count(0)
    if odd > pairs * 0.4 and even < pairs * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > pairs * 0.4 and odd < pairs * 0.05 else ""


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            yield chunk


class _Lines:
    """Counts line ends of any kind, and refuses a line without end."""

    def __init__(self) -> None:
        self.count = 0
        self.open = 0
        self.last = b""
        self.lone_returns = False

    def take(self, chunk: bytes) -> None:
        """Count this chunk's; a break of "\\r\\n" across two chunks is one."""
        ends = chunk.count(b"\n")
        returns = chunk.count(b"\r")
        if returns != ends:  # equal: every "\n" has its "\r" before it, and looking for pairs takes longest of all
            lone = returns - chunk.count(b"\r\n")
            self.lone_returns = self.lone_returns or lone > (chunk[-1:] == b"\r")
            ends += lone
        begins_new = len(chunk) - 1 - max(chunk.rfind(b"\n"), chunk.rfind(b"\r")) if ends else self.open + len(chunk)
        if begins_new > LONGEST_LINE:
            raise Refused("channels.line-too-long", line=self.count + ends + 1, limit=LONGEST_LINE // 2**20)
        self.count += ends - (self.last == b"\r" and chunk[:1] == b"\n")
        self.open, self.last = begins_new, chunk[-1:]

    @property
    def whole(self) -> bool:
        """The last line has its end."""
        return self.open == 0


def _inspect_bytes(path: Path, encoding: str) -> Inspection:
    lines, decoder = _Lines(), codecs.getincrementaldecoder("utf-8")()
    size, has_nul, guarded, is_utf8 = 0, False, False, True
    weighed: list[bytes] = []
    for chunk in _chunks(path):
        size += len(chunk)
        lines.take(chunk)
        has_nul = has_nul or b"\0" in chunk
        if not guarded and b"'" in chunk:
            guarded = chunk.endswith(b"'") or _GUARDED.search(chunk) is not None
        if is_utf8 and not (chunk.isascii() and not decoder.getstate()[0]):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
        if not chunk.isascii() and len(weighed) < _WEIGHED:
            weighed.append(chunk)
    errors = "strict"
    if not is_utf8 or decoder.getstate()[0]:
        encoding, errors = _eight_bit(path, b"".join(weighed), encoding, cut_off=is_utf8)
    return Inspection(encoding, errors, size, lines.count, lines.lone_returns, lines.whole, has_nul, guarded)


def _eight_bit(path: Path, sample: bytes, encoding: str, *, cut_off: bool) -> tuple[str, str]:
    """Which encoding a file has that is not good UTF-8, weighed on the chunks that hold more than ASCII.

    `cut_off`: only its very end is wrong.
    """
    rest, letters = _UTF8_LETTER.subn(b"", sample)
    strays = len(_HIGH.findall(rest))
    if encoding == "utf-8-sig" or letters >= (1 if cut_off else max(3, 5 * strays)):
        return encoding, "surrogateescape"  # UTF-8 with damaged places: only their rows are lost
    high = len(_HIGH.findall(sample))
    if len(_KANA.findall(sample)) * 4 >= high and _decodes(path, "cp932"):
        return "cp932", "strict"
    between = len(_MAC_LETTER.findall(sample))
    if between * 3 >= high and between:
        return "mac_roman", "strict"
    return ("latin-1" if any(_NOT_CP1252.search(chunk) for chunk in _chunks(path)) else "cp1252"), "strict"


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _inspect_wide(path: Path, encoding: str) -> Inspection:
    """UTF-16 and UTF-32: decoded piece by piece, counted as UTF-8."""
    lines, decoder = _Lines(), codecs.getincrementaldecoder(encoding)()
    size, has_nul = 0, False
    chunk = b""
    try:
        for chunk in _chunks(path):
            size += len(chunk)
            text = decoder.decode(chunk)
            has_nul = has_nul or "\0" in text
            lines.take(text.encode("utf-8"))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise Refused("channels.bad-encoding", line=lines.count + 1, encoding=encoding) from error
    return Inspection(encoding, "strict", size, lines.count, lines.lone_returns, lines.whole, has_nul, True)
