"""The frozen rows of a customer's page."""

from dataclasses import dataclass
from datetime import date, datetime

from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.customers.drafts import CustomerDraft
from backoffice.customers.model import EmailState
from backoffice.customers.queries import CustomerRow


@dataclass(frozen=True, slots=True)
class EmailRow:
    """An e-mail address and whether mail reaches it."""

    address: str
    state: EmailState


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One line of the consent ledger."""

    at: datetime
    purpose: str
    granted: bool
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A call, chat, fax, letter, visit or note; a call-back where `due_at` is set, open until `done_at`."""

    id: int
    at: datetime
    kind: str
    inbound: bool
    text: str
    phone: str
    order_id: int | None
    due_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A customer who became part of this one; can be undone by its id."""

    id: int
    gone_id: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What the orders say, drafts and cancelled ones left out; `spent` holds one amount per currency."""

    count: int
    unfinished: int
    first_at: datetime | None
    last_at: datetime | None
    spent: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order in the customer's list."""

    id: int
    number: str
    channel: str
    external_number: str
    placed_at: datetime
    status: str
    payment: str
    dispatch: str
    returns: str
    total: Money
    promised_dispatch: date | None


@dataclass(frozen=True, slots=True)
class Card:
    """One customer whole."""

    id: int
    name: str
    company: str
    language: str
    country: str
    notes: str
    tags: tuple[str, ...]
    created_at: datetime
    version: int
    listed: bool
    merged_into: int | None
    erased_at: datetime | None
    emails: tuple[EmailRow, ...]
    phones: tuple[str, ...]
    addresses: tuple[PostalAddress, ...]
    identities: tuple[tuple[str, str], ...]
    """(channel, the id it knows the customer by)"""
    consents: tuple[ConsentRow, ...]
    """The ledger, newest first."""
    allowed: dict[str, bool]
    """The last word by purpose."""
    facts: OrderFacts
    call_backs: tuple[ContactRow, ...]
    merges: tuple[MergeRow, ...]
    look_alikes: tuple[CustomerRow, ...]

    @property
    def draft(self) -> CustomerDraft:
        """What the form shows, to be changed and saved with this card's version."""
        return CustomerDraft(
            name=self.name,
            company=self.company,
            language=self.language,
            country=self.country,
            notes=self.notes,
            tags=self.tags,
            emails=tuple(email.address for email in self.emails),
            phones=self.phones,
            addresses=self.addresses,
        )
