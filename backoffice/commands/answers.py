"""How a command answers: one JSON document or a few readable lines on stdout, errors as one sentence on stderr."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from backoffice.core.language import Language
from backoffice.core.money import Money
from backoffice.shop import Shop

DONE, REFUSED, FAILED = 0, 1, 3

Json = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]
ShopFile = Annotated[Path, typer.Argument(metavar="SHOP", help="The shop's file.", show_default=False)]


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
    """One readable line on stdout."""
    sys.stdout.write(text + "\n")


def complain(text: str) -> None:
    """One sentence on stderr."""
    sys.stderr.write(text + "\n")


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Readable columns."""
    cells = [[str(cell) for cell in header], *([str(cell) for cell in row] for row in rows)]
    widths = [min(max(len(row[column]) for row in cells), 44) for column in range(len(header))]
    for row in cells:
        say("  ".join(cell[:width].ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@contextmanager
def opened(path: Path) -> Iterator[Shop]:
    """The shop at `path`, closed again whatever happens."""
    shop = Shop.open(path)
    try:
        shop.begin_day()
        yield shop
    finally:
        shop.close()


def language_of(shop: Shop | None) -> Language:
    """The language in which a command speaks: the shop's."""
    return Language(shop.language if shop else "en")


def run(task: Callable[[], int]) -> None:
    """Runs a command's task and ends with its code; what it refuses or suffers is told by `app.main`."""
    raise typer.Exit(task())


def broken_off(code: str, message: str, *, json: bool) -> None:
    """Why there is no answer: one sentence on stderr, and with --json the same as the one document on stdout."""
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
