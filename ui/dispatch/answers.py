"""What the packing table says in large words: to a scan, to a parcel that begins, to one that is packed already."""

from dataclasses import dataclass
from typing import NamedTuple

from backoffice.inventory import queries as inventory
from backoffice.shipping import missing
from backoffice.shipping import words as shipping
from backoffice.shipping.queries import queue
from backoffice.shipping.queries.parcels import ParcelLine, ParcelRow
from backoffice.shipping.scanning import Scanned, ScanResult
from ui.dispatch.numbers import Named
from ui.dispatch.reading import ParcelPage
from ui.kit.context import AppContext
from ui.shared.foreign import calm_line


class Told(NamedTuple):
    """A tone (good, warn, bad, note), a few large words, and a sentence under them."""

    tone: str
    title: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Shot:
    """One scan and what came of it."""

    code: str
    quantity: int
    result: ScanResult


def of_scan(app: AppContext, page: ParcelPage, shot: Shot, found: Named | None) -> Told:
    """The answer to a scan; `found` is the order or parcel that has this code as its number, if any."""
    words, came = app.words, shot.result.result
    title = words(shipping.SCANNED[came.value])
    if came is Scanned.UNKNOWN and found is not None:
        return _of_number(app, page, found)
    if came is Scanned.UNKNOWN:
        told = words("{code} is no product's barcode or SKU. Nothing was counted.")
        return Told("bad", title, told.format(code=calm_line(shot.code, most=60)))
    name = _name(app, page, shot)
    if came is Scanned.EXTRA:
        return Told("bad", title, words("Take it out again: {product}. Nothing was counted.").format(product=name))
    if came is Scanned.OVER:
        return Told("bad", title, _too_many(app, page, shot, name))
    if not shot.result.left:
        return Told("good", words("All is in"), words("Press Enter, or scan the next order's number."))
    left = app.plural("{n} still to scan", "{n} still to scan", shot.result.left)
    many = f"{app.format.number(shot.quantity)} × " if shot.quantity > 1 else ""
    return Told("good", title, f"{many}{name} · {left}")


def greeting(app: AppContext, page: ParcelPage, remaining: int) -> Told:
    """What a parcel on the table begins with: how much is to be scanned, and what its orders lack."""
    words = app.words
    lacking = [
        reason.sentence
        for row in app.ask(queue.queue_rows, page.parcel.orders, today=app.format.today)
        for reason in app.ask(missing.reasons_of, row, language=app.language)
        if reason.code != "stock"
    ]
    if not remaining:
        return Told("good", words("All is in"), words("Press Enter, or scan the next order's number."))
    title = app.plural("Scan {n} unit", "Scan {n} units", remaining)
    if lacking:
        return Told("warn", title, " ".join(lacking))
    return Told("note", title, words("Each scan is checked and counted."))


def waiting(app: AppContext) -> Told:
    """Nothing is on the table."""
    under = app.words("It stands as a barcode on the pick list; a parcel's on its slip and label.")
    return Told("note", app.words("Scan an order's number"), under)


def not_picking(app: AppContext, parcel: ParcelRow) -> Told:
    """The parcel that was scanned is packed or gone."""
    title = app.words("Parcel {number}: {state}")
    state = app.words(shipping.STATES[parcel.state.value])
    return Told("warn", title.format(number=parcel.number, state=state), app.words("Scan another number."))


def _of_number(app: AppContext, page: ParcelPage, found: Named) -> Told:
    words = app.words
    told = words("Pack parcel {number} first, or go back to the list: it waits as it is.")
    if found.shipment_id == page.parcel.id or found.order_id in page.parcel.orders:
        told = words("This is the parcel you are packing.")
    return Told("warn", words("A number, not a product"), told.format(number=page.parcel.number))


def _too_many(app: AppContext, page: ParcelPage, shot: Shot, name: str) -> str:
    mine = [line for line in page.parcel.lines if _is_of(line, shot)]
    wanted, there = sum(line.quantity for line in mine), sum(line.scanned for line in mine)
    told = app.words("{product}: {there} of {wanted} are in. Nothing was counted.")
    return told.format(product=name, there=app.format.number(there), wanted=app.format.number(wanted))


def _name(app: AppContext, page: ParcelPage, shot: Shot) -> str:
    for line in page.parcel.lines:
        if _is_of(line, shot):
            return calm_line(", ".join(filter(None, (line.name, line.options))), most=80)
    if shot.result.product_id is None:
        return calm_line(shot.code, most=60)
    return calm_line(app.ask(inventory.product_row, shot.result.product_id).full_name, most=80)


def _is_of(line: ParcelLine, shot: Shot) -> bool:
    """Whether a parcel's line is what was scanned; one without a product is known by its SKU."""
    if shot.result.product_id is None:
        return line.product_id is None and line.sku == shot.code
    return line.product_id == shot.result.product_id
