"""The demo shop's files, moved in time by whole days so that its newest order was placed today."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from backoffice.core.paths import private_folder, resource, write_private

_ISO = re.compile(rb"\b(20\d\d)-(\d\d)-(\d\d)\b")
_DAY_FIRST = re.compile(rb"\b(\d\d)/(\d\d)/(20\d\d)\b")


def description() -> dict[str, Any]:
    """The demo shop as resources/demo/shop.json tells it."""
    told: dict[str, Any] = json.loads((resource("demo") / "shop.json").read_text(encoding="utf-8"))
    return told


def move(folder: Path, *, today: date) -> list[Path]:
    """Writes the shop's CSV files into `folder` with their dates moved; the files in the order they are taken in."""
    told = description()
    by = today - date.fromisoformat(told["newest"])
    private_folder(folder)
    written = []
    for one in told["files"]:
        content = (resource("demo") / one["file"]).read_bytes()
        written.append(write_private(folder / one["file"], moved(content, by)))
    return written


def moved(content: bytes, by: timedelta) -> bytes:
    """The file's bytes with every date (2026-03-31 or 31/03/2026) moved; whatever is no date stays."""
    content = _ISO.sub(lambda found: _shift(found[0], (found[1], found[2], found[3]), by, b"%Y-%m-%d"), content)
    return _DAY_FIRST.sub(lambda found: _shift(found[0], (found[3], found[2], found[1]), by, b"%d/%m/%Y"), content)


def _shift(whole: bytes, parts: tuple[bytes, bytes, bytes], by: timedelta, form: bytes) -> bytes:
    try:
        day = date(*(int(part) for part in parts)) + by
    except ValueError:
        return whole
    return day.strftime(form.decode()).encode()
