"""Who buys: a known customer by three letters, or a new one by name, e-mail and phone; or nobody in particular."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from backoffice.core.errors import Refused
from backoffice.core.postal import PostalAddress
from backoffice.customers import queries as customers
from backoffice.customers.card import queries as card
from backoffice.customers.drafts import CustomerDraft
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, held, row
from ui.kit.context import AppContext
from ui.kit.fields import TextField
from ui.kit.search_field import Hit, SearchBox
from ui.kit.text import Label, Link
from ui.shared.foreign import calm_line


class Buyer(QWidget):
    """`changed` comes with every keystroke, `settled` when a customer is chosen, so that the cursor can go on."""

    changed = Signal()
    settled = Signal()

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self._app, words = app, app.words
        self.customer_id: int | None = None
        self.email = self.phone = self._known_as = ""
        self.address: PostalAddress | None = None
        self.box = SearchBox(self._find, words("Customer: three letters of name, e-mail or phone"))
        self.box.chosen.connect(lambda hit: self.choose(hit.id))
        self.box.nothing.connect(self._start_new)
        self._name = Label("", "strong")
        self._mail = Label("", "small")
        change = Link(words("Choose another"), self.clear)
        who = column(row(self._name, SPRING, change), self._mail, gap=0, margins=(theme.M, theme.S, theme.M, theme.S))
        self._card = framed(who, card=True)
        self.name_field = TextField("name", words("Name"))
        self.email_field = TextField("email", words("E-mail"))
        self.phone_field = TextField("phone", words("Phone"))
        for field in (self.name_field, self.email_field, self.phone_field):
            field.language = app.language
            field.changed.connect(self.changed)
            field.editor.returnPressed.connect(self.settled)
        fields = row(self.name_field, self.email_field, self.phone_field, gap=theme.M)
        back = Link(words("Search among the known customers"), self.clear)
        self._owner = 0  # who has the e-mail that was typed for somebody new
        self._take = Link(words("Take the customer who has this e-mail"), lambda: self.choose(self._owner))
        self._take.hide()
        under = row(Label(words("A new customer"), "small"), back, self._take, SPRING)
        self._new = held(column(fields, under, gap=theme.S))
        self._offer = Link(words("New customer"), lambda: self._start_new(self.box.text()))
        self._search = row(self.box, self._offer)
        self._search.setStretch(0, 1)
        self._searching = held(self._search)
        self.setLayout(column(self._searching, self._card, self._new, gap=theme.S))
        self._show(self._searching)

    def _show(self, shown: QWidget) -> None:
        for part in (self._searching, self._card, self._new):
            part.setVisible(part is shown)

    def _find(self, text: str) -> Sequence[Hit]:
        found = self._app.ask(customers.suggestions, text)
        return [self._hit(each) for each in found]

    def _hit(self, found: customers.CustomerRow) -> Hit:
        country = self._app.format.country(found.country)
        orders = self._app.plural("{n} order", "{n} orders", found.order_count)
        detail = " · ".join(filter(None, (found.email, found.postcode, country, orders)))
        return Hit("customers", found.id, calm_line(found.name or found.company or found.email), detail)

    def choose(self, customer_id: int) -> None:
        """Takes a customer with address, e-mail and phone."""
        found = self._app.ask(card.card, customer_id)
        self.customer_id = customer_id
        self.email = next((each.address for each in found.emails if each.state == "active"), "")
        self.phone = next(iter(found.phones), "")
        self.address = next(iter(found.addresses), None)
        self._known_as = found.name or found.company
        self._take.hide()
        self._name.setText(calm_line(found.name or found.company or self.email, most=60))
        told = self._app.plural("{n} order so far", "{n} orders so far", found.facts.count)
        self._mail.setText(" · ".join(filter(None, (calm_line(self.email, most=60), calm_line(self.phone), told))))
        self._show(self._card)
        self.changed.emit()
        self.settled.emit()

    def propose(self) -> None:
        """The e-mail belongs to somebody: offers to take that customer instead."""
        known = self._app.ask(customers.id_of_email, self.written_email)
        if known is not None:
            self._owner = known
            self._take.show()

    def clear(self) -> None:
        """Back to the search; what was typed of a new customer stays for the way back."""
        self.customer_id = self.address = None
        self.email = self.phone = self._known_as = ""
        self._show(self._searching)
        self.box.setFocus()
        self.changed.emit()

    def _start_new(self, text: str) -> None:
        """Nobody of that name is known, or somebody new is wanted: what was typed is the beginning."""
        text = text.strip()
        field = self.email_field if "@" in text else self.name_field
        if text:
            field.set_value(text)
        self.box.clear()
        self._show(self._new)
        (self.name_field if field is self.email_field or not text else self.email_field).setFocus()
        self.changed.emit()

    def raw(self) -> dict[str, object]:
        """Who is chosen or typed, for `retype`."""
        return {
            "customer": self.customer_id,
            "search": self.box.text(),
            "new": self.is_new,
            "name": self.name_field.raw(),
            "email": self.email_field.raw(),
            "phone": self.phone_field.raw(),
        }

    def retype(self, raw: Any) -> None:
        """Puts back what `raw` told; a customer who is no more is left out."""
        self.name_field.retype(raw["name"])
        self.email_field.retype(raw["email"])
        self.phone_field.retype(raw.get("phone", ""))  # kept by a window that had no such field
        if raw["new"]:
            self._show(self._new)
        elif raw["customer"] is not None:
            with suppress(Refused):
                self.choose(int(raw["customer"]))
        else:
            self.box.setText(str(raw["search"]))
        self.changed.emit()

    @property
    def is_new(self) -> bool:
        return not self._new.isHidden()

    def draft(self, address: PostalAddress) -> CustomerDraft | None:
        """The customer to be made with the order; None for a known one, or for nobody."""
        name, email = self.name_field.value() or "", self.email_field.value() or ""
        phone = self.phone_field.value() or ""
        if not self.is_new or not (name or email or phone):
            return None
        written = replace(address, name="", country="") != PostalAddress()
        return CustomerDraft(
            name=name,
            emails=(email,) if email else (),
            phones=(phone,) if phone else (),
            country=address.country,
            addresses=(address,) if written else (),
        )

    @property
    def named(self) -> str:
        """The customer's name, for an address that has none."""
        return (self.name_field.value() or "") if self.is_new else self._known_as

    @property
    def written_email(self) -> str:
        """The e-mail that the order keeps."""
        return (self.email_field.value() or "") if self.is_new else self.email

    @property
    def written_phone(self) -> str:
        """The phone that the order keeps."""
        return (self.phone_field.value() or "") if self.is_new else self.phone

    @property
    def touched(self) -> bool:
        """Whether anybody is chosen or typed."""
        return self.customer_id is not None or bool(self.box.text().strip()) or self.draft(PostalAddress()) is not None
