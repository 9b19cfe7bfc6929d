"""Dispatch manifests: the parcels handed to one carrier on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session

from backoffice.core.calendar import local_day
from backoffice.core.errors import Refused
from backoffice.core.language import Language
from backoffice.settings.queries import Profile, profile
from backoffice.shipping.documents.content import ManifestContent, ManifestRow, Printed
from backoffice.shipping.documents.manifest import write_manifest
from backoffice.shipping.documents.paper import Cancelled, Progress, never, quietly
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.printing import runs, stationery
from backoffice.shipping.printing.queries.parcels import Parcel, parcels
from backoffice.shipping.printing.records import Document, Later
from backoffice.store.unit_of_work import Store

HANDED_OVER = (ShipmentState.PACKED, ShipmentState.SHIPPED, ShipmentState.DELIVERED)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parcels of one manifest."""

    shop: Profile
    carrier: str
    parcels: tuple[Parcel, ...]

    def content(self, day: date) -> ManifestContent:
        """As the writer wants it."""
        rows = tuple(_row(parcel) for parcel in self.parcels)
        return ManifestContent(self.carrier, day, rows, Language(self.shop.language))


def manifest(session: Session, shipment_ids: Sequence[int]) -> Manifest:
    """These parcels on one manifest.

    Refuses `shipping.nothing-to-print` for no parcel, `shipping.not-handed-over` for one that is not packed or was
    taken back, `shipping.several-carriers`.
    """
    if not shipment_ids:
        raise Refused("shipping.nothing-to-print")
    found = parcels(session, shipment_ids)
    for parcel in found:
        if parcel.state not in HANDED_OVER:
            raise Refused("shipping.not-handed-over", number=parcel.number)
    carriers = list(dict.fromkeys(parcel.carrier for parcel in found))
    if len(carriers) > 1:
        raise Refused("shipping.several-carriers", carriers=", ".join(name or "–" for name in carriers))
    return Manifest(profile(session), carriers[0], tuple(found))


def print_manifest(
    store: Store,
    shipment_ids: Sequence[int],
    *,
    file: Path,
    day: date | None = None,
    run: str = "",
    later: Later | None = None,
    progress: Progress = quietly,
    cancelled: Cancelled = never,
) -> Printed:
    """One manifest of these parcels as a PDF of `day`, today if None; refused as `manifest` and `write_manifest`."""
    wanted = store.ask(manifest, shipment_ids)
    of_day = day or local_day(store.clock.now(), wanted.shop.zone)
    subjects = tuple(f"shipment:{parcel.id}" for parcel in wanted.parcels)
    request = runs.Request("manifest", subjects, runs.file_of(file))

    def write(_place: runs.Place) -> tuple[Printed, list[Document]]:
        printed = write_manifest(
            file,
            wanted.content(of_day),
            letterhead=stationery.letterhead(wanted.shop),
            made_on=of_day,
            size=stationery.paper_size(wanted.shop),
            progress=progress,
            cancelled=cancelled,
        )
        return printed, [Document(f"shipment:{each.id}", each.number) for each in wanted.parcels]

    return runs.carry_out(store, request, write, run=run, later=later)


def _row(parcel: Parcel) -> ManifestRow:
    return ManifestRow(
        shipment_number=parcel.number,
        order_number=", ".join(parcel.order_numbers),
        recipient=parcel.ship_to,
        tracking=parcel.tracking,
        delivery=parcel.service,
        weight=parcel.weight,
    )
