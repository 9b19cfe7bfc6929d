"""Write-back files: what left, under which tracking number, for the shop or marketplace the orders came from."""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex

import sqlalchemy as sa

from backoffice.core.calendar import local_day, zone_named
from backoffice.core.crash import crash
from backoffice.core.errors import Outage, Refused
from backoffice.core.paths import safe_file_name
from backoffice.settings.queries import profile
from backoffice.shipping.csv_files import write_csv
from backoffice.shipping.model import Shipment
from backoffice.shipping.printing.records import Document, tell
from backoffice.shipping.queries import handed_over
from backoffice.shipping.queries.handed_over import HandedOver, Item
from backoffice.store import once, rows
from backoffice.store.unit_of_work import Store, UnitOfWork

_S = rows.table_of(Shipment).c
_KEYS = "write-back:"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell is made from: an order's part of a parcel, `item` where each line has a row, the shop's zone."""

    row: HandedOver
    item: Item | None
    zone: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a file, header and the column's code; `per_item` gives each order line a row."""

    columns: tuple[tuple[str, str], ...]
    per_item: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: no file where there was nothing new to tell."""

    file: Path | None
    rows: int
    shipment_ids: tuple[int, ...]


COLUMNS: Mapping[str, Callable[[Cell], str]] = {
    "order_number": lambda cell: cell.row.order_number,
    "external_number": lambda cell: cell.row.external_number,
    "external_id": lambda cell: cell.row.external_id,
    "channel": lambda cell: cell.row.channel,
    "parcel": lambda cell: cell.row.parcel,
    "carrier": lambda cell: cell.row.carrier,
    "service": lambda cell: cell.row.service,
    "tracking": lambda cell: cell.row.tracking,
    "tracking_link": lambda cell: cell.row.tracking_link,
    "shipped_on": lambda cell: local_day(cell.row.shipped_at, cell.zone).isoformat(),
    "shipped_at": lambda cell: _moment(cell.row.shipped_at, cell.zone),
    "name": lambda cell: cell.row.ship_to.name or cell.row.ship_to.company,
    "postcode": lambda cell: cell.row.ship_to.postcode,
    "country": lambda cell: cell.row.ship_to.country,
    "items": lambda cell: "; ".join(f"{item.sku or item.name} x {item.quantity}" for item in cell.row.items),
    "units": lambda cell: str(sum(item.quantity for item in cell.row.items)),
    "item_sku": lambda cell: cell.item.sku if cell.item else "",
    "item_name": lambda cell: cell.item.name if cell.item else "",
    "item_id": lambda cell: cell.item.external_id if cell.item else "",
    "item_quantity": lambda cell: str(cell.item.quantity) if cell.item else "",
    "their_number": lambda cell: cell.row.external_number or cell.row.order_number,
    "fulfilled": lambda _cell: "fulfilled",
}
"""Every column by its code. A code that begins with `item_` gives each order line a row of its own."""

USUAL = (
    "order_number",
    "external_number",
    "channel",
    "carrier",
    "tracking",
    "tracking_link",
    "shipped_on",
    "items",
    "units",
)
SHOPIFY = Layout(
    (
        ("Name", "their_number"),
        ("Id", "external_id"),
        ("Fulfillment Status", "fulfilled"),
        ("Fulfilled at", "shipped_at"),
        ("Lineitem quantity", "item_quantity"),
        ("Lineitem name", "item_name"),
        ("Lineitem sku", "item_sku"),
        ("Tracking Company", "carrier"),
        ("Tracking Number", "tracking"),
        ("Tracking Url", "tracking_link"),
    ),
    per_item=True,
)
"""The names of Shopify's own order export where it has one; what its fulfilment apps map without being asked."""


def layout(columns: Sequence[str] = (), *, like: str = "plain") -> Layout:
    """The layout called `like` ("plain", "shopify"), or a plain one of the chosen columns.

    Refuses `shipping.unknown-column`, `shipping.unknown-layout`.
    """
    if like == "shopify" and not columns:
        return SHOPIFY
    if like not in ("plain", "shopify"):
        raise Refused("shipping.unknown-layout", layout=like, known="plain, shopify")
    for code in columns:
        if code not in COLUMNS:
            raise Refused("shipping.unknown-column", column=code, known=", ".join(COLUMNS))
    chosen = tuple((code, code) for code in columns or USUAL)
    return Layout(chosen, per_item=any(code.startswith("item_") for code, _same in chosen))


