"""Why so many are available: the sum, with every promise and every move behind it."""

from typing import Any

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from backoffice.core.errors import Refused
from backoffice.inventory import queries
from backoffice.inventory.model import IN_HOUSE, Bucket
from backoffice.inventory.words import BUCKETS, MOVES
from backoffice.orders.queries import facts
from backoffice.shipping.queries import parcels
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, held, row, rule, scrolled
from ui.kit.buttons import button
from ui.kit.card import section
from ui.kit.context import AppContext
from ui.kit.table import Column, lines
from ui.kit.text import Label, Link
from ui.shared.foreign import calm_line

MOST_MOVES = 10_000
_AT_FIRST = 8


class WhyDialog(QDialog):
    """The sum of one product. A link in it closes it and opens what it names."""

    def __init__(self, app: AppContext, product: queries.ProductRow) -> None:
        super().__init__(app.notices.window())
        self.app, self._product = app, product
        self._why: queries.Why = app.ask(queries.why_available, product.id)
        self._moves = app.ask(queries.moves, product.id, limit=MOST_MOVES)
        words = app.words
        title = words("Why is {n} available?").format(n=app.format.number(self._why.available))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        parts = [self._sum(), self._promises(), self._ledger()]
        inner = QWidget()
        inner.setLayout(column(*parts, SPRING, gap=theme.XL, margins=(theme.XL, theme.L, theme.XL, theme.L)))
        close = button(words("Close"), self.accept, primary=True)
        subtitle = Label(calm_line(f"{product.sku} · {product.full_name}"), "muted")
        head = framed(column(Label(title, "title"), subtitle, gap=2, margins=(theme.XL, theme.XL, theme.XL, theme.S)))
        foot = framed(row(SPRING, close, margins=(theme.XL, theme.M, theme.XL, theme.L)))
        self.setLayout(column(head, scrolled(inner, name=title), rule(), foot, gap=0))
        self.resize(820, 600)

    def _sum(self) -> QWidget:
        """Line by line as one would write it down."""
        words, why = self.app.words, self._why
        entries = [(words(MOVES.get(kind, kind)), net, "") for kind, net in why.moved.items() if net]
        entries.append((words("On the sellable shelf"), why.sellable, "strong"))
        entries.append((words("Promised to orders"), -why.committed, ""))
        if why.safety_stock:
            entries.append((words("Safety stock"), -why.safety_stock, ""))
        entries.append((words("Available"), why.available, "strong"))
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.XL)
        grid.setVerticalSpacing(theme.XS)
        for at, (name, amount, role) in enumerate(entries):
            number = Label(self._signed(amount, plain=role == "strong"), role)
            grid.addWidget(Label(name, role), at, 0)
            grid.addWidget(held(row(SPRING, number)), at, 1)
        grid.setColumnMinimumWidth(0, 220)
        grid.setColumnStretch(2, 1)
        return made

    def _promises(self) -> QWidget:
        words, promised = self.app.words, self._why.allocations
        if not promised:
            return section(words("Promised to orders"), Label(words("Nothing is promised."), "muted"))
        shown = column(*[self._promise(each) for each in promised[:_AT_FIRST]], gap=0)
        rest = promised[_AT_FIRST:]
        if rest:
            more = button(
                self.app.plural("Show {n} more", "Show {n} more", len(rest)),
                lambda: (more.hide(), [shown.addWidget(self._promise(each)) for each in rest]),
                quiet=True,
            )
            shown.addWidget(more)
        return section(words("Promised to orders"), held(shown))

    def _promise(self, each: queries.AllocationRow) -> QWidget:
        link = Link(self.app.words("Order {number}").format(number=each.reference), lambda: self._open_order(each))
        units = self.app.plural("{n} unit", "{n} units", each.quantity)
        return held(row(link, Label(units), Label(self.app.format.moment(each.at), "small"), SPRING, gap=theme.L))

    def _ledger(self) -> QWidget:
        words = self.app.words
        columns = [
            Column("at", words("When"), "moment", width=184),
            Column("kind", words("What"), width=168, show=lambda move: words(MOVES[move.kind])),
            Column("quantity", words("Units"), "number", width=64, show=lambda move: self._signed(_net(move))),
            Column("shelf", words("Shelf"), width=110, show=self._shelf),
            Column("reason", words("Why"), stretch=True, show=lambda move: calm_line(move.reason or move.reference)),
            Column("who", words("Who"), width=80, show=lambda move: calm_line(move.who, most=60)),
        ]
        told = lines(columns, self._moves, self.app.format, name=words("Every move"), on_open=self._open_move)
        hint = Label(words("Enter on a dispatch opens its parcel."), "small")
        return section(words("Every move"), told, hint if any(_of_parcel(move) for move in self._moves) else None)

    def _shelf(self, move: queries.MoveRow) -> str:
        words = self.app.words
        if move.bucket_from in IN_HOUSE and move.bucket_to in IN_HOUSE:
            return f"{words(BUCKETS[move.bucket_from])} → {words(BUCKETS[move.bucket_to])}"
        return words(BUCKETS[move.bucket_to if move.bucket_to in IN_HOUSE else move.bucket_from])

    def _signed(self, amount: int, *, plain: bool = False) -> str:
        number = self.app.format.number(abs(amount))
        if amount < 0:
            return f"\N{MINUS SIGN}{number}"
        return number if plain or not amount else f"+{number}"

    # where the links lead

    def _open_order(self, each: queries.AllocationRow) -> None:
        self._leave_for("orders", self.app.ask(facts.line, each.order_line_id).order_id)

    def _open_move(self, move_id: Any) -> None:
        move = next(move for move in self._moves if move.id == move_id)
        if not _of_parcel(move):
            return
        try:
            parcel = self.app.ask(parcels.id_of, move.reference)
        except Refused as error:
            self.app.tell(error)
            return
        if parcel is not None:
            self._leave_for("dispatch", parcel)

    def _leave_for(self, feature: str, record_id: int) -> None:
        self.accept()
        self.app.open(feature, record_id)


def _net(move: queries.MoveRow) -> int:
    """What a move did to the house: in or out; between two shelves what it did to the sellable one."""
    if move.bucket_from in IN_HOUSE and move.bucket_to in IN_HOUSE:
        return -move.quantity if move.bucket_from is Bucket.SELLABLE else move.quantity
    return move.quantity if move.bucket_to in IN_HOUSE else -move.quantity


def _of_parcel(move: queries.MoveRow) -> bool:
    return move.kind in ("ship", "unship") and bool(move.reference)
