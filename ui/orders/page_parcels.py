"""The parcels on an order's page: number, state, tracking, printed again, taken back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries.parcels import ParcelRow
from ui.kit import theme
from ui.kit.boxes import SPRING, column, held, row
from ui.kit.buttons import icon_button
from ui.kit.card import section
from ui.kit.context import AppContext
from ui.kit.text import ChipLabel, Label, Link
from ui.orders.acts import Acts
from ui.shared import chips
from ui.shared.foreign import calm_line

_BACK = (ShipmentState.DRAFT, ShipmentState.PICKING, ShipmentState.PACKED, ShipmentState.SHIPPED)
_WEB = ("http", "https")
Print = Callable[[Sequence[int]], object]


def list_of(
    app: AppContext, acts: Acts, parcels: Sequence[ParcelRow], order_id: int, print_label: Print
) -> QWidget | None:
    """The order's parcels, oldest first; None where there is none."""
    if not parcels:
        return None
    parts = [_parcel(app, acts, parcel, order_id, print_label) for parcel in parcels]
    return section(app.words("Parcels"), *parts)


def _parcel(app: AppContext, acts: Acts, parcel: ParcelRow, order_id: int, print_label: Print) -> QWidget:
    words = app.words
    number = Link(parcel.number, lambda: app.open("dispatch", parcel.id))
    head = row(number, ChipLabel(chips.parcel(parcel.state, app.language)), SPRING, gap=theme.S)
    if parcel.state is not ShipmentState.VOID:
        again = words("Print the label of parcel {number}").format(number=parcel.number)
        head.addWidget(icon_button("print", again, lambda: print_label([parcel.id])))
    if parcel.state in _BACK:
        left = parcel.state is ShipmentState.SHIPPED
        back = words("Undo the dispatch of parcel {number}") if left else words("Unpack parcel {number}")
        head.addWidget(icon_button("undo", back.format(number=parcel.number), lambda: acts.take_back(parcel)))
    return held(column(head, *_told(app, acts, parcel, order_id), gap=0))


def _told(app: AppContext, acts: Acts, parcel: ParcelRow, order_id: int) -> list[QWidget]:
    """Carrier and tracking, when it left, what shares it."""
    words, form = app.words, app.format
    units = sum(line.quantity for line in parcel.lines if line.order_id == order_id)
    facts = [app.plural("{n} unit", "{n} units", units), calm_line(parcel.carrier, most=60)]
    if parcel.shipped_at:
        facts.append(words("left on {day}").format(day=form.day_of(parcel.shipped_at)))
    shared = [line.order_number for line in parcel.lines if line.order_id != order_id]
    if shared:
        facts.append(words("together with {numbers}").format(numbers=", ".join(dict.fromkeys(shared))))
    parts: list[QWidget] = [Label(" · ".join(filter(None, facts)), "small", wrap=True)]
    if parcel.state is ShipmentState.VOID:
        return parts[:1]
    if parcel.tracking:
        parts.append(_tracking(app, parcel))
    elif parcel.state is ShipmentState.SHIPPED:
        parts.append(held(row(Link(words("Add the tracking number"), lambda: acts.track(parcel)), SPRING)))
    return parts


def _tracking(app: AppContext, parcel: ParcelRow) -> QWidget:
    url = QUrl(parcel.tracking_link)
    if not parcel.tracking_link or url.scheme() not in _WEB:
        return Label(calm_line(parcel.tracking), copy=True)
    tip = app.words("Follow this parcel in the browser")
    return held(row(Link(calm_line(parcel.tracking), lambda: QDesktopServices.openUrl(url), tooltip=tip), SPRING))
