"""The backups that lie beside a shop: their names, and which of them are good."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from backoffice.store import health, places
from backoffice.store.engine import APPLICATION_ID
from backoffice.store.header import NoHeader, header_of

REASONS = ("closing", "daily", "manual", "migration", "restore", "import")
ENDING = ".backoffice-backup"

_NAME = re.compile(rf"(?P<stamp>\d{{8}}T\d{{6}}\.\d{{6}}Z)-(?P<reason>{'|'.join(REASONS)}){re.escape(ENDING)}")
_STAMP = "%Y%m%dT%H%M%S.%fZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was proven when it was made, and is still as long as it was."""

    file: Path
    at: datetime
    reason: str
    schema: int
    size: int


def list_backups(shop: Path) -> list[Backup]:
    """The good backups of a shop, newest first, from beside it and from its second folder; also of one that is gone."""
    found: dict[str, Backup] = {}
    second = health.read(shop).second_folder
    for folder in (places.backups_of(shop), *([second_folder(shop, Path(second))] if second else [])):
        with suppress(OSError):  # a folder that cannot be looked into has nothing to offer
            for file in folder.glob(f"*{ENDING}"):
                if file.name not in found and (backup := good(file)) is not None:
                    found[file.name] = backup
    return sorted(found.values(), key=lambda each: each.at, reverse=True)


def free_name(folder: Path, now: datetime, reason: str) -> str:
    """The name of a backup made now; a free microsecond later where there is one of that moment already."""
    stamp = now.astimezone(UTC)
    taken = {file.name.partition("-")[0] for file in folder.glob(f"*{ENDING}")}
    while stamp.strftime(_STAMP) in taken:
        stamp = stamp + datetime.resolution
    return f"{stamp.strftime(_STAMP)}-{reason}{ENDING}"


def second_folder(shop: Path, folder: Path) -> Path:
    """Where in the second folder this shop's backups lie."""
    return folder / places.backups_of(shop).name


def good(file: Path) -> Backup | None:
    """The backup in this file; None where name, header or length say that it is not one of ours or not whole."""
    if _NAME.fullmatch(file.name) is None:
        return None
    try:
        header = header_of(file)
        whole = header.application == APPLICATION_ID and header.bytes == file.stat().st_size
    except (NoHeader, OSError):
        return None
    return described(file) if whole else None


def described(file: Path) -> Backup:
    """What name and header say of a backup."""
    name = _NAME.fullmatch(file.name)
    assert name is not None
    return Backup(file, moment_of(file), name["reason"], header_of(file).schema, file.stat().st_size)


def moment_of(file: Path) -> datetime:
    """When a backup was made, by its name."""
    name = _NAME.fullmatch(file.name)
    assert name is not None
    return datetime.strptime(name["stamp"], _STAMP).replace(tzinfo=UTC)
