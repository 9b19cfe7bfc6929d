"""The lines of an order's page with their counters, and the sums under them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from backoffice.core.money import Money
from backoffice.orders.model import OrderStatus
from backoffice.orders.queries.whole import WholeLine, WholeOrder
from ui.kit import theme
from ui.kit.boxes import SPRING, column, held, row, rule
from ui.kit.buttons import button
from ui.kit.context import AppContext
from ui.kit.text import Label, Link
from ui.shared.foreign import calm, calm_line

AT_FIRST = 12


class Goods(QWidget):
    """The lines one under the other, the first twelve at once, the others on demand."""

    def __init__(self, app: AppContext, order: WholeOrder) -> None:
        super().__init__()
        self._app, self._order = app, order
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.M)
        self._show(order.lines[:AT_FIRST])
        rest = order.lines[AT_FIRST:]
        if rest:
            text = app.plural("Show {n} more line", "Show {n} more lines", len(rest))
            self._more = button(text, lambda: self._show_rest(rest), quiet=True)
            self._box.addWidget(self._more)

    def _show(self, lines: list[WholeLine]) -> None:
        for line in lines:
            self._box.addWidget(_line(self._app, self._order, line))

    def _show_rest(self, rest: list[WholeLine]) -> None:
        self._more.hide()
        self._show(rest)


def _line(app: AppContext, order: WholeOrder, line: WholeLine) -> QWidget:
    name = Label(calm(", ".join(filter(None, (line.name, line.options))), most=240, word=16), wrap=True)
    gross = Label(app.format.money(line.gross))
    gross.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    top = row(name, gross, gap=theme.M)
    top.setStretch(0, 1)
    parts = [top, row(Label(_price(app, line), "small", wrap=True))]
    told = _counters(app, line)
    if told:
        parts.append(row(Label(told, "small", wrap=True)))
    if line.short > 0 and order.row.status in (OrderStatus.OPEN, OrderStatus.ON_HOLD):
        parts.append(_short(app, line))
    return held(column(*parts, gap=2))


def _price(app: AppContext, line: WholeLine) -> str:
    """2 × 12,10 € · CUP-BLUE · 1,00 € off."""
    form = app.format
    price = f"{form.number(line.ordered)} × {form.money(line.unit_price)}"
    off = app.words("{amount} off").format(amount=form.money(line.discount)) if line.discount else ""
    return " · ".join(filter(None, (price, calm(line.sku, most=40), off)))


def _counters(app: AppContext, line: WholeLine) -> str:
    """Where the units are: each unit is named once."""
    words = app.words
    in_parcels = line.packed - line.shipped
    places = (
        (words("{n} reserved"), line.allocated - (in_parcels if line.product_id is not None else 0)),
        (words("{n} in a parcel"), in_parcels),
        (words("{n} on the way"), line.shipped - line.delivered),
        (words("{n} delivered"), line.delivered),
        (words("{n} came back"), line.returned),
        (words("{n} cancelled"), line.cancelled),
    )
    return " · ".join(text.format(n=app.format.number(n)) for text, n in places if n > 0)


def _short(app: AppContext, line: WholeLine):
    lacking = app.plural("{n} is missing on the shelf.", "{n} are missing on the shelf.", line.short)
    parts: list[QWidget] = [Label(lacking, tone="warn")]
    if line.product_id is not None:
        why = Link(app.words("Why?"), lambda: app.open("products", line.product_id))
        why.setAccessibleName(app.words("Why is {product} missing?").format(product=calm_line(line.name, most=60)))
        parts.append(why)
    return row(*parts, SPRING)


def sums(app: AppContext, order: WholeOrder) -> QWidget:
    """Goods, delivery, total with its tax, what is paid and what is owed; the file's own total where it differs."""
    words, form, zero = app.words, app.format, Money.zero(order.total.currency)
    goods = sum((line.gross for line in order.lines), zero)
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(theme.XS)
    grid.setColumnStretch(0, 1)
    entries = [(words("Goods"), form.money(goods), "")]
    if order.discount:
        entries.append((words("Discount, taken off above"), form.money(order.discount), "small"))
    entries.append((words("Delivery"), form.money(order.shipping), ""))
    if order.rounding:
        entries.append((words("Rounding"), form.money(order.rounding), ""))
    entries.append((words("Total"), form.money(order.total), "strong"))
    entries.append((words("Tax in it"), form.money(order.tax), "small"))
    if order.tax_rounding and not order.rounding:
        entries.append((words("Rounding of the tax"), form.money(order.tax_rounding), "small"))
    if order.paid:
        entries.append((words("Paid"), form.money(order.paid), ""))
    if order.refunded:
        entries.append((words("Refunded"), form.money(order.refunded), ""))
    if order.to_pay:
        owed = words("To pay") if order.to_pay.minor > 0 else words("To refund")
        entries.append((owed, form.money(abs_of(order.to_pay)), "strong"))
    for at, (name, amount, role) in enumerate(entries):
        grid.addWidget(Label(name, role), at, 0)
        grid.addWidget(Label(amount, role), at, 1, Qt.AlignmentFlag.AlignRight)
    parts = [rule(), made]
    difference = _difference(app, order)
    if difference:
        parts.append(Label(difference, "small", wrap=True))
    return held(column(*parts, gap=theme.S))


def abs_of(amount: Money) -> Money:
    return amount if amount.minor >= 0 else -amount


def _difference(app: AppContext, order: WholeOrder) -> str:
    """The file's own total, where it is not ours; it is kept, never corrected."""
    if order.imported_total is None or not order.difference:
        return ""
    words, form = app.words, app.format
    more = words("The file said {total}, {difference} more than our own sum. Both are kept.")
    less = words("The file said {total}, {difference} less than our own sum. Both are kept.")
    said = more if order.difference.minor > 0 else less
    return said.format(total=form.money(order.imported_total), difference=form.money(abs_of(order.difference)))
