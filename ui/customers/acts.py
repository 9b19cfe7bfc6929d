"""What the buttons of customers do: make, change, note, call back, merge, allow, hand out, erase."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog

from backoffice.core.errors import Refused
from backoffice.core.language import mark
from backoffice.customers import actions, contacts, merging, queries
from backoffice.customers.card import queries as card_queries
from backoffice.customers.card.rows import Card, ContactRow
from backoffice.customers.model import ContactKind, EmailState
from backoffice.customers.queries import CustomerRow
from ui.customers import privacy, talks
from ui.customers.form import CustomerForm, Typed, customer_dialog, draft_of, typed_of
from ui.customers.merge import MergeDialog
from ui.customers.tags import tag_dialog
from ui.kit.context import AppContext
from ui.kit.drawer import Unsaved
from ui.kit.form import Form
from ui.shared.customer_card import name_of
from ui.shared.foreign import calm_line
from ui.shared.undo import undoing

_LONGEST = 40
_ORDERS = 20


class Acts:
    """The acts of one screen. `made(id)` is told a customer to be shown; `dialog` is the one now open."""

    def __init__(self, app: AppContext, made: Callable[[int], object]) -> None:
        self._app, self._made = app, made
        self.dialog: Any = None

    def open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def name(self, card: Card) -> str:
        return calm_line(name_of(self._app, card), most=_LONGEST)

    # make and change

    def new(self) -> None:
        app = self._app
        form = CustomerForm(app, Typed())

        def save(typed: Typed) -> bool:
            done = app.do(actions.create, draft_of(typed), said=app.words("Customer added"), form=form)
            if done:
                self._made(done.value)
            return bool(done)

        title, act = app.words("New customer"), app.words("Add the customer")
        keep = Unsaved("customers/new", mark("A new customer is not saved yet."))
        self.open(customer_dialog(app, title, act, form, save, keep=keep))

    def edit(self, customer_id: int) -> None:
        """The form; what somebody else saves meanwhile is shown in it, what was typed stays."""
        app = self._app
        card: Card = app.ask(card_queries.card, customer_id)
        form = CustomerForm(app, typed_of(card.draft))
        title = app.words("Edit {name}").format(name=self.name(card))
        save = partial(self._change, {"card": card}, form)
        told = mark("The changes to {name} are not saved yet.")
        keep = Unsaved(f"customers/edit/{card.id}", told, {"name": self.name(card)})
        self.open(customer_dialog(app, title, app.words("Save"), form, save, keep=keep))

    def _change(self, known: dict[str, Card], form: CustomerForm, typed: Typed) -> bool:
        app, card = self._app, known["card"]
        undo = undoing(app, actions.change, card.id, card.draft, version=card.version + 1)
        said = app.words("Saved")
        done = app.do(actions.change, card.id, draft_of(typed), version=card.version, said=said, undo=undo, form=form)
        if isinstance(done.error, Refused) and done.error.code == "customers.changed":
            known["card"] = app.ask(card_queries.card, card.id)
            for field in form.take_over(typed_of(known["card"].draft)):
                field.tell(app.words("Changed meanwhile. Look at it and save again."))
        return bool(done)

    def set_email(self, customer_id: int, address: str, state: EmailState) -> None:
        app = self._app
        said = app.words("Kept: {email}").format(email=calm_line(address, most=_LONGEST))
        back = lambda before: app.do(actions.set_email_state, customer_id, address, before)  # noqa: E731
        app.do(actions.set_email_state, customer_id, address, state, said=said, undo=back)

    def copy(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self._app.notices.say(self._app.words("Copied"))

    def go_on(self, what: str) -> None:
        """Opens again what was half-written. Refuses `customers.unknown` where the customer is no more."""
        kind, _, number = what.partition("/")
        if kind == "new":
            self.new()
            return
        living = self._app.ask(queries.living, int(number))
        self._made(living)
        if kind == "edit":
            self.edit(living)
        else:
            acts = {"note": self.note, "call": self.promise}
            acts[kind](self._app.ask(card_queries.card, living))

    # said and promised

    def note(self, card: Card) -> None:
        app = self._app
        orders = app.ask(card_queries.orders, card.id, limit=_ORDERS).rows

        def save(said: talks.Said, form: Form) -> bool:
            kind = ContactKind(said.kind)
            return bool(
                app.do(
                    contacts.note,
                    card.id,
                    kind,
                    said.text,
                    inbound=said.inbound and kind is not ContactKind.NOTE,
                    order_id=said.order_id,
                    said=app.words("Noted"),
                    undo=lambda contact_id: app.do(contacts.withdraw, contact_id),
                    form=form,
                )
            )

        told = mark("A note about {name} is not kept yet.")
        keep = Unsaved(f"customers/note/{card.id}", told, {"name": self.name(card)})
        self.open(talks.note_dialog(app, self.name(card), orders, save, keep=keep))

    def promise(self, card: Card) -> None:
        """A call-back; it stands on Today until it is done."""
        app = self._app

        def save(promise: talks.Promise, form: Form) -> bool:
            due = promise.moment(app.format.zone)
            said = app.words("Call back: {moment}").format(moment=app.format.moment(due))
            back: Callable[[Any], object] = lambda contact_id: app.do(contacts.withdraw, contact_id)  # noqa: E731
            more = {"phone": promise.phone, "text": promise.text, "said": said, "undo": back, "form": form}
            return bool(app.do(contacts.promise_call_back, card.id, due, **more))

        title = app.words("Call {name} back").format(name=self.name(card))
        act = app.words("Promise the call")
        told = mark("A call-back to {name} is not promised yet.")
        keep = Unsaved(f"customers/call/{card.id}", told, {"name": self.name(card)})
        self.open(talks.promise_dialog(app, title, card.phones, save, act=act, keep=keep))

    def call_done(self, call: ContactRow) -> None:
        app = self._app
        undo = undoing(app, contacts.reopen_call_back, call.id)
        app.do(contacts.call_back_done, call.id, said=app.words("Called back"), undo=undo)

    def put_off(self, card: Card, call: ContactRow) -> None:
        """Another time for an open call-back."""
        app = self._app

        def save(promise: talks.Promise, form: Form) -> bool:
            due = promise.moment(app.format.zone)
            said = app.words("Call back: {moment}").format(moment=app.format.moment(due))
            back: Callable[[Any], object] = lambda before: app.do(contacts.move_call_back, call.id, before)  # noqa: E731
            undo = back if call.due_at is not None and call.due_at > app.shop.clock.now() else None
            return bool(app.do(contacts.move_call_back, call.id, due, said=said, undo=undo, form=form))

        title = app.words("Put the call off")
        self.open(talks.put_off_dialog(app, title, save))

    def allow(self, card: Card) -> None:
        """A line in the consent ledger."""
        app, before = self._app, card.allowed.get("marketing")

        def save(allowed: talks.Allowed, form: Form) -> bool:
            back = None
            if before is not None and before is not allowed.granted:
                source = app.words("Taken back: typed by mistake")
                back = undoing(app, actions.consent, card.id, granted=before, source=source)
            more = {"granted": allowed.granted, "source": allowed.source, "text": allowed.text}
            return bool(app.do(actions.consent, card.id, **more, said=app.words("Written down"), undo=back, form=form))

        self.open(talks.consent_dialog(app, self.name(card), not before, save))

    # same person, same tag

    def merge(self, card: Card, other: CustomerRow | None = None) -> None:
        self.open(MergeDialog(self._app, card, self._made, other=other))

    def part(self, merge_id: int) -> None:
        """Undoes a merge of any age."""
        self._app.do(merging.undo, merge_id, said=self._app.words("The merge is undone."))

    def tag(self, customers: Sequence[CustomerRow]) -> None:
        """Gives several customers a tag; Undo takes it from those who did not have it."""
        app = self._app
        ids = [row.id for row in customers]

        def save(tag: str, form: Form) -> bool:
            new = [row.id for row in customers if tag.casefold() not in map(str.casefold, row.tags)]
            said = app.plural("{n} customer tagged", "{n} customers tagged", len(new))
            undo = undoing(app, actions.untag, new, tag)
            return bool(app.do(actions.tag, ids, tag, said=said, undo=undo, form=form))

        title = app.plural("Tag {n} customer", "Tag {n} customers", len(ids))
        self.open(tag_dialog(app, title, save))

    # privacy

    def hand_out(self, customer_id: int) -> None:
        privacy.hand_out(self._app, customer_id)

    def take_away(self, customer_id: int) -> None:
        privacy.take_away(self._app, customer_id, self.open)
