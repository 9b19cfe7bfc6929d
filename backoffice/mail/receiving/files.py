"""Mails out of files: .eml, .mbox, and folders of them (RFC 5322, RFC 4155).

An mbox is read line by line: its Content-Length lines are not believed, a mail begins at a From_ line behind an empty
one. In folders, links are not followed and only files are taken that begin as a mail does; a file that somebody names
is taken whatever it is called.
"""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from backoffice.core.errors import Outage, Refused
from backoffice.mail.opened import OpenShop
from backoffice.mail.receiving.arriving import LARGEST, take_in
from backoffice.store.jobs import Cancelled, Progress, never, nobody_watches

AT_ONCE = 100
"""Mails of one transaction, and at most so many bytes of them."""
BYTES_AT_ONCE = 8_000_000
MOST_FILES = 1_000_000
_LINE = 65_536
_FROM = re.compile(rb"From \S.{0,200}\d{4}\s*$|From \S+@\S+\s*$|From (?:-|MAILER-DAEMON)\s")
_QUOTED = re.compile(rb">+From ")
_HEADER = re.compile(rb"[!-9;-~]{1,80}[ \t]*:")
_EMPTY = (b"\n", b"\r\n")


@dataclass(frozen=True, slots=True)
class Found:
    """One mail in a file, or why there is none: `place` counts the mails of an mbox, `fault` is a refusal's code."""

    file: Path
    place: int
    raw: bytes
    fault: str = ""


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What became of one mail of a file."""

    file: Path
    place: int
    message_id: int | None
    new: bool
    fault: str = ""


def bring_in(
    shop: OpenShop,
    paths: Sequence[Path],
    *,
    account_id: int | None = None,
    progress: Progress = nobody_watches,
    cancelled: Cancelled = never,
) -> list[BroughtIn]:
    """Takes in every mail of these files and folders, as history; to be read afterwards.

    The progress is in bytes. Stopped, it keeps what is in; begun again, it finds that known. Outage `mail.no-file`.
    """
    brought: list[BroughtIn] = []
    waiting: list[Found] = []
    for found in mails(paths, progress=progress, cancelled=cancelled):
        waiting.append(found)
        if len(waiting) >= AT_ONCE or sum(len(one.raw) for one in waiting) >= BYTES_AT_ONCE:
            brought += _take(shop, waiting, account_id)
            waiting = []
    return brought + _take(shop, waiting, account_id)


def _take(shop: OpenShop, found: Sequence[Found], account_id: int | None) -> list[BroughtIn]:
    brought = [BroughtIn(one.file, one.place, None, False, one.fault) for one in found if one.fault]
    if len(brought) == len(found):
        return brought
    brought = []
    with shop.work() as work:
        for one in found:
            if one.fault:
                brought.append(BroughtIn(one.file, one.place, None, False, one.fault))
            else:
                taken = take_in(work, one.raw, account_id=account_id, history=True)
                brought.append(BroughtIn(one.file, one.place, taken.message_id, taken.new))
    return brought


def mails(
    paths: Sequence[Path], *, progress: Progress = nobody_watches, cancelled: Cancelled = never
) -> Iterator[Found]:
    """Every mail of these files and folders, one in memory at a time. Outage `mail.no-file` for a path that is none."""
    files = [(file, named) for path in paths for file, named in _files(path)]
    sizes = [_size(file) for file, _named in files]
    whole, done = sum(sizes), 0
    for (file, named), size in zip(files, sizes, strict=True):
        if cancelled():
            return
        for found in _in_file(file, size, named=named):
            if cancelled():
                return
            yield found
        done += size
        progress(done, whole)


def _files(path: Path) -> Iterator[tuple[Path, bool]]:
    """The files a path means, in order, and whether somebody named them."""
    if path.is_file():
        yield path, True
        return
    if not path.is_dir():
        raise Outage("mail.no-file", file=path.name)
    count = 0
    for folder, inner, names in os.walk(path, followlinks=False):
        inner.sort()
        for name in sorted(names):
            file = Path(folder, name)
            if not stat.S_ISREG(file.lstat().st_mode):
                continue  # a link, a pipe, a device
            count += 1
            if count > MOST_FILES:
                raise Refused("mail.too-many-files", most=MOST_FILES)
            yield file, False


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _in_file(file: Path, size: int, *, named: bool) -> Iterator[Found]:
    try:
        with file.open("rb") as stream:
            first = stream.readline(_LINE)
            while first in _EMPTY:
                first = stream.readline(_LINE)
            if first.startswith(b"From ") and _FROM.match(first):
                yield from _in_mbox(file, stream)
            elif not named and not (_HEADER.match(first) or file.suffix.lower() == ".eml"):
                yield Found(file, 0, b"", "mail.not-a-mail-file")
            elif not first:
                yield Found(file, 0, b"", "mail.empty-file")
            elif size > LARGEST:
                yield Found(file, 0, b"", "mail.too-large")
            else:
                stream.seek(0)
                yield Found(file, 0, stream.read(LARGEST + 1)[:LARGEST])
    except OSError:
        yield Found(file, 0, b"", "mail.cannot-open")


def _in_mbox(file: Path, stream: IO[bytes]) -> Iterator[Found]:
    """The mails of an mbox behind its first From_ line; one quoting sign before a body's "From " is taken off."""
    lines: list[bytes] = []
    size = place = 0
    after_empty, at_start = False, True
    while line := stream.readline(_LINE):
        if at_start and after_empty and line.startswith(b"From ") and _FROM.match(line):
            place += 1
            yield _of_mbox(file, place, lines, size)
            lines, size, after_empty = [], 0, False
            continue
        size += len(line)
        if size <= LARGEST:
            lines.append(line[1:] if at_start and _QUOTED.match(line) else line)
        else:
            lines.clear()
        after_empty = at_start and line in _EMPTY
        at_start = line.endswith(b"\n")
    yield _of_mbox(file, place + 1, lines, size)


def _of_mbox(file: Path, place: int, lines: list[bytes], size: int) -> Found:
    if size > LARGEST:
        return Found(file, place, b"", "mail.too-large")
    if lines and lines[-1] in _EMPTY:
        lines = lines[:-1]  # the empty line before the next From_ is the format's own
    raw = b"".join(lines)
    return Found(file, place, raw, "" if raw.strip() else "mail.empty-file")
