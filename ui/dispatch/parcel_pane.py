"""The pane of a parcel: its one next step, how it travels, where it goes, what is in it, what happened to it."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from backoffice.sentences import happening
from backoffice.shipping.model import ShipmentState
from ui.dispatch import columns
from ui.dispatch.acts import Acts
from ui.dispatch.goods import goods_line, where
from ui.dispatch.printing import Printing
from ui.dispatch.reading import ParcelPage
from ui.kit import theme
from ui.kit.boxes import column, held
from ui.kit.buttons import Action
from ui.kit.card import Fact, facts, section
from ui.kit.context import AppContext
from ui.kit.detail import Detail
from ui.kit.text import Label, Link
from ui.kit.timeline import Timeline
from ui.shared.foreign import calm_line
from ui.shared.long_text import LongText

_SHOWN = 30
_WEB = ("http", "https")
_PICKING = (ShipmentState.DRAFT, ShipmentState.PICKING)
_WRONG = (ShipmentState.LOST, ShipmentState.RETURNED_TO_SENDER)


def parcel_pane(app: AppContext, acts: Acts, printing: Printing, page: ParcelPage) -> Detail:
    """The pane; buttons do what `acts` and `printing` know."""
    row_ = page.row
    parts = [
        _facts(app, page),
        _goods(app, page),
        _texts(app, page),
        section(
            app.words("History"),
            Timeline(app, page.history, lambda line: happening(line.verb, line.facts, app.language)),
        ),
    ]
    return Detail(
        app.words("Parcel {number}").format(number=row_.number),
        *[part for part in parts if part is not None],
        subtitle=calm_line(row_.customer, most=80),
        chips=[columns.parcel_state(app, row_)],
        step=step(app, acts, printing, page),
        actions=_actions(app, acts, printing, page),
        more=_more(app, acts, printing, page),
        more_name=app.words("More for parcel {number}").format(number=row_.number),
    )


def step(app: AppContext, acts: Acts, printing: Printing, page: ParcelPage) -> Action | None:
    """The one next step of a parcel's way."""
    words, row_ = app.words, page.row
    if row_.state in _PICKING:
        return Action(words("Go on packing"), lambda: acts.bench_wanted.emit(row_.id), icon="barcode")
    if row_.state is ShipmentState.PACKED and not row_.label:
        return Action(words("Print label"), lambda: printing.labels([row_.id]), icon="label")
    if row_.state is ShipmentState.PACKED:
        return Action(words("Dispatch…"), lambda: acts.dispatch([row_.id]), icon="dispatch")
    if row_.state is ShipmentState.SHIPPED and not row_.tracking:
        return Action(words("Add the tracking number…"), lambda: acts.track(row_.id), icon="barcode")
    if row_.state is ShipmentState.SHIPPED:
        return Action(words("Delivered"), lambda: acts.deliver([row_.id]), icon="done")
    if row_.state in _WRONG:
        return Action(words("On its way after all"), lambda: acts.back_on_its_way([row_.id]), icon="undo")
    return None


def _actions(app: AppContext, acts: Acts, printing: Printing, page: ParcelPage) -> list[Action]:
    """What is done beside the next step."""
    words, row_ = app.words, page.row
    slip = Action(words("Print slip"), lambda: printing.slips([row_.id]), icon="slip")
    if row_.state in _PICKING:
        return [slip]
    if row_.state is ShipmentState.PACKED and not row_.label:
        return [Action(words("Dispatch…"), lambda: acts.dispatch([row_.id]), icon="dispatch")]
    if row_.state is ShipmentState.PACKED:
        return [slip]
    return []


