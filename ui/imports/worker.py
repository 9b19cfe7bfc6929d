"""What an import does in a process of its own, so that the window stays quick: looking at a file, and taking it in."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backoffice.channels.importing import run
from backoffice.channels.mapping import Mapping
from backoffice.channels.readers import MAPPED
from backoffice.channels.reading import open_table
from backoffice.core.errors import Outage, Refused
from backoffice.shop import Shop

_SHOWN = 3
_LARGE = 20_000_000


@dataclass(frozen=True)
class Looked:
    """What a file is and what would come of it; `error` where it cannot be read, `unsure` where columns need a look."""

    file: Path
    reader: str = ""
    kind: str = ""
    mapping: dict[str, Any] | None = None
    unsure: bool = False
    header: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    outcome: run.Outcome | None = None
    error: Refused | Outage | None = None


def look(
    _progress: Any, cancelled: Callable[[], bool], shop: Path, file: Path, mapping: dict[str, Any] | None
) -> Looked:
    """Recognises the file and previews it; nothing is written."""
    opened = Shop.beside(shop)
    try:
        return _look(opened, file, mapping, cancelled)
    except (Refused, Outage) as error:
        return Looked(file, error=error)
    finally:
        opened.close()


def take(progress: Any, cancelled: Callable[[], bool], shop: Path, looked: Looked) -> run.Outcome:
    """Takes the file in, after a backup where it is large."""
    opened = Shop.beside(shop)
    try:
        found = _found(opened, looked.file, looked.mapping)
        return run.apply(opened.store, found, progress=lambda done, _all: progress(done), cancelled=cancelled)
    finally:
        opened.close()


def is_large(file: Path) -> bool:
    """Whether the shop is backed up before this file."""
    return file.stat().st_size > _LARGE


def _look(opened: Shop, file: Path, mapping: dict[str, Any] | None, cancelled: Callable[[], bool]) -> Looked:
    try:
        found = _found(opened, file, mapping)
    except Refused as error:
        if error.code not in ("channels.not-recognised", "channels.looks-like"):
            raise
        table = open_table(file)
        proposed = opened.ask(run.propose, table)
        return _shown(file, table, proposed, unsure=True)
    kept = found.mapping
    if kept is not None and not kept.name:
        return _shown(file, found.table, kept, unsure=True)
    outcome = opened.ask(run.preview, found, cancelled=cancelled)
    return Looked(
        file,
        reader=found.reader.key,
        kind=run.kind_of(found).value,
        mapping=kept.to_facts() if kept else None,
        outcome=outcome,
    )


def _found(opened: Shop, file: Path, mapping: dict[str, Any] | None) -> run.Detected:
    if mapping is None:
        return opened.ask(run.detect, file)
    chosen = Mapping.from_facts(mapping)
    return run.Detected(file, open_table(file), MAPPED[chosen.kind], chosen)


def _shown(file: Path, table: Any, mapping: Mapping, *, unsure: bool) -> Looked:
    sample = tuple(tuple(row) for row in table.sample()[:_SHOWN])
    return Looked(
        file, kind=mapping.kind, mapping=mapping.to_facts(), unsure=unsure, header=tuple(table.header), sample=sample
    )
