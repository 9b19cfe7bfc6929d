"""Who a file means: by e-mail address, else by a marketplace's buyer id; the same name and postcode only proposes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import Session

from backoffice.customers import queries, tombstones
from backoffice.customers.keys import name_key, postcode_key, tidy_email
from backoffice.settings import queries as settings

Item = TypeVar("Item")
Identity = tuple[str, str]

CHUNK = 1000
"""Values of one IN list; SQLite takes 32,766 since 3.32, older ones 999 and PostgreSQL more."""


@dataclass(frozen=True, slots=True)
class Match:
    """Who was found. `by` is "email", "buyer" or "".

    `erased_at` is set where this person asked to be erased: an order placed until then must come without name,
    address, phone and e-mail, and without a customer; one placed later is somebody who came back.
    """

    customer_id: int | None = None
    by: str = ""
    erased_at: datetime | None = None

    def must_stay_away(self, placed_at: datetime) -> bool:
        """Whether an order of that moment may not bring the person's data in."""
        return self.erased_at is not None and placed_at <= self.erased_at


NOBODY = Match()


class Matcher:
    """Finds the customers of many candidates with a few queries a thousand; lives as long as its session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._erased = queries.tombstones(session)
        self._salt = settings.profile(session).identity if self._erased else ""
        self._emails: dict[str, int | None] = {}
        self._buyers: dict[Identity, int | None] = {}

    def match(
        self,
        emails: Sequence[str],
        identities: Sequence[Identity | None] = (),
        places: Sequence[tuple[str, str] | None] = (),
    ) -> list[Match]:
        """One answer for each candidate, in their order.

        `emails` are as the file has them, "" where it has none; `identities` (channel, buyer id) and `places`
        (name, postcode) are as long, or left out. A place finds nobody: it only tells an erased person who comes
        without e-mail and id.
        """
        tidied = [tidy_email(email) for email in emails]
        known = _padded(identities, len(tidied))
        self._look_up(tidied, known)
        where = _padded(places, len(tidied))
        return [self._one(email, identity, place) for email, identity, place in zip(tidied, known, where, strict=True)]

    def learn(self, customer_id: int, *, email: str = "", identity: Identity | None = None) -> None:
        """Tells of a customer just made or found, so that the next candidate of the same file meets them."""
        if tidied := tidy_email(email):
            self._emails[tidied] = self._emails.get(tidied) or customer_id
        if identity is not None:
            self._buyers[identity] = self._buyers.get(identity) or customer_id

    def propose(self, places: Sequence[tuple[str, str]]) -> list[list[int]]:
        """For each (name, postcode) the listed customers of the same: to be shown to a person, never joined."""
        keys = [(postcode_key(postcode), name_key(name)) for name, postcode in places]
        found: dict[tuple[str, str], list[int]] = {}
        for some in _chunks(sorted({postcode for postcode, name in keys if postcode and name})):
            for postcode, name, customer_id in queries.listed_at(self._session, some):
                found.setdefault((postcode, name), []).append(customer_id)
        return [found.get(key, []) if all(key) else [] for key in keys]

    def _look_up(self, emails: Sequence[str], identities: Sequence[Identity | None]) -> None:
        for some in _chunks(sorted({email for email in emails if email and email not in self._emails})):
            self._emails |= dict.fromkeys(some) | queries.owners_of_emails(self._session, some)
        new = {identity for identity in identities if identity and all(identity) and identity not in self._buyers}
        for channel in sorted({channel for channel, _ in new}):
            for ids in _chunks(sorted(external for name, external in new if name == channel)):
                owners = queries.owners_of_identities(self._session, channel, ids)
                self._buyers |= {(channel, one): owners.get(one) for one in ids}

    def _one(self, email: str, identity: Identity | None, place: tuple[str, str] | None) -> Match:
        if customer_id := self._emails.get(email):
            return Match(customer_id, "email")
        erased_at = self._erased_at("email", email) if email else None
        if identity is not None and all(identity):
            if erased_at is None and (customer_id := self._buyers.get(identity)):
                return Match(customer_id, "buyer")
            erased_at = erased_at or self._erased_at(*tombstones.buyer(*identity))
        elif not email and place is not None and all(place):
            erased_at = self._erased_at(*tombstones.place(name_key(place[0]), postcode_key(place[1])))
        return Match(erased_at=erased_at) if erased_at else NOBODY

    def _erased_at(self, kind: str, value: str) -> datetime | None:
        return self._erased.get(tombstones.fingerprint(self._salt, kind, value)) if self._erased else None


def _padded(values: Sequence[Any], length: int) -> Sequence[Any]:
    if values and len(values) != length:
        raise ValueError("one value for each candidate, or none at all")
    return values or [None] * length


def _chunks(values: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
