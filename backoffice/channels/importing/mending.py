"""Rejected rows mended in place: read again with their header, taken into the batch they came from."""

import csv
import tempfile
from pathlib import Path

from backoffice.channels import queries
from backoffice.channels.importing.run import Detected, Outcome, take_again
from backoffice.channels.mapping import Mapping
from backoffice.channels.model import ImportBatch, Rejection, RejectionState
from backoffice.channels.readers import MAPPED, READERS
from backoffice.channels.reading import open_table
from backoffice.core.errors import Refused
from backoffice.store.unit_of_work import Store, UnitOfWork

_FIRST_LINE = 2


def mend(store: Store, rejection_id: int, cells: list[list[str]]) -> Outcome:
    """Tries a rejected record again with these cells; what still cannot go in is kept aside anew, at its old line.

    Refuses `channels.unknown-rejection`, `channels.mended-already` and `channels.undone-already`.
    """
    with store.work() as work:
        rejection = work.session.get(Rejection, rejection_id)
        if rejection is None:
            raise Refused("channels.unknown-rejection")
        if rejection.state is not RejectionState.OPEN:
            raise Refused("channels.mended-already")
        batch = queries.batch(work.session, rejection.batch_id)
        line, last = rejection.line, queries.last_rejection(work.session)
        header, reader, mapping = rejection.header, batch.reader, work.get(ImportBatch, batch.id).mapping
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / batch.file_name
        _write(file, header, cells)
        found = _detected(file, reader, Mapping.from_facts(mapping) if mapping else None)
        outcome = take_again(store, found, batch.id)
    with store.work() as work:
        work.get(Rejection, rejection_id).state = RejectionState.MENDED
        for again in queries.rejections(work.session, batch.id):
            if again.id > last:  # read from a file of its own, whose second line is the first with cells
                work.get(Rejection, again.id).line = line + again.line - _FIRST_LINE
    return outcome


def dismiss(work: UnitOfWork, rejection_id: int) -> None:
    """Puts a rejected row away: it is not wanted. Refuses `channels.mended-already`."""
    rejection = work.session.get(Rejection, rejection_id)
    if rejection is None or rejection.state is not RejectionState.OPEN:
        raise Refused("channels.mended-already")
    rejection.state = RejectionState.DISMISSED


def restore(work: UnitOfWork, rejection_id: int) -> None:
    """The inverse of `dismiss`."""
    rejection = work.session.get(Rejection, rejection_id)
    if rejection is not None and rejection.state is RejectionState.DISMISSED:
        rejection.state = RejectionState.OPEN


def _write(file: Path, header: list[str], cells: list[list[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(cells)


def _detected(file: Path, reader: str, mapping: Mapping | None) -> Detected:
    table = open_table(file)
    if mapping is not None:
        return Detected(file, table, MAPPED[mapping.kind], mapping)
    return Detected(file, table, next(one for one in READERS if one.key == reader), None)
