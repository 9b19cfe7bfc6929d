"""What a person types about a customer, checked field by field before it is saved."""

import re
from dataclasses import dataclass, field

from backoffice.core.faults import Fault
from backoffice.core.postal import PostalAddress, is_country
from backoffice.customers.keys import LONGEST_NAME, LONGEST_PHONE, tidy_email, tidy_phone

LONGEST_TEXT = 20_000
MOST = 50
"""E-mails, phones, addresses or tags of one customer: more is a mistake of a file, not a person."""

_LANGUAGE = re.compile(r"[a-z]{2,3}([_-][A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class CustomerDraft:
    """A customer to be or to change. `country` is ISO 3166 alpha-2 and may be left to the first address."""

    name: str = ""
    company: str = ""
    language: str = ""
    country: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[PostalAddress, ...] = field(default_factory=tuple)

    def faults(self) -> list[Fault]:
        """What keeps this from being a customer, field by field; empty when nothing does."""
        found = []
        if not any((self.name.strip(), self.company.strip(), *self.emails)):
            found.append(Fault("name", "customers.nameless"))
        for name, longest in (("name", LONGEST_NAME), ("company", LONGEST_NAME), ("notes", LONGEST_TEXT)):
            if len(getattr(self, name)) > longest:
                found.append(Fault(name, "customers.too-long", {"longest": longest}))
        if self.language and not _LANGUAGE.fullmatch(self.language):
            found.append(Fault("language", "customers.bad-language", {"language": self.language[:20]}))
        if not _is_country(self.country):
            found.append(Fault("country", "customers.bad-country", {"country": self.country[:20]}))
        for name in ("tags", "emails", "phones", "addresses"):
            if len(getattr(self, name)) > MOST:
                found.append(Fault(name, "customers.too-many", {"most": MOST}))
        return [*found, *self._faults_of_lists()]

    def _faults_of_lists(self) -> list[Fault]:
        """Each of several e-mails, phones, tags and addresses is named with its place, from 1: "emails.2"."""
        found = []
        for place, email in enumerate(self.emails[:MOST], start=1):
            if not tidy_email(email):
                found.append(Fault(f"emails.{place}", "customers.bad-email", {"email": email[:60]}))
        for place, phone in enumerate(self.phones[:MOST], start=1):
            if not tidy_phone(phone) or len(phone.strip()) > LONGEST_PHONE:
                found.append(Fault(f"phones.{place}", "customers.bad-phone", {"phone": phone[:60]}))
        for place, tag in enumerate(self.tags[:MOST], start=1):
            if not tag.strip() or len(tag) > 60:
                found.append(Fault(f"tags.{place}", "customers.bad-tag", {"tag": tag[:60]}))
        for place, address in enumerate(self.addresses[:MOST], start=1):
            found += _faults_of_address(f"addresses.{place}", address)
        return found


def _faults_of_address(where: str, address: PostalAddress) -> list[Fault]:
    """An address may lack a field (the label will say so), but not hold a novel or a country nobody knows."""
    found = []
    for name in PostalAddress.__slots__:
        longest = 500 if name == "street" else LONGEST_NAME
        if len(getattr(address, name)) > longest:
            found.append(Fault(f"{where}.{name}", "customers.too-long", {"longest": longest}))
    if not _is_country(address.country):
        found.append(Fault(f"{where}.country", "customers.bad-country", {"country": address.country[:20]}))
    return found


def _is_country(code: str) -> bool:
    return not code or is_country(code)
