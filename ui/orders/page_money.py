"""The payment ledger on an order's page: every row, what reverses it, and the buttons that add one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from backoffice.orders import words as trade
from backoffice.orders.model import PaymentKind
from backoffice.orders.queries.whole import PaymentRow
from ui.kit import theme
from ui.kit.boxes import column, held, row
from ui.kit.buttons import icon_button
from ui.kit.card import section
from ui.kit.context import AppContext
from ui.kit.text import Label, Link
from ui.orders.acts import Acts
from ui.orders.reading import Whole
from ui.shared.foreign import calm

_GOES_OUT = (PaymentKind.REFUND, PaymentKind.CHARGEBACK, PaymentKind.FEE)


def ledger(app: AppContext, acts: Acts, found: Whole) -> QWidget:
    """The rows, oldest first, and the ways to add one."""
    words, rows = app.words, found.order.payments
    reversed_rows = {row.reverses_id: row for row in rows if row.reverses_id is not None}
    parts = [_row(app, acts, found, each, reversed_already=each.id in reversed_rows) for each in rows]
    if not rows:
        parts.append(Label(words("Nothing is booked yet."), "muted"))
    add = [Link(words("Add a payment"), lambda: acts.book(found, PaymentKind.CHARGE))]
    if found.order.paid.minor > found.order.refunded.minor:
        add.append(Link(words("Refund"), lambda: acts.book(found, PaymentKind.REFUND)))
    return section(words("Payments"), *parts, side=held(row(*add, gap=theme.M)))


def _row(app: AppContext, acts: Acts, found: Whole, entry: PaymentRow, *, reversed_already: bool) -> QWidget:
    words, form = app.words, app.format
    kind = words(trade.PAYMENT_KINDS[entry.kind])
    if reversed_already:
        kind = words("{kind}, reversed").format(kind=kind)
    told = " · ".join(filter(None, (form.day_of(entry.at), entry.method, entry.reference)))
    amount = form.money(-entry.amount if _goes_out(entry, found) else entry.amount)
    figure = Label(amount, "muted" if reversed_already or entry.kind is PaymentKind.REVERSAL else "")
    figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    name = held(column(Label(kind), Label(calm(told, most=120), "small", wrap=True), gap=0))
    line = row(name, gap=theme.S)
    line.setStretch(0, 1)
    if not reversed_already and entry.kind is not PaymentKind.REVERSAL:
        back = words("Reverse this row of {amount}").format(amount=form.money(entry.amount))
        undo = icon_button("undo", back, lambda: acts.reverse(found, entry))
        line.addWidget(undo, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
    return held(line)


def _goes_out(entry: PaymentRow, found: Whole) -> bool:
    """Whether the row takes money away; a reversal does the opposite of the row it names."""
    if entry.kind is not PaymentKind.REVERSAL:
        return entry.kind in _GOES_OUT
    wrong = next((row for row in found.order.payments if row.id == entry.reverses_id), None)
    return wrong is not None and wrong.kind not in _GOES_OUT
