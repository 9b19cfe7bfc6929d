"""The record of an import: begun with its first change, counted with each chunk, its rejected rows kept aside."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.channels import queries
from backoffice.channels.candidates import Rejected
from backoffice.channels.importing.verdicts import Verdict, What
from backoffice.channels.model import BatchState, ImportBatch, ProductMatch, Rejection, RejectionState
from backoffice.store import rows
from backoffice.store.journal import plain
from backoffice.store.unit_of_work import UnitOfWork

_B = rows.table_of(ImportBatch).c


def worth_a_batch(session: Session, verdicts: Sequence[Verdict], file_hash: str, reader: str) -> bool:
    """Whether these verdicts change anything: the same file again leaves no second batch and no second rejections."""
    if any(verdict.what in (What.NEW, What.CHANGED) for verdict in verdicts):
        return True
    refused = any(verdict.what is What.REJECTED for verdict in verdicts)
    return refused and queries.begun(session, file_hash=file_hash, reader=reader) is None


def begin(
    work: UnitOfWork, reader: str, channel: str, *, file_name: str, file_hash: str, mapping: dict[str, Any]
) -> int:
    """A new batch; its id. `mapping` is kept so that rejected rows can be read again."""
    batch_id = rows.insert(
        work,
        ImportBatch,
        at=work.now,
        who=work.who,
        reader=reader,
        channel=channel,
        file_name=file_name,
        file_hash=file_hash,
        mapping=mapping,
    )
    work.record("import.begun", file=file_name, batch=batch_id)
    return batch_id


def keep_rejected(work: UnitOfWork, batch_id: int, header: Sequence[str], verdicts: Sequence[Verdict]) -> None:
    """Keeps the rows that could not go in, with their cells, to be mended."""
    kept = [
        {
            "batch_id": batch_id,
            "line": verdict.found.line,
            "code": verdict.found.code,
            "facts": plain(verdict.found.facts),
            "header": list(header),
            "cells": [list(row.cells) for row in verdict.found.rows],
        }
        for verdict in verdicts
        if isinstance(verdict.found, Rejected)
    ]
    rows.insert_many(work, Rejection, kept)


def count(work: UnitOfWork, batch_id: int, verdicts: Sequence[Verdict], rows_done: int) -> None:
    """Adds a chunk's counts to the batch."""
    counted = Counter(verdict.what.value for verdict in verdicts)
    values = {name: _B[name] + number for name, number in counted.items()}
    statement = sa.update(ImportBatch).where(_B.id == batch_id)
    rows.change(work, ImportBatch, statement.values(done_rows=_B.done_rows + rows_done, **values))


def end(work: UnitOfWork, batch_id: int, state: BatchState) -> None:
    """The batch is done or was stopped."""
    rows.change(work, ImportBatch, sa.update(ImportBatch).where(_B.id == batch_id).values(state=state))


def begin_undoing(work: UnitOfWork, batch_id: int) -> None:
    """From now on the batch counts more than it remembers: an undo that is cut off is gone on with later."""
    rows.change(work, ImportBatch, sa.update(ImportBatch).where(_B.id == batch_id).values(undone_at=work.now))


def forget(work: UnitOfWork, batch_id: int, *, whole: bool) -> None:
    """The batch is undone, if not `whole` but for what stays: its rejected rows and what it learned are put away."""
    values = {"state": BatchState.UNDONE, "undone_at": work.now} if whole else {"undone_at": work.now}
    rows.change(work, ImportBatch, sa.update(ImportBatch).where(_B.id == batch_id).values(**values))
    rejected = rows.table_of(Rejection).c
    this = sa.and_(rejected.batch_id == batch_id, rejected.state == RejectionState.OPEN)
    rows.change(work, Rejection, sa.update(Rejection).where(this).values(state=RejectionState.DISMISSED))
    matches = rows.table_of(ProductMatch).c
    forgetting = sa.update(ProductMatch).where(matches.batch_id == batch_id).values(fingerprint="", imported={})
    rows.change(work, ProductMatch, forgetting)