def write(
    store: Store,
    file: Path,
    *,
    channel: str = "",
    shape: Layout | None = None,
    again: bool = False,
    since: datetime | None = None,
) -> Written:
    """Tells of every parcel that left and was not told of yet, and marks it; `again` lists those told of too.

    `channel` is one channel's code, "" all but orders typed in here. Each parcel is told once: where a power cut left
    a file behind, that file is finished under its own name and answered, and what left since is told the next time.
    Outage("shipping.file-not-written").
    """
    left = finish_cut_off(store, channel)
    if left is not None:
        return left
    found = store.ask(handed_over.to_tell, channel=channel, again=again, since=since)
    if not found:
        return Written(None, 0, ())
    columns = shape or layout()
    zone = store.ask(profile).zone
    cells = [cell for row in found for cell in _cells(row, zone, per_item=columns.per_item)]
    crash("write-back")
    codes = [code for _header, code in columns.columns]
    lines = ([COLUMNS[code](cell) for code in codes] for cell in cells)
    target = file.expanduser().absolute()
    partial = target.with_name(f".{target.name}.{safe_file_name(channel or 'all')}.partial")
    write_csv(partial, [header for header, _code in columns.columns], lines)
    crash("write-back")
    ids = tuple(dict.fromkeys(row.shipment_id for row in found))
    key = f"{_KEYS}{token_hex(8)}"
    with store.work() as work:
        marked = _mark(work, found, channel)
        places = {"file": str(target), "partial": str(partial), "content": _content(partial)}
        once.once(work, key, channel=channel, rows=len(cells), told=list(ids), marked=marked, **places)
    crash("write-back")
    _put_in_place(store, key, partial, target)
    return Written(file, len(cells), ids)


def finish_cut_off(store: Store, channel: str = "") -> Written | None:
    """Finishes the file that a power cut left for this channel; None where there is none.

    Where what was written is no longer there, or the place refuses it, its parcels wait to be told again.
    """
    for known in store.ask(handed_over.cut_off, _KEYS):
        if known.result["channel"] != channel:
            continue
        file, partial = Path(known.result["file"]), Path(known.result["partial"])
        if known.result["content"] not in (_content(partial), _content(file)):
            _tell_again(store, known)
            continue
        try:
            _put_in_place(store, known.key, partial, file)
        except Outage:
            continue
        return Written(file, int(known.result["rows"]), tuple(known.result["told"]))
    return None


def _content(file: Path) -> str:
    """What tells a file's content from any other's; "" where there is none."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def _put_in_place(store: Store, key: str, partial: Path, file: Path) -> None:
    """The file gets its name, which ends the matter; a place that refuses it leaves all to be told."""
    try:
        if partial.exists():
            os.replace(partial, file)
    except OSError as fault:
        partial.unlink(missing_ok=True)
        known = store.ask(once.known, key)
        if known is not None:
            _tell_again(store, known)
        raise Outage("shipping.file-not-written", file=str(file), reason=fault.strerror or "") from fault
    crash("write-back")
    with store.work() as work:
        once.finish(work, key, file=str(file))
    crash("write-back")


def _tell_again(store: Store, known: once.Done) -> None:
    with store.work() as work:
        marked = known.result["marked"]
        for start in range(0, len(marked), handed_over.AT_ONCE):
            these = _S.id.in_(marked[start : start + handed_over.AT_ONCE]) & (_S.written_back_at == known.begun_at)
            rows.change(work, Shipment, sa.update(Shipment).where(these).values(written_back_at=None))
        once.give_up(work, known.key)


def _mark(work: UnitOfWork, found: Sequence[HandedOver], channel: str) -> list[int]:
    """Marks the parcels of which every channel with an order in them has heard, and answers them.

    The others are listed again until the last channel was told.
    """
    ids = list(dict.fromkeys(row.shipment_id for row in found))
    channels = handed_over.channels_of(work.session, ids)
    whole = [each for each in ids if not channel or channels.get(each, set()) - handed_over.OWN <= {channel}]
    for start in range(0, len(whole), handed_over.AT_ONCE):
        these = _S.id.in_(whole[start : start + handed_over.AT_ONCE])
        rows.change(work, Shipment, sa.update(Shipment).where(these).values(written_back_at=work.now))
    tell(
        work,
        "shipment.written-back",
        [Document("", row.parcel, (row.order_id,), row.customer_id, row.shipment_id) for row in found],
        channel=channel,
    )
    return whole


def _cells(row: HandedOver, zone: str, *, per_item: bool) -> list[Cell]:
    return [Cell(row, item, zone) for item in row.items] if per_item else [Cell(row, None, zone)]


def _moment(at: datetime, zone: str) -> str:
    """As Shopify writes it: "2026-03-02 10:00:00 +0100"."""
    return at.astimezone(zone_named(zone)).strftime("%Y-%m-%d %H:%M:%S %z")
