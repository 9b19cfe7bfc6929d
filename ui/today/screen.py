"""Today: what needs somebody now, in columns by the clock, with a few figures above."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QFrame, QWidget

from backoffice.shipping import words as shipping
from backoffice.today import words
from backoffice.today.queries import Figure, Today, is_new, today
from ui.kit import theme
from ui.kit.boxes import SPRING, column, emptied, framed, held, row, rule, scrolled
from ui.kit.buttons import button
from ui.kit.card import figure
from ui.kit.context import AppContext
from ui.kit.icons import Picture
from ui.kit.screen import MARGINS, Screen
from ui.kit.text import Chip, ChipLabel, CutLabel, Label
from ui.today.cut_link import CutLink

_WIDTH = 300


class TodayScreen(Screen):
    """Each row opens its record; nothing here is more than a click away from being done."""

    feature = "today"
    watches = frozenset({"orders", "shipping", "inventory", "customers", "settings"})

    def __init__(self, app: AppContext) -> None:
        super().__init__(app)
        self._figures = row(gap=theme.L)
        self._columns = row(gap=theme.L)
        self._day = Label("", "muted")
        inner = QWidget()
        inner.setLayout(column(held(self._figures), held(self._columns), SPRING, gap=theme.XL, margins=MARGINS))
        head = held(
            column(self.head(self.words("Today")), self._day, gap=2, margins=(theme.XL, theme.L, theme.XL, theme.M))
        )
        self.setLayout(column(head, rule(), scrolled(inner, name=self.words("Today")), gap=0))

    def refresh(self) -> None:
        found: Today = self.app.ask(today, now=self.app.shop.clock.now())
        self._day.setText(self.app.language.day(found.day, "full"))
        emptied(self._figures)
        for each in found.figures:
            self._figures.addWidget(self._figure(each), 1)
        emptied(self._columns)
        if self.app.ask(is_new):
            self._columns.addWidget(self._beginning(), 1)
            return
        for part in self._parts(found):
            self._columns.addWidget(part, 1)

    def help(self) -> str:
        return self.words(
            "This is what needs somebody now. Each line opens its record.\n\n"
            "Dispatch shows the orders whose promised date comes first, late ones on top. Call back shows whom you"
            " promised a call. Low stock shows what to order again."
        )

    def _beginning(self) -> QFrame:
        """A shop without orders and products: the two ways to fill it."""
        told = self.words("Import your products, stock and orders: choose the files here, or drop them on this window.")
        product = button(self.words("Type the first product"), lambda: self.app.begin("products"))
        choose = button(self.words("Import files…"), self.app.choose_files, icon="import", primary=True)
        title = Label(self.words("Fill your shop"), "title")
        return framed(
            column(title, Label(told, "muted", wrap=True), row(choose, product, SPRING), margins=theme.L), card=True
        )

    # figures

    def _figure(self, found: Figure) -> QFrame:
        share = found.name in ("on_time", "returning")
        if found.value is None:
            value = "–"
        else:
            value = self._amount(found.value, share)
        return figure(value, self.words(words.FIGURES[found.name]), self._trend(found, share))

    def _trend(self, found: Figure, share: bool) -> str:
        """What it was before, and from how many it was counted."""
        parts = []
        if found.before is not None:
            parts.append(self.words(words.BEFORE[found.name]).format(value=self._amount(found.before, share)))
        if found.name == "on_time" and found.n:
            parts.append(self.app.plural("of {n} parcel", "of {n} parcels", found.n))
        if found.name == "returning" and found.n:
            parts.append(self.app.plural("of {n} customer", "of {n} customers", found.n))
        return " · ".join(reversed(parts))

    def _amount(self, value: int, share: bool) -> str:
        return self.app.language.percent(Decimal(value) / 100) if share else self.app.format.number(value)

    # columns

    def _parts(self, found: Today) -> list[QWidget]:
        stock = self._products("low_stock", found.low_stock, found.low, self._left)
        if found.oversold:  # above it, not beside it: a fourth column leaves no room for two chips in a line
            missing = lambda each: self._missing(found.oversold_units[each.id])  # noqa: E731
            oversold = self._products("oversold", found.oversold, len(found.oversold), missing)
            stock = held(column(oversold, stock, gap=theme.L))
            stock.layout().setStretch(1, 1)
        return [self._dispatch(found), self._calls(found), stock]

    def _dispatch(self, found: Today) -> QWidget:
        rows = [self._order(each) for each in found.dispatch]
        late = Chip(self.app.plural("{n} late", "{n} late", found.late), "bad") if found.late else None
        nothing = self.words("No order waits. New ones appear here by their promised date.")
        return self._column("dispatch", found.to_dispatch, rows, nothing, "dispatch", chip=late)

    def _order(self, each: Any) -> QWidget:
        order = each.order
        detail = " · ".join(
            filter(None, (order.external_number, order.customer, self.app.format.country(order.country)))
        )
        chips = [self._due(each.days)]
        chips += [Chip(self.words(shipping.MISSING[code]), "warn") for code in each.missing]
        return self._line(order.number, detail, chips, lambda: self.app.open("orders", order.id))

    def _due(self, days: int | None) -> Chip:
        if days is None:
            return Chip(self.words("No date"), "muted")
        if days < 0:
            return Chip(self.app.plural("{n} day late", "{n} days late", -days), "bad")
        if days == 0:
            return Chip(self.words("Today"), "warn")
        return Chip(self.app.plural("in {n} day", "in {n} days", days), "note")

    def _calls(self, found: Today) -> QWidget:
        now = self.app.shop.clock.now()
        rows = [
            self._line(
                call.customer,
                " · ".join(filter(None, (call.phone, self.app.format.text(call.text)))),
                [Chip(self.app.format.moment(call.due_at), "bad" if call.due_at < now else "note")],
                lambda call=call: self.app.open("customers", call.customer_id),
            )
            for call in found.call_back
        ]
        nothing = self.words("Nobody waits for a call. Note one on a customer's page.")
        return self._column("call_back", found.calls, rows, nothing, "customers")

    def _left(self, product: Any) -> Chip:
        return Chip(self.words("{n} available").format(n=self.app.format.number(product.available)), "warn")

    def _missing(self, units: int) -> Chip:
        return Chip(self.app.plural("{n} missing", "{n} missing", units), "bad")

    def _products(self, name: str, products: Sequence[Any], count: int | None, chip: Callable[[Any], Chip]) -> QWidget:
        rows = [
            self._line(
                product.full_name,
                " · ".join(filter(None, (product.sku, product.bin))),
                [chip(product)],
                lambda product=product: self.app.open("products", product.id),
            )
            for product in products
        ]
        nothing = self.words("Stock is above every reorder point.")
        return self._column(name, count, rows, nothing, "products")

    def _column(
        self,
        name: str,
        count: int | None,
        rows: Sequence[QWidget],
        nothing: str,
        feature: str,
        *,
        chip: Chip | None = None,
    ) -> QFrame:
        title = self.words(words.COLUMNS[name])
        shown = self.app.format.number(count) if count is not None else f"{self.app.format.number(1000)}+"
        head = row(Label(title, "title"), Label(shown, "muted"), SPRING, *([ChipLabel(chip)] if chip else []))
        body: list[QWidget | None]
        if not rows:
            body = [held(row(Picture("done", tone="good"), Label(nothing, "muted", wrap=True), gap=theme.M))]
        else:
            body = [*rows]
            if count is None or count > len(rows):
                body.append(button(self.words("Show all"), lambda: self.app.open(feature), quiet=True))
        made = framed(column(head, *body, SPRING, gap=theme.XS, margins=theme.L), card=True)
        made.setMinimumWidth(_WIDTH - 60)
        made.setAccessibleName(f"{title}: {shown}")
        return made

    def _line(self, title: str, detail: str, chips: Sequence[Chip], run: Callable[[], object]) -> QWidget:
        link = CutLink(title, run)
        top = row(link, *[ChipLabel(chip) for chip in chips[:2]], gap=theme.XS)
        top.setStretch(0, 1)
        return held(column(top, CutLabel(detail, "small"), gap=0, margins=(0, theme.XS, 0, theme.XS)))
