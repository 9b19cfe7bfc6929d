"""A customer's form: what a person types, turned into the draft that is saved and back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from backoffice.core.errors import Refused
from backoffice.core.faults import Fault
from backoffice.core.postal import PostalAddress
from backoffice.customers.drafts import CustomerDraft
from backoffice.settings.queries import profile
from ui.customers.fields import AddressesField, ListField, spoken
from ui.kit.address_field import countries
from ui.kit.context import AppContext
from ui.kit.drawer import Unsaved
from ui.kit.fields import ChoiceField, MultiLine, TextField
from ui.kit.form import Form, FormDialog
from ui.kit.tag_field import TagField


@dataclass(frozen=True)
class Typed:
    """A customer as the form shows it: a code nobody chose is None."""

    name: str = ""
    company: str = ""
    country: str | None = None
    language: str | None = None
    notes: str = ""
    tags: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[PostalAddress, ...] = ()


def typed_of(draft: CustomerDraft) -> Typed:
    """A draft as its form shows it."""
    values = {name: getattr(draft, name) for name in CustomerDraft.__slots__}
    return Typed(**{**values, "country": draft.country or None, "language": draft.language or None})


def draft_of(typed: Typed) -> CustomerDraft:
    """The draft with what was typed."""
    values = {name: getattr(typed, name) for name in CustomerDraft.__slots__}
    return CustomerDraft(**{**values, "country": typed.country or "", "language": typed.language or ""})


class CustomerForm(Form):
    """All fields; a name, a company or an e-mail address is enough."""

    def __init__(self, app: AppContext, typed: Typed) -> None:
        super().__init__(typed, app.language, check=lambda typed: self._faults(typed))
        self._app = app
        words = app.words
        self.add(TextField("name", words("Name"), longest=200), TextField("company", words("Company"), longest=200))
        one_a_line = words("One a line.")
        self.add(
            ListField(
                "emails", words("E-mail addresses"), lambda values: self._fault("emails", values), hint=one_a_line
            ),
            ListField("phones", words("Phone numbers"), lambda values: self._fault("phones", values), hint=one_a_line),
        )
        self.add(
            ChoiceField("language", words("Language"), spoken(app.language, typed.language or "")),
            ChoiceField("country", words("Country"), countries(app.language)),
        )
        self.add(MultiLine("notes", words("Notes"), lines=4))
        self.add(TagField("tags", words("Tags")))
        home = app.ask(profile).country
        self.add(AddressesField("addresses", words("Addresses"), app.language, home=home))

    def _fault(self, name: str, values: tuple[str, ...]) -> str:
        """What is wrong with one of several values, as a sentence."""
        draft = replace(CustomerDraft(name="-"), **{name: values})
        return next((self._sentence(fault) for fault in draft.faults()), "")

    def _faults(self, typed: Typed) -> dict[str, str]:
        """Several e-mails, phones and addresses are one field each."""
        return {fault.name.partition(".")[0]: self._sentence(fault) for fault in draft_of(typed).faults()}

    def _sentence(self, fault: Fault) -> str:
        return self._app.sentence(Refused(fault.code, **fault.facts))


def customer_dialog(
    app: AppContext, title: str, act: str, form: CustomerForm, save: Callable[[Typed], Any], *, keep: Unsaved
) -> FormDialog:
    """The form in front of the window, the cursor in its first field."""
    made = FormDialog(app, title, form, act, save, keep=keep)
    form.field("name").setFocus()
    return made
