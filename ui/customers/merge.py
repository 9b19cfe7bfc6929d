"""Makes two customers one: who the other is, whose name stays, and what will happen, before it happens."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backoffice.core.errors import Refused
from backoffice.customers import merging, queries
from backoffice.customers.card import queries as card_queries
from backoffice.customers.card.rows import Card
from backoffice.customers.queries import CustomerRow
from ui.kit.context import AppContext
from ui.kit.fields import ChoiceField
from ui.kit.form import Form, FormDialog
from ui.kit.search_field import Hit, SearchField
from ui.kit.text import Label
from ui.shared.customer_card import name_of
from ui.shared.foreign import calm_line

_LONGEST = 60


@dataclass(frozen=True)
class Chosen:
    """The other customer, and whether this one's name stays."""

    other: int | None = None
    stays: bool = True


class MergeDialog(FormDialog):
    """`done(kept id)` is told after the merge. The other one is searched, or given as a proposal."""

    def __init__(
        self, app: AppContext, this: Card, done: Callable[[int], object], *, other: CustomerRow | None = None
    ) -> None:
        self._this, self._done = this, done
        words = app.words
        form = Form(Chosen(), app.language, check=self._same)
        self.search = SearchField(
            "other",
            words("Other customer"),
            lambda text: [_hit(row) for row in app.ask(queries.suggestions, text) if row.id != this.id],
            placeholder=words("Name, e-mail, phone or postcode"),
            required=True,
        )
        form.add(self.search)
        self._name = self._named(app, this)
        form.add(
            ChoiceField("stays", words("Name and data that win"), [(True, self._name), (False, "…")], required=True)
        )
        self._told = Label("", "muted", wrap=True)
        form.put(self._told)
        title = words("Merge {name} with …").format(name=calm_line(name_of(app, this), most=_LONGEST))
        super().__init__(app, title, form, words("Merge"), self._do)
        form.changed.connect(self._tell)
        if other is not None:
            self.search.set_value(_hit(other))
            self.act.setFocus()
        else:
            self.search.setFocus()
        self._tell()

    def _named(self, app: AppContext, card: Card) -> str:
        """The name with what tells two of one name apart."""
        orders = app.plural("{n} order", "{n} orders", card.facts.count)
        first = next((email.address for email in card.emails), card.addresses[0].city if card.addresses else "")
        told = " · ".join(filter(None, (calm_line(first, most=_LONGEST), orders)))
        return f"{calm_line(name_of(app, card), most=_LONGEST)} ({told})"

    def _same(self, chosen: Chosen) -> dict[str, str]:
        if chosen.other == self._this.id:
            return {"other": self._app.words("Choose somebody else.")}
        return {}

    def _tell(self) -> None:
        """What goes from whom to whom."""
        words, other = self._app.words, self._other()
        self.form.field("stays").setVisible(other is not None)
        if other is None:
            self._told.setText(words("Choose the customer who is the same person. Merging can be undone."))
            return
        name = self._named(self._app, other)
        self.form.field("stays").editor.setItemText(1, name)
        stays = self.form.field("stays").value()
        kept, gone = (self._name, name) if stays else (name, self._name)
        moved = ", ".join(self._moved(other if stays else self._this)) or words("nothing")
        sentence = words("{kept} stays. From {gone} come: {what}. The merge can be undone on the page afterwards.")
        self._told.setText(sentence.format(kept=kept, gone=gone, what=moved))

    def _moved(self, gone: Card) -> list[str]:
        plural = self._app.plural
        talks = len(self._app.ask(card_queries.contacts, gone.id))
        counted = (
            (len(gone.emails), plural("{n} e-mail address", "{n} e-mail addresses", len(gone.emails))),
            (len(gone.phones), plural("{n} phone number", "{n} phone numbers", len(gone.phones))),
            (len(gone.addresses), plural("{n} address", "{n} addresses", len(gone.addresses))),
            (gone.facts.count, plural("{n} order", "{n} orders", gone.facts.count)),
            (talks, plural("{n} note or call", "{n} notes and calls", talks)),
            (len(gone.consents), plural("{n} consent", "{n} consents", len(gone.consents))),
        )
        return [sentence for n, sentence in counted if n]

    def _other(self) -> Card | None:
        chosen = self.search.value()
        if chosen is None:
            return None
        try:
            found: Card = self._app.ask(card_queries.card, chosen)
        except Refused:
            return None
        return found

    def _do(self, chosen: Chosen) -> bool:
        app = self._app
        assert chosen.other is not None
        kept, gone = (self._this.id, chosen.other) if chosen.stays else (chosen.other, self._this.id)

        def undo(merge_id: Any) -> None:
            if app.do(merging.undo, merge_id):
                self._done(self._this.id)

        done = app.do(merging.merge, kept_id=kept, gone_id=gone, said=app.words("Merged"), undo=undo, form=self.form)
        if done:
            self._done(kept)
        return bool(done)


def _hit(row: CustomerRow) -> Hit:
    detail = " · ".join(filter(None, (row.company, row.email, row.postcode)))
    name = row.name or row.company or row.email or f"#{row.id}"
    return Hit("customers", row.id, calm_line(name, most=_LONGEST), calm_line(detail))
