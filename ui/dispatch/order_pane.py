"""The pane of an order that is to leave: its one next step, what is missing and why, where it goes, what is in it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from backoffice.shipping import words as shipping
from backoffice.shipping.missing import Reason
from backoffice.shipping.model import ShipmentState
from ui.dispatch import columns
from ui.dispatch.acts import Acts
from ui.dispatch.goods import goods_line, where
from ui.dispatch.printing import Printing
from ui.dispatch.reading import OrderPage
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, held, row
from ui.kit.buttons import Action, button
from ui.kit.card import facts, section
from ui.kit.context import AppContext
from ui.kit.detail import Detail
from ui.kit.text import Chip, ChipLabel, Label, Link
from ui.shared import chips
from ui.shared.foreign import calm, calm_line
from ui.shared.long_text import LongText

_SHOWN = 30  # lines; longer orders are read on their own page


def order_pane(app: AppContext, acts: Acts, printing: Printing, page: OrderPage) -> Detail:
    """The pane; buttons do what `acts` and `printing` know."""
    words, order = app.words, page.row.order
    customer = calm_line(order.customer, most=80)
    parts = [
        _proposal(app, acts, page),
        _missing(app, page),
        _address(app, page),
        _goods(app, page),
        _texts(app, page),
        _parcels(app, acts, page),
    ]
    return Detail(
        words("Order {number}").format(number=order.number),
        *[part for part in parts if part is not None],
        subtitle=" · ".join(filter(None, (calm_line(order.external_number, most=40), customer))),
        chips=_chips(app, page),
        step=step(app, acts, printing, page),
        actions=_actions(app, acts, page),
        more=_more(app, acts, printing, page),
        more_name=words("More for order {number}").format(number=order.number),
    )


def step(app: AppContext, acts: Acts, printing: Printing, page: OrderPage) -> Action | None:
    """The one next step: go on packing, print the label, dispatch, pack, or mend what is missing."""
    words, row_ = app.words, page.row
    if row_.shipment_state is ShipmentState.PICKING:
        parcel = row_.shipment_id
        return Action(words("Go on packing"), lambda: acts.bench_wanted.emit(parcel), icon="barcode")
    if page.reasons:
        return _mend(app, page.row.id, page.reasons[0])
    if row_.packed < row_.ready:
        return Action(words("Pack"), lambda: acts.pack([row_.id]), icon="pack")
    packed = [parcel for parcel in page.parcels if parcel.state is ShipmentState.PACKED]
    if packed and not all(parcel.label for parcel in packed):
        ids = [parcel.id for parcel in packed if not parcel.label]
        return Action(words("Print label"), lambda: printing.labels(ids), icon="label")
    if packed:
        return Action(words("Dispatch…"), lambda: acts.dispatch([each.id for each in packed]), icon="dispatch")
    return None


def _mend(app: AppContext, order_id: int, reason: Reason) -> Action:
    """Where the first thing that is missing can be mended."""
    if reason.code == "stock" and reason.product_id is not None:
        return Action(app.words("See the stock"), lambda: app.open("products", reason.product_id), icon="stock")
    titles = {
        "payment": app.words("See the payment"),
        "address": app.words("Mend the address"),
        "customs": app.words("Mend the customs data"),
    }
    title = titles.get(reason.code, app.words("Open the order"))
    if reason.code == "customs" and reason.product_id is not None:
        return Action(title, lambda: app.open("products", reason.product_id), icon="edit")
    return Action(title, lambda: app.open("orders", order_id), icon="edit")


def _actions(app: AppContext, acts: Acts, page: OrderPage) -> list[Action]:
    row_ = page.row
    if row_.shipment_state is ShipmentState.PICKING or row_.packed >= row_.ready:
        return []
    if page.reasons:
        n, units = app.format.number(row_.ready - row_.packed), app.format.number(row_.units)
        title = app.words("Pack {n} of {all}") if row_.ready < row_.units else app.words("Pack anyway")
        run = lambda: acts.pack([row_.id], anyway=True)  # noqa: E731
        return [Action(title.format(n=n, all=units), run, icon="pack")]
    return [Action(app.words("With the scanner"), lambda: acts.scan_order(row_.id), icon="barcode")]


def _more(app: AppContext, acts: Acts, printing: Printing, page: OrderPage) -> list[Action | None]:
    words, order_id = app.words, page.row.id
    found: list[Action | None] = [
        Action(words("Print pick list"), lambda: printing.pick_list([order_id]), icon="pick"),
    ]
    if page.reasons and page.row.packed < page.row.ready and page.row.shipment_state is not ShipmentState.PICKING:
        found.append(Action(words("Pack with the scanner"), lambda: acts.scan_order(order_id)))
    found.append(Action(words("Open the order"), lambda: app.open("orders", order_id)))
    if page.row.order.customer_id is not None:
        found.append(Action(words("Open the customer"), lambda: app.open("customers", page.row.order.customer_id)))
    return found


def _chips(app: AppContext, page: OrderPage) -> Sequence[Chip]:
    late = [columns.due(app, page.row.days)]
    if page.row.shipment_state is not None:
        late.append(chips.parcel(page.row.shipment_state, app.language))
    return late


def _proposal(app: AppContext, acts: Acts, page: OrderPage) -> QWidget | None:
    """Other orders of the customer to the same address: one parcel would do."""
    if not page.together:
        return None
    numbers = ", ".join(each.order.number for each in page.together)
    told = app.plural(
        "Order {numbers} of this customer goes to the same address.",
        "Orders {numbers} of this customer go to the same address.",
        len(page.together),
    )
    ids = [page.row.id, *(each.id for each in page.together)]
    act = button(app.words("Pack together"), lambda: acts.pack_together(ids), icon="merge")
    said = Label(told.format(numbers=numbers), wrap=True)
    return framed(column(said, row(act, SPRING), gap=theme.S, margins=theme.M), tone="note")


def _missing(app: AppContext, page: OrderPage) -> QWidget | None:
    if not page.reasons:
        return None
    lines = []
    for reason in page.reasons:
        chip = ChipLabel(Chip(app.words(shipping.MISSING[reason.code]), "warn"))
        lines.append(held(column(row(chip, SPRING), Label(calm(reason.sentence), wrap=True), gap=theme.XS)))
    return section(app.words("Missing"), *lines)


def _address(app: AppContext, page: OrderPage) -> QWidget:
    """As the country of destination writes it, and how the parcel goes."""
    words, order = app.words, page.order
    written = "\n".join(calm_line(line, most=120) for line in order.ship_to.lines(sender_country=page.home))
    known = [
        (words("To"), written or words("No address")),
        (words("Phone"), calm_line(order.phone, most=40)),
        (words("Delivery"), calm_line(order.delivery_name, most=80)),
        (words("Promised"), app.format.day(page.row.order.promised_dispatch)),
    ]
    return facts(known)


def _goods(app: AppContext, page: OrderPage) -> QWidget | None:
    if not page.lines:
        return None
    words, number = app.words, app.format.number
    lines: list[QWidget] = []
    for line in page.lines[:_SHOWN]:
        told = words("{n} of {all} on the shelf").format(n=number(line.ready), all=number(line.units))
        lines.append(
            goods_line(
                app,
                picture=line.picture,
                name=", ".join(filter(None, (line.name, line.options))),
                under=where(app, line.sku, line.bin),
                units=f"{number(line.units)} ×",
                note=told if line.short > 0 else "",
            )
        )
    if len(page.lines) > _SHOWN:
        more = app.plural("and {n} more line", "and {n} more lines", len(page.lines) - _SHOWN)
        lines.append(Link(more, lambda: app.open("orders", page.row.id)))
    ready = words("{n} of {all} ready").format(n=number(page.row.ready), all=number(page.row.units))
    return section(words("What is to leave"), *lines, side=Label(ready, "muted"))


def _texts(app: AppContext, page: OrderPage) -> QWidget | None:
    """What the packer must know."""
    words = app.words
    told = [(words("Gift message"), page.order.gift_message), (words("Notes"), page.order.notes)]
    parts = [section(title, LongText(app, text)) for title, text in told if text.strip()]
    return held(column(*parts, gap=theme.L)) if parts else None


def _parcels(app: AppContext, acts: Acts, page: OrderPage) -> QWidget | None:
    if not page.parcels:
        return None
    lines = [
        held(
            row(
                Link(parcel.number, lambda parcel=parcel: acts.parcel_wanted.emit(parcel.id)),
                ChipLabel(columns.parcel_state(app, parcel)),
                SPRING,
            )
        )
        for parcel in page.parcels
    ]
    return section(app.words("Parcels"), *lines)
