"""A new order, typed fast: customer, products, and everything else is there already."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox

from backoffice.core.errors import Refused
from backoffice.core.language import mark
from backoffice.core.postal import PostalAddress
from backoffice.customers import actions as customers
from backoffice.customers.drafts import CustomerDraft
from backoffice.orders import actions, quoting, writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.orders.queries import facts
from backoffice.settings import queries as settings
from ui.kit import theme
from ui.kit.boxes import column, held
from ui.kit.card import section
from ui.kit.context import AppContext
from ui.kit.drawer import Unsaved
from ui.kit.fields import Field, MoneyField, MultiLine
from ui.kit.text import Label, tip
from ui.orders.buyer import Buyer
from ui.orders.lines import LineRow, Lines
from ui.orders.place import Place
from ui.orders.sheet import Sheet, Sums

_PAUSE = 60  # milliseconds after a keystroke


class NewOrder(Sheet):
    """Ctrl+N."""

    def __init__(self, app: AppContext) -> None:
        words = app.words
        unsaved = Unsaved("orders/new", mark("A new order is not saved yet."))
        super().__init__(app, words("New order"), words("Save order"), unsaved=unsaved)
        self.shop = app.ask(settings.profile)
        self.buyer = Buyer(app)
        self.lines = Lines(app, self.shop.currency, prefill=True)
        home = PostalAddress(country=self.shop.country)
        self.place = Place(app, words("Delivery address"), home, home=self.shop.country)
        self.delivery = QComboBox()
        self.delivery.setAccessibleName(words("Delivery"))
        self.delivery.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._chosen = False  # whether a person chose the delivery; until then the first that goes there is taken
        self.shipping = MoneyField("shipping", words("Delivery price"), self.shop.currency)
        self.discount = MoneyField("discount", words("Discount"), self.shop.currency)
        self.notes = MultiLine("notes", words("Notes"), lines=2)
        self.sums = Sums()
        self.quote: quoting.Quote | None = None
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._connect()
        self.reckon()

    def _lay_out(self) -> None:
        words = self.words
        for field in (self.shipping, self.discount, self.notes):
            field.language = self.app.language
            field.set_value(None)
        self.left.addWidget(section(words("Customer"), self.buyer))
        self.left.addWidget(section(words("Products"), self.lines))
        self.left.addWidget(self.notes)
        delivery = held(column(Label(words("Delivery"), "label"), self.delivery, gap=theme.XS))
        for part in (self.sums, self.foot, delivery, self.shipping, self.discount, self.place):
            self.side.addWidget(part)
        self.furnish([(words("Save as draft"), self.save_draft)])

    def _connect(self) -> None:
        self._pause.timeout.connect(self.reckon)
        for part in (self.buyer, self.lines, self.place, self.shipping, self.discount):
            part.changed.connect(self._pause.start)
            part.changed.connect(self.typed)
        self.buyer.changed.connect(lambda: self.place.name_after(self.buyer.named) if self.buyer.is_new else None)
        self.notes.changed.connect(self.typed)
        self.buyer.settled.connect(self._to_products)
        self.delivery.activated.connect(self._choose_delivery)

    def _choose_delivery(self, _at: int) -> None:
        self._chosen = True
        self.typed.emit()
        self.reckon()

    def _to_products(self) -> None:
        """The customer is known: their address is filled in, the cursor goes to the products."""
        if self.buyer.address is not None:
            self.place.set(self.buyer.address)
        self.lines.box.setFocus()
        self.reckon()

    # what a sheet says of itself

    @property
    def dirty(self) -> bool:
        typed = (self.shipping.value(), self.discount.value(), self.notes.value())
        return bool(self.lines.kept) or self.buyer.touched or any(value not in (None, "") for value in typed)

    def raw(self) -> dict[str, Any]:
        return {
            "buyer": self.buyer.raw(),
            "lines": self.lines.raw(),
            "box": self.lines.box.text(),
            "place": self.place.raw(),
            "delivery": self.delivery.currentData() if self._chosen else None,
            **{field.key: field.raw() for field in (self.shipping, self.discount, self.notes)},
        }

    def retype(self, raw: Any) -> None:
        self.buyer.retype(raw["buyer"])
        self.lines.retype(raw["lines"])
        self.lines.box.setText(str(raw["box"]))
        self.place.retype(raw["place"])
        for field in (self.shipping, self.discount, self.notes):
            field.retype(raw[field.key])
        self.reckon()
        at = self.delivery.findData(raw["delivery"])
        if raw["delivery"] is not None and at >= 0:
            self.delivery.setCurrentIndex(at)
            self._choose_delivery(at)

    def begin(self) -> None:
        (self.lines.box if self.buyer.touched else self.buyer.box).setFocus()

    def scanned(self, code: str) -> None:
        self.lines.scanned(code)

    # sums

    def draft(self, *, as_draft: bool = False) -> OrderDraft:
        """What is typed, as an order to be."""
        shipping, discount = self.shipping.value(), self.discount.value()
        return OrderDraft(
            lines=tuple(_line(each) for each in self.lines.kept),
            customer_id=self.buyer.customer_id,
            ship_to=self._ship_to(),
            email=self.buyer.written_email,
            phone=self.buyer.written_phone,
            delivery_option_id=self.delivery.currentData() if self._chosen else None,
            shipping=None if shipping is None else shipping.minor,
            discount=discount.minor if discount else 0,
            notes=self.notes.value() or "",
            as_draft=as_draft,
        )

    def _ship_to(self) -> PostalAddress:
        """The address, and where nobody typed one, at least whose it is."""
        address = self.place.value
        return address if address.name else replace(address, name=self.buyer.named)

    def reckon(self) -> None:
        """Writes what it comes to now."""
        self._pause.stop()
        if self._problem() is not None:
            return
        try:
            self.quote = self.app.ask(quoting.quote, self.draft(), now=self.app.shop.clock.now())
        except Refused as refusal:
            self.complain(self.app.sentence(refusal))
            return
        self.complain("")
        self._offer(self.quote)
        self._tell(self.quote)

    def _problem(self) -> Field | None:
        own = next((field for field in (self.shipping, self.discount) if field.problem()), None)
        return self.lines.problem() or own

    def _offer(self, quote: quoting.Quote) -> None:
        """The ways to deliver with their prices."""
        self.delivery.blockSignals(True)
        self.delivery.clear()
        for each in quote.deliveries:
            price = self.app.format.money(each.price) if each.price is not None else self.words("no price for there")
            self.delivery.addItem(f"{price} · {each.name}", each.id)  # a long name is cut, a price is not
        tip(self.delivery, self.delivery.itemText(self.delivery.findData(quote.delivery_id)))
        self.delivery.setCurrentIndex(self.delivery.findData(quote.delivery_id))
        self.delivery.blockSignals(False)

    def _tell(self, quote: quoting.Quote) -> None:
        words, form = self.words, self.app.format
        if not self.lines.kept:
            self.sums.show_entries([], [(words("Add a product to see what it comes to."), "")])
            return
        entries = [(words("Goods"), form.money(quote.goods), "")]
        if quote.discount:
            entries.append((words("Discount, taken off above"), form.money(quote.discount), "small"))
        entries.append((words("Delivery"), form.money(quote.shipping), ""))
        if quote.rounding:
            entries.append((words("Rounding"), form.money(quote.rounding), ""))
        entries.append((words("Total"), form.money(quote.total), "title"))
        entries.append((words("Tax in it"), form.money(quote.tax), "small"))
        promise = words("Leaves by {dispatch}, arrives by {delivery}.")
        promise = promise.format(dispatch=form.day(quote.promised_dispatch), delivery=form.day(quote.promised_delivery))
        notes = [(promise, "")]
        if not quote.shipping_known:
            notes.append((words("No price rule fits this parcel. Type the delivery price."), "warn"))
        for each, amount, lacking in zip(self.lines.kept, quote.lines, quote.missing, strict=True):
            short = self.app.plural("{n} is missing on the shelf.", "{n} are missing on the shelf.", lacking)
            each.tell(form.money(amount), short if lacking else "")
        self.sums.show_entries(entries, notes)

    # saving

    def save(self) -> None:
        self._save(as_draft=False)

    def save_draft(self) -> None:
        """Kept, but nothing is promised and no stock is taken."""
        self._save(as_draft=True)

    def _save(self, *, as_draft: bool) -> None:
        self.reckon()
        if not self.right(self._problem()):
            return
        draft = self.draft(as_draft=as_draft)
        if draft.delivery_option_id is None and self.quote is not None:
            draft = replace(draft, delivery_option_id=self.quote.delivery_id)
        made = self.app.do(_place, draft, self.buyer.draft(self.place.value), form=self)
        if not made:
            return
        order_id, number = made.value
        said = self.words("Draft {number} is kept.") if as_draft else self.words("Order {number} is saved.")
        reason = self.words("Made in error")
        self.app.notices.say(said.format(number=number), lambda: self.app.do(actions.cancel, order_id, reason=reason))
        self.done.emit(order_id)

    def show_refusal(self, error: Refused, sentence: str) -> bool:
        if error.code.startswith("customers.") and "phone" in error.code:
            self.buyer.phone_field.tell(sentence)
            self.buyer.phone_field.setFocus()
        if error.code.startswith("customers.") and "email" in error.code:
            self.buyer.email_field.tell(sentence)
            self.buyer.email_field.setFocus()
            self.buyer.propose()
        self.complain(sentence)
        return True


def _line(typed: LineRow) -> LineDraft:
    price, discount = typed.price.value(), typed.discount.value()
    return LineDraft(
        quantity=typed.units,
        product_id=typed.entry.product_id,
        name="" if typed.entry.product_id is not None else typed.entry.name,
        unit_price=None if price is None else price.minor,
        discount=discount.minor if discount else 0,
    )


def _place(work: Any, draft: OrderDraft, newcomer: CustomerDraft | None) -> tuple[int, str]:
    """Makes the customer, if it is a new one, and the order: both or none; the order's id and number."""
    if newcomer is not None:
        draft = replace(draft, customer_id=customers.create(work, newcomer))
    order_id = writing.create(work, draft)
    return order_id, facts.head(work.session, order_id).number
