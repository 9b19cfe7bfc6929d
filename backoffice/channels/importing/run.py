"""An import from end to end: detect, preview, apply in batches that can be stopped and gone on with."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from sqlmodel import Session

from backoffice.channels import queries
from backoffice.channels.candidates import Candidate, RawRow, Rejected, rows_of
from backoffice.channels.fields import lacking
from backoffice.channels.importing import batches, orders, product_files, stock_files
from backoffice.channels.importing.taking import Taking
from backoffice.channels.importing.verdicts import Tally, Verdict, What
from backoffice.channels.interface import Kind, Reader, ReadSettings
from backoffice.channels.mapped_rows import settled
from backoffice.channels.mapping import Mapping, signature
from backoffice.channels.model import BatchState
from backoffice.channels.proposing import is_sure, propose_mapping
from backoffice.channels.readers import MAPPED, READERS, reader_called
from backoffice.channels.reading import Table, open_table
from backoffice.core.collecting import seldom_collected
from backoffice.core.crash import crash
from backoffice.core.errors import Refused
from backoffice.settings import queries as settings
from backoffice.store.unit_of_work import Store

CHUNK = 1000
_NAMED = 8
"""So many columns of a file are named in a refusal."""
LARGEST_MAPPING = 200_000  # bytes
SURE = 0.6
"""A reader that is less sure than this of a header is not chosen by itself."""

Progress = Callable[[int, int], None]
_ROOMS: dict[Kind, Any] = {Kind.ORDERS: orders, Kind.PRODUCTS: product_files, Kind.STOCK: stock_files}


@dataclass(frozen=True, slots=True)
class Detected:
    """What a file is taken for."""

    path: Path
    table: Table
    reader: Reader
    mapping: Mapping | None

    @property
    def channel(self) -> str:
        """The channel its records belong to."""
        return (self.mapping.channel if self.mapping else "") or self.reader.channel


@dataclass(slots=True)
class Outcome:
    """What an import did, or in a preview would do."""

    file: Path
    detected: str
    channel: str
    tally: Tally = field(default_factory=Tally)
    batch_id: int | None = None
    stopped: bool = False


def detect(session: Session, path: Path, *, reader: str = "", mapping: str = "", kind: str = "") -> Detected:
    """Opens the file and chooses its reader by the header, or the one that is named.

    `mapping` is the name of a remembered one, or a file (ending .json) that `Mapping.to_json` wrote; `kind` says what
    a file holds whose columns are then matched by their names.
    Refuses what `open_table` refuses, `channels.unknown-reader`, `channels.unknown-mapping`, `channels.looks-like`
    where a column is missing, and `channels.not-recognised` where no reader is sure, no mapping is remembered for this
    header, and the columns' names do not say for certain what they mean.
    """
    table = open_table(path)
    if mapping:
        return _mapped(path, table, _mapping(session, mapping))
    if reader:
        return _named(session, path, table, reader)
    if kind:
        return _proposed(session, path, table, kind)
    sure, place = max((one.detect(table.header), -at) for at, one in enumerate(READERS))
    if sure >= SURE:
        return Detected(path, table, READERS[-place], None)
    remembered = queries.mapping_for(session, signature(table.header))
    if remembered is not None:
        return _mapped(path, table, Mapping.from_facts(remembered.mapping))
    return _proposed(session, path, table, "")


def _proposed(session: Session, path: Path, table: Table, kind: str) -> Detected:
    """By the columns' names alone; where nobody said what the file holds, only if they leave no doubt."""
    proposed = propose(session, table, kind=kind)
    columns = ", ".join(table.header[:_NAMED]) + ("…" if len(table.header) > _NAMED else "")
    missing = lacking(proposed.kind, proposed.columns)
    if missing and (kind or (proposed.kind == "orders" and "number" in proposed.columns)):
        told = {"kind": proposed.kind, "fields": ", ".join(missing)}
        raise Refused("channels.looks-like", file=path.name, columns=columns, **told)
    if missing or not (kind or is_sure(table.header, proposed)):
        raise Refused("channels.not-recognised", file=path.name, columns=columns)
    return _mapped(path, table, proposed)


def _mapping(session: Session, name: str) -> Mapping:
    named = queries.mapping_named(session, name)
    if named is not None:
        return Mapping.from_facts(named.mapping)
    file = Path(name)
    if file.suffix == ".json" and file.is_file() and file.stat().st_size < LARGEST_MAPPING:
        return Mapping.from_json(file.read_text(encoding="utf-8", errors="replace"))
    raise Refused("channels.unknown-mapping", name=name)


def propose(session: Session, table: Table, *, kind: str = "") -> Mapping:
    """A mapping for a file that no reader knows, to be looked over; it may lack fields."""
    shop = settings.profile(session)
    return propose_mapping(table.header, table.sample(), kind=kind, currency=shop.currency, country=shop.country)


def preview(session: Session, found: Detected, *, cancelled: Callable[[], bool] = lambda: False) -> Outcome:
    """What `apply` would do; nothing is written."""
    outcome = Outcome(found.path, found.reader.key, found.channel)
    for chunk in _chunks(_read(session, found)):
        if cancelled():
            outcome.stopped = True
            break
        for verdict in _classify(session, found, chunk):
            _count(outcome.tally, found, verdict)
    return outcome


