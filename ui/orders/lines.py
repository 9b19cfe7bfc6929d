"""The lines of an order while it is typed: a box that takes scans and three letters, and a row for each product."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from backoffice.core.money import Money
from backoffice.inventory import queries as inventory
from backoffice.inventory.queries import ProductRow
from ui.kit import theme
from ui.kit.boxes import SPRING, column, held, row
from ui.kit.buttons import button, icon_button
from ui.kit.context import AppContext
from ui.kit.fields import Field, IntField, MoneyField
from ui.kit.search_field import Hit, SearchBox
from ui.kit.text import Label, Link
from ui.shared.foreign import calm, calm_line

MOST_UNITS = 1_000_000
AT_ONCE = 12
_COUNTED = re.compile(r"(\d{1,7})\s*[*×x]\s*(.*)", re.DOTALL)  # 12*cup
_WIDTHS = {"quantity": 72, "price": 96, "discount": 96, "sum": 92}
_BUTTON = 30


@dataclass(frozen=True)
class Entry:
    """What a row starts with; `line_id` is the order's line that it stands for, `sum` what that comes to so far."""

    name: str
    sku: str = ""
    product_id: int | None = None
    line_id: int | None = None
    quantity: int = 1
    price: Money | None = None
    discount: Money | None = None
    sum: Money | None = None


class LineRow(QWidget):
    """One line: what it is, quantity, price, discount, its sum."""

    changed = Signal()
    entered = Signal()  # Enter: done with this row
    dropped = Signal()

    def __init__(self, app: AppContext, entry: Entry, currency: str) -> None:
        super().__init__()
        self.entry, self.taken_out = entry, False
        words, name = app.words, calm_line(entry.name, most=60)
        self.quantity = IntField("quantity", words("Quantity"), least=1, most=MOST_UNITS, required=True)
        self.price = MoneyField("price", words("Price"), currency)
        self.discount = MoneyField("discount", words("Discount"), currency)
        self.sum = Label("")
        self.sum.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.sum.setFixedSize(_WIDTHS["sum"], 32)
        self.note = Label("", "small", tone="warn", wrap=True)
        self.note.hide()
        for field, start in (
            (self.quantity, entry.quantity),
            (self.price, entry.price),
            (self.discount, entry.discount),
        ):
            self._furnish(app, field, start, name)
        out = icon_button("close", words("Take {product} out").format(product=name), self.dropped.emit)
        out.setFixedWidth(_BUTTON)
        what = [Label(calm(entry.name, most=160), wrap=True), self.note]
        if entry.sku:
            what.insert(1, Label(calm_line(entry.sku, most=60), "small"))
        left = held(column(*what, SPRING, gap=0, margins=(0, 0 if entry.sku else theme.S, 0, 0)))
        self.setLayout(row(left, self.quantity, self.price, self.discount, self.sum, out))
        for part in (left, self.quantity, self.price, self.discount, self.sum, out):
            self.layout().setAlignment(part, Qt.AlignmentFlag.AlignTop)
        self.layout().setStretch(0, 1)

    def _furnish(self, app: AppContext, field: Field, start: object, name: str) -> None:
        field.language = app.language
        field.set_value(start)
        field.name.hide()
        field.setFixedWidth(_WIDTHS[field.key])
        of = app.words("{field} of {product}").format(field=field.title, product=name)
        field.editor.setAccessibleName(of)
        field.changed.connect(self.changed)
        assert isinstance(field.editor, QLineEdit)
        field.editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.editor.returnPressed.connect(self.entered)

    @property
    def units(self) -> int:
        """The quantity typed; 0 while it cannot be read, or where the row was taken out."""
        return 0 if self.taken_out else self.quantity.value() or 0

    def more(self, units: int) -> None:
        """So many units on top."""
        self.quantity.set_value(min(self.units + units, MOST_UNITS))
        self.changed.emit()

    def raw(self) -> list[Any]:
        """What stands in the fields, and whether the row was taken out."""
        return [self.quantity.raw(), self.price.raw(), self.discount.raw(), self.taken_out]

    def retype(self, raw: Sequence[Any]) -> None:
        """Puts back what `raw` told."""
        for field, text in zip((self.quantity, self.price, self.discount), raw, strict=False):
            field.retype(text)
        self.taken_out = bool(raw[3])
        self.setVisible(not self.taken_out)

    def problem(self) -> Field | None:
        """The first field that cannot be read."""
        if self.taken_out:
            return None
        fields = (self.quantity, self.price, self.discount)
        return next((field for field in fields if field.problem()), None)

    def tell(self, amount: str, note: str = "") -> None:
        """Writes the line's sum, and what is to be known of it."""
        self.sum.setText(amount)
        self.note.setText(note)
        self.note.setVisible(bool(note))


