"""What was printed for which parcel or order, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.shipping.model import PrintedDocument
from backoffice.store.rows import table_of

_D = table_of(PrintedDocument).c
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One document: "label" or "packing-slip" of "shipment:12", "pick-list" of "order:7", how often, when, on what."""

    kind: str
    subject: str
    first_at: datetime
    last_at: datetime
    times: int
    stock: str


_COLUMNS = tuple(_D[name] for name in PrintedRow.__slots__)


def printed(session: Session, kind: str, subjects: Sequence[str]) -> dict[str, PrintedRow]:
    """Of these subjects those of which the document was printed before, by subject."""
    found: dict[str, PrintedRow] = {}
    for start in range(0, len(subjects), _AT_ONCE):
        wanted = sa.select(*_COLUMNS).where(_D.kind == kind, _D.subject.in_(subjects[start : start + _AT_ONCE]))
        found |= {row[1]: PrintedRow(*row) for row in session.connection().execute(wanted)}
    return found


def printed_for(session: Session, kind: str, shipment_ids: Sequence[int]) -> dict[int, PrintedRow]:
    """The same for parcels, by their ids: whose label or slip was printed, and when."""
    subjects = {f"shipment:{shipment_id}": shipment_id for shipment_id in shipment_ids}
    return {subjects[subject]: row for subject, row in printed(session, kind, list(subjects)).items()}
