"""Tracking numbers out of a carrier's file: looked at first, then applied parcel by parcel."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlmodel import Session

from backoffice.core.crash import crash
from backoffice.core.errors import Refused
from backoffice.shipping import actions, packing, tracking_cells
from backoffice.shipping.batches import GONE, Came, Outcome
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import facts, tracking
from backoffice.shipping.tracking_cells import Cells
from backoffice.store.jobs import Cancelled, Progress, never, nobody_watches
from backoffice.store.unit_of_work import Store, UnitOfWork


class Verdict(StrEnum):
    """What a line of the file means here."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class TrackingRow:
    """One line of the file: what it names, the parcel that is, the number it had, and why it is rejected."""

    line: int
    reference: str
    tracking: str
    verdict: Verdict
    shipment_id: int | None = None
    parcel: str = ""
    before: str = ""
    state: ShipmentState | None = None
    reason: Refused | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What applying a file would do; nothing is written yet."""

    file: Path
    reference_column: str
    tracking_column: str
    rows: tuple[TrackingRow, ...]

    def count(self, verdict: Verdict) -> int:
        """How many lines got this verdict."""
        return sum(row.verdict is verdict for row in self.rows)


def preview(session: Session, file: Path) -> Preview:
    """What the file says, line by line. Refuses as `tracking_cells.read`."""
    read = tracking_cells.read(file)
    known = tracking.by_number(session, list(dict.fromkeys(cells.reference for cells in read.rows)))
    taken: dict[int, str] = {}
    rows = tuple(_judged(cells, known.get(cells.reference, []), taken) for cells in read.rows)
    return Preview(file, read.reference_column, read.tracking_column, rows)


def apply(
    store: Store,
    seen: Preview,
    *,
    ship: bool = False,
    progress: Progress = nobody_watches,
    cancelled: Cancelled = never,
) -> list[Outcome]:
    """Notes each new or changed number, and with `ship` dispatches the packed parcels, each in its own transaction.

    Asked for again it finds done what is done. Refusals of a parcel are in its outcome.
    """
    wanted = [row for row in seen.rows if row.shipment_id is not None and _has_work(row, ship=ship)]
    outcomes: list[Outcome] = []
    for done, row in enumerate(wanted):
        progress(done, len(wanted))
        assert row.shipment_id is not None
        ids = (row.shipment_id,)
        if cancelled():
            outcomes.append(Outcome(row.parcel, Came.LEFT, shipment_ids=ids))
            continue
        try:
            with store.work() as work:
                came = _apply(work, row.shipment_id, row.tracking, ship=ship)
            outcomes.append(Outcome(row.parcel, came, shipment_ids=ids))
        except Refused as refusal:
            outcomes.append(Outcome(row.parcel, Came.REFUSED, shipment_ids=ids, refusal=refusal))
        crash("dispatch-batch")
    progress(len(wanted), len(wanted))
    return outcomes


def _apply(work: UnitOfWork, shipment_id: int, number: str, *, ship: bool) -> Came:
    head = facts.head(work.session, shipment_id)
    if ship and head.state is ShipmentState.PACKED:
        actions.ship(work, shipment_id, tracking=number)
        return Came.DONE
    if head.tracking == number:
        return Came.ALREADY
    actions.set_tracking(work, shipment_id, number)
    if head.state in GONE:
        packing.set_values(work, shipment_id, written_back_at=None)  # the channel heard another number, or none
    return Came.DONE


def _has_work(row: TrackingRow, *, ship: bool) -> bool:
    waits = ship and row.state is ShipmentState.PACKED
    return row.verdict in (Verdict.NEW, Verdict.CHANGED) or (row.verdict is Verdict.UNCHANGED and waits)


def _judged(cells: Cells, found: list[tracking.Tracked], taken: dict[int, str]) -> TrackingRow:
    """`taken` remembers what earlier lines of the file said of each parcel."""

    def rejected(code: str, **more: object) -> TrackingRow:
        reason = Refused(code, reference=cells.reference, **more)
        return TrackingRow(cells.line, cells.reference, cells.tracking, Verdict.REJECTED, reason=reason)

    if not cells.reference:
        return rejected("shipping.tracking-of-nothing")
    number = cells.tracking
    if not (number.isascii() and number.isprintable() and 0 < len(number) <= 60):
        return rejected("shipping.tracking-missing")
    if not found:
        return rejected("shipping.tracking-unknown")
    parcel = _meant(found, number, taken)
    if parcel is None:
        return rejected("shipping.tracking-ambiguous", parcels=", ".join(each.number for each in found))
    if taken.setdefault(parcel.id, number) != number:
        return rejected("shipping.tracking-twice", other=taken[parcel.id])
    verdict = Verdict.CHANGED if parcel.tracking else Verdict.NEW
    if parcel.tracking == number:
        verdict = Verdict.UNCHANGED
    return TrackingRow(
        cells.line, cells.reference, number, verdict, parcel.id, parcel.number, parcel.tracking, parcel.state
    )


def _meant(found: list[tracking.Tracked], number: str, taken: dict[int, str]) -> tracking.Tracked | None:
    """Of an order's parcels the one that has this number, else the only one that has none yet; None where unclear."""
    if len(found) == 1:
        return found[0]
    having = [each for each in found if each.tracking == number or taken.get(each.id) == number]
    lacking = [each for each in found if not each.tracking and each.id not in taken]
    if having:
        return having[0]
    return lacking[0] if len(lacking) == 1 else None
