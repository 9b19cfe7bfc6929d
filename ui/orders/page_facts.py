"""The upper half of an order's page: what stands in the way, facts, gift message, addresses."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget

from backoffice.core.language import Language
from backoffice.core.postal import PostalAddress
from backoffice.orders.model import OrderStatus
from backoffice.orders.queries.whole import WholeOrder
from backoffice.shipping import words as shipping_words
from ui.kit import theme
from ui.kit.boxes import column, framed, held
from ui.kit.card import Fact, facts, section
from ui.kit.context import AppContext
from ui.kit.text import Label, Link
from ui.orders import columns
from ui.orders.reading import Whole
from ui.shared.customer_card import customer_card
from ui.shared.foreign import calm, calm_line
from ui.shared.long_text import LongText

_ROOM = 184  # pixels beside the names of facts in the narrowest usual pane
_NOT_COUNTED = (OrderStatus.DRAFT, OrderStatus.CANCELLED)


def in_the_way(app: AppContext, found: Whole) -> QWidget | None:
    """Why nothing goes on: the hold, the cancellation, or what an open order lacks; None where all is well."""
    words, form, order = app.words, app.format, found.order
    if order.row.status is OrderStatus.ON_HOLD and order.holds:
        hold = order.holds[-1]
        end = words("It goes on by itself on {day}.").format(day=form.day(hold.until)) if hold.until else ""
        since = words("On hold since {day}: {reason}").format(day=form.day_of(hold.since), reason=calm(hold.reason))
        return _notice(since, end, tone="warn")
    if order.row.status is OrderStatus.CANCELLED:
        why = words("Cancelled: {reason}").format(reason=calm(order.cancel_reason))
        return _notice(why if order.cancel_reason.strip() else words("This order was cancelled."), "", tone="note")
    if order.row.status is not OrderStatus.OPEN or not found.missing or not _to_leave(found):
        return None
    lacking = ", ".join(words(shipping_words.MISSING[code]) for code in found.missing)
    return _notice(words("Still missing: {things}").format(things=lacking), "", tone="warn")


def _to_leave(found: Whole) -> bool:
    return any(line.requires_shipping and line.ordered - line.cancelled > line.shipped for line in found.order.lines)


def _notice(first: str, second: str, *, tone: str) -> QWidget:
    parts = [Label(text, wrap=True) for text in (first, second) if text]
    return framed(column(*parts, gap=theme.XS, margins=(theme.M, theme.S, theme.M, theme.S)), tone=tone)


def known(app: AppContext, found: Whole) -> QWidget:
    """What is known of the order, in a grid."""
    words, form, order = app.words, app.format, found.order
    head = order.row
    entries: list[tuple[str, Fact]] = [
        (words("E-mail"), _copyable(app, order.email)),
        (words("Phone"), _copyable(app, order.phone)),
        (words("Delivery"), calm(order.delivery_name, most=120, word=16)),
        (words("To leave by"), _day(app, head.promised_dispatch, late=columns.late(head, form.today))),
        (words("To arrive by"), form.day(order.promised_delivery)),
        (words("Source"), calm(_source(app, order), most=300, word=16)),
    ]
    return facts([entry for entry in entries if entry[1] is not None])


def buyer(app: AppContext, found: Whole) -> QWidget:
    """The customer's card with which order of theirs this is; the name alone where nobody in particular bought."""
    known = found.order.buyer
    if known is None:
        name = calm(found.order.row.customer, most=60)
        return Label(name or app.words("Nobody in particular bought this."), "muted", wrap=True)
    nth = known.orders_before + 1 if found.order.row.status not in _NOT_COUNTED else 0
    return customer_card(app, known.id, nth=nth)


def gift(app: AppContext, order: WholeOrder) -> QWidget | None:
    """What is to be written on the card in the parcel."""
    if not order.gift_message.strip():
        return None
    return section(app.words("Gift message"), LongText(app, order.gift_message))


def _copyable(app: AppContext, text: str) -> Link | str:
    """Something one types elsewhere: a click puts it into the clipboard."""
    if not text:
        return ""

    def copy() -> None:
        QApplication.clipboard().setText(text)
        app.notices.say(app.words("Copied."))

    shown = calm_line(text)
    fitting = QFontMetrics(QApplication.font()).elidedText(shown, Qt.TextElideMode.ElideMiddle, _ROOM)
    copied = app.words("Copy {text}").format(text=shown)
    made = Link(fitting, copy, tooltip=copied)
    made.setAccessibleName(copied)
    return made


def _day(app: AppContext, day: date | None, *, late: bool) -> Fact | None:
    if day is None:
        return None
    text = app.format.day(day)
    if not late:
        return text
    made = Label(app.words("{day}, late").format(day=text), tone="bad")
    made.setMinimumHeight(24)
    return made


def _source(app: AppContext, order: WholeOrder) -> str:
    """Channel, campaign and whatever else the file said of where it comes from."""
    parts = [columns.channel(app, order.row.channel)]
    parts += [value for key, value in sorted(order.source.items()) if value and key != "channel"]
    return " · ".join(dict.fromkeys(parts))


def addresses(app: AppContext, order: WholeOrder, mend: Callable[[], object] | None) -> QWidget:
    """Where it goes and who pays, as the countries write it; one heading where both are the same."""
    words = app.words
    side = Link(words("Change"), mend) if mend else None
    ship, bill = _written(order.ship_to, app.language), _written(order.bill_to, app.language)
    if ship == bill or not bill:
        return section(words("Address"), _address(ship or words("No address")), side=side)
    return held(
        column(
            section(words("Delivery address"), _address(ship or words("No address")), side=side),
            section(words("Billing address"), _address(bill)),
            gap=theme.L,
        )
    )


def _written(address: PostalAddress, language: Language) -> str:
    return calm("\n".join(address.lines()))


def _address(text: str) -> Label:
    return Label(text, wrap=True, copy=True)
