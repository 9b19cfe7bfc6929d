"""Fingerprints of erased people: they tell no name, and keep an import from bringing anybody back.

A fingerprint is HMAC-SHA-256 (RFC 2104) of "kind:value", keyed with the shop's own random identity: whoever has the
file cannot look it up in a table of known addresses made elsewhere.
"""

import hashlib
import hmac
from collections.abc import Iterable

import sqlalchemy as sa

from backoffice.customers.model import Tombstone
from backoffice.settings import queries as settings
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

_T = rows.table_of(Tombstone).c


def fingerprint(identity: str, kind: str, value: str) -> str:
    """The hash for a tidied value; `kind` is "email", "place" (postcode key|name key) or "buyer" (channel|id)."""
    return hmac.new(identity.encode(), f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()


def buyer(channel: str, external_id: str) -> tuple[str, str]:
    """What a marketplace's id is remembered by."""
    return "buyer", f"{channel}|{external_id}"


def place(name_key: str, postcode_key: str) -> tuple[str, str]:
    """What a name at a postcode is remembered by."""
    return "place", f"{postcode_key}|{name_key}"


def put(work: UnitOfWork, values: Iterable[tuple[str, str]]) -> int:
    """Remembers (kind, value) pairs of an erased person; how many were new."""
    identity = settings.profile(work.session).identity
    hashes = {fingerprint(identity, kind, value) for kind, value in values}
    known = set(work.session.connection().execute(_KNOWN, {"hashes": list(hashes)}).scalars())
    new = sorted(hashes - known)
    rows.insert_many(work, Tombstone, [{"hash": one, "at": work.now} for one in new])
    return len(new)


def lift(work: UnitOfWork, values: Iterable[tuple[str, str]]) -> None:
    """Forgets (kind, value) pairs: the person is a customer again, by their own will."""
    if not work.session.connection().execute(_ANY).first():
        return
    identity = settings.profile(work.session).identity
    hashes = [fingerprint(identity, kind, value) for kind, value in values]
    if hashes:
        rows.change(work, Tombstone, sa.delete(Tombstone).where(_T.hash.in_(hashes)))


_ANY = sa.text("SELECT 1 FROM tombstone LIMIT 1")
_KNOWN = sa.text("SELECT hash FROM tombstone WHERE hash IN :hashes").bindparams(sa.bindparam("hashes", expanding=True))
