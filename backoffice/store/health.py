"""How the last backups of a shop went, kept in a small file beside it so that it outlives a damaged shop."""

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from backoffice.core.paths import write_private
from backoffice.store import places

STALE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Health:
    """When a backup last succeeded and failed; moments are ISO 8601 in UTC, empty where there was none."""

    succeeded_at: str = ""
    file: str = ""
    """The newest backup's name."""
    faults: int = 0
    """What *Check my data* found in it: a faithful copy of a shop in which something is wrong."""
    state: str = ""
    """The shop as it was then, so that an unchanged one is not copied again; see `state_of`."""
    failed_at: str = ""
    failure: str = ""
    """The code of that failure, empty after the next success."""
    second_folder: str = ""
    second_failure: str = ""
    """The code of what went wrong in the second folder, empty when it went well."""

    def is_stale(self, now: datetime) -> bool:
        """Whether the newest success is older than 24 hours, or there is none."""
        return not self.succeeded_at or now - datetime.fromisoformat(self.succeeded_at) > STALE

    def needs_attention(self, now: datetime) -> bool:
        """Whether people should be told: a failure since the last success, or none for 24 hours."""
        return bool(self.failure or self.second_failure) or self.is_stale(now)


def read(shop: Path) -> Health:
    """The health beside the shop; a fresh one where the file is absent or makes no sense."""
    try:
        plain: Any = json.loads(places.health_of(shop).read_text(encoding="utf-8"))
        known = {field.name: field.type for field in fields(Health)}
        health = Health(**{name: value for name, value in plain.items() if known.get(name) is type(value)})
        if health.succeeded_at:
            datetime.fromisoformat(health.succeeded_at).astimezone(UTC)
    except (OSError, ValueError, AttributeError, TypeError):
        return Health()
    return health


def change(shop: Path, **values: Any) -> Health:
    """Writes the named fields beside the shop. OSError as the disk says."""
    health = replace(read(shop), **values)
    write_private(places.health_of(shop), json.dumps(asdict(health), indent=1).encode("utf-8"))
    return health


def state_of(shop: Path) -> str:
    """A fingerprint of the shop's file and of its log: their lengths, and when they were last written."""
    log = shop.with_name(f"{shop.name}-wal")
    files = [shop, log] if places.hot(shop, "-wal") else [shop]
    return " ".join(f"{found.st_size}:{found.st_mtime_ns}" for found in map(Path.stat, files))
