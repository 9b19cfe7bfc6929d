"""The columns of the ship-by queue and of the lists of parcels."""

from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication

from backoffice.shipping import words as shipping
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries.parcel_lists import ParcelListRow
from backoffice.shipping.queries.queue import QueueRow
from ui.kit import theme
from ui.kit.context import AppContext
from ui.kit.table import Column
from ui.kit.text import Chip, chip_width
from ui.shared import chips
from ui.shared.foreign import calm_line

_WIDE = 1600  # pixels of the screen


def of_queue(app: AppContext) -> list[Column]:
    """What is said of an order that is to leave."""
    words, form, wide = app.words, app.format, _is_wide()
    lacks = [Chip(words(word)) for word in shipping.MISSING.values()]
    return [
        Column("number", words("Number"), width=82, strong=True, show=lambda row: row.order.number),
        Column(
            "due",
            words("Leave by"),
            "chip",
            width=_room(due(app, -10)),
            sort="promised",
            show=lambda row: due(app, row.days),
        ),
        Column("customer", words("Customer"), stretch=True, width=106, show=lambda row: calm_line(row.order.customer)),
        Column("ready", words("Ready"), width=84, show=lambda row: ready(app, row)),
        Column("state", words("Missing"), "chip", width=_room(*lacks), show=lambda row: state(app, row)),
        Column("delivery", words("Delivery"), width=110, show=lambda row: calm_line(row.delivery, most=60)),
        Column("country", words("Country"), width=130, show=lambda row: form.country(row.order.country), shown=wide),
        Column("theirs", words("Channel's number"), width=124, show=theirs, shown=wide),
        Column("day", words("Promised"), width=112, show=lambda row: form.day(row.order.promised_dispatch), shown=wide),
        Column("units", words("Items"), "number", shown=False),
    ]


def of_parcels(app: AppContext) -> list[Column]:
    """What is said of a parcel."""
    words, form, wide = app.words, app.format, _is_wide()
    usual = [chips.parcel(state, app.language) for state in ("picking", "packed", "shipped")]
    return [
        Column("number", words("Parcel"), width=92, sort="number", strong=True),
        Column("orders", words("Order"), width=78),
        Column("customer", words("Customer"), stretch=True, width=106, show=lambda row: calm_line(row.customer)),
        Column(
            "state", words("State"), "chip", width=_room(*usual), show=lambda row: chips.parcel(row.state, app.language)
        ),
        Column("printed", words("Printed"), width=96, show=lambda row: printed(app, row)),
        Column("tracking", words("Tracking"), width=128, show=lambda row: calm_line(row.tracking)),
        Column("service", words("Delivery"), width=150, show=lambda row: calm_line(row.service, most=60), shown=wide),
        Column("carrier", words("Carrier"), width=130, show=lambda row: calm_line(row.carrier, most=60), shown=wide),
        Column("country", words("Country"), width=130, show=lambda row: form.country(row.country), shown=wide),
        Column("units", words("Items"), "number", width=64, shown=False),
        Column("shipped_at", words("Left"), "moment", sort="shipped", shown=wide),
        Column("packed_at", words("Packed"), "moment", shown=False),
        Column("theirs", words("Channel's number"), width=124, show=lambda row: calm_line(row.theirs), shown=False),
    ]


def _is_wide() -> bool:
    """Whether the screen has room for more columns than the most needed ones."""
    return QGuiApplication.primaryScreen().availableSize().width() >= _WIDE


def _room(*wanted: Chip) -> int:
    """How wide a column is in which none of these chips is cut."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(theme.size("font-small"))
    metrics = QFontMetrics(font)
    return max(chip_width(metrics, chip) for chip in wanted) + 2 * theme.M + theme.XS


def theirs(row: QueueRow) -> str:
    """What the order's channel calls it."""
    return calm_line(row.order.external_number, most=60)


def due(app: AppContext, days: int | None) -> Chip:
    """How near the promised day is; late in the bad tone."""
    if days is None:
        return Chip(app.words("No date"), "muted")
    if days < 0:
        return Chip(app.plural("{n} day late", "{n} days late", -days), "bad")
    if days == 0:
        return Chip(app.words("Today"), "warn")
    return Chip(app.plural("in {n} day", "in {n} days", days), "note")


def ready(app: AppContext, row: QueueRow) -> str:
    """How many of the order's units can be packed or are packed: "2 of 3"."""
    return app.words("{n} of {all}").format(n=app.format.number(row.ready), all=app.format.number(row.units))


def state(app: AppContext, row: QueueRow) -> Chip:
    """What is missing; where nothing is, how far the order is."""
    if row.missing:
        return Chip(" · ".join(app.words(shipping.MISSING[code]) for code in row.missing), "warn")
    if (row.shipment_state is not None and row.packed >= row.ready) or row.shipment_state is ShipmentState.PICKING:
        return chips.parcel(row.shipment_state, app.language)
    return Chip(app.words("Ready"), "good")


def parcel_state(app: AppContext, row: ParcelListRow) -> Chip:
    """A parcel's state; while it is being packed, how much of it was scanned."""
    if row.state is ShipmentState.PICKING and row.scanned:
        told = app.words("{n} of {all} scanned")
        return Chip(told.format(n=app.format.number(row.scanned), all=app.format.number(row.units)), "note")
    return chips.parcel(row.state, app.language)


def printed(app: AppContext, row: ParcelListRow) -> str:
    """Which of its papers were printed."""
    papers = ((row.slip, app.words("Slip")), (row.label, app.words("Label")))
    return " + ".join(name for there, name in papers if there)