def apply(
    store: Store,
    found: Detected,
    *,
    progress: Progress = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Takes the file in, chunk by chunk, each committed whole; a stopped one goes on where it was.

    Whatever is in already counts as unchanged, so going on is starting again. `progress` gets the rows done and
    their number, 0 where it is not known.
    """
    outcome = Outcome(found.path, found.reader.key, found.channel)
    file_hash = _hash(found.path)
    with seldom_collected():
        for chunk in _chunks(store.ask(_read, found)):
            if cancelled():
                outcome.stopped = True
                break
            crash("import")
            _take(store, found, chunk, outcome, file_hash)
            crash("import")
            progress(outcome.tally.rows, 0)
    if outcome.batch_id is not None:
        with store.work() as work:
            batches.end(work, outcome.batch_id, BatchState.STOPPED if outcome.stopped else BatchState.DONE)
    return outcome


def take_again(store: Store, found: Detected, batch_id: int) -> Outcome:
    """Takes mended rows into the batch they were rejected from."""
    outcome = Outcome(found.path, found.reader.key, found.channel, batch_id=batch_id)
    for chunk in _chunks(store.ask(_read, found)):
        _take(store, found, chunk, outcome, "")
    return outcome


def _take(
    store: Store, found: Detected, chunk: Sequence[Candidate | Rejected], outcome: Outcome, file_hash: str
) -> None:
    """One chunk in one transaction."""
    with store.work() as work:
        verdicts = _classify(work.session, found, chunk)
        if outcome.batch_id is None and batches.worth_a_batch(work.session, verdicts, file_hash, found.reader.key):
            outcome.batch_id = batches.begin(
                work,
                found.reader.key,
                found.channel,
                file_name=found.path.name,
                file_hash=file_hash,
                mapping=_settled(work.session, found).to_facts() if found.mapping else {},
            )
        if outcome.batch_id is not None:
            batch_id, name = outcome.batch_id, found.path.name
            taking = Taking.begin(work.session, batch_id=batch_id, channel=found.channel, file_name=name)
            _ROOMS[kind_of(found)].apply(work, taking, verdicts)
            batches.keep_rejected(work, batch_id, found.table.header, verdicts)
            batches.count(work, batch_id, verdicts, sum(rows_of(item) for item in chunk))
        crash("import")
    for verdict in verdicts:
        _count(outcome.tally, found, verdict)


def kind_of(found: Detected) -> Kind:
    """What the file holds: the mapping says it for a mapped one."""
    return Kind(found.mapping.kind) if found.mapping else found.reader.kind


def _named(session: Session, path: Path, table: Table, reader: str) -> Detected:
    chosen = reader_called(reader)
    if chosen is None:
        known = ", ".join(one.key for one in (*READERS, *MAPPED.values()))
        raise Refused("channels.unknown-reader", reader=reader, known=known)
    if chosen in MAPPED.values():
        return _proposed(session, path, table, chosen.kind)
    return Detected(path, table, chosen, None)


def _mapped(path: Path, table: Table, mapping: Mapping) -> Detected:
    return Detected(path, table, MAPPED[mapping.kind], mapping)


def _settled(session: Session, found: Detected) -> Mapping:
    """The mapping with the date order and the decimal sign of the whole file, for rows mended one by one."""
    return settled(found.table, _how(session, found))


def _read(session: Session, found: Detected) -> Iterator[Candidate | Rejected]:
    return found.reader.read(found.table, _how(session, found))


def _how(session: Session, found: Detected) -> ReadSettings:
    shop = settings.profile(session)
    return ReadSettings(currency=shop.currency, zone=shop.zone, country=shop.country, mapping=found.mapping)


def _chunks(findings: Iterator[Candidate | Rejected]) -> Iterator[list[Candidate | Rejected]]:
    while chunk := list(islice(findings, CHUNK)):
        yield chunk


def _classify(session: Session, found: Detected, chunk: Sequence[Candidate | Rejected]) -> list[Verdict]:
    """One verdict for each finding, in the file's order."""
    candidates = [item for item in chunk if not isinstance(item, Rejected)]
    judged = iter(_with_their_rows(found, _ROOMS[kind_of(found)].classify(session, found.channel, candidates)))
    return [Verdict(What.REJECTED, item) if isinstance(item, Rejected) else next(judged) for item in chunk]


def _with_their_rows(found: Detected, verdicts: list[Verdict]) -> list[Verdict]:
    """Gives each record that the shop rejected the row it came from, so that it can be mended like any other."""
    lines = {item.line for verdict in verdicts if isinstance(item := verdict.found, Rejected) and not item.rows}
    if not lines:
        return verdicts
    kept: dict[int, RawRow] = {}
    for line, cells, _fault in open_table(found.path).rows(raw=True):
        if line in lines:
            kept[line] = RawRow(line, tuple(cells[: len(found.table.header)]))
            if len(kept) == len(lines):
                break
    return [_with_row(verdict, kept) for verdict in verdicts]


def _with_row(verdict: Verdict, kept: dict[int, RawRow]) -> Verdict:
    item = verdict.found
    if not isinstance(item, Rejected) or item.rows or item.line not in kept:
        return verdict
    return Verdict(What.REJECTED, item._replace(rows=(kept[item.line],)))


def _count(tally: Tally, found: Detected, verdict: Verdict) -> None:
    item = verdict.found
    name = "" if isinstance(item, Rejected) else _ROOMS[kind_of(found)].name_of(item)
    tally.count(verdict, rows_of(item), name)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
