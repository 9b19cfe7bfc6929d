"""An order being changed: a change set, what it does to money and stock beside it, applied whole or not at all."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer

from backoffice.core.errors import Refused
from backoffice.core.language import mark
from backoffice.core.money import Money
from backoffice.orders import editing
from backoffice.orders.drafts import LineDraft
from backoffice.orders.editing import ChangeSet, Consequences, LineChange
from backoffice.orders.queries import snapshots, whole
from backoffice.orders.queries.whole import WholeLine, WholeOrder
from backoffice.settings import queries as settings
from ui.kit.card import section
from ui.kit.context import AppContext
from ui.kit.drawer import Unsaved
from ui.kit.fields import Field, MoneyField
from ui.kit.text import Link
from ui.orders.lines import Entry, LineRow, Lines
from ui.orders.page_goods import abs_of
from ui.orders.place import Place
from ui.orders.sheet import Sheet, Sums
from ui.shared.foreign import calm_line

_PAUSE = 200  # milliseconds after a keystroke; the preview is reckoned in a job


class EditOrder(Sheet):
    """The change set of one order."""

    def __init__(self, app: AppContext, order_id: int) -> None:
        self.order_id = order_id
        self.order: WholeOrder = app.ask(whole.order, order_id)
        number, words = self.order.row.number, app.words
        told = mark("The changes to order {number} are not saved yet.")
        unsaved = Unsaved(f"orders/edit/{order_id}", told, {"number": number})
        super().__init__(app, words("Edit order {number}").format(number=number), words("Apply"), unsaved=unsaved)
        currency, shop = self.order.row.currency, app.ask(settings.profile)
        own_terms = currency == shop.currency and self.order.prices_include_tax == shop.prices_include_tax
        self.lines = Lines(app, currency, prefill=own_terms)
        self._read_amounts()
        self.shipping = MoneyField("shipping", words("Delivery price"), currency, required=True)
        self.discount = MoneyField("discount", words("Discount"), currency)
        self.ship_to = Place(app, words("Delivery address"), self.order.ship_to, home=shop.country)
        self.bill_to = Place(app, words("Billing address"), self.order.bill_to, home=shop.country)
        self.sums = Sums()
        self._again = Link(words("Take the order as it is now and keep what I typed"), self.read_again)
        self._again.hide()
        self._asked = 0
        self._fill()
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.preview)
        for part in (self.lines, self.shipping, self.discount, self.ship_to, self.bill_to):
            part.changed.connect(self._pause.start)
            part.changed.connect(self.typed)
        self._tell_nothing()

    def _read_amounts(self) -> None:
        amounts = self.app.ask(snapshots.delivery_and_discount, self.order_id)
        self._shipping, self._discount = (Money(minor, self.order.row.currency) for minor in amounts)

    def arrive(self) -> None:
        self.lines.fill([self._entry(line) for line in self.order.lines])

    def _entry(self, line: WholeLine) -> Entry:
        return Entry(
            name=", ".join(filter(None, (line.name, line.options))),
            sku=line.sku,
            product_id=line.product_id,
            line_id=line.id,
            quantity=line.ordered,
            price=line.unit_price,
            discount=line.discount if line.discount else None,
            sum=line.gross,
        )

    def _fill(self) -> None:
        for field, start in ((self.shipping, self._shipping), (self.discount, self._discount or None)):
            field.language = self.app.language
            field.set_value(start)

    def _lay_out(self) -> None:
        self.left.addWidget(section(self.words("Products"), self.lines))
        for part in (self.sums, self.foot, self._again, self.shipping, self.discount, self.ship_to, self.bill_to):
            self.side.addWidget(part)
        self.furnish()

    # what a sheet says of itself

    @property
    def dirty(self) -> bool:
        return self.change() != ChangeSet() or self._problem() is not None

    def raw(self) -> dict[str, Any]:
        return {
            "version": self.order.version,
            "lines": self.lines.raw(),
            "ship_to": self.ship_to.raw(),
            "bill_to": self.bill_to.raw(),
            **{field.key: field.raw() for field in (self.shipping, self.discount)},
        }

    def retype(self, raw: Any) -> None:
        """As typed against the order as it was then: whatever happened to it since is said before it is applied."""
        self.order = replace(self.order, version=int(raw["version"]))
        self.lines.retype(raw["lines"])
        self.ship_to.retype(raw["ship_to"])
        self.bill_to.retype(raw["bill_to"])
        for field in (self.shipping, self.discount):
            field.retype(raw[field.key])
        self.preview()

    def begin(self) -> None:
        first = next(iter(self.lines.kept), None)
        (first.quantity if first else self.lines.box).setFocus()

    def scanned(self, code: str) -> None:
        self.lines.scanned(code)

    def _problem(self) -> Field | None:
        own = next((field for field in (self.shipping, self.discount) if field.problem()), None)
        return self.lines.problem() or own

    # the change set

    def change(self) -> ChangeSet:
        """What differs from the order as it was when it was read."""
        known = {line.id: line for line in self.order.lines}
        changed, added = [], []
        for each in self.lines.rows:
            line = known.get(each.entry.line_id) if each.entry.line_id is not None else None
            if line is not None:
                changed += _difference(each, line)
            elif not each.taken_out:
                added.append(_addition(each))
        shipping, discount = self.shipping.value(), self.discount.value() or Money.zero(self._discount.currency)
        return ChangeSet(
            lines=tuple(changed),
            add=tuple(added),
            shipping=None if shipping in (None, self._shipping) else shipping.minor,
            discount=None if discount == self._discount else discount.minor,
            ship_to=None if self.ship_to.value == self.order.ship_to else self.ship_to.value,
            bill_to=None if self.bill_to.value == self.order.bill_to else self.bill_to.value,
        )

    def preview(self) -> None:
        """Asks what the change set would do, in a job: the answer to the newest question is shown."""
        self._pause.stop()
        if self._problem() is not None:
            return
        change = self.change()
        self._asked += 1
        asked, shop, version = self._asked, self.app.shop, self.order.version
        if change == ChangeSet():
            self._tell_nothing()
            return

        def task(_progress: Any, _cancelled: Any) -> Consequences:
            with shop.work() as work:
                return editing.preview(work, self.order_id, change, version=version)

        def tell(found: Consequences) -> None:
            if asked == self._asked:
                self._tell(found)

        def failed(error: BaseException) -> None:
            if not isinstance(error, Refused):
                raise error
            if asked == self._asked:
                self._refused(error)

        self.app.run(task, tell, failed=failed, label="", quiet=True)

    def _refused(self, error: Refused) -> None:
        self.complain(self.app.sentence(error))
        self._again.setVisible(error.code == "orders.changed")

    def show_refusal(self, error: Refused, sentence: str) -> bool:
        self._refused(error)
        return True

    def read_again(self) -> None:
        """Somebody else changed the order: what was typed is now compared with what it has become."""
        self.order = self.app.ask(whole.order, self.order_id)
        self._read_amounts()
        self._again.hide()
        self.preview()

    # what it does

    def _tell_nothing(self) -> None:
        self.complain("")
        total = self.app.format.money(self.order.total)
        note = self.words("Nothing is changed yet.")
        self.sums.show_entries([(self.words("Total"), total, "title")], [(note, "")])

    def _tell(self, found: Consequences) -> None:
        self.complain("")
        self._again.hide()
        words, form = self.words, self.app.format
        entries = [
            (words("Total so far"), form.money(found.total_before), "muted"),
            (words("Total then"), form.money(found.total_after), "title"),
        ]
        if found.to_pay:
            owed = words("To pay then") if found.to_pay.minor > 0 else words("To refund then")
            entries.append((owed, form.money(abs_of(found.to_pay)), "strong"))
        self.sums.show_entries(entries, self._stock(found))
        self._show_sums()

    def _stock(self, found: Consequences) -> list[tuple[str, str]]:
        """What it does to the shelf, product by product."""
        plural, notes = self.app.plural, []
        for sku, by in sorted(found.units.items()):
            more = plural("{n} more of {sku} is reserved.", "{n} more of {sku} are reserved.", by)
            less = plural("{n} of {sku} goes back to the shelf.", "{n} of {sku} go back to the shelf.", -by)
            notes.append(((more if by > 0 else less).format(sku=calm_line(sku, most=40) or "–"), ""))
        lacking = sum(gap.units for gap in found.missing)
        if lacking:
            notes.append(
                (plural("{n} unit is missing on the shelf.", "{n} units are missing on the shelf.", lacking), "warn")
            )
        return notes

    def _show_sums(self) -> None:
        """Line sums that can be told without the back office: untouched ones, and price × quantity."""
        known = {line.id: line for line in self.order.lines}
        for each in self.lines.kept:
            line = known.get(each.entry.line_id or 0)
            if line is not None and not _difference(each, line):
                each.tell(self.app.format.money(line.gross))
            else:
                each.tell(self._product_of(each))

    def _product_of(self, each: LineRow) -> str:
        price = each.price.value()
        if price is None or not self.order.prices_include_tax:
            return ""
        off = each.discount.value() or Money.zero(price.currency)
        return self.app.format.money(max(price * each.units - off, Money.zero(price.currency)))

    def save(self) -> None:
        if not self.right(self._problem()):
            return
        change = self.change()
        if change == ChangeSet():
            self.done.emit(self.order_id)
            return
        said = self.words("Order {number} is changed.").format(number=self.order.row.number)
        undo = lambda made: self.app.do(editing.undo, made)  # noqa: E731
        made = self.app.do(
            editing.apply, self.order_id, change, version=self.order.version, said=said, undo=undo, form=self
        )
        if made:
            self.done.emit(self.order_id)


def _difference(typed: LineRow, line: WholeLine) -> list[LineChange]:
    """What was changed about a line; nothing typed into price or discount leaves the price, and no discount."""
    price, discount = typed.price.value(), typed.discount.value()
    quantity = None if typed.units == line.ordered else typed.units
    unit_price = None if price in (None, line.unit_price) else price.minor
    own = discount.minor if discount else 0
    change = LineChange(line.id, quantity, unit_price, None if own == line.discount.minor else own)
    return [] if change == LineChange(line.id) else [change]


def _addition(typed: LineRow) -> LineDraft:
    price, discount = typed.price.value(), typed.discount.value()
    return LineDraft(
        quantity=typed.units,
        product_id=typed.entry.product_id,
        name="" if typed.entry.product_id is not None else typed.entry.name,
        unit_price=None if price is None else price.minor,
        discount=discount.minor if discount else 0,
    )