class Lines(QWidget):
    """The box and the rows. `changed` comes with every keystroke; `find_product` serves the box and scans."""

    changed = Signal()

    def __init__(self, app: AppContext, currency: str, *, prefill: bool) -> None:
        """`prefill`: whether a product's own price can be proposed, the order being in the shop's own terms."""
        super().__init__()
        self._app, self._currency, self._prefill = app, currency, prefill
        words = app.words
        self.rows: list[LineRow] = []
        self.box = SearchBox(self._find, words("Scan a product or type three letters; 12* before it for twelve"))
        self.box.chosen.connect(lambda hit: self.add(*hit.id))
        self.box.nothing.connect(self._offer_free)
        self._free = QVBoxLayout()
        self._head = held(self._titles())
        self._head.hide()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.S)
        self._waiting: list[Entry] = []  # lines of a long order, as they are until somebody wants to see them
        self._more = button("", self.show_more, quiet=True)
        self._more.setAccessibleName(words("Show more lines"))
        self._more.hide()
        under = row(self._more, SPRING)
        self.setLayout(column(self.box, self._free, self._head, self._rows, under, gap=theme.S))

    def _titles(self):
        words = self._app.words
        titles = {"quantity": words("Quantity"), "price": words("Price"), "discount": words("Discount")}
        made = row(Label(words("Product"), "small"), SPRING)
        for key, title in (*titles.items(), ("sum", words("Sum"))):
            label = Label(title, "small")
            label.setFixedWidth(_WIDTHS[key])
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            made.addWidget(label)
        gap = Label()
        gap.setFixedWidth(_BUTTON)
        made.addWidget(gap)
        return made

    # products

    def _find(self, text: str) -> Sequence[Hit]:
        units, text = counted(text)
        if len(text) < 3:
            return []
        app = self._app
        exact = app.ask(inventory.id_of_code, text)
        found = [app.ask(inventory.product_row, exact)] if exact is not None else []
        found += [each for each in app.ask(inventory.suggestions, text) if each.id != exact]
        return [self._hit(each, units) for each in found]

    def _hit(self, product: ProductRow, units: int) -> Hit:
        price = self._app.format.money(self._price(product)) if self._prefill else ""
        left = self._app.words("{n} available").format(n=self._app.format.number(product.available))
        detail = " · ".join(filter(None, (product.sku, price, left)))
        return Hit("products", (product.id, units), calm_line(product.full_name), detail)

    def scanned(self, code: str) -> None:
        """A scan, wherever the cursor was; `12*` typed into the box before counts it twelve times."""
        typed = re.fullmatch(r"(\d{1,7})\s*[*×x]", self.box.text().strip())
        product = self._app.ask(inventory.id_of_code, code)
        if product is None:
            self._app.notices.refuse(
                self._app.words("No product has the code {code}.").format(code=calm_line(code, most=40))
            )
            return
        self.box.clear()
        self.add(product, int(typed[1]) if typed else 1)

    def add(self, product_id: int, units: int = 1) -> None:
        """So many units of a product: on top of the row it has, else in a row of its own."""
        known = self._row_of(product_id)
        if known is not None:
            known.more(units)
        else:
            product = self._app.ask(inventory.product_row, product_id)
            price = self._price(product) if self._prefill else None
            self.append(Entry(product.full_name, product.sku, product_id, None, units, price))
        self._clear_free()
        self.box.setFocus()
        self.changed.emit()

    def fill(self, entries: Sequence[Entry]) -> None:
        """The lines there are already: a row for each of the first, the others on demand."""
        self._waiting = list(entries)
        self.show_more()

    def show_more(self) -> None:
        """Rows for the next lines; a row takes some milliseconds."""
        for entry in self._waiting[:AT_ONCE]:
            self.append(entry)
        del self._waiting[:AT_ONCE]
        left = len(self._waiting)
        self._more.setText(self._app.plural("Show more lines, {n} is left", "Show more lines, {n} are left", left))
        self._more.setVisible(left > 0)

    def _row_of(self, product_id: int) -> LineRow | None:
        """The row that this product has, made now if its line was waiting."""
        for line in self.rows:
            if line.entry.product_id == product_id and not line.taken_out:
                return line
        entry = next((each for each in self._waiting if each.product_id == product_id), None)
        if entry is None:
            return None
        self._waiting.remove(entry)
        return self.append(entry)

    def _price(self, product: ProductRow) -> Money:
        return Money(product.price, self._currency)

    def append(self, entry: Entry) -> LineRow:
        """A row for an entry, at the end."""
        made = LineRow(self._app, entry, self._currency)
        made.changed.connect(self.changed)
        made.entered.connect(self.box.setFocus)
        made.dropped.connect(partial(self._drop, made))
        self.rows.append(made)
        self._rows.addWidget(made)
        self._head.show()
        made.tell("" if entry.sum is None else self._app.format.money(entry.sum))
        return made

    def _drop(self, line: LineRow) -> None:
        """Out of sight; the toast's Undo puts it back as it was."""
        self._set_out(line, out=True)
        self.box.setFocus()
        said = self._app.words("{product} is taken out.").format(product=calm_line(line.entry.name, most=60))
        self._app.notices.say(said, lambda: self._set_out(line, out=False))

    def _set_out(self, line: LineRow, *, out: bool) -> None:
        if not isValid(line):
            return  # its sheet was saved meanwhile
        line.taken_out = out
        line.setVisible(not out)
        self._head.setVisible(any(not each.taken_out for each in self.rows))
        self.changed.emit()

    # what is no product

    def _offer_free(self, text: str) -> None:
        """Nothing was found: what was typed can still be sold, under its own name and price."""
        self._clear_free()
        units, name = counted(text)
        said = self._app.words("No product is called “{text}”.").format(text=calm_line(name, most=60))
        add = Link(self._app.words("Add it as a line without a product"), lambda: self._add_free(name, units))
        self._free.addWidget(held(column(Label(said, "muted", wrap=True), row(add, SPRING), gap=0)))

    def _add_free(self, name: str, units: int) -> None:
        self._clear_free()
        self.box.clear()
        made = self.append(Entry(name.strip(), quantity=units))
        made.price.setFocus()
        self.changed.emit()

    def _clear_free(self) -> None:
        while self._free.count():
            gone = self._free.takeAt(0).widget()
            gone.hide()
            gone.deleteLater()

    # kept while it is typed

    def raw(self) -> list[dict[str, Any]]:
        """Every row made so far, for `retype`."""
        return [
            {"name": each.entry.name, "sku": each.entry.sku, "product": each.entry.product_id}
            | {"line": each.entry.line_id, "typed": each.raw()}
            for each in self.rows
        ]

    def retype(self, raw: Sequence[Mapping[str, Any]]) -> None:
        """Puts back what `raw` told: into the row of the same line of the order, else into a new one."""
        for each in raw:
            line = self._row_of_line(each["line"])
            if line is None and each["line"] is None:
                line = self.append(Entry(str(each["name"]), str(each["sku"]), each["product"]))
            if line is not None:
                line.retype(each["typed"])
        self._head.setVisible(bool(self.kept))
        self.changed.emit()

    def _row_of_line(self, line_id: int | None) -> LineRow | None:
        """The row of a line the order has, made now if it was waiting."""
        if line_id is None:
            return None
        entry = next((each for each in self._waiting if each.line_id == line_id), None)
        if entry is not None:
            self._waiting.remove(entry)
            return self.append(entry)
        return next((each for each in self.rows if each.entry.line_id == line_id), None)

    # what a sheet asks

    @property
    def kept(self) -> list[LineRow]:
        """The rows that were not taken out."""
        return [each for each in self.rows if not each.taken_out]

    def problem(self) -> Field | None:
        """The first field of a row that cannot be read."""
        return next((field for each in self.rows if (field := each.problem())), None)


def counted(text: str) -> tuple[int, str]:
    """`12*cup` is (12, "cup"), `cup` is (1, "cup")."""
    found = _COUNTED.fullmatch(text.strip())
    if found is None or not 0 < int(found[1]) <= MOST_UNITS:
        return 1, text.strip()
    return int(found[1]), found[2].strip()
