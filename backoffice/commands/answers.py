"""How a command answers: one JSON document or a few readable lines on stdout, errors as one sentence on stderr."""

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from backoffice.core.errors import Outage, Refused
from backoffice.core.language import Language, system_language
from backoffice.core.money import Money
from backoffice.core.text import one_line
from backoffice.sentences import sentence_for
from backoffice.shop import Shop
from backoffice.store.paging import Cursor, Page

Row = TypeVar("Row")

DONE, REFUSED, FAILED = 0, 1, 3

Json = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]
ShopFile = Annotated[Path, typer.Argument(metavar="SHOP", help="The shop's file.", show_default=False)]

MOST = 2**63 - 1
"""The largest number the database keeps: what is larger names no record."""

PATIENCE = 5
"""Seconds in which a command that writes waits for a shop that another has open."""
_BETWEEN = 50  # milliseconds

_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Told(Exception):
    """A refusal or an outage while a shop was open, with the sentence for it in the shop's language."""

    def __init__(self, error: Refused | Outage, language: Language) -> None:
        super().__init__(error.code)
        self.error = error
        self.sentence = sentence_for(error, language)


def ready_streams(*, json: bool) -> None:
    """Makes stdout and stderr take every text: a name in a script the terminal does not know is no reason to fail.

    JSON is UTF-8, whatever the terminal speaks. A program without a console (Windows) has no streams at all.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # as long as the program runs
            setattr(sys, name, nowhere)
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace" if json else "replace")
            if json and name == "stdout":
                stream.reconfigure(encoding="utf-8")


def plain(value: object) -> object:
    """A value as JSON shows it: money as decimal text, moments as ISO 8601 in UTC with Z, days as ISO 8601."""
    if isinstance(value, Money | Decimal | Path):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def say_json(answer: object) -> None:
    """The one JSON document on stdout."""
    sys.stdout.write(json.dumps(plain(answer), ensure_ascii=False, indent=2) + "\n")


def say(text: str) -> None:
    """Readable lines on stdout; what a name holds of control characters would speak to the terminal, and goes."""
    sys.stdout.write(_CONTROLS.sub("", text) + "\n")


def complain(text: str) -> None:
    """One sentence on stderr."""
    sys.stderr.write(_CONTROLS.sub("", text) + "\n")


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Readable columns."""
    cells = [[str(cell) for cell in header], *([one_line(str(cell)) for cell in row] for row in rows)]
    widths = [min(max(len(row[column]) for row in cells), 44) for column in range(len(header))]
    for row in cells:
        say("  ".join(cell[:width].ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


Limit = Annotated[int, typer.Option(min=1, max=10_000, help="How many rows at most.")]
After = Annotated[str, typer.Option(help="Go on behind this cursor.")]


def say_page(page: Page[Row], *, total: int | None, row: Callable[[Row], dict[str, object]]) -> None:
    """One page of a list as JSON: the rows, how many there are in all, and the cursor to go on behind."""
    following = page.next.text() if page.next else None
    say_json({"total": total, "rows": [row(one) for one in page.rows], "next": following})


def behind(after: str) -> Cursor | None:
    """Where a list goes on; from its beginning where nothing was typed. Refuses what `Cursor.read` refuses."""
    return Cursor.read(after) if after else None


@contextmanager
def opened(path: Path, *, to_read: bool = False) -> Iterator[Shop]:
    """The shop at `path`, closed again whatever happens; a backup that fails at closing is told, and fails nothing.

    A shop that somebody else has open is looked at as it is now by a command that only wants `to_read`; one that
    writes waits PATIENCE for another command to end. What is refused inside goes on as Told, in the shop's language.
    """
    shop = _opened(path, to_read=to_read)
    language = language_of(shop)
    try:
        shop.begin_day()
        yield shop
    except (Refused, Outage) as error:
        raise Told(error, language) from error
    finally:
        if outage := shop.close():
            complain(language.words("No backup was made.") + " " + sentence_for(outage, language))


def _opened(path: Path, *, to_read: bool) -> Shop:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return Shop.open(path)
        except Refused as refused:
            if refused.code != "shop.in-use" or (not to_read and time.monotonic() >= until):
                raise
        if to_read:
            return Shop.read(path)
        time.sleep(_BETWEEN / 1000)


def language_of(shop: Shop | None) -> Language:
    """The language in which a command speaks: the shop's; where none is open, the system's."""
    return Language(shop.language if shop else system_language(os.environ))


def run(task: Callable[[], int]) -> None:
    """Runs a command's task and ends with its code; what it refuses or suffers is told by `app.main`."""
    raise typer.Exit(task())


def broken_off(code: str, message: str, *, json: bool) -> None:
    """Why there is no answer: one sentence on stderr, and with --json the same as the one document on stdout."""
    with suppress(OSError):  # the stream that is full or gone may be the very reason
        complain(message)
        if json:
            say_json({"error": {"reason": code, "message": message}})


def progress_line(label: str) -> Callable[[int, int], None]:
    """A progress line on a terminal's stderr; silent where stderr is a file or a pipe."""
    if not sys.stderr.isatty():
        return lambda _done, _all: None

    def show(done: int, whole: int) -> None:
        share = f"{done * 100 // whole:3d} %" if whole else f"{done:,}"
        sys.stderr.write(f"\r{label}  {share}" + ("\n" if whole and done >= whole else ""))
        sys.stderr.flush()

    return show