def _more(app: AppContext, acts: Acts, printing: Printing, page: ParcelPage) -> list[Action | None]:
    words, row_ = app.words, page.row
    if row_.state is ShipmentState.VOID:
        return []
    ids = [row_.id]
    found: list[Action | None] = [
        Action(words("Print label"), lambda: printing.labels(ids), icon="label"),
        Action(words("Print slip"), lambda: printing.slips(ids), icon="slip"),
        Action(words("File for the carrier…"), lambda: printing.carrier_file(ids)),
    ]
    if page.crosses:
        found.insert(2, Action(words("Print the customs declaration"), lambda: printing.customs(ids)))
    if row_.state in _PICKING:
        found.append(Action(words("Pack without scanning"), lambda: acts.finish(row_.id)))
    if row_.state is ShipmentState.SHIPPED:
        lost, back = ShipmentState.LOST, ShipmentState.RETURNED_TO_SENDER
        found += [
            None,
            Action(words("Change the tracking number…"), lambda: acts.track(row_.id)),
            Action(words("It was lost"), lambda: acts.went_wrong(ids, lost)),
            Action(words("It came back to us"), lambda: acts.went_wrong(ids, back)),
        ]
    if row_.state is ShipmentState.DELIVERED:
        found += [None, Action(words("On its way after all"), lambda: acts.back_on_its_way(ids))]
    if row_.state is ShipmentState.SHIPPED:
        found += [
            None,
            Action(words("Undo the dispatch"), lambda: acts.undo_dispatch(ids), icon="undo"),
            Action(words("Undo the dispatch and unpack"), lambda: acts.unpack(ids)),
        ]
    if row_.state in (*_PICKING, ShipmentState.PACKED):
        found += [None, Action(words("Unpack the parcel"), lambda: acts.unpack(ids), icon="undo")]
    return found


def _facts(app: AppContext, page: ParcelPage) -> QWidget:
    words, parcel, form = app.words, page.parcel, app.format
    written = "\n".join(calm_line(line, most=120) for line in parcel.ship_to.lines(sender_country=page.home))
    numbers = {line.order_id: line.order_number for line in parcel.lines}
    orders = [
        Link(number, lambda order_id=order_id: app.open("orders", order_id)) for order_id, number in numbers.items()
    ]
    travels = " · ".join(filter(None, (calm_line(parcel.carrier, most=60), calm_line(parcel.service, most=60))))
    known: list[tuple[str, Fact]] = [
        (words("Order"), held(column(*orders, gap=0))),
        (words("To"), written or words("No address")),
        (words("Goes with"), travels),
        (words("Tracking"), _tracking(app, page)),
        (words("Label cost"), form.money(parcel.label_cost)),
        (words("Packed"), form.moment(parcel.packed_at)),
        (words("Left"), form.moment(parcel.shipped_at)),
    ]
    return facts(known)


def _tracking(app: AppContext, page: ParcelPage) -> Fact:
    parcel = page.parcel
    url = QUrl(parcel.tracking_link)
    if not parcel.tracking or url.scheme() not in _WEB:
        return calm_line(parcel.tracking)
    tip = app.words("Follow this parcel in the browser")
    return Link(calm_line(parcel.tracking), lambda: QDesktopServices.openUrl(url), tooltip=tip)


def _goods(app: AppContext, page: ParcelPage) -> QWidget:
    words, number = app.words, app.format.number
    lines: list[QWidget] = []
    for line in page.parcel.lines[:_SHOWN]:
        place = page.places.get(line.product_id) if line.product_id is not None else None
        lines.append(
            goods_line(
                app,
                picture=place.picture if place else "",
                name=", ".join(filter(None, (line.name, line.options))),
                under=where(app, line.sku, place.bin if place else ""),
                units=f"{number(line.quantity)} ×",
            )
        )
    if len(page.parcel.lines) > _SHOWN:
        lines.append(Label(app.plural("and {n} more line", "and {n} more lines", len(page.parcel.lines) - _SHOWN)))
    units = app.plural("{n} unit", "{n} units", page.row.units)
    return section(words("In this parcel"), *lines, side=Label(units, "muted"))


def _texts(app: AppContext, page: ParcelPage) -> QWidget | None:
    told = [(app.words("Gift message"), page.gifts), (app.words("Notes"), page.notes)]
    parts = [section(title, *[LongText(app, text) for text in texts]) for title, texts in told if texts]
    return held(column(*parts, gap=theme.L)) if parts else None
